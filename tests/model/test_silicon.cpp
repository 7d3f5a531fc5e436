// autarky: what the quarterly model takes from the silicon in depth: packing, yield laws, harvesting, sort, excursions.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "model/metrics.hpp"
#include "scenario/packed.hpp"
#include "silicon/packing.hpp"
#include "small_run.hpp"

using autarky::InputError;
using autarky::Loaded;
using autarky::LoadRequest;
using autarky::test::SmallRun;

namespace {

struct Shift {
    std::vector<std::string> sets;
    const char* metric;
    int direction;
};

// 96 units of 2.5 mm^2 on a die of 423 mm^2
const std::vector<std::string> units{"chip.one.units=96", "chip.one.unit_area=2.5 mm^2", "chip.one.spare_units=4"};

std::vector<std::string> with(std::vector<std::string> sets, const std::vector<std::string>& more) {
    sets.insert(sets.end(), more.begin(), more.end());
    return sets;
}

void check_shift(const SmallRun& base, const Shift& shift) {
    const SmallRun changed(shift.sets);
    CAPTURE(shift.sets.back());
    CAPTURE(shift.metric);
    const double before = base.at(shift.metric, "2028Q1");
    const double after = changed.at(shift.metric, "2028Q1");
    CAPTURE(before);
    CAPTURE(after);
    if (shift.direction > 0) CHECK(after > before);
    if (shift.direction < 0) CHECK(after < before);
    if (shift.direction == 0) CHECK(after == before);
}

LoadRequest small_scenario() {
    LoadRequest request;
    request.scenario = AUTARKY_TEST_DATA_DIR "/small.toml";
    request.data_folder = AUTARKY_SOURCE_DIR;
    return request;
}

std::string codes_of(const std::vector<std::string>& sets) {
    LoadRequest request = small_scenario();
    request.sets = sets;
    try {
        autarky::load(request);
    } catch (const InputError& error) {
        std::string out;
        for (const auto& item : error.diagnostics.items())
            out += item.code + " " + item.message + " " + item.hint + "\n";
        return out;
    }
    return "";
}

} // namespace

TEST_CASE("gross dies of the quarterly model are those of the exact packing for a die of fixed size") {
    const SmallRun run;
    const auto exact = autarky::silicon::optimised_packing({25.8, 16.4, 0.1}, {300.0, 3.0, 0.0});
    CHECK(run.at("silicon.gross_dies", "2028Q1") == doctest::Approx(exact.dies).epsilon(1e-12));
    const SmallRun tall({"chip.one.height=20 mm"});
    const auto other = autarky::silicon::optimised_packing({25.8, 20.0, 0.1}, {300.0, 3.0, 0.0});
    CHECK(tall.at("silicon.gross_dies", "2028Q1") == doctest::Approx(other.dies).epsilon(1e-12));
}

TEST_CASE("each way of learning, yielding, harvesting and testing moves yield and cost as it must") {
    const SmallRun base;
    const std::vector<Shift> shifts{
        {{"process.alpha.yield_model=poisson"}, "silicon.yield", -1},
        {{"process.alpha.yield_model=seeds"}, "silicon.yield", +1},
        {{"process.alpha.yield_model=bose_einstein", "process.alpha.critical_layers=10"}, "silicon.yield", -1},
        {{"process.alpha.other_yield_weight=50 %"}, "silicon.yield", -1},
        {{"process.alpha.other_yield_model=seeds", "process.alpha.other_yield_weight=50 %"}, "silicon.yield", +1},
        {{"process.alpha.other_yield_model=murphy"}, "silicon.yield", 0},
        {{"process.alpha.learning_law=gompertz"},
         "silicon.yield",
         +1}, // the logarithm of the yield is convex in the density
        {{"process.alpha.excursion_start=2027Q3", "process.alpha.excursion_jump=0.2 1/cm^2"}, "silicon.yield", -1},
        {{"process.alpha.excursion_start=2028Q3", "process.alpha.excursion_jump=0.2 1/cm^2"}, "silicon.yield", 0},
        {{"process.alpha.excursion_start=2027Q3", "process.alpha.excursion_jump=0.2 1/cm^2"}, "chip.unit_cost", +1},
        {units, "silicon.yield", +1},
        {units, "chip.unit_cost", -1},
        {with(units, {"chip.one.spare_units=0"}), "silicon.yield", 0},
        {with(units, {"chip.one.lesser_spare_units=12", "chip.one.lesser_price=60 USD/die"}), "chip.unit_cost", -1},
        {{"chip.one.sort_coverage=95 %"}, "silicon.yield", +1}, // more dies pass the sort
        {{"chip.one.sort_coverage=95 %"}, "chip.unit_cost", +1},
        {{"process.alpha.mask_life=20 kwafer"}, "chip.unit_cost", +1}};
    for (const auto& shift : shifts)
        check_shift(base, shift);
}

