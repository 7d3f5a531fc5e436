// autarky: what the checks of sense share: the scenario, its numbers, their places. Of this module only.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input/central.hpp"
#include "input/node.hpp"
#include "scenario/marginal.hpp"
#include "scenario/scenario.hpp"

namespace autarky::scenario {

/// How two uncertain numbers, or dates, of which one should not exceed the other lie.
enum class Order { kept, broken_in_part, broken };

/// A scenario under examination.
struct Sense {
    const Scenario<Uncertain>& s;
    const Inputs& inputs;
    const Node& root;
    const Texts& texts;
    Diagnostics& diagnostics;

    [[nodiscard]] const Input& input(Uncertain leaf) const { return inputs.rows[static_cast<std::size_t>(leaf.input)]; }
    [[nodiscard]] double median(Uncertain leaf) const { return central_value(input(leaf).distribution); }
    [[nodiscard]] double least(Uncertain leaf) const { return support(input(leaf).distribution).first; }
    [[nodiscard]] double most(Uncertain leaf) const { return support(input(leaf).distribution).second; }
    /// Whether its value is that of the file, not one that follows from elsewhere.
    [[nodiscard]] bool is_typed(Uncertain leaf) const { return !input(leaf).is_computed; }
    [[nodiscard]] bool is_default(Uncertain leaf) const { return input(leaf).is_default; }

    /// Where the last key that is there of a path stands; a key that is left out is told at its row's heading.
    [[nodiscard]] Origin origin(std::initializer_list<std::string_view> path) const {
        const Node* node = &root;
        Place place = root.place;
        for (const auto key : path) {
            const auto found = std::ranges::find(node->members, key, &Member::key);
            if (found == node->members.end()) break;
            const bool is_value = !found->value.is_table() || is_value_table(found->value);
            place = is_value ? found->value.place : found->place;
            node = &found->value;
        }
        if (const Node* is = node->find("is")) place = is->place;
        return texts.origin(place);
    }
    void error(Origin at, const char* code, std::string message, std::string hint = {}) const {
        diagnostics.error(std::move(at), code, std::move(message), std::move(hint));
    }
    void warning(Origin at, const char* code, std::string message, std::string hint = {}) const {
        diagnostics.warning(std::move(at), code, std::move(message), std::move(hint));
    }

    /// Whether `first` stays at or below `second`: at their medians, and over their 5 to 95 % ranges.
    [[nodiscard]] Order order(Uncertain first, Uncertain second) const {
        if (above(median(first), median(second))) return Order::broken;
        const auto high = central_range(input(first).distribution).second;
        const auto low = central_range(input(second).distribution).first;
        return above(high, low) ? Order::broken_in_part : Order::kept;
    }
    static bool above(double x, double y) {
        constexpr double rounding = 1e-9;
        return x > y + rounding * std::max(1.0, y < 0.0 ? -y : y);
    }
};

/// A series with one bound of its knots, such as their greatest values.
template <class Q, class Bound> Series<double> bound_of(const Series<Q>& series, Bound&& bound) {
    Series<double> out;
    out.dates = series.dates;
    for (const auto& knot : series.values)
        out.values.push_back(bound(knot));
    return out;
}

/// The number behind a quantity or a plain reading.
inline Uncertain leaf_of(Uncertain leaf) { return leaf; }
template <Dim D> Uncertain leaf_of(const Quantity<D, Uncertain>& quantity) { return quantity.raw(); }
inline Uncertain leaf_of(const Date<Uncertain>& date) { return date.year; }

/// The greatest value that a series can take within the horizon.
template <class Q> double most_in_horizon(const Scenario<Uncertain>& s, const Inputs& inputs, const Series<Q>& series) {
    const auto highest = bound_of(series, [&](const auto& knot) {
        return support(inputs.rows[static_cast<std::size_t>(leaf_of(knot).input)].distribution).second;
    });
    double most = 0.0;
    for (Quarter q = s.horizon.start; q <= s.horizon.end; q = q + 1)
        most = std::max(most, highest.at(q.middle()));
    return most;
}

/// Values of one key of a table, or of one section, beyond which nobody in the field has been. The bounds lie clear of what
/// has been seen, so that only slips of units or powers of ten reach them.
struct FieldBound {
    std::string_view table, key, unit;
    double low, high;      ///< in `unit`
    std::string_view seen; ///< the nearest to it that is known, with its source
};
std::span<const FieldBound> field_bounds();

// One file each.
void check_places(const Sense& sense);
void check_devices(const Sense& sense);
void check_market(const Sense& sense);
void check_streets(const Sense& sense);
void check_terms(const Sense& sense);
void check_dates(const Sense& sense);
void check_growth(const Sense& sense);
void check_bounds(const Sense& sense);

} // namespace autarky::scenario
