// autarky: how fast the cost of a die is: closed form, exact packing, and a Monte Carlo of a million samples.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "core/normal_quantiles.hpp"
#include "core/quantities.hpp"
#include "engine/draws.hpp"
#include "engine/normal_score.hpp"
#include "silicon/cost.hpp"
#include "silicon/geometry.hpp"
#include "silicon/package.hpp"
#include "silicon/packing.hpp"
#include "silicon/yield.hpp"

namespace {

using namespace autarky;
using namespace autarky::silicon;

constexpr std::size_t n_dies = 4096;

/// Chiplet Actuary's recurring cost of one die on an organic substrate: gross dies, yield, bumps, substrate, attach loss.
template <class R> R single_die_cost(const R& area_mm2, const R& defects_per_cm2, const R& wafer_usd) {
    const Area<R> area(area_mm2);
    const Length<R> side = square_root(area);
    const DiesPerWafer<R> gross =
        gross_dies_closed_form(side, side, Length<R>(R(300.0)), Length<R>(R(5.0)), Length<R>(R(0.2)));
    const R yield = yield_negative_binomial(area, quantity<R>(defects_per_cm2, "1/cm^2"_u), R(10.0));
    const DieCost<R> good = good_die_cost(WaferPrice<R>(wafer_usd), gross, yield);
    const R bumps = R(0.005) * area_mm2;
    const R substrate = R(4.0 * 0.005) * area_mm2;
    return (good.raw() + bumps + substrate) / R(0.99);
}

struct Inputs {
    std::vector<double> area, density, price, cost;
};

/// Dies of 50 to 800 mm^2 on processes of 0.05 to 0.5 defects per cm^2.
Inputs many_dies() {
    Inputs in;
    for (std::size_t i = 0; i < n_dies; ++i) {
        const double u = static_cast<double>(i) / n_dies;
        in.area.push_back(50.0 + 750.0 * u);
        in.density.push_back(0.05 + 0.45 * std::fmod(7.3 * u, 1.0));
        in.price.push_back(4000.0 + 26000.0 * std::fmod(3.1 * u, 1.0));
    }
    in.cost.resize(n_dies);
    return in;
}

/// The result comes first: the published cost of a 400 mm^2 die at 7 nm (113.543112), else nothing is measured.
void check_result() {
    const double cost = single_die_cost(400.0, 0.09, 9346.0);
    if (std::abs(cost - 113.543112) > 1e-6) {
        fmt::print(stderr, "the cost of the reference die is {:.6f}, not 113.543112\n", cost);
        std::exit(1);
    }
}

void closed_form_number(benchmark::State& state) {
    check_result();
    Inputs in = many_dies();
    for (auto _ : state) {
        for (std::size_t i = 0; i < n_dies; ++i)
            in.cost[i] = single_die_cost(in.area[i], in.density[i], in.price[i]);
        benchmark::DoNotOptimize(in.cost.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * n_dies));
}
BENCHMARK(closed_form_number);

void closed_form_lanes(benchmark::State& state) {
    check_result();
    Inputs in = many_dies();
    for (auto _ : state) {
        for (std::size_t i = 0; i < n_dies; i += Lanes::width)
            single_die_cost(Lanes::load(&in.area[i]), Lanes::load(&in.density[i]), Lanes::load(&in.price[i]))
                .store(&in.cost[i]);
        benchmark::DoNotOptimize(in.cost.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * n_dies));
}
BENCHMARK(closed_form_lanes);

void exact_packing(benchmark::State& state) {
    const double area = static_cast<double>(state.range(0));
    const double width = std::sqrt(area * 0.8);
    const DieShape die{width, area / width, 0.1};
    for (auto _ : state) {
        const Packing packing = optimised_packing(die, {});
        benchmark::DoNotOptimize(packing.dies);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(exact_packing)->Arg(12)->Arg(100)->Arg(260)->Arg(429)->Arg(814)->Unit(benchmark::kMillisecond);

/// Eight lognormal draws of a named input; p5 and p95 are its 5th and 95th percentiles.
Lanes lognormal(const char* name, double p5, double p95, std::uint64_t group) {
    const Lanes z = engine::normal_score(engine::uniforms(1, {engine::name_hash(name), 0}, group));
    const double middle = 0.5 * (std::log(p5) + std::log(p95));
    const double width = 0.5 * (std::log(p95) - std::log(p5)) / z95;
    return exp(fma(Lanes(width), z, Lanes(middle)));
}

/// A million samples of the cost of a 429 mm^2 die: density, clustering-free price and area uncertain, drawn and evaluated.
void monte_carlo_million(benchmark::State& state) {
    check_result();
    constexpr std::uint64_t samples = 1'000'000;
    std::vector<double> costs(samples);
    for (auto _ : state) {
        for (std::uint64_t group = 0; group < samples / Lanes::width; ++group) {
            const Lanes area = lognormal("die.area", 420.0, 440.0, group);
            const Lanes density = lognormal("process.defect_density", 0.08, 0.40, group);
            const Lanes price = lognormal("process.wafer_price", 17000.0, 24000.0, group);
            single_die_cost(area, density, price).store(&costs[group * Lanes::width]);
        }
        benchmark::DoNotOptimize(costs.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * samples));
}
BENCHMARK(monte_carlo_million)->Unit(benchmark::kMillisecond);

} // namespace
