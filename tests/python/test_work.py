# autarky: long work from Python: other threads go on, Ctrl-C stops it, progress is told
# SPDX-License-Identifier: Apache-2.0
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import autarky
from conftest import SMALL

LONG = 50_000_000  # samples: minutes of work on any machine


def test_other_threads_go_on_while_it_works():
    """A thread counts while a run works; with the interpreter's lock held it would stand still all the time."""
    counted, done = 0, threading.Event()

    def count():
        nonlocal counted
        while not done.is_set():
            counted += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    began = time.monotonic()
    autarky.run(SMALL, samples=20_000, threads=1)
    took = time.monotonic() - began
    at_end = counted
    done.set()
    counter.join()
    assert at_end > 20 * took, (at_end, took)  # 1 ms a count when idle: a fiftieth of that on a loaded machine


def test_an_exception_of_progress_stops_the_work():
    class Enough(Exception):
        pass

    seen = []

    def progress(done, of):
        seen.append((done, of))
        raise Enough

    with pytest.raises(Enough):
        autarky.run(SMALL, samples=LONG, progress=progress)
    assert len(seen) == 1 and 0 < seen[0][0] < seen[0][1] == LONG


def test_ctrl_c_stops_the_work_and_the_interpreter_goes_on():
    code = (
        "import autarky, sys\n"
        "def tell(done, of): print('working', flush=True)\n"
        f"try: autarky.run({str(SMALL)!r}, samples={LONG}, progress=tell)\n"
        f"except KeyboardInterrupt: print('stopped', autarky.run({str(SMALL)!r}, samples=64).sha256)\n"
    )
    # a shell that starts a job in the background has SIGINT ignored, and Python then takes no Ctrl-C
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    )
    assert process.stdout.readline() == "working\n"
    os.kill(process.pid, signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert rest.splitlines()[-1] == "stopped " + autarky.run(SMALL, samples=64).sha256


def test_questions_at_the_same_time():
    results = [None] * 4

    def ask(k):
        results[k] = autarky.run(SMALL, samples=500, seed=k % 2, threads=1).sha256

    threads = [threading.Thread(target=ask, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results[0] == results[2] != results[1] == results[3]
