// autarky: fills the results of the silicon stage.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "model/report/view.hpp"
#include "model/results.hpp"

namespace autarky::model {

inline constexpr Formula weighted_formula{"model.in_use", "Of the chip in use",
                                          "generations and lines weighted by planned share", "Autarky"};
inline constexpr Formula advantage_formula{"advantage.price_to_cost", "Bought compute over own compute of a device",
                                           "bought compute / own compute", "definition"};
inline constexpr Formula cost_advantage_formula{"advantage.cost_to_cost", "Makers' cost of bought compute over own",
                                                "makers' cost / own compute", "definition"};
inline constexpr Formula full_cost_formula{"chip.full_cost", "Full cost of a chip",
                                           "unit cost + programme cost / discounted chips", "levelised cost"};
inline constexpr Formula annuity_volume_formula{"volume.annuity", "Annuity volume",
                                                "programme cost / (bought compute - own compute) a device x own chips",
                                                "Autarky"};

/// Chips of one kind of device by own generation, weighted by the use of each in quarter q.
template <class R>
ChipsPerUnit<R> own_chips(const ReportView<R>& v, const typename Needs<R>::Device& need, std::size_t q) {
    ChipsPerUnit<R> out{};
    for (std::size_t g = 0; g < v.generations.size(); ++g)
        out += need.own[g][q] * use_weight(v.generations, g, q);
    return out;
}

/// 1 where any kind of device takes more chips, own or of the merchant it would choose, than one ever shipped with.
template <class R> R beyond_shipped(const ReportView<R>& v) {
    const auto& s = v.s;
    const std::size_t q = v.now.q, n_vehicles = s.vehicle.size();
    R out(0.0);
    const auto look = [&](const auto& need, const ChipsPerUnit<R>& bought, const ChipsPerUnit<R>& shipped) {
        out = select(max(own_chips(v, need, q), bought) > shipped, R(1.0), out);
    };
    for (std::size_t i = 0; i < v.needs.programmes.size(); ++i) {
        const auto& need = v.needs.programmes[i];
        const auto bought = v.buy.offers().of_chosen(i, [&](std::size_t m) { return need.merchant[m][q]; });
        look(need, bought, i < n_vehicles ? s.vehicle[i].most_shipped : s.robot[i - n_vehicles].most_shipped);
    }
    for (std::size_t i = 0; i < v.needs.outlets.size(); ++i) {
        const auto& need = v.needs.outlets[i];
        look(need, need.merchant[static_cast<std::size_t>(s.outlet[i].merchant.index)][q], s.outlet[i].most_shipped);
    }
    return out;
}

template <class R> void fill_silicon(const ReportView<R>& v, SiliconResults<R>& out) {
    const std::size_t q = v.now.q;
    out.gross_dies = DiesPerWafer<R>{};
    out.yield = R(0.0);
    out.good_die_cost = DieCost<R>{};
    out.die_area = Area<R>{};
    ChipCost<R> unit_cost{};
    out.own_chips_a_device = v.needs.programmes.empty() ? ChipsPerUnit<R>{} : own_chips(v, v.needs.programmes[0], q);
    for (std::size_t g = 0; g < v.generations.size(); ++g) {
        const R weight = use_weight(v.generations, g, q);
        out.die_area += v.s.chip[g].width * v.s.chip[g].height * weight;
        unit_cost += v.unit_cost[g] * weight;
    }
    for (const auto& line : v.supply.lines()) {
        const R weight = line.share * use_weight(v.generations, line.chip, q);
        out.gross_dies += line.gross * weight;
        out.yield += line.yield * weight;
        out.good_die_cost += line.good_die_cost * weight;
    }
    out.unit_cost = named(weighted_formula, unit_cost);
}

template <class R> void fill_prices(const ReportView<R>& v, SiliconResults<R>& out) {
    const auto& offers = v.buy.offers();
    out.merchant_price = out.list_price = out.merchant_cost = out.floor_price = ChipCost<R>{};
    out.merchant_chips_a_device = ChipsPerUnit<R>{};
    out.own_device = out.bought_device = out.bought_device_cost = out.memory_a_device = UnitCost<R>{};
    out.merchant_margin = out.price_to_cost = out.cost_to_cost = out.beyond_shipped = R(0.0);
    if (v.needs.programmes.empty() || v.s.merchant.rows.empty()) return;
    const auto& need = v.needs.programmes[0];
    const auto quote = [&](auto member) {
        return [&offers, member](std::size_t m) { return offers.all()[m].quote.*member; };
    };
    using Quote = market::Quote<R>;
    out.merchant_price = offers.of_chosen(quote(&Quote::price));
    out.list_price = offers.of_chosen(quote(&Quote::list));
    out.merchant_cost = offers.of_chosen(quote(&Quote::cost));
    out.floor_price = offers.of_chosen(quote(&Quote::floor));
    out.merchant_margin = R(1.0) - out.merchant_cost / out.merchant_price;
    out.merchant_chips_a_device = offers.of_chosen([&](std::size_t m) { return need.merchant[m][v.now.q]; });
    out.beyond_shipped = beyond_shipped(v);
    out.memory_a_device = offers.of_chosen([&](std::size_t m) {
        return memory_beside(need.memory[v.now.q], offers.all()[m].memory, v.s.merchant[m].memory_in_package);
    });
    out.own_device = v.make.own_device()[0];
    out.bought_device = offers.device(0);
    out.bought_device_cost = offers.device_cost(0);
    out.price_to_cost = named(advantage_formula, ratio(out.bought_device, out.own_device, R(0.0)),
                              arg("bought compute", out.bought_device), arg("own compute", out.own_device));
    out.cost_to_cost = named(cost_advantage_formula, ratio(out.bought_device_cost, out.own_device, R(0.0)),
                             arg("makers' cost", out.bought_device_cost), arg("own compute", out.own_device));
}

/// What only the whole horizon knows, quarter by quarter: levelised cost and annuity volume.
template <class R> void close_reports(const Value<R>& value, Trajectory<R>& result) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    for (auto& out : result.quarters) {
        const auto made = value.discounted_chips() > Chips<R>(R(1.0));
        const ChipCost<R> levelised = value.programme() / max(value.discounted_chips(), Chips<R>(R(1.0)));
        const ChipCost<R> full =
            named(full_cost_formula, ChipCost<R>(out.unit_cost + levelised), arg("unit cost", out.unit_cost),
                  arg("programme cost", value.programme()), arg("discounted chips", value.discounted_chips()));
        out.full_cost = select(made, full, ChipCost<R>(R(none)));
        const UnitCost<R> saving = out.bought_device - out.own_device;
        const auto pays = saving > UnitCost<R>{};
        const Chips<R> volume =
            named(annuity_volume_formula,
                  Chips<R>(value.programme() / select(pays, saving, UnitCost<R>(R(1.0))) * out.own_chips_a_device),
                  arg("programme cost", value.programme()), arg("bought compute", out.bought_device),
                  arg("own compute", out.own_device), arg("own chips a device", out.own_chips_a_device));
        out.annuity_volume = select(pays, volume, Chips<R>(R(none)));
    }
}

} // namespace autarky::model
