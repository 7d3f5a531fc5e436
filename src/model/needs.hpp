// autarky: how many chips of each kind a device takes, by quarter: integers in every sample, the same in both worlds.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "market/need.hpp"
#include "market/quote.hpp"
#include "model/timeline.hpp"

namespace autarky::model {

template <class R> using MemoryPerUnit = QuantityIn<"GB/unit", R>;

inline constexpr Formula part_of_date_formula{
    "merchant.part", "Figure of the merchant's newest generation",
    "figure x gain^generation, generation = floor((t - price date) / cadence)", "Autarky"};

/// A merchant's newest generation by quarter.
template <class R> struct Part {
    std::vector<market::ChipGives<R>> gives; ///< [quarter + lookahead]
    std::vector<ChipCost<R>> list, cost;     ///< [quarter]: its list price, and what it costs the merchant
};

/// What own chips and merchants' parts give, and what each programme takes of them.
template <class R> struct Needs {
    /// Of one kind of device: chips a device of each own generation and each merchant, and DRAM beside them.
    struct Device {
        std::vector<std::vector<ChipsPerUnit<R>>> own, merchant; ///< [chip][quarter + lookahead]
        std::vector<MemoryPerUnit<R>> memory;                    ///< [quarter + lookahead]
    };
    std::vector<Part<R>> parts;     ///< by merchant
    std::vector<Device> programmes; ///< vehicles, then robots
    std::vector<Device> outlets;

    void plan(const Scenario<R>& s, const Timeline& time) {
        const std::size_t span = time.size() + lookahead;
        own_.resize(s.chip.size());
        for (std::size_t g = 0; g < own_.size(); ++g) {
            const auto& c = s.chip[g];
            own_[g] = {c.throughput, c.utilisation_ratio, c.memory_bandwidth, c.bandwidth_efficiency, c.memory};
        }
        parts.resize(s.merchant.size());
        for (std::size_t m = 0; m < parts.size(); ++m)
            plan_part(s.merchant[m], time, span, parts[m]);
        programmes.resize(s.vehicle.size() + s.robot.size());
        for (std::size_t i = 0; i < s.vehicle.size(); ++i)
            plan_device(s, s.vehicle[i], time, span, programmes[i]);
        for (std::size_t i = 0; i < s.robot.size(); ++i)
            plan_device(s, s.robot[i], time, span, programmes[s.vehicle.size() + i]);
        outlets.resize(s.outlet.size());
        for (std::size_t i = 0; i < outlets.size(); ++i)
            plan_device(s, s.outlet[i], time, span, outlets[i]);
    }

private:
    static void plan_part(const market::Merchant<R>& m, const Timeline& time, std::size_t span, Part<R>& out) {
        out.gives.resize(span);
        out.list.resize(time.size());
        out.cost.resize(time.size());
        const market::PriceFall<R> fall(m);
        const R by_throughput = log(m.throughput_gain);
        const R by_bandwidth = log(m.bandwidth_gain);
        const R by_memory = log(m.memory_gain);
        for (std::size_t q = 0; q < span; ++q) {
            const R years = R(time.middle(q)) - m.price_date.year;
            const R k = max(floor(years / m.cadence.raw()), R(0.0));
            if (q < time.size()) {
                const R age = years - k * m.cadence.raw();
                out.list[q] = market::list_price(m, fall, k, age);
                out.cost[q] = market::merchant_cost(m, fall, k, age);
            }
            const Throughput<R> throughput(m.throughput * exp(k * by_throughput));
            out.gives[q] = {named(part_of_date_formula, throughput, arg("first generation", m.throughput),
                                  arg("generation", k), arg("gain", m.throughput_gain)),
                            m.utilisation_ratio, DataRate<R>(m.memory_bandwidth * exp(k * by_bandwidth)),
                            m.bandwidth_efficiency, DataSize<R>(m.memory * exp(k * by_memory))};
        }
    }

    void plan_device(const Scenario<R>& s, const market::Need<R>& need, const Timeline& time, std::size_t span,
                     Device& out) const {
        out.own.resize(own_.size());
        out.merchant.resize(s.merchant.size());
        for (auto* columns : {&out.own, &out.merchant})
            for (auto& column : *columns)
                column.resize(span);
        out.memory.resize(span);
        for (std::size_t q = 0; q < span; ++q) {
            const double t = time.middle(q);
            const auto work = need.work.at(t);
            const auto bandwidth = need.bandwidth.at(t);
            const auto memory = need.memory.at(t);
            const R redundancy = need.redundancy.at(t);
            out.memory[q] = market::memory_a_device(memory, redundancy, need.shared_memory);
            const auto count = [&](const market::ChipGives<R>& chip) {
                const R copy = market::chips_a_copy(work, need.utilisation, bandwidth, memory, chip);
                return market::chips_a_device(copy, redundancy, need.whole_copies);
            };
            for (std::size_t g = 0; g < own_.size(); ++g)
                out.own[g][q] = count(own_[g]);
            for (std::size_t m = 0; m < parts.size(); ++m)
                out.merchant[m][q] = count(parts[m].gives[q]);
        }
    }

    std::vector<market::ChipGives<R>> own_; ///< by generation
};

} // namespace autarky::model
