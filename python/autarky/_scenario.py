# autarky: a scenario that is asked about
# SPDX-License-Identifier: Apache-2.0
"""A scenario is its content: it can be pickled and sent to another machine that has the same version of Autarky."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from . import _core
from ._methods import ScenarioQuestions
from ._samples import Samples

Overrides = Mapping[str, object] | Sequence[str]


def _names(given: str | Sequence[str] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given or ())


def _overrides(given: Overrides | None) -> tuple[str, ...]:
    return tuple(f"{path}={value}" for path, value in given.items()) if isinstance(given, Mapping) else _names(given)


class Scenario(ScenarioQuestions):
    """A scenario with its variants and overrides, read whole and found sound. Immutable.

    Every question about a scenario is a method: run, map, break_even, explain, audit, check, sources, ...
    """

    name: str
    title: str
    variant: tuple[str, ...]
    variants: tuple[str, ...]
    overrides: tuple[str, ...]
    sha256: str

    def __init__(
        self,
        scenario: str | os.PathLike[str] = "ai5",
        *,
        variant: str | Sequence[str] | None = None,
        set: Overrides | None = None,
    ) -> None:
        self._asked = os.fspath(scenario)
        self._files: dict[str, bytes] = {}
        self._place: Path | None = None
        self.variant, self.overrides = _names(variant), _overrides(set)
        facts = self._read()
        file = Path(scenario).resolve()
        if str(file) in facts["files"]:  # no bundled one: what it names lies beside it or below
            self._place = file.parent
            for path, content in facts["files"].items():
                if Path(path).is_relative_to(file.parent):
                    self._files[str(Path(path).relative_to(file.parent))] = content

    def _read(self) -> dict[str, Any]:
        with self.fields() as fields:
            facts: dict[str, Any] = _core.open_scenario(fields)
        self.name, self.title, self.sha256 = facts["name"], facts["title"], facts["sha256"]
        self.variants = tuple(facts["variants"])
        return facts

    @contextmanager
    def fields(self) -> Iterator[dict[str, Any]]:
        """How a question names it. Files that have changed since, or are on another machine, are written anew for a while."""
        own = {"variant": list(self.variant), "set": list(self.overrides)}
        if not self._files or self._is_there():
            yield {"scenario": self._asked, **own}
            return
        with tempfile.TemporaryDirectory(prefix="autarky-") as folder:
            for name, content in self._files.items():
                copy = Path(folder, name)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(content)
            yield {"scenario": str(Path(folder, Path(self._asked).name)), **own}

    def _is_there(self) -> bool:
        place = self._place
        try:
            return place is not None and all((place / name).read_bytes() == one for name, one in self._files.items())
        except OSError:
            return False

    def with_(self, *, variant: str | Sequence[str] | None = None, set: Overrides | None = None) -> Scenario:
        """The same scenario with further variants and overrides behind those that it has."""
        other = object.__new__(Scenario)
        other.__dict__.update(self.__dict__)
        other.variant = (*self.variant, *_names(variant))
        other.overrides = (*self.overrides, *_overrides(set))
        other._read()
        return other

    def samples(
        self,
        metrics: str | Sequence[str],
        *,
        samples: int = 16_384,
        seed: int = 1,
        sampling: Literal["random", "sobol"] = "sobol",
        block: int = 16_384,
        threads: int = 0,
    ) -> Samples:
        """The futures of `run(samples=..., seed=...)` themselves, block by block: `for part in sc.samples("npv"): part["npv"]`.

        metrics: Names or globs: one column a quarter, `"chip.unit_cost[2030Q4]"`, or one for the whole run
        block: Futures at a time, a multiple of 256; a block is 8 bytes a value: see `bytes_a_block`
        """
        with self.fields() as own:
            how = {"samples": samples, "seed": seed, "sampling": sampling}
            raw = _core.raw_samples({**own, "metrics": list(_names(metrics)), **how})
        return Samples(raw, samples, block, threads, f"{self.name}, sha256 {self.sha256}, seed {seed}")

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_place": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        expected = state["sha256"]
        self.__dict__.update(state)
        self._read()
        if self.sha256 != expected:
            raise RuntimeError(
                f"scenario '{self.name}' is another one here: this copy of Autarky has other inputs or another version "
                f"(content {self.sha256[:12]}, expected {expected[:12]})"
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def _identity(self) -> tuple[object, ...]:
        return self.name, self.sha256, self.variant, self.overrides

    def __dask_tokenize__(self) -> tuple[object, ...]:
        return self._identity()

    def __repr__(self) -> str:
        more = "".join(f", variant {name}" for name in self.variant) + "".join(f", {one}" for one in self.overrides)
        return f"<autarky scenario {self.name}{more}>"
