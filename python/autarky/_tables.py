# autarky: tables of answers, handed on by Arrow
# SPDX-License-Identifier: Apache-2.0
"""A table is columns with units. pandas, polars, pyarrow and DuckDB take it through the Arrow PyCapsule interface."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import _core


@dataclass(frozen=True)
class Column:
    """A column: numbers as an array of doubles, all else as a list with None for what does not exist."""

    key: str
    unit: str
    doc: str
    kind: str
    values: Any

    @property
    def name(self) -> str:
        """With the unit: readers drop metadata, and would add USD to MUSD without a word."""
        return f"{self.key} [{self.unit}]" if self.unit not in ("", "1") else self.key


class Table:
    """Columns of equal length. `polars.DataFrame(table)`, `pandas.DataFrame.from_arrow(table)`, `pyarrow.table(table)`."""

    def __init__(self, columns: list[Column], source: str = "") -> None:
        self.columns = columns
        self.source = source
        """Where the numbers come from: version, question, scenario and hashes. It goes with every field of the table."""

    @property
    def names(self) -> list[str]:
        """Names of the columns as readers see them: "p50 [USD/chip]"."""
        return [column.name for column in self.columns]

    def __getitem__(self, key: str) -> Any:
        """The values of a column, by its name with or without the unit."""
        for column in self.columns:
            if key in (column.key, column.name):
                return column.values
        raise KeyError(f"the table has no column '{key}'; it has {', '.join(self.names)}")

    def __len__(self) -> int:
        """Rows."""
        return len(self.columns[0].values) if self.columns else 0

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """A fresh stream at each call, so that it can be read any number of times. Numbers are not copied."""
        return _core.arrow_stream(
            [
                (
                    column.name,
                    {"unit": column.unit, "doc": column.doc, "source": self.source},
                    column.kind,
                    column.values,
                )
                for column in self.columns
            ]
        )

    def __repr__(self) -> str:
        shown = 6
        rest = f", and {len(self.names) - shown} more" if len(self.names) > shown else ""
        return f"<autarky table of {len(self)} rows: {', '.join(self.names[:shown])}{rest}>"

    def _repr_html_(self) -> str:
        def cell(value: Any) -> str:
            if value is None or (isinstance(value, float) and np.isnan(value)):
                return "<td></td>"
            return f"<td>{value:,.6g}</td>" if isinstance(value, float) else f"<td>{html.escape(str(value))}</td>"

        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.names)
        rows = zip(*(column.values for column in self.columns), strict=True)
        body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _kind_of(item: dict[str, Any]) -> str | None:
    """Of a plain value, by its JSON Schema; None of a list, a map or a record."""
    types = item.get("type", "string" if "enum" in item else None)
    types = [types] if isinstance(types, str) else types or []
    names = {"number": "number", "integer": "integer", "boolean": "boolean", "string": "text"}
    kinds = [names[one] for one in types if one in names]
    if not kinds:
        return None
    return "natural" if kinds[0] == "integer" and item.get("minimum", -1) >= 0 else kinds[0]


def _resolved(item: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The item with what it refers to; one that may be null refers to it in the other branch."""
    for branch in (item, *item.get("anyOf", ())):
        if "$ref" in branch:
            return {**schema["$defs"][branch["$ref"].rsplit("/", 1)[1]], **item}
    return item


def _plain(values: list[Any], kind: str) -> Any:
    if kind == "number":
        out = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
        out.flags.writeable = False
        return out
    return values


def _columns(rows: list[Any], record: dict[str, Any], schema: dict[str, Any], prefix: str) -> list[Column]:
    out: list[Column] = []
    properties: dict[str, Any] = record.get("properties", {})
    for key, described in properties.items():
        item = _resolved(described, schema)
        values = [row.get(key) if isinstance(row, dict) else None for row in rows]
        unit = item.get("unit", "")
        unit = "" if unit in properties else unit  # another column says it
        doc = item.get("description", "")
        if (kind := _kind_of(item)) is not None:
            out.append(Column(prefix + key, unit, doc, kind, _plain(values, kind)))
        elif "properties" in item:
            out += _columns(values, item, schema, f"{prefix}{key}.")
        elif _kind_of(item.get("items", {})) is not None:  # as in CSV: one cell with blanks between the values
            texts = [None if value is None else " ".join(map(str, value)) for value in values]
            out.append(Column(prefix + key, unit, doc, "text", texts))
    return out


def table_of(value: Any, schema: dict[str, Any], path: str, source: str) -> Table:
    """The table of the list at `path` ("" for an answer that is a list itself)."""
    here, rows = schema, value
    for key in path.split(".") if path else ():
        here = _resolved(here.get("properties", {}).get(key, {}), schema)
        rows = rows.get(key) if isinstance(rows, dict) else None
    record = _resolved(here.get("items", {}), schema)
    if "properties" not in record:
        lists = [
            key
            for key, item in schema.get("properties", {}).items()
            if "properties" in _resolved(item.get("items", {}), schema)
        ]
        raise KeyError(f"the answer has no table '{path}'; it has {', '.join(lists) or 'none'}")
    return Table(_columns(rows or [], record, schema, ""), source)
