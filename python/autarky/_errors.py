# autarky: what is wrong with an input, as Python has it
# SPDX-License-Identifier: Apache-2.0
"""Exceptions and warnings that carry findings."""

from __future__ import annotations

import json
import warnings
from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that is wrong: at a place in a file, or about a field of a question."""

    file: str | None
    line: int | None
    column: int | None
    length: int | None
    code: str
    severity: str
    message: str
    hint: str | None
    field: str | None


def _findings_in(text: str) -> list[Finding]:
    return [Finding(**{name: one.get(name) for name in Finding._fields}) for one in json.loads(text)]


class InputError(ValueError):
    """The input has errors: all of them are in `findings`; the text shows them with their lines and carets."""

    findings: list[Finding]

    def __init__(self, text: str, findings: str = "[]") -> None:
        super().__init__(text, findings)  # both, so that it can be pickled
        self.findings = _findings_in(findings)

    def __str__(self) -> str:
        return str(self.args[0]).rstrip()


class InputWarning(UserWarning):
    """The input can be used and something about it is odd: see `findings`."""

    findings: list[Finding]

    def __init__(self, text: str, findings: str = "[]") -> None:
        super().__init__(text, findings)
        self.findings = _findings_in(findings)

    def __str__(self) -> str:
        return str(self.args[0]).rstrip()


class UnreliableWarning(UserWarning):
    """More than 0.1 % of the samples failed: the figures are not to be relied on."""


def warn(text: str, findings: str) -> None:
    """Called by the extension for what was noticed while an input was read."""
    warnings.warn(InputWarning(text, findings), stacklevel=2)