TEST_CASE("a lesser product is paid once: it lifts the value by what its dies sell for and ships no chip more") {
    // No saving is passed on to robots' buyers, so demand is the same.
    const auto alike = with(units, {"robot.biped.pass_through=0 %"});
    const auto sets = with(alike, {"chip.one.lesser_spare_units=12", "chip.one.lesser_price=60 USD/die"});
    const SmallRun plain(alike);
    const SmallRun both(sets);
    CHECK(both.sum("foundry.chips") == doctest::Approx(plain.sum("foundry.chips")).epsilon(1e-9));
    CHECK(both.at("npv.make_vs_buy", "2030Q4") > plain.at("npv.make_vs_buy", "2030Q4"));
}

TEST_CASE("an excursion at every site is that of their process, under each learning law; at one site it is less") {
    for (const std::string law : {"exponential", "gompertz"}) {
        CAPTURE(law);
        const std::string chosen = "process.alpha.learning_law=" + law;
        const auto at = [&](const std::string& row, const std::string& jump) {
            return std::vector<std::string>{row + ".excursion_start=2027Q3", row + ".excursion_jump=" + jump,
                                            row + ".excursion_recovery=9 month", chosen,
                                            // others on the process count for nothing: neither rivals nor followers
                                            "robot.biped.market_share=100 %", "merchant.first.response=0"};
        };
        const std::string jump = "0.2 1/cm^2";
        const SmallRun none({chosen, "robot.biped.market_share=100 %", "merchant.first.response=0"});
        const SmallRun process(at("process.alpha", jump));
        const SmallRun home(at("site.home", jump));
        const SmallRun both(with(at("site.home", jump), at("site.abroad", jump)));
        // the same sum in another order
        CHECK(both.at("silicon.yield", "2028Q1") ==
              doctest::Approx(process.at("silicon.yield", "2028Q1")).epsilon(1e-12));
        CHECK(both.at("chip.unit_cost", "2028Q1") ==
              doctest::Approx(process.at("chip.unit_cost", "2028Q1")).epsilon(1e-12));
        CHECK(home.at("silicon.yield", "2028Q1") < none.at("silicon.yield", "2028Q1"));
        CHECK(home.at("silicon.yield", "2028Q1") > both.at("silicon.yield", "2028Q1"));
        CHECK(home.at("silicon.yield", "2027Q1") == none.at("silicon.yield", "2027Q1"));
    }
}

TEST_CASE(
    "one-time cost by activity is the design cost in parts: paid at once with it, shared by what the chip sells") {
    // spending after the decision, so that nothing of it is sunk
    const std::vector<std::string> late{"chip.one.design_start=2026Q2", "chip.one.tapeout=2027Q2"};
    const SmallRun whole(late);
    const SmallRun parts(
        with(late, {"chip.one.design_cost=100 MUSD", "chip.one.architecture_cost=40 MUSD", "chip.one.rtl_cost=60 MUSD",
                    "chip.one.verification_cost=90 MUSD", "allocation.one_home.ip_cost=50 MUSD",
                    "allocation.one_home.eda_cost=20 MUSD", "allocation.one_abroad.ip_cost=25 MUSD",
                    "allocation.one_abroad.prototype_cost=15 MUSD"}));
    for (const auto* metric : {"npv.make_vs_buy", "chip.full_cost", "volume.annuity"}) {
        CAPTURE(metric);
        CHECK(parts.at(metric, "2030Q4") == doctest::Approx(whole.at(metric, "2030Q4")).epsilon(1e-12));
    }
    // every activity counts
    for (const std::string key :
         {"chip.one.architecture_cost", "chip.one.rtl_cost", "chip.one.verification_cost",
          "allocation.one_abroad.ip_cost", "allocation.one_abroad.eda_cost", "allocation.one_abroad.prototype_cost"}) {
        CAPTURE(key);
        const SmallRun dearer(with(late, {key + "=500 MUSD"}));
        CHECK(dearer.at("chip.full_cost", "2030Q1") > whole.at("chip.full_cost", "2030Q1"));
        CHECK(dearer.at("chip.unit_cost", "2030Q1") == whole.at("chip.unit_cost", "2030Q1"));
    }
    CHECK(codes_of({"chip.one.rtl_cost=-1 MUSD"}).find("rtl_cost") != std::string::npos);
    CHECK(codes_of({"site.home.excursion_jump=-1 1/cm^2"}).find("excursion_jump") != std::string::npos);
}

