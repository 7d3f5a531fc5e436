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

from program import SCENARIO, Program, at_once, controls, names, strict_json

SAMPLES = "100000"

WORKLOADS = ["driving-vision", "planning", "robot-pi0"]
# Every command that can take more than two seconds, in a size that does.
LONG = [["run", "-n", "10000000"], ["map", "-n", "100000"], ["break-even", "-n", "1000000"], ["flip", "-n", "1000000"],
        ["worth", "-n", "1000000"], ["update", "-n", "1000000"],
        ["compare", "ai5", "--against", "dojo", "-n", "1000000"], ["wafers", "-n", "1000000"],
        ["plan", "--futures", "200"], ["stress", "--site", "samsung_taylor_sf2p", "-n", "1000000"],
        ["anchor", "-n", "1000000"], ["paths", "-n", "100000"], ["sense", "-n", "1000000"], ["discover", "-n", "100000"],
        ["audit", "-n", "1000000"], ["design", *WORKLOADS], ["grid", "nation", "--units", "1000000"],
        ["grid", "cap", "--futures", "1000000"], ["grid", "futures", "--futures", "1000000"], ["grid", "surface"],
        ["grid", "fix", "cigre_lv", "--placements", "100000"], ["report", "-n", "5000000", "-o", "/dev/null"]]
STOPPED = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def hash_of(text):
    return strict_json(text)["result_sha256"]


def kill_runs(program, kills, moments):
    """A run that is killed until it is through, again and again."""
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


def stop_one(program, words, patience, end):
    """Whatever takes long stops when it is asked to, and says so; with what was finished, where there is something."""
    run = program.start(*words)
    time.sleep(patience)
    run.send_signal(end)
    asked = time.monotonic()
    try:
        _, errors = run.communicate(timeout=40)
    except subprocess.TimeoutExpired:
        run.kill()
        run.communicate()
        program.check(False, f"{words}: goes on after {end.name}")
        return
    what = f"{words}: {end.name}: exit {run.returncode} after {time.monotonic() - asked:.1f} s: {errors[-300:]!r}"
    if program.check(run.returncode in (STOPPED[end], -end), what):
        program.check(b"interrupted" in errors, f"says nothing of it: {what}")
    program.check(not controls(errors), f"steers a pipe: {what}")


def stop_long(program, moments):
    """Each of them soon, when nothing is finished yet, and later."""
    at_once([functools.partial(stop_one, program, words, moments.uniform(*when), moments.choice(sorted(STOPPED)))
             for words in LONG for when in ((0.5, 2.0), (2.5, 4.0))])


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
    moments = random.Random(20261129)  # the same moments every time
    kill_runs(program, kills, moments)
    stop_long(program, moments)
    stop_server(program)
    program.finish("kills")


if __name__ == "__main__":
    main()
