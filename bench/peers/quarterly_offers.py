"""autarky: offers, orders and outlets in the NumPy port of the quarterly model.

SPDX-License-Identifier: Apache-2.0
"""

import numpy as np

from quarterly_case import DT, LOOKAHEAD, Pipeline, at_least_0, over_lead, ratio
from quarterly_supply import supply_loss

YEARS_OF_USE = 4.0  # over which a port is spread when offers are compared


class Offers:
    """What each merchant asks in one world; the reference device is the first programme's."""

    def __init__(self, m):
        self.m = m
        n = len(m.merchant)
        self.ported, self.bought = [m.zero] * n, [m.zero] * n
        self.device = [m.zero] * len(m.devices)
        self.chosen = [[m.zero] * n for _ in m.devices]

    def open(self, q, memory_price, volume, lost_share, planned, credible):
        m = self.m
        ask, floor = [], []
        self.list, self.memory = [], []
        for i, x in enumerate(m.merchant):
            k, age = m.parts[i].k[q], m.parts[i].age[q]
            self.list.append(x.list_price * x.generation_price**k * np.maximum(1.0 - x.price_decline, 1e-9) ** age)
            cost = x.unit_cost * x.generation_price**k * np.maximum(1.0 - x.cost_decline, 1e-9) ** age
            floor.append(cost / np.maximum(1.0 - x.minimum_margin, 0.01))
            decades = np.log10(np.maximum(self.bought[i] / DT / x.discount_reference, 1.0))
            discount = np.maximum(1.0 - x.volume_discount * decades, 0.2)
            response = np.maximum(1.0 - x.response * lost_share, 0.5)
            ask.append(np.maximum(self.list[i] * discount * response, floor[i]))
            self.memory.append(memory_price * x.memory_premium)
        devices = np.maximum(volume * YEARS_OF_USE, 1.0)
        port = [x.porting_cost * (1.0 - done) / devices for x, done in zip(m.merchant, self.ported)]
        self.price = list(ask)
        if not m.devices:
            return
        first = m.devices[0]
        beside = [self.memory_of(first, q, i) + port[i] for i in range(len(m.merchant))]
        for i, x in enumerate(m.merchant):
            chips, limit = first.merchant[i][q], ask[i]
            for j, rival in enumerate(m.merchant):
                if j != i and not rival.fallback_only:
                    limit = np.minimum(limit, (first.merchant[j][q] * floor[j] + beside[j] - beside[i]) / chips)
            quote = np.maximum(ask[i] - at_least_0(ask[i] - limit) * x.conduct, floor[i])
            target = np.maximum((planned - beside[i]) / chips, floor[i])
            self.price[i] = quote - at_least_0(quote - target) * (x.bargain * credible)
        for p, device in enumerate(m.devices):
            self.choose(q, p, device, port)

    def memory_of(self, device, q, i):
        return 0.0 if self.m.merchant[i].memory_in_package else device.memory[q] * self.memory[i]

    def device_from(self, device, q, i):
        return device.merchant[i][q] * self.price[i] + self.memory_of(device, q, i)

    def choose(self, q, p, device, port):
        best = None
        for i, x in enumerate(self.m.merchant):
            self.chosen[p][i] = self.m.zero
            if x.fallback_only:
                continue
            bare = self.device_from(device, q, i)
            cost = bare + port[i]
            wins = (self.m.zero == 0.0) if best is None else cost < best
            for before in range(i):
                self.chosen[p][before] = np.where(wins, 0.0, self.chosen[p][before])
            self.chosen[p][i] = np.where(wins, 1.0, 0.0)
            self.device[p] = np.where(wins, bare, self.device[p])
            best = cost if best is None else np.minimum(best, cost)

    def close(self, ordered):
        """The first whole chip ordered ports the software."""
        cost = self.m.zero
        for i, x in enumerate(self.m.merchant):
            first = np.where((ordered[i] >= 1.0) & (self.ported[i] == 0.0), 1.0, 0.0)
            cost = cost + x.porting_cost * first
            self.ported[i] = self.ported[i] + first
        self.bought = list(ordered)
        return cost


