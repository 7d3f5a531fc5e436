"""autarky: sites, contracts and own wafers in the NumPy port of the quarterly model.

SPDX-License-Identifier: Apache-2.0
"""

import copy

import numpy as np

from quarterly_case import DT, LOOKAHEAD, Pipeline, at_least_0, over_lead, overlap, ratio

HARDLY_ANY = 1e-9  # wafers; of a site where nothing runs nothing is met, even where nobody asks


def supply_loss(m, places, loss, kinds=("supply_loss",)):
    worst = m.zero
    for event, lost in zip(m.event, loss):
        if event.kind in kinds and event.location in places:
            worst = np.maximum(worst, lost)
    return worst


def own_wafer_share(path):
    """Share of the buyer's wafers on a path that its capital stands behind."""
    return np.minimum(ratio(path.own_share, 1.0 - path.tenant_share, 0.0), 1.0)


class Capacity:
    """Wafers of a site in a quarter before anybody has asked; both worlds share it."""

    def __init__(self, m, i, q, loss):
        site, t = m.site[i], m.middle(q)
        here = (site.location, site.name)
        working = 1.0 - supply_loss(m, here, loss)
        to_state = supply_loss(m, here, loss, ("rated_orders",))
        full = site.capacity.at(t) * DT
        self.installed = full * working
        self.path, tenants, margins = m.zero, m.zero, m.zero
        for x in m.path:
            if x.taken and x.site == i:
                added = x.capacity * DT * np.clip((m.end(q) - x.decision - x.lead_time) / DT, 0.0, 1.0)
                buyers = added * (1.0 - x.tenant_share)
                cost = np.minimum(site.cash_cost_share * (1.0 + x.fee), 1.0)
                self.path = self.path + buyers
                margins = margins + buyers * own_wafer_share(x) * (1.0 - cost)
                tenants = tenants + added * x.tenant_share
        self.margin = ratio(margins, self.path, 0.0)  # of the price, on own capacity: paths by the wafers of each
        self.path = self.path * working
        self.installed = self.installed + tenants * working
        self.rated, self.rated_path = self.installed * to_state, self.path * to_state
        self.installed, self.path = self.installed - self.rated, self.path - self.rated_path
        asked = [(full * c.request.at(t), c.firm) for c in m.customer if c.site == i]
        self.firm = tenants + sum((a * firm for a, firm in asked), m.zero)
        self.open = sum((a * (1.0 - firm) for a, firm in asked), m.zero)


    def whole(self):
        """The same without rated orders."""
        out = copy.copy(self)
        out.installed, out.path = self.installed + self.rated, self.path + self.rated_path
        return out


class BackEnds:
    """Assembly, substrates, test, DRAM: the share of the dies that wait which each takes in a quarter."""

    def __init__(self, m, q, loss):
        self.m, t = m, m.middle(q)
        for b in m.back_end:
            full = b.capacity.at(t) * DT
            b.installed = full * (1.0 - supply_loss(m, (b.location, b.name), loss))
            b.has = b.reserved.at(t) * DT
            asked = [(full * c.request.at(t), c.firm) for c in b.customer]
            b.firm = sum((a * firm for a, firm in asked), m.zero)
            b.open = sum((a * (1.0 - firm) for a, firm in asked), m.zero)

    def ration(self):
        for b in self.m.back_end:
            b.wanted = self.m.zero
        for line in self.m.allocation:
            for need in self.m.chip[line.chip].needs:
                b = self.m.back_end[need.back_end]
                b.wanted = b.wanted + line.bank * need.amount
        for b in self.m.back_end:
            contracted = np.minimum(b.wanted, b.has)
            beyond = b.wanted - contracted
            fits = np.minimum(b.installed / np.maximum(b.firm + contracted, HARDLY_ANY), 1.0)
            left = at_least_0(b.installed - b.firm - contracted)
            met = np.minimum(left / np.maximum(b.open + beyond, HARDLY_ANY), 1.0)
            b.met = np.minimum(ratio(contracted * fits + beyond * met, b.wanted, 1.0), 1.0)

    def share(self, chip):
        share = 1.0
        for need in chip.needs:
            share = np.minimum(share, self.m.back_end[need.back_end].met)
        return share


