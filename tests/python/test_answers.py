# autarky: answers from Python against those of the program
# SPDX-License-Identifier: Apache-2.0
"""The command line is the independent witness: its bytes, read by Python's own json, must be what the module hands over."""

import json
import pickle

import numpy as np
import pytest

import autarky
from conftest import SMALL

#: a call of the module, and the words that ask the program the same
SAME = [
    (lambda: autarky.run(SMALL, samples=300, seed=7), ["run", SMALL, "-n", 300, "--seed", 7]),
    (lambda: autarky.die("26x16.5", d0="0.08 to 0.4", wafer_price=20_000, package=30),
     ["die", "26x16.5", "--d0", "0.08 to 0.4", "--wafer-price", 20000, "--package", 30]),
    (lambda: autarky.die(["26x16.5", "20x20"], d0=0.1), ["die", "26x16.5", "20x20", "--d0", 0.1]),
    (lambda: autarky.grid.host("us-pole-25", placements=4, devices=3, device="both"),
     ["grid", "host", "us-pole-25", "--placements", 4, "--devices", 3, "--device", "both"]),
    (lambda: autarky.ask("grid list"), ["grid", "list"]),
    (lambda: autarky.option.black_scholes(S=42, K=40, r=0.1, sigma=0.2, T=0.5),
     ["option", "black-scholes", "--S", 42, "--K", 40, "--r", 0.1, "--sigma", 0.2, "--T", 0.5]),
    (lambda: autarky.map(scenario="dojo", samples=40, columns=3, rows=3),
     ["map", "--scenario", "dojo", "-n", 40, "--columns", 3, "--rows", 3]),
    (lambda: autarky.load(SMALL).explain("chip.unit_cost", at="2028Q1"),
     ["explain", "chip.unit_cost", SMALL, "--at", "2028Q1"]),
    (lambda: autarky.load(SMALL).sources(), ["sources", SMALL]),
    (lambda: autarky.metrics("grid.*"), ["metrics", "grid.*"]),
    (lambda: autarky.break_even("dojo", samples=40), ["break-even", "dojo", "-n", 40]),
    (lambda: autarky.load().audit(samples=100), ["audit", "-n", 100]),
]  # fmt: skip


def without_threads(value):
    """How many worked is told by a run, and is no figure."""
    if isinstance(value, dict) and "engine" in value:
        value["engine"].pop("threads")
    return value


@pytest.mark.parametrize(("call", "words"), SAME, ids=lambda one: " ".join(map(str, one)) if isinstance(one, list) else "")
def test_the_same_bits_as_the_command_line(cli, call, words):
    expected = json.loads(cli(*words, "--json"))
    answer = call()
    # == of floats: the same doubles, for JSON prints the shortest text that reads back to the same bits
    assert without_threads(json.loads(answer.json())) == without_threads(json.loads(json.dumps(expected)))
    assert without_threads(pickle.loads(pickle.dumps(answer.value))) == without_threads(expected)


def test_bytes_of_json_are_those_of_the_command_line(cli):
    assert autarky.die("26x16.5", d0=0.1).json() == cli("die", "26x16.5", "--d0", 0.1, "--json")


def test_every_question_is_a_function_with_its_fields(cli):
    for name, summary in autarky.questions().items():
        family, _, own = name.rpartition(" ")
        home = getattr(autarky, family) if family else autarky
        function = getattr(home, own.replace("-", "_"))
        assert function.__doc__.startswith(summary)
        asked = json.loads(cli("schema", "--request", own))
        keywords = {key.rstrip("_") for key in function.__signature__.parameters} - {"threads", "progress"}
        assert keywords == set(asked["properties"]), name
        for key, field in asked["properties"].items():
            assert field["description"] in function.__doc__, (name, key)


@pytest.fixture(scope="module")
def run():
    return autarky.load(SMALL).run(samples=200, seed=3)


def test_a_metric_is_arrays_by_quarter_and_quantile(run):
    cost = run["chip.unit_cost"]
    assert cost.unit == "USD/chip"
    assert cost.quantiles.shape == (5, len(run.quarters)) == (len(cost.levels), len(cost.quarters))
    assert (np.diff(cost.quantiles, axis=0) >= 0).all()
    np.testing.assert_array_equal(cost.quantile(0.5), cost.p50)
    assert cost.at(run.quarters[3])["p95"] == cost.p95[3]
    np.testing.assert_array_equal(cost.mean, run.value["metrics"]["chip.unit_cost"]["mean"])


def test_arrays_cannot_be_written_to(run):
    with pytest.raises(ValueError, match="read-only"):
        run["chip.unit_cost"].p50[0] = 1.0


def test_what_does_not_exist_is_none_in_the_answer_and_nan_in_arrays():
    # a single future in which no volume pays
    run = next(one for one in (autarky.run("dojo", samples=1, seed=k) for k in range(20)) if one.metrics["volume.annuity"].none_share[-1])
    metric, raw = run["volume.annuity"], run.value["metrics"]["volume.annuity"]["p50"]
    assert None in raw
    assert [value is None for value in raw] == list(np.isnan(metric.p50))


def test_other_metrics_are_accumulated_when_asked(run):
    with pytest.raises(KeyError, match=r"did you mean 'chip.unit_cost'"):
        run["chip.unit_costs"]
    with pytest.raises(ValueError, match="keeps the quantiles"):
        run["chip.unit_cost"].quantile(0.1)


def test_parts_by_attribute_and_by_key(run):
    assert run.verdict.sentence == run["verdict"]["sentence"]
    assert run.drivers[0].input == run.value["drivers"][0]["input"]
    assert "verdict" in run and "chip.unit_cost" in run and "nothing" not in run
    with pytest.raises(AttributeError, match="there is no 'sentense'"):
        run.verdict.sentense
    with pytest.raises(AttributeError, match="no 'verdct'"):
        run.verdct


def test_threads_change_nothing():
    one, two = (autarky.run(SMALL, samples=600, threads=n) for n in (1, 2))
    assert one.sha256 == two.sha256
    assert without_threads(dict(one.value)) == without_threads(dict(two.value))


def test_an_answer_travels(run):
    again = pickle.loads(pickle.dumps(run))
    assert again == run and type(again) is autarky.Run
    assert again.text() == run.text()
    assert again["chip.unit_cost"].p50.tobytes() == run["chip.unit_cost"].p50.tobytes()


def test_numpy_numbers_and_paths_are_values():
    assert autarky.run(SMALL, samples=np.int64(64), seed=np.uint64(2)) == autarky.run(str(SMALL), samples=64, seed=2)
    assert autarky.die("20x20", d0=np.float32(0.5)) == autarky.die("20x20", d0=0.5)


def test_notebooks_get_a_picture_and_escaped_text(run):
    html = run._repr_html_()
    assert html.startswith("<svg") and html.count("<pre>") == 1
    assert "<script" not in html
    fan = run["chip.unit_cost"]._repr_html_()
    assert fan.count("<polygon") == 2 and "<table>" in fan
    assert "<svg" in autarky.map(scenario="dojo", samples=20, columns=3, rows=3)._repr_html_()


def test_a_verdict_fits_a_screen_and_what_is_offered_is_ours():
    run = autarky.run(SMALL, samples=64)
    assert "... 50 in all]" in repr(run.verdict) and len(repr(run.verdict)) < 2000
    assert repr(autarky.Record(a=[1, 2], b={})) == "{'a': [1, 2], 'b': {}}"
    assert {"run", "host", "load", "Scenario"} <= set(dir(autarky)) and not {"os", "Any", "annotations"} & set(dir(autarky))
