# autarky: answers as Python objects
# SPDX-License-Identifier: Apache-2.0
"""What questions give back. No figure is computed here: every one comes from the library as `--json` prints it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core, _html
from ._build import VERSION
from ._tables import Column, Table, table_of

Array = NDArray[np.float64]


class Record(dict[str, Any]):
    """An object of an answer: a dict whose keys can be read as attributes too."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"there is no '{name}' here; there is {', '.join(self)}") from None

    def __repr__(self) -> str:
        """As a dict, with the first few of a long list: a verdict fits a screen."""
        return "{" + ", ".join(f"{key!r}: {_shortened(value)}" for key, value in self.items()) + "}"


def _shortened(value: Any) -> str:
    if not isinstance(value, list) or len(value) <= 6:
        return repr(value)
    return f"[{', '.join(map(repr, value[:3]))}, ... {len(value)} in all]"


class _KeptReply:
    """A reply that has travelled: what a worker or a file sends is the answer, not the scenario that it came from."""

    def __init__(self, schema: str, standing: str, json_text: str, text: str, picture: str) -> None:
        self.schema, self.standing = schema, standing
        self._json, self._text, self._picture = json_text, text, picture

    def json(self) -> str:
        return self._json

    def value(self, record: type[dict[str, Any]]) -> Any:
        return json.loads(self._json, object_hook=record)

    def text(self, width: int = 80, wide: bool = False) -> str:
        return self._text

    def picture(self) -> str:
        return self._picture


class Answer:
    """An answer. Its parts are those of the command's `--json`: by key, `answer["fields"]`, or `answer.fields`."""

    def __init__(self, reply: Any, question: str) -> None:
        self._reply = reply
        self._question = question
        self._value = reply.value(Record)

    @property
    def value(self) -> Any:
        """The whole answer as dicts, lists, numbers and texts; what does not exist is None."""
        return self._value

    @property
    def schema(self) -> str:
        """Name and version of the answer, such as 'autarky.run/1'."""
        return str(self._reply.schema)

    @property
    def standing(self) -> str:
        """'good', 'gate_failed', 'unreliable' (over 0.1 % of the samples failed), 'interrupted' or 'bad_input'."""
        return str(self._reply.standing)

    def json(self) -> str:
        """The bytes that the command line prints with --json."""
        return str(self._reply.json())

    def text(self, width: int = 80, wide: bool = False) -> str:
        """The answer for people; one that was pickled has it 80 columns wide."""
        return str(self._reply.text(width, wide))

    def picture(self) -> str:
        """SVG; empty when the question has no picture."""
        return str(self._reply.picture())

    def table(self, path: str = "") -> Table:
        """The rows of one of its lists of records, for Arrow, pandas, polars, DuckDB: `answer.table("criteria")`."""
        return table_of(self._value, json.loads(_core.answer_schema(self._question)), path, self._source())

    def _source(self) -> str:
        """Of the fields of its tables: enough to ask the same again and to see that it is the same."""
        value = self._value if isinstance(self._value, dict) else {}
        parts = [f"autarky {VERSION}", self.schema]
        scenario = value.get("scenario")
        if isinstance(scenario, dict):
            parts += [f"{key} {scenario[key]}" for key in ("name", "variant", "sha256") if scenario.get(key)]
        elif isinstance(scenario, str):
            parts.append(f"scenario {scenario}")
        engine = value.get("engine")
        if isinstance(engine, dict):
            parts += [f"seed {engine['seed']}", f"samples {engine['samples']}"]
        if "result_sha256" in value:
            parts.append(f"result {value['result_sha256']}")
        return ", ".join(parts)

    def __getitem__(self, key: Any) -> Any:
        try:
            return self._value[key]
        except KeyError:
            raise KeyError(f"the answer has no '{key}'; it has {', '.join(self._value)}") from None

    def __getattr__(self, name: str) -> Any:
        value = self.__dict__.get("_value")
        if not isinstance(value, dict) or name not in value:
            raise AttributeError(f"{type(self).__name__} has no '{name}'")
        return value[name]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._value)

    def __len__(self) -> int:
        return len(self._value)

    def __contains__(self, key: object) -> bool:
        return key in self._value

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(self._value if isinstance(self._value, dict) else ())]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answer) and self.json() == other.json()

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<autarky answer {self.schema}>"

    def _repr_html_(self) -> str:
        return self.picture() + _html.pre(self.text())

    def __reduce__(self) -> Any:
        kept = (self.schema, self.standing, self.json(), self.text(), self.picture())
        return _restored, (type(self), self._question, kept)


def _restored(kind: type[Answer], question: str, kept: tuple[str, str, str, str, str]) -> Answer:
    return kind(_KeptReply(*kept), question)


LEVELS = (0.05, 0.25, 0.50, 0.75, 0.95)
_BANDS = ("p05", "p25", "p50", "p75", "p95")


