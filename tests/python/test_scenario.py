# autarky: a scenario as an object: content, not a path
# SPDX-License-Identifier: Apache-2.0
import pathlib
import pickle
import shutil
import subprocess
import sys

import pytest

import autarky
from conftest import SMALL


def test_overrides_as_a_mapping_or_as_texts(cli):
    path, value = "economy.discount_rate", "9 %/year"
    first = autarky.load("ai5", variant="reported", set={path: value})
    second = autarky.load().with_(variant="reported", set=[f"{path}={value}"])
    assert first == second and hash(first) == hash(second)
    assert first != autarky.load()
    words = ["run", "--variant", "reported", "--set", f"{path}={value}", "-n", 50, "--json"]
    assert first.run(samples=50).sha256 in cli(*words)


def test_variants_are_known():
    assert "article" in autarky.load("ai5").variants


@pytest.fixture
def file(tmp_path):
    """A file that extends another one beside it."""
    shutil.copy(SMALL.with_name("small.toml"), tmp_path)
    return pathlib.Path(shutil.copy(SMALL, tmp_path / "mine.toml"))


def test_a_pickled_scenario_needs_no_file(file):
    scenario = autarky.load(file)
    expected = scenario.run(samples=64).json()
    packed = pickle.dumps(scenario)
    shutil.rmtree(file.parent)
    again = pickle.loads(packed)
    assert again == scenario and again.name == "mine"
    assert again.run(samples=64).json() == expected
    assert scenario.run(samples=64).json() == expected  # it is what was loaded, though its files are gone


def test_a_file_that_changes_changes_no_loaded_scenario(file):
    scenario = autarky.load(file)
    before = scenario.run(samples=64).sha256
    base = file.with_name("small.toml")
    base.write_text(base.read_text().replace("USD", "EUR", 1))
    assert scenario.run(samples=64).sha256 == before


def test_a_pickle_of_other_content_is_refused():
    state = autarky.load(SMALL).__getstate__()
    state["sha256"] = "0" * 64
    other = object.__new__(autarky.Scenario)
    with pytest.raises(RuntimeError, match="is another one here"):
        other.__setstate__(state)


def test_another_process_gives_the_same_result(tmp_path):
    packed = tmp_path / "packed"
    packed.write_bytes(pickle.dumps(autarky.load(SMALL)))
    code = f"import pickle; print(pickle.load(open({str(packed)!r}, 'rb')).run(samples=64).sha256)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == autarky.run(SMALL, samples=64).sha256
