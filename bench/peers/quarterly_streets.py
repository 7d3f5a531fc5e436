"""autarky: streets and their transformers in the NumPy port of the quarterly model.

SPDX-License-Identifier: Apache-2.0
"""

import pathlib
import tomllib

import numpy as np

from quarterly_case import DT, WATT, ratio


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

    def __init__(self, g, zero, first):
        """`first`: the middle of the first quarter."""
        pole_units, station_units = (1.0 - g.station_share) / POLE.homes, g.station_share / STATION.homes
        units = station_units / (pole_units + station_units)
        pole_places = (1.0 - g.station_share) * (POLE.places / POLE.homes)
        station_places = g.station_share * (STATION.places / STATION.homes)
        places = station_places / (pole_places + station_places)
        at = (g.managed_share + zero, g.clustering + zero)
        pole, station = POLE.line(*at), STATION.line(*at)
        self.curves = [[a * (1.0 - part) + b * part for a, b in zip(*both)]
                       for part, both in ((units, (pole[0], station[0])), (places, (pole[1], station[1])))]
        car = ((1.0 - places) * POLE.car + places * STATION.car) * WATT
        self.per_power = 1.0 / (g.homes * (pole_places + station_places) * car)
        self.units = g.homes / g.homes_per_transformer
        lead = g.lead_time / DT  # in quarters, over four stages
        self.leaving = np.minimum(4.0 / np.maximum(lead, 4.0), 1.0)
        self.passing = 1.0 - np.minimum(lead / 4.0, 1.0)
        self.columns = np.arange(zero.size)
        self.upgrade = g.upgrade_cost * self.buyers_part(g.upgrade_utility, g.upgrade_customer, g.upgrade_buyer)
        self.storage = g.storage_size * g.storage_cost * self.buyers_part(
            g.storage_utility, g.storage_customer, g.storage_buyer)
        self.first_money = g.investment.at(first)

    @staticmethod
    def buyers_part(utility, customer, buyer):
        return ratio(buyer, utility + customer + buyer, 0.0)

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


class Street:
    """One region's streets in one world: who waits for a transformer, and the pipeline of new ones."""

    def __init__(self, g, region, zero):
        self.g, self.region, self.zero = g, region, zero
        self.stages, self.store, self.up = [zero] * 4, zero, zero
        self.queue, self.goal, self.stored, self.bill = zero, zero, zero, zero

    def blocked_share(self, at_home):
        self.queue = np.minimum(self.goal * self.g.blocks_sale, at_home)
        return ratio(self.queue, at_home, 0.0)

    def advance(self, q, t, devices, added):
        """`added`: power at home of the devices in service; orders, installations, storage and bill of the quarter."""
        g, region = self.g, self.region
        served = added * region.per_power
        over, waiting = region.at(served * (1.0 + ratio(self.queue, devices, 0.0)))
        needed = over * region.units
        money = 1.0 + g.investment_response * (ratio(g.investment.at(t), region.first_money, 1.0) - 1.0)
        scale = (1.0 + g.upgrade_growth) ** (DT * (q + 1)) * money * DT * (1.0 - g.replacement_share)
        coming, on_way, stages = self.zero, self.zero, []
        for stage in self.stages:
            moves, passes = stage * region.leaving, coming * region.passing
            stages.append(stage - moves + (coming - passes))
            on_way, coming = on_way + stages[-1], moves + passes
        store, undone = self.store + coming, np.maximum(needed - self.up, 0.0)
        done = np.minimum(undone, np.minimum(store, g.crew_rate * scale))
        left = undone - done
        self.up, store = self.up + done, store - done
        fresh = np.minimum(np.maximum(left - store - on_way, 0.0), g.upgrade_rate * scale)
        for k in range(4):
            passes = fresh * region.passing
            stages[k], fresh = stages[k] + (fresh - passes), passes
        self.stages, self.store = stages, store + fresh
        waits = devices * ratio(waiting * left, served * needed, 0.0)
        too_many = np.minimum(waits, devices + self.queue)
        self.goal = too_many - np.minimum(too_many, self.stored)
        bought = np.maximum(too_many * g.storage_share - self.stored, 0.0)
        self.stored = self.stored + bought
        self.bill = done * region.upgrade + bought * region.storage
