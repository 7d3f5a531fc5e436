#!/usr/bin/env python3
# autarky: asks a doctest program for its test cases and writes one CTest entry for each
# SPDX-License-Identifier: Apache-2.0
"""usage: discover_tests.py PROGRAM OUTPUT NAME TIMEOUT LABELS

A CMake list cannot carry every sentence (an interval such as "(0, 1]" breaks it), so the entries are written here. A test
case that is named twice is an error: the filter that runs one would run both.
"""
import collections
import subprocess
import sys
import xml.etree.ElementTree as xml


def bracket(text: str) -> str:
    """The text as one CMake argument, whatever it contains."""
    level = "="
    while f"]{level}]" in text:
        level += "="
    return f"[{level}[{text}]{level}]"


def main() -> int:
    program, output, name, timeout, labels = sys.argv[1:]
    listed = subprocess.run([program, "--list-test-cases", "--reporters=xml"], stdout=subprocess.PIPE, check=True).stdout
    cases = [case.get("name") for case in xml.fromstring(listed).iter("TestCase")]
    twice = [case for case, count in collections.Counter(cases).items() if count > 1]
    for case in twice:
        print(f"{name}: two test cases are named '{case}'", file=sys.stderr)
    lines = []
    for case in cases:
        # a comma would begin a second filter; an asterisk matches itself
        wanted = "--test-case=" + case.replace("\\", "\\\\").replace(",", "\\,")
        lines.append(f"add_test({bracket(f'{name}: {case}')} {bracket(program)} {bracket(wanted)})")
        # a filter that finds no test case ends well for doctest; here it is a failure
        lines.append(f"set_tests_properties({bracket(f'{name}: {case}')} PROPERTIES TIMEOUT {timeout} "
                     f"LABELS {bracket(labels)} FAIL_REGULAR_EXPRESSION {bracket('test cases: +0 ')})")
    with open(output, "w") as file:
        file.write("\n".join(lines) + "\n")
    return 1 if twice or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
