"""autarky: robots against labour, rivals and other car makers in the NumPy port of the quarterly model.

SPDX-License-Identifier: Apache-2.0
"""

import math

import numpy as np

from quarterly_case import DT, at_least_0, ratio, recovery, until_event

erfc = np.frompyfunc(math.erfc, 1, 1)
ATTEMPTS = 4  # stops of a maker's programme that have a draw of their own
GOLDEN = 0.61803398874989485


def normal_below(x):
    return 0.5 * erfc(-x / math.sqrt(2.0)).astype(float)


def good_die(m, process, area, t, premium, wafers):
    """Cost of a square die to a maker other than the buyer."""
    p = m.process[process]
    gap = np.exp(-p.learning_rate * at_least_0(t - p.learning_start) - p.learning_per_wafer * wafers)
    density = p.defect_density_floor + (p.defect_density_start - p.defect_density_floor) * gap
    since = p.learning_start + at_least_0(t - p.learning_start) - p.excursion_start
    density = density + np.where(since >= 0.0, p.excursion_jump * np.exp(-at_least_0(since / p.excursion_recovery)), 0.0)
    good = p.line_yield * p.parametric_yield * (1.0 + area * density / p.clustering) ** -p.clustering
    price = p.wafer_price * premium * (1.0 + p.price_drift) ** (t - p.price_date)
    return ratio(price, gross_dies(p, area) * good, 1e12)


def gross_dies(p, area):
    u, side = at_least_0(p.wafer_diameter - 2.0 * p.edge_exclusion), np.sqrt(area)
    squares = u * u / ((side + p.scribe) * (side + p.scribe))
    return at_least_0(np.pi / 4.0 * squares - np.pi * np.sqrt(0.5 * squares))


def parts_of(p):
    """Share of the bill, learning rate and place of each part; a robot without parts is one."""
    if not p.part:
        return [(1.0, p.bom_learning, p.parts_location)]
    total = sum(x.share for x in p.part)
    return [(ratio(x.share, total, 0.0), p.bom_learning * x.learning, x.location or p.parts_location) for x in p.part]


def bill(m, p, output, loss):
    doublings = np.log2(np.maximum(output / p.bom_units, 1.0))
    total = m.zero
    for share, learning, place in parts_of(p):
        lost = m.zero
        for event, gone in zip(m.event, loss):
            if event.kind == "parts_closed" and event.location == place:
                lost = np.maximum(lost, gone)
        learned = np.maximum(1.0 - learning, 1e-6) ** doublings
        part = (p.bom_floor + at_least_0(p.bom - p.bom_floor) * learned) * share
        total = total + part * (1.0 + (p.parts_closed_multiple - 1.0) * lost)
    return total


def hours_of(p, region):
    return np.minimum(region.working_hours * p.shifts * p.duty, 1.0)


class Labour:
    """A region's jobs against robots of one programme, and what rivals' robots cost there."""

    def __init__(self, m, p):
        self.m, self.p = m, p
        self.recovery = recovery(p.financing, p.life)

    def open(self, q, loss):
        m, p, t = self.m, self.p, self.m.middle(q)
        weights = sum(x.weight for x in m.rival)
        self.rivals = []
        for x in m.rival:
            closed = m.zero
            for event, lost in zip(m.event, loss):
                if event.kind == "foundries_closed" and event.location == x.location:
                    closed = np.maximum(closed, lost)
            lag = x.process_lag + (x.process_lag_closed - x.process_lag) * closed
            compute = good_die(m, x.process, x.die_area, t, 1.0, 0.0) * x.node_cost ** lag + x.compute_rest
            power = x.compute_power * x.node_power ** lag
            self.rivals.append((ratio(x.weight, weights, 0.0), x.price.at(t) + compute, power, x.productivity))

    def cost(self, region, wage, price, power):
        p = self.p
        energy = (p.power + power) * region.energy_price * hours_of(p, region)
        people = p.supervision.at(self.t) * p.shifts * wage
        return price * (1.0 + p.integration) * self.recovery + price * p.upkeep + energy + people

    def case(self, q, region, price, power):
        """The buyer's share of sales, and the work that all makers' robots could take."""
        p, self.t = self.p, self.m.middle(q)
        wage = region.wage * (1.0 + region.wage_growth) ** (self.t - region.wage_date)
        own = self.cost(region, wage, price, power)
        pull = p.market_share + self.m.zero
        for weight, rival, its_power, productivity in self.rivals:
            its_cost = self.cost(region, wage, rival, its_power) / productivity
            pull = pull + (1.0 - p.market_share) * weight * (its_cost / own) ** -p.rivalry
        share, index = p.market_share + self.m.zero, own
        if self.rivals:
            share, index = ratio(p.market_share, pull, 0.0), own * pull ** (-1.0 / p.rivalry)
        worth = wage * np.maximum(self.output(region), 1e-9) / index
        undercut, jobs = self.m.zero, region.occupation
        total = sum(x.share for x in jobs)
        for part, median, spread in [(ratio(x.share, total, 0.0), x.wage, x.wage_spread) for x in jobs] or [
                (1.0, 1.0, region.wage_spread)]:
            over = np.sqrt(spread ** 2 + p.task_spread.at(self.t) ** 2)
            undercut = undercut + part * normal_below(np.log(worth * median) / over)
        least = np.maximum(p.least_site, 1e-12)
        at_sites = normal_below(
            np.log(region.site_size * np.maximum(region.automatable * undercut, 1e-12) / least) / region.site_spread)
        hours = np.maximum(worth, 1.0) ** p.elasticity
        return share, region.workforce * region.automatable * undercut * at_sites * hours

    def output(self, region):
        return self.p.productivity.at(self.t) * hours_of(self.p, region) / region.working_hours


