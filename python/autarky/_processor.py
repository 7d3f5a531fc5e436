# autarky: refuses a processor without the instructions that this copy is compiled for, before any of them is met
# SPDX-License-Identifier: Apache-2.0
"""An unknown instruction would end the interpreter without a word."""

from __future__ import annotations

from pathlib import Path

NEEDED = {
    "x86-64-v3": ("avx2", "fma", "bmi2"),
    "x86-64-v4": ("avx2", "fma", "bmi2", "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"),
}


def missing(isa: str, cpuinfo: str) -> list[str]:
    """Instructions of `isa` that the processor of /proc/cpuinfo lacks; none when it says nothing of them."""
    flags = next((line.partition(":")[2].split() for line in cpuinfo.splitlines() if line.startswith("flags")), None)
    return [] if flags is None else [name for name in NEEDED[isa] if name not in flags]


def check(isa: str) -> None:
    try:
        cpuinfo = Path("/proc/cpuinfo").read_text()
    except OSError:
        return
    if lacking := missing(isa, cpuinfo):
        raise ImportError(
            f"autarky: this processor lacks {', '.join(name.upper() for name in lacking)}, for which this copy was built "
            f"({isa}); build it here, or anywhere with  pip install . -C cmake.define.AUTARKY_ISA=x86-64-v3"
        )
