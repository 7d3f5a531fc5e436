// autarky: tests of the classification of chips under dated export rules.
// SPDX-License-Identifier: Apache-2.0
#include "market/export_control.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace autarky;
using namespace autarky::market;

namespace {

Performance<double> tpp(double x) { return quantity(x, "TPP"_u); }

/// 88 FR 73458, in force from 2023-11-17: 3A090.a and the exemption of note 2.
ExportRule<double> rule_2023() {
    ExportRule<double> rule{};
    rule.tpp_limit = tpp(4800.0);
    rule.density_floor = tpp(1600.0);
    rule.density_limit = quantity(5.92, "TPP/mm^2"_u);
    rule.exempt_below = tpp(4800.0);
    rule.refused_controlled = 1.0;
    return rule;
}

/// 87 FR 62186, October 2022: interconnect and performance together.
ExportRule<double> rule_2022() {
    ExportRule<double> rule{};
    rule.tpp_limit = tpp(4800.0);
    rule.io_limit = quantity(600.0, "GB/s"_u);
    rule.refused_controlled = 1.0;
    return rule;
}

struct Part {
    const char* name;
    double dense_tops, bits, area, io;
    bool data_centre;
    double tpp;
    bool controlled_2022, controlled_2023;
};

// Dense figures: Epoch AI chip dataset (training-cost-trends @263c40a1); classes by the rules' own tests for 3A090.a.
constexpr std::array parts{Part{"A100", 624, 8, 826, 600, true, 4992, true, true},
                           Part{"A800", 624, 8, 826, 400, true, 4992, false, true},
                           Part{"H100", 1979, 8, 814, 900, true, 15832, true, true},
                           Part{"H800", 1979, 8, 814, 400, true, 15832, false, true},
                           Part{"H20", 296, 8, 814, 900, true, 2368, false, false},
                           Part{"L20", 239, 8, 609, 0, true, 1912, false, false},
                           Part{"L4", 242, 8, 294, 0, true, 1936, false, true},
                           Part{"RTX 4090", 660.6, 8, 608, 0, false, 5284.8, false, true},
                           Part{"RTX 4090 D", 588.3, 8, 608, 0, false, 4706.4, false, false},
                           Part{"B200", 4500, 8, 1600, 1800, true, 36000, true, true}};

ControlledItem<double> item_of(const Part& part) {
    ControlledItem<double> item;
    item.tpp = total_processing_performance(quantity(part.dense_tops, "TOPS"_u), quantity(part.bits, "bit"_u));
    item.density = performance_density(item.tpp, quantity(part.area, "mm^2"_u));
    item.io = quantity(part.io, "GB/s"_u);
    item.data_centre = part.data_centre;
    return item;
}

} // namespace

TEST_CASE("TPP and the two rules classify known parts as their authors did") {
    for (const auto& part : parts) {
        CAPTURE(part.name);
        const auto item = item_of(part);
        CHECK(item.tpp.in("TPP"_u) == doctest::Approx(part.tpp).epsilon(1e-12));
        CHECK(controlled(rule_2022(), item) == part.controlled_2022);
        CHECK(controlled(rule_2023(), item) == part.controlled_2023);
    }
}

TEST_CASE("the rule's own example: 600 INT8 TOPS and 300 FP16 TFLOPS are both 4800") {
    const auto at = [](double tops, double bits) {
        return total_processing_performance(quantity(tops, "TOPS"_u), quantity(bits, "bit"_u)).in("TPP"_u);
    };
    CHECK(at(600.0, 8.0) == doctest::Approx(4800.0).epsilon(1e-12));
    CHECK(at(300.0, 16.0) == doctest::Approx(4800.0).epsilon(1e-12));
}

TEST_CASE("the licence window of January 2026 looks at TPP and memory bandwidth together") {
    // 91 FR 1684: case by case below 21,000 TPP and 6,500 GB/s.
    auto rule = rule_2023();
    rule.licence_below = tpp(21'000.0);
    rule.licence_bandwidth = quantity(6500.0, "GB/s"_u);
    rule.refused_licensable = 0.3;
    auto item = item_of(parts[2]);
    item.memory_bandwidth = quantity(4800.0, "GB/s"_u);
    CHECK(refusal_probability(rule, item) == doctest::Approx(0.3));
    item.memory_bandwidth = quantity(8000.0, "GB/s"_u);
    CHECK(refusal_probability(rule, item) == doctest::Approx(1.0));
    CHECK(refusal_probability(rule, item_of(parts[5])) == doctest::Approx(0.0));
}
