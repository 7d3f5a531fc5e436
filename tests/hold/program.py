# autarky: what the loops over the whole program share: its runs, its files, its promises
# SPDX-License-Identifier: Apache-2.0
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

TREE = pathlib.Path(__file__).resolve().parents[2]
SCENARIO = str(TREE / "tests/model/data/uncertain.toml")

# A shell's background job ignores Ctrl-C, and one under nohup the end of its terminal; so would what it starts.
for end in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(end) == signal.SIG_IGN:
        signal.signal(end, signal.SIG_DFL)


class Program:
    """The program under test, and how often it kept and broke what it promises."""

    def __init__(self, path):
        self.path = str(pathlib.Path(path).resolve())
        self.n_checks = 0
        self.broken = []
        self._one = threading.Lock()  # scripts run the program many times at once

    def run(self, *words, before=(), timeout=120, **options):
        """Runs `before... autarky words...`; bytes of both streams and the exit code."""
        command = [*before, self.path, *words]
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, **options)

    def start(self, *words, **options):
        return subprocess.Popen([self.path, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, **options)

    def check(self, holds, what):
        with self._one:
            self.n_checks += 1
            if not holds:
                self.broken.append(what)
                print("broken:", what)
        return holds

    def finish(self, what):
        """Prints the counts and ends the script."""
        print(f"{what}: {self.n_checks} checks, {len(self.broken)} broken")
        sys.exit(1 if self.broken or self.n_checks == 0 else 0)


def at_once(jobs):
    """Calls them, one a processor at a time; the first exception is raised."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done in [pool.submit(job) for job in jobs]:
            done.result()


def strict_json(data):
    """The value of bytes that are JSON as RFC 8259 has it: UTF-8, no NaN, no key twice."""
    def once(pairs):
        keys = [key for key, _ in pairs]
        if len(set(keys)) != len(keys):
            raise ValueError(f"a key twice: {keys}")
        return dict(pairs)

    def never(word):
        raise ValueError(f"{word} is no JSON")
    return json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_constant=never)


def controls(data):
    """Bytes that a terminal would obey: none but line feeds may be in any output."""
    return sorted({byte for byte in data if byte < 0x20 and byte != 0x0A} | {byte for byte in data if byte == 0x7F})


def names(folder):
    return sorted(os.listdir(folder))