def want_robots(m, fleet, labour, q, loss, bought, here):
    """Bass diffusion of all makers' robots toward the work that they undercut."""
    p = fleet.p
    bom = bill(m, p, fleet.output, loss)
    price = np.maximum((bom + bought) * (1.0 + p.markup) - (bought - here) * p.pass_through, 1.0)
    selling = np.clip((m.end(q) - p.start) / DT, 0.0, 1.0)
    leaving = np.minimum(DT / p.life, 1.0)
    labour.open(q, loss)
    for r, region in enumerate(m.region):
        part, potential = labour.case(q, region, price, fleet.power)
        places = ratio(potential, labour.output(region), 0.0)
        taken = fleet.adopters[r] + fleet.backlog[r]
        share = np.minimum(ratio(taken, places, 1.0), 1.0)
        every = at_least_0(places - taken) * np.minimum((p.innovation + p.imitation * share) * DT, 1.0)
        fleet.full[r] = every * part * selling
        fleet.adopters[r] = fleet.adopters[r] * (1.0 - leaving) + every - fleet.full[r]
    fleet.margin = price - bom


class Makers:
    """Other car makers in one world, who may follow."""

    def __init__(self, m):
        self.m = m
        self.progress = [m.zero] * len(m.maker)
        self.exposed, self.attempts = list(self.progress), list(self.progress)

    def survives(self, x, attempts):
        draws = [x.luck + GOLDEN * k for k in range(ATTEMPTS)]
        limits = [until_event(x.hazard, d - np.floor(d)) + self.m.zero for d in draws]
        return np.choose(np.minimum(attempts, ATTEMPTS - 1).astype(int), limits)

    def advance(self, q, listed, proof):
        """Revenue that the merchants lose to chips of these makers, and what their market is worth without any."""
        m, t = self.m, self.m.middle(q)
        lost, market = m.zero, m.zero
        for i, x in enumerate(m.maker):
            equipped, inside = x.volume.at(t) * x.equipped.at(t), x.in_house.at(t)
            free = equipped * (1.0 - inside)
            half = ratio(0.5 * free * x.generation_life * x.own_chips, gross_dies(m.process[x.process], x.die_area), 0.0)
            chip = good_die(m, x.process, x.die_area, t, x.wafer_premium, half) + x.chip_rest
            multiple = free * x.generation_life * at_least_0(x.content * listed - x.own_chips * chip) / x.nre
            self.step(i, x, multiple, proof)
            adopted = np.clip((self.progress[i] - 1.0) * (x.lead_time / x.ramp_time), 0.0, x.most)
            lost = lost + (free * adopted + equipped * inside) * DT * x.content * listed
            market = market + equipped * DT * x.content * listed
        return lost, market

    def step(self, i, x, multiple, proof):
        runs = multiple > 1.0 + (x.hurdle - 1.0) * (1.0 - x.benchmark_relief * proof)
        at_risk = self.progress[i] < 1.0
        exposed = self.exposed[i] + np.where(runs & at_risk, DT, 0.0)
        fails = at_risk & (exposed >= self.survives(x, self.attempts[i]))
        stops = fails | (at_risk & (multiple < 1.0))
        ahead = DT / x.lead_time / np.maximum(1.0 - x.lead_relief * proof, 0.01)
        self.progress[i] = (self.progress[i] + np.where(runs, ahead, 0.0)) * (1.0 - x.progress_lost * stops)
        self.exposed[i] = np.where(fails, 0.0, exposed)
        self.attempts[i] = self.attempts[i] + fails
