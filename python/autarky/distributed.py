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


def part(scenario: Scenario, fields: dict[str, Any], shard: str) -> bytes:
    """What a worker does: one part of a run, on one thread."""
    with scenario.fields() as own:
        return bytes(_core.run_part({**own, **fields, "shard": shard}, 1))


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


def _partial(files: Sequence[Path]) -> Run | None:
    there = [file for file in files if file.exists()]
    try:
        return merged(there, unfinished=True) if there else None
    except InputError:  # the first part is not among them
        return None


def _parts(samples: int, threads: int) -> int:
    return max(1, min(samples, threads * PARTS_A_THREAD, max(threads, samples // SAMPLES_A_PART)))


def run(
    client: Any,
    scenario: Scenario,
    *,
    samples: int = 20_000,
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
    with tempfile.TemporaryDirectory(prefix="autarky-") as folder:
        files = {future.key: Path(folder, f"part-{k}") for k, future in enumerate(futures, 1)}
        try:
            for done, future in enumerate(as_completed(futures), 1):  # type: ignore[no-untyped-call]
                files[future.key].write_bytes(future.result())
                future.release()  # the cluster need not keep it
                if progress is not None and progress(done, shards) is False and done < shards:
                    raise Cancelled(done, shards, _partial(list(files.values())))
        except BaseException:
            client.cancel(futures, force=True)
            raise
        return merged(list(files.values()))
