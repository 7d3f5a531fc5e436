#!/usr/bin/env python3
# autarky: checks that no header of a module calls the C library's functions, whose last bit differs between machines
# SPDX-License-Identifier: Apache-2.0
"""usage: check_formulas.py [TREE]

Formulas are templates in headers, so every src/<module>/*.hpp but those of core is read. They take exp, log, pow, sin, ...
from core/real.hpp, unqualified; std::sqrt and std::fma are exact and may stay. Prints one line a violation; exit code 1
when there is one.
"""
import pathlib
import re
import sys

INEXACT = re.compile(r"(?:std)?::((?:exp|log|pow|sin|cos|tan|sinh|cosh|tanh|asin|acos|atan|exp2|expm1|log2|log10|log1p|cbrt"
                     r"|hypot|erf|erfc|lgamma|tgamma|atan2)[fl]?)\s*\(")


def main() -> int:
    tree = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    violations = 0
    for file in sorted((tree / "src").glob("*/**/*.hpp")):
        if file.relative_to(tree).parts[1] == "core":
            continue
        for number, line in enumerate(file.read_text().splitlines(), 1):
            found = INEXACT.search(line.split("//")[0])
            if found:
                violations += 1
                print(f"{file.relative_to(tree)}:{number}: use autarky::{found[1]} (core/real.hpp) instead of std::{found[1]}")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
