// autarky: which metrics a run accumulates.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>

#include "analysis/selection.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

TEST_CASE("a pattern matches as in a shell") {
    CHECK(matches("*", ""));
    CHECK(matches("grid.*", "grid.energy"));
    CHECK_FALSE(matches("grid.*", "gridlock"));
    CHECK(matches("*.unit_cost", "chip.unit_cost"));
    CHECK(matches("*cost*", "chip.unit_cost"));
    CHECK(matches("?hip.*_c?st", "chip.unit_cost"));
    CHECK_FALSE(matches("chip.unit_cost", "chip.unit_costs"));
    CHECK_FALSE(matches("", "x"));
    // one star must give back what it took too early
    CHECK(matches("a*bc", "abbbc"));
    CHECK(matches("a*b*c", "axxbyybzzc"));
}

TEST_CASE("every pattern of the standing metrics matches a metric of the model") {
    const auto on = test::small();
    for (const auto pattern : standing_metrics()) {
        const auto& all = on->model.metrics();
        CHECK_MESSAGE(std::any_of(all.begin(), all.end(), [&](const auto& m) { return matches(pattern, m.info.id); }),
                      pattern);
    }
}

TEST_CASE("without patterns all standing metrics are shown; with one only what it asks for") {
    const auto on = test::small();
    const auto all = selected_metrics(on->model, {});
    CHECK(std::all_of(all.begin(), all.end(), [](const auto& row) { return row.is_shown; }));
    const auto cash = selected_metrics(on->model, {"cash.*"});
    CHECK(cash.size() == all.size() + 2); // cash.make and cash.buy do not stand
    CHECK(std::count_if(cash.begin(), cash.end(), [](const auto& row) { return row.is_shown; }) ==
          4); // and the peak of the need, with its date
    CHECK(std::is_sorted(cash.begin(), cash.end(), [](const auto& a, const auto& b) { return a.metric < b.metric; }));
}

TEST_CASE("a pattern without a metric, and a metric without a meaning, are refused with a suggestion") {
    const auto on = test::small();
    const auto text_of = [](const auto& act) {
        try {
            act();
        } catch (const InputError& error) {
            return error.diagnostics.render();
        }
        return std::string("nothing is refused");
    };
    CHECK(text_of([&] { static_cast<void>(selected_metrics(on->model, {"chip.unitcost"})); }) ==
          "error[E0505]: no metric matches 'chip.unitcost'\n      = did you mean 'chip.unit_cost'?\n");
    CHECK(text_of([&] { static_cast<void>(metric_named(on->model, "grid.enrgy")); }) ==
          "error[E0505]: there is no metric 'grid.enrgy'\n      = did you mean 'grid.energy'?\n");
    CHECK(text_of([&] { static_cast<void>(metric_named(on->model, "?")); }) ==
          "error[E0505]: there is no metric '?'\n      = 'autarky metrics' lists them\n");
}
