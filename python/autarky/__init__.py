# autarky: the Python face: asks what the library answers, computes nothing
# SPDX-License-Identifier: Apache-2.0
"""Autarky: make the chip or buy it, and what follows for cost, wafers, labour, the grid and export rules.

    import autarky
    sc = autarky.load("ai5", variant="reported", set={"economy.discount_rate": "9 %/year"})
    r = sc.run(samples=16_384, seed=1)
    r.verdict.sentence, r["chip.unit_cost"].p50, r.drivers[0]
    autarky.die("26x16.5", d0="0.08 to 0.3"), autarky.grid.host("us-pole-25")

Every question of the program is a function (`autarky.questions()` lists them); those about a scenario are its methods too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from . import _processor
from ._build import ISA as _ISA
from ._build import VERSION as __version__

_processor.check(_ISA)

from . import _functions, _questions, grid, option  # noqa: E402
from ._answers import Answer, Metric, Record, Run  # noqa: E402
from ._errors import Finding, InputError, InputWarning, UnreliableWarning  # noqa: E402
from ._functions import *  # noqa: E402, F403
from ._samples import Samples  # noqa: E402
from ._scenario import Overrides, Scenario  # noqa: E402
from ._tables import Column, Table  # noqa: E402


def load(
    scenario: str | os.PathLike[str] = "ai5",
    *,
    variant: str | Sequence[str] | None = None,
    set: Overrides | None = None,
) -> Scenario:
    """Reads a scenario: the name of a bundled one or a file, with variants and overrides. Raises InputError."""
    return Scenario(scenario, variant=variant, set=set)


def ask(
    question: str, /, *arguments: Any, threads: int = 0, progress: Callable[[int, int], object] | None = None, **fields: Any
) -> Answer:
    """Asks a question by its name: `ask("grid host", "us-pole-25", homes=5)`."""
    described = _questions.find(question)
    first = [p.name for p in _questions.parameters(described) if p.kind is p.POSITIONAL_OR_KEYWORD]
    if len(arguments) > len(first):
        raise TypeError(f"{question} takes {len(first)} values without a keyword, {len(arguments)} were given")
    return _questions.ask_question(described, {**dict(zip(first, arguments, strict=False)), **fields}, threads, progress)


def questions() -> dict[str, str]:
    """Every question by its name, with what it asks."""
    return {_questions.full_name(question): question["summary"] for question in _questions.QUESTIONS}


__all__ = [
    "Answer", "Column", "Finding", "InputError", "InputWarning", "Metric", "Record", "Run", "Samples", "Scenario", "Table",
    "UnreliableWarning", "__version__", "ask", "grid", "load", "option", "questions",
]  # fmt: skip


def __dir__() -> list[str]:  # what is offered when one types autarky.<tab>: none of what this file needs itself
    return sorted({*__all__, *_functions.__all__})
