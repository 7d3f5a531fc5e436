# autarky: the samples of a run, block by block
# SPDX-License-Identifier: Apache-2.0
"""For those who must show every future. Means and percentiles of a run come from more exact sums: take them from the run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ._build import VERSION
from ._tables import Column, Table

BLOCK = 256


class Samples:
    """Blocks of a run's futures, made when they are asked for; every iteration begins anew and gives the same bits.

    Only one block is in memory at a time, whatever the number of samples, unless the caller keeps more.
    """

    def __init__(self, raw: Any, samples: int, block: int, threads: int, source: str) -> None:
        if block <= 0 or block % BLOCK != 0:
            raise ValueError(f"block={block}: a block is a multiple of {BLOCK} futures")
        self._raw, self._threads = raw, threads
        self.source = f"autarky {VERSION}, {source}"
        self.samples, self.block = samples, block
        self.columns: list[tuple[str, str]] = [(str(name), str(unit)) for name, unit in raw.columns]
        """Name and unit of each column, in the order of the tables."""

    @property
    def bytes_a_block(self) -> int:
        """What a block takes; a loop holds the last one while the next is made, and so twice as much."""
        return 8 * len(self.columns) * min(self.block, self.samples)

    def __len__(self) -> int:
        """Blocks."""
        return -(-self.samples // self.block)

    def __iter__(self) -> Iterator[Table]:
        for first in range(0, self.samples, self.block):
            yield self._table(first)

    def _table(self, first: int) -> Table:
        arrays = self._raw.block(first, self.block, self._threads)
        for array in arrays:
            array.flags.writeable = False
        index = Column("sample", "", "Number of the future", "natural", list(range(first, first + len(arrays[0]))))
        columns = [
            Column(name, unit, "NaN: it does not exist in that future, or the sample failed", "number", array)
            for (name, unit), array in zip(self.columns, arrays, strict=True)
        ]
        return Table([index, *columns], self.source)

    def __repr__(self) -> str:
        return f"<autarky samples: {self.samples} futures of {len(self.columns)} columns in {len(self)} blocks>"