class Requests:
    """What a world asks of one site."""

    def __init__(self, m):
        self.own = self.reserved = self.merchants_firm = self.merchants_open = m.zero

    def split(self, c, want):
        on_path = np.minimum(want, c.path)
        contracted = np.minimum(want - on_path, self.reserved)
        beyond = want - on_path - contracted
        firm = c.firm + contracted + self.merchants_firm
        fits = np.minimum(c.installed / np.maximum(firm, HARDLY_ANY), 1.0)
        asked = c.open + beyond + self.merchants_open
        met = np.minimum(at_least_0(c.installed - firm) / np.maximum(asked, HARDLY_ANY), 1.0)
        return on_path, contracted, beyond, fits, met

    def granted(self, c, want):
        on_path, contracted, beyond, fits, met = self.split(c, want)
        return on_path + contracted * fits + beyond * met

    def merchants(self, c):
        _, _, _, fits, met = self.split(c, self.own)
        return self.merchants_firm * fits + self.merchants_open * met

    def others(self, c):
        _, _, _, fits, met = self.split(c, self.own)
        return c.firm * fits + c.open * met


class Supply:
    """The make world's own wafers, dies and chips."""

    def __init__(self, m, programme):
        self.m, self.programme = m, programme
        for s in m.site:
            p = m.process[s.process]
            s.requests, s.taught = Requests(m), m.zero
            s.drift = (1.0 + p.price_drift) ** (m.middle(0) - p.price_date)
            s.step = (1.0 + p.price_drift) ** DT
        for c in m.contract:
            c.sites = [x.site for x in c.line]
        for line in m.allocation:
            c, p = m.chip[line.chip], m.process_of(line)
            line.part = ratio(line.share, sum(x.share for x in c.lines), 0.0)
            line.least = np.minimum(line.least_share, line.part)
            u = at_least_0(p.wafer_diameter - 2.0 * p.edge_exclusion)
            squares = u * u / ((c.width + p.scribe) * (c.height + p.scribe))
            line.gross = at_least_0(np.pi / 4.0 * squares - np.pi * np.sqrt(0.5 * squares)) * line.packing
            line.passing = c.assembly_yield * c.final_test_yield
            line.bank = m.zero
            line.fab, line.assembly = Pipeline(p.cycle_time + m.zero), Pipeline(c.assembly_time + m.zero)
        for c in m.chip:
            c.stock, c.written_off = m.zero, m.zero

    # ---- what the quarter asks -----------------------------------------------------------------------------------
    def open(self, q, capacity, memory_price):
        m, t = self.m, self.m.middle(q)
        self.capacity = capacity
        for i, s in enumerate(m.site):
            p = m.process[s.process]
            s.started, s.finished, s.requests.own = m.zero, m.zero, m.zero
            s.market = p.wafer_price * (s.premium * s.drift)
            agreed = 1.0 + sum((c.price - 1.0) * self.runs(c, q) for c in m.contract if i in c.sites)
            s.agreed = s.market * agreed
            s.price = s.agreed * (1.0 - self.path_saving(i))
            s.rated_own, s.rated_income = m.zero, m.zero
            elsewhere = sum((o.taught for j, o in enumerate(m.site) if j != i and o.process == s.process), m.zero)
            age = at_least_0(t - p.learning_start)
            gap = np.exp(-p.learning_rate * age - p.learning_per_wafer * (s.taught + elsewhere * p.transfer))
            s.density = p.defect_density_floor + (p.defect_density_start - p.defect_density_floor) * gap
            for row, since in ((p, p.learning_start + age - p.excursion_start), (s, t - s.excursion_start)):
                s.density = s.density + np.where(since >= 0.0, row.excursion_jump * np.exp(
                    -at_least_0(since / row.excursion_recovery)), 0.0)
        for line in m.allocation:
            self.cost(line, m.chip[line.chip], m.site[line.site], memory_price)
        for c in m.contract:
            self.commit(c, q)

    def path_saving(self, i):
        c = self.capacity[i]
        return ratio(c.path, c.path + at_least_0(c.installed - c.firm), 0.0) * c.margin

    def cost(self, line, c, s, memory_price):
        p = self.m.process[s.process]
        faults = c.width * c.height * c.critical_area * s.density
        working = p.parametric_yield * (1.0 + faults / p.clustering) ** -p.clustering
        line.good_share = working**c.sort_coverage
        line.passing = c.assembly_yield * c.final_test_yield * working ** (1.0 - c.sort_coverage)
        wafer = (s.price + p.mask_set / p.mask_life) / p.line_yield
        line.die_cost = wafer / (line.gross * line.good_share)
        line.sort = c.tester_rate * c.sort_time
        line.build = c.package + c.tester_rate * c.final_test_time
        line.memory = c.memory_overhead + (c.memory * (memory_price * c.memory_premium) if c.memory_in_package else 0.0)
        spent = line.die_cost + line.sort / line.good_share + line.build
        if c.memory_in_package:
            line.unit_cost = (spent + line.memory) / line.passing
        else:
            line.unit_cost = spent / line.passing + line.memory
        line.per_wafer = np.maximum(line.gross * line.good_share * p.line_yield * line.passing, 1e-9)
        line.variable = at_least_0(line.unit_cost - s.price / line.per_wafer)

    def runs(self, c, q):
        return overlap(c.signed, c.ends, self.m.start(q), self.m.end(q)) / DT

    def commit(self, c, q):
        m, t, runs = self.m, self.m.middle(q), self.runs(c, q)
        first = m.site[c.sites[0]]
        price = first.market * c.price
        deliverable = sum(self.capacity[i].installed + self.capacity[i].path for i in sorted(set(c.sites)))
        c.minimum_now = np.maximum(c.minimum.at(t) * DT * price, c.minimum_spend.at(t) * DT) * runs
        c.minimum_now = np.minimum(c.minimum_now, deliverable * price)
        c.reserves = np.maximum(c.maximum.at(t) * DT * runs, c.minimum_now / price) * (1.0 if c.priority else 0.0)
        c.loss_share = np.minimum(c.settling_share, 1.0 - c.resale_share)
        c.both = np.where(c.signed < m.economy.decision_date, 1.0, 0.0)
        wafers = c.minimum.at(c.minimum.dates[0] + 1.0 if c.minimum.dates else t)
        money = c.minimum_spend.at(c.minimum_spend.dates[0] + 1.0 if c.minimum_spend.dates else t)
        at_signing = m.process[first.process].wafer_price * (first.premium * c.price)
        paid = np.maximum(wafers * at_signing, money) * c.prepayment
        now = (c.signed >= m.start(q)) & (c.signed < m.end(q))
        if q == 0:  # signed between the decision and the first quarter
            now = now | ((c.signed < m.start(q)) & (c.signed >= m.economy.decision_date))
        c.prepaid = np.where(now, paid, 0.0)
        c.credit = paid * (runs * DT / np.maximum(c.ends - c.signed, DT))

    def taken(self, c):
        worth = [s.started * s.price + s.rated_own * s.agreed for s in self.m.site]
        total = sum((worth[i] for i in set(c.sites)), self.m.zero)
        for before in self.m.contract:
            if before is c:
                break
            shared = sum((worth[i] for i in set(before.sites) & set(c.sites)), self.m.zero)
            alone = sum((worth[i] for i in set(before.sites) - set(c.sites)), self.m.zero)
            total = total - np.minimum(shared, at_least_0(before.minimum_now - alone))
        return at_least_0(total)

    def settlement(self, c, taken):
        return at_least_0(c.minimum_now - taken) * c.loss_share

    # ---- starts --------------------------------------------------------------------------------------------------
    def start(self, q, needed):
        m = self.m
        for line in m.allocation:
            line.started = m.zero
        for g in reversed(range(len(m.chip))):
            c = m.chip[g]
            until, arriving = over_lead(c.lead, needed[g])
            inside = sum((x.fab.inside() * x.per_wafer + (x.assembly.inside() + x.bank) * x.passing for x in c.lines),
                         m.zero)
            position = c.stock + inside
            order = at_least_0(until + arriving * (c.safety_stock / DT) - position) * c.may_start[q]
            need = order
            for x in c.lines:
                need = need - self.take(x, order * x.least)
            for contract in m.contract:
                for x in c.lines:
                    if x.site in contract.sites:
                        unmet = at_least_0(contract.minimum_now - self.taken(contract))
                        need = need - self.take(x, np.minimum(need, unmet / m.site[x.site].price * x.per_wafer))
            rest = at_least_0(need)
            for x in c.lines:
                need = need - self.take(x, rest * x.part)
            for x in c.lines:
                s = m.site[x.site]
                need = need - self.take(x, np.where(s.started >= s.requests.own * (1.0 - 1e-12), need, 0.0))

    def take(self, line, chips):
        s, capacity = self.m.site[line.site], self.capacity[line.site]
        s.requests.reserved = self.reserved(line.site)
        s.requests.own = s.requests.own + at_least_0(chips) / line.per_wafer
        wafers = at_least_0(s.requests.granted(capacity, s.requests.own) - s.started)
        s.started, line.started = s.started + wafers, line.started + wafers
        return wafers * line.per_wafer

    def reserved(self, i):
        """What the other lines of each contract have left of its maximum."""
        total = self.m.zero
        for c in self.m.contract:
            if i in c.sites:
                used = sum((s.started for j, s in enumerate(self.m.site) if j != i and j in c.sites), self.m.zero)
                total = total + at_least_0(c.reserves - used)
        return total

    # ---- what arrives --------------------------------------------------------------------------------------------
    def advance(self, back_ends):
        m = self.m
        for line in m.allocation:
            line.finished = line.fab.advance(line.started) * m.process_of(line).line_yield
            line.dies = line.finished * line.gross
            line.bank = line.bank + line.dies * line.good_share
        back_ends.ration()
        for line in m.allocation:
            s, c = m.site[line.site], m.chip[line.chip]
            taken = line.bank * back_ends.share(c)
            line.bank = line.bank - taken
            line.assembled = line.assembly.advance(taken)
            line.shipped = line.assembled * line.passing
            c.stock = c.stock + line.shipped
            s.finished = s.finished + line.finished

    def serve_state(self):
        """Rated orders take their wafers from whoever would have had them, and pay the contract's price."""
        for s, c in zip(self.m.site, self.capacity):
            s.rated_own = s.requests.granted(c.whole(), s.requests.own) - s.requests.granted(c, s.requests.own)
            s.rated_income = c.rated_path * s.agreed * c.margin

    def close(self, q, to_outlets):
        """`to_outlets`: wafers of each site that outlets took; they leave it in the same quarter."""
        m = self.m
        for c in m.chip:
            future = sum(c.share[q + 1 : q + 1 + LOOKAHEAD], m.zero)
            over = (future <= 0.0) & (m.end(q) > c.first_chips)
            c.written_off = np.where(over, c.stock, 0.0)
            c.stock = c.stock - c.written_off
        for s, capacity, outlets in zip(m.site, self.capacity, to_outlets):
            s.taught = s.taught + s.finished + s.requests.others(capacity) + s.requests.merchants(capacity) + outlets
            s.taught = s.taught + (capacity.rated + capacity.rated_path)
            s.drift = s.drift * s.step

    def unit_costs(self):
        return [sum((x.unit_cost * x.part for x in c.lines), self.m.zero) for c in self.m.chip]

    def spending(self):
        """Wafers, masks, sort, assembly and final test, memory in the package."""
        total = sum((s.started * s.price for s in self.m.site), self.m.zero)
        for x in self.m.allocation:
            p, c = self.m.process_of(x), self.m.chip[x.chip]
            total = total + x.started * (p.mask_set / p.mask_life) + x.dies * x.sort + x.assembled * x.build
            total = total + (x.assembled if c.memory_in_package else x.shipped) * x.memory
        return total

    def worth(self):
        """Stock at unit cost, wafers in progress at their price, dies in assembly at their cost."""
        total = sum((c.stock * cost for c, cost in zip(self.m.chip, self.unit_costs())), self.m.zero)
        for x in self.m.allocation:
            total = total + x.fab.inside() * self.m.site[x.site].price + (x.assembly.inside() + x.bank) * x.die_cost
        return total

    def salvage(self):
        return sum((c.written_off * cost * c.salvage for c, cost in zip(self.m.chip, self.unit_costs())), self.m.zero)
