// autarky: tests of the study of one die: results, diagnostics, solving, spreads, drawing.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/die_study.hpp"

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "silicon/die_solve.hpp"
#include "silicon/die_spread.hpp"
#include "silicon/wafer_svg.hpp"

using namespace autarky;
using namespace autarky::silicon;

namespace {

DieInput half_reticle() {
    DieInput in;
    in.die = {26.0, 16.5, 0.1};
    in.density_per_cm2 = 0.1;
    in.wafer_price_usd = 20000.0;
    return in;
}

/// All messages and hints, so that a test can look for the words a user needs.
std::string complaints(const DieInput& in) {
    Diagnostics diagnostics;
    check(in, diagnostics);
    std::string text;
    for (const auto& item : diagnostics.items())
        text += item.code + " " + item.message + " | " + item.hint + "\n";
    return text;
}

bool says(const DieInput& in, const std::string& words) { return complaints(in).find(words) != std::string::npos; }

} // namespace

TEST_CASE("the half reticle: counts, yield and the printed cost of a good die") {
    const DieResult result = study(half_reticle());
    CHECK(complaints(half_reticle()).empty());
    CHECK(result.gross.optimised.dies == 132);
    CHECK(result.gross.area_bound == doctest::Approx(164.77).epsilon(1e-4));
    CHECK(result.gross.closed_form == doctest::Approx(125.3).epsilon(0.05 / 125.0));
    CHECK(result.field.fit.dies() == 1);
    CHECK(result.field.high_na_dies == 1);
    CHECK(result.field.gain.dies == 2);
    CHECK(result.yields->harvested == result.yields->by_model.back());
    CHECK(*result.good_dies == doctest::Approx(132.0 * std::pow(1.143, -3.0)).epsilon(1e-12));
    CHECK(std::round(result.cost->die) == 226.0);
    CHECK(result.cost->die == doctest::Approx(20000.0 / *result.good_dies).epsilon(1e-12));
}

TEST_CASE("without a density there are counts but no yields; without a price no cost") {
    DieInput in = half_reticle();
    in.wafer_price_usd.reset();
    CHECK(study(in).yields.has_value());
    CHECK_FALSE(study(in).cost.has_value());
    in.density_per_cm2.reset();
    CHECK_FALSE(study(in).yields.has_value());
    CHECK_FALSE(study(in).good_dies.has_value());
}

TEST_CASE("harvesting an H100-like die lifts 48.67 % to 73.41 % and lowers the cost in proportion") {
    DieInput in;
    in.die = {25.5, 31.92, 0.1};
    in.density_per_cm2 = 0.1;
    in.wafer_price_usd = 17000.0;
    in.units = UnitsInput{144, 0.6 * in.area_mm2() / 144.0, 0.4 * in.area_mm2(), 12, {}};
    CHECK(complaints(in).empty());
    const DieResult result = study(in);
    CHECK(result.yields->by_model.back() == doctest::Approx(0.4867).epsilon(0.00006 / 0.48));
    CHECK(result.yields->harvested == doctest::Approx(0.7341).epsilon(0.00006 / 0.73));
    CHECK(result.cost->die / result.cost->harvested_die ==
          doctest::Approx(result.yields->harvested / result.yields->by_model.back()).epsilon(1e-12));
    CHECK(result.yields->bins.size() == 2);
    CHECK(result.yields->bins[0].share + result.yields->bins[1].share ==
          doctest::Approx(result.yields->harvested).epsilon(1e-12));
}

TEST_CASE("bins with prices share the wafer's price by value") {
    DieInput in = half_reticle();
    in.units = UnitsInput{16, 0.55 * in.area_mm2() / 16.0, 0.45 * in.area_mm2(), 2, {{0, 400.0}, {2, 300.0}}};
    const DieResult result = study(in);
    double carried = 0.0;
    for (const auto& bin : result.yields->bins)
        carried += bin.cost_usd * bin.share * result.gross.optimised.dies;
    CHECK(carried == doctest::Approx(20000.0).epsilon(1e-12));
    CHECK(result.yields->bins[0].cost_usd / result.yields->bins[1].cost_usd ==
          doctest::Approx(4.0 / 3.0).epsilon(1e-12));
}

