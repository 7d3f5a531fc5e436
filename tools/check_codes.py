#!/usr/bin/env python3
# autarky: checks that every code of a message is explained, and that nothing explains a code that no message has
# SPDX-License-Identifier: Apache-2.0
"""usage: check_codes.py [TREE]

A code is explained in src/scenario/codes.cpp (findings in files) or src/answers/codes.cpp (the command line). Comments of
headers and pages may name only such codes. Prints one line a violation; exit code 1 when there is one.
"""
import pathlib
import re
import sys

EXPLAINED_IN = ("src/scenario/codes.cpp", "src/answers/codes.cpp")
CODE = re.compile(r'"([EW]\d{4})"')
NAMED = re.compile(r"\b[EW]0\d{3}\b")


def codes_of(file):
    """Codes of a file with the line of each."""
    return [(code, n) for n, line in enumerate(file.read_text().splitlines(), 1) for code in CODE.findall(line)]


def main() -> int:
    tree = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    explained = {code: f"{name}:{n}" for name in EXPLAINED_IN if (tree / name).exists()
                 for code, n in reversed(codes_of(tree / name))}
    found, used = [], set()
    for file in sorted(path for folder in ("src", "apps", "python") for path in (tree / folder).rglob("*.[ch]pp")):
        where = str(file.relative_to(tree))
        if where in EXPLAINED_IN:
            continue
        for code, n in codes_of(file):
            used.add(code)
            if code not in explained:
                found.append(f"{where}:{n}: {code} is explained nowhere; add it to {EXPLAINED_IN[0]}")
    pages = [tree / "README.md", *(tree / "docs").rglob("*.md"), *(tree / "src").rglob("*.hpp")]
    for page in sorted(page for page in pages if page.exists()):
        for n, line in enumerate(page.read_text().splitlines(), 1):
            found += [f"{page.relative_to(tree)}:{n}: {code} is no code of a message"
                      for code in NAMED.findall(line) if code not in explained]
    found += [f"{explained[code]}: no message has {code}" for code in sorted(set(explained) - used)]
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
