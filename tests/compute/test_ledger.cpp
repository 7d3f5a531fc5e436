// autarky: the ledger of unused silicon adds up, and follows the work that is mapped.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <string>

#include "compute/chip/ledger.hpp"
#include "compute/network/csv.hpp"
#include "text_file.hpp"

using namespace autarky;
using namespace autarky::compute;

namespace {

BlockArea<double> block(const std::string& name, Role role, double mm2, double exposed = 1.0) {
    return {name, role, Reason::none, quantity(mm2, "mm^2"_u), exposed};
}

UseCase<double> use_case(double time, std::initializer_list<std::pair<Role, Use<double>>> uses) {
    UseCase<double> result;
    result.time = time;
    for (const auto& [role, use] : uses)
        result.use[static_cast<std::size_t>(role)] = use;
    return result;
}

double mm2(const Area<double>& area) { return area.in("mm^2"_u); }

} // namespace

TEST_CASE("the worked example of a 400 mm2 merchant chip") {
    Diagnostics diagnostics;
    const auto lines =
        read_csv(text_of(std::string(AUTARKY_TEST_DATA_DIR) + "/ledger_example.csv"), "ledger", diagnostics);
    Parts<double> total;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto& c = lines[i].cells;
        if (c[0].text == "TOTAL" || c[0].text == "FRACTION") continue;
        const auto at = [&c](std::size_t column) { return std::atof(c[column].text.c_str()); };
        const auto parts = parts_of(quantity(at(1), "mm^2"_u), Exercise<double>{at(2), at(3)});
        CAPTURE(c[0].text);
        CHECK(mm2(parts.never_used) == doctest::Approx(at(4)).epsilon(1e-9));
        CHECK(mm2(parts.over_provisioned) == doctest::Approx(at(5)).epsilon(1e-9));
        CHECK(mm2(parts.duty_idle) == doctest::Approx(at(6)).epsilon(1e-9));
        CHECK(mm2(parts.useful) == doctest::Approx(at(7)).epsilon(1e-9));
        total.add(parts);
    }
    CHECK(mm2(total.never_used) == doctest::Approx(74.0));
    CHECK(mm2(total.over_provisioned) == doctest::Approx(43.0));
    CHECK(mm2(total.duty_idle) == doctest::Approx(124.6));
    CHECK(mm2(total.useful) == doctest::Approx(158.4));
}

TEST_CASE("the four parts sum to the area for any use") {
    for (int i = 0; i <= 20; ++i)
        for (int j = 0; j <= i; ++j) {
            const Exercise<double> use{i / 20.0, j / 20.0};
            const auto parts = parts_of(quantity(123.456, "mm^2"_u), use);
            CHECK(std::abs(mm2(parts.total()) - 123.456) < 1e-12);
            CHECK(mm2(parts.never_used) >= 0.0);
            CHECK(mm2(parts.over_provisioned) >= 0.0);
            CHECK(mm2(parts.duty_idle) >= 0.0);
        }
}

TEST_CASE("mean use weighs use cases by their time, peak use takes the largest that is active") {
    const std::vector<UseCase<double>> cases{use_case(0.05, {{Role::array, {0.8, 0.5}}, {Role::isp, {1.0, 0.0}}}),
                                             use_case(0.50, {{Role::array, {0.2, 0.1}}})};
    const auto array = exercise(cases, Role::array);
    CHECK(array.peak == 0.8);
    CHECK(array.mean == doctest::Approx(0.05 * 0.8 * 0.5 + 0.5 * 0.2 * 0.1));
    CHECK(exercise(cases, Role::isp).peak == 0.0); // built for it, never active
}

TEST_CASE("spare parts are rows of their own and harvest is their reason") {
    const auto result =
        ledger<double>({block("arrays", Role::array, 100.0, 0.84)}, {use_case(1.0, {{Role::array, {1.0, 1.0}}})});
    REQUIRE(result.rows.size() == 2);
    CHECK(mm2(result.rows[1].parts.never_used) == doctest::Approx(16.0));
    CHECK(mm2(result.never_used_by_reason[static_cast<std::size_t>(Reason::harvest)]) == doctest::Approx(16.0));
    CHECK(mm2(result.total.useful) == doctest::Approx(84.0));
    CHECK(mm2(result.total.total()) == doctest::Approx(mm2(result.area)));
}

TEST_CASE("a second copy for safety is useful area that is told apart") {
    const auto result =
        ledger<double>({block("arrays", Role::array, 100.0)}, {use_case(1.0, {{Role::array, {1.0, 0.5}}})}, 2.0);
    CHECK(mm2(result.redundant_useful) == doctest::Approx(25.0));
}

TEST_CASE("several customers of one chip: what nobody uses, and the tax of each") {
    const std::vector<BlockArea<double>> chip{block("arrays", Role::array, 100.0), block("gpu", Role::gpu, 60.0),
                                              block("isp", Role::isp, 20.0), block("display", Role::display, 14.0)};
    const auto vision = ledger<double>(chip, {use_case(1.0, {{Role::array, {1, 1}}, {Role::isp, {1, 1}}})});
    const auto cockpit = ledger<double>(chip, {use_case(1.0, {{Role::gpu, {1, 1}}, {Role::array, {1, 1}}})});
    const auto shared = shared_ledger<double>({vision, cockpit});
    CHECK(mm2(shared.never_used_by_all) == doctest::Approx(14.0));
    CHECK(mm2(shared.generality_tax[0]) == doctest::Approx(60.0));
    CHECK(mm2(shared.generality_tax[1]) == doctest::Approx(20.0));
    // at a dollar a square millimetre the tax costs what it measures
    const auto cost = [](const Area<double>& area) { return quantity(mm2(area), "USD/die"_u); };
    const auto tax = generality_cost(vision.area, shared.never_used_by_all, shared.never_used[0], cost);
    CHECK(tax.in("USD/die"_u) == doctest::Approx(60.0));
}

TEST_CASE("the cost of dark area exceeds its share of the cost, since a smaller die yields better") {
    // a cost with Poisson yield at 0.1 /cm2: C(A) = A exp(A / 1000)
    const auto cost = [](const Area<double>& area) {
        return quantity(mm2(area) * autarky::exp(mm2(area) / 1000.0), "USD/die"_u);
    };
    const auto dark = cost_of_dark(quantity(400.0, "mm^2"_u), quantity(74.0, "mm^2"_u), cost);
    const double whole = cost(quantity(400.0, "mm^2"_u)).in("USD/die"_u);
    CHECK(dark.in("USD/die"_u) == doctest::Approx(whole - 326.0 * autarky::exp(0.326)));
    CHECK(dark.in("USD/die"_u) > 0.185 * whole);
}

TEST_CASE("power-dark area is what a power limit cannot switch") {
    CHECK(power_dark_share(quantity(60.0, "W"_u), quantity(80.0, "W"_u)) == doctest::Approx(0.25));
    CHECK(power_dark_share(quantity(90.0, "W"_u), quantity(80.0, "W"_u)) == 0.0);
    CHECK(power_dark_share(quantity(90.0, "W"_u), quantity(0.0, "W"_u)) == 0.0);
}
