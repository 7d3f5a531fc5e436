"""autarky: cash of both worlds and the value of their difference in the NumPy port of the quarterly model.

SPDX-License-Identifier: Apache-2.0
"""

import numpy as np

from quarterly_case import DT, at_least_0, overlap


class Value:
    def __init__(self, m, programme, supply):
        self.m, self.programme, self.supply = m, programme, supply
        e = m.economy
        self.decision, self.rate, self.kept = e.decision_date, e.discount_rate, 1.0 - e.tax_rate
        before = np.maximum(m.first, self.decision)
        spent = programme.all_one_off(self.decision, before)
        middle = np.maximum(0.5 * (m.first + self.decision), self.decision)
        factor = self.discount(middle)
        self.npv = m.zero - spent * factor * self.kept
        self.cost = m.zero + spent * factor
        self.outlets, self.induced, self.sum, self.peak = m.zero, m.zero, m.zero, m.zero
        self.peak_date = m.zero + m.middle(0) - DT / 2
        self.recurring, self.cash_make, self.cash_buy = [], [], []
        self.unspent = programme.all_one_off(m.first, 9999.0)
        self.planned = self.plan_volume()

    def discount(self, date):
        return (1.0 + self.rate) ** -at_least_0(date - self.decision)

    def plan_volume(self):
        """Devices of the reference programme from each quarter to the end of the horizon."""
        m = self.m
        total, out = m.zero, []
        for q in reversed(range(m.quarters)):
            if m.vehicle:
                total = total + m.vehicle[0].volume.at(m.middle(q)) * DT
            out.insert(0, total)
        return out

    def threat(self, q, make, unit_costs, memory_price):
        """Planned cost of a device with own chips, one-off cost not yet spent included, and how credible it is."""
        m = self.m
        if not m.devices or not m.chip:
            return m.zero, m.zero
        planned = m.own_compute(0, q, unit_costs, self.programme.use_weights(q), memory_price)
        planned = planned + at_least_0(self.unspent) / np.maximum(self.planned[q], 1.0)
        known = 1e4 if make else self.decision + m.buyer.agreement
        credible = np.where((m.buyer.announced <= m.start(q)) & (m.start(q) < known), 1.0, 0.0)
        return planned, credible

    def running(self, world):
        """Recurring cash before own chips and sustaining, and what does not recur, in the same way in both worlds."""
        m = self.m
        margin = sum((f.deployed * f.margin for f in world.fleets), m.zero)
        support = sum((x.support_cost * DT * share for x, share in zip(m.merchant, world.bought_share)), m.zero)
        recurring = margin - world.paid() - world.memory - support - world.energy - world.fallback_cost
        streets = sum((street.bill for street in world.streets), m.zero)
        return recurring, -(world.access.cost + world.porting + streets)

    def add(self, q, make, buy, outlets):
        m, a, b = self.m, self.m.start(q), self.m.end(q)
        start = np.maximum(a, np.minimum(self.decision, b))
        counted = (b - start) / DT
        one_off = self.programme.all_one_off(start, b)
        self.unspent = self.unspent - self.programme.all_one_off(a, b)
        sustaining = self.programme.sustaining(a, b) * counted
        paths = sum((x.capacity * x.capex * (x.own_share * (1.0 - x.grant_share)) * overlap(
            x.decision, x.decision + x.lead_time, start, b) / x.lead_time for x in m.path if x.taken), m.zero)
        settled_make, settled_buy, wafers_price = m.zero, m.zero, m.zero
        for c, taken in zip(m.contract, outlets.taken):
            terms = c.prepaid - c.credit
            settled = self.supply.settlement(c, self.supply.taken(c) + taken)
            settled_make = settled_make + settled + taken + terms
            settled_buy = settled_buy + (self.supply.settlement(c, m.zero) + terms) * c.both
            wafers_price = wafers_price + taken * (1.0 - c.loss_share)

        recurring_make, once_make = self.running(make)
        recurring_make = (recurring_make - self.supply.spending()) * counted - sustaining
        rated = sum((s.rated_income for s in m.site), m.zero)
        once_make = once_make + rated + self.supply.salvage() + outlets.base + outlets.gain - settled_make
        once_make = once_make * counted
        once_make = once_make - one_off - paths
        recurring_buy, once_buy = self.running(buy)
        recurring_buy, once_buy = recurring_buy * counted, (once_buy + outlets.base - settled_buy) * counted
        self.cash_make.append((recurring_make + once_make) * self.kept)
        self.cash_buy.append((recurring_buy + once_buy) * self.kept)

        factor = self.discount(0.5 * (start + b))
        difference = self.cash_make[-1] - self.cash_buy[-1]
        self.npv = self.npv + difference * factor
        self.cost = self.cost + (one_off + sustaining) * factor
        weight = counted * factor * self.kept
        self.outlets = self.outlets + (outlets.gain - wafers_price) * weight
        for here, there, compute in zip(make.fleets, buy.fleets, make.compute):
            self.induced = self.induced + (here.deployed - there.deployed) * (here.margin - compute) * weight
        self.recurring.append((recurring_make - recurring_buy) * self.kept)
        self.sum = self.sum + difference
        self.peak_date = np.where(self.sum < self.peak, m.middle(q), self.peak_date)
        self.peak = np.minimum(self.peak, self.sum)

    def finish(self, make, buy):
        m, e = self.m, self.m.economy
        horizon = m.end(m.quarters - 1)
        factor = self.discount(horizon)
        stocks = self.supply.worth() + make.stock() - buy.stock()
        open_ = sum((self.supply.settlement(c, m.zero) / DT * at_least_0(c.ends - horizon) * (1.0 - c.both)
                     for c in m.contract), m.zero)
        npv = self.npv + (stocks - open_) * factor * self.kept
        renewal = m.zero
        if m.successor and m.chip:
            last = self.programme.one_off(m.chip[-1], 0.0, 9999.0)
            renewal = last * self.kept * (DT / m.successor[-1].cadence)
        g, r = e.terminal_growth, e.discount_rate
        recent = self.recurring[-4:]
        flows = [recent[j % len(recent)] - renewal for j in range(4)]
        worth = sum(f * (1.0 + r) ** (1.0 - (j + 0.5) / 4.0) for j, f in enumerate(flows))
        tail = np.where(r > g, worth * (1.0 + g) * factor / np.where(r > g, r - g, 1.0), np.nan)
        return {"npv": npv, "npv.with_tail": npv + tail, "npv.without_outlets": npv - self.outlets,
                "npv.induced": self.induced, "programme.cost": self.cost, "cash.peak_need": -self.peak,
                "cash.peak_date": self.peak_date}
