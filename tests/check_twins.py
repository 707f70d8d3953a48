"""Compares each Go twin (assets/go/NAME/main.go) with its scenario (scenarios/NAME.cpp): the same
calls of the language and of package sync, in the same order of the text. With --run PROGRAM it also
builds the twins and runs them with the scenario's quick preset: each must hold its own checks, and
report what PROGRAM (golanes) reports where the schedule does not decide that.
Without Go that part is skipped: exit code 77.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TWINS = """alternate serial_parallel window speedup hello_main waitgroup letters generator stack_growth
runqueue steal handoff preempt cost_ladder memory_map hundred_k crash_domain""".split()

# What counts as a call, in either language, and its common name.
CPP = [(r"\.add\(|\.fetch_add\(", "add"), (r"[.>]done\(", "done"), (r"(?<!child-)[.>]wait\(", "wait"),
       (r"(?<![\w.:])go\(", "go"), (r"\bChan<[\w:]+> \w+\(\d", "make"), (r"\.send\(", "send"),
       (r"\.recv\(", "recv"), (r"\.close\(", "close"), (r"\bgosched\(", "gosched"),
       (r"(?<!_)\bsleep\(", "sleep"), (r"\bblocking_sleep\(", "syscall"), (r"(?<![\w.>])work\(", "work"),
       (r"\.lock\(", "lock"), (r"\.unlock\(", "unlock"), (r"\.store\(", "store"),
       (r"\.compare_exchange\(", "cas"), (r"\block_os_thread\(", "lock thread"),
       (r"\bunlock_os_thread\(", "unlock thread"), (r"(?<!\w)panic\(", "panic"),
       (r"(?<!\w)recover\(", "recover")]
GO = [(r"\.Add\(", "add"), (r"\.Done\(", "done"), (r"\.Wait\(", "wait"), (r"\bgo (?:func|\w+)\b", "go"),
      (r"\bmake\(chan\b", "make"), (r"\w+ <- ", "send"), (r"(?<!\w )<-\w", "recv"),
      (r"(?<![\w.])close\(", "close"), (r"\bruntime\.Gosched\(", "gosched"), (r"\btime\.Sleep\(", "sleep"),
      (r"\bsyscall\.Nanosleep\(", "syscall"), (r"\btwin\.Work\(", "work"), (r"\.Lock\(", "lock"),
      (r"\.Unlock\(", "unlock"), (r"\.Store\(", "store"), (r"\.CompareAndSwap\(", "cas"),
      (r"\bLockOSThread\(", "lock thread"), (r"\bUnlockOSThread\(", "unlock thread"),
      (r"(?<!\w)panic\(", "panic"), (r"(?<!\w)recover\(", "recover")]


def without_words(text):
    """The text without comments and what stands in quotes."""
    return re.sub(r'"(?:\\.|[^"\\])*"|//[^\n]*', lambda m: '""' if m[0][0] == '"' else "", text)


def calls(text, table):
    found = [(m.start(), name) for pattern, name in table for m in re.finditer(pattern, text)]
    return [name for _, name in sorted(found)]


def scenario_calls(text):
    text = without_words(text)
    return calls(text[text.index("\n};", text.index("kScenario")):], CPP)  # behind its description


def compare(root):
    bad = []
    for name in TWINS:
        ours = scenario_calls((root / "scenarios" / f"{name}.cpp").read_text())
        theirs = calls(without_words((root / "assets/go" / name / "main.go").read_text()), GO)
        if not ours or ours != theirs:
            bad.append(f"{name}: the calls differ\n  C++ {' '.join(ours)}\n  Go  {' '.join(theirs)}")
    traces = sorted((root / "assets/recordings").glob("*.go.trace"))
    bad += [f"{trace.name}: no Go trace of a twin, or a large one" for trace in traces
            if trace.name.split(".")[0] not in TWINS or not trace.read_bytes().startswith(b"go 1.")
            or trace.stat().st_size > 200_000]
    bad += [] if traces else ["assets/recordings: no Go traces are shipped"]
    return bad


def run_one(binary, name, scenario, program, environment):
    sets = next(p["sets"] for p in scenario["presets"] if p["id"] == "quick")
    twin = subprocess.run([binary, *("-" + each for each in sets)], capture_output=True, text=True,
                          env=environment, timeout=60)
    said = [line for line in twin.stdout.splitlines() if line.startswith("outcome: ")]
    if twin.returncode != 0 or len(said) != 1:
        return [f"{name}: the twin ended with {twin.returncode}: {twin.stderr.strip()[:300]}"]
    if "deterministic" not in scenario["flags"]:
        return []
    ours = subprocess.run([program, "run", name, "--preset", "quick", "--json"], capture_output=True,
                          text=True, timeout=60)
    outcome = json.loads(ours.stdout)["outcome"]
    return [] if said[0] == f"outcome: {outcome}" else [f"{name}: Go says {said[0]}, we say {outcome}"]


def run(root, program):
    go = shutil.which("go") or next(
        (str(p) for p in sorted(pathlib.Path("/usr/lib").glob("go-*/bin/go"), reverse=True)), None)
    if go is None:
        print("skipped: Go is not installed")
        sys.exit(77)
    listed = json.loads(subprocess.run([program, "list", "--json"], capture_output=True, text=True).stdout)
    scenarios = {each["id"]: each for each in listed["scenarios"]}
    bad = []
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, GOFLAGS="-mod=mod", GOPROXY="off", GOTOOLCHAIN="local")
        environment.setdefault("GOCACHE", folder + "/cache")
        built = subprocess.run([go, "build", "-o", folder + "/", "./..."], cwd=root / "assets/go",
                               capture_output=True, text=True, env=environment)
        if built.returncode != 0:
            return [built.stderr]
        for name in TWINS:
            bad += run_one(f"{folder}/{name}", name, scenarios[name], program, environment)
        trace = folder + "/letters.trace"
        subprocess.run([folder + "/letters", "-trace", trace], capture_output=True, timeout=60)
        if not pathlib.Path(trace).exists() or not pathlib.Path(trace).read_bytes().startswith(b"go 1."):
            bad.append("letters: -trace wrote no Go trace")
    return bad


if __name__ == "__main__":
    tree = pathlib.Path(sys.argv[1])
    problems = run(tree, sys.argv[3]) if sys.argv[2:3] == ["--run"] else compare(tree)
    print("\n".join(problems))
    sys.exit(bool(problems))
