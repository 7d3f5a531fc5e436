#!/usr/bin/env python3
# autarky: kills the program at random moments: no result is lost, none is half there, and it ends with the same bits
# SPDX-License-Identifier: Apache-2.0
"""usage: kills.py PROGRAM [KILLS]"""
import pathlib
import random
import signal
import sys
import tempfile
import time

from program import SCENARIO, Program, names, strict_json

SAMPLES = "400000"


def hash_of(text):
    return strict_json(text)["result_sha256"]


def main():
    program = Program(sys.argv[1])
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    moments = random.Random(20261129)  # the same moments every time
    whole = program.run("run", SCENARIO, "-n", SAMPLES, "--json")
    began = time.monotonic()
    whole = program.run("run", SCENARIO, "-n", SAMPLES, "--json")
    took = time.monotonic() - began
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        words = ["run", SCENARIO, "-n", SAMPLES, "--json", "-o", str(folder / "a.json"), "--resume", str(folder / "s")]
        (folder / "a.json").write_text("old")
        n_done = 0
        for k in range(kills):
            run = program.start(*words)
            time.sleep(moments.uniform(0.0, 0.3 * took + 0.2))
            end = moments.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
            run.send_signal(end)
            _, errors = run.communicate(timeout=60)
            text = (folder / "a.json").read_bytes()
            n_done += run.returncode == 0
            program.check(b"E0699" not in errors, f"kill {k} by {end.name}: {errors!r}")
            program.check(text == b"old" or hash_of(text), f"kill {k} by {end.name}: half a result")
        last = program.run(*words)
        program.check(last.returncode == 0, f"the run behind the kills: {last.stderr!r}")
        program.check(hash_of((folder / "a.json").read_bytes()) == hash_of(whole.stdout), "other bits after the kills")
        program.check(names(folder) == ["a.json", "s"], f"left behind: {names(folder)}")
        print(f"{kills} kills, {n_done} runs had ended before theirs")
    program.finish("kills")


if __name__ == "__main__":
    main()
