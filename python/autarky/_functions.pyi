# autarky: written by tools/python_stubs.py from the descriptions of the questions
# SPDX-License-Identifier: Apache-2.0
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from ._answers import Answer, Run

_Text = str | os.PathLike[str]
_Number = float | str

__all__ = ['run', 'map', 'break_even', 'flip', 'worth', 'sense', 'discover', 'update', 'compare', 'wafers', 'stress', 'anchor', 'plan', 'paths', 'explain', 'metrics', 'audit', 'validate', 'check', 'sources', 'die', 'package', 'reticle', 'ttm', 'chip', 'design', 'workload', 'host', 'fix', 'flow', 'fault', 'age', 'nation', 'cap', 'futures', 'claims', 'surface', 'export', 'mcdonald_siegel', 'perpetual_put', 'black_scholes', 'margrabe', 'crr', 'newsvendor', 'manne', 'payoff', 'code', 'new', 'shard']

def run(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    metrics: _Text | Sequence[_Text] | None = None,
    samples: int | None = None,
    seed: int | None = None,
    sampling: Literal['random', 'sobol'] | None = None,
    quick: bool | None = None,
    effects: Literal['measured', 'slopes', 'none'] | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Run:
    """Simulates making against buying and gives the verdict.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    metrics: Metrics of the JSON, such as 'grid.*'; others than the usual ones are accumulated too
    samples: Number of samples (else 16384)
    seed: Seed of the draws: same seed, same figures (else 1)
    sampling: Draws each by itself, or points that fill the space of the inputs evenly (Sobol, scrambled): smaller errors (one of random, sobol; else sobol)
    quick: Only the verdict and the metrics asked for; effects of drivers as slopes
    effects: Effects of drivers: of the strongest measured on futures of their own, or slopes at the medians, or no drivers at all (one of measured, slopes, none; else measured; quick: slopes)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def map(
    x: _Text | None = None,
    y: _Text | None = None,
    *,
    scenario: _Text | None = None,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    samples: int | None = None,
    seed: int | None = None,
    columns: int | None = None,
    rows: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Where making pays: its probability over any two inputs.

    x: Horizontal axis: an input, INPUT=LOW..HIGH to set it, INPUT*LOW..HIGH to multiply it (else yearly volume of the first programme, 1/8 to 8 times)
    y: Vertical axis, in the same way (else utilisation of the first own chip over the merchant's)
    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    samples: Futures at each point, the same ones everywhere (else 1000)
    seed: Seed of the draws (else 1)
    columns: Points along x (else 13)
    rows: Points along y (else 11)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def break_even(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    samples: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The multiple of all demand at which making starts to pay.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    samples: Futures whose roots are sought (else 2000)
    seed: Seed of the draws (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def flip(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    input: _Text | Sequence[_Text] | None = None,
    most: int | None = None,
    samples: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """What would turn the verdict: the value of each strong input at which it does.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    input: An uncertain input to look at (else the strongest)
    most: How many of the strongest inputs (else 8)
    samples: Futures at each value, the same ones everywhere (else 1000)
    seed: Seed of the draws (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def worth(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    most: int | None = None,
    samples: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """What it is worth to know an input before deciding, and what a wrong choice costs.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    most: How many of the strongest inputs (else 12)
    samples: Futures (else 16384)
    seed: Seed of the draws (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def sense(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    metric: _Text | None = None,
    at: _Text | None = None,
    most: int | None = None,
    samples: int | None = None,
    screening: int | None = None,
    seed: int | None = None,
    screen: bool | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """What drives a result: each driver alone and together.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    metric: Result to look at (else npv)
    at: Quarter of a quarterly result (else the last)
    most: How many of the strongest drivers; the others count as one (else 12)
    samples: Pairs of futures behind the shares (else 2000)
    screening: Pairs of futures behind the screening of every driver (else 64)
    seed: Seed of the draws (else 1)
    screen: Screen only, the cheap look
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def discover(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    pays: bool | None = None,
    boxes: int | None = None,
    most: int | None = None,
    samples: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Where making fails: boxes of inputs, in words.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    pays: Look for where making pays, not for where it fails
    boxes: How many boxes at most (else 3)
    most: How many of the strongest inputs may restrict a box (else 24)
    samples: Futures that look for boxes; as many fresh ones judge them (else 4000)
    seed: Seed of the draws (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def update(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    since: _Text | None = None,
    until: _Text | None = None,
    with_: _Text | Sequence[_Text] | None = None,
    metric: _Text | Sequence[_Text] | None = None,
    claims: bool | None = None,
    press_bias: _Number | None = None,
    rumour_bias: _Number | None = None,
    samples: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The verdict after dated reports, and which reading is worth waiting for.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    since: Reports that became known earlier are left to the scenario (else the decision)
    until: Reports that became known later are left out (else none are)
    with_: A file with further [[observation]] and their [source.name]
    metric: A metric whose bands by quarter are told before and after the reports
    claims: Also the share of the futures in which each claim is true, before and after
    press_bias: Reported less true yield where the press reports it: a number, a range or a distribution of points (%; else the catalogue's)
    rumour_bias: The same of leaks and forums (%; else the catalogue's)
    samples: Futures (else 16384)
    seed: Seed of the draws (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def compare(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    against: _Text | None = None,
    against_variant: _Text | Sequence[_Text] | None = None,
    against_set: _Text | Sequence[_Text] | None = None,
    metrics: _Text | Sequence[_Text] | None = None,
    at: _Text | None = None,
    samples: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Two scenarios on the same draws: what differs, and by how much.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    against: The other scenario (else the same)
    against_variant: Its variant; without one it is taken as it stands
    against_set: Another value for one of its keys
    metrics: Results to compare, such as 'grid.*' (else the main ones)
    at: Quarter of quarterly results (else the last of both)
    samples: Futures, the same draws on both sides (else 2000)
    seed: Seed of the draws (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def wafers(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    fails: _Text | None = None,
    from_: _Text | None = None,
    lasts: _Number | None = None,
    samples: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Where the wafers go, from site to device, and what a failing place takes.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    fails: A site, or a country: what stops there, own and merchants' alike
    from_: Quarter in which it stops (else the middle of the horizon)
    lasts: How long it stops (year; else 1)
    samples: Futures (else 2000)
    seed: Seed of the draws (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def stress(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    event: _Text | Sequence[_Text] | None = None,
    site: _Text | None = None,
    at: _Text | None = None,
    for_: _Number | None = None,
    severity: _Number | None = None,
    samples: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """What an event takes from making and from buying, and what holds against it.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    event: An event of the scenario or of catalogue/stress/events.toml, such as strait_war; NAME@QUARTER has a day of its own
    site: A site or a back end: where the events strike, or, without an event, what stops; needed by those of one site, such as excursion
    at: Quarter in which they begin (else the middle of the horizon)
    for_: How long they last; added capacity stays (year; else as each event has it; a site stops for a year)
    severity: Multiplies all that they do: 1 as they stand, 0 nothing (else 1)
    samples: Futures, the same draws with and without the event (else 1000)
    seed: Seed of the draws (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def anchor(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    site: _Text | None = None,
    samples: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """What the buyer's wafers do to the yield of its sites, beside reported yields.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    site: One of the sites that make own chips (else all of them)
    samples: Futures, the same draws with and without the buyer's wafers (else 1000)
    seed: Seed of the draws (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def plan(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    futures: int | None = None,
    seed: int | None = None,
    until: _Text | None = None,
    risk_weight: _Number | None = None,
    cvar_level: _Number | None = None,
    least: _Number | None = None,
    most: _Number | None = None,
    without: _Text | Sequence[_Text] | None = None,
    most_bought: _Number | None = None,
    time_limit: _Number | None = None,
    gap: _Number | None = None,
    as_: Literal['plan', 'mps'] | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """What to contract before the future is known, and what a wafer more is worth.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    futures: Futures to plan for; as many fresh ones judge the plan (else 100)
    seed: Seed of the draws (else 1)
    until: Last quarter that the plan sees (else the last)
    risk_weight: Weight of the CVaR beside the mean cost (else 1)
    cvar_level: The CVaR is the mean of the worst 1 - level of the futures (else 0.9)
    least: Smallest contract that can be signed, over the reported one (else 0.1)
    most: Largest one (else 2)
    without: A site at which nothing is started
    most_bought: Most, in any future, of the chips needed in whose place something else may go (else any share)
    time_limit: Of each plan that is sought; then the best one found counts (s; else 60)
    gap: Gap between plan and bound at which the search ends (else 0.0001)
    as_: 'plan', or 'mps': the model, for other solvers (one of plan, mps; else plan)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def paths(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    path: _Text | Sequence[_Text] | None = None,
    wait: _Number | None = None,
    scale: _Number | None = None,
    partner_rate: _Number | None = None,
    samples: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Ways to more wafers: taken now, later, by halves, or given up.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    path: A path of the scenario (else every one)
    wait: Years until it is looked at again, to take it, complete it or give it up (year; else 2)
    scale: Exponent of a fab's cost over its size, for Manne's lumps; 0.8 is assumed (else 0.8)
    partner_rate: What the partner discounts at, a year; 0.07 to 0.12 is said of foundries (else 0.09)
    samples: Futures, the same draws with and without a path (else 400)
    seed: Seed of the draws (else 1)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def explain(
    metric: _Text,
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    at: _Text | None = None,
    depth: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Where a number comes from: formulas, inputs, sources.

    metric: The metric, or the name of a claim
    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    at: Quarter such as 2028Q2 (else the last one)
    depth: Levels to open (else as many as fit a screen)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def metrics(
    glob: _Text | None = None,
    *,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Every result with its unit and meaning.

    glob: Only those whose name matches (else *)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def audit(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    samples: int | None = None,
    seed: int | None = None,
    section: _Text | None = None,
    word: _Text | None = None,
    fail_on: Literal['none', 'fails'] | None = None,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Claims of the scenario, held against what the model recomputes.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    samples: Futures to judge on (else 5000)
    seed: Seed of the draws (else 1)
    section: Only claims of this section of their source (else all sections)
    word: Only claims judged so (holds, leans, open, unlikely, fails), else those with this text in their name, statement or metric (else all claims)
    fail_on: The gate fails when a claim does (one of none, fails; else none)
    threads: Threads that work at once, 0 for one each processor; no figure depends on it
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def validate(
    *,
    peer: _Text | Sequence[_Text] | None = None,
    all: bool | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Published cases, reproduced by the model's formulas.

    peer: Only these: actuary, catch, ttm, google, cset, llmcompass, yield, us-streets, nio, ...
    all: Every case, also those that are reproduced without a remark
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def check(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    all: bool | None = None,
    strict: bool | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Reads a scenario and lists every finding.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    all: Also every bundled scenario and every row of the catalogue
    strict: The gate fails when there are only warnings
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def sources(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    grade: Literal['filing', 'paper', 'dataset', 'press', 'rumour', 'assumption'] | None = None,
    summary: bool | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Lists every input with value, source and grade.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    grade: Only inputs of this grade (one of filing, paper, dataset, press, rumour, assumption)
    summary: Only the counts by grade, without the inputs
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def die(
    size: _Text | Sequence[_Text] | None = None,
    *,
    width: _Number | None = None,
    height: _Number | None = None,
    area: _Number | None = None,
    aspect: _Number | None = None,
    wafer: _Number | None = None,
    edge: _Number | None = None,
    scribe: _Number | None = None,
    notch: _Number | None = None,
    field: _Text | None = None,
    process: _Text | None = None,
    date: _Text | None = None,
    d0: _Number | None = None,
    reported_yield: _Number | None = None,
    reported_area: _Number | None = None,
    alpha: _Number | None = None,
    layers: _Number | None = None,
    critical_share: _Number | None = None,
    line_yield: _Number | None = None,
    systematic_yield: _Number | None = None,
    parametric_yield: _Number | None = None,
    units: int | None = None,
    unit_area: _Number | None = None,
    uncore: _Number | None = None,
    uncore_share: _Number | None = None,
    spares: int | None = None,
    bins: _Text | None = None,
    wafer_price: _Number | None = None,
    premium: _Number | None = None,
    sort_test: _Number | None = None,
    sort_coverage: _Number | None = None,
    tester_rate: _Number | None = None,
    sort_time: _Number | None = None,
    final_time: _Number | None = None,
    dies_per_part: _Number | None = None,
    package: _Number | None = None,
    memory_in_package: _Number | None = None,
    memory_on_board: _Number | None = None,
    assembly_yield: _Number | None = None,
    final_test: _Number | None = None,
    final_coverage: _Number | None = None,
    nre: _Number | None = None,
    mask_set: _Number | None = None,
    respins: _Number | None = None,
    mask_life: _Number | None = None,
    volume: _Number | None = None,
    compare: _Text | Sequence[_Text] | None = None,
    solve: Literal['d0', 'price', 'volume'] | None = None,
    target: _Number | None = None,
    seed: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Dies per wafer, fields, yield, bins and cost of a die.

    size: Width x height in mm, such as 26x16.5; several are compared. With ":144/12" behind it: 144 units, 12 of them spare
    width: Die width (mm)
    height: Die height (mm)
    area: Die area instead of its sides (mm^2)
    aspect: Width over height with the area (else 1)
    wafer: Wafer diameter (mm; else 300)
    edge: Unusable rim (mm; else 3)
    scribe: Street between dies (mm; else 0.1)
    notch: Keep-out at the notch, from the wafer's bottom (mm; else 0)
    field: Lithography field in mm, or high-na (else 26x33)
    process: Take wafer, yield and price from this process of the catalogue
    date: Date on the learning curve of the process (else 2027Q1, or when it starts to learn)
    d0: Defect density, or a range such as "0.08 to 0.3" (5 % to 95 %) (1/cm^2)
    reported_yield: Yield that somebody reported, or a range of it, instead of a defect density
    reported_area: Area of the die of which it was reported (mm^2)
    alpha: Clustering of the negative binomial (else 3)
    layers: Critical layers of Bose-Einstein, over which the density is spread (else 10)
    critical_share: Share of the area in which a defect kills (else 1)
    line_yield: Wafers that reach the end of the line (else 1)
    systematic_yield: Dies not lost to layout (else 1)
    parametric_yield: Working dies that meet speed and power (else 1)
    units: Identical units on the die
    unit_area: Area of one unit (mm^2)
    uncore: Area that must be clean (mm^2)
    uncore_share: The same as a share of the die
    spares: Units that may be bad
    bins: Products by most bad units and price, such as 0:900,12:700
    wafer_price: Price of a processed wafer (USD)
    premium: Premium of the site on the wafer price (else 0)
    sort_test: Wafer sort, a die (USD)
    sort_coverage: Fault coverage of the sort (else 1)
    tester_rate: Tester and prober or handler, for the two times below (USD/h)
    sort_time: Time of the sort, a die, beside its price (s)
    final_time: Time of the final test, a part, beside its price (s)
    dies_per_part: Dies in one package (else 1)
    package: Package and assembly, a part (USD)
    memory_in_package: Memory that is scrapped with the part (USD)
    memory_on_board: Memory beside the part (USD)
    assembly_yield: Parts that survive assembly (else 1)
    final_test: Final test, a part (USD)
    final_coverage: Share of bad parts that final test finds (else 1)
    nre: One-time cost without masks (USD)
    mask_set: One full mask set (USD)
    respins: Further mask sets (else 0)
    mask_life: Wafers after which the masks are replaced (wafer)
    volume: Parts over which one-time cost is spread
    compare: Further sizes, with commas between them
    solve: Find its value at which the cost is the target (one of d0, price, volume)
    target: Cost of what ships: the die, the part, or the part with one-time cost (USD)
    seed: Seed of drawn defects and of the draws of a process (else 1)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def package(
    die: _Text | Sequence[_Text],
    *,
    kind: Literal['organic', 'fan-out', 'interposer', 'bridge'] | None = None,
    process: _Text | None = None,
    date: _Text | None = None,
    d0: _Number | None = None,
    alpha: _Number | None = None,
    wafer_price: _Number | None = None,
    mask_set: _Number | None = None,
    sort_test: _Number | None = None,
    sort_coverage: _Number | None = None,
    substrate_price: _Number | None = None,
    attach_yield: _Number | None = None,
    bond_yield: _Number | None = None,
    carrier: _Text | None = None,
    panel: _Text | None = None,
    panel_edge: _Number | None = None,
    carrier_price: _Number | None = None,
    seam_yield: _Number | None = None,
    bridges: int | None = None,
    bridge_cost: _Number | None = None,
    dies_first: bool | None = None,
    link_share: _Number | None = None,
    nre: _Number | None = None,
    package_nre: _Number | None = None,
    volume: _Number | None = None,
    reuse_volume: _Number | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Cost of several dies on one package, beside one die.

    die: Width x height in mm, with *COUNT and @PROCESS behind it
    kind: Kind of package (one of organic, fan-out, interposer, bridge; else organic)
    process: Take wafer, yield, price and masks of dies without @PROCESS from the catalogue
    date: Date on the learning curves of the processes (else 2027Q1, or when it starts to learn)
    d0: Defect density of the dies (1/cm^2)
    alpha: Clustering of the negative binomial (else 3)
    wafer_price: Price of a processed wafer of the dies (USD)
    mask_set: One mask set, for each kind of die (USD)
    sort_test: Wafer sort, a die (USD; else 0)
    sort_coverage: Fault coverage of the sort; bad dies that pass cost a whole package (else 1)
    substrate_price: Organic substrate (USD/mm^2; else 0.005)
    attach_yield: Of attaching one item to the substrate (else 0.99)
    bond_yield: Of bonding one die (else interposer 0.95, fan-out and bridge 0.98)
    carrier: Sides of the interposer or fan-out carrier (else a square of 1.1 (interposer) or 1.2 times the dies' area)
    panel: Panel on which carriers are made, such as 510x515 or 600x600, instead of a 300 mm wafer
    panel_edge: Its unusable rim (mm; else 10)
    carrier_price: Price of a processed wafer or panel of carriers (USD; else a wafer: interposer 1937, fan-out 1200)
    seam_yield: Of one seam between two exposures of an interposer beyond one field (else 1)
    bridges: Silicon bridges of a package with bridges
    bridge_cost: One good bridge (USD; else 10)
    dies_first: The carrier is built on placed dies
    link_share: Of the dies' area, what only links them: one die would not need it (else 0)
    nre: One-time cost of the design of each kind of die, without masks (USD; else 0)
    package_nre: One-time cost of the package (USD; else 0)
    volume: Packages over which one-time cost is spread
    reuse_volume: Parts of another product that takes one of each die; it carries its share (else 0)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def reticle(
    design: _Text | Sequence[_Text],
    *,
    field: _Text | None = None,
    process: _Text | None = None,
    date: _Text | None = None,
    wafer: _Number | None = None,
    edge: _Number | None = None,
    scribe: _Number | None = None,
    d0: _Number | None = None,
    alpha: _Number | None = None,
    wafer_price: _Number | None = None,
    mask_set: _Number | None = None,
    wafers: _Number | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Several designs in one reticle: dies of each a wafer, and what each pays.

    design: Width x height in mm, with *COUNT dies a field behind it, such as 8x6*2
    field: Lithography field in mm, or high-na (else 26x33)
    process: Take wafer, yield, price and masks from this process of the catalogue
    date: Date on the learning curve of the process (else 2027Q1, or when it starts to learn)
    wafer: Wafer diameter (mm; else 300)
    edge: Unusable rim (mm; else 3)
    scribe: Street between dies (mm; else 0.1)
    d0: Defect density (1/cm^2)
    alpha: Clustering of the negative binomial (else 3)
    wafer_price: Price of a processed wafer (USD)
    mask_set: The one mask set of all designs (USD)
    wafers: Wafers over which the mask set is spread (wafer)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def ttm(
    *,
    node: int,
    chips: _Number,
    transistors: _Number,
    unique: _Number,
    engineers: _Number,
    parallel: _Number,
    queue: _Number | None = None,
    capacity: _Number | None = None,
    rate: _Number | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Weeks and cost from design to packaged chips, and agility.

    node: Process: 250, 180, 130, 90, 65, 40, 28, 20, 14, 10, 7, 5
    chips: Packaged chips wanted
    transistors: Transistors of a chip
    unique: Of these, that are designed and not repeated
    engineers: Engineers of the tape-out
    parallel: Share of the tape-out that they can do at once
    queue: Weeks that the wafers ahead take at full rate (else 0)
    capacity: Share of the full rate that is there (else 1)
    rate: Wafers an hour of the foundry at full rate (else TSMC's in the first quarter of 2023)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def chip(
    chip: _Text | None = None,
    *,
    workload: _Text | Sequence[_Text] | None = None,
    customer: _Text | Sequence[_Text] | None = None,
    precision: Literal['int4', 'int8', 'fp8', 'bf16', 'fp16', 'fp32', 'mxfp8', 'mxfp6', 'mxfp4', 'mxint8', 'nvfp4', 'q8_0', 'q6_k', 'q5_k', 'q5_1', 'q5_0', 'q4_k', 'q4_1', 'q4_0', 'iq4_nl', 'iq4_xs', 'q3_k', 'q2_k'] | None = None,
    activations: Literal['int4', 'int8', 'fp8', 'bf16', 'fp16', 'fp32'] | None = None,
    per_layer: bool | None = None,
    process: _Text | None = None,
    date: _Text | None = None,
    array: _Text | None = None,
    dataflow: Literal['os', 'ws', 'is'] | None = None,
    layers: _Text | None = None,
    as_: Literal['exact', 'scalesim'] | None = None,
    dimension: _Text | Sequence[_Text] | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Which transistors does a workload use? Time, energy, area, unused silicon.

    chip: Chip of the catalogue, or a TOML file with one (else what there is is listed)
    workload: Workload of the catalogue, ready network, layer table or ONNX model; several share the chip in turns
    customer: Workloads of one buyer of the chip; several buyers: what none uses, and the generality tax of each
    precision: Number format of weights instead of the workload's, and of activations but for blocks: int4 to fp32, mxfp8, mxfp6, mxfp4, mxint8, nvfp4, or ggml's, q8_0 to q2_k and iq4_nl, iq4_xs (one of int4, int8, fp8, bf16, fp16, fp32, mxfp8, mxfp6, mxfp4, mxint8, nvfp4, q8_0, q6_k, q5_k, q5_1, q5_0, q4_k, q4_1, q4_0, iq4_nl, iq4_xs, q3_k, q2_k)
    activations: Number format of activations and multiply-adds (one of int4, int8, fp8, bf16, fp16, fp32; else that of the weights; 8 bits for blocks)
    per_layer: Also a table of all layers
    process: Process whose wafers price the die (else that of its generation)
    date: Date of price, defect density and export rules (else 2027Q1, or when the process starts to learn; the last change of the rules)
    array: One bare array of so many rows and columns, or a configuration of SCALE-Sim (.cfg) with its dataflow and buffers
    dataflow: What stays in the array: outputs, weights, inputs (one of os, ws, is)
    layers: Layer table, topology of SCALE-Sim, ONNX model or ready network
    as_: Count as SCALE-Sim prints it, its known defects included (one of exact, scalesim; else exact)
    dimension: Size of a dimension that an ONNX model leaves open, by its name or as INPUT[INDEX]
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def design(
    workload: _Text | Sequence[_Text],
    *,
    node: int | Sequence[int] | None = None,
    process: _Text | Sequence[_Text] | None = None,
    date: _Text | None = None,
    precision: Literal['int4', 'int8', 'fp8', 'bf16', 'fp16', 'fp32', 'mxfp8', 'mxfp6', 'mxfp4', 'mxint8', 'nvfp4', 'q8_0', 'q6_k', 'q5_k', 'q5_1', 'q5_0', 'q4_k', 'q4_1', 'q4_0', 'iq4_nl', 'iq4_xs', 'q3_k', 'q2_k'] | None = None,
    activations: Literal['int4', 'int8', 'fp8', 'bf16', 'fp16', 'fp32'] | None = None,
    deadline: _Number | None = None,
    rate: _Number | None = None,
    dimension: _Text | Sequence[_Text] | None = None,
    rows: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Which chip fits these workloads? A million designs and their Pareto front.

    workload: Workloads of the catalogue, ready networks, layer tables, ONNX models
    node: Process generations to try (nm; else 7, 5, 3, 2)
    process: Process of the catalogue that prices each generation
    date: Date of prices, defect densities and export rules (else 2027Q1, or when the process starts to learn; the last change of the rules)
    precision: Number format of weights instead of the workloads', and of activations but for blocks: int4 to fp32, mxfp8, mxfp6, mxfp4, mxint8, nvfp4, or ggml's, q8_0 to q2_k and iq4_nl, iq4_xs (one of int4, int8, fp8, bf16, fp16, fp32, mxfp8, mxfp6, mxfp4, mxint8, nvfp4, q8_0, q6_k, q5_k, q5_1, q5_0, q4_k, q4_1, q4_0, iq4_nl, iq4_xs, q3_k, q2_k)
    activations: Number format of activations and multiply-adds (one of int4, int8, fp8, bf16, fp16, fp32; else that of the weights; 8 bits for blocks)
    deadline: Deadline instead of the workloads' (ms)
    rate: Inferences a second instead of the workloads' (Hz)
    dimension: Size of a dimension that an ONNX model leaves open, by its name or as INPUT[INDEX]
    rows: Rows of the table (else 25)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def workload(
    name: _Text | None = None,
    *,
    dimension: _Text | Sequence[_Text] | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Work, parameters and layers of a network.

    name: Ready network, workload of the catalogue, ONNX model or layer table (else what there is is listed)
    dimension: Size of a dimension that an ONNX model leaves open, by its name or as INPUT[INDEX]
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

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

def export(
    chip: _Text | None = None,
    *,
    tops: _Text | Sequence[_Text] | None = None,
    area: _Number | None = None,
    planar: bool | None = None,
    bandwidth: _Number | None = None,
    interconnect: _Number | None = None,
    stack: _Number | None = None,
    units: _Number | None = None,
    vendor: _Text | None = None,
    data_centre: Literal['yes', 'no'] | None = None,
    date: _Text | None = None,
    destination: _Text | None = None,
    headquarters: _Text | None = None,
    history: bool | None = None,
    frontier: bool | None = None,
    node: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Which export rule catches a chip, by how much, and what would have to change.

    chip: A published chip of the catalogue; a product with several readings is judged in each (else the table of all of them)
    tops: Dense peak of a chip of your own in a precision, such as int8=1979; once for each
    area: Area of its logic dies on non-planar nodes (mm^2; else the published one, or unknown)
    planar: Its logic dies are on planar nodes only: it has no performance density
    bandwidth: Its DRAM bandwidth (GB/s; else the published one, or unknown)
    interconnect: Its chip-to-chip bandwidth, both directions (GB/s; else the published one, or unknown)
    stack: A memory stack by itself: its bandwidth over its area (GB/s/mm^2)
    units: Such chips that count as one item, as dies of a package do (else 1)
    vendor: Who sells it; letters are addressed to one vendor (else the published one, or nobody of them)
    data_centre: Designed or marketed for data centres (one of yes, no; else the published flag, or both)
    date: Day of the export; of a quarter all of its regimes are told (else the last change of the rules)
    destination: Country of delivery, by its ISO code or its name (else CN)
    headquarters: Country of the buyer's parent (else the destination)
    history: The chip on every day on which a rule changes
    frontier: The largest designs that no paragraph catches, with the cost of their silicon
    node: Generation that prices them (nm; else 5)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def mcdonald_siegel(
    *,
    r: _Number,
    delta: _Number,
    sigma: _Number,
    investment: _Number,
    value: _Number,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The option to invest: hurdle, trigger, worth.

    r: Riskless rate, such as 0.04 (1/year)
    delta: Payout that waiting forgoes; at 0 nobody would ever invest (1/year)
    sigma: Volatility of the value, of a year
    investment: What investing costs (currency)
    value: What the project is worth today (currency)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def perpetual_put(
    *,
    S: _Number,
    K: _Number,
    r: _Number,
    delta: _Number | None = None,
    sigma: _Number,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The right to sell, or to give up, without an end.

    S: Price of the asset today (currency)
    K: Price at which it may be sold (currency)
    r: Riskless rate; at 0 nobody would ever sell (1/year)
    delta: Payout of the asset (1/year; else 0)
    sigma: Volatility of a year
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def black_scholes(
    *,
    S: _Number,
    K: _Number,
    r: _Number,
    q: _Number | None = None,
    sigma: _Number,
    T: _Number,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The right to buy or sell at an end, in closed form.

    S: Price of the asset today (currency)
    K: Price at which it may be bought or sold (currency)
    r: Riskless rate, continuous, such as 0.05 (1/year)
    q: Payout of the asset, continuous (1/year; else 0)
    sigma: Volatility of a year, such as 0.2
    T: Time to the end (year)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def margrabe(
    *,
    S1: _Number,
    S2: _Number,
    q1: _Number | None = None,
    q2: _Number | None = None,
    sigma1: _Number,
    sigma2: _Number,
    rho: _Number | None = None,
    T: _Number,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The right to give one asset for another.

    S1: Price today of the asset that is got (currency)
    S2: Price today of the asset that is given (currency)
    q1: Payout of the first (1/year; else 0)
    q2: Payout of the second (1/year; else 0)
    sigma1: Volatility of the first, of a year
    sigma2: Volatility of the second, of a year
    rho: Correlation of their returns (else 0)
    T: Time to the end (year)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def crr(
    *,
    S: _Number,
    K: _Number,
    r: _Number,
    q: _Number | None = None,
    sigma: _Number,
    T: _Number,
    n: int | None = None,
    right: Literal['call', 'put'] | None = None,
    american: bool | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """The same on a binomial lattice, also before the end.

    S: Price of the asset today (currency)
    K: Price at which it may be bought or sold (currency)
    r: Riskless rate, continuous, such as 0.05 (1/year)
    q: Payout of the asset, continuous (1/year; else 0)
    sigma: Volatility of a year, such as 0.2
    T: Time to the end (year)
    n: Steps of the lattice (else 200)
    right: The right to buy or to sell (one of call, put; else call)
    american: It may be used at every step, not at the end only
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def newsvendor(
    *,
    mean: _Number,
    sd: _Number,
    price: _Number,
    cost: _Number,
    salvage: _Number | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """How much to order before the demand is known.

    mean: Mean of the demand, in pieces
    sd: Standard deviation of the demand, which is normal
    price: What a piece sells for (currency)
    cost: What a piece costs (currency)
    salvage: What a piece left over brings; negative: costs (currency; else 0)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def manne(
    *,
    a: _Number,
    r: _Number,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """How large a step of capacity should be.

    a: Exponent of a step's cost over its size, below 1: larger steps cost less a unit
    r: Rate of interest, continuous (1/year)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def payoff(
    *,
    row: _Text | Sequence[_Text],
    p: _Text | None = None,
    alpha: _Number | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """Which action of a table of payoffs to take.

    row: Payoffs of one action in every state, with commas: 120,60,-40
    p: Probabilities of the states, with commas (else not known)
    alpha: Hurwicz's weight of the best state (else 0.5)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def code(
    code: _Text,
    *,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """What a message means and how its cause is mended.

    code: Code of a message, such as E0203
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def new(
    *,
    device: Literal['car', 'drone', 'camera'] | None = None,
    process: _Text | None = None,
    no_robots: bool | None = None,
    no_grid: bool | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """A scenario to begin with: short, its questions marked.

    device: What the chip goes into (one of car, drone, camera; else car)
    process: Process of the catalogue that makes it (else n5)
    no_robots: Without robots
    no_grid: Without street transformers
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """

def shard(
    scenario: _Text | None = None,
    *,
    variant: _Text | Sequence[_Text] | None = None,
    set: Mapping[str, object] | Sequence[str] | None = None,
    metrics: _Text | Sequence[_Text] | None = None,
    samples: int | None = None,
    seed: int | None = None,
    sampling: Literal['random', 'sobol'] | None = None,
    quick: bool | None = None,
    effects: Literal['measured', 'slopes', 'none'] | None = None,
    shards: int | None = None,
    folder: _Text | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Answer:
    """A run divided into the tasks of a Slurm array.

    scenario: Name of a bundled scenario or a file (else ai5)
    variant: Named set of overrides of the scenario
    set: Another value for one key, such as economy.discount_rate="9 %/year"
    metrics: Metrics of the JSON, such as 'grid.*'; others than the usual ones are accumulated too
    samples: Number of samples (else 16384)
    seed: Seed of the draws: same seed, same figures (else 1)
    sampling: Draws each by itself, or points that fill the space of the inputs evenly (Sobol, scrambled): smaller errors (one of random, sobol; else sobol)
    quick: Only the verdict and the metrics asked for; effects of drivers as slopes
    effects: Effects of drivers: of the strongest measured on futures of their own, or slopes at the medians, or no drivers at all (one of measured, slopes, none; else measured; quick: slopes)
    shards: Parts, a task of the array each (else 16)
    folder: Where the tasks write their parts, seen by all of them (else autarky-parts)
    progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
    """
