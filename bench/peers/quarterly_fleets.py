"""autarky: demand, markets and fleets in the NumPy port of the quarterly model.

SPDX-License-Identifier: Apache-2.0
"""

import numpy as np

from quarterly_case import DT, at_least_0, ratio

SOME = 1e-9  # a smaller share of refused devices is what rounding leaves
LAST = 1e15  # what puts a fallback that helps nobody behind all others


class Fleet:
    """Devices of one programme in one world, by region."""

    def __init__(self, m, programme):
        n = len(m.region)
        self.p = programme
        self.full, self.service, self.backlog = [m.zero] * n, [m.zero] * n, [m.zero] * n
        self.adopters, self.compute = [m.zero] * n, [m.zero] * n
        self.output, self.margin, self.recent = m.zero, m.zero, (m.zero, m.zero)
        self.power = m.zero  # of a device's compute as planned

    def open_markets(self, open_):
        self.wanted, self.waited = sum(self.full), sum(self.backlog)
        self.eligible = [(f + b) * o for f, b, o in zip(self.full, self.backlog, open_)]
        self.gated = list(self.eligible)

    def hold(self, allowed):
        part = np.minimum(ratio(allowed, sum(self.gated), 1.0), 1.0)
        self.gated = [g * part for g in self.gated]

    def deliver(self, part, power):
        """`power`: at work, of the chips of a device."""
        leaving = np.minimum(DT / self.p.life, 1.0)
        self.delivered = [g * part for g in self.gated]
        for r, new in enumerate(self.delivered):
            self.backlog[r] = (self.eligible[r] - new) * (1.0 - self.p.lost_share)
            self.service[r] = self.service[r] * (1.0 - leaving) + new
            self.compute[r] = self.compute[r] * (1.0 - leaving) + new * power
        self.deployed = sum(self.delivered)
        self.output = self.output + self.deployed
        self.recent = (self.wanted, self.recent[0])


def want_vehicles(m, fleet, t, saving):
    p = fleet.p
    passed_on = saving * p.pass_through
    wanted = p.volume.at(t) * DT * np.maximum(1.0 - passed_on / p.price, 0.01) ** -p.elasticity
    shares = sum(region.vehicle_share for region in m.region)
    fleet.full = [wanted * ratio(region.vehicle_share, shares, 0.0) for region in m.region]
    fleet.margin = p.margin - passed_on


class Access:
    """Open share of each region in one world: bans, refused licences, what replaces a chip."""

    def __init__(self, m):
        self.m = m
        self.stack = [m.zero] * len(m.region)
        self.ready = [m.zero] * len(m.fallback)
        self.replaced = [m.zero] * len(m.fallback)

    def advance(self, q, loss, mix, margin):
        m = self.m
        self.cost, self.open = m.zero, []
        for r, region in enumerate(m.region):
            banned = self.ban(r, region, loss)
            refused = [m.zero]
            if region.export_controlled:
                refused = [share * no for share, no in zip(mix, m.licences.refused[q])]
            of_all, of_own = sum(refused), sum(refused[: len(m.chip)], m.zero)
            replaced = self.replace(q, r, of_all, of_own, margin)
            self.open.append((1.0 - banned) * (1.0 - (of_all - replaced)))

    def ban(self, r, region, loss):
        m, before = self.m, self.stack[r]
        banned, left = m.zero, m.zero
        for event, lost in zip(m.event, loss):
            if event.kind == "market_closed" and event.location == region.name:
                banned = np.maximum(banned, lost)
                left = np.maximum(left, lost * (1.0 - event.curable * before))
        if region.second_stack:
            step = np.where(banned > 0.0, DT / region.second_stack_time, 0.0)
            self.stack[r] = np.minimum(before + step, 1.0)
            self.cost = self.cost + region.second_stack_cost * (self.stack[r] - before)
        return left

    def replace(self, q, r, of_all, of_own, margin):
        """Share of the devices in which the cheapest fallback (one-off cost, extra cost of a million devices) takes the place
        of a refused chip. It alone is built, from the first refusal on. A design of the buyer's replaces own chips only."""
        m = self.m
        rows = [(f, x) for f, x in enumerate(m.fallback) if x.region == r]
        no = {f: m.licences.refused[q][len(m.chip) + x.merchant] if x.merchant >= 0 else 0.0 for f, x in rows}
        share = {f: of_all if x.merchant >= 0 else of_own for f, x in rows}
        useless = {f: np.maximum(no[f], np.where(share[f] > SOME, 0.0, 1.0)) for f, x in rows}
        cost = [x.design_cost + x.device_cost * 1e6 + LAST * useless[f] + m.zero for f, x in rows]
        best = m.zero
        if not rows:
            return best
        cheapest = np.argmin(cost, axis=0)
        for place, (f, x) in enumerate(rows):
            taken = np.where((cheapest == place) & (x.device_cost <= margin), 1.0, 0.0)
            before = self.ready[f]
            step = np.where((share[f] > SOME) & (taken > 0.0), DT / x.time, 0.0)
            self.ready[f] = np.minimum(before + step, 1.0)
            self.cost = self.cost + x.design_cost * (self.ready[f] - before)
            serves = share[f] * self.ready[f] * taken * (1.0 - no[f])
            self.replaced[f] = ratio(serves, 1.0 - of_all + serves, 0.0)
            best = best + serves
        return best
