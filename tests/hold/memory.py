#!/usr/bin/env python3
# autarky: memory by threads, samples and size of the scenario
# SPDX-License-Identifier: Apache-2.0
"""usage: memory.py PROGRAM

A thread keeps of every column (a result in a quarter) its sums, a histogram and the values of a chunk, some 13 KB; before
the samples one derivation of the verdict is recorded, which grows with the rows of the scenario and is given back.
"""
import os
import pathlib
import re
import sys
import tempfile

from program import SCENARIO, Program

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
    by_threads = {t: peak(program, "-n", 4000, "--threads", t) for t in (1, 2, 4, 8)}
    for threads, size in by_threads.items():
        print(f"bundled scenario, {threads} threads: {size / MB:.0f} MB")
    a_thread = (by_threads[8] - by_threads[1]) / 7
    print(f"each further thread: {a_thread / MB:.1f} MB")
    many, few = (peak(program, "-n", n, "--threads", 2) for n in (32000, 4000))
    print(f"2 threads, 32,000 and 4,000 samples: {many / MB:.0f} and {few / MB:.0f} MB")
    program.check(by_threads[1] < 150 * MB, "one thread takes more than 150 MB")
    program.check(a_thread < 60 * MB, "a thread takes more than 60 MB")
    # Eight times the samples reach further into the tails: some powers of two more in each histogram, no more than that.
    program.check(many < 1.5 * few, "memory grows with the samples")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        large(folder)
        sites = {t: peak(program, folder / "sites.toml", "-n", 256 * t, "--threads", t) for t in (1, 4)}
        regions = peak(program, folder / "regions.toml", "-n", 2048, "--threads", 8)
        print(f"500 sites, 1 and 4 threads: {sites[1] / MB:.0f} and {sites[4] / MB:.0f} MB; 100 regions, 8 threads: {regions / MB:.0f} MB")
        program.check(max(sites.values()) < 400 * MB, "500 sites take more than 400 MB")
        program.check(regions < 250 * MB, "100 regions take more than 250 MB")
    program.finish("memory")


if __name__ == "__main__":
    main()
