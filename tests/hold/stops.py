#!/usr/bin/env python3
# autarky: every command that can work for long is stopped: it shows how far it is, ends soon, and says what was finished
# SPDX-License-Identifier: Apache-2.0
"""usage: stops.py PROGRAM

Each runs twice: on a terminal until its progress line is seen, then Ctrl-C; in a pipe, where nothing may be drawn, until
SIGTERM or SIGHUP comes at a random moment.
"""
import functools
import os
import pty
import random
import select
import signal
import subprocess
import sys
import time

from program import SCENARIO, Program, at_once, controls, strict_json

# Every command that can take more than two seconds, in a size that does.
PARTS = [["run", "-n", "10000000"], ["run", "-n", "10000000", "--quick"], ["map", "-n", "100000"],
         ["break-even", "-n", "1000000"], ["flip", "-n", "1000000"], ["worth", "-n", "1000000"],
         ["update", "-n", "1000000"], ["compare", "ai5", "--against", "dojo", "-n", "1000000"],
         ["wafers", "-n", "1000000"], ["stress", "--site", "samsung_taylor_sf2p", "-n", "100000"],
         ["anchor", "-n", "100000"], ["paths", "-n", "100000"], ["audit", "-n", "1000000"],
         ["design", "driving-vision", "planning", "robot-pi0"], ["grid", "nation", "--units", "1000000"],
         ["grid", "cap", "--futures", "1000000"], ["grid", "futures", "--futures", "1000000"],
         ["grid", "host", "cigre_lv", "--placements", "100000"], ["grid", "host", "us-pole-25", "--placements", "100000"]]
# Of these no part is an answer, or not soon.
WHOLES = [["plan", "--futures", "400"], ["sense", "-n", "1000000"], ["discover", "-n", "100000"], ["grid", "surface"],
          ["grid", "fix", "cigre_lv", "--placements", "100000"], ["report", "-n", "5000000", "-o", "/dev/null"]]
EXITS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
SOON = 6.0  # seconds from a signal to the end; about one on an idle machine, and two programs run at once here
NOTHING, PART = b"there is nothing to show", (b"figures of what was finished", b"these are the figures of --samples")


class Ended:
    """What became of a program that was sent a signal."""

    def __init__(self, seen, out, code, took):
        self.seen, self.out, self.code, self.took = seen, out, code, took


def is_progress(text):
    return b" of " in text and b" %  " in text


def on_terminal(program, words):
    """Ctrl-C a second after a progress line was seen. `seen`: what was drawn until then."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm"
        os.execv(program.path, [program.path, *words])
    began, first, asked, seen, out = time.monotonic(), None, None, b"", b""
    while True:
        ready, _, _ = select.select([terminal], [], [], 0.05)
        try:
            data = os.read(terminal, 1 << 16) if ready else None
        except OSError:
            break  # the program has ended
        if data == b"":
            break
        out += data or b""
        now = time.monotonic()
        if first is None and is_progress(out):
            first = now
        if asked is None and now - (first or began + 59.0) > 1.0:
            asked, seen, out = now, out, b""
            os.kill(pid, signal.SIGINT)
        elif asked is not None and now - asked > 40:
            os.kill(pid, signal.SIGKILL)
    took = time.monotonic() - (asked or began)
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return Ended(seen, out, os.waitstatus_to_exitcode(status), took)


def in_pipe(program, words, end, patience):
    run = program.start(*words)
    time.sleep(patience)
    run.send_signal(end)
    asked = time.monotonic()
    try:
        out, errors = run.communicate(timeout=40)
    except subprocess.TimeoutExpired:
        run.kill()
        out, errors = run.communicate()
    return Ended(out, errors, run.returncode, time.monotonic() - asked)


def stop_on_terminal(program, words, has_parts, slowest):
    ended = on_terminal(program, words)
    what = f"{words}: on a terminal: exit {ended.code} after {ended.took:.1f} s: {ended.out[-300:]!r}"
    check = program.check
    check(is_progress(ended.seen), f"no progress: {what}")
    check(ended.code == 130, what)
    check(ended.took < SOON, f"late: {what}")
    is_part = any(word in ended.out for word in PART)
    check(is_part or NOTHING in ended.out, f"does not say what was finished: {what}")
    check(is_part or not has_parts, f"nothing of what was finished: {what}")
    slowest.append((ended.took, " ".join(words)))


def stop_in_pipe(program, words, end, patience):
    ended = in_pipe(program, words, end, patience)
    if ended.code == 0 and not ended.out:
        return  # it was through before the signal came
    what = f"{words}: {end.name}: exit {ended.code} after {ended.took:.1f} s: {ended.out[-300:]!r}"
    check = program.check
    check(ended.code in (EXITS[end], -end), what)
    check(ended.took < SOON, f"late: {what}")
    is_part = any(word in ended.out for word in PART)
    check(is_part or NOTHING in ended.out, f"says nothing of it: {what}")
    check(is_part == bool(ended.seen), f"figures and what is said of them: {what}: {ended.seen[:100]!r}")
    check(not controls(ended.out) and not is_progress(ended.out), f"draws in a pipe: {what}")


def stop_plan(program):
    """A plan has a part to show once a round is through: a little later each time, until one is seen."""
    for patience in (0.4 * k for k in range(1, 40)):
        ended = in_pipe(program, ["plan", SCENARIO, "--futures", "400", "--json"], signal.SIGTERM, patience)
        if ended.code == 0:
            break
        what = f"plan: after {patience:.1f} s: exit {ended.code} after {ended.took:.1f} s: {ended.out[-300:]!r}"
        program.check(ended.code == 143 and ended.took < SOON, what)
        if ended.seen:
            plan = strict_json(ended.seen)["plan"]
            program.check(plan["is_stopped"] and plan["value_musd"] >= plan["bound_musd"], what)
            return
    program.check(False, "plan: no part was ever shown")


def main():
    program = Program(sys.argv[1])
    moments = random.Random(20261130)  # the same moments every time
    slowest = []
    jobs = [functools.partial(stop_on_terminal, program, words, words in PARTS, slowest) for words in PARTS + WHOLES]
    jobs += [functools.partial(stop_in_pipe, program, words, moments.choice([signal.SIGTERM, signal.SIGHUP]),
                               moments.uniform(0.3, 1.6)) for words in PARTS + WHOLES]
    at_once([*jobs, functools.partial(stop_plan, program)])
    for took, words in sorted(slowest, reverse=True)[:3]:
        print(f"{took:.1f} s from Ctrl-C to the end of {words}")
    program.finish(f"stops of {len(PARTS + WHOLES)} commands")


if __name__ == "__main__":
    main()
