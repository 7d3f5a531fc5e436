"""autarky: chip programmes and needs in the NumPy port of the quarterly model: dates, spending, chips a device, licences.

SPDX-License-Identifier: Apache-2.0
"""

import numpy as np

from quarterly_case import DT, LOOKAHEAD, at_least_0, overlap, ratio, until_event

UNMET = 1e6  # chips of a copy where a chip cannot serve


class Programme:
    """Generations of the own chip: when each may start, ships and costs."""

    def __init__(self, m):
        self.m, self.chips = m, m.chip
        self.repeat()
        span = m.quarters + LOOKAHEAD
        for g, c in enumerate(self.chips):
            c.lines = [a for a in m.allocation if a.chip == g]
            c.lead = m.zero
            for a in c.lines:
                c.lead = np.maximum(c.lead, m.process_of(a).cycle_time + c.assembly_time)
            c.production = c.tapeout + c.respins * c.respin_delay + c.qualification_time
            c.first_chips = c.production + c.lead
            c.cancelled_at = c.design_start + until_event(c.cancellation_hazard, c.cancellation_luck)
            c.cancelled = c.cancelled_at < c.production
            c.ramp = [np.where(c.cancelled, 0.0, np.clip((m.middle(q) - c.first_chips) / c.ramp_time, 0.0, 1.0))
                      for q in range(span)]
            c.may_start = [np.where(c.cancelled, 0.0, np.clip((m.end(q) - c.production) / DT, 0.0, 1.0))
                           for q in range(m.quarters)]
            c.share = [None] * span
        for q in range(span):
            left = 1.0
            for c in reversed(self.chips):
                c.share[q] = c.ramp[q] * left
                left = left * (1.0 - c.ramp[q])

    def repeat(self):
        """Each further generation is the one before it, a cadence later and better by a factor."""
        first = len(self.chips) - len(self.m.successor)
        for before, chip, by in zip(self.chips[first - 1 :], self.chips[first:], self.m.successor):
            chip.throughput = before.throughput * by.throughput_gain
            chip.memory_bandwidth = before.memory_bandwidth * by.bandwidth_gain
            chip.memory = before.memory * by.memory_gain
            chip.power = before.power * by.power_gain
            chip.design_start, chip.tapeout = before.design_start + by.cadence, before.tapeout + by.cadence
            for cost in "design architecture rtl verification software respin".split():
                setattr(chip, cost + "_cost", getattr(before, cost + "_cost") * by.cost)
            chip.cancellation_hazard, chip.cancellation_luck = by.cancellation_hazard, by.cancellation_luck

    def own_share(self, q):
        return sum((c.share[q] for c in self.chips), self.m.zero)

    def use_weights(self, q):
        """Share of each generation among own chips; the first one before any is in use."""
        total = self.own_share(q)
        return [ratio(c.share[q], total, 1.0 if g == 0 else 0.0) for g, c in enumerate(self.chips)]

    def spent(self, c, total, begin, finish, a, b):
        length = np.maximum(finish - begin, 1.0 / 365.0)
        until = np.minimum(begin + length, np.where(c.cancelled, c.cancelled_at, begin + length))
        return total * (overlap(begin, np.maximum(until, begin), a, b) / length)

    def one_off(self, c, a, b):
        layouts = sum((x.layout_cost + x.ip_cost + x.eda_cost + x.prototype_cost for x in c.lines), self.m.zero)
        masks = sum((self.m.process_of(x).mask_set * (1.0 + c.respins) for x in c.lines), self.m.zero)
        design = (c.design_cost + c.architecture_cost + c.rtl_cost + c.verification_cost + c.software_cost) + layouts
        after = masks + c.respin_cost * c.respins + c.qualification_cost * len(c.lines)
        return self.spent(c, design, c.design_start, c.tapeout, a, b) + self.spent(
            c, after, c.tapeout, c.production, a, b)

    def all_one_off(self, a, b):
        return sum((self.one_off(c, a, b) for c in self.chips), self.m.zero)

    def sustaining(self, a, b):
        return sum((np.where(c.cancelled, 0.0, c.sustaining_cost * np.clip(b - c.first_chips, 0.0, b - a))
                    for c in self.chips), self.m.zero)


