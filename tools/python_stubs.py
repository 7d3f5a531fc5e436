#!/usr/bin/env python3
# autarky: writes the type stubs of the Python module from the descriptions of the questions
# SPDX-License-Identifier: Apache-2.0
"""usage: PYTHONPATH=build/python python_stubs.py [--check]

Writes python/autarky/*.pyi; --check only compares, exit code 1 when one differs.
"""
import inspect
import pathlib
import re
import sys

from autarky import _core, _functions, _questions, grid, option
from nanobind.stubgen import StubGen

HOME = pathlib.Path(__file__).resolve().parents[1] / "python/autarky"
HEAD = """# autarky: written by tools/python_stubs.py from the descriptions of the questions
# SPDX-License-Identifier: Apache-2.0
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from ._answers import Answer, Run

_Text = str | os.PathLike[str]
_Number = float | str
"""


def parameter(one: inspect.Parameter) -> str:
    default = "" if one.default is one.empty else f" = {one.default!r}"
    return f"{one.name}: {one.annotation}{default}"


def stub(question: dict, is_method: bool) -> str:
    """A function with its documentation, which editors show."""
    left_out = _questions.SCENARIO_FIELDS if is_method else ()
    parameters = _questions.parameters(question, left_out)
    positional = [parameter(one) for one in parameters if one.kind is not one.KEYWORD_ONLY]
    named = [parameter(one) for one in parameters if one.kind is one.KEYWORD_ONLY]
    words = [*(["self"] if is_method else []), *positional, "*", *named]
    name = _questions.python_name(question["name"])
    doc = _questions.doc_of(question, left_out).replace("\\", "\\\\").replace('"""', "'''")
    text = f"def {name}(\n    " + ",\n    ".join(words) + f",\n) -> {_questions.kind_of(question).__name__}:\n"
    text += '    """' + doc.replace("\n", "\n    ").replace("\n    \n", "\n\n") + '\n    """\n'
    return "".join(f"    {line}".rstrip() + "\n" for line in text.splitlines()) if is_method else text


def stubs() -> dict[str, str]:
    questions = _questions.QUESTIONS
    by_name = {_questions.python_name(question["name"]): question for question in questions}
    functions = [stub(by_name[name], False) for name in _functions.__all__]
    families = {
        f"{one.__name__.rpartition('.')[2]}.pyi": HEAD
        + f"\n__all__ = {one.__all__!r}\n\n"
        + "\n".join(stub(by_name[name], False) for name in one.__all__)
        for one in (grid, option)
    }
    methods = [stub(question, True) for question in questions if _questions.is_about_scenario(question)]
    core = StubGen(_core)
    core.put(_core)
    # nanobind says dict and list, not of what
    text = re.sub(r"\bdict\b", "dict[str, Any]", core.get())
    text = re.sub(r"\blist\b", "list[Any]", text)
    text = text.replace("from typing_extensions", "from typing import Any\n\nfrom typing_extensions", 1)
    listed = f"\n__all__ = {_functions.__all__!r}\n\n"
    return {
        "_core.pyi": "# autarky: written by tools/python_stubs.py with nanobind.stubgen\n"
        "# SPDX-License-Identifier: Apache-2.0\n" + text,
        "_functions.pyi": HEAD + listed + "\n".join(functions),
        **families,
        "_methods.pyi": HEAD + "\nclass ScenarioQuestions:\n" + "\n".join(methods),
    }


def main() -> int:
    differs = False
    for name, text in stubs().items():
        file = HOME / name
        if "--check" not in sys.argv[1:]:
            file.write_text(text)
        elif not file.exists() or file.read_text() != text:
            print(f"{file}: not what the library describes; run  tools/python.sh --stubs")
            differs = True
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
