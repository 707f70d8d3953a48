"""Fails when ARCHITECTURE.md names a function, type or file that the sources do not have."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
text = (root / "ARCHITECTURE.md").read_text()
sources = [p for d in ("app", "core", "scenarios", "ui") for p in (root / d).rglob("*") if p.suffix in (".h", ".cpp")]
words = set(re.findall(r"\w+", " ".join(p.read_text() for p in sources)))
told, _, _ = text.partition("## Rejected")  # what was rejected need not exist
bad = [n for n in re.findall(r"`([A-Za-z_:<>]+)`", told) if re.sub(r"<.*>", "", n).split("::")[-1] not in words]
bad += [f for f in re.findall(r"\b[\w/]+/\w+\.(?:cpp|h|py|md)\b", text) if not (root / f).exists()]
for name in bad:
    print(f"ARCHITECTURE.md names {name}, which does not exist")
sys.exit(bool(bad))
