#!/usr/bin/env python3
# autarky: memory by threads, samples and size of the scenario
# SPDX-License-Identifier: Apache-2.0
"""usage: memory.py PROGRAM

A thread keeps of every column (a result in a quarter) its sums, a histogram and the values of a chunk, some 13 KB; before
the samples one derivation of the verdict is recorded, which grows with the rows of the scenario and is given back.
"""
import functools
import os
import pathlib
import re
import sys
import tempfile

from program import SCENARIO, Program, at_once

MB = 1e6
SMALL = pathlib.Path(SCENARIO).with_name("small.toml")


def peak(program, *words):
    """Peak resident memory of a run in bytes, by the kernel's account of the child."""
    run = program.start("run", *map(str, words))
    run.stdout.read()
    errors = run.stderr.read()
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    assert run.returncode == 0, errors
    return usage.ru_maxrss * 1024


def peaks(program, runs):
    """Of each run, two at once on two processors: memory is that of each process."""
    out = [0] * len(runs)

    def one(k):
        out[k] = peak(program, *runs[k])
    at_once([functools.partial(one, k) for k in range(len(runs))])
    return out


def repeated(text, tables, n):
    """The scenario with n more rows like these: [region.north] becomes [region.north0], [region.north1], ..."""
    parts = re.split(r"(?m)^(?=\[)", text)
    for kind, name, changes in tables:
        row = "".join(part for part in parts if part.startswith((f"[{kind}.{name}]", f"[{kind}.{name}.")))
        for k in range(n):
            more = row.replace(f"{kind}.{name}", f"{kind}.{name}{k}")
            for old, new in changes:
                more = more.replace(old, new.format(k=k))
            text += more
    return text


def large(folder):
    text = SMALL.read_text()
    (folder / "sites.toml").write_text(repeated(text, [("site", "abroad", [])], 498))
    region = [('vehicle_share = "70 %"', 'vehicle_share = "0 %"')]
    (folder / "regions.toml").write_text(
        repeated(text, [("region", "north", region), ("grid", "north", [('"north"', '"north{k}"')])], 98))


def main():
    program = Program(sys.argv[1])
    one, two, eight, many = peaks(program, [["-n", 4000, "--threads", t] for t in (1, 2, 8)] + [["-n", 32000, "--threads", 2]])
    a_thread = (eight - one) / 7
    print(f"bundled scenario, 1, 2 and 8 threads: {one / MB:.0f}, {two / MB:.0f} and {eight / MB:.0f} MB")
    print(f"each further thread: {a_thread / MB:.1f} MB")
    print(f"2 threads, 32,000 and 4,000 samples: {many / MB:.0f} and {two / MB:.0f} MB")
    program.check(one < 150 * MB, "one thread takes more than 150 MB")
    program.check(a_thread < 60 * MB, "a thread takes more than 60 MB")
    # Eight times the samples reach further into the tails: some powers of two more in each histogram, no more than that.
    program.check(many < 1.5 * two, "memory grows with the samples")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        large(folder)
        *sites, regions = peaks(program, [[folder / "sites.toml", "-n", 256 * t, "--threads", t] for t in (1, 4)] +
                                [[folder / "regions.toml", "-n", 2048, "--threads", 8]])
        print(f"500 sites, 1 and 4 threads: {sites[0] / MB:.0f} and {sites[1] / MB:.0f} MB; 100 regions, 8 threads: {regions / MB:.0f} MB")
        program.check(max(sites) < 400 * MB, "500 sites take more than 400 MB")
        program.check(regions < 250 * MB, "100 regions take more than 250 MB")
    program.finish("memory")


if __name__ == "__main__":
    main()
