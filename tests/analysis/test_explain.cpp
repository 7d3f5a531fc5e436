// autarky: the tree of formulas, inputs and sources behind a result.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "analysis/explain.hpp"
#include "analysis/input_doc.hpp"
#include "analysis/reason_tree.hpp"
#include "analysis/selection.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

using Kind = Reason::Kind;

Explanation of(const test::Studied& on, const std::string& metric, std::size_t quarter,
               std::optional<std::size_t> depth = {}) {
    ExplainOptions options;
    options.depth = depth;
    options.samples = 64;
    return explain(on.model, metric_named(on.model, metric), quarter, options);
}

void for_each(const Reason& reason, const std::function<void(const Reason&)>& act) {
    act(reason);
    for (const auto& part : reason.parts)
        for_each(part, act);
}

/// The first line with this formula, or null.
const Reason* with_formula(const Reason& root, std::string_view id) {
    const Reason* found = nullptr;
    for_each(root, [&](const Reason& r) {
        if (found == nullptr && r.formula != nullptr && r.kind == Kind::call && r.formula->id == id) found = &r;
    });
    return found;
}

} // namespace

TEST_CASE("started wafers are told by site, and those of a site by chip") {
    const auto on = test::small();
    const auto e = of(*on, "foundry.wafers", 8, 2);
    REQUIRE(e.root.parts.size() == 2);
    const auto &home = e.root.parts[0], &abroad = e.root.parts[1];
    CHECK(home.role == "home");
    CHECK(abroad.role == "abroad");
    CHECK(home.value > 0.0);
    CHECK(home.value + abroad.value == doctest::Approx(e.root.value).epsilon(1e-12));
    CHECK(home.elasticity + abroad.elasticity == doctest::Approx(1.0).epsilon(1e-9));
    REQUIRE(!home.parts.empty());
    CHECK(home.parts.front().role == "one");
    CHECK(home.parts.front().value == home.value);
}

TEST_CASE("an explanation leads from the result through named formulas to inputs as they are written") {
    const auto on = test::small();
    const auto e = of(*on, "chip.unit_cost", 8, 60);
    CHECK(e.quarter == "2028Q1");
    CHECK(e.exists);
    CHECK(e.is_complete);
    const auto* yield = with_formula(e.root, "silicon.yield.negative_binomial");
    if (yield == nullptr) yield = with_formula(e.root, "silicon.yield_negative_binomial");
    std::size_t n_inputs = 0;
    bool has_wafer_price = false;
    for_each(e.root, [&](const Reason& r) {
        if (r.kind != Kind::input) return;
        ++n_inputs;
        if (r.input->path == "process.alpha.wafer_price") {
            has_wafer_price = true;
            CHECK(r.input->written == "16_000 to 24_000 USD/wafer");
            CHECK(on->loaded.inputs.sources[static_cast<std::size_t>(r.input->source)].title == "A paper for tests");
            CHECK(r.text == "19,596 USD/wafer"); // the median of the lognormal, sqrt(16,000 x 24,000)
        }
    });
    CHECK(has_wafer_price);
    CHECK(n_inputs > 10);
    const auto* part = with_formula(e.root, "silicon.part_cost");
    REQUIRE(part != nullptr);
    CHECK(part->parts.size() >= 3);
    CHECK(std::string(part->formula->source) != "");
}

TEST_CASE("the value of a named formula is that of its parts put into its expression") {
    const auto on = test::small();
    const auto e = of(*on, "advantage.price_to_cost", 8, 1);
    REQUIRE(e.root.kind == Kind::call);
    REQUIRE(e.root.parts.size() == 2); // bought compute, own compute
    CHECK(e.root.parts[0].role == "bought compute");
    CHECK(e.root.parts[1].role == "own compute");
    CHECK(e.root.parts[0].value / e.root.parts[1].value == doctest::Approx(e.root.value).epsilon(1e-12));
    CHECK(e.root.parts[0].elasticity == doctest::Approx(1.0).epsilon(1e-9));
    CHECK(e.root.parts[1].elasticity == doctest::Approx(-1.0).epsilon(1e-9));
}

TEST_CASE("cash, orders and a robot's yearly cost are what their parts add up to") {
    const auto on = test::small();
    const auto part = [](const Reason& r, std::string_view role) {
        for (const auto& p : r.parts)
            if (p.role == role) return p.value;
        FAIL("no part '" << role << "'");
        return 0.0;
    };
    std::size_t n_cash = 0, n_orders = 0, n_robots = 0, n_needs = 0;
    const auto check = [&](const Reason& r) {
        if (r.formula == nullptr || r.kind != Kind::call || r.parts.empty()) return;
        const std::string_view id = r.formula->id;
        double expected = r.value;
        if (id == "cash.world") {
            ++n_cash;
            expected = (part(r, "recurring") + part(r, "once")) * part(r, "what tax leaves");
        } else if (id == "cash.recurring") {
            ++n_cash;
            expected = (part(r, "device margin") - part(r, "own chips") - part(r, "bought chips") - part(r, "DRAM") -
                        part(r, "support") - part(r, "energy") - part(r, "fallback devices")) *
                           part(r, "that counts") -
                       part(r, "sustaining");
        } else if (id == "cash.once") {
            ++n_cash;
            expected = (part(r, "outlets") + part(r, "salvage") - part(r, "market access") - part(r, "porting") -
                        part(r, "contracts")) *
                           part(r, "that counts") -
                       part(r, "programme") - part(r, "own paths");
        } else if (id == "need.chips_a_copy") {
            ++n_needs;
            expected = std::max({part(r, "by work"), part(r, "by bandwidth"), part(r, "by memory"), 1.0});
        } else if (id == "foundry.order") {
            ++n_orders;
            expected =
                std::max(part(r, "demand until arrival") + part(r, "safety stock") - part(r, "stock and in progress"),
                         0.0) *
                part(r, "open to starts");
        } else if (id == "robot.yearly_cost") {
            ++n_robots;
            expected =
                part(r, "capital and integration") + part(r, "upkeep") + part(r, "energy") + part(r, "supervision");
        } else {
            return;
        }
        CHECK(r.value == doctest::Approx(expected).epsilon(1e-9));
    };
    for_each(of(*on, "npv", 8, 60).root, check);
    for_each(of(*on, "deploy.robots", 15, 30).root, check);
    CHECK(n_cash > 1);
    CHECK(n_orders > 1);
    CHECK(n_robots > 0);
    for_each(of(*on, "compute.own_cost", 8, 30).root, check);
    CHECK(n_needs > 0);
}

