"""autarky: one of the two worlds in the NumPy port of the quarterly model: its fleets, chips, grid and cash.

SPDX-License-Identifier: Apache-2.0
"""

import numpy as np

from quarterly_case import DT, LOOKAHEAD, ratio, recovery


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
                moves, passes = stage * street.leaving, coming * street.passing
                stages.append(stage - moves + (coming - passes))
                on_way, coming = on_way + stages[-1], moves + passes
            store, undone = s["store"] + coming, np.maximum(needed - s["up"], 0.0)
            done = np.minimum(undone, np.minimum(store, g.crew_rate * scale))
            left = undone - done
            s["store"], s["up"] = store - done, s["up"] + done
            fresh_orders = np.minimum(np.maximum(left - s["store"] - on_way, 0.0), g.upgrade_rate * scale)
            for k, stage in enumerate(stages):
                passes = fresh_orders * street.passing
                stages[k], fresh_orders = stage + (fresh_orders - passes), passes
            s["stages"], s["store"] = stages, s["store"] + fresh_orders
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
