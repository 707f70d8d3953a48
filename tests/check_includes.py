"""Fails when a file includes a layer it must not know. See ARCHITECTURE.md, "Who may include whom"."""
import pathlib, re, sys
ALLOWED = {  # longest prefix wins; a layer may always include itself
    "core/base": [], "core/trace": ["core/base"],
    # The runtime produces a trace: events, rings' producing end, names, the region they live in. It never reads one.
    "core/host": ["core/base"],
    "core/runtime": ["core/base", "core/trace/event.h", "core/trace/emitter.h", "core/trace/interner.h", "core/trace/region.h", "core/trace/where.h"],
    "core/recording": ["core/base", "core/trace"], "core/model": ["core/base", "core/trace", "core/recording"],
    "core/export": ["core/base", "core/trace", "core/recording", "core/model"], "core/catalog": ["core/base"], "core/lessons": ["core/base"],
    "ui/view": ["core/base", "core/model"],
    "ui/panels": ["core/base", "core/model", "core/trace/event.h", "core/catalog", "core/lessons", "ui/view"],
    "scenarios": ["core/runtime/runtime.h", "core/runtime/chan.h", "core/runtime/select.h", "core/runtime/sync.h", "core/runtime/shared.h", "core/runtime/timer.h", "core/runtime/cancel.h", "core/runtime/blocking.h", "core/runtime/pipe.h", "core/runtime/os_thread.h", "core/host", "core/catalog"],
    "app": ["core", "ui", "scenarios"], "tests": ["core", "ui", "scenarios", "app"],
}
ONLY_IN = {"boost/": ("core/runtime/context.", "tests/bench/peers/boost/"), "imgui": ("ui/panels/", "app/", "tests/ui/"), "GLFW": "app/", "md4c": "core/lessons/"}
root, bad = pathlib.Path(sys.argv[1]), 0
for path in sorted(p for d in ("app", "core", "ui", "scenarios", "tests") for p in (root / d).rglob("*.[hc]*")):
    rel = path.relative_to(root).as_posix()
    layer = max((l for l in ALLOWED if rel.startswith(l + "/")), key=len, default=None)
    for n, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        m = re.match(r'\s*#\s*include\s+[<"]([^>"]+)', line)
        if not m: continue
        inc = m[1]
        if re.match(r"(app|core|ui|scenarios|tests)/", inc):
            ok = layer and (inc.startswith(layer + "/") or any(inc == a or inc.startswith(a + "/") for a in ALLOWED[layer]))
        else:
            ok = all(not inc.startswith(k) or rel.startswith(v) for k, v in ONLY_IN.items())
        if not ok: bad += 1; print(f"{rel}:{n}: {layer} must not include {inc}")
sys.exit(bad != 0)
