# autarky: the method of Chiplet Actuary (DAC 2022) in Python, for the ratio of speeds; written from the paper's equations.
# SPDX-License-Identifier: Apache-2.0
"""Evaluations a second of the recurring cost of one die on an organic substrate: as objects, and with NumPy.

The package itself is not on PyPI. Run: python bench/peers/actuary.py, beside build/bench/bench_silicon_cost.
"""

import json
import math
import time


class Die:
    """One die: its area and the process that makes it."""

    def __init__(self, area, defects_per_cm2, wafer_usd):
        self.area = area
        self.defects_per_cm2 = defects_per_cm2
        self.wafer_usd = wafer_usd

    def gross(self):
        cell = self.area + 2 * 0.2 * math.sqrt(self.area) + 0.2**2
        return math.pi * 145**2 / cell - math.pi * 290 / math.sqrt(2 * cell)

    def good_share(self):
        return (1 + self.defects_per_cm2 / 100 * self.area / 10) ** -10

    def raw(self):
        return self.wafer_usd / self.gross()

    def good(self):
        return self.wafer_usd / (self.gross() * self.good_share())


class OrganicPackage:
    """Dies on an organic substrate: five parts of its cost."""

    def __init__(self, dies):
        self.dies = dies

    def parts(self):
        raw = sum((die.raw() + die.area * 0.005) * n for die, n in self.dies.items())
        defects = sum((die.good() - die.raw()) * n for die, n in self.dies.items())
        substrate = sum(die.area * n for die, n in self.dies.items()) * 4 * 0.005
        loss = 1 / 0.99 ** sum(self.dies.values()) - 1
        return raw, defects, substrate, substrate * loss, (raw + defects) * loss

    def total(self):
        return sum(self.parts())


def rate(run, evaluations):
    """Best of five repeats, evaluations a second of processor time, as the benchmarks beside it count."""
    best = math.inf
    for _ in range(5):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return evaluations / best


def main():
    reference = OrganicPackage({Die(400, 0.09, 9346): 1}).total()
    assert abs(reference - 113.543112) < 1e-6, reference
    n = 20_000
    cases = [(50 + 750 * i / n, 0.05 + 0.45 * (7.3 * i / n % 1), 4000 + 26000 * (3.1 * i / n % 1)) for i in range(n)]
    result = {"objects_per_s": rate(lambda: [OrganicPackage({Die(*case): 1}).total() for case in cases], n)}
    try:
        import numpy
    except ImportError:
        print(json.dumps(result))
        return
    area, density, price = (numpy.array(column) for column in zip(*cases))

    def vectors():
        cell = area + 0.4 * numpy.sqrt(area) + 0.04
        gross = math.pi * 145**2 / cell - math.pi * 290 / numpy.sqrt(2 * cell)
        good = price / (gross * (1 + density / 100 * area / 10) ** -10)
        return (good + 0.005 * area + 0.02 * area) / 0.99

    result["numpy_per_s"] = rate(vectors, n)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
