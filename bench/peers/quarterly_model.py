"""autarky: the core of the quarterly model, vectorised over samples with NumPy, to measure the C++ model against.

SPDX-License-Identifier: Apache-2.0

    quarterly_model.py FOLDER      reads what bench_model_case wrote, compares the net present values, prints the time

It follows docs/model stage by stage; metrics that the value does not need are left out, which favours NumPy.
"""

import sys
import time

import numpy as np

from quarterly_case import Case, DT, LOOKAHEAD, overlap, Pipeline, ratio, until_event
from quarterly_streets import Region
from quarterly_world import World


class Model:
    def __init__(self, case):
        self.n = case.n
        for table in ("process site contract event path chip allocation merchant maker vehicle robot region rule "
                      "grid").split():
            setattr(self, table, case.rows(table))
        self.economy, self.buyer = case.section("economy"), case.section("buyer")
        horizon = case.section("horizon")
        self.first = horizon.start
        self.quarters = int(round((horizon.end - horizon.start) * 4)) + 1
        self.zero = np.zeros(self.n)
        self.streets = [Region(g) for g in self.grid]

    def middle(self, q):
        return self.first + DT * q + DT / 2

    # ---- programme ----------------------------------------------------------------------------------------------
    def plan(self):
        span = self.quarters + LOOKAHEAD
        for g, c in enumerate(self.chip):
            c.lead = self.zero
            for a in self.allocation:
                if a.chip == g:
                    c.lead = np.maximum(c.lead, self.process[self.site[a.site].process].cycle_time + c.assembly_time)
            c.final = c.tapeout + c.respins * c.respin_delay
            c.production = c.final + c.qualification_time
            c.first_chips = c.production + c.lead
            c.cancelled_at = c.design_start + until_event(c.cancellation_hazard, c.cancellation_luck)
            c.cancelled = c.cancelled_at < c.production
            c.ramp = [np.where(c.cancelled, 0.0, np.clip((self.middle(q) - c.first_chips) / c.ramp_time, 0.0, 1.0))
                      for q in range(span)]
            c.may_start = [np.where(c.cancelled, 0.0, np.clip((self.first + DT * (q + 1) - c.production) / DT, 0.0, 1.0))
                           for q in range(self.quarters)]
            c.work = c.merchant_equivalents / self.chip[0].merchant_equivalents
            c.share = [None] * span
        for q in range(span):
            left = 1.0
            for c in reversed(self.chip):
                c.share[q] = c.ramp[q] * left
                left = left * (1.0 - c.ramp[q])

    def own_share(self, q):
        return sum((c.share[q] for c in self.chip), self.zero)

    def spent(self, total, start, end, c, a, b):
        length = np.maximum(end - start, 1.0 / 365.0)
        until = np.minimum(start + length, np.where(c.cancelled, c.cancelled_at, start + length))
        return total * (overlap(start, np.maximum(until, start), a, b) / length)

    def one_off(self, g, a, b):
        c = self.chip[g]
        lines = [x for x in self.allocation if x.chip == g]
        design = c.design_cost + c.software_cost + sum((x.layout_cost for x in lines), self.zero)
        masks = sum((self.process[self.site[x.site].process].mask_set * (1.0 + c.respins) for x in lines), self.zero)
        after = masks + c.respin_cost * c.respins + c.qualification_cost * len(lines)
        return (self.spent(design, c.design_start, c.tapeout, c, a, b)
                + self.spent(after, c.tapeout, c.production, c, a, b))

    # ---- supply -------------------------------------------------------------------------------------------------
    def start_supply(self):
        for s in self.site:
            s.taught = self.zero
            p = self.process[s.process]
            s.drift = (1.0 + p.price_drift) ** (self.middle(0) - p.price_date)
            s.step = (1.0 + p.price_drift) ** DT
        for line in self.allocation:
            c, p = self.chip[line.chip], self.process[self.site[line.site].process]
            planned = sum(x.share for x in self.allocation if x.chip == line.chip)
            line.part = ratio(line.share, planned, 0.0)
            u = np.maximum(p.wafer_diameter - 2.0 * p.edge_exclusion, 0.0)
            squares = u * u / ((c.width + p.scribe) * (c.height + p.scribe))
            line.gross = np.maximum(np.pi / 4 * squares - np.pi * np.sqrt(0.5 * squares), 0.0) * line.packing
            line.passing = c.assembly_yield * c.final_test_yield
            line.fab, line.assembly = Pipeline(p.cycle_time), Pipeline(c.assembly_time)
        for c in self.chip:
            c.stock = self.zero

    def open_sites(self, q, loss):
        t = self.middle(q)
        for i, s in enumerate(self.site):
            p = self.process[s.process]
            lost = self.zero
            for e, event in enumerate(self.event):
                if event.kind == "supply_loss" and event.location == s.location:
                    lost = np.maximum(lost, loss[e])
            capacity = s.capacity.at(t)
            path, paid, own_price = self.zero, self.zero, 1.0
            for x in self.path:
                if x.taken and x.site == i:
                    open_ = np.clip((self.first + DT * (q + 1) - x.decision - x.lead_time) / DT, 0.0, 1.0)
                    path = path + x.capacity * open_
                    paid = paid + x.capacity * open_ * x.own_share
                    own_price = np.minimum(s.cash_cost_share * (1.0 + x.fee), 1.0)
            free = capacity * (1.0 - s.reserved_share) + path
            s.available = free * DT * (1.0 - lost)
            s.others = capacity * DT * (s.reserved_share * s.others_utilisation * (1.0 - lost))
            s.minimum = sum((c.minimum.at(t) * DT for c in self.contract if c.site == i), self.zero)
            s.started, s.finished = self.zero, self.zero
            market = p.wafer_price * (s.premium * s.drift)
            s.price = market * (1.0 - np.minimum(ratio(paid, free, 0.0), 1.0) * (1.0 - own_price))
            elsewhere = sum((o.taught for j, o in enumerate(self.site) if j != i and o.process == s.process), self.zero)
            wafers = s.taught + elsewhere * p.transfer
            s.density = p.defect_density_floor + (p.defect_density_start - p.defect_density_floor) * np.exp(
                -p.learning_rate * (t - p.learning_start) - p.learning_per_wafer * wafers)
        memory = self.economy.memory_price.at(t)
        for line in self.allocation:
            s, c = self.site[line.site], self.chip[line.chip]
            p = self.process[s.process]
            x = c.width * c.height * c.critical_area * s.density
            line.good_share = p.parametric_yield * (1.0 + x / p.clustering) ** -p.clustering
            wafer = (s.price + p.mask_set / p.mask_life) / p.line_yield
            line.sort = c.tester_rate * c.sort_time
            die = wafer / (line.gross * line.good_share) + line.sort / line.good_share
            line.build = c.package + c.tester_rate * c.final_test_time
            line.memory = c.memory * memory + c.memory_overhead
            line.unit_cost = (die + line.build) / line.passing + line.memory
            line.per_wafer = np.maximum(line.gross * line.good_share * p.line_yield * line.passing, 1e-9)

    def unit_cost(self, g):
        return sum((x.unit_cost * x.part for x in self.allocation if x.chip == g), self.zero)

    def cost_in_use(self, q):
        total = self.own_share(q)
        return sum(self.unit_cost(g) / c.work * ratio(c.share[q], total, 1.0 if g == 0 else 0.0)
                   for g, c in enumerate(self.chip))

    def start_wafers(self, q, work):
        for line in self.allocation:
            line.started = self.zero
        for g in reversed(range(len(self.chip))):
            c = self.chip[g]
            lead = c.lead / DT
            needed, arriving = self.zero, self.zero
            for k in range(LOOKAHEAD):
                demand = work[k] * c.share[q + k] / c.work
                needed = needed + demand * np.clip(lead + 1.0 - k, 0.0, 1.0)
                arriving = arriving + demand * np.maximum(1.0 - np.abs(lead - k), 0.0)
            lines = [x for x in self.allocation if x.chip == g]
            inside = sum((x.fab.inside() * x.per_wafer + x.assembly.inside() * x.passing for x in lines), self.zero)
            need = np.maximum(needed + arriving * c.safety_stock / DT - c.stock - inside, 0.0) * c.may_start[q]
            for x in lines:
                s = self.site[x.site]
                need = need - self.take(x, need, np.maximum(s.minimum - s.started, 0.0))
            rest = need
            for x in lines:
                need = need - self.take(x, rest * x.part, np.inf)
            for x in lines:
                need = need - self.take(x, need, np.inf)
        for s in self.site:
            s.paid = s.started + np.maximum(s.minimum - s.started, 0.0)

    def take(self, line, chips, limit):
        s = self.site[line.site]
        wafers = np.minimum(np.maximum(chips, 0.0) / line.per_wafer,
                            np.minimum(limit, np.maximum(s.available - s.started, 0.0)))
        s.started = s.started + wafers
        line.started = line.started + wafers
        return wafers * line.per_wafer

    def advance_supply(self):
        for c in self.chip:
            c.arrived = self.zero
        for line in self.allocation:
            s = self.site[line.site]
            line.finished = line.fab.advance(line.started) * self.process[s.process].line_yield
            line.dies = line.finished * line.gross
            line.assembled = line.assembly.advance(line.dies * line.good_share)
            line.shipped = line.assembled * line.passing
            self.chip[line.chip].arrived = self.chip[line.chip].arrived + line.shipped
            s.finished = s.finished + line.finished
        for c in self.chip:
            c.stock = c.stock + c.arrived
        for s in self.site:
            s.taught = s.taught + s.finished + s.others

    # ---- the whole ----------------------------------------------------------------------------------------------
    def run(self):
        self.plan()
        self.start_supply()
        starts = [e.earliest + until_event(e.hazard, e.luck) for e in self.event]
        make, buy = World(self, True), World(self, False)
        decision, rate = self.economy.decision_date, self.economy.discount_rate
        before = np.maximum(self.first, decision)
        factor = (1.0 + rate) ** -(np.maximum(0.5 * (self.first + decision), decision) - decision)
        npv = -sum((self.one_off(g, decision, before) for g in range(len(self.chip))), self.zero) * factor
        self.open_sites(0, [self.zero] * len(self.event))
        cost = self.cost_in_use(0)
        for q in range(self.quarters):
            a, b = self.first + DT * q, self.first + DT * (q + 1)
            loss = [e.severity * overlap(s, s + e.duration, a, b) / DT for e, s in zip(self.event, starts)]
            share = self.own_share(q)
            refused = self.refused(q)
            self.open_sites(q, loss)
            make.open(q, loss, share, refused, cost)
            buy.open(q, loss, self.zero, self.zero, cost)
            make.want(q)
            buy.want(q)
            self.start_wafers(q, make.planned(q))
            self.advance_supply()
            make.deliver(q)
            buy.deliver(q)
            written_off = self.write_off(q, b)
            make.close(q, cost)
            buy.close(q, cost)
            for s in self.site:
                s.drift = s.drift * s.step
            cost = self.cost_in_use(q)
            start = np.maximum(a, np.minimum(decision, b))
            counted = (b - start) / DT
            programme = self.zero
            for g, c in enumerate(self.chip):
                serving = np.clip(b - c.first_chips, 0.0, DT)
                programme = programme + self.one_off(g, start, b) + np.where(c.cancelled, 0.0,
                                                                            c.sustaining_cost * serving) * counted
            own = sum((s.paid * s.price for s in self.site), self.zero)
            for x in self.allocation:
                p = self.process[self.site[x.site].process]
                own = own + x.started * p.mask_set / p.mask_life + x.dies * x.sort + x.assembled * x.build
                own = own + x.shipped * x.memory
            paths = sum((x.capacity * x.capex * (x.own_share * (1.0 - x.grant_share)) * overlap(
                x.decision, x.decision + x.lead_time, start, b) / x.lead_time for x in self.path if x.taken), self.zero)
            running = make.cash(q) - own - make.stack_cost + written_off
            difference = running * counted - programme - paths - buy.cash(q) * counted
            npv = npv + difference * (1.0 + rate) ** -np.maximum(0.5 * (start + b) - decision, 0.0)
        return npv

    def refused(self, q):
        t, total, out = self.middle(q), self.own_share(q), self.zero
        for g, c in enumerate(self.chip):
            tpp = c.throughput * c.precision
            density = tpp / (c.width * c.height)
            refusal, luck, since = self.zero, np.ones(self.n), np.full(self.n, -1.0)
            for r in self.rule:
                hit = (tpp >= r.tpp_limit) | ((r.density_limit > 0) & (tpp >= r.density_floor)
                                              & (density >= r.density_limit))
                hit &= c.io_bandwidth >= r.io_limit
                hit &= ~(tpp < (0.0 if c.data_centre else r.exempt_below))
                window = (r.licence_below > 0) & (tpp < r.licence_below) & (c.memory_bandwidth < r.licence_bandwidth)
                probability = np.where(hit, np.where(window, r.refused_licensable, r.refused_controlled), 0.0)
                newer = (r.effective <= t) & (r.effective > since)
                refusal, luck = np.where(newer, probability, refusal), np.where(newer, r.luck, luck)
                since = np.where(newer, r.effective, since)
            out = out + np.where(luck < refusal, 1.0, 0.0) * ratio(c.share[q], total, 1.0 if g == 0 else 0.0)
        return out

    def write_off(self, q, end):
        salvage = self.zero
        for g, c in enumerate(self.chip):
            future = sum(c.share[q + 1 : q + 1 + LOOKAHEAD], self.zero)
            over = (future <= 0.0) & (end > c.first_chips)
            lost = np.where(over, c.stock, 0.0)
            c.stock = c.stock - lost
            salvage = salvage + lost * self.unit_cost(g) * c.salvage
        return salvage


def main():
    case = Case(sys.argv[1])
    expected = np.fromfile(f"{sys.argv[1]}/npv.bin")
    with np.errstate(all="ignore"):
        start = time.process_time()
        npv = Model(case).run()
        seconds = time.process_time() - start
    # Two programs of some thousand operations in another order: nine digits of the larger of value and 1 MUSD.
    error = np.max(np.abs(npv - expected) / np.maximum(np.abs(expected), 1e6))
    print(f"numpy: {case.n} samples, {seconds / case.n * 1e6:.1f} us a sample, largest relative difference {error:.1e}; "
          f"{seconds / case.n / case.tree['lanes_seconds']:.1f}x the time of the lanes")
    return 0 if error < 1e-9 else 1


if __name__ == "__main__":
    sys.exit(main())
