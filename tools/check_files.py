#!/usr/bin/env python3
# autarky: checks that every C++ file says what it is and under which licence, and is short enough to be read at one sitting
# SPDX-License-Identifier: Apache-2.0
"""usage: check_files.py [TREE]

Prints one line a violation; exit code 1 when there is one. Fixtures (folders named data) are left out.
"""
import pathlib
import sys

FOLDERS = ("apps", "src", "tests", "bench", "fuzz", "cmake", "python")
LICENCE = "// SPDX-License-Identifier: Apache-2.0"
LONGEST = 400


def main() -> int:
    tree = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    found = []
    for file in sorted(path for folder in FOLDERS for path in (tree / folder).rglob("*.[ch]pp")):
        where = file.relative_to(tree)
        if "data" in where.parts:
            continue
        lines = file.read_text().splitlines()
        if not lines or not lines[0].startswith("// autarky: "):
            found.append(f"{where}:1: begin with '// autarky: <what this file is>'")
        elif len(lines) < 2 or lines[1] != LICENCE:
            found.append(f"{where}:2: write '{LICENCE}'")
        if file.suffix == ".hpp" and "#pragma once" not in lines:
            found.append(f"{where}:3: write '#pragma once'")
        if len(lines) > LONGEST:
            found.append(f"{where}:{LONGEST + 1}: {len(lines)} lines; split it by idea below {LONGEST}")
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
