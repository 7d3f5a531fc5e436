#!/usr/bin/env python3
# autarky: lets system calls and allocations fail one by one, as SQLite's tests do: nothing is lost, every end is told
# SPDX-License-Identifier: Apache-2.0
"""usage: faults.py PROGRAM LIBRARY [POINTS]

System calls fail by strace's injection, allocations by LIBRARY (faults.cpp), loaded before all others. Where a command makes
more calls of a kind than POINTS, that many are spread over them; of the allocations of a writer four times as many.
"""
import functools
import os
import pathlib
import re
import shutil
import sys
import tempfile

from program import SCENARIO, TREE, Program, at_once, names

WRITES = "write,pwrite64,writev,ftruncate,fallocate"
KINDS = [(WRITES, "ENOSPC"), ("fsync,fdatasync", "EIO"), ("rename,renameat2,unlink", "EIO"),
         ("openat", "EMFILE"), ("read,pread64", "EIO"), ("mmap", "ENOMEM")]
GOOD_ENDS = {0, 5, 3}  # done, a file that cannot be written or read, an input that cannot be read
DONE_OR_NO_MEMORY = {0, 5}

# What only answers, a command of each family of readers and libraries.
ASKED = [["check", SCENARIO], ["run", SCENARIO, "-n", "300", "--json"], ["explain", "npv", SCENARIO], ["sources", SCENARIO],
         ["validate"], ["metrics"], ["workload", "resnet50"],
         ["die", "10x10", "--process", "n5", "--json"], ["package", "10x10*2@n5"], ["chip", "orin"], ["export", "h100"],
         ["design", "resnet50", "--node", "7"], ["wafers", SCENARIO, "-n", "50"], ["flip", SCENARIO, "-n", "64", "--most", "1"],
         ["worth", SCENARIO, "-n", "500"], ["plan", SCENARIO, "--futures", "6"],
         ["stress", SCENARIO, "--site", "home", "-n", "64"], ["anchor", SCENARIO, "-n", "64"], ["paths", SCENARIO, "-n", "64"],
         ["sense", SCENARIO, "-n", "64", "--screening", "8"], ["discover", SCENARIO, "-n", "1024"], ["update", SCENARIO, "-n", "512"], ["audit", SCENARIO, "-n", "100"], ["compare", SCENARIO, "--against", SCENARIO, "-n", "50"],
         ["map", "--scenario", SCENARIO, "-n", "20", "--columns", "2", "--rows", "2"], ["break-even", SCENARIO, "-n", "20"],
         ["grid", "list"], ["grid", "host", "us-pole-25"], ["grid", "flow", str(TREE / "catalogue/grid/feeders/cigre_lv.json")]]


def commands(program, folder):
    """Every writer, reader and store call: what is run, and the files that it leaves."""
    data = str(folder / "base.toml")
    shutil.copy(pathlib.Path(SCENARIO).with_name("small.toml"), folder / "small.toml")
    shutil.copy(SCENARIO, data)
    part = str(folder / "whole")
    assert program.run("run", data, "-n", "300", "--shard", "1/1", "-o", part).returncode == 0
    store = str(folder / "out" / "store")
    run = ["run", data, "-n", "300", "--quick", "--json", "-o", str(folder / "out" / "a.json")]  # effects are among ASKED
    return [(run, "a.json"),
            ([*run, "--resume", store], "a.json"),
            (["merge", part, "-o", str(folder / "out" / "m.json")], "m.json"),
            (["schema", "-o", str(folder / "out" / "s.json")], "s.json"),
            (["wafers", data, "-n", "50", "-o", str(folder / "out" / "t.xlsx")], "t.xlsx")]


N_WRITERS = 5  # of them


