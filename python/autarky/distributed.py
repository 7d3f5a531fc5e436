# autarky: a run divided among the workers of a Dask cluster
# SPDX-License-Identifier: Apache-2.0
"""`autarky.distributed.run(client, scenario, ...)`: the samples of one run on many machines, with the bits of a single one.

Every part is a pure function of the scenario's content, the seed and its number, so a part of a worker that dies is done again by
another one and the result is the same. Needs the package `distributed`; workers need this version of Autarky.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from . import _core
from ._answers import Run
from ._errors import InputError
from ._scenario import Scenario

PARTS_A_THREAD = 4
"""At most: so that no worker waits long for the last one."""
SAMPLES_A_PART = 20_000
"""At least, where there is work for all: each part reads the scenario and measures the rises of its drivers anew, 0.6 s for ai5."""
PARTS_A_SUM = 16
"""As many parts as one worker puts together, and as many as the caller does: more are summed by the workers first, in a tree."""


def part(scenario: Scenario, fields: dict[str, Any], shard: str) -> bytes:
    """What a worker does: one part of a run, on one thread."""
    with scenario.fields() as own:
        return bytes(_core.run_part({**own, **fields, "shard": shard}, 1))


def larger_part(*parts: bytes) -> bytes:
    """What a worker does: several parts become one, which merges on with the same bits as they would."""
    return bytes(_core.merge_parts(list(parts)))


def merged(files: Sequence[Path], *, unfinished: bool = False) -> Run:
    """The run that the files of its parts make. Raises InputError when they are not all of one run.

    unfinished: Parts may be missing; the run ends before the first sample that is in none, and is a run of so many samples
    """
    return Run(_core.merge({"files": [str(file) for file in files], "unfinished": unfinished}), "run")


class Cancelled(Exception):
    """A run was cancelled by its `progress`. `partial` is the run of the samples before the first part that is missing, or None."""

    def __init__(self, done: int, shards: int, partial: Run | None) -> None:
        super().__init__(f"cancelled after {done} of {shards} parts")
        self.done, self.shards, self.partial = done, shards, partial


def _merged_of(parts: Sequence[bytes], *, unfinished: bool = False) -> Run:
    with tempfile.TemporaryDirectory(prefix="autarky-") as folder:
        files = [Path(folder, f"part-{k}") for k in range(1, len(parts) + 1)]
        for file, content in zip(files, parts, strict=True):
            file.write_bytes(content)
        return merged(files, unfinished=unfinished)


def _partial(parts: Sequence[bytes]) -> Run | None:
    try:
        return _merged_of(parts, unfinished=True) if parts else None
    except InputError:  # the first part is not among them
        return None


class _Tree:
    """The parts of a run and their sums, down to as many as the caller puts together."""

    def __init__(self, client: Any, leaves: list[Any], mine: str) -> None:
        self.top = leaves
        self.all = {future.key: future for future in leaves}
        self.below: dict[str, list[Any]] = {}  # what a sum is made of
        while len(self.top) > PARTS_A_SUM:
            groups = [self.top[k : k + PARTS_A_SUM] for k in range(0, len(self.top), PARTS_A_SUM)]
            self.top = [self._sum(client, group, mine) for group in groups]

    def _sum(self, client: Any, group: list[Any], mine: str) -> Any:
        if len(group) == 1:
            return group[0]
        key = f"autarky-sum-{mine}-{len(self.below)}"
        future = client.submit(larger_part, *group, key=key, pure=False)
        self.all[key], self.below[key] = future, group
        return future

    def done(self, key: str) -> None:
        """A sum is there: the cluster need not keep what it is made of."""
        for future in self.below.get(key, ()):
            future.release()

    def finished(self, futures: list[Any] | None = None) -> list[bytes]:
        """The largest parts that are there, none of them twice."""
        out: list[bytes] = []
        for future in self.top if futures is None else futures:
            if future.status == "finished":
                out.append(future.result())
            else:
                out += self.finished(self.below.get(future.key, []))
        return out


def _parts(samples: int, threads: int) -> int:
    return max(1, min(samples, threads * PARTS_A_THREAD, max(threads, samples // SAMPLES_A_PART)))


def run(
    client: Any,
    scenario: Scenario,
    *,
    samples: int = 16_384,
    seed: int = 1,
    sampling: str | None = None,
    metrics: str | Sequence[str] | None = None,
    shards: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Run:
    """Runs a scenario on the cluster of a `distributed.Client`. The result is that of `scenario.run(...)`, its hash too.

    shards: Parts (else one to four for each thread of the cluster, by the samples); no figure depends on it
    progress: Called with the parts that are done, and of how many; when it gives False the rest is cancelled and `Cancelled` is
        raised, with what is there; what it raises (Ctrl-C too) cancels the rest as well
    """
    from distributed import as_completed

    if shards is None:
        shards = _parts(samples, sum(client.nthreads().values()))
    fields = {"samples": samples, "seed": seed, "sampling": sampling, "metrics": metrics}
    fields = {key: value for key, value in fields.items() if value is not None}
    # Keys of this call alone: cancelling a key takes it away from whoever else holds it. The scenario goes with every part, for
    # what is scattered is lost with its worker.
    mine = uuid.uuid4().hex
    futures = [
        client.submit(part, scenario, fields, f"{k}/{shards}", key=f"autarky-part-{mine}-{k}", pure=False)
        for k in range(1, shards + 1)
    ]
    keys = {future.key for future in futures}
    tree = _Tree(client, futures, mine)
    done = 0
    try:
        for future in as_completed(list(tree.all.values())):  # type: ignore[no-untyped-call]
            if future.status != "finished":
                future.result()  # raises what the worker raised
            tree.done(future.key)
            if future.key not in keys:
                continue
            done += 1
            if progress is not None and progress(done, shards) is False and done < shards:
                raise Cancelled(done, shards, _partial(tree.finished()))
        return _merged_of([future.result() for future in tree.top])
    except BaseException:
        client.cancel(list(tree.all.values()), force=True)
        raise
