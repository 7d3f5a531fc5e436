#!/usr/bin/env python3
# autarky: the same bytes where a comma is the decimal sign: German locale, set for the whole process
# SPDX-License-Identifier: Apache-2.0
"""usage: locales.py PROGRAM LIBRARY"""
import os
import pathlib
import subprocess
import sys
import tempfile

from program import SCENARIO, Program, TREE

COMMANDS = [["run", SCENARIO, "-n", "100"], ["run", SCENARIO, "-n", "100", "--json"], ["check"],
            ["run", SCENARIO, "-n", "100", "--set", 'economy.discount_rate="8.25 %/year"'], ["explain", "npv", SCENARIO],
            ["die", "10.5x10.5", "--process", "n5", "--json"], ["workload", "resnet50", "--json"], ["validate", "--json"],
            ["grid", "flow", str(TREE / "catalogue/grid/feeders/cigre_lv.json"), "--json"]]


def main():
    program, library = Program(sys.argv[1]), str(pathlib.Path(sys.argv[2]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", f"{folder}/de_DE.UTF-8"], capture_output=True)
        if not program.check(made.returncode in (0, 1), f"no German locale: {made.stderr!r}"):
            program.finish("locales")
        german = {**os.environ, "LOCPATH": folder, "LC_ALL": "de_DE.UTF-8", "LD_PRELOAD": library, "AUTARKY_FAULTS_LOCALE": "1"}
        comma = subprocess.run(["printf", "%.1f", "1,5"], env={**os.environ, "LOCPATH": folder, "LC_ALL": "de_DE.UTF-8"},
                               capture_output=True)
        program.check(comma.stdout == b"1,5", f"the locale has no decimal comma: {comma.stdout!r}")
        for words in COMMANDS:
            plain, other = program.run(*words), program.run(*words, env=german)
            program.check(plain.returncode == other.returncode == 0, f"{words[:2]}: {other.stderr[-300:]!r}")
            program.check(plain.stdout == other.stdout and plain.stderr == other.stderr, f"{words[:2]}: other bytes")
    program.finish("locales")


if __name__ == "__main__":
    main()
