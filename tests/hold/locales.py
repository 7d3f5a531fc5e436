#!/usr/bin/env python3
# autarky: the same bytes where a comma is the decimal sign: German locale, set for the whole process
# SPDX-License-Identifier: Apache-2.0
"""usage: locales.py PROGRAM LIBRARY

Every command that has --json: the lines of names.py that it answers, as JSON, and some as JSON and as text.
"""
import functools
import os
import pathlib
import subprocess
import sys
import tempfile

from names import commands_with_json, files, invocations
from program import SCENARIO, Program, TREE, at_once

# What those lines leave out: numbers on the command line, text, questions of the grid.
MORE = [["run", SCENARIO, "-n", "100", "--set", 'economy.discount_rate="8.25 %/year"'], ["explain", "npv", SCENARIO],
        ["die", "10.5x10.5", "--process", "n5"], ["workload", "resnet50"], ["chip", "orin", "--workload", "resnet50"],
        ["grid", "flow", str(TREE / "catalogue/grid/feeders/cigre_lv.json")], ["grid", "host", "us-pole-25", "--placements", "8"],
        ["grid", "host", "cigre_lv", "--placements", "2"], ["grid", "fix", "us-pole-25"], ["grid", "claims"],
        ["grid", "fault", str(TREE / "catalogue/grid/feeders/cigre_lv.json"), "--at", "1"],
        ["grid", "nation", "--units", "16"], ["grid", "cap", "--futures", "20"], ["break-even", SCENARIO, "-n", "50"],
        ["schema", "--answer", "run"]]


def german(folder, library):
    """The environment in which the whole program speaks German."""
    return {**os.environ, "LOCPATH": folder, "LC_ALL": "de_DE.UTF-8", "LD_PRELOAD": library, "AUTARKY_FAULTS_LOCALE": "1"}


def compare(program, environment, forms, answered, words):
    words = [str(word) for word in words]
    for extra in forms:
        plain = program.run(*words, *extra)
        if plain.returncode != 0:
            continue
        other = program.run(*words, *extra, env=environment)
        what = f"{words[:3]} {extra}"
        program.check(other.returncode == 0, f"{what}: {other.stderr[-300:]!r}")
        program.check(plain.stdout == other.stdout and plain.stderr == other.stderr, f"{what}: other bytes")
        answered.add(words[0])


def main():
    program, library = Program(sys.argv[1]), str(pathlib.Path(sys.argv[2]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", f"{folder}/de_DE.UTF-8"], capture_output=True)
        if not program.check(made.returncode in (0, 1), f"no German locale: {made.stderr!r}"):
            program.finish("locales")
        comma = subprocess.run(["printf", "%.1f", "1,5"], env={**os.environ, "LOCPATH": folder, "LC_ALL": "de_DE.UTF-8"},
                               capture_output=True)
        program.check(comma.stdout == b"1,5", f"the locale has no decimal comma: {comma.stdout!r}")
        place = pathlib.Path(folder, "plain")
        place.mkdir()
        files(place)
        program.run("run", str(place / "s.toml"), "-n", "50", "--shard", "1/1", "-o", str(place / "part"))
        writers = {"-o", "--resume"}  # their files are there the second time
        lines = [words for cases in invocations(place).values() for words in cases if not writers.intersection(words)]
        answered = set()
        of = functools.partial(compare, program, german(folder, library))
        at_once([functools.partial(of, [["--json"]], answered, words) for words in lines] +
                [functools.partial(of, [["--json"], []], answered, words) for words in MORE])
        program.check(answered >= commands_with_json(program), f"not tried: {sorted(commands_with_json(program) - answered)}")
    program.finish(f"locales, {len(answered)} commands")


if __name__ == "__main__":
    main()