TEST_CASE("a shipped part carries test, package, scrap and one-time cost") {
    DieInput in = half_reticle();
    in.part = PartInput{.sort_test_usd = 5.0,
                        .sort_coverage = 1.0,
                        .package_usd = 30.0,
                        .memory_on_board_usd = 50.0,
                        .assembly_yield = 0.98,
                        .final_test_usd = 20.0};
    in.one_time = OneTimeInput{.nre_usd = 300e6, .mask_set_usd = 20e6, .respins = 1.0, .volume = 2e6};
    const DieResult result = study(in);
    const double yield = std::pow(1.143, -3.0);
    const double known = (20000.0 / 132.0 + 5.0) / yield;
    CHECK(*result.cost->known_good_die == doctest::Approx(known).epsilon(1e-12));
    CHECK(*result.cost->part == doctest::Approx((known + 30.0 + 20.0) / 0.98 + 50.0).epsilon(1e-12));
    CHECK(*result.cost->escapes == doctest::Approx(0.0));
    CHECK(*result.cost->nre_per_part == doctest::Approx(170.0).epsilon(1e-12));
    CHECK(*result.cost->total == doctest::Approx(*result.cost->part + 170.0).epsilon(1e-12));
}

TEST_CASE("each bad input is refused in words that name the field") {
    struct Row {
        const char* words;
        void (*spoil)(DieInput&);
    };
    const std::array rows{
        Row{"width is 0, but must be positive", [](DieInput& in) { in.die.width_mm = 0.0; }},
        Row{"height is -3, but must be positive", [](DieInput& in) { in.die.height_mm = -3.0; }},
        Row{"wafer is -300", [](DieInput& in) { in.wafer.diameter_mm = -300.0; }},
        Row{"width is nan", [](DieInput& in) { in.die.width_mm = std::nan(""); }},
        Row{"scribe of 20 mm is wider than the die", [](DieInput& in) { in.die.scribe_mm = 20.0; }},
        Row{"scribe is -0.1", [](DieInput& in) { in.die.scribe_mm = -0.1; }},
        Row{"edge of 150 mm leaves nothing", [](DieInput& in) { in.wafer.edge_exclusion_mm = 150.0; }},
        Row{"is larger than the wafer: its diagonal is 424.26 mm, 130.26 mm more",
            [](DieInput& in) { in.die = {300.0, 300.0, 0.1}; }},
        Row{"fits no field of 26 x 33 mm: it is 2.5 mm too wide", [](DieInput& in) { in.die = {28.5, 28.5, 0.1}; }},
        Row{"is too small", [](DieInput& in) { in.die = {1e-6, 1e-6, 0.0}; }},
        Row{"is too small", [](DieInput& in) { in.die = {100.0, 1e-4, 0.0}; }},
        Row{"is larger than the wafer", [](DieInput& in) { in.die = {1e200, 1e200, 0.1}; }},
        Row{"d0 is -0.1", [](DieInput& in) { in.density_per_cm2 = -0.1; }},
        Row{"alpha is 0", [](DieInput& in) { in.clustering = 0.0; }},
        Row{"critical-share is 1.2", [](DieInput& in) { in.critical_share = 1.2; }},
        Row{"sort-coverage is 1.1", [](DieInput& in) { in.part = PartInput{.sort_coverage = 1.1}; }},
        Row{"final-coverage is -0.2", [](DieInput& in) { in.part = PartInput{.final_coverage = -0.2}; }},
        Row{"spares (17) are more than units (16)",
            [](DieInput& in) { in.units = UnitsInput{16, 10.0, 100.0, 17, {}}; }},
        Row{"uncore and units take 500 mm^2, the die has 429",
            [](DieInput& in) { in.units = UnitsInput{16, 25.0, 100.0, 1, {}}; }},
        Row{"mask-set is missing", [](DieInput& in) { in.one_time = OneTimeInput{.nre_usd = 1e6, .respins = 1.0}; }},
        Row{"mask-set is missing", [](DieInput& in) { in.one_time = OneTimeInput{.mask_life_wafers = 1e5}; }},
        Row{"mask-set is 0", [](DieInput& in) { in.one_time = OneTimeInput{.mask_set_usd = 0.0}; }},
        Row{"wafer-price is -1", [](DieInput& in) { in.wafer_price_usd = -1.0; }},
        Row{"volume is 0", [](DieInput& in) { in.one_time = OneTimeInput{.volume = 0.0}; }}};
    for (const auto& row : rows) {
        DieInput in = half_reticle();
        row.spoil(in);
        CAPTURE(complaints(in));
        CHECK(says(in, row.words));
    }
}

TEST_CASE("all findings are collected, not only the first") {
    DieInput in = half_reticle();
    in.density_per_cm2 = -1.0;
    in.clustering = -1.0;
    in.wafer_price_usd = 0.0;
    Diagnostics diagnostics;
    check(in, diagnostics);
    CHECK(diagnostics.items().size() == 3);
}

TEST_CASE("solving gives back the density, the price and the volume that made a cost") {
    DieInput in = half_reticle();
    in.one_time = OneTimeInput{.nre_usd = 300e6, .volume = 2e6};
    const DieResult result = study(in);
    const double target = *result.cost->total;
    CHECK(*solve(result, Unknown::density, target, true).value == doctest::Approx(0.1).epsilon(1e-9));
    CHECK(*solve(result, Unknown::wafer_price, target, true).value == doctest::Approx(20000.0).epsilon(1e-9));
    CHECK(*solve(result, Unknown::volume, target, true).value == doctest::Approx(2e6).epsilon(1e-9));
}

