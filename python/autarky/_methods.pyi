# autarky: written by tools/python_stubs.py from the descriptions of the questions
# SPDX-License-Identifier: Apache-2.0
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from ._answers import Answer, Run

_Text = str | os.PathLike[str]
_Number = float | str

class ScenarioQuestions:
    def run(
        self,
        *,
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
        self,
        x: _Text | None = None,
        y: _Text | None = None,
        *,
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
        samples: Futures at each point, the same ones everywhere (else 1000)
        seed: Seed of the draws (else 1)
        columns: Points along x (else 13)
        rows: Points along y (else 11)
        threads: Threads that work at once, 0 for one each processor; no figure depends on it
        progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
        """

    def break_even(
        self,
        *,
        samples: int | None = None,
        seed: int | None = None,
        threads: int = 0,
        progress: Callable[[int, int], object] | None = None,
    ) -> Answer:
        """The multiple of all demand at which making starts to pay.

        samples: Futures whose roots are sought (else 2000)
        seed: Seed of the draws (else 1)
        threads: Threads that work at once, 0 for one each processor; no figure depends on it
        progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
        """

    def flip(
        self,
        *,
        input: _Text | Sequence[_Text] | None = None,
        most: int | None = None,
        samples: int | None = None,
        seed: int | None = None,
        threads: int = 0,
        progress: Callable[[int, int], object] | None = None,
    ) -> Answer:
        """What would turn the verdict: the value of each strong input at which it does.

        input: An uncertain input to look at (else the strongest)
        most: How many of the strongest inputs (else 8)
        samples: Futures at each value, the same ones everywhere (else 1000)
        seed: Seed of the draws (else 1)
        threads: Threads that work at once, 0 for one each processor; no figure depends on it
        progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
        """

    def worth(
        self,
        *,
        most: int | None = None,
        samples: int | None = None,
        seed: int | None = None,
        threads: int = 0,
        progress: Callable[[int, int], object] | None = None,
    ) -> Answer:
        """What it is worth to know an input before deciding, and what a wrong choice costs.

        most: How many of the strongest inputs (else 12)
        samples: Futures (else 16384)
        seed: Seed of the draws (else 1)
        threads: Threads that work at once, 0 for one each processor; no figure depends on it
        progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
        """

    def sense(
        self,
        *,
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
        self,
        *,
        pays: bool | None = None,
        boxes: int | None = None,
        most: int | None = None,
        samples: int | None = None,
        seed: int | None = None,
        threads: int = 0,
        progress: Callable[[int, int], object] | None = None,
    ) -> Answer:
        """Where making fails: boxes of inputs, in words.

        pays: Look for where making pays, not for where it fails
        boxes: How many boxes at most (else 3)
        most: How many of the strongest inputs may restrict a box (else 24)
        samples: Futures that look for boxes; as many fresh ones judge them (else 4000)
        seed: Seed of the draws (else 1)
        threads: Threads that work at once, 0 for one each processor; no figure depends on it
        progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
        """

    def update(
        self,
        *,
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
        self,
        *,
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
        self,
        *,
        fails: _Text | None = None,
        from_: _Text | None = None,
        lasts: _Number | None = None,
        samples: int | None = None,
        seed: int | None = None,
        threads: int = 0,
        progress: Callable[[int, int], object] | None = None,
    ) -> Answer:
        """Where the wafers go, from site to device, and what a failing place takes.

        fails: A site, or a country: what stops there, own and merchants' alike
        from_: Quarter in which it stops (else the middle of the horizon)
        lasts: How long it stops (year; else 1)
        samples: Futures (else 2000)
        seed: Seed of the draws (else 1)
        threads: Threads that work at once, 0 for one each processor; no figure depends on it
        progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
        """

    def stress(
        self,
        *,
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
        self,
        *,
        site: _Text | None = None,
        samples: int | None = None,
        seed: int | None = None,
        threads: int = 0,
        progress: Callable[[int, int], object] | None = None,
    ) -> Answer:
        """What the buyer's wafers do to the yield of its sites, beside reported yields.

        site: One of the sites that make own chips (else all of them)
        samples: Futures, the same draws with and without the buyer's wafers (else 1000)
        seed: Seed of the draws (else 1)
        threads: Threads that work at once, 0 for one each processor; no figure depends on it
        progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
        """

    def plan(
        self,
        *,
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
        self,
        *,
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
        self,
        metric: _Text,
        *,
        at: _Text | None = None,
        depth: int | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> Answer:
        """Where a number comes from: formulas, inputs, sources.

        metric: The metric, or the name of a claim
        at: Quarter such as 2028Q2 (else the last one)
        depth: Levels to open (else as many as fit a screen)
        progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
        """

    def audit(
        self,
        *,
        samples: int | None = None,
        seed: int | None = None,
        section: _Text | None = None,
        word: _Text | None = None,
        fail_on: Literal['none', 'fails'] | None = None,
        threads: int = 0,
        progress: Callable[[int, int], object] | None = None,
    ) -> Answer:
        """Claims of the scenario, held against what the model recomputes.

        samples: Futures to judge on (else 5000)
        seed: Seed of the draws (else 1)
        section: Only claims of this section of their source (else all sections)
        word: Only claims judged so (holds, leans, open, unlikely, fails), else those with this text in their name, statement or metric (else all claims)
        fail_on: The gate fails when a claim does (one of none, fails; else none)
        threads: Threads that work at once, 0 for one each processor; no figure depends on it
        progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
        """

    def check(
        self,
        *,
        all: bool | None = None,
        strict: bool | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> Answer:
        """Reads a scenario and lists every finding.

        all: Also every bundled scenario and every row of the catalogue
        strict: The gate fails when there are only warnings
        progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
        """

    def sources(
        self,
        *,
        grade: Literal['filing', 'paper', 'dataset', 'press', 'rumour', 'assumption'] | None = None,
        summary: bool | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> Answer:
        """Lists every input with value, source and grade.

        grade: Only inputs of this grade (one of filing, paper, dataset, press, rumour, assumption)
        summary: Only the counts by grade, without the inputs
        progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
        """

    def futures(
        self,
        *,
        futures: int | None = None,
        seed: int | None = None,
        managed: _Number | None = None,
        threads: int = 0,
        progress: Callable[[int, int], object] | None = None,
    ) -> Answer:
        """When a scenario's grid binds before chips do, managed and unmanaged.

        futures: Futures drawn (else 2000)
        seed: Seed of all luck (else 1)
        managed: Share of managed charging in the managed case (else 0.8)
        threads: Threads that work at once, 0 for one each processor; no figure depends on it
        progress: Called now and then with what is done, and of how much; Ctrl-C stops the work
        """

    def shard(
        self,
        *,
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
