// autarky: one input of each stage is shifted, and each result moves the way it must.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "small_run.hpp"

using autarky::test::SmallRun;

namespace {

struct Shift {
    const char* set; ///< the changed input
    const char* metric;
    const char* quarter;
    int direction; ///< of the metric: +1 up, -1 down, 0 unmoved
};

// Stage by stage of the model's documentation (docs/model).
const std::vector<Shift> shifts{
    // 0 programme
    {"chip.one.respins=1", "programme.tapeout", "2026Q1", +1},
    {"chip.one.respins=1", "programme.first_chips", "2026Q1", +1},
    {"process.alpha.cycle_time=200 day", "programme.first_chips", "2026Q1", +1},
    {"chip.one.respins=1", "programme.ramp", "2027Q2", -1},
    {"chip.one.respins=1", "foundry.chips", "2027Q1", -1},
    {"chip.one.respins=1", "npv.make_vs_buy", "2030Q4", -1},
    {"chip.one.sustaining_cost=60 MUSD/year", "chip.full_cost", "2028Q1", +1},
    {"chip.one.sustaining_cost=60 MUSD/year", "chip.unit_cost", "2028Q1", 0},
    {"chip.one.cancellation_hazard=400 %/year", "foundry.chips_used", "2028Q1", -1},
    // 1 compute
    {"vehicle.cars.work={ series = [[\"2026Q1\", \"600 TOPS\"]] }", "compute.own_chips", "2028Q1", +1},
    {"vehicle.cars.work={ series = [[\"2026Q1\", \"600 TOPS\"]] }", "compute.merchant_chips", "2028Q1", +1},
    {"vehicle.cars.work={ series = [[\"2026Q1\", \"600 TOPS\"]] }", "merchant.price", "2026Q1", 0},
    {"vehicle.cars.redundancy={ series = [[\"2026Q1\", \"1\"]] }", "compute.own_cost", "2028Q1", -1},
    {"chip.one.utilisation_ratio=0.2 x", "compute.own_chips", "2028Q1", +1},
    {"chip.one.utilisation_ratio=0.2 x", "compute.merchant_chips", "2028Q1", 0},
    {"chip.one.throughput=2500 TOPS", "export.tpp", "2028Q1", +1},
    {"chip.one.throughput=2500 TOPS", "export.pd", "2028Q1", +1},
    // 2 silicon
    {"chip.one.height=20 mm", "silicon.gross_dies", "2028Q1", -1},
    {"chip.one.height=20 mm", "silicon.yield", "2028Q1", -1},
    {"chip.one.height=20 mm", "silicon.good_die_cost", "2028Q1", +1},
    {"chip.one.height=20 mm", "silicon.die_area", "2028Q1", +1},
    {"process.alpha.defect_density_start=0.4 1/cm^2", "silicon.yield", "2028Q1", -1},
    {"process.alpha.learning_rate=1 1/year", "silicon.yield", "2028Q1", +1},
    {"process.alpha.learning_per_wafer=0.003 1/kwafer", "silicon.yield", "2028Q1", +1},
    {"process.alpha.learning_per_wafer=0.003 1/kwafer", "silicon.yield", "2026Q1", 0},
    {"process.alpha.wafer_price=25_000 USD/wafer", "chip.unit_cost", "2028Q1", +1},
    {"economy.memory_price={ series = [[\"2026Q1\", \"9 USD/GB\"]] }", "chip.unit_cost", "2026Q1", 0},
    {"economy.memory_price={ series = [[\"2026Q1\", \"9 USD/GB\"]] }", "compute.own_cost", "2028Q1", +1},
    {"economy.memory_price={ series = [[\"2026Q1\", \"9 USD/GB\"]] }", "compute.merchant_price", "2028Q1", +1},
    {"process.alpha.wafer_price=25_000 USD/wafer", "volume.annuity", "2028Q1", +1},
    // 3 foundry
    {"site.home.capacity={ series = [[\"2026Q1\", \"2_000 wafer/month\"]] }", "foundry.wafers_available", "2028Q1", -1},
    {"site.home.capacity={ series = [[\"2026Q1\", \"2_000 wafer/month\"]] }", "foundry.utilisation", "2028Q1", +1},
    {"site.home.capacity={ series = [[\"2026Q1\", \"2_000 wafer/month\"]] }", "resilience.onshore_share", "2028Q3", -1},
    {"site.abroad.capacity={ series = [[\"2026Q1\", \"500 wafer/month\"]] }", "resilience.onshore_share", "2028Q3", +1},
    {"process.alpha.wafer_diameter=200 mm", "foundry.wafers", "2028Q1", +1},
    {"site.home.location=TW", "resilience.onshore_share", "2028Q1", -1},
    {"event.strait.hazard=300 %/year", "foundry.wafers_available", "2026Q2", -1},
    {"event.strait.hazard=60 %/year", "foundry.wafers_available", "2027Q2", -1},
    {"process.alpha.cycle_time=130 day", "foundry.wafers_in_progress", "2028Q1", +1},
    {"allocation.one_home.share=80 %", "foundry.line_wafers.one.home", "2028Q1", +1},
    {"vehicle.cars.work={ series = [[\"2026Q1\", \"600 TOPS\"]] }", "foundry.chips_into.one.cars", "2028Q1", +1},
    {"process.alpha.line_yield=90 %", "foundry.wafers_scrapped", "2028Q1", +1},
    {"allocation.one_home.share=80 %", "foundry.wafers.home", "2028Q1", +1},
    {"process.alpha.line_yield=90 %", "foundry.wafers_scrapped.home", "2028Q1", +1},
    {"process.alpha.cycle_time=130 day", "foundry.wafers_in_progress.home", "2028Q1", +1},
    {"process.alpha.wafer_price=25_000 USD/wafer", "foundry.wafer_cost.home", "2028Q1", +1},
    {"site.home.cash_cost_share=40 %", "foundry.profit.home", "2028Q1", +1},
    {"vehicle.cars.work={ series = [[\"2026Q1\", \"600 TOPS\"]] }", "supply.chips_needed.one", "2028Q1", +1},
    {"chip.one.height=20 mm", "supply.chips_a_wafer.one.home", "2028Q1", -1},
    {"chip.one.package=90 USD/chip", "supply.variable_cost.one.home", "2028Q1", +1},
    {"process.alpha.wafer_price=25_000 USD/wafer", "supply.wafer_price.home", "2028Q1", +1},
    {"site.home.capacity={ series = [[\"2026Q1\", \"2_000 wafer/month\"]] }", "supply.capacity.home", "2028Q1", -1},
    {"vehicle.cars.margin=12_000 USD/vehicle", "supply.device_margin", "2028Q1", +1},
    // 4 merchants
    {"merchant.first.list_price=1_200 USD/chip", "merchant.price", "2028Q1", +1},
    {"merchant.first.list_price=1_200 USD/chip", "merchant.revenue_lost", "2029Q1", +1},
    {"merchant.first.list_price=1_200 USD/chip", "npv.make_vs_buy", "2030Q4", +1},
    {"merchant.second.list_price=600 USD/chip", "merchant.price", "2028Q1", -1},
    {"merchant.first.volume_discount=20 %", "merchant.price", "2028Q1", -1},
    {"merchant.first.unit_cost=300 USD/chip", "advantage.cost_to_cost", "2028Q1", +1},
    {"merchant.first.unit_cost=300 USD/chip", "merchant.margin", "2028Q1", -1},
    {"maker.follower.equipped={ series = [[\"2026Q1\", \"80 %\"]] }", "merchant.revenue", "2028Q1", +1},
    {"maker.follower.nre=20_000 MUSD", "adopters.vehicles", "2030Q1", -1},
    {"maker.follower.wafer_premium=20 x", "adopters.vehicles", "2030Q1", -1},
    {"maker.follower.in_house={ series = [[\"2026Q1\", \"40 %\"]] }", "merchant.revenue_lost_gone", "2028Q1", +1},
    // 5 deployment
    {"vehicle.cars.volume={ series = [[\"2026Q1\", \"2.5 Mvehicle/year\"]] }", "deploy.vehicles", "2028Q1", +1},
    {"vehicle.cars.volume={ series = [[\"2026Q1\", \"2.5 Mvehicle/year\"]] }", "deploy.fleet_vehicles", "2028Q1", +1},
    {"vehicle.cars.volume={ series = [[\"2026Q1\", \"2.5 Mvehicle/year\"]] }", "foundry.wafers", "2028Q1", +1},
    {"vehicle.cars.part_limit={ series = [[\"2026Q1\", \"1 Mvehicle/year\"]] }", "deploy.vehicles", "2028Q1", -1},
    {"vehicle.cars.part_limit={ series = [[\"2026Q1\", \"1 Mvehicle/year\"]] }", "binding.parts", "2028Q1", +1},
    {"robot.biped.bom=20_000 USD/robot", "labour.break_even.north", "2027Q1", -1},
    {"robot.biped.bom=20_000 USD/robot", "deploy.robots", "2029Q1", +1},
    {"robot.biped.productivity={ series = [[\"2026Q1\", \"0.9 x\"]] }", "labour.displaced", "2029Q1", +1},
    {"robot.biped.productivity={ series = [[\"2026Q1\", \"0.9 x\"]] }", "labour.hours", "2029Q1", +1},
    {"robot.biped.shifts=1", "labour.output.north", "2029Q1", -1},
    {"robot.biped.financing=20 %/year", "labour.break_even.north", "2027Q1", +1},
    {"robot.biped.integration=1 x", "labour.break_even.north", "2027Q1", +1},
    {"robot.biped.elasticity=2", "labour.potential.north", "2029Q1", +1},
    {"rival.eastern.price={ series = [[\"2026Q1\", \"20_000 USD/robot\"]] }", "robot.market_share.north", "2029Q1", -1},
    {"region.north.site_size=10 worker", "labour.potential.north", "2029Q1", -1},
    {"robot.biped.bom=20_000 USD/robot", "robot.bom", "2027Q1", -1},
    {"region.north.wage=60_000 USD/worker/year", "labour.wage.north", "2028Q1", +1},
    {"region.north.wage=60_000 USD/worker/year", "labour.break_even.north", "2028Q1", -1},
    {"region.north.wage=60_000 USD/worker/year", "labour.undercut_share.north", "2028Q1", +1},
    {"event.parts.hazard=400 %/year", "robot.price", "2027Q1", +1},
    {"robot.biped.life=3 year", "deploy.fleet_robots", "2030Q4", -1},
    // 6 grid
    {"chip.one.power=300 W", "grid.average_power", "2029Q1", +1},
    {"chip.one.power=300 W", "grid.energy", "2029Q1", +1},
    {"grid.north.system_coincidence=60 %", "grid.coincident_power", "2029Q1", +1},
    {"grid.north.upgrade_rate=100 transformer/year", "grid.transformers_overloaded", "2030Q1", +1},
    {"grid.north.upgrade_rate=100 transformer/year", "grid.below_wish", "2030Q4", +1},
    {"grid.north.blocks_sale=100 %", "grid.queue", "2030Q4", +1},
    {"grid.north.blocks_sale=100 %", "grid.shadow_price", "2030Q4", +1},
    {"grid.north.blocks_sale=100 %", "grid.deployable.north", "2029Q1", -1},
    {"grid.north.upgrade_rate=100 transformer/year", "grid.deployable.east", "2027Q1", 0},
    {"grid.north.blocks_sale=100 %", "held_back.grid", "2030Q4", +1},
    {"grid.north.crew_rate=100 transformer/year", "grid.transformers_upgraded", "2030Q4", -1},
    {"grid.north.lead_time=3 year", "grid.transformers_upgraded", "2030Q1", -1},
    {"grid.north.lead_time=3 year", "grid.below_wish", "2030Q1", +1},
    {"grid.north.station_share=100 %", "grid.below_wish", "2030Q1", -1},
    {"grid.north.station_share=100 %", "grid.ageing", "2030Q1", -1},
    {"grid.north.clustering=30 %", "grid.below_wish", "2028Q1", +1},
    {"grid.north.own_charging=600 W/vehicle", "grid.transformers_overloaded", "2029Q1", +1},
    {"grid.north.own_charging=600 W/vehicle", "grid.vehicle_power", "2029Q1", +1},
    {"grid.north.baseline_share=60 %", "grid.baseline_power", "2029Q1", +1},
    {"grid.north.baseline_share=60 %", "grid.transformers_overloaded", "2029Q1", -1},
    {"grid.north.induced_charging=90 W/vehicle", "grid.induced_power", "2029Q1", +1},
    {"chip.one.power=300 W", "grid.chip_power", "2029Q1", +1},
    {"grid.north.local_coincidence=80 %", "grid.local_power", "2029Q1", +1},
    {"grid.north.managed_share=80 %", "grid.upgrade_cost", "2030Q4", -1},
    {"grid.north.upgrade_cost=20 kUSD/transformer", "grid.upgrade_cost", "2030Q4", +1},
    // 7 policy
    {"rule.acs_2023.refused_controlled=95 %", "market.open.east", "2028Q1", -1},
    {"rule.acs_2023.refused_controlled=95 %", "deploy.vehicles", "2028Q1", -1},
    {"rule.acs_2023.refused_controlled=95 %", "market.open.north", "2028Q1", 0},
    {"rule.acs_2023.tpp_limit=40000 TPP", "export.refusal", "2028Q1", 0},
    {"event.east_closes.hazard=400 %/year", "deploy.robots", "2029Q1", -1},
    // 8 strategy
    {"path.grow.capex=0.8 MUSD*month/wafer", "strategy.capex.grow", "2028Q1", +1},
    {"path.grow.capex=0.8 MUSD*month/wafer", "strategy.npv.grow", "2028Q1", -1},
    {"path.grow.volatility=45 %", "strategy.option_value.grow", "2028Q1", +1},
    {"path.grow.taken=true", "foundry.wafers_available", "2029Q1", +1},
    {"path.grow.taken=true", "cash.make", "2026Q2", -1},
    // 9 verdict
    {"economy.discount_rate=12 %/year", "npv.make_vs_buy", "2030Q4", -1},
    {"economy.decision_date=2026Q3", "npv.make_vs_buy", "2030Q4", +1}};

} // namespace

