// autarky: what a device needs is an input; chips follow as integers, in both worlds.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "case_run.hpp"
#include "market/need.hpp"

using autarky::test::CaseRun;
using autarky::test::Draw;

namespace {

/// Present value of a yearly sum spread over the quarters of the plain fixture, from the first quarter that counts.
double discounted_year(std::size_t quarters, double rate) {
    double sum = 0.0;
    for (std::size_t q = 0; q < quarters; ++q)
        sum += 0.25 * std::pow(1.0 + rate, -(0.125 + 0.25 * static_cast<double>(q)));
    return sum;
}

} // namespace

TEST_CASE("chips of a copy: the larger of three ratios, each rounded up; a hair above an integer is that integer") {
    using namespace autarky;
    const market::ChipGives<double> chip{quantity(500.0, "TOPS"_u), 1.0, quantity(300.0, "GB/s"_u), 0.8,
                                         quantity(64.0, "GB"_u)};
    const auto chips = [&](double work, double bandwidth, double memory) {
        return market::chips_a_copy(quantity(work, "TOPS"_u), 0.4, quantity(bandwidth, "GB/s"_u),
                                    quantity(memory, "GB"_u), chip);
    };
    CHECK(chips(0.0, 0.0, 0.0) == 1.0);
    CHECK(chips(200.0, 0.0, 0.0) == 1.0); // exactly full
    CHECK(chips(200.0 * (1.0 + 1e-13), 0.0, 0.0) == 1.0);
    CHECK(chips(200.1, 0.0, 0.0) == 2.0);
    CHECK(chips(100.0, 241.0, 0.0) == 2.0);   // bandwidth binds
    CHECK(chips(100.0, 100.0, 129.0) == 3.0); // memory binds
    CHECK(market::chips_a_device(3.0, 2.0, true).raw() == 6.0);
    CHECK(market::chips_a_device(3.0, 2.0, false).raw() == 3.0); // copies share chips before one is added
    CHECK(market::chips_a_device(1.0, 2.0, false).raw() == 2.0);
    CHECK(market::memory_a_device(quantity(24.0, "GB"_u), 2.0, false).raw() ==
          doctest::Approx(quantity(48.0, "GB"_u).raw()));
    CHECK(market::memory_a_device(quantity(24.0, "GB"_u), 2.0, true).raw() ==
          doctest::Approx(quantity(24.0, "GB"_u).raw()));
    // A chip that gives nothing of what is needed is never a choice.
    const market::ChipGives<double> none{quantity(500.0, "TOPS"_u), 1.0, quantity(0.0, "GB/s"_u), 0.8, {}};
    CHECK(market::chips_a_copy(quantity(1.0, "TOPS"_u), 0.4, quantity(1.0, "GB/s"_u), {}, none) == 1e6);
}

TEST_CASE("equal chips at equal prices: the value is porting and support less the programme, to 1e-9") {
    CaseRun run("plain.toml");
    Draw draw(1);
    for (int i = 0; i < 200; ++i) {
        const double work = draw.between(10.0, 1'500.0);
        const double volume = draw.between(0.1, 4.0);
        // the own chip's recurring cost, asked as the merchant's price
        run.run({{"vehicle.cars.work", work}, {"vehicle.cars.volume", volume}});
        const double cost = run.at("chip.unit_cost", 4);
        run.run({{"vehicle.cars.work", work},
                 {"vehicle.cars.volume", volume},
                 {"merchant.first.list_price", cost},
                 {"merchant.first.unit_cost", 0.5 * cost}});
        CAPTURE(work);
        CAPTURE(volume);
        const double years = discounted_year(run.quarters(), 0.08);
        // All one-off spending lies before 2026: 400 + 100 of design, 20 of qualification, one mask set by 2025.
        const double expected = 40.0 * std::pow(1.08, -0.125) + 20.0 * years - 30.0 * years;
        // Sums of flows some hundred times as large: 1e-9 of those.
        const double scale = cost * volume * 3.0;
        CHECK(std::fabs(run.npv() - expected) < 1e-9 * std::max(scale, std::fabs(expected)) * 20.0);
    }
}

TEST_CASE("devices x chips a device are the chips used, to 1e-12, in both worlds and every quarter") {
    CaseRun run("plain.toml");
    Draw draw(2);
    for (int i = 0; i < 500; ++i) {
        run.run({{"vehicle.cars.work", draw.between(1.0, 3'000.0)},
                 {"vehicle.cars.bandwidth", draw.between(0.0, 1'500.0)},
                 {"vehicle.cars.memory", draw.between(0.0, 300.0)},
                 {"vehicle.cars.redundancy", std::floor(draw.between(1.0, 3.0))},
                 {"chip.one.utilisation_ratio", draw.between(0.5, 2.0)},
                 {"site.home.capacity", draw.between(0.0, 60'000.0)},
                 {"merchant.first.supply", draw.between(0.0, 5e6)}});
        for (std::size_t q = 0; q < run.quarters(); ++q) {
            const double own = run.at("compute.own_chips", q);
            const double bought = run.at("compute.merchant_chips", q);
            CHECK(own == std::floor(own));
            CHECK(bought == std::floor(bought));
            const double made = run.at("foundry.chips_used", q) / own + run.at("merchant.chips", q) / bought;
            CHECK(made == doctest::Approx(run.at("deploy.vehicles", q)).epsilon(1e-12));
            CHECK(run.at("merchant.chips_buy", q) ==
                  doctest::Approx(run.at("deploy.vehicles_buy", q) * bought).epsilon(1e-12));
        }
    }
}

TEST_CASE("with equal memory, kind and copies, dearer DRAM leaves the value as it is, to 1e-9") {
    CaseRun run("plain.toml");
    const double base = (run.run(), run.npv());
    run.run({{"economy.memory_price", 20.0}});
    CHECK(run.npv() == doctest::Approx(base).epsilon(1e-9));
    // Of another kind it counts: a chip whose DRAM costs half as much again.
    const double dearer_kind = (run.run({{"economy.memory_price", 20.0}, {"chip.one.memory_premium", 1.5}}), run.npv());
    CHECK(dearer_kind < base - 1.0);
}

TEST_CASE("half the throughput takes more chips where work binds and nowhere else") {
    CaseRun run("plain.toml");
    Draw draw(3);
    for (int i = 0; i < 500; ++i) {
        const CaseRun::Changes need{{"vehicle.cars.work", draw.between(1.0, 1'000.0)},
                                    {"vehicle.cars.bandwidth", draw.between(0.0, 900.0)},
                                    {"vehicle.cars.memory", draw.between(0.0, 250.0)}};
        auto weaker = need;
        weaker["chip.one.throughput"] = 250.0;
        run.run(need);
        const double before = run.at("compute.own_chips", 4);
        run.run(weaker);
        const double after = run.at("compute.own_chips", 4);
        const double by_work = std::ceil(need.at("vehicle.cars.work") / (250.0 * 0.4) * (1.0 - 1e-12));
        CHECK(after == std::max(before, by_work));
    }
}
