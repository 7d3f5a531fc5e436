# autarky: the samples of a run, block by block
# SPDX-License-Identifier: Apache-2.0
import math

import numpy as np
import pyarrow
import pytest

import autarky
from conftest import SMALL


@pytest.fixture(scope="module")
def scenario():
    return autarky.load(SMALL)


def test_they_are_those_of_the_run(scenario):
    run = scenario.run(samples=700, seed=3)
    blocks = list(scenario.samples(["npv", "chip.unit_cost"], samples=700, seed=3, block=256))
    assert [len(one) for one in blocks] == [256, 256, 188]
    npv = np.concatenate([one["npv"] for one in blocks])
    # the run's mean is correctly rounded, NumPy's pairwise sum is off by some 1e-16 of the largest term
    assert np.mean(npv) * 1e6 == pytest.approx(run.verdict.npv_usd.mean, rel=1e-12)
    last = run.quarters[-1]
    cost = np.concatenate([one[f"chip.unit_cost[{last}]"] for one in blocks])
    # in base units the same bits are added up, exactly, and rounded when it is done
    assert math.fsum(cost) / len(cost) == run["chip.unit_cost"].at(last)["mean"]
    assert np.concatenate([one["sample"] for one in blocks]).tolist() == list(range(700))


def test_blocks_do_not_depend_on_their_size_or_on_threads(scenario):
    def all_of(**how):
        return np.concatenate([one["npv"] for one in scenario.samples("npv", samples=900, **how)]).tobytes()

    assert all_of(block=256) == all_of(block=1024, threads=1) == all_of(block=512, threads=2)
    assert all_of(block=256) != all_of(block=256, seed=2)


def test_a_second_look_begins_anew(scenario):
    samples = scenario.samples("npv", samples=300, block=256)
    assert len(samples) == 2 and [len(one) for one in samples] == [len(one) for one in samples] == [256, 44]


def test_memory_and_units_are_told(scenario):
    samples = scenario.samples("npv*", samples=100_000, block=2048)
    assert samples.bytes_a_block == 8 * 2048 * len(samples.columns)
    assert dict(samples.columns)["npv"] == "MUSD"
    field = pyarrow.table(next(iter(samples))).schema.field("npv [MUSD]")
    assert scenario.sha256 in field.metadata[b"source"].decode()


def test_what_makes_no_sense(scenario):
    with pytest.raises(autarky.InputError) as caught:
        scenario.samples([])
    assert caught.value.findings[0].field == "metrics"
    with pytest.raises(autarky.InputError):
        scenario.samples("no.such")
    with pytest.raises(ValueError, match="multiple of 256"):
        scenario.samples("npv", block=100)