class Orders:
    """Bought chips on their way and in stock in one world."""

    def __init__(self, m):
        self.m, n = m, len(m.merchant)
        self.lines = [Pipeline(x.lead_time + m.zero) for x in m.merchant]
        self.stock, self.met = [m.zero] * n, [m.zero + 1.0] * n

    def most(self, i, t, loss):
        x = self.m.merchant[i]
        lost = 0.0 if x.site >= 0 else supply_loss(self.m, (x.location,), loss, ("supply_loss", "rated_orders"))
        return x.supply.at(t) * DT * (1.0 - lost)

    def place(self, q, needed, capacity, requests, loss):
        m, opening = self.m, [0.0] * len(self.m.merchant)
        self.ordered, self.delivered = [], []
        for r in requests:
            r.merchants_firm = r.merchants_open = m.zero
        for i, x in enumerate(m.merchant):
            until, _ = over_lead(x.lead_time, needed[i])
            if q == 0:  # what was ordered before the horizon for the needs of today
                opening[i] = sum(needed[i][k] * np.clip(x.lead_time / DT - k, 0.0, 1.0) for k in range(LOOKAHEAD))
                self.stock[i] = opening[i]
            missing = until - self.stock[i] - self.lines[i].inside()
            wanted = np.where(missing > 1e-6, missing, 0.0)  # less is what rounding leaves of a difference
            self.ordered.append(np.minimum(wanted, self.most(i, m.middle(q), loss)))
            if x.site >= 0:
                wafers = self.ordered[i] / x.chips_per_wafer
                r = requests[x.site]
                r.merchants_firm = r.merchants_firm + wafers * x.firm
                r.merchants_open = r.merchants_open + wafers * (1.0 - x.firm)
        for i, x in enumerate(m.merchant):
            if x.site >= 0:
                r = requests[x.site]
                *_, fits, beyond = r.split(capacity[x.site], r.own)
                self.met[i] = x.firm * fits + (1.0 - x.firm) * beyond
            self.ordered[i] = self.ordered[i] * self.met[i]
            arrived = self.lines[i].advance(self.ordered[i])
            self.stock[i] = self.stock[i] + arrived
            self.delivered.append(arrived + opening[i])

    def use(self, i, wanted):
        used = np.minimum(self.stock[i], wanted)
        self.stock[i] = self.stock[i] - used
        return used


class Outlets:
    """Free wafers: those that are paid anyway and earn more in an outlet than settling them saves."""

    def __init__(self, m):
        self.m = m

    def serve(self, q, offers, supply, memory_price):
        m, t = self.m, self.m.middle(q)
        self.base, self.gain = m.zero, m.zero
        self.taken, self.by_site = [m.zero] * len(m.contract), [m.zero] * len(m.site)
        for outlet, device in zip(m.outlet, m.outlets):
            left = outlet.demand.at(t) * DT
            worth = outlet.price.at(t) - outlet.system_cost
            otherwise = at_least_0(worth - offers.device_from(device, q, outlet.merchant))
            self.base = self.base + left * otherwise
            for i, contract in enumerate(m.contract):
                for line in m.allocation:
                    if line.site not in contract.sites:
                        continue
                    c, price = m.chip[line.chip], m.site[line.site].price
                    chips = device.own[line.chip][q]
                    memory = 0.0 if c.memory_in_package else device.memory[q] * (memory_price * c.memory_premium)
                    gain = worth - (chips * line.variable + outlet.porting + memory) - otherwise
                    later = (1.0 + m.economy.discount_rate) ** -c.lead
                    pays = gain * later * (line.per_wafer / chips) > price * (1.0 - contract.loss_share)
                    unmet = at_least_0(contract.minimum_now - supply.taken(contract) - self.taken[i])
                    free = np.minimum(unmet / price, self.there(supply, line.site, unmet / price)) * c.may_start[q]
                    wafers = np.where(pays, np.minimum(free, left * chips / line.per_wafer), 0.0)
                    systems = wafers * line.per_wafer / chips
                    left = at_least_0(left - systems)
                    self.gain = self.gain + systems * gain * later
                    self.taken[i] = self.taken[i] + wafers * price
                    self.by_site[line.site] = self.by_site[line.site] + wafers

    def there(self, supply, i, more):
        """Of `more` wafers, those that the site would grant beside what it runs for the buyer."""
        r, c = self.m.site[i].requests, supply.capacity[i]
        so_far = r.own + self.by_site[i]
        return at_least_0(r.granted(c, so_far + more) - r.granted(c, so_far))
