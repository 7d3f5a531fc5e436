"""autarky: the core of the quarterly model, vectorised over samples with NumPy, to measure the C++ model against.

SPDX-License-Identifier: Apache-2.0

    quarterly_model.py FOLDER      reads what bench_model_case wrote, compares the net present values, prints the time

It follows docs/model stage by stage; metrics that the value does not need are left out, which favours NumPy.
"""

import json
import pathlib
import sys
import time
import tomllib

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


def monotone_slopes(x, f):
    """Slopes after Fritsch and Butland (1984) along the first axis of f."""
    step, secant = np.diff(x), np.diff(f, axis=0) / np.diff(x)[:, None, None]
    slope = np.zeros_like(f)
    a, b = secant[:-1], secant[1:]
    w1 = (2.0 * step[1:] + step[:-1])[:, None, None]
    w2 = (step[1:] + 2.0 * step[:-1])[:, None, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        slope[1:-1] = np.where(a * b > 0.0, (w1 + w2) / (w1 / a + w2 / b), 0.0)

    def end(h0, h1, near, after):
        s = ((2.0 * h0 + h1) * near - h0 * after) / (h0 + h1)
        turns = (near * after <= 0.0) & (np.abs(s) > 3.0 * np.abs(near))
        return np.where(s * near <= 0.0, 0.0, np.where(turns, 3.0 * near, s))

    slope[0] = end(step[0], step[1], secant[0], secant[1])
    slope[-1] = end(step[-1], step[-2], secant[-1], secant[-2])
    return slope


class Streets:
    """One kind of street: its overload surfaces."""

    def __init__(self, region):
        folder = pathlib.Path(__file__).resolve().parents[2] / "catalogue" / "grid"
        with open(folder / f"overload_{region}.toml", "rb") as file:
            tree = tomllib.load(file)
        self.homes, self.places, self.car = tree["homes_a_unit"], tree["places_a_unit"], tree["car_w"]
        self.p, self.managed, self.clustering = (np.array(axis["points"], float) for axis in tree["axis"])
        shape = (len(self.p), len(self.managed), len(self.clustering))
        self.tables = []
        for name in ("over", "waiting"):
            values = np.array(tree[name]["values"], float).reshape(shape)
            self.tables.append((values - values[0], monotone_slopes(self.p, values)))

    @staticmethod
    def cell(points, x):
        x = np.clip(x, points[0], points[-1])
        i = np.clip(np.searchsorted(points, x, side="right") - 1, 0, len(points) - 2)
        return i, (x - points[i]) / (points[i + 1] - points[i])

    def line(self, managed, clustering):
        """Values and slopes of both curves along p, linear between the nodes of the other axes."""
        (i, t), (j, u) = self.cell(self.managed, managed), self.cell(self.clustering, clustering)
        out = []
        for pair in self.tables:
            out.append([f[:, i, j] * (1 - t) * (1 - u) + f[:, i, j + 1] * (1 - t) * u
                        + f[:, i + 1, j] * t * (1 - u) + f[:, i + 1, j + 1] * t * u for f in pair])
        return out


POLE, STATION = Streets("us"), Streets("europe")


class Region:
    """A region's streets, which both worlds share."""

    def __init__(self, g):
        pole_units, station_units = (1.0 - g.station_share) / POLE.homes, g.station_share / STATION.homes
        units = station_units / (pole_units + station_units)
        pole_places = (1.0 - g.station_share) * (POLE.places / POLE.homes)
        station_places = g.station_share * (STATION.places / STATION.homes)
        places = station_places / (pole_places + station_places)
        pole, station = POLE.line(g.managed_share, g.clustering), STATION.line(g.managed_share, g.clustering)
        self.curves = [[a * (1.0 - part) + b * part for a, b in zip(*both)]
                       for part, both in ((units, (pole[0], station[0])), (places, (pole[1], station[1])))]
        car = ((1.0 - places) * POLE.car + places * STATION.car) * WATT
        self.per_power = 1.0 / (g.homes * (pole_places + station_places) * car)
        self.units = g.homes / g.homes_per_transformer
        self.leaving = np.minimum(4.0 * DT / g.lead_time, 1.0)
        self.columns = np.arange(len(self.units))

    def at(self, penetration):
        x = np.clip(penetration, POLE.p[0], POLE.p[-1])
        i, t = Streets.cell(POLE.p, x)
        h = (POLE.p[1:] - POLE.p[:-1])[i]
        out = []
        for f, d in self.curves:
            f0, f1, d0, d1 = (v[k, self.columns] for v, k in ((f, i), (f, i + 1), (d, i), (d, i + 1)))
            rise = f1 - f0
            out.append(np.maximum(f0 + t * rise + t * (1 - t) * ((d0 * h - rise) * (1 - t) + (rise - d1 * h) * t), 0.0))
        return out


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


class Fleet:
    def __init__(self, model, programme):
        n = len(model.region)
        self.p = programme
        self.wanted, self.gated = [model.zero] * n, [model.zero] * n
        self.service, self.queue, self.adopters = [model.zero] * n, [model.zero] * n, [model.zero] * n
        self.compute = [model.zero] * n
        self.output, self.recent = model.zero, (model.zero, model.zero)

    def hold(self, allowed):
        part = np.minimum(ratio(allowed, sum(self.wanted), 1.0), 1.0)
        self.wanted = [w * part for w in self.wanted]

    def deliver(self, part, chip_power):
        leaving = np.minimum(DT / self.p.life, 1.0)
        self.delivered = [g * part for g in self.gated]
        for r, delivered in enumerate(self.delivered):
            self.service[r] = self.service[r] + delivered - self.service[r] * leaving
            self.compute[r] = self.compute[r] * (1.0 - leaving) + delivered * chip_power
        self.output = self.output + sum(self.delivered)
        self.recent = (sum(self.wanted), self.recent[0])


class World:
    def __init__(self, model, make):
        self.m, self.make = model, make
        self.vehicles = [Fleet(model, p) for p in model.vehicle]
        self.robots = [Fleet(model, p) for p in model.robot]
        self.bought, self.lost_share = model.zero, model.zero
        self.second = [model.zero] * len(model.region)
        self.progress = [model.zero] * len(model.maker)
        self.streets = [dict(stages=[model.zero] * 4, store=model.zero, up=model.zero, queue=model.zero, goal=model.zero)
                        for _ in model.grid]
        self.recovery = [recovery(model.economy.discount_rate, p.life) for p in model.robot]

    def open(self, q, loss, share, refused, cost):
        m, t = self.m, self.m.middle(q)
        self.share = share
        self.eq = m.chip[0].merchant_equivalents
        self.stack_cost, self.open_ = m.zero, []
        for r, region in enumerate(m.region):
            closed = m.zero
            for e, event in enumerate(m.event):
                if event.kind == "market_closed" and event.location == region.name:
                    closed = np.maximum(closed, loss[e])
            plain = (1.0 - closed) * (1.0 - (refused * share if region.export_controlled else 0.0))
            again = 0.0
            if region.second_stack:
                before = self.second[r]
                self.second[r] = np.minimum(before + np.where(plain < 0.5, DT / region.second_stack_time, 0.0), 1.0)
                self.stack_cost = self.stack_cost + region.second_stack_cost * (self.second[r] - before)
                again = np.where(self.second[r] >= 1.0, 1.0, 0.0)
            self.open_.append(np.maximum(plain, again))
        own = cost / self.eq
        memory_price = m.economy.memory_price.at(t)
        self.supply = m.zero
        for i, x in enumerate(m.merchant):
            age = t - x.price_date
            listed = x.list_price * (1.0 - x.price_decline) ** age / x.work
            unit = x.unit_cost * (1.0 - x.cost_decline) ** age / x.work
            floor = unit / np.maximum(1.0 - x.minimum_margin, 0.01)
            decades = np.log10(np.maximum(self.bought / DT / x.discount_reference, 1.0))
            asked = listed * np.maximum(1.0 - x.volume_discount * decades, 0.2) * np.maximum(
                1.0 - x.response * self.lost_share, 0.5)
            price = np.maximum(asked, floor)
            memory = x.memory * memory_price / x.work
            price = price - np.maximum(price - np.maximum(own - memory, floor), 0.0) * x.bargain * share
            if i == 0:
                self.price, self.memory, self.list, self.power = price, memory, listed, x.power
            else:
                cheaper = price + memory < self.price + self.memory
                self.price = np.where(cheaper, price, self.price)
                self.memory = np.where(cheaper, memory, self.memory)
            lost = m.zero
            for e, event in enumerate(m.event):
                if event.kind == "supply_loss" and event.location == x.location:
                    lost = np.maximum(lost, loss[e])
            self.supply = self.supply + x.supply.at(t) * DT * x.work * (1.0 - lost)
        self.merchant_compute = (self.price + self.memory) * self.eq
        self.compute = cost * share + self.merchant_compute * (1.0 - share)
        self.parts = []
        for p in m.robot:
            lost = m.zero
            for e, event in enumerate(m.event):
                if event.kind == "parts_closed" and event.location == p.parts_location:
                    lost = np.maximum(lost, loss[e])
            self.parts.append(lost)

    def want(self, q):
        m, t = self.m, self.m.middle(q)
        for f in self.vehicles:
            volume = f.p.volume.at(t) * DT
            f.wanted = [volume * region.vehicle_share * o for region, o in zip(m.region, self.open_)]
            f.hold(f.p.part_limit.at(t) * DT)
        self.robot_prices = []
        for i, f in enumerate(self.robots):
            p = f.p
            learned = np.maximum(f.output / p.bom_units, 1.0) ** np.log2(np.maximum(1.0 - p.bom_learning, 1e-6))
            bom = (p.bom_floor + np.maximum(p.bom - p.bom_floor, 0.0) * learned) * (
                1.0 + (p.parts_closed_multiple - 1.0) * self.parts[i])
            theirs, ours = self.merchant_compute * p.chips, self.compute * p.chips
            price = np.maximum((bom + theirs) * (1.0 + p.markup) - (theirs - ours) * p.pass_through, 1.0)
            self.robot_prices.append((price, bom))
            selling = np.clip((m.first + DT * (q + 1) - p.start) / DT, 0.0, 1.0)
            leaving = np.minimum(DT / p.life, 1.0)
            wanted = []
            for r, region in enumerate(m.region):
                cost = price * self.recovery[i] + price * p.upkeep + (
                    p.power + m.chip[0].power * p.chips) * region.energy_price * p.duty
                wage = region.wage * (1.0 + region.wage_growth) ** (t - region.wage_date)
                output = p.productivity.at(t) * p.duty / region.working_hours
                share = 1.0 / (1.0 + (cost / (wage * np.maximum(output, 1e-9))) ** region.wage_shape)
                potential = region.workforce * region.automatable * share / np.maximum(output, 1e-6) * self.open_[r]
                adopted = f.adopters[r]
                step = np.minimum((p.innovation + p.imitation * np.minimum(ratio(adopted, potential, 1.0), 1.0)) * DT, 1.0)
                every = np.maximum(potential - adopted, 0.0) * step * selling
                wanted.append(every * p.market_share)
                f.adopters[r] = adopted * (1.0 - leaving) + every * (1.0 - p.market_share)
            f.wanted = wanted
            f.hold(p.part_limit.at(m.first + DT * (q + 0.5)) * DT)
        for f in self.vehicles + self.robots:
            f.gated = list(f.wanted)
        for g, s in zip(m.grid, self.streets):
            r = g.region
            fleets = [(f, g.vehicles_at_home) for f in self.vehicles] + [(f, g.robots_at_home) for f in self.robots]
            wanted = sum((f.wanted[r] * at_home for f, at_home in fleets), m.zero)
            blocked = np.minimum(np.maximum(s["goal"] - s["queue"], 0.0), wanted)
            released = np.maximum(s["queue"] - s["goal"], 0.0)
            block, free = ratio(blocked, wanted, 0.0), ratio(released, s["queue"], 0.0)
            s["queue"] = s["queue"] + blocked - released
            for f, at_home in fleets:
                held, let_go = f.wanted[r] * (at_home * block), f.queue[r] * free
                f.queue[r] = f.queue[r] + held - let_go
                f.gated[r] = f.wanted[r] - held + let_go

    def planned(self, q):
        m, work = self.m, []
        open_share = sum(region.vehicle_share * o for region, o in zip(m.region, self.open_))
        for k in range(LOOKAHEAD):
            t, total = m.middle(q + k), m.zero
            for f in self.vehicles:
                total = total + np.minimum(f.p.volume.at(t) * open_share, f.p.part_limit.at(t)) * DT * f.p.chips
            for f in self.robots:
                last, before = f.recent
                trend = np.maximum(last + (last - before) * (k + 1), 0.0)
                total = total + np.minimum(trend, f.p.part_limit.at(t) * DT) * f.p.chips
            work.append(total)
        return work

    def deliver(self, q):
        m = self.m
        gated = sum((sum(f.gated) * f.p.chips for f in self.vehicles + self.robots), m.zero)
        own, power = m.zero, m.zero
        if self.make:
            for c in m.chip:
                used = np.minimum(c.stock, gated * c.share[q] / c.work)
                c.stock = c.stock - used
                own, power = own + used * c.work, power + c.power * used
        planned = gated * self.share
        to_buy = m.zero
        if not self.make or m.buyer.buys_until_own_chip:
            to_buy = to_buy + gated - planned
        if not self.make or m.buyer.buys_shortfall:
            to_buy = to_buy + np.maximum(planned - own, 0.0)
        merchant = np.minimum(to_buy, self.supply / self.eq)
        self.bought = merchant * self.eq
        power = power + self.power * self.bought
        done = own + merchant
        self.buying = ratio(merchant, done, 0.0)
        cars = sum((sum(f.gated) * f.p.chips for f in self.vehicles), m.zero)
        car_share = np.minimum(ratio(done, cars, 1.0), 1.0)
        robot_share = np.minimum(ratio(np.maximum(done - cars, 0.0), np.maximum(gated - cars, 0.0), 1.0), 1.0)
        per_work = ratio(power, done, 0.0)
        for f in self.vehicles:
            f.deliver(car_share, f.p.chips * per_work)
        for f in self.robots:
            f.deliver(robot_share, f.p.chips * per_work)
            f.adopters = [a + d for a, d in zip(f.adopters, f.delivered)]

    def close(self, q, cost):
        m, t = self.m, self.m.middle(q)
        self.energy = m.zero
        for g, street, s in zip(m.grid, m.streets, self.streets):
            r, average, devices, added = g.region, m.zero, m.zero, m.zero
            fresh = g.own_charging * (1.0 - g.baseline_share)
            for f in self.vehicles:
                load = f.compute[r] * np.minimum(f.p.driving_share + f.p.parked_share, 1.0) + f.service[r] * g.induced_charging
                average = average + load
                devices = devices + f.service[r] * g.vehicles_at_home
                added = added + (load + f.service[r] * fresh) * g.vehicles_at_home
            for f in self.robots:
                load = (f.compute[r] + f.service[r] * f.p.power) * f.p.duty
                average = average + load
                devices = devices + f.service[r] * g.robots_at_home
                added = added + load * g.robots_at_home
            self.energy = self.energy + average * DT * m.region[r].energy_price
            served = added * street.per_power
            over, waiting = street.at(served * (1.0 + ratio(s["queue"], devices, 0.0)))
            needed = over * street.units
            scale = (1.0 + g.upgrade_growth) ** (DT * (q + 1)) * DT * (1.0 - g.replacement_share)
            coming, on_way, stages = m.zero, m.zero, []
            for stage in s["stages"]:
                moves = stage * street.leaving
                stages.append(stage - moves + coming)
                on_way, coming = on_way + stages[-1], moves
            store, undone = s["store"] + coming, np.maximum(needed - s["up"], 0.0)
            done = np.minimum(undone, np.minimum(store, g.crew_rate * scale))
            left = undone - done
            s["store"], s["up"] = store - done, s["up"] + done
            stages[0] = stages[0] + np.minimum(np.maximum(left - s["store"] - on_way, 0.0), g.upgrade_rate * scale)
            s["stages"] = stages
            waits = devices * ratio(waiting * left, served * needed, 0.0)
            s["goal"] = np.minimum(waits, devices + s["queue"])
        lost, gone, market = m.zero, m.zero, m.zero
        for i, x in enumerate(m.maker):
            equipped, inside = x.volume.at(t) * x.equipped.at(t), x.in_house.at(t)
            free = equipped * (1.0 - inside)
            saving = (self.list + self.memory - cost / self.eq * x.cost_premium) * x.content
            multiple = free * x.generation_life * np.maximum(saving, 0.0) / x.nre
            hurdle = 1.0 + (x.hurdle - 1.0) * (1.0 - x.benchmark_relief * self.share)
            self.progress[i] = self.progress[i] + np.where(multiple > hurdle, DT / x.lead_time, 0.0)
            adopted = np.clip((self.progress[i] - 1.0) * x.lead_time / x.ramp_time, 0.0, 1.0)
            lost = lost + free * DT * adopted * x.content * self.list
            gone = gone + equipped * inside * DT * x.content * self.list
            market = market + equipped * DT * x.content * self.list
        self.lost_share = ratio(lost + gone, market, 0.0)

    def cash(self, q):
        total = -self.bought * (self.price + self.memory) - self.m.merchant[0].support_cost * DT * self.buying
        for f in self.vehicles:
            total = total + sum(f.delivered) * f.p.margin
        for f, (price, bom) in zip(self.robots, self.robot_prices):
            total = total + sum(f.delivered) * (price - bom)
        return total - self.energy


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
