"""autarky: the quarterly model once more, in NumPy: to check the C++ model against, and to measure it.

SPDX-License-Identifier: Apache-2.0

    quarterly_model.py FOLDER      reads what bench_model_case wrote, compares the results, prints the time

It is written from docs/model and shares no code with the program. Metrics that the value does not need are left out, which
favours NumPy in time. What no bundled scenario uses (partly good dies, other yield models) it refuses.
"""

import sys
import time

import numpy as np

from quarterly_case import DT, Case, overlap, until_event
from quarterly_offers import Outlets
from quarterly_programme import Device, Licences, Part, Programme
from quarterly_streets import Region
from quarterly_supply import BackEnds, Capacity, Supply
from quarterly_value import Value
from quarterly_world import World

TABLES = ("process site customer contract back_end event path chip successor allocation merchant maker vehicle robot rival outlet region "
          "fallback rule grid").split()
TOLERANCE = 1e-9  # of the larger of the value and 1 MUSD: some thousand operations in another order


class Now:
    """What both worlds know of a quarter."""


class Model:
    def __init__(self, case):
        self.n, self.zero = case.n, np.zeros(case.n)
        for table in TABLES:
            setattr(self, table, case.rows(table))
        self.economy, self.buyer = case.section("economy"), case.section("buyer")
        horizon = case.section("horizon")
        self.first = horizon.start
        self.quarters = int(round((horizon.end - horizon.start) / DT)) + 1
        self.refuse_what_is_not_here()

    def refuse_what_is_not_here(self):
        for p in self.process:
            if p.yield_model != "negative_binomial" or p.learning_law != "exponential" or np.any(p.other_yield_weight):
                raise NotImplementedError(f"process.{p.name}: only negative binomial yield, exponential learning")
        for c in self.chip:
            if c.units and (c.spare_units or c.lesser_spare_units):
                raise NotImplementedError(f"chip.{c.name}: partly good dies")

    def start(self, q):
        return self.first + DT * q

    def middle(self, q):
        return self.start(q) + DT / 2

    def end(self, q):
        return self.start(q + 1)

    def process_of(self, allocation):
        return self.process[self.site[allocation.site].process]

    def own_compute(self, p, q, unit_costs, weights, memory_price):
        """Compute of a device of programme p with own chips of the generations in use."""
        total = self.zero
        for c, chips, cost, weight in zip(self.chip, self.devices[p].own, unit_costs, weights):
            memory = 0.0 if c.memory_in_package else self.devices[p].memory[q] * (memory_price * c.memory_premium)
            total = total + (chips[q] * cost + memory) * weight
        return total

    def see(self, q):
        now, a, b = Now(), self.start(q), self.end(q)
        lasts = [overlap(begins, begins + e.duration, a, b) / DT for e, begins in zip(self.event, self.begins)]
        now.loss = [e.severity * share for e, share in zip(self.event, lasts)]
        now.parts_left, multiple = self.zero + 1.0, self.zero + 1.0
        for e, share in zip(self.event, lasts):
            now.parts_left = np.minimum(now.parts_left, 1.0 - e.parts_loss * share)
            multiple = np.maximum(multiple, 1.0 + (e.memory_multiple - 1.0) * share)
        now.memory_price = self.economy.memory_price.at(self.middle(q)) * multiple
        now.capacity = [Capacity(self, i, q, now.loss) for i in range(len(self.site))]
        return now

    def run(self):
        programme = Programme(self)
        self.parts = [Part(self, x) for x in self.merchant]
        self.devices = [Device(self, p, self.parts) for p in self.vehicle + self.robot]
        self.outlets = [Device(self, p, self.parts) for p in self.outlet]
        self.licences = Licences(self, self.parts)
        self.streets = [Region(g, self.zero, self.middle(0)) for g in self.grid]
        self.begins = [e.earliest + until_event(e.hazard, e.luck) for e in self.event]
        supply, outlets = Supply(self, programme), Outlets(self)
        make, buy = World(self, programme, True), World(self, programme, False)
        self.value = value = Value(self, programme, supply)
        now = self.see(0)
        supply.open(0, now.capacity, now.memory_price)
        costs = supply.unit_costs()
        for q in range(self.quarters):
            now = self.see(q)
            supply.open(q, now.capacity, now.memory_price)
            for world in (buy, make):
                world.open(q, now, value.threat(q, world.make, costs, now.memory_price))
                world.price(q, costs)
            for world in (make, buy):
                world.want(q, buy.offers.device)
            supply.start(q, make.needed_own(q))
            supply.advance(BackEnds(self, q, now.loss))
            make.deliver(q, [s.requests for s in self.site])
            supply.serve_state()
            buy.deliver(q, buy.requests)
            outlets.serve(q, buy.offers, supply, now.memory_price)
            supply.close(q, outlets.by_site)
            market = buy.worth_of_bought()
            make.close(q, market)
            buy.close(q, market)
            costs = supply.unit_costs()
            value.add(q, make, buy, outlets)
        return value.finish(make, buy)


def difference(ours, theirs, scale=1e6):
    """Difference relative to the larger of the value and `scale`; a value that only one side has counts as 1."""
    both_none = np.isnan(ours) & np.isnan(theirs)
    apart = np.abs(ours - theirs) / np.maximum(np.abs(theirs), scale)
    return np.where(both_none, 0.0, np.where(np.isnan(apart), 1.0, apart))


def where_it_begins(model, case, sample):
    """The first quarter in which the cash of a world differs."""
    for q, (make, buy) in enumerate(zip(model.value.cash_make, model.value.cash_buy)):
        for name, ours in (("cash.make", make), ("cash.buy", buy)):
            theirs = case.quarters[name][q][sample]
            if difference(ours[sample], theirs) > TOLERANCE:
                return f"from quarter {q} on: {name} {ours[sample]:.6f} here, {theirs:.6f} there"
    return "in no quarter's cash"


def main():
    case = Case(sys.argv[1])
    model = Model(case)
    with np.errstate(all="ignore"):
        begin = time.process_time()
        results = model.run()
        seconds = time.process_time() - begin
        worst = 0.0
        for name, ours in results.items():
            error = difference(ours + np.zeros(case.n), case.results[name], 1.0 if name == "cash.peak_date" else 1e6)
            worst = max(worst, error.max())
            if error.max() > TOLERANCE:
                wrong = np.flatnonzero(error > TOLERANCE)
                sample = wrong[0]
                print(f"{name}: {len(wrong)} of {case.n} samples differ, by {error.max():.1e} at most; sample {sample}: "
                      f"{ours[sample]:.6f} here, {case.results[name][sample]:.6f} there", file=sys.stderr)
                if sample < 64:
                    print("    " + where_it_begins(model, case, sample), file=sys.stderr)
    print(f"numpy: {case.n} samples, {seconds / case.n * 1e6:.1f} us a sample, largest relative difference {worst:.1e}; "
          f"{seconds / case.n / case.tree['lanes_seconds']:.1f}x the time of the lanes")
    return 0 if worst <= TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main())
