# autarky: wrong input from Python: findings that say which keyword, which line
# SPDX-License-Identifier: Apache-2.0
import pickle
import shutil

import numpy as np
import pytest

import autarky
from conftest import SMALL


def refused(call, *arguments, **fields):
    with pytest.raises(autarky.InputError) as caught:
        call(*arguments, **fields)
    return caught.value


def test_a_field_outside_its_range_is_named_as_a_keyword():
    error = refused(autarky.run, SMALL, samples=0)
    assert [(one.field, one.code, one.severity) for one in error.findings] == [("samples", "E0504", "error")]
    assert "samples=: " in str(error) and "--" not in str(error)


def test_all_findings_come_at_once():
    error = refused(autarky.grid.host, "us-pole-25", homes=-1, device="boat")
    assert {one.field for one in error.findings} == {"homes", "device"}
    assert "car" in next(one.hint for one in error.findings if one.field == "device")


def test_a_fault_in_a_file_has_line_and_column(tmp_path):
    shutil.copy(SMALL.with_name("small.toml"), tmp_path)
    file = tmp_path / "odd.toml"
    file.write_text(SMALL.read_text().replace("USD/wafer", "USD/wafre", 1))
    finding = refused(autarky.load, file).findings[0]
    line = file.read_text().splitlines()[finding.line - 1]
    assert finding.code == "E0203"
    assert line[finding.column - 1 :].startswith("wafre") and finding.length == len("wafre")
    assert "wafer" in finding.hint


def test_unknown_names_are_refused_with_a_guess():
    error = refused(autarky.ask, "run", SMALL, sampels=5)
    assert error.findings[0].field == "sampels" and "samples" in error.findings[0].hint
    for call in (lambda: autarky.run(SMALL, sampels=5), lambda: autarky.load(SMALL).run(sampels=5)):
        with pytest.raises(TypeError, match=r"run\(\) .*'sampels'; did you mean 'samples'\?"):
            call()
    with pytest.raises(KeyError, match="there is no question 'hots'"):
        autarky.ask("hots")
    assert refused(autarky.load, "ai55").findings[0].code == "E0601"
    assert refused(autarky.load, SMALL, variant="none-such").findings
    assert refused(autarky.load, SMALL, set={"no.such": 1}).findings


def test_values_of_no_sense():
    with pytest.raises(TypeError, match="samples: a dict is no value"):
        autarky.run(SMALL, samples={})
    assert refused(autarky.run, SMALL, samples=2**70).findings[0].field == "samples"
    assert refused(autarky.die, "20x20", d0=float("nan")).findings[0].field == "d0"
    assert refused(autarky.run, SMALL, samples=True).findings[0].field == "samples"
    assert refused(autarky.die, "20x20", d0=np.inf).findings[0].field == "d0"


def test_threads_where_they_would_change_nothing():
    with pytest.raises(TypeError, match="threads"):
        autarky.ask("die", "20x20", threads=2)
    assert refused(autarky.run, SMALL, samples=10, threads=5000).findings[0].field == "threads"


def test_exceptions_travel():
    error = refused(autarky.run, SMALL, samples=0)
    again = pickle.loads(pickle.dumps(error))
    assert again.findings == error.findings and str(again) == str(error)


def test_more_values_without_a_keyword_than_there_are():
    with pytest.raises(TypeError, match="without a keyword"):
        autarky.ask("code", "E0203", "E0204")
