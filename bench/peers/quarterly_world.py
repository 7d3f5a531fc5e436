"""autarky: one of the two worlds in the NumPy port of the quarterly model: how a quarter's chips reach its devices.

SPDX-License-Identifier: Apache-2.0
"""

import numpy as np

from quarterly_case import DT, LOOKAHEAD, at_least_0, ratio
from quarterly_fleets import Access, Fleet, want_vehicles
from quarterly_labour import Labour, Makers, hours_of, want_robots
from quarterly_offers import Offers, Orders
from quarterly_streets import Street
from quarterly_supply import Requests


class World:
    def __init__(self, m, programme, make):
        self.m, self.programme, self.make = m, programme, make
        self.fleets = [Fleet(m, p) for p in m.vehicle + m.robot]
        self.offers, self.orders = Offers(m), Orders(m)
        self.access, self.makers = Access(m), Makers(m)
        self.streets = [Street(g, region, m.zero) for g, region in zip(m.grid, m.streets)]
        self.requests = [Requests(m) for _ in m.site]
        self.labour = [Labour(m, p) for p in m.robot]
        self.lost_share = m.zero
        self.mix = [m.zero] * (len(m.chip) + len(m.merchant))
        self.until = not make or m.buyer.buys_until_own_chip
        self.shortfall = make and m.buyer.buys_shortfall

    def own_share(self, q):
        return self.programme.own_share(q) if self.make else self.m.zero

    def volume(self, q):
        """Devices a year of the reference programme."""
        if self.m.vehicle:
            return self.m.vehicle[0].volume.at(self.m.middle(q))
        return self.fleets[0].recent[0] / DT if self.fleets else self.m.zero

    def open(self, q, now, threat):
        self.now = now
        self.access.advance(q, now.loss, self.mix, self.fleets[0].margin if self.fleets else self.m.zero)
        self.offers.open(q, now.memory_price, self.volume(q), self.lost_share, *threat)

    def price(self, q, unit_costs):
        """Compute of a device, with own chips in last quarter's terms and in this world, and its power."""
        weights, share = self.programme.use_weights(q), self.own_share(q)
        self.own_device = [self.m.own_compute(p, q, unit_costs, weights, self.now.memory_price)
                           for p in range(len(self.fleets))]
        self.compute = [own * share + bought * (1.0 - share) for own, bought in zip(self.own_device, self.offers.device)]
        for f, device, chosen in zip(self.fleets, self.m.devices, self.offers.chosen):
            own = sum((n[q] * c.power * w for n, c, w in zip(device.own, self.m.chip, weights)), self.m.zero)
            bought = sum((n[q] * x.power * c for n, x, c in zip(device.merchant, self.m.merchant, chosen)), self.m.zero)
            f.power = own * share + bought * (1.0 - share)

    def want(self, q, bought):
        m, t = self.m, self.m.middle(q)
        for p, f in enumerate(self.fleets):
            robot = p - len(m.vehicle)
            if robot < 0:
                want_vehicles(m, f, t, bought[p] - self.compute[p])
                continue
            want_robots(m, f, self.labour[robot], q, self.now.loss, bought[p], self.compute[p])
        for f in self.fleets:
            f.open_markets(self.access.open)
        for street in self.streets:
            r = street.g.region
            wanted = sum((f.gated[r] * self.at_home(p, street.g) for p, f in enumerate(self.fleets)), m.zero)
            blocked = street.blocked_share(wanted)
            for p, f in enumerate(self.fleets):
                f.gated[r] = f.gated[r] * (1.0 - self.at_home(p, street.g) * blocked)
        for f in self.fleets:
            f.hold(f.p.part_limit.at(t) * DT * self.now.parts_left)

    def at_home(self, p, g):
        return g.vehicles_at_home if p < len(self.m.vehicle) else g.robots_at_home

    def planned(self, p, q):
        """Devices of this quarter as they stand, vehicles of later ones by plan, robots by trend."""
        m, f = self.m, self.fleets[p]
        out = [sum(f.gated)]
        kept = ratio(sum(f.eligible), f.wanted + f.waited, 1.0)
        last, before = f.recent
        for k in range(1, LOOKAHEAD):
            t = m.middle(q + k)
            if p < len(m.vehicle):
                want = f.p.volume.at(t) * DT * ratio(f.wanted, f.p.volume.at(m.middle(q)) * DT, 1.0)
            else:
                want = at_least_0(last + (last - before) * (k + 1))
            out.append(np.minimum(want * kept, f.p.part_limit.at(t) * DT))
        return out

    def needed_own(self, q):
        out = [[self.m.zero] * LOOKAHEAD for _ in self.m.chip]
        for p, device in enumerate(self.m.devices):
            devices = self.planned(p, q)
            for g, c in enumerate(self.m.chip):
                for k in range(LOOKAHEAD):
                    out[g][k] = out[g][k] + devices[k] * device.own[g][q + k] * c.share[q + k]
        return out

    # ---- chips into devices --------------------------------------------------------------------------------------
    def deliver(self, q, sites):
        """`sites`: requests at the sites that serve this world."""
        m = self.m
        self.memory, self.fallback_cost = m.zero, m.zero
        self.built_in = [m.zero] * len(m.merchant)
        self.bought_devices = [m.zero] * len(m.merchant)
        counts = [m.zero] * len(self.mix)
        builds = []
        for p, f in enumerate(self.fleets):
            b = dict(all=sum(f.gated), built=m.zero, power=m.zero, short=m.zero, fallback=[])
            for x, share in zip(m.fallback, self.access.replaced):
                devices = f.gated[x.region] * share
                self.fallback_cost = self.fallback_cost + devices * x.device_cost
                b["fallback"].append(devices if x.merchant >= 0 else m.zero)
            builds.append(b)
            if self.make:
                self.take_own(q, p, b, counts)
        self.order(q, builds, sites)
        for p in range(len(self.fleets)):
            self.finish(q, p, builds[p], counts)
        self.mix = [ratio(x, sum(counts), 0.0) for x in counts]  # fallbacks left out: the rule looks at these
        built = sum(b["built"] for b in builds)
        self.bought_share = [np.where(built >= 1.0, ratio(x, built, 0.0), 0.0) for x in self.bought_devices]
        self.porting = self.offers.close(self.orders.ordered)

    def take_own(self, q, p, b, counts):
        m, device = self.m, self.m.devices[p]
        open_ = b["all"] - sum(b["fallback"], m.zero)

        def take(g, devices):
            c, chips = m.chip[g], device.own[g][q]
            used = np.minimum(c.stock, devices * chips)
            c.stock = c.stock - used
            if not c.memory_in_package:
                self.memory = self.memory + used / chips * device.memory[q] * (self.now.memory_price * c.memory_premium)
            b["power"] = b["power"] + c.power * used
            b["built"] = b["built"] + used / chips
            counts[g] = counts[g] + used / chips
            return used / chips

        newest_first = list(reversed(range(len(m.chip))))
        for g in newest_first:
            wanted = open_ * m.chip[g].share[q]
            b["short"] = b["short"] + wanted - take(g, wanted)
        for g in newest_first:
            b["short"] = b["short"] - take(g, at_least_0(b["short"]))
        b["short"] = at_least_0(b["short"])

    def order(self, q, builds, sites):
        m = self.m
        n = range(len(m.merchant))
        room = [[self.orders.most(i, m.middle(q + k), self.now.loss) for k in range(LOOKAHEAD)] for i in n]
        needed = [[m.zero] * LOOKAHEAD for _ in n]
        for p, b in enumerate(builds):
            devices = self.planned(p, q)
            parts = [m.zero for _ in n]
            for x, count in zip(m.fallback, b["fallback"]):
                if x.merchant >= 0:
                    parts[x.merchant] = parts[x.merchant] + ratio(count, b["all"], 0.0)
            for k in range(LOOKAHEAD):
                def take(i, wanted):
                    chips = m.devices[p].merchant[i][q + k]
                    taken = np.minimum(wanted * chips, room[i][k])
                    room[i][k] = room[i][k] - taken
                    needed[i][k] = needed[i][k] + taken
                    return taken / chips

                left = m.zero
                if self.until:
                    left = devices[k] * (1.0 - sum(parts)) * (1.0 - self.own_share(q + k))
                if self.shortfall:
                    left = left + b["short"]
                for i in n:
                    take(i, devices[k] * parts[i])
                asked = left
                for i in n:
                    left = left - take(i, asked * self.offers.chosen[p][i] * self.orders.met[i])
                others = [i for i in n if not m.merchant[i].fallback_only]
                for i in others:
                    left = left - take(i, at_least_0(left) * self.orders.met[i] * (1.0 - self.offers.chosen[p][i]))
                for i in n:
                    left = left - take(i, at_least_0(left) * self.offers.chosen[p][i])
                for i in others:
                    left = left - take(i, at_least_0(left))
        self.orders.place(q, needed, self.now.capacity, sites, self.now.loss)

    def finish(self, q, p, b, counts):
        m, f = self.m, self.fleets[p]

        def take(i, devices, is_fallback=False):
            x, chips = m.merchant[i], m.devices[p].merchant[i][q]
            used = self.orders.use(i, devices * chips)
            self.built_in[i] = self.built_in[i] + used
            self.memory = self.memory + used / chips * self.offers.memory_of(m.devices[p], q, i)
            b["power"] = b["power"] + x.power * used
            b["built"] = b["built"] + used / chips
            self.bought_devices[i] = self.bought_devices[i] + used / chips
            if not is_fallback:
                counts[len(m.chip) + i] = counts[len(m.chip) + i] + used / chips
            return used / chips

        open_ = b["all"] - sum(b["fallback"], m.zero)
        for x, devices in zip(m.fallback, b["fallback"]):
            if x.merchant >= 0:
                take(x.merchant, devices, True)
        left = open_ * (1.0 - self.own_share(q)) if self.until else m.zero
        if self.shortfall:
            left = left + b["short"]
        for i in range(len(m.merchant)):
            left = left - take(i, left * self.offers.chosen[p][i])
        for i, x in enumerate(m.merchant):
            if not x.fallback_only:
                left = left - take(i, at_least_0(left))
        f.deliver(np.minimum(ratio(b["built"], b["all"], 1.0), 1.0), ratio(b["power"], b["built"], f.power))
        if p >= len(m.vehicle):
            f.adopters = [a + d for a, d in zip(f.adopters, f.delivered)]

    def paid(self):
        return sum((d * p for d, p in zip(self.orders.delivered, self.offers.price)), self.m.zero)

    def worth_of_bought(self):
        return sum((n * p for n, p in zip(self.built_in, self.offers.price)), self.m.zero)

    def stock(self):
        return sum((s * p for s, p in zip(self.orders.stock, self.offers.price)), self.m.zero)

    # ---- the quarter ends ----------------------------------------------------------------------------------------
    def close(self, q, buyers_market):
        m = self.m
        self.energy = m.zero
        for g, street in zip(m.grid, self.streets):
            r, devices, added = g.region, m.zero, m.zero
            for p, f in enumerate(self.fleets):
                home = self.at_home(p, g)
                if p < len(m.vehicle):
                    at_work = np.minimum(f.p.driving_share + f.p.parked_share, 1.0)
                    load = f.compute[r] * at_work + f.service[r] * g.induced_charging
                    fresh = f.service[r] * g.own_charging * (1.0 - g.baseline_share)
                else:
                    load, fresh = (f.compute[r] + f.service[r] * f.p.power) * hours_of(f.p, m.region[r]), 0.0
                added = added + (load + fresh) * home
                devices = devices + f.service[r] * home
                self.energy = self.energy + load * f.p.owned_share * DT * m.region[r].energy_price
            street.advance(q, m.middle(q), devices, added)
        listed = self.offers.list[0] if m.merchant else 0.0
        lost, market = self.makers.advance(q, listed, self.own_share(q))
        self.lost_share = ratio(lost + at_least_0(buyers_market - self.worth_of_bought()), market + buyers_market, 0.0)