TEST_CASE("a shared part is shown once and referred to after that") {
    const auto on = test::small();
    const auto e = of(*on, "npv.make_vs_buy", 3, 30);
    std::vector<int> opened;
    int n_references = 0;
    for_each(e.root, [&](const Reason& r) {
        if (r.kind == Kind::reference) {
            ++n_references;
            CHECK(r.parts.empty());
            CHECK(std::find(opened.begin(), opened.end(), r.number) != opened.end());
        } else if (r.number > 0) {
            CHECK(std::find(opened.begin(), opened.end(), r.number) == opened.end());
            opened.push_back(r.number);
        }
    });
    CHECK(n_references > 0);
}

TEST_CASE("a depth opens so many levels; without one the tree fits the lines") {
    const auto on = test::small();
    const std::function<std::size_t(const Reason&)> levels = [&](const Reason& r) {
        std::size_t deepest = 0;
        for (const auto& part : r.parts)
            deepest = std::max(deepest, 1 + levels(part));
        return deepest;
    };
    CHECK(levels(of(*on, "npv.make_vs_buy", 10, 1).root) == 1);
    CHECK(levels(of(*on, "npv.make_vs_buy", 10, 3).root) == 3);
    const auto folded = of(*on, "npv.make_vs_buy", 10);
    CHECK_FALSE(folded.is_complete);
    CHECK(n_lines(folded.root) <= ExplainOptions{}.lines);
    CHECK(n_lines(folded.root) > 15);
}

TEST_CASE("an input that is a result itself, and a result that is constant, have no parts") {
    const auto on = test::small({"chip.one.tapeout=\"2026Q1\"", "chip.one.respins=\"0\""});
    const auto e = of(*on, "export.tpp", 0, 5);
    CHECK(e.exists);
    for_each(e.root, [](const Reason& r) { CHECK(r.kind != Kind::rest); });
}

TEST_CASE("a result that does not exist at medians says so") {
    const auto on =
        test::small({"merchant.first.list_price=\"1 USD/chip\"", "merchant.second.list_price=\"1 USD/chip\"",
                     "merchant.first.unit_cost=\"0.5 USD/chip\"", "merchant.second.unit_cost=\"0.5 USD/chip\""});
    const auto e = of(*on, "volume.annuity", 8);
    CHECK_FALSE(e.exists);
    CHECK(e.text.starts_with("-"));
    CHECK(e.samples.count == 0);
}

TEST_CASE("neighbours of the same name are told apart by what moves only one of them") {
    const auto on = test::main_scenario();
    const auto e = of(*on, "chip.unit_cost", 10, 1);
    std::vector<std::string> contexts;
    for (const auto& part : e.root.parts)
        if (part.formula != nullptr && std::string_view(part.formula->id) == "silicon.part_cost")
            contexts.push_back(part.context);
    REQUIRE(contexts.size() >= 2);
    for (const auto& context : contexts)
        CHECK_MESSAGE(context.starts_with("site."), context);
    std::sort(contexts.begin(), contexts.end());
    CHECK(std::adjacent_find(contexts.begin(), contexts.end()) == contexts.end());
}

TEST_CASE("the levers are the inputs that move the result most, with their sign") {
    const auto on = test::small();
    const auto e = of(*on, "silicon.yield", 8, 1);
    REQUIRE(!e.levers.empty());
    for (std::size_t k = 1; k < e.levers.size(); ++k)
        CHECK(std::fabs(e.levers[k - 1].elasticity) >= std::fabs(e.levers[k].elasticity));
    const auto parametric = std::find_if(e.levers.begin(), e.levers.end(),
                                         [](const auto& l) { return l.name == "process.alpha.parametric_yield"; });
    REQUIRE(parametric != e.levers.end());
    CHECK(parametric->elasticity == doctest::Approx(1.0).epsilon(0.01)); // a factor of the yield
}

TEST_CASE("a refusal names its rule, its first day, its paragraph and the limit that is met") {
    const auto on = test::main_scenario();
    const auto e = of(*on, "export.refusal", on->model.quarters().size() - 1);
    const auto* refusal = with_formula(e.root, "export.refusal");
    REQUIRE(refusal != nullptr);
    for (const auto* part : {"rule us_2026", "in force from 2026-01-15", "3A090.a: TPP ", " >= 4,800", "; controlled",
                             "the window below 21,000 TPP and 6,500 GB/s"})
        CHECK_MESSAGE(refusal->remark.find(part) != std::string::npos, refusal->remark);
}

TEST_CASE("every input of the main scenario has a description") {
    const auto on = test::main_scenario();
    for (const auto& row : on->loaded.inputs.rows)
        CHECK_MESSAGE(!input_doc(row.path).empty(), row.path);
    CHECK(input_doc("process.n3.wafer_price") == input_doc("process.other.wafer_price"));
    CHECK(input_doc("nothing.of.that.name").empty());
}
