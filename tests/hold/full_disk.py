#!/usr/bin/env python3
# autarky: every writer on a file system that is full at another byte each time: told, nothing lost, nothing left behind
# SPDX-License-Identifier: Apache-2.0
"""usage: full_disk.py PROGRAM [SIZES]

On a small tmpfs where one can be mounted, else under a limit of the size of files, which ends writes in the same way.
"""
import functools
import pathlib
import resource
import subprocess
import sys
import tempfile

from program import SCENARIO, Program, at_once, names

PAGE = 4096


def writers(folder, part):
    """What each runs, and the file that it leaves."""
    return [(["run", SCENARIO, "-n", "300", "--json", "-o", f"{folder}/x"], "x"),
            (["run", SCENARIO, "-n", "300", "--shard", "1/1", "-o", f"{folder}/x"], "x"),
            (["run", SCENARIO, "-n", "300", "--json", "-o", f"{folder}/x", "--resume", f"{folder}/store"], "x"),
            (["merge", part, "-o", f"{folder}/x"], "x"),
            (["schema", "-o", f"{folder}/x"], "x"),
            (["plan", SCENARIO, "--futures", "6", "-o", f"{folder}/x.xlsx"], "x.xlsx"),
            (["stress", SCENARIO, "--site", "home", "-n", "64", "-o", f"{folder}/x.json"], "x.json"),
            (["wafers", SCENARIO, "-n", "50", "-o", f"{folder}/x.csv"], "x.csv"),
            (["sense", SCENARIO, "-n", "64", "--screening", "8", "--svg", f"{folder}/x"], "x"),
            (["explain", "npv", SCENARIO, "-o", f"{folder}/x.xlsx"], "x.xlsx"),
            (["die", "10x10", "--process", "n5", "--svg", f"{folder}/x"], "x")]


class SmallDisk:
    """A tmpfs of so many bytes."""

    def __init__(self, folder, size):
        self.folder, self.size = folder, size

    def __enter__(self):
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.size}", "tmpfs", self.folder], check=True, capture_output=True)
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", self.folder], check=True)


def can_mount():
    with tempfile.TemporaryDirectory() as folder:
        try:
            with SmallDisk(folder, PAGE):
                return True
        except (subprocess.CalledProcessError, FileNotFoundError):
            return False


def judge(program, outcome, folder, result, what):
    text = pathlib.Path(folder, result).read_bytes()
    what = f"{what}: exit {outcome.returncode}: {outcome.stderr[-200:]!r}"
    program.check(outcome.returncode in (0, 5), what)
    program.check(outcome.returncode == 5 or text != b"old", f"a success without a result: {what}")
    program.check(outcome.returncode == 0 or text == b"old", f"the old result is harmed: {what}")
    program.check(b"E0699" not in outcome.stderr, what)
    program.check(not any(name.endswith(".part") for name in names(folder)), f"left {names(folder)}: {what}")
    return outcome.returncode == 5


def fill(program, k, folder, part, sizes, is_disk, met):
    """Writer k on disks of several sizes. `met`: whether each run found its disk full."""
    words, result = writers(folder, part)[k]
    folder.mkdir()
    for step in range(sizes):
        size = PAGE * (2 + step * step * 9)
        what = f"writer {k} with {size} bytes"
        if is_disk:
            with SmallDisk(str(folder), size):
                (folder / result).write_bytes(b"old")
                met.append(judge(program, program.run(*words), folder, result, what))
            continue
        for name in names(folder):
            (folder / name).unlink()
        (folder / result).write_bytes(b"old")
        limit = functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))
        met.append(judge(program, program.run(*words, preexec_fn=limit), folder, result, what))


def main():
    program = Program(sys.argv[1])
    sizes = int(sys.argv[2]) if len(sys.argv) > 2 else 6
    is_disk = can_mount()
    print("on a small tmpfs" if is_disk else "no file system can be mounted: under a limit of the size of files")
    met = []
    with tempfile.TemporaryDirectory() as outer:
        part = f"{outer}/part"
        assert program.run("run", SCENARIO, "-n", "300", "--shard", "1/1", "-o", part).returncode == 0
        n_writers = len(writers(outer, part))
        at_once([functools.partial(fill, program, k, pathlib.Path(outer, f"disk{k}"), part, sizes, is_disk, met)
                 for k in range(n_writers)])
    program.check(sum(met) >= n_writers, f"only {sum(met)} runs met a full disk")
    print(f"{sum(met)} runs of {n_writers} writers met a full disk")
    program.finish("full disk")


if __name__ == "__main__":
    main()
