#!/usr/bin/env python3
# autarky: memory by threads and by metrics: a thread keeps a copy of the model and of what accumulates, and no more
# SPDX-License-Identifier: Apache-2.0
"""usage: memory.py PROGRAM"""
import os
import sys

from program import Program

MB = 1e6


def peak(program, *words):
    """Peak resident memory of a run in bytes, by the kernel's account of the child."""
    run = program.start(*words)
    run.stdout.read()
    errors = run.stderr.read()
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    assert run.returncode == 0, errors
    return usage.ru_maxrss * 1024


def main():
    program = Program(sys.argv[1])
    by_threads = {t: peak(program, "run", "-n", "4000", "--threads", str(t)) for t in (1, 2, 4, 8)}
    for threads, size in by_threads.items():
        print(f"bundled scenario, {threads} threads: {size / MB:.0f} MB")
    a_thread = (by_threads[8] - by_threads[1]) / 7
    print(f"each further thread: {a_thread / MB:.1f} MB")
    everything = {t: peak(program, "run", "-n", "4000", "--threads", str(t), "--metrics", "*", "--json") for t in (1, 8)}
    print(f"every metric, 1 and 8 threads: {everything[1] / MB:.0f} and {everything[8] / MB:.0f} MB")
    many, few = (peak(program, "run", "-n", n, "--threads", "2") for n in ("64000", "4000"))
    print(f"2 threads, 64,000 and 4,000 samples: {many / MB:.0f} and {few / MB:.0f} MB")
    program.check(many < 1.25 * few, "memory grows with the samples")
    program.check(by_threads[1] < 120 * MB, "one thread takes more than 120 MB")
    program.check(a_thread < 25 * MB, "a thread takes more than 25 MB")
    program.finish("memory")


if __name__ == "__main__":
    main()
