# autarky: a function for every question, made of its description
# SPDX-License-Identifier: Apache-2.0
"""Nothing here knows a question: names, keywords, meanings and defaults come from the library."""

from __future__ import annotations

import difflib
import inspect
import keyword
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from . import _core
from ._answers import Answer, Run
from ._errors import UnreliableWarning

Described = dict[str, Any]
QUESTIONS: list[Described] = _core.questions()
SCENARIO_FIELDS = ("scenario", "variant", "set")
RUN_SCHEMA = "autarky.run/"


def python_name(name: str) -> str:
    """ "break-even" is break_even, "lambda" lambda_."""
    plain = name.replace("-", "_")
    return plain + "_" if keyword.iskeyword(plain) else plain


def full_name(question: Described) -> str:
    return f"{question['family']} {question['name']}".strip()


def find(name: str) -> Described:
    """A question by its name, "host" or "grid host"; hyphens may be underscores."""
    wanted = name.replace("_", "-")
    for question in QUESTIONS:
        if wanted in (question["name"], full_name(question)):
            return question
    names = ", ".join(full_name(question) for question in QUESTIONS)
    raise KeyError(f"there is no question '{name}'; there is {names}")


def _given(field: Described, value: Any) -> Any:
    """Overrides may be a mapping: {"economy.discount_rate": "9 %/year"}."""
    if field["key"] == "set" and isinstance(value, Mapping):
        return [f"{path}={one}" for path, one in value.items()]
    return value


def kind_of(question: Described) -> type[Answer]:
    return Run if question["schema"].startswith(RUN_SCHEMA) else Answer


def ask_question(
    question: Described, fields: Mapping[str, Any], threads: int = 0, progress: Callable[[int, int], object] | None = None
) -> Answer:
    described = {field["key"]: field for field in question["fields"]}
    names = {python_name(key): key for key in described}
    given: dict[str, Any] = {}
    for name, value in fields.items():
        key = names.get(name, name)  # an unknown one is refused by the library, with what it may have meant
        if value is not None:
            given[key] = _given(described.get(key, {"key": key}), value)
    if threads and not question["uses_threads"]:
        raise TypeError(f"{full_name(question)} uses one thread: threads= would change nothing")
    reply = _core.ask(full_name(question), given, threads, progress)
    if reply.standing == "unreliable":
        warnings.warn(
            UnreliableWarning("more than 0.1 % of the samples failed: the figures are not to be relied on"), stacklevel=4
        )
    return kind_of(question)(reply, full_name(question))


_TYPES = {
    "text": "_Text",
    "boolean": "bool",
    "integer": "int",
    "natural": "int",
    "number": "_Number",
    "stated": "_Number",
}


def type_of(field: Described) -> str:
    """The annotation of a field: numbers may be texts with a unit, a list may be a single value."""
    if field["key"] == "set":
        return "Mapping[str, object] | Sequence[str]"
    if field["kind"] == "choice":
        one = f"Literal[{', '.join(map(repr, field['choices']))}]"
    else:
        one = _TYPES[field["kind"]]
    return f"{one} | Sequence[{one}]" if field["is_list"] else one


def parameters(question: Described, leave_out: tuple[str, ...] = ()) -> list[inspect.Parameter]:
    """What stands without a name first; all else by keyword, left out when None."""
    positional: list[inspect.Parameter] = []
    named: list[inspect.Parameter] = []
    for field in question["fields"]:
        if field["key"] in leave_out:
            continue
        name, annotation = python_name(field["key"]), type_of(field)
        kinds = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
        if field["is_required"] and field["is_positional"]:
            positional.insert(0, inspect.Parameter(name, kinds[0], annotation=annotation))
        elif field["is_required"]:
            named.append(inspect.Parameter(name, kinds[1], annotation=annotation))
        else:
            to, kind = (positional, kinds[0]) if field["is_positional"] else (named, kinds[1])
            to.append(inspect.Parameter(name, kind, annotation=f"{annotation} | None", default=None))
    if question["uses_threads"]:
        named.append(inspect.Parameter("threads", inspect.Parameter.KEYWORD_ONLY, annotation="int", default=0))
    progress = "Callable[[int, int], object] | None"
    named.append(inspect.Parameter("progress", inspect.Parameter.KEYWORD_ONLY, annotation=progress, default=None))
    return positional + named


def doc_of(question: Described, leave_out: tuple[str, ...] = ()) -> str:
    lines = [question["summary"] + ".", ""]
    for field in question["fields"]:
        if field["key"] in leave_out:
            continue
        notes = [field["unit"]] if field["unit"] not in ("", "1") else []
        notes += [f"one of {', '.join(field['choices'])}"] if field["choices"] else []
        notes += [f"else {field['fallback']}"] if field["fallback"] and not field["is_required"] else []
        note = f" ({'; '.join(notes)})" if notes else ""
        lines.append(f"{python_name(field['key'])}: {field['doc']}{note}")
    if question["uses_threads"]:
        lines.append("threads: Threads that work at once, 0 for one each processor; no figure depends on it")
    lines.append("progress: Called now and then with what is done, and of how much; Ctrl-C stops the work")
    return "\n".join(lines)


def is_about_scenario(question: Described) -> bool:
    keys = {field["key"] for field in question["fields"]}
    return keys.issuperset(SCENARIO_FIELDS)


def _bound(signature: inspect.Signature, name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
    """What a call gives each parameter; what it takes no keyword for is told as Python tells it of its own functions."""
    try:
        return signature.bind(*arguments, **named).arguments
    except TypeError as trouble:
        known = [word for word in signature.parameters if word != "self"]
        close = [guess for word in named if word not in known for guess in difflib.get_close_matches(word, known, 1)]
        hint = f"; did you mean '{close[0]}'?" if close else ""
        raise TypeError(f"{name}() {trouble}{hint}") from None


def function_of(question: Described, module: str) -> Callable[..., Answer]:
    """The function that asks a question."""
    signature = inspect.Signature(parameters(question), return_annotation=kind_of(question))

    def ask_it(*arguments: Any, **named: Any) -> Answer:
        bound = _bound(signature, ask_it.__name__, arguments, named)
        threads, progress = bound.pop("threads", 0), bound.pop("progress", None)
        return ask_question(question, bound, threads, progress)

    ask_it.__name__ = ask_it.__qualname__ = python_name(question["name"])
    ask_it.__module__ = module
    ask_it.__doc__ = doc_of(question)
    ask_it.__signature__ = signature  # type: ignore[attr-defined]
    return ask_it


def method_of(question: Described) -> Callable[..., Answer]:
    """The method of a scenario that asks a question about it."""
    inner = parameters(question, SCENARIO_FIELDS)
    own = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    signature = inspect.Signature([own, *inner], return_annotation=kind_of(question))

    def ask_it(*arguments: Any, **named: Any) -> Answer:
        bound = _bound(signature, ask_it.__name__, arguments, named)
        scenario = bound.pop("self")
        threads, progress = bound.pop("threads", 0), bound.pop("progress", None)
        with scenario.fields() as fields:
            return ask_question(question, {**fields, **bound}, threads, progress)

    ask_it.__name__ = python_name(question["name"])
    ask_it.__qualname__ = "Scenario." + ask_it.__name__
    ask_it.__doc__ = doc_of(question, SCENARIO_FIELDS)
    ask_it.__signature__ = signature  # type: ignore[attr-defined]
    return ask_it