TEST_CASE("a target that cannot be met is no number but a sentence") {
    DieInput in = half_reticle();
    in.one_time = OneTimeInput{.nre_usd = 300e6, .volume = 2e6};
    const DieResult result = study(in);
    const Solution density = solve(result, Unknown::density, 100.0, true);
    CHECK_FALSE(density.value.has_value());
    CHECK(density.reason.find("even without defects") != std::string::npos);
    const Solution volume = solve(result, Unknown::volume, 200.0, true);
    CHECK_FALSE(volume.value.has_value());
    CHECK(volume.reason.find("recurring cost alone") != std::string::npos);
}

TEST_CASE("the small die is the hedge: its cost spreads less under the same uncertain density") {
    DieInput small = half_reticle();
    DieInput large = half_reticle();
    large.die = {25.5, 31.9, 0.1};
    std::vector<double> densities;
    for (double d = 0.05; d <= 0.5; d += 0.01)
        densities.push_back(d);
    const CostSpread of_small = cost_spread(study(small), densities);
    const CostSpread of_large = cost_spread(study(large), densities);
    CHECK(of_small.plain.ratio() < of_large.plain.ratio());
    CHECK(of_small.plain.p5 < of_small.plain.p50);
    CHECK(of_small.plain.mean == doctest::Approx(of_small.harvested.mean));

    large.units = UnitsInput{144, 0.6 * large.area_mm2() / 144.0, 0.4 * large.area_mm2(), 12, {}};
    const CostSpread rescued = cost_spread(study(large), densities);
    CHECK(rescued.harvested.ratio() < rescued.plain.ratio());
}

TEST_CASE("quantiles of five values are the values, in any order") {
    const Spread spread = spread_of({5.0, 1.0, 3.0, 2.0, 4.0});
    CHECK(spread.p50 == 3.0);
    CHECK(spread.mean == doctest::Approx(3.0));
    CHECK(spread.p5 == doctest::Approx(1.2));
    CHECK(spread.p95 == doctest::Approx(4.8));
}

TEST_CASE("with a certain density the choice of model is the whole spread of the cost") {
    const DieResult result = study(half_reticle());
    CHECK(cost_model_choice(result, std::array{0.1}).share_of_model == doctest::Approx(1.0));
    const ModelChoice mixed = cost_model_choice(result, std::array{0.05, 0.1, 0.2, 0.4});
    CHECK(mixed.share_of_model > 0.0);
    CHECK(mixed.share_of_model < 1.0);
}

TEST_CASE("the drawing holds every die and every field, and is the same for the same seed") {
    DieInput in = half_reticle();
    in.die = {10.0, 10.0, 0.1};
    const DieResult result = study(in);
    const std::string svg = wafer_svg(result, 1);
    const auto count = [&](const std::string& word) {
        int n = 0;
        for (std::size_t at = svg.find(word); at != std::string::npos; at = svg.find(word, at + 1))
            ++n;
        return n;
    };
    CHECK(count("<rect x=") == result.gross.optimised.dies + result.field.shots);
    CHECK(svg.find("</svg>") != std::string::npos);
    CHECK(count("clip-path='url(#wafer)'") + count("clip-path=\"url(#wafer)\"") ==
          1); // fields end where the wafer does
    CHECK(count("</g>") == count("<g "));
    for (const char* named : {"no defect", "with a defect", "field of one shot", "seed 1 · autarky"})
        CHECK(count(named) == 1);
    CHECK(svg == wafer_svg(result, 1));
    CHECK(svg != wafer_svg(result, 2));
}

TEST_CASE("over many drawings the share of clean dies is the negative binomial yield") {
    DieInput in = half_reticle();
    in.die = {20.0, 20.0, 0.1};
    in.density_per_cm2 = 0.3;
    const DieResult result = study(in);
    const double expected = result.gross.optimised.dies * result.yields->by_model.back();
    double total = 0.0;
    constexpr int drawings = 200;
    for (int seed = 0; seed < drawings; ++seed) {
        const std::string svg = wafer_svg(result, static_cast<std::uint64_t>(seed));
        for (std::size_t at = svg.find("#8fb573"); at != std::string::npos; at = svg.find("#8fb573", at + 1))
            total += 1.0;
        total -= 1.0; // that of the legend
    }
    // binomial: standard error of the mean is sqrt(148 x .36 x .64 / 200) = 0.41; four of them
    CHECK(std::abs(total / drawings - expected) < 1.7);
}