TEST_CASE("memory costs by its kind, beside the chip a device, in the package with the chips that fail") {
    const SmallRun base;
    const SmallRun dear({"chip.one.memory_premium=3 x"});
    const SmallRun packaged({"chip.one.memory_in_package=true"});
    // two copies with 32 GB each at 3 USD
    CHECK(dear.at("compute.own_cost", "2028Q1") - base.at("compute.own_cost", "2028Q1") ==
          doctest::Approx(2.0 * 2.0 * 32.0 * 3.0).epsilon(1e-4)); // fewer robots sell, fewer wafers teach
    CHECK(dear.at("chip.unit_cost", "2026Q1") == base.at("chip.unit_cost", "2026Q1"));
    // 32 GB in the package of each of two chips, carried by the 99 % x 98 % that pass; nothing beside them
    CHECK(packaged.at("chip.unit_cost", "2028Q1") - base.at("chip.unit_cost", "2028Q1") ==
          doctest::Approx(32.0 * 3.0 / (0.99 * 0.98)).epsilon(1e-4));
    CHECK(packaged.at("npv.make_vs_buy", "2030Q4") < base.at("npv.make_vs_buy", "2030Q4"));
    CHECK(SmallRun({"merchant.first.memory_premium=2 x", "merchant.second.memory_premium=2 x"})
              .at("compute.memory_cost", "2028Q1") ==
          doctest::Approx(2.0 * base.at("compute.memory_cost", "2028Q1")).epsilon(1e-12));
}

TEST_CASE("a longer recovery from an excursion costs more, and a recovered process costs what it did") {
    const std::vector<std::string> jump{"process.alpha.excursion_start=2027Q1",
                                        "process.alpha.excursion_jump=0.2 1/cm^2"};
    const SmallRun quick(with(jump, {"process.alpha.excursion_recovery=3 month"}));
    const SmallRun slow(with(jump, {"process.alpha.excursion_recovery=12 month"}));
    CHECK(slow.at("silicon.yield", "2028Q1") < quick.at("silicon.yield", "2028Q1"));
    // The wafers that the excursion cost have taught a little more: a few points in ten thousand.
    CHECK(quick.at("silicon.yield", "2030Q4") ==
          doctest::Approx(SmallRun().at("silicon.yield", "2030Q4")).epsilon(1e-3));
}

TEST_CASE("a die of uncertain size keeps the exact packing at its median and states the residual") {
    LoadRequest request = small_scenario();
    request.sets = {"chip.one.height=15.4 to 17.4 mm"};
    const Loaded loaded = autarky::load(request);
    REQUIRE(loaded.scenario.packed != nullptr);
    const auto& die = loaded.scenario.packed->rows.at(0);
    CHECK(die.is_uncertain);
    CHECK(die.scale.dies_at_median > 100);
    CHECK(die.scale.worst_residual > 0.0);
    CHECK(die.scale.worst_residual < 0.05);
}