class Part:
    """A merchant's newest generation by quarter."""

    def __init__(self, m, merchant):
        self.k, self.age, self.gives = [], [], []
        for q in range(m.quarters + LOOKAHEAD):
            years = m.middle(q) - merchant.price_date
            k = at_least_0(np.floor(years / merchant.cadence))
            self.k.append(k)
            self.age.append(years - k * merchant.cadence)
            self.gives.append((merchant.throughput * merchant.throughput_gain**k, merchant.utilisation_ratio,
                               merchant.memory_bandwidth * merchant.bandwidth_gain**k, merchant.bandwidth_efficiency,
                               merchant.memory * merchant.memory_gain**k))


def rounded_up(x):
    return np.ceil(x * (1.0 - 1e-12))


class Device:
    """Chips a device of each own generation and each merchant, and its DRAM, by quarter."""

    def __init__(self, m, need, parts):
        self.own = [[] for _ in m.chip]
        self.merchant = [[] for _ in m.merchant]
        self.memory = []
        for q in range(m.quarters + LOOKAHEAD):
            t = m.middle(q)
            task = (need.work.at(t), need.bandwidth.at(t), need.memory.at(t))
            copies = need.redundancy.at(t)
            self.memory.append(task[2] * (1.0 if need.shared_memory else copies))
            for g, c in enumerate(m.chip):
                gives = (c.throughput, c.utilisation_ratio, c.memory_bandwidth, c.bandwidth_efficiency, c.memory)
                self.own[g].append(self.count(need, task, copies, gives) + m.zero)
            for i, part in enumerate(parts):
                self.merchant[i].append(self.count(need, task, copies, part.gives[q]) + m.zero)

    @staticmethod
    def count(need, task, copies, gives):
        throughput, utilisation_ratio, bandwidth, efficiency, memory = gives
        given = (throughput * need.utilisation * utilisation_ratio, bandwidth * efficiency, memory)
        copy = 1.0
        for asked, has in zip(task, given):
            chips = np.where(np.asarray(asked) > 0.0, ratio(asked, has, UNMET), 0.0)
            copy = np.maximum(copy, rounded_up(np.minimum(chips, UNMET)))
        return copy * copies if need.whole_copies else np.maximum(copy, copies)


class Licences:
    """Which products the rule in force on a day refuses in this sample: own generations, then merchants' parts."""

    def __init__(self, m, parts):
        self.refused = []
        for q in range(m.quarters):
            row = [self.of(m, q, c, c.throughput * c.precision, c.width * c.height, c.memory_bandwidth) for c in m.chip]
            for p, part in zip(m.merchant, parts):
                throughput, _, bandwidth, _, _ = part.gives[q]
                row.append(self.of(m, q, p, throughput * p.precision, p.die_area, bandwidth))
            self.refused.append(row)

    @staticmethod
    def of(m, q, product, tpp, area, memory_bandwidth):
        density = ratio(tpp, area, 0.0)
        refusal, luck, since = m.zero, m.zero + 1.0, m.zero - 1.0
        for r in m.rule:
            controlled = (tpp >= r.tpp_limit) | ((r.density_limit > 0.0) & (tpp >= r.density_floor)
                                                 & (density >= r.density_limit))
            controlled = controlled & (product.io_bandwidth >= r.io_limit)
            if not product.data_centre:
                controlled = controlled & np.logical_not(tpp < r.exempt_below)
            window = (r.licence_below > 0.0) & (tpp < r.licence_below) & (memory_bandwidth < r.licence_bandwidth)
            probability = np.where(controlled, np.where(window, r.refused_licensable, r.refused_controlled), 0.0)
            newer = (r.effective <= m.middle(q)) & (r.effective > since)
            refusal, luck = np.where(newer, probability, refusal), np.where(newer, r.luck, luck)
            since = np.where(newer, r.effective, since)
        both = luck + product.export_luck
        return np.where(both - np.floor(both) < refusal, 1.0, 0.0)
