#!/usr/bin/env python3
"""autarky: the tests of a module under ThreadSanitizer, without a second build of the whole tree.

SPDX-License-Identifier: Apache-2.0

usage: tools/threads.py MODULE [BUILD]

The sources of core, of MODULE and of its tests are compiled with the commands of BUILD (build/) plus -fsanitize=thread and
linked with the other modules as they are: those start no threads. Then the tests run.
"""

import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys

DROPPED = {"-Winvalid-pch", "-Werror", "-O3"}


def compiled(entry, folder, out):
    """Compiles one source as its entry of compile_commands.json says, for threads; gives the object."""
    words = [w for w in shlex.split(entry["command"]) if w not in DROPPED]
    if "/usr/bin/env" in words[0]:  # what stands before the compiler
        words = words[next(i for i, w in enumerate(words) if w.endswith(("c++", "g++", "clang++"))) :]
    target = out / (entry["file"].replace("/", "_") + ".o")
    words[words.index("-o") + 1] = str(target)
    for flag in ("-MT", "-MF"):
        if flag in words:
            del words[words.index(flag) : words.index(flag) + 2]
    words = [w for w in words if w != "-MD"]
    subprocess.run(words + ["-O1", "-g1", "-fsanitize=thread", "-Wno-tsan"], cwd=entry["directory"], check=True)
    return str(target)


def link_line(build, program):
    """Libraries of the program as the build links them, modules included."""
    text = subprocess.run(["ninja", "-C", build, "-t", "commands", program], capture_output=True, text=True, check=True)
    return [w for w in shlex.split(text.stdout.splitlines()[-1]) if w.endswith(".a") or ".so" in w or w.startswith(("-l", "-Wl,"))]


def main():
    module = sys.argv[1]
    build = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "build").resolve()
    root = pathlib.Path(__file__).resolve().parent.parent
    out = root / "build-tsan"
    out.mkdir(exist_ok=True)
    wanted = tuple(str(root / part) + "/" for part in ("src/core", f"src/{module}", f"tests/{module}", "tests/main"))
    entries = [e for e in json.loads((build / "compile_commands.json").read_text())
               if e["file"].startswith(wanted) and "verify_interface" not in e["command"]]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(lambda e: compiled(e, build, out), entries))
    program = out / f"test_{module}"
    libraries = [w for w in link_line(build, f"tests/{module}/test_{module}")
                 if not w.endswith((f"libautarky_{module}.a", "libautarky_core.a"))]
    subprocess.run(["c++", "-fsanitize=thread", "-o", str(program), *objects, *libraries], cwd=build, check=True)
    environment = {**os.environ, "TSAN_OPTIONS": "halt_on_error=1"}
    return subprocess.run([str(program), "--no-version"], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
