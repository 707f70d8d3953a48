#!/usr/bin/env python3
"""Measures our runtime beside Go and Boost.Fiber, interleaved, and prints ratios (above 1: we are ahead).

Each round runs the same program on each side, one right after the other. Around every round at P = 2 a cache line is
sent to and fro between two cores: some virtual machines change that price by themselves, and a round in which it changed
does not count. A traced row counts only when nothing was lost. A peer that is not installed leaves its column empty.
"""
import argparse, glob, json, os, re, shutil, statistics, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = ["yield", "pingpong", "pingpong2", "chan", "select", "spawn", "skynet", "mutex", "park100k", "sieve", "fib", "timer"]
BOOST = ["yield", "pingpong", "chan", "spawn", "skynet", "mutex", "park100k", "sieve", "timer"]
BOOST_NAMES = {"spawn_batch1000_dispatch": "spawn_batch1000", "skynet_dispatch": "skynet_warm"}
TRACED = {"trace_yield2_on": "yield2", "trace_pingpong_on": "pingpong", "trace_spawn_batch_on": "spawn_batch1000"}
TRACED_ROWS = {*TRACED.values(), "skynet_cold", "skynet_warm"}
MANY = ["yield", "pingpong2", "mutex", "sieve", "skynet"]
LIMIT_S = 90
NOT_SPEEDS = re.compile(r"_(rss|stackinuse|lost|bytes|ratio|n)$|_late_|^preempt|^timer_new|_wakeall$|^trace_")


def say(text):
    print(text, file=sys.stderr, flush=True)


def find_go():
    for path in [shutil.which("go"), *sorted(glob.glob("/usr/lib/go-1.*/bin/go"), reverse=True)]:
        if not path:
            continue
        found = re.search(r"go1\.(\d+)", subprocess.run([path, "version"], capture_output=True, text=True).stdout)
        if found and int(found[1]) >= 22:
            return path, "Go 1." + found[1]
    return None, None


def build_peers(folder):
    peers, names = {}, {}
    go, version = find_go()
    if go:
        subprocess.run([go, "build", "-o", f"{folder}/go", "."], cwd=f"{HERE}/go", check=True, env={**os.environ, "GOFLAGS": "-mod=mod"})
        peers["go"], names["go"] = f"{folder}/go", version
    compiler = shutil.which("g++")
    options = ["-O2", "-DNDEBUG", "-std=c++20", "-Wl,-z,now"]  # binding a symbol late needs more than a fiber's 8 KB
    if compiler and os.path.exists("/usr/include/boost/fiber/all.hpp"):
        subprocess.run([compiler, *options, f"{HERE}/boost/bf.cpp", "-o", f"{folder}/bf", "-lboost_fiber", "-lboost_context", "-lpthread"], check=True)
        peers["boost"], names["boost"] = f"{folder}/bf", "Boost.Fiber"
    if compiler:
        subprocess.run([compiler, *options, f"{HERE}/boost/line.cpp", "-o", f"{folder}/line", "-lpthread"], check=True)
        peers["line"] = f"{folder}/line"
    return peers, names


