# autarky: what the tests of the Python module share
# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import subprocess

import pytest

TREE = pathlib.Path(__file__).resolve().parents[2]
#: small and quick, with an uncertain input of each kind
SMALL = TREE / "tests/model/data/uncertain.toml"


@pytest.fixture(scope="session")
def cli():
    """Runs the program and returns its standard output; AUTARKY_PROGRAM names it."""
    program = os.environ.get("AUTARKY_PROGRAM", str(TREE / "build/autarky"))

    def run(*words: object) -> str:
        done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False, timeout=300)
        assert done.stdout, done.stderr
        return done.stdout

    return run
