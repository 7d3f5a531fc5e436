// autarky: writes a scenario's structure, its numbers in each sample and our results, for the same model in another language.
// SPDX-License-Identifier: Apache-2.0
//
//     bench_model_case FOLDER SAMPLES [SCENARIO [VARIANT | PATH=VALUE ...]]
//
// FOLDER gets
//     case.json     tables with references, switches and dates of series; a number is its value, or where it differs from
//                   sample to sample the row of inputs.bin
//     inputs.bin    float64, [row][sample], base units; numbers that follow from an accelerator or a workload included
//     results.bin   float64, [result of the run][sample], named in case.json
//     quarters.bin  float64, [metric][quarter][sample], of the first 64 samples, to find where a difference begins
// Then the same inputs go through the lanes, the value alone, on one thread; the best time of five is printed and put into
// case.json for the peer to print the ratio.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "engine/sampler.hpp"
#include "model/bound_scenario.hpp"
#include "model/metrics.hpp"
#include "model/simulate.hpp"
#include "scenario/packed.hpp"

namespace {

using namespace autarky;
using Json = nlohmann::ordered_json;

/// Every number of a scenario, in the order of its description, and where it stands in the structure.
struct Numbers {
    std::vector<const double*> at;
    std::vector<Json::json_pointer> places;
};

template <class Q> void add_number(const Q& value, const Json::json_pointer& place, Numbers& numbers) {
    auto& number = const_cast<Q&>(value); // read only: `real` has one signature
    numbers.at.push_back(&autarky::detail::Leaf<Q>::real(number));
    numbers.places.push_back(place);
}

/// References as row numbers, switches and texts as they are, series as their dates; numbers are filled in later.
template <class E> Json structure_of(const E& entity, const Json::json_pointer& place, Numbers& numbers) {
    Json out = Json::object();
    for_each_field(Type<E>{}, [&](const auto& field) {
        const auto& value = entity.*(field.member);
        using M = std::remove_cvref_t<decltype(value)>;
        const std::string key(field.key);
        const auto here = place / key;
        if constexpr (std::is_same_v<M, Reference>)
            out[key] = value.index;
        else if constexpr (std::is_same_v<M, bool> || std::is_same_v<M, std::string> || std::is_same_v<M, int>)
            out[key] = value;
        else if constexpr (Choice<M>)
            out[key] = std::string(choices(Type<M>{})[static_cast<std::size_t>(value)]);
        else if constexpr (std::is_same_v<M, Quarter>)
            out[key] = value.start();
        else if constexpr (is_series_field<M>) {
            out[key] = {{"dates", value.dates}, {"values", Json(value.values.size(), nullptr)}};
            for (std::size_t i = 0; i < value.values.size(); ++i)
                add_number(value.values[i], here / "values" / i, numbers);
        } else if constexpr (is_table_field<M>) {
            Json rows = Json::array();
            // What the chips and devices take from these stands in their own rows.
            const bool left_out = key == "accelerator" || key == "workload";
            for (std::size_t i = 0; i < value.size() && !left_out; ++i) {
                rows.push_back(structure_of(value.rows[i], here / i, numbers));
                rows.back()["name"] = value.names[i];
            }
            out[key] = rows;
        } else if constexpr (Described<M>)
            out[key] = structure_of(value, here, numbers);
        else {
            out[key] = nullptr;
            add_number(value, here, numbers);
        }
    });
    return out;
}

void write(const std::string& path, const std::vector<double>& values) {
    std::ofstream file(path, std::ios::binary);
    // NOLINTNEXTLINE(*-reinterpret-cast): raw doubles for numpy.fromfile
    file.write(reinterpret_cast<const char*>(values.data()),
               static_cast<std::streamsize>(values.size() * sizeof(double)));
}

/// Whether two results are the same number, or both none.
bool same(double a, double b) { return a == b || (a != a && b != b); }

/// Best of five passes over all samples in lanes, in seconds a sample; ends the program if a value differs from `npv`.
double seconds_in_lanes(const analysis::ScenarioModel& model, std::size_t n, const std::vector<double>& inputs,
                        std::span<const double> npv) {
    const analysis::SelectedColumns verdict(model, {static_cast<std::size_t>(model.verdict_column())});
    const auto evaluator = verdict.evaluator();
    const std::size_t groups = n / Lanes::width;
    const std::size_t n_inputs = inputs.size() / n;
    std::vector<Lanes> values(groups * n_inputs); // in the order in which they are read
    for (std::size_t i = 0; i < groups; ++i)
        for (std::size_t k = 0; k < n_inputs; ++k)
            values[i * n_inputs + k] = Lanes::load(&inputs[k * n + i * Lanes::width]);
    double best = 1e300;
    for (int pass = 0; pass < 5; ++pass) {
        const auto begin = std::clock(); // time of the processor, as the peer measures it
        for (std::size_t i = 0; i < groups; ++i) {
            Lanes result;
            unsigned failed = 0;
            evaluator->evaluate(&values[i * n_inputs], &result, failed);
            for (std::size_t lane = 0; lane < Lanes::width; ++lane) {
                if (same(result[lane], npv[i * Lanes::width + lane])) continue;
                fmt::print(stderr, "sample {}: lanes and double differ\n", i * Lanes::width + lane);
                std::exit(1);
            }
        }
        best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    return best / static_cast<double>(groups * Lanes::width);
}

LoadRequest request_of(int argc, char** argv) {
    LoadRequest request;
    request.data_folder = AUTARKY_SOURCE_DIR;
    if (argc > 3) request.scenario = argv[3];
    for (int i = 4; i < argc; ++i)
        (std::string_view(argv[i]).find('=') == std::string_view::npos ? request.variants : request.sets)
            .emplace_back(argv[i]);
    return request;
}

/// Values of all samples by number, and the trajectories' results.
struct Columns {
    std::vector<double> drawn, numbers, results, quarters; ///< drawn: [input][sample], as the engine reads them
};

constexpr std::size_t quarters_of = 64; ///< samples whose quarters are written

Columns simulate_all(const Loaded& loaded, std::size_t n, model::BoundScenario<double>& bound, const Numbers& numbers) {
    const engine::Sampler sampler(loaded.inputs, 1);
    model::Simulation<double> simulation(bound.scenario());
    Columns out;
    out.drawn.resize(sampler.n_inputs() * n);
    out.numbers.resize(numbers.at.size() * n);
    const std::size_t n_detailed = std::min(n, quarters_of);
    for (std::size_t i = 0; i < n; ++i) {
        const auto values = sampler.sample(i);
        for (std::size_t k = 0; k < values.size(); ++k)
            out.drawn[k * n + i] = values[k];
        bound.set([&](std::size_t row) { return values[row]; });
        for (std::size_t k = 0; k < numbers.at.size(); ++k)
            out.numbers[k * n + i] = *numbers.at[k];
        const auto& trajectory = simulation.run();
        const auto scalars = model::scalar_values(trajectory);
        out.results.resize(scalars.size() * n);
        for (std::size_t k = 0; k < scalars.size(); ++k)
            out.results[k * n + i] = *scalars[k];
        if (i >= n_detailed) continue;
        const std::size_t n_quarters = trajectory.quarters.size();
        for (std::size_t q = 0; q < n_quarters; ++q) {
            const auto row = model::quarter_values(trajectory.quarters[q]);
            out.quarters.resize(row.size() * n_quarters * n_detailed);
            for (std::size_t k = 0; k < row.size(); ++k)
                out.quarters[(k * n_quarters + q) * n_detailed + i] = *row[k];
        }
    }
    return out;
}

/// Fills the numbers into the structure; returns the rows of those that differ from sample to sample.
std::vector<double> fill_numbers(const Numbers& numbers, const std::vector<double>& values, std::size_t n, Json& out) {
    std::vector<double> varying;
    for (std::size_t k = 0; k < numbers.at.size(); ++k) {
        const std::span<const double> row(&values[k * n], n);
        auto& place = out[numbers.places[k]];
        if (std::all_of(row.begin(), row.end(), [&](double x) { return x == row[0]; }))
            place = row[0];
        else {
            place = {{"row", varying.size() / n}};
            varying.insert(varying.end(), row.begin(), row.end());
        }
    }
    return varying;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        fmt::print(stderr, "usage: {} FOLDER SAMPLES [SCENARIO [VARIANT | PATH=VALUE ...]]\n", argv[0]);
        return 2;
    }
    const std::string folder = argv[1];
    const auto n = static_cast<std::size_t>(std::atoll(argv[2]));
    const auto loaded = load(request_of(argc, argv));
    model::BoundScenario<double> bound(loaded.scenario);
    Numbers numbers;
    Json structure = structure_of(bound.scenario(), Json::json_pointer(), numbers);
    const auto columns = simulate_all(loaded, n, bound, numbers);
    write(folder + "/inputs.bin", fill_numbers(numbers, columns.numbers, n, structure));
    write(folder + "/results.bin", columns.results);
    write(folder + "/quarters.bin", columns.quarters);
    for (std::size_t i = 0; i < loaded.scenario.allocation.size(); ++i)
        structure["allocation"][i]["packing"] =
            loaded.scenario.packed == nullptr ? 1.0 : loaded.scenario.packed->rows[i].scale.factor;
    const analysis::ScenarioModel model(loaded);
    structure["samples"] = n;
    for (const auto& metric : model.metrics())
        structure[metric.info.quarterly ? "quarters" : "results"].push_back(metric.info.id);
    const double seconds = seconds_in_lanes(model, n, columns.drawn, std::span(columns.results).first(n));
    structure["lanes_seconds"] = seconds;
    fmt::print("lanes: {} samples, {:.2f} us a sample\n", n, seconds * 1e6);
    std::ofstream(folder + "/case.json") << structure.dump();
}
