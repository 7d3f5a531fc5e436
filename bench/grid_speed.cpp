// autarky: how fast power flows, transformer years and a national study run; each compares its result before it measures.
// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>

#include "grid/feeder/power_flow.hpp"
#include "grid/heat/heat_series.hpp"
#include "grid/nation/nation.hpp"

using namespace autarky;
using namespace autarky::grid;

namespace {

std::string text_of(const std::string& file) {
    std::ifstream in(std::string(AUTARKY_SOURCE_DIR) + "/" + file);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

const StreetCatalogue& streets() {
    static const StreetCatalogue catalogue = [] {
        Diagnostics findings;
        return read_street_catalogue(text_of("catalogue/grid/streets.toml"), "streets.toml", findings);
    }();
    return catalogue;
}

/// A day of a feeder: 1440 load scenarios, every minute another level.
void flows(benchmark::State& state, const char* name, const char* component, FlowMethod method) {
    Diagnostics findings;
    const auto feeder =
        PowerFlow::make(text_of(std::string("catalogue/grid/feeders/") + name + ".json"), name, 50.0, findings);
    if (!feeder) return state.SkipWithError("power-grid-model is missing");
    constexpr std::size_t scenarios = 1440;
    const std::size_t width = std::string(component) == "asym_load" ? 3 : 1;
    const std::size_t n = feeder->ids(component).size() * width;
    std::vector<double> p(n * scenarios), q(n * scenarios);
    for (std::size_t s = 0; s < scenarios; ++s)
        for (std::size_t i = 0; i < n; ++i) {
            const double level = 0.5 + 0.5 * static_cast<double>((s * 31 + i * 17) % 100) / 100.0;
            p[s * n + i] = (width == 1 || i % 3 == (i / 3) % 3) ? 1000.0 * level : 0.0;
            q[s * n + i] = 0.3 * p[s * n + i];
        }
    FlowOptions options;
    options.method = method;
    options.symmetric = width == 1;
    options.wanted = {{"node", "u_pu"}, {"line", "loading"}, {"transformer", "loading"}};
    const FlowResult once = feeder->solve_loads(component, p, q, scenarios, options);
    FlowOptions newton = options;
    newton.method = FlowMethod::newton_raphson;
    newton.wanted = {{"node", "u_pu"}};
    const FlowResult other = feeder->solve_loads(component, p, q, scenarios, newton);
    if (!once.failed.empty() ||
        std::fabs(once.find("node")->at("u_pu", 700, 5) - other.find("node")->at("u_pu", 700, 5)) > 1e-7)
        return state.SkipWithError("the methods disagree");
    for (auto step : state) {
        (void)step;
        benchmark::DoNotOptimize(feeder->solve_loads(component, p, q, scenarios, options));
    }
    state.counters["flows/s"] = benchmark::Counter(
        static_cast<double>(scenarios) * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

/// Eight units a call, 35,040 steps each, on `threads` threads.
void transformer_years(benchmark::State& state) {
    const UnitType& type = *streets().unit("us-pad-50");
    const Street street = streets().street(type, 1);
    std::vector<double> table(kinds_of_day * steps_a_day * Lanes::width);
    StreetLoad last;
    for (std::size_t lane = 0; lane < Lanes::width; ++lane) {
        last = street.load({type.homes, static_cast<int>(lane), 0, 1.0, 0.0}, lane);
        for (std::size_t i = 0; i < last.kva.size(); ++i)
            table[i * Lanes::width + lane] = last.kva[i] / type.rating_kva;
    }
    std::vector<Lanes> pu;
    for (std::size_t i = 0; i < table.size(); i += Lanes::width)
        pu.push_back(Lanes::load(table.data() + i));
    Iec60076<Lanes> unit;
    unit.loss_ratio = Lanes(type.heat.loss_ratio), unit.oil_rise_k = Lanes(type.heat.oil_rise_k),
    unit.surcharge_k = Lanes(type.heat.surcharge_k);
    const AgedYear<Lanes> eight = aged_year(unit, type.paper, street.plan(), pu);
    if (eight.equivalent_factor[7] != aged_year_of(type, street.plan(), last).equivalent_factor)
        return state.SkipWithError("lanes and numbers disagree");
    for (auto step : state) {
        (void)step;
        benchmark::DoNotOptimize(aged_year(unit, type.paper, street.plan(), pu));
    }
    state.counters["transformer-years/s"] =
        benchmark::Counter(8.0 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
    state.counters["s per million, 2 cores"] =
        benchmark::Counter(8.0 * static_cast<double>(state.iterations()) * 2.0 / 1e6,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// 10,000 sampled transformers at five penetrations.
void national_study(benchmark::State& state) {
    NationStudy study;
    study.region = "us";
    study.units = static_cast<int>(state.range(0));
    study.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    for (auto step : state) {
        (void)step;
        const NationResult result = study_nation(streets(), study);
        if (result.rows.back().needs <= result.rows.front().needs)
            return state.SkipWithError("devices overload nothing");
    }
}

} // namespace

BENCHMARK_CAPTURE(flows, kerber_dorfnetz_116_nodes_iterative, "kerber_dorfnetz", "sym_load",
                  FlowMethod::iterative_current)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(flows, kerber_dorfnetz_116_nodes_newton, "kerber_dorfnetz", "sym_load", FlowMethod::newton_raphson)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(flows, ieee_eu_lv_907_nodes_by_phase, "ieee_eu_lv", "asym_load", FlowMethod::iterative_current)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(2);
BENCHMARK(transformer_years)->Unit(benchmark::kMicrosecond);
BENCHMARK(national_study)->Arg(10000)->Unit(benchmark::kSecond)->Iterations(1)->UseRealTime();
