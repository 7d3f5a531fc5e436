#!/usr/bin/env python3
"""autarky: runs every command of the program that a page shows, in a folder of its own.

SPDX-License-Identifier: Apache-2.0

usage: tools/check_commands.py PROGRAM PAGE.md ...

A command is an indented line of a page that begins with "autarky" or "build/autarky"; what stands behind two blanks and a "#" is a
remark. It must end with 0, or with 1 where a gate may fail; `serve` must say its address and end when it is interrupted. None may take
more than a minute. Placeholders (my.toml, part-1 ...) are made here.
"""

import pathlib
import re
import signal
import subprocess
import sys
import tempfile

COMMAND = re.compile(r"^ {4,}(?:build/)?autarky (.*)$")
GATES = ("audit", "check", "grid fix", "validate")


def commands(page: pathlib.Path) -> list[str]:
    """The words behind the program's name, remarks cut off; lines of a result that only look like commands end in prose."""
    found = (COMMAND.match(line) for line in page.read_text().splitlines())
    lines = (re.split(r" {2,}#| \.\.\.$", match[1])[0].strip() for match in found if match)
    return [line for line in lines if not re.search(r", (where|on) ", line) and not re.search(r"\b[A-Z]{4,}\b", line)]


def prepare(folder: pathlib.Path, program: str, root: pathlib.Path) -> None:
    """Files that pages speak of as the reader's own."""
    (folder / "my.toml").write_text((root / "scenarios/dojo.toml").read_text())
    for part in range(1, 5):
        subprocess.run([program, "run", "--samples", "400", "--shard", f"{part}/4", "-o", f"part-{part}"], cwd=folder, check=True,
                       capture_output=True)


def served(command: str, folder: pathlib.Path) -> subprocess.CompletedProcess:
    """A server that stays: its first line has the address; an interrupt ends it."""
    with subprocess.Popen(["bash", "-c", f"exec {command} --no-open"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as server:
        first = server.stdout.readline()
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=60)
    well = "http://127.0.0.1:" in first and server.returncode in (0, -signal.SIGINT)
    return subprocess.CompletedProcess(command, 0 if well else 1, first + out, err)


def ran(command: str, folder: pathlib.Path) -> subprocess.CompletedProcess:
    """The end of a command; one that takes longer than a minute has failed."""
    try:
        return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", "still running after a minute")


def main() -> int:
    program = str(pathlib.Path(sys.argv[1]).resolve())
    root = pathlib.Path(__file__).resolve().parent.parent
    failed = n = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(folder, program, root)
        for page in sys.argv[2:]:
            for words in commands(pathlib.Path(page)):
                # a million samples are shown, a thousand are enough here
                line = re.sub(r"(--samples|-n) [\d_]{5,}", r"\1 1000", words)
                if "--shard" in line:
                    line = line.replace("part-1", "another-part")
                command = f'"{program}" {line}'
                done = served(command, folder) if line.startswith("serve") else ran(command, folder)
                n += 1
                if done.returncode == 0 or (done.returncode == 1 and words.startswith(GATES)):
                    continue
                failed += 1
                print(f"{page}: autarky {words}\n  exit code {done.returncode}\n  {done.stderr.strip()[:400]}")
    print(f"{n} commands, {failed} failed")
    return 1 if failed or n == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