def spread(n, points):
    return range(1, n + 1) if n <= points else sorted({1 + k * (n - 1) // (points - 1) for k in range(points)})


class Case:
    """One command, run again and again with another fault."""

    def __init__(self, program, words, result, folder):
        self.program, self.words, self.result, self.folder = program, words, result, folder
        self.out = folder / "out"
        self.reset()
        done = program.run(*words)
        assert done.returncode == 0, done.stderr
        self.expected = (self.out / result).read_bytes()

    def reset(self):
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()
        (self.out / self.result).write_bytes(b"old")

    def judge(self, outcome, what, ends=GOOD_ENDS):
        if b"error while loading shared libraries" in outcome.stderr or (outcome.returncode == -11 and "call 1 of" in what):
            return  # in the loader, before the program began
        if outcome.returncode == 127 and outcome.stderr == b"out of memory\n":
            return  # glibc had no memory for the variables of a thread, and ends the process itself
        what = f"{' '.join(self.words[:2])}: {what}: exit {outcome.returncode}: {outcome.stderr[-300:]!r}"
        check = self.program.check
        check(outcome.returncode in ends, what)
        check(b"E0699" not in outcome.stderr, what)
        text = (self.out / self.result).read_bytes()
        check(text in (b"old", self.expected), f"half a result: {what}")
        check(outcome.returncode != 0 or text == self.expected, f"a success that is none: {what}")
        again = self.program.run(*self.words)
        check(again.returncode == 0 and (self.out / self.result).read_bytes() == self.expected,
              f"cannot be repeated: {again.stderr[-300:]!r}: {what}")
        check(all(not name.endswith(".part") for name in names(self.out)), f"left {names(self.out)}: {what}")


def system_calls(case, calls, error, points):
    trace = case.folder / "trace"
    case.reset()
    case.program.run(*case.words, before=["strace", "-f", "-o", str(trace), "-e", f"trace={calls}"])
    n = len(re.findall(r"^\d+ +\w+\(", trace.read_text(errors="replace"), re.M))
    for at in spread(n, points):
        case.reset()
        inject = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={calls}:error={error}:when={at}"]
        case.judge(case.program.run(*case.words, before=inject), f"call {at} of {n} of {calls} gives {error}")
    return n


def allocations(case, library, points):
    count = case.folder / "count"
    environment = {**os.environ, "LD_PRELOAD": library, "AUTARKY_FAULTS_COUNT": str(count)}
    case.reset()
    case.program.run(*case.words, env=environment)
    n = int(count.read_text())
    for at in spread(n, points):
        case.reset()
        environment = {**os.environ, "LD_PRELOAD": library, "AUTARKY_FAULTS_AT": str(at)}
        case.judge(case.program.run(*case.words, env=environment), f"allocation {at} of {n} fails", DONE_OR_NO_MEMORY)
    return n


def allocations_of_answers(program, library, words, count, points):
    """Allocations of a command that writes no file: all of the answer, or that there is no memory."""
    environment = {**os.environ, "LD_PRELOAD": library}
    whole = program.run(*words, env={**environment, "AUTARKY_FAULTS_COUNT": str(count)})
    if not program.check(whole.returncode == 0, f"{words}: {whole.stderr[-300:]!r}"):
        return
    n = int(count.read_text())
    for at in spread(n, points):
        outcome = program.run(*words, env={**environment, "AUTARKY_FAULTS_AT": str(at)})
        what = f"{words}: allocation {at} of {n} fails: exit {outcome.returncode}: {outcome.stderr[-300:]!r}"
        program.check(outcome.returncode in DONE_OR_NO_MEMORY and b"E0699" not in outcome.stderr, what)
        program.check(outcome.returncode != 0 or outcome.stdout == whole.stdout, f"another answer: {what}")
    print(f"{' '.join(words[:2 if words[0] == 'grid' else 1])}: {n} allocations")


def calls_of_writer(program, library, number, folder, points, can_trace):
    """System calls and allocations of one of the writing commands, in a folder of its own."""
    (folder / "out").mkdir(parents=True)
    made = commands(program, folder)
    assert len(made) == N_WRITERS
    words, result = made[number]
    case = Case(program, words, result, folder)
    counts = [system_calls(case, calls, error, points) for calls, error in KINDS] if can_trace else []
    counts.append(allocations(case, library, 4 * points))
    print(f"{words[0]}{' with a store' if '--resume' in words else ''}: calls of each kind {counts}")


def main():
    program, library = Program(sys.argv[1]), str(pathlib.Path(sys.argv[2]).resolve())
    points = int(sys.argv[3]) if len(sys.argv) > 3 else 8
    can_trace = shutil.which("strace") is not None and program.run("--version", before=["strace", "-o", "/dev/null"]).returncode == 0
    if not can_trace:
        print("strace is not there or may not trace: system calls are left out")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        jobs = [functools.partial(calls_of_writer, program, library, k, folder / f"writer{k}", points, can_trace)
                for k in range(N_WRITERS)]
        jobs += [functools.partial(allocations_of_answers, program, library, words, folder / f"count{k}", points)
                 for k, words in enumerate(ASKED)]
        at_once(jobs)
    program.finish("faults")


if __name__ == "__main__":
    main()