def _array(values: list[float | None]) -> Array:
    out: Array = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    out.flags.writeable = False
    return out


class Metric:
    """A metric of a run: arrays with a value a quarter, or a single one for the whole run.

    Arrays are read-only; NaN where the metric exists in no sample of that quarter (null in Arrow and JSON).
    """

    def __init__(self, name: str, quarters: tuple[str, ...], value: dict[str, Any], source: str = "") -> None:
        self.name = name
        self.source = source
        """Version, scenario and hashes of the run."""
        self.unit: str = value["unit"]
        self.doc: str = value["doc"]
        self.mean = _array(value["mean"])
        self.p05, self.p25, self.p50, self.p75, self.p95 = (_array(value[band]) for band in _BANDS)
        none = value.get("none")
        self.none_share: Array | None = None if none is None else _array(none)
        """Share of futures in which it does not exist; None when it exists in all."""
        self.quarters: tuple[str, ...] = quarters if len(self.mean) == len(quarters) else ()
        """The quarters of the arrays; empty for a metric of the whole run."""

    @property
    def levels(self) -> tuple[float, ...]:
        """The quantiles that a run keeps."""
        return LEVELS

    @property
    def quantiles(self) -> Array:
        """A row a level, a column a quarter."""
        out: Array = np.stack([getattr(self, band) for band in _BANDS])
        out.flags.writeable = False
        return out

    def quantile(self, level: float) -> Array:
        """The array of one of `levels`. Others are not kept, and not guessed from these."""
        if level not in LEVELS:
            raise ValueError(f"a run keeps the quantiles {LEVELS}, not {level}")
        out: Array = getattr(self, _BANDS[LEVELS.index(level)])
        return out

    def at(self, quarter: str) -> Record:
        """The numbers of one quarter, such as "2028Q2"."""
        if quarter not in self.quarters:
            raise KeyError(f"{self.name} has no quarter '{quarter}'; it has {' '.join(self.quarters) or 'none'}")
        k = self.quarters.index(quarter)
        return Record((name, float(values[k])) for name, values in self._rows())

    def _rows(self) -> list[tuple[str, Array]]:
        rows = [("mean", self.mean), *((band, getattr(self, band)) for band in _BANDS)]
        return rows if self.none_share is None else [*rows, ("none_share", self.none_share)]

    def columns(self, prefix: str = "") -> list[Column]:
        """Its columns of a table."""
        return [
            Column(prefix + name, "" if name == "none_share" else self.unit, self.doc, "number", values)
            for name, values in self._rows()
        ]

    def table(self) -> Table:
        """A row a quarter."""
        quarter = [Column("quarter", "", "Quarter", "text", list(self.quarters))] if self.quarters else []
        return Table([*quarter, *self.columns()], self.source)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        return self.table().__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self.mean)

    def __repr__(self) -> str:
        return f"<autarky metric {self.name} [{self.unit}]>"

    def _repr_html_(self) -> str:
        return _html.fan(self.name, self.unit, self.quarters, self.quantiles) + self.table()._repr_html_()


class Metrics(dict[str, Metric]):
    """Metrics of a run by name."""

    def __missing__(self, name: str) -> Metric:
        near = difflib.get_close_matches(name, self, 3)
        hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
        raise KeyError(
            f"the run has no metric '{name}'{hint} autarky.metrics() lists all; "
            f"run(metrics=['{name}']) accumulates one that is not among the usual ones"
        )


class Run(Answer):
    """What a run gave: metrics by name, `r["chip.unit_cost"]`, `r.verdict`, `r.drivers` and the other parts of its JSON."""

    def __init__(self, reply: Any, question: str) -> None:
        super().__init__(reply, question)
        self.quarters: tuple[str, ...] = tuple(self._value["quarters"])
        self.metrics = Metrics(
            (name, Metric(name, self.quarters, value, self._source())) for name, value in self._value["metrics"].items()
        )

    @property
    def sha256(self) -> str:
        """Hash of the result: same question, same hash, on every machine."""
        return str(self._value["result_sha256"])

    def __getitem__(self, key: Any) -> Any:
        return self._value[key] if key in self._value else self.metrics[key]

    def __contains__(self, key: object) -> bool:
        return key in self._value or key in self.metrics

    def table(self, path: str = "") -> Table:
        """Without a path the metrics by quarter, a row a quarter; else the list of that name: `run.table("drivers")`."""
        if path:
            return super().table(path)
        columns = [Column("quarter", "", "Quarter", "text", list(self.quarters))]
        for metric in self.metrics.values():
            if metric.quarters:
                columns += metric.columns(metric.name + ".")
        return Table(columns, self._source())

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        return self.table().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        scenario, engine = self._value["scenario"], self._value["engine"]
        return f"<autarky run of {scenario['name']}, {engine['samples']} samples, seed {engine['seed']}>"
