#!/usr/bin/env python3
# autarky: kills the program at random moments: no result is lost, none is half there, and it ends with the same bits
# SPDX-License-Identifier: Apache-2.0
"""usage: kills.py PROGRAM [KILLS]"""
import functools
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

from program import SCENARIO, Program, at_once, names, strict_json

SAMPLES = "40000"

STOPPED = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def hash_of(text):
    return strict_json(text)["result_sha256"]


def kill_runs(program, kills, seed):
    """A run that is killed until it is through, again and again."""
    moments = random.Random(seed)  # the same moments every time
    began = time.monotonic()
    expected = hash_of(program.run("run", SCENARIO, "-n", SAMPLES, "--json").stdout)
    took = time.monotonic() - began
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        result = folder / "a.json"
        words = ["run", SCENARIO, "-n", SAMPLES, "--json", "-o", str(result), "--resume", str(folder / "s")]
        result.write_text("old")
        n_done = 0
        for k in range(kills):
            run = program.start(*words)
            time.sleep(moments.uniform(0.0, 0.7 * took))
            end = moments.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
            run.send_signal(end)
            _, errors = run.communicate(timeout=60)
            what = f"kill {k} by {end.name}: exit {run.returncode}: {errors[-300:]!r}"
            program.check(run.returncode in (0, -end, STOPPED.get(end, 0)), what)
            program.check(b"E0699" not in errors, what)
            text = result.read_bytes()
            program.check(text == b"old" or hash_of(text), f"{what}: half a result")
            if run.returncode != 0:
                continue
            n_done += 1
            program.check(hash_of(text) == expected, f"{what}: other bits")
            for left in names(folder):
                (folder / left).unlink()
            result.write_text("old")
        last = program.run(*words)
        program.check(last.returncode == 0, f"the run behind the kills: {last.stderr!r}")
        program.check(hash_of(result.read_bytes()) == expected, "other bits after the kills")
        program.check(names(folder) == ["a.json", "s"], f"left behind: {names(folder)}")
        program.check(n_done < kills, "every run ended before its kill")
        print(f"{kills} kills, {n_done} runs had ended before theirs")


def stop_server(program):
    """The page's server answers, and ends when it is asked to."""
    for end in STOPPED:
        run = program.start("serve", "--port", "0", "--no-open")
        line = run.stdout.readline().decode()
        address = next((word for word in line.split() if word.startswith("http")), None)
        if program.check(address is not None, f"serve: no address: {line!r}"):
            with urllib.request.urlopen(address, timeout=60) as page:
                program.check(page.status == 200 and b"<html" in page.read(100_000), "serve: no page")
        run.send_signal(end)
        _, errors = run.communicate(timeout=20)
        program.check(run.returncode in (0, STOPPED[end]), f"serve: {end.name}: exit {run.returncode}: {errors[-300:]!r}")


def main():
    program = Program(sys.argv[1])
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    half = (kills + 1) // 2
    at_once([functools.partial(kill_runs, program, half, 20261129), functools.partial(kill_runs, program, half, 20261130),
             functools.partial(stop_server, program)])
    program.finish("kills")


if __name__ == "__main__":
    main()
