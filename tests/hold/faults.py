#!/usr/bin/env python3
# autarky: lets system calls and allocations fail one by one, as SQLite's tests do: nothing is lost, every end is told
# SPDX-License-Identifier: Apache-2.0
"""usage: faults.py PROGRAM LIBRARY [POINTS [--allocations]]

System calls fail by strace's injection, allocations by LIBRARY (faults.cpp), loaded before all others. Where a command makes
more calls of a kind than POINTS, that many are spread over them.
"""
import os
import pathlib
import re
import shutil
import sys
import tempfile

from program import SCENARIO, Program, names, strict_json

WRITES = "write,pwrite64,writev,ftruncate,fallocate"
KINDS = [(WRITES, "ENOSPC"), ("fsync,fdatasync", "EIO"), ("rename,renameat2,unlink", "EIO"),
         ("openat", "EMFILE"), ("read,pread64", "EIO"), ("mmap", "ENOMEM")]
GOOD_ENDS = {0, 5, 3}  # done, a file that cannot be written or read, an input that cannot be read


def commands(program, folder):
    """Every writer, reader and store call: what is run, and the files that it leaves."""
    data = str(folder / "base.toml")
    shutil.copy(pathlib.Path(SCENARIO).with_name("small.toml"), folder / "small.toml")
    shutil.copy(SCENARIO, data)
    part = str(folder / "whole")
    assert program.run("run", data, "-n", "300", "--shard", "1/1", "-o", part).returncode == 0
    store = str(folder / "out" / "store")
    return [(["run", data, "-n", "300", "--json", "-o", str(folder / "out" / "a.json")], "a.json"),
            (["run", data, "-n", "300", "--json", "-o", str(folder / "out" / "a.json"), "--resume", store], "a.json"),
            (["merge", part, "-o", str(folder / "out" / "m.json")], "m.json"),
            (["schema", "-o", str(folder / "out" / "s.json")], "s.json")]


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

    def judge(self, outcome, what):
        if b"error while loading shared libraries" in outcome.stderr or (outcome.returncode == -11 and "call 1 of" in what):
            return  # in the loader, before the program began
        what = f"{' '.join(self.words[:2])}: {what}: exit {outcome.returncode}: {outcome.stderr[-300:]!r}"
        check = self.program.check
        check(outcome.returncode in GOOD_ENDS, what)
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
        case.judge(case.program.run(*case.words, env=environment), f"allocation {at} of {n} fails")
    return n


def main():
    program, library = Program(sys.argv[1]), str(pathlib.Path(sys.argv[2]).resolve())
    points = int(sys.argv[3]) if len(sys.argv) > 3 else 8
    can_trace = shutil.which("strace") is not None and program.run("--version", before=["strace", "-o", "/dev/null"]).returncode == 0
    if not can_trace:
        print("strace is not there or may not trace: system calls are left out")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "out").mkdir()
        for words, result in commands(program, folder):
            case = Case(program, words, result, folder)
            counts = [system_calls(case, calls, error, points) for calls, error in KINDS] if can_trace else []
            if "--allocations" in sys.argv:
                counts.append(allocations(case, library, 4 * points))
            print(f"{words[0]}{' with a store' if '--resume' in words else ''}: calls of each kind {counts}")
    program.finish("faults")


if __name__ == "__main__":
    main()
