"""autarky: the case that the NumPy port of the quarterly model reads, and its small parts.

SPDX-License-Identifier: Apache-2.0
"""

import json

import numpy as np

DT = 0.25
LONGEST = 8
LOOKAHEAD = LONGEST + 1
WATT = 365.0 * 86400.0  # in J/year, the case's unit of power


class Case:
    """A scenario's structure with its sampled numbers; `case.chip[0].width` is an array over samples."""

    def __init__(self, folder):
        with open(f"{folder}/case.json") as file:
            self.tree = json.load(file)
        self.inputs = np.fromfile(f"{folder}/inputs.bin").reshape(self.tree["n_inputs"], -1)
        self.n = self.inputs.shape[1]

    def rows(self, table):
        return [Row(self, row) for row in self.tree[table]]

    def section(self, name):
        return Row(self, self.tree[name])


class Row:
    def __init__(self, case, tree):
        for key, value in tree.items():
            if isinstance(value, dict) and "input" in value:
                setattr(self, key, case.inputs[value["input"]])
            elif isinstance(value, dict) and "dates" in value:
                setattr(self, key, Series(value["dates"], [case.inputs[i] for i in value["inputs"]]))
            else:
                setattr(self, key, value)


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


def overlap(a0, a1, b0, b1):
    return np.maximum(np.minimum(a1, b1) - np.maximum(a0, b0), 0.0)


def until_event(hazard, luck):
    return np.minimum(ratio(-np.log(np.maximum(1.0 - luck, 1e-300)), hazard, 1e4), 1e4)


def recovery(rate, life):
    return ratio(rate, 1.0 - (1.0 + rate) ** -life, 1.0 / life)


class Pipeline:
    def __init__(self, lag_years):
        lag = lag_years / DT
        self.leaving = [np.maximum(1.0 - np.abs(lag - k), 0.0) for k in range(LONGEST + 1)]
        self.remaining = [sum(self.leaving[k + 1 :], np.zeros_like(lag)) for k in range(LONGEST + 1)]
        self.history = [np.zeros_like(lag)] * (LONGEST + 1)

    def advance(self, entered):
        self.history = [entered] + self.history[:-1]
        return sum(h * w for h, w in zip(self.history, self.leaving))

    def inside(self):
        return sum(h * w for h, w in zip(self.history, self.remaining))
