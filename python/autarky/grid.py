# autarky: the questions of the family grid; their types are in grid.pyi
# SPDX-License-Identifier: Apache-2.0
"""How many devices a street, a feeder, a country can carry."""

from ._questions import QUESTIONS, function_of, python_name

__all__: list[str] = []

for _question in QUESTIONS:
    if _question["family"] == __name__.rpartition(".")[2]:
        globals()[python_name(_question["name"])] = function_of(_question, __name__)
        __all__.append(python_name(_question["name"]))
