# autarky: written by tools/python_stubs.py with nanobind.stubgen
# SPDX-License-Identifier: Apache-2.0
"""
The questions and answers of Autarky as they are described; `autarky` is the package to use.
"""

from typing import Any

from typing_extensions import CapsuleType


class Reply:
    """An answer of any question."""

    @property
    def schema(self) -> str:
        """Name and version of the answer: 'autarky.run/1'."""

    @property
    def standing(self) -> str:
        """'good', 'gate_failed', 'unreliable', 'interrupted' or 'bad_input'."""

    def json(self) -> str:
        """The bytes that the command line prints with --json."""

    def value(self, record: object) -> object:
        """
        The same as objects; `record` makes an empty mapping for each JSON object.
        """

    def text(self, width: int = 80, wide: bool = False) -> str:
        """The answer for people."""

    def picture(self) -> str:
        """SVG; empty when the question has no picture."""

class RawSamples:
    """The samples of a run, block by block."""

    @property
    def columns(self) -> list[Any]:
        """Name and unit of each column."""

    def block(self, first: int, count: int, threads: int = 0, progress: object | None = None) -> list[Any]:
        """An array of doubles for each column; first is a multiple of 256."""

def raw_samples(fields: dict[str, Any]) -> RawSamples:
    """The samples of the run that these fields ask for."""

def questions() -> list[Any]:
    """Every question: names, meaning and fields."""

def answer_schema(name: str) -> str:
    """JSON Schema of an answer."""

def ask(name: str, fields: dict[str, Any], threads: int = 0, progress: object | None = None) -> Reply:
    """Asks a question."""

def open_scenario(fields: dict[str, Any]) -> dict[str, Any]:
    """Reads a scenario and tells what it is."""

def run_part(fields: dict[str, Any], threads: int = 0, progress: object | None = None) -> bytes:
    """
    The bytes of a part of a run: field shard, '2/7' is the second of seven.
    """

def merge(fields: dict[str, Any]) -> Reply:
    """The whole run, made of the files of all of its parts."""

def merge_parts(parts: list[Any]) -> bytes:
    """The bytes of the part that the bytes of several parts make."""

def arrow_stream(columns: list[Any]) -> CapsuleType:
    """
    A capsule 'arrow_array_stream' of one batch: (name, metadata, kind, values) a column.
    """
