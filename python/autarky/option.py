# autarky: the questions of the family option; their types are in option.pyi
# SPDX-License-Identifier: Apache-2.0
"""Closed forms of options and decisions, to hold plans against."""

from ._questions import QUESTIONS, function_of, python_name

__all__: list[str] = []

for _question in QUESTIONS:
    if _question["family"] == __name__.rpartition(".")[2]:
        globals()[python_name(_question["name"])] = function_of(_question, __name__)
        __all__.append(python_name(_question["name"]))