TEST_CASE("partly good dies are counted under the yield model of the process, and not under one that cannot") {
    const auto yield = [](const std::string& model, const char* spares) {
        return SmallRun(
                   with(units, {"process.alpha.yield_model=" + model, std::string("chip.one.spare_units=") + spares}))
            .at("silicon.yield", "2028Q1");
    };
    for (const auto* model : {"negative_binomial", "poisson", "seeds", "bose_einstein"}) {
        CAPTURE(model);
        // nothing jumps between no spare and one: the plain model is the limit
        const double plain =
            SmallRun({std::string("process.alpha.yield_model=") + model}).at("silicon.yield", "2028Q1");
        CHECK(yield(model, "0") == doctest::Approx(plain).epsilon(1e-12));
        CHECK(yield(model, "1") > plain);
    }
    CHECK(yield("poisson", "1") != yield("negative_binomial", "1"));
    for (const auto* set : {"process.alpha.yield_model=moore", "process.alpha.yield_model=murphy"})
        CHECK(codes_of(with(units, {set})).find("E0402 process.alpha.yield_model") != std::string::npos);
    const std::vector<std::string> average{"process.alpha.other_yield_model=rectangular",
                                           "process.alpha.other_yield_weight=50 %"};
    CHECK(codes_of(with(units, average)).find("E0402 process.alpha.other_yield_model") != std::string::npos);
}

TEST_CASE("dies of the lesser product that slip through the sort are not sold twice") {
    const auto sets =
        with(units, {"chip.one.unit_area=4 mm^2", "chip.one.lesser_spare_units=40", "chip.one.lesser_price=60 USD/die",
                     "process.alpha.defect_density_start=1.5 1/cm^2", "process.alpha.defect_density_floor=1.4 1/cm^2"});
    for (const auto* coverage : {"100 %", "60 %", "20 %", "0 %"}) {
        CAPTURE(coverage);
        const SmallRun run(with(sets, {std::string("chip.one.sort_coverage=") + coverage}));
        for (const double scrapped : run.series("foundry.dies_scrapped"))
            CHECK(scrapped >= -1e-6);
    }
}

TEST_CASE("what the sort misses the final test finds: a started wafer gives the same chips at any coverage") {
    // the processes learn by what they have run, which differs a little where chips come sooner or later
    constexpr double learning = 1e-4;
    const auto at = [](const std::string& coverage, const std::string& metric) {
        return SmallRun({"chip.one.sort_coverage=" + coverage}).at(metric, "2028Q1");
    };
    const double working = at("100 %", "foundry.line_yield.one.home");
    REQUIRE(working < 99.0); // %
    const double surviving = at("100 %", "supply.passing.one.home");
    for (const auto* coverage : {"70 %", "20 %", "0 %"}) {
        CAPTURE(coverage);
        const double passing = at(coverage, "supply.passing.one.home");
        CHECK(passing * at(coverage, "foundry.line_yield.one.home") ==
              doctest::Approx(surviving * working).epsilon(learning));
        CHECK(at(coverage, "supply.chips_a_wafer.one.home") ==
              doctest::Approx(at("100 %", "supply.chips_a_wafer.one.home")).epsilon(learning));
    }
    // without a sort every die is packaged, and the final test sees all the faults
    CHECK(at("0 %", "foundry.line_yield.one.home") == doctest::Approx(100.0));
}

TEST_CASE("an impossible die of a scenario is a finding that names the field and says by how much") {
    CHECK(codes_of({"chip.one.width=28.5 mm", "chip.one.height=28.5 mm"}).find("chip.one.width") != std::string::npos);
    CHECK(codes_of({"chip.one.width=28.5 mm", "chip.one.height=28.5 mm"}).find("2.5 mm too wide") != std::string::npos);
    CHECK(codes_of({"chip.one.units=4", "chip.one.unit_area=2 mm^2", "chip.one.spare_units=5"})
              .find("chip.one.spare_units") != std::string::npos);
    CHECK(codes_of({"chip.one.units=400", "chip.one.unit_area=2 mm^2"}).find("chip.one.unit_area") !=
          std::string::npos);
    CHECK(codes_of({"chip.one.sort_coverage=120 %"}).find("sort_coverage") != std::string::npos);
    CHECK(codes_of({"process.alpha.excursion_jump=-1 1/cm^2"}).find("excursion_jump") != std::string::npos);
}
