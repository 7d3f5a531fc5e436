# autarky: the types that editors and mypy see
# SPDX-License-Identifier: Apache-2.0
import subprocess
import sys

from conftest import TREE

import autarky

RIGHT = """
import autarky
sc = autarky.load("ai5", variant="reported", set={"economy.discount_rate": "9 %/year"})
run: autarky.Run = sc.run(samples=100, metrics="grid.*")
cost: autarky.Metric = run.metrics["chip.unit_cost"]
low: float = float(cost.p05[0])
answer: autarky.Answer = autarky.grid.host("us-pole-25", device="robot", progress=print)
"""
WRONG = {
    'autarky.load().run(sampels=100)': "call-arg",
    'autarky.grid.host("us-pole-25", device="boat")': "arg-type",
    'autarky.grid.host()': "call-arg",
    'autarky.die("20x20", units="many")': "arg-type",
    'autarky.no_such_question()': "attr-defined",
}


def mypy(folder, *arguments):
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, cwd=folder)


def test_stubs_are_those_of_the_descriptions():
    done = subprocess.run([sys.executable, TREE / "tools/python_stubs.py", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_stubs_are_what_is_there_at_run_time():
    modules = ["autarky._functions", "autarky._methods", "autarky.grid", "autarky.option"]  # functions of nanobind cannot be looked into
    done = subprocess.run([sys.executable, "-m", "mypy.stubtest", *modules], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_and_its_callers_are_typed(tmp_path):
    (tmp_path / "right.py").write_text(RIGHT)
    wrong = "import autarky\n" + "\n".join(WRONG) + "\n"
    (tmp_path / "wrong.py").write_text(wrong)
    done = mypy(tmp_path, "-m", "autarky")
    assert done.returncode == 0, done.stdout
    done = mypy(tmp_path, "right.py")
    assert done.returncode == 0, done.stdout
    done = mypy(tmp_path, "wrong.py")
    for line, (call, code) in enumerate(WRONG.items(), 2):
        assert any(one.startswith(f"wrong.py:{line}: error") and f"[{code}]" in one for one in done.stdout.splitlines()), (call, done.stdout)


def test_the_package_says_that_it_is_typed():
    assert (TREE / "python/autarky/py.typed").exists()
    assert autarky.__file__ is not None
