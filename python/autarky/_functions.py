# autarky: the functions of all questions; their types are in _functions.pyi
# SPDX-License-Identifier: Apache-2.0
"""Every question by its own name, except one of a family that would hide a name of Python: autarky.grid.list."""

import builtins

from ._questions import QUESTIONS, function_of, python_name

__all__: list[str] = []

for _question in QUESTIONS:
    _name = python_name(_question["name"])
    if not _question["family"] or not hasattr(builtins, _name):
        globals()[_name] = function_of(_question, "autarky")
        __all__.append(_name)
