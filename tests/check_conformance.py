"""Fails when tests/conformance.tsv names a test that the sources do not have, or a row is malformed.

The table has a row for each rule of Go's that a program can observe: section, rule, and what pins it down:
  Suite.Test ...     tests of the sources (a TEST_P counts once its suite is instantiated), or of CMake: a.name
  not portable: KEY  the paragraph <a id="KEY"> of both pages assets/help/differences.*.md says why
  later: issue N     issue N brings it
  -                  nothing yet: printed, no failure
"""
import collections
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
KINDS = ("with a test", "not portable", "later", "without a test")


def known_tests():
    """Names of all tests in the sources, and what is wrong with the sources."""
    names, parametrised, instantiated = set(), set(), set()
    for path in (root / "tests").rglob("*.cpp"):
        text = path.read_text()
        for macro, suite, name in re.findall(r"^(TEST|TEST_F|TEST_P)\(\s*(\w+),\s*(\w+)\)", text, re.M):
            names.add(f"{suite}.{name}")
            if macro == "TEST_P":
                parametrised.add(suite)
        instantiated |= set(re.findall(r"^\s*GOLANES_ON_BOTH_ENGINES\((\w+)\)", text, re.M))
        instantiated |= set(re.findall(r"^INSTANTIATE_TEST_SUITE_P\(\s*\w+,\s*(\w+),", text, re.M))
    for path in (root / "tests").rglob("CMakeLists.txt"):
        text = path.read_text()
        names |= set(re.findall(r"add_test\(NAME ([\w.]+)\s", text))
        names |= {f"runtime.sanitizers.{n}" for n in re.findall(r"golanes_planted\((\w+) \"", text)}
    return names, [f"{suite} has tests with parameters and no instantiation" for suite in sorted(parametrised - instantiated)]


def pages():
    """The paragraphs of the page "Differences from Go" in each language, and what is wrong with them."""
    files = sorted((root / "assets" / "help").glob("differences.*.md"))
    texts = {f.name: f.read_text() for f in files}
    shapes = {n: re.findall(r'<a id="([\w-]+)">|^(#+) ', t, re.M) for n, t in texts.items()}
    bad = [f"{n} has other headings than {files[0].name}" for n in shapes if shapes[n] != shapes[files[0].name]]
    if len(files) < 2:
        bad.append("assets/help: the page is not there in both languages")
    return {key for key, _ in shapes[files[0].name] if key}, bad


def kind_of(test, tests, keys):
    """The kind of a row by its third column, or None and what is wrong."""
    if test == "-":
        return "without a test", None
    if match := re.fullmatch(r"not portable: ([\w-]+)", test):
        return ("not portable", None) if match[1] in keys else (None, f"the help pages have no paragraph {match[1]}")
    if re.fullmatch(r"later: issue \d+", test):
        return "later", None
    unknown = [name for name in test.split(" ") if name not in tests]
    return ("with a test", None) if not unknown else (None, "no such test: " + " ".join(unknown))


def main():
    tests, bad = known_tests()
    keys, bad_pages = pages()
    bad += bad_pages
    lines = (root / "tests" / "conformance.tsv").read_text().splitlines()
    counts, seen = collections.Counter(), set()
    if lines[0] != "section\trule\ttest":
        bad.append("line 1: the columns are section, rule, test")
    for number, line in enumerate(lines[1:], 2):
        row = line.split("\t")
        if len(row) != 3 or not all(cell == cell.strip() and cell for cell in row):
            bad.append(f"line {number}: three filled columns are wanted")
            continue
        section, rule, test = row
        if not re.fullmatch(r"\d+(\.\d+)?", section) or (section, rule) in seen:
            bad.append(f"line {number}: no section, or a row that was there before")
        seen.add((section, rule))
        kind, why = kind_of(test, tests, keys)
        counts[kind] += 1
        if why:
            bad.append(f"line {number}: {why}")
        if kind == "without a test":
            print(f"without a test: {section}: {rule}")
    print(f"{len(lines) - 1} rules: " + ", ".join(f"{counts[kind]} {kind}" for kind in KINDS))
    for what in bad:
        print(f"conformance: {what}")
    sys.exit(bool(bad))


main()
