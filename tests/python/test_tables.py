# autarky: tables through Arrow, read by four programs that are not ours
# SPDX-License-Identifier: Apache-2.0
import gc
import threading

import duckdb
import numpy as np
import pandas
import polars
import pyarrow
import pytest

import autarky
from conftest import SMALL

P50 = "chip.unit_cost.p50 [USD/chip]"


@pytest.fixture(scope="module")
def run():
    return autarky.run(SMALL, samples=100)


def test_four_readers_see_the_same_bits(run):
    expected = run["chip.unit_cost"].p50.tobytes()
    assert pyarrow.table(run)[P50].to_numpy().tobytes() == expected
    assert polars.DataFrame(run)[P50].to_numpy().tobytes() == expected
    assert pandas.DataFrame.from_arrow(run)[P50].to_numpy().tobytes() == expected
    costs = run.table()  # DuckDB finds it by its name
    assert duckdb.sql(f'select "{P50}" from costs').fetchnumpy()[P50].tobytes() == expected
    assert costs["quarter"] == list(run.quarters)


def test_the_unit_is_in_the_metadata_and_in_the_name(run):
    schema = pyarrow.table(run).schema
    for field in schema:
        unit = field.metadata[b"unit"].decode()
        assert field.name.endswith(f"[{unit}]") == (unit not in ("", "1")), field
    assert b"Recurring cost" in schema.field(P50).metadata[b"doc"]


def test_the_source_is_in_the_metadata(run):
    for table in (run, run["chip.unit_cost"], run.table("drivers")):
        for field in pyarrow.table(table).schema:
            source = field.metadata[b"source"].decode()
            assert autarky.__version__ in source and run.sha256 in source and run.scenario.sha256 in source
    inputs = autarky.sources(SMALL).table("inputs")  # where each row has its own besides
    assert b"autarky.sources/1" in pyarrow.table(inputs).schema.field("path").metadata[b"source"]


def test_a_stream_can_be_read_twice(run):
    costs = run["chip.unit_cost"].table()
    first = duckdb.sql("select count(*) from costs").fetchall()
    assert first == duckdb.sql("select count(*) from costs").fetchall() == [(len(run.quarters),)]
    assert polars.DataFrame(costs).height == polars.DataFrame(costs).height == len(run.quarters)


def test_numbers_are_not_copied(run):
    metric = run["chip.unit_cost"]
    arrow = pyarrow.table(metric)["p50 [USD/chip]"].chunk(0)
    assert arrow.buffers()[1].address == metric.p50.ctypes.data


def test_arrays_outlive_the_answer_and_are_released_on_any_thread():
    table = pyarrow.table(autarky.run(SMALL, samples=20))
    gc.collect()
    expected = table[P50].to_pylist()
    holder = [table]
    del table
    got = []
    reader = threading.Thread(target=lambda: got.append(holder.pop()[P50].to_pylist()))
    reader.start()
    reader.join()
    gc.collect()
    assert got == [expected]


def test_an_unread_stream_is_released(run):
    for _ in range(3):
        run.__arrow_c_stream__()  # nobody takes it over
    gc.collect()


def test_what_does_not_exist_is_null():
    run = next(one for one in (autarky.run("dojo", samples=1, seed=k) for k in range(20)) if one.metrics["volume.annuity"].none_share[-1])
    column = pyarrow.table(run["volume.annuity"])["p50 [Mchip]"]
    raw = run.value["metrics"]["volume.annuity"]["p50"]
    assert column.to_pylist() == raw and column.null_count == raw.count(None) > 0


def test_a_case_of_a_batch_that_fails_is_null(tmp_path):
    """power-grid-model leaves the rows of an earlier case where one fails."""
    head = '{"version": "1.0", "attributes": {}, '
    (tmp_path / "feeder.json").write_text(head + """"type": "input", "is_batch": false, "data": {
        "node": [{"id": 1, "u_rated": 400}, {"id": 2, "u_rated": 400}],
        "line": [{"id": 4, "from_node": 1, "to_node": 2, "from_status": 1, "to_status": 1, "r1": 0.1, "x1": 0.1, "c1": 0, "tan1": 0,
                  "i_n": 100}],
        "source": [{"id": 6, "node": 1, "status": 1, "u_ref": 1.0}],
        "sym_load": [{"id": 7, "node": 2, "status": 1, "type": 0, "p_specified": 1000, "q_specified": 0}]}}""")
    cases = ", ".join('{"sym_load": [{"id": 7, "p_specified": %s}]}' % power for power in ("2000", "1e9", "0"))
    (tmp_path / "batch.json").write_text(head + f'"type": "update", "is_batch": true, "data": [{cases}]}}')
    with pytest.warns(autarky.UnreliableWarning), pytest.warns(autarky.InputWarning, match="scenario 1 failed"):
        answer = autarky.grid.flow(str(tmp_path / "feeder.json"), batch=str(tmp_path / "batch.json"))
    voltages = [case["nodes"][1]["u_pu"] for case in answer.value["scenarios"]]
    assert voltages[1] is None and 0.9 < voltages[0] < voltages[2] == pytest.approx(1.0)


def test_every_kind_of_column():
    table = autarky.metrics("grid.*").table() if isinstance(autarky.metrics("grid.*").value, list) else None
    answer = autarky.grid.host("us-pole-25", placements=4, devices=3)
    lists = [key for key, value in answer.value.items() if isinstance(value, list) and value and isinstance(value[0], dict)]
    for one in [table, *(answer.table(key) for key in lists)]:
        if one is None:
            continue
        arrow = pyarrow.table(one)
        arrow.validate(full=True)
        for column in one.columns:
            values = [None if isinstance(v, float) and np.isnan(v) else v for v in column.values]
            assert arrow[column.name].to_pylist() == values, column
    assert lists


def test_drivers_as_a_table(run):
    drivers = pyarrow.table(run.table("drivers"))
    assert drivers["input"].to_pylist() == [driver.input for driver in run.drivers]
    assert drivers["share"].to_pylist() == [driver.share for driver in run.drivers]
    with pytest.raises(KeyError, match="it has .*drivers"):
        run.table("driver")


def test_columns_of_different_lengths_are_refused():
    columns = [("a", {}, "text", ["x"]), ("b", {}, "text", [])]
    with pytest.raises(ValueError, match="another length"):
        autarky._core.arrow_stream(columns)


def test_a_strided_or_narrow_array_is_refused_and_not_copied_unseen():
    for values in (np.arange(6.0)[::2], np.arange(3, dtype=np.float32)):
        with pytest.raises((RuntimeError, TypeError)):
            autarky._core.arrow_stream([("a", {}, "number", values)])