TEST_CASE("each result moves in the expected direction when one input of its stage is shifted") {
    const SmallRun base;
    for (const auto& shift : shifts) {
        CAPTURE(shift.set);
        CAPTURE(shift.metric);
        CAPTURE(shift.quarter);
        const SmallRun changed({shift.set});
        const double before = base.at(shift.metric, shift.quarter);
        const double after = changed.at(shift.metric, shift.quarter);
        CAPTURE(before);
        CAPTURE(after);
        if (shift.direction > 0) CHECK(after > before);
        if (shift.direction < 0) CHECK(after < before);
        if (shift.direction == 0) CHECK(after == doctest::Approx(before).epsilon(1e-12));
    }
}

TEST_CASE("a vehicle's own driving loads its street but counts in no cash: the chip's and the induced use do") {
    const std::vector<std::string> away{"grid.north.vehicles_at_home=0 %", "grid.east.vehicles_at_home=0 %",
                                        "grid.north.robots_at_home=0 %", "grid.east.robots_at_home=0 %",
                                        "vehicle.cars.owned_share=100 %"};
    const auto with = [&](const std::string& set) {
        std::vector<std::string> sets = away;
        if (!set.empty()) sets.push_back(set);
        return SmallRun(sets);
    };
    const SmallRun base = with("");
    CHECK(base.at("grid.queue", "2030Q4") == 0.0);
    const SmallRun thirsty = with("grid.north.own_charging=900 W/vehicle");
    CHECK(thirsty.at("grid.vehicle_power", "2030Q4") > base.at("grid.vehicle_power", "2030Q4"));
    for (const char* metric : {"npv.make_vs_buy", "cash.make", "cash.buy", "grid.average_power", "deploy.vehicles"})
        CHECK(thirsty.at(metric, "2030Q4") == base.at(metric, "2030Q4"));
    const SmallRun induced = with("grid.north.induced_charging=900 W/vehicle");
    CHECK(induced.at("cash.make", "2030Q4") < base.at("cash.make", "2030Q4"));
    // The ledger adds up: chips and induced use of vehicles and robots are the average but for the robots' machines.
    CHECK(base.at("grid.chip_power", "2030Q4") + base.at("grid.induced_power", "2030Q4") <=
          base.at("grid.average_power", "2030Q4"));
    const double own = base.at("grid.vehicle_power", "2030Q4") + base.at("grid.baseline_power", "2030Q4");
    CHECK(base.at("grid.baseline_power", "2030Q4") == doctest::Approx(0.3 * own).epsilon(1e-9));
}

