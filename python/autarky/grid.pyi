# autarky: written by tools/python_stubs.py from the descriptions of the questions
# SPDX-License-Identifier: Apache-2.0
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from ._answers import Answer, Run

_Text = str | os.PathLike[str]
_Number = float | str

__all__ = ['host', 'fix', 'flow', 'fault', 'age', 'nation', 'cap', 'futures', 'claims', 'surface', 'list']

def host(
    street: _Text,
    *,
    devices: int | None = None,
    homes: _Number | None = None,
    limit: _Number | None = None,
    hot_spot: _Number | None = None,
    ageing: _Number | None = None,
    timers: _Number | None = None,
    region: Literal['us', 'europe'] | None = None,
    a_load: int | None = None,
    frequency: _Number | None = None,
    seed: int | None = None,
    device: Literal['car', 'robot', 'both'] | None = None,
    managed: _Number | None = None,
    placements: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """How many devices a street or a feeder carries before the first limit breaks.

    street: A street of the catalogue, or a feeder: of the catalogue or power-grid-model JSON
    devices: Judge this number of devices
    homes: Street: homes behind the unit (home; else its usual)
    limit: Highest load over rating (else the street's; feeder: 1)
    hot_spot: Street: highest hot spot of the transformer (degC; else 120)
    ageing: Street: years of life that a year may take (else 1)
    timers: Share of cars on a timer at 23 h (else 0)
    region: Feeder: whose habits and prices (one of us, europe; else europe)
    a_load: Feeder: cars at one load at most (else 2)
    frequency: Feeder: of its currents (Hz; else 50)
    seed: Seed of all luck (else 1)
    device: Street: what is added; both: cars with a robot each (one of car, robot, both; else car)
    managed: Share of cars whose charging is managed (else 0)
    placements: Placements drawn (else 100)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def fix(
    street: _Text,
    *,
    devices: int | None = None,
    homes: _Number | None = None,
    limit: _Number | None = None,
    hot_spot: _Number | None = None,
    ageing: _Number | None = None,
    timers: _Number | None = None,
    region: Literal['us', 'europe'] | None = None,
    a_load: int | None = None,
    frequency: _Number | None = None,
    seed: int | None = None,
    managed: _Number | None = None,
    price_factor: _Number | None = None,
    placements: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The cheapest measures that make a street or a feeder carry a number of cars.

    street: A street of the catalogue, or a feeder: of the catalogue or power-grid-model JSON
    devices: Judge this number of devices
    homes: Street: homes behind the unit (home; else its usual)
    limit: Highest load over rating (else the street's; feeder: 1)
    hot_spot: Street: highest hot spot of the transformer (degC; else 120)
    ageing: Street: years of life that a year may take (else 1)
    timers: Share of cars on a timer at 23 h (else 0)
    region: Feeder: whose habits and prices (one of us, europe; else europe)
    a_load: Feeder: cars at one load at most (else 2)
    frequency: Feeder: of its currents (Hz; else 50)
    seed: Seed of all luck (else 1)
    managed: Street: share of cars that are managed already (0); feeder: what managing reaches (1)
    price_factor: Price of works over the catalogue's (else 1)
    placements: Feeder: placements that must all carry the cars (else 10)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def flow(
    feeder: _Text,
    *,
    batch: _Text | None = None,
    method: Literal['newton_raphson', 'iterative_current', 'linear', 'linear_current'] | None = None,
    taps: Literal['off', 'any', 'low', 'high', 'fast'] | None = None,
    initial: Literal['automatic', 'flat', 'linear', 'average_source'] | None = None,
    symmetric: bool | None = None,
    asymmetric: bool | None = None,
    summary: bool | None = None,
    tolerance: _Number | None = None,
    max_iterations: int | None = None,
    frequency: _Number | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Voltages, currents and losses of a feeder, once or over a batch.

    feeder: power-grid-model JSON, or a feeder of the catalogue
    batch: power-grid-model update data, one scenario a row
    method: How it is solved (one of newton_raphson, iterative_current, linear, linear_current; else newton_raphson)
    taps: Tap of a regulated transformer within its band; off: as in the file (one of off, any, low, high, fast; else any)
    initial: Voltages that the solver begins with (one of automatic, flat, linear, average_source; else automatic)
    symmetric: One phase stands for three (default without loads by phase)
    asymmetric: Every phase for itself
    summary: Only losses and extremes, no elements
    tolerance: Of voltages (else 1e-08)
    max_iterations: Iterations before a flow has failed (else 20)
    frequency: Of the currents (Hz; else 50)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def fault(
    feeder: _Text,
    *,
    batch: _Text | None = None,
    currents: Literal['largest', 'smallest'] | None = None,
    frequency: _Number | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The short circuits of a feeder by IEC 60909.

    feeder: power-grid-model JSON with faults, or a feeder of the catalogue
    batch: power-grid-model update data, one scenario a row
    currents: Voltage factor of IEC 60909 (one of largest, smallest; else largest)
    frequency: Of the currents (Hz; else 50)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def age(
    target: _Text | Sequence[_Text] | None = None,
    *,
    load: _Text | None = None,
    spec: _Text | None = None,
    model: Literal['iec60076-7', 'c57.91', 'c57.91-ode'] | None = None,
    paper: Literal['kraft', 'upgraded'] | None = None,
    start: _Text | None = None,
    gaps: Literal['refuse', 'hold'] | None = None,
    between: Literal['hold', 'line'] | None = None,
    stamps: Literal['end', 'begin'] | None = None,
    daylight_saving: bool | None = None,
    column: _Text | None = None,
    power_factor: _Number | None = None,
    ambient: _Number | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """A load series through a transformer: temperatures, ageing, loss of life.

    target: The load series, and the street of the catalogue whose transformer carries it
    load: The load series: CSV with minute or timestamp, load (A, kVA, kW, pu), ambient_c
    spec: Data sheet of the transformer (TOML) by the standard's names
    model: Which standard (one of iec60076-7, c57.91, c57.91-ode; else iec60076-7)
    paper: Insulation (one of kraft, upgraded; else kraft in IEC, upgraded in IEEE)
    start: State at the first row: cold (at ambient), steady, or this top oil (else cold)
    gaps: A step longer than the others; hold: the row after it holds over all of it (one of refuse, hold; else refuse)
    between: Load between rows: held, or on a line (one of hold, line; else hold)
    stamps: What a time is of its row's step (one of end, begin; else end)
    daylight_saving: Times without an offset follow summer time
    column: The load's column, where several could be it
    power_factor: Of a load in kW
    ambient: Ambient of a series without ambient_c (degC)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def nation(
    *,
    region: Literal['us', 'europe'] | None = None,
    penetration: _Number | Sequence[_Number] | None = None,
    managed: _Number | None = None,
    timers: _Number | None = None,
    clustering: _Number | None = None,
    robots: _Number | None = None,
    units: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Overload, ageing and cost of a country's street transformers by penetration.

    region: Region (one of us, europe; else us)
    penetration: Share of car places with the device (else 0, 0.1, 0.3, 0.5, 1)
    managed: Share of cars whose charging is managed (else 0)
    timers: Share of cars on a timer at 23 h (else 0)
    clustering: Correlation of devices within a street (else 0.1)
    robots: Robots a home at full penetration (else 0)
    units: Sampled transformers (else 10000)
    seed: Seed of all luck (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def cap(
    *,
    region: Literal['us', 'europe'] | None = None,
    futures: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """When the grid or chips bind for all makers' cars of a region, managed and unmanaged.

    region: Region (one of us, europe; else us)
    futures: Futures drawn (else 2000)
    seed: Seed of all luck (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def futures(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    futures: int | None = None,
    seed: int | None = None,
    managed: _Number | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """When a scenario's grid binds before chips do, managed and unmanaged.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    futures: Futures drawn (else 2000)
    seed: Seed of all luck (else 1)
    managed: Share of managed charging in the managed case (else 0.8)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def claims(
    *,
    seed: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The essay's statements about the grid, recomputed.

    seed: Seed of all luck (else 1)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def surface(
    *,
    region: Literal['us', 'europe'] | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The table of a region's overloads that the quarterly model reads, made anew.

    region: Region (one of us, europe; else us)
    seed: Seed of all luck (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def list(
    *,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Streets and feeders of the catalogue.

    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """
