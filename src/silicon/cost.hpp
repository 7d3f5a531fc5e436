// autarky: recurring cost of a die and of the tested part made from it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finance.hpp"
#include "core/formula.hpp"
#include "core/quantities.hpp"

namespace autarky::silicon {

template <class R> using DiesPerChip = QuantityIn<"die/chip", R>;
template <class R> using MemoryPrice = QuantityIn<"USD/GB", R>;
template <class R> using MemoryPerChip = QuantityIn<"GB/chip", R>;

inline constexpr Formula wafer_price_formula{"silicon.wafer_price", "Wafer price",
                                             "base x site multiple x (1 + drift)^t", "Autarky"};
inline constexpr Formula mask_replacement_formula{"silicon.mask_replacement", "Mask replacement per wafer",
                                                  "mask set / wafers a mask set lasts", "Autarky"};
inline constexpr Formula good_die_cost_formula{"silicon.good_die_cost", "Cost of a good die",
                                               "wafer price / (gross dies yield)",
                                               "Hennessy and Patterson, Computer Architecture, 6th ed., section 1.6"};
inline constexpr Formula test_cost_formula{"silicon.test_cost", "Cost of test by time",
                                           "rate of tester and handler x time", "definition"};
inline constexpr Formula passing_share_formula{"silicon.passing_share", "Share that passes the test", "Y^T",
                                               "Williams and Brown, IEEE Trans. Comput. C-30(12) 1981"};
inline constexpr Formula escape_share_formula{"silicon.escape_share", "Bad parts among those that passed",
                                              "1 - Y^(1 - T)", "Williams and Brown, IEEE Trans. Comput. C-30(12) 1981"};
inline constexpr Formula known_good_die_formula{"silicon.known_good_die_cost",
                                                "Cost of a die that passed the sort test",
                                                "(wafer price / gross dies + sort test) / Y^T", "Autarky"};
inline constexpr Formula memory_cost_formula{"silicon.memory_cost", "Memory cost", "capacity x price", "definition"};
inline constexpr Formula assembled_yield_formula{"silicon.assembled_yield", "Good parts among those assembled",
                                                 "good die share^dies x assembly yield", "Autarky"};
inline constexpr Formula part_cost_formula{
    "silicon.part_cost", "Cost of a shipped part",
    "(dies x known good die + package + memory in package + final test) / passing share + memory on board", "Autarky"};

/// Cost of a die where no good die exists: absurd but finite, so that a masked lane cannot spoil the others.
constexpr double cost_without_good_dies_usd = 1e12;

/// Price of a wafer at a site that asks `site_multiple` times the process's price (1: no premium), after its drift has
/// multiplied it by `drifted`. Domain: both > 0.
template <class R> WaferPrice<R> wafer_price(const WaferPrice<R>& base, const R& site_multiple, const R& drifted) {
    const WaferPrice<R> result = base * (site_multiple * drifted);
    return named(wafer_price_formula, result, arg("base price", base), arg("site multiple", site_multiple),
                 arg("drifted to", drifted));
}

/// Price of a wafer `elapsed` after its reference date at a site that asks `site_multiple` times the process's price
/// (1: no premium). Domain: multiple > 0, drift > -100 % a year.
template <class R>
WaferPrice<R> wafer_price(const WaferPrice<R>& base, const R& site_multiple, const PerYear<R>& drift,
                          const Duration<R>& elapsed) {
    return wafer_price(base, site_multiple, growth(drift, elapsed));
}

/// Masks wear out: each wafer carries its share of the next set. Domain: mask life > 0.
template <class R> WaferPrice<R> mask_replacement_per_wafer(const Money<R>& mask_set, const Wafers<R>& mask_life) {
    const WaferPrice<R> result = mask_set / mask_life;
    return named(mask_replacement_formula, result, arg("mask set", mask_set), arg("mask life", mask_life));
}

/// Bare cost of a good die. Domain: gross dies > 0, yield in (0, 1]; without good dies an absurdly high, finite cost.
/// Rises with defect density and area through its arguments.
template <class R>
DieCost<R> good_die_cost(const WaferPrice<R>& price, const DiesPerWafer<R>& gross_dies, const R& yield) {
    const DieCost<R> result = ratio(price, gross_dies * yield, R(cost_without_good_dies_usd));
    return named(good_die_cost_formula, result, arg("wafer price", price), arg("gross dies", gross_dies),
                 arg("yield", yield));
}

/// Sort test of one die: `rate` is that of tester and prober together, `time` that of one die.
template <class R> DieCost<R> sort_test_cost(const MoneyRate<R>& rate, const Duration<R>& time) {
    const DieCost<R> result((rate * time).raw());
    return named(test_cost_formula, result, arg("rate", rate), arg("time", time));
}

/// Final test of one part: `rate` is that of tester and handler together, `time` that of one part.
template <class R> ChipCost<R> final_test_cost(const MoneyRate<R>& rate, const Duration<R>& time) {
    const ChipCost<R> result((rate * time).raw());
    return named(test_cost_formula, result, arg("rate", rate), arg("time", time));
}

/// Share of dies that pass a test of fault coverage T when Y of them are good. Domain: Y in (0, 1], T in [0, 1].
/// Limits: all pass without a test, only good ones with a perfect one.
template <class R> R passing_share(const R& yield, const R& coverage) {
    const R result = pow(yield, coverage);
    return named(passing_share_formula, result, arg("yield", yield), arg("fault coverage", coverage));
}

/// Share of bad ones among those that passed: the defect level. Domain as above.
template <class R> R escape_share(const R& yield, const R& coverage) {
    const R result = R(1.0) - pow(yield, R(1.0) - coverage);
    return named(escape_share_formula, result, arg("yield", yield), arg("fault coverage", coverage));
}

/// Cost of a die that passed the sort test, with the test of those that did not. Equals the bare good-die cost for a
/// perfect and free test. Domain as good_die_cost.
template <class R>
DieCost<R> known_good_die_cost(const WaferPrice<R>& price, const DiesPerWafer<R>& gross_dies, const R& yield,
                               const DieCost<R>& sort_test, const R& coverage) {
    const R passing = passing_share(yield, coverage);
    const DieCost<R> raw = ratio(price, gross_dies, R(cost_without_good_dies_usd));
    const DieCost<R> result = (raw + sort_test) / passing;
    return named(known_good_die_formula, result, arg("wafer price", price), arg("gross dies", gross_dies),
                 arg("sort test", sort_test), arg("passing share", passing));
}

/// Memory of one part at the price of its quarter. Domain: both >= 0.
template <class R> ChipCost<R> memory_cost(const MemoryPerChip<R>& capacity, const MemoryPrice<R>& price) {
    const ChipCost<R> result = capacity * price;
    return named(memory_cost_formula, result, arg("capacity", capacity), arg("price", price));
}

/// Share of assembled parts that work: every die must be good (some that passed are not) and the assembly must succeed.
/// Domain: shares in (0, 1], dies per part >= 1.
template <class R>
R assembled_yield(const R& good_share_of_dies, const DiesPerChip<R>& dies_per_part, const R& assembly_yield) {
    const R result = pow(good_share_of_dies, dies_per_part.raw()) * assembly_yield;
    return named(assembled_yield_formula, result, arg("good share of dies", good_share_of_dies),
                 arg("dies per part", dies_per_part), arg("assembly yield", assembly_yield));
}

/// What goes into one part before final test, and the test itself.
template <class R> struct PartInputs {
    DieCost<R> known_good_die{}; ///< cost of a die that passed sort
    DiesPerChip<R> dies_per_part{};
    ChipCost<R> package{};
    ChipCost<R> memory_in_package{}; ///< is scrapped with the part
    ChipCost<R> memory_on_board{};   ///< is not
    ChipCost<R> final_test{};
    R passing{1.0}; ///< share of assembled parts that pass final test
};

/// Cost of one shipped part: everything spent on parts that fail final test is carried by those that pass.
/// Domain: costs >= 0, passing in (0, 1].
template <class R> ChipCost<R> part_cost(const PartInputs<R>& part) {
    const ChipCost<R> dies = part.known_good_die * part.dies_per_part;
    const ChipCost<R> spent = dies + part.package + part.memory_in_package + part.final_test;
    const ChipCost<R> result = spent / part.passing + part.memory_on_board;
    return named(part_cost_formula, result, arg("known good die", part.known_good_die),
                 arg("dies per part", part.dies_per_part), arg("package", part.package),
                 arg("memory in package", part.memory_in_package), arg("final test", part.final_test),
                 arg("passing share", part.passing), arg("memory on board", part.memory_on_board));
}

} // namespace autarky::silicon