TEST_CASE("what waits in the streets is let through when transformers come") {
    const std::string gate = "grid.north.blocks_sale=100 %"; // as a gate, not as a slower charge
    const SmallRun slow({gate, "grid.north.upgrade_rate=100 transformer/year", "grid.north.upgrade_growth=0 %"});
    const SmallRun usual({gate});
    const SmallRun fast({gate, "grid.north.upgrade_rate=50_000_000 transformer/year",
                         "grid.north.crew_rate=50_000_000 transformer/year", "grid.north.lead_time=1 year"});
    CHECK(SmallRun().at("grid.queue", "2030Q4") == 0.0);
    CHECK(SmallRun().at("grid.below_wish", "2030Q4") > 0.0);
    CHECK(fast.at("grid.queue", "2030Q4") < usual.at("grid.queue", "2030Q4"));
    CHECK(usual.at("grid.queue", "2030Q4") < slow.at("grid.queue", "2030Q4"));
    CHECK(fast.at("deploy.fleet_vehicles", "2030Q4") > slow.at("deploy.fleet_vehicles", "2030Q4"));
    // What nobody can install is not installed: a hundred a year, half of them for ordinary ageing, some on the way.
    CHECK(slow.at("grid.transformers_upgraded", "2030Q4") - usual.at("grid.transformers_upgraded", "2026Q1") <
          20'000.0);
    // One more unit is worth more where many devices wait for few units.
    CHECK(slow.at("grid.shadow_price", "2030Q4") > 0.0);
}

TEST_CASE("first chips come a qualification, a fab's cycle and an assembly after the last tape-out, or never") {
    const SmallRun base(
        {"chip.one.qualification_time=6 month", "process.alpha.cycle_time=73 day", "chip.one.assembly_time=5 week"});
    const double after = 0.5 + 73.0 / 365.0 + 5.0 * 7.0 / 365.0; // a year is 8,760 h
    CHECK(base.at("programme.first_chips", "2027Q1") - base.at("programme.tapeout", "2027Q1") ==
          doctest::Approx(after).epsilon(1e-6));
    const SmallRun cancelled({"chip.one.cancellation_hazard=100_000 %/year"});
    CHECK(std::isnan(cancelled.at("programme.first_chips", "2027Q1")));
    CHECK(cancelled.at("programme.tapeout", "2027Q1") == base.at("programme.tapeout", "2027Q1"));
}