def results(command, environment=None):
    """The rows a program printed; nothing of one that failed or hung."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, env={**os.environ, **(environment or {})})
    except subprocess.TimeoutExpired:
        say(f"no end within {LIMIT_S} s: {' '.join(command)}")
        return {}
    if done.returncode != 0:
        say(f"failed: {' '.join(command)}\n{done.stderr}")
        return {}
    rows = {}
    for line in done.stdout.splitlines():
        parts = line.split()
        if len(parts) >= 3:
            rows[parts[0].rsplit(".", 1)[0]] = (float(parts[1]), parts[2])
    return rows


def one_round(program, procs, ours, peers, into):
    sides = {"ours": results([ours, "--procs", str(procs), program])}
    if program in ("yield", "pingpong", "spawn", "skynet"):
        scale = "1" if program == "skynet" else "20"  # a whole one is timed; of the others an operation
        traced = results([ours, "--procs", str(procs), "--traced", "--scale", scale, program])
        if traced.get(program + "_lost+trace", (1,))[0] == 0:
            sides["traced"] = {k.replace("+trace", ""): v for k, v in traced.items() if k.replace("+trace", "") in TRACED_ROWS}
    if "go" in peers:
        sides["go"] = results([peers["go"], program], {"GOMAXPROCS": str(procs)})
    if "boost" in peers and program in BOOST:
        rows = results([peers["boost"], "rr" if procs == 1 else "ws", program])
        sides["boost"] = {BOOST_NAMES.get(k, k): v for k, v in rows.items()}
    for side, rows in sides.items():
        for row, value in rows.items():
            if not NOT_SPEEDS.search(row):
                into.setdefault((row, procs), {}).setdefault(side, []).append(value)


def line_price(peers):
    return float(subprocess.run([peers["line"]], capture_output=True, text=True).stdout or 0) if "line" in peers else 0.0


def measure(arguments, peers):
    figures = {}
    for program in arguments.programs:
        for procs in arguments.procs:
            for _ in range(arguments.rounds):
                for _ in range(3):  # tries
                    fresh, before = {}, line_price(peers) if procs > 1 else 0
                    one_round(program, procs, arguments.ours, peers, fresh)
                    after = line_price(peers) if procs > 1 else 0
                    if procs == 1 or max(before, after) < 2 * max(1.0, min(before, after)):
                        break
                for key, sides in fresh.items():
                    for side, values in sides.items():
                        figures.setdefault(key, {}).setdefault(side, []).extend(values)
            say(f"{program} at P = {procs}: done")
    return figures


def traced_go(procs, peers, figures):
    """Go with its own tracer, which its program measures itself."""
    if "go" in peers:
        for row, value in results([peers["go"], "trace"], {"GOMAXPROCS": str(procs)}).items():
            if row in TRACED:
                figures.setdefault((TRACED[row], procs), {}).setdefault("go traced", []).append(value)


def table(figures):
    rows = []
    for (row, procs), sides in figures.items():
        if "ours" not in sides:
            continue
        median = {side: statistics.median(v[0] for v in values) for side, values in sides.items()}
        entry = {"row": row, "procs": procs, "unit": sides["ours"][0][1], **{k.replace(" ", "_"): round(v, 2) for k, v in median.items()}}
        for name, top, bottom in (("vs_go", "go", "ours"), ("vs_boost", "boost", "ours"), ("traced_vs_go", "go", "traced"),
                                  ("traced_vs_go_traced", "go traced", "traced")):
            if top in median and bottom in median:
                entry[name] = round(median[top] / median[bottom], 2)
        rows.append(entry)
    return rows


def many_ps(arguments, peers):
    """What 64 Ps cost where 2 would do: the time at P = 64 divided by that at P = 2, the median of paired runs."""
    ratios = {}
    for program in MANY:
        for _ in range(5):
            for side in [s for s in ("ours", "go") if s == "ours" or s in peers]:
                pair = {}
                for procs in (2, 64):
                    command = [arguments.ours, "--procs", str(procs), program] if side == "ours" else [peers["go"], program]
                    pair[procs] = results(command, {"GOMAXPROCS": str(procs)})
                for row in pair[2].keys() & pair[64].keys():
                    if not NOT_SPEEDS.search(row):
                        ratios.setdefault(row, {}).setdefault(side, []).append(pair[64][row][0] / pair[2][row][0])
        say(f"{program} at P = 2 and 64: done")
    return [{"row": row, **{f"{side}_64_to_2": round(statistics.median(values), 2) for side, values in sides.items()}}
            for row, sides in ratios.items()]


def print_rows(rows, columns):
    print(" ".join(f"{c:>{28 if c == 'row' else 12}}" for c in columns))
    for row in rows:
        print(" ".join(f"{row.get(c, ''):>{28 if c == 'row' else 12}}" for c in columns))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ours", help="the golanes_peer program")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--procs", type=lambda t: [int(p) for p in t.split(",")], default=[1, 2])
    parser.add_argument("--programs", type=lambda t: t.split(","), default=PROGRAMS)
    parser.add_argument("--many-ps", action="store_true", help="the price of 64 Ps instead")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        peers, names = build_peers(folder)
        say("beside: " + (", ".join(names.values()) or "nobody (install Go 1.22 or later, or Boost.Fiber)"))
        if arguments.many_ps:
            rows = many_ps(arguments, peers)
        else:
            figures = measure(arguments, peers)
            if "yield" in arguments.programs:
                for procs in arguments.procs:
                    traced_go(procs, peers, figures)
            rows = table(figures)
    if arguments.json:
        print(json.dumps({"peers": names, "rows": rows}, indent=1))
        return
    speeds = ["row", "procs", "unit", "ours", "go", "vs_go", "boost", "vs_boost", "traced", "traced_vs_go", "traced_vs_go_traced"]
    print_rows(rows, ["row", "ours_64_to_2", "go_64_to_2"] if arguments.many_ps else speeds)


if __name__ == "__main__":
    main()
