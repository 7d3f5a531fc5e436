"""autarky: the case that the NumPy port of the quarterly model reads, and its small parts.

SPDX-License-Identifier: Apache-2.0
"""

import json

import numpy as np

DT = 0.25  # a quarter in years
LONGEST = 8  # quarters of the longest lag
LOOKAHEAD = LONGEST + 1
WATT = 365.0 * 86400.0  # in J/year, the case's unit of power


class Case:
    """A scenario's structure with its numbers; a number that differs from sample to sample is an array over samples."""

    def __init__(self, folder):
        with open(f"{folder}/case.json") as file:
            self.tree = json.load(file)
        self.n = self.tree["samples"]
        self.inputs = np.fromfile(f"{folder}/inputs.bin").reshape(-1, self.n)
        self.results = dict(zip(self.tree["results"], np.fromfile(f"{folder}/results.bin").reshape(-1, self.n)))
        quarters = np.fromfile(f"{folder}/quarters.bin").reshape(len(self.tree["quarters"]), -1, min(self.n, 64))
        self.quarters = dict(zip(self.tree["quarters"], quarters))  # [quarter][sample], of the first 64 samples

    def rows(self, table):
        return [Row(self, row) for row in self.tree[table]]

    def section(self, name):
        return Row(self, self.tree[name])


class Row:
    def __init__(self, case, tree):
        for key, value in tree.items():
            setattr(self, key, self.read(case, value))

    @staticmethod
    def read(case, value):
        if isinstance(value, list):
            return [Row.read(case, x) for x in value]
        if not isinstance(value, dict):
            return value
        if "row" in value:
            return case.inputs[value["row"]]
        if "dates" in value:
            return Series(value["dates"], [Row.read(case, x) for x in value["values"]])
        return Row(case, value)


class Series:
    def __init__(self, dates, values):
        self.dates, self.values = dates, values

    def at(self, t):
        d, v = self.dates, self.values
        if not d or t < d[0]:
            return 0.0
        for k in range(1, len(d)):
            if t < d[k]:
                return v[k - 1] + (v[k] - v[k - 1]) * ((t - d[k - 1]) / (d[k] - d[k - 1]))
        return v[-1]


def ratio(a, b, if_zero):
    b = np.asarray(b)
    return np.where(b == 0.0, if_zero, a / np.where(b == 0.0, 1.0, b))


def at_least_0(x):
    return np.maximum(x, 0.0)


def overlap(a0, a1, b0, b1):
    return at_least_0(np.minimum(a1, b1) - np.maximum(a0, b0))


def until_event(hazard, luck):
    return np.minimum(ratio(-np.log(np.maximum(1.0 - luck, 1e-300)), hazard, 1e4), 1e4)


def recovery(rate, life):
    return ratio(rate, 1.0 - (1.0 + rate) ** -life, 1.0 / life)


def over_lead(lead_years, needed):
    """Needs until an order of this lead time arrives, and in the quarter of its arrival."""
    lead = lead_years / DT
    until = sum(needed[k] * np.clip(lead + 1.0 - k, 0.0, 1.0) for k in range(LOOKAHEAD))
    arriving = sum(needed[k] * at_least_0(1.0 - np.abs(lead - k)) for k in range(LOOKAHEAD))
    return until, arriving


class Pipeline:
    """What enters leaves after a lag, spread over the two nearest quarters."""

    def __init__(self, lag_years):
        lag = lag_years / DT
        self.leaving = [at_least_0(1.0 - np.abs(lag - k)) for k in range(LONGEST + 1)]
        self.remaining = [sum(self.leaving[k + 1 :], 0.0 * lag) for k in range(LONGEST + 1)]
        self.history = [0.0 * lag] * (LONGEST + 1)

    def advance(self, entered):
        self.history = [entered] + self.history[:-1]
        return sum(h * w for h, w in zip(self.history, self.leaving))

    def inside(self):
        return sum(h * w for h, w in zip(self.history, self.remaining))
