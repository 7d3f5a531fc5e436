// autarky: writes a scenario's structure, sampled inputs and our results, for the same model in another language.
// SPDX-License-Identifier: Apache-2.0
//
//     bench_model_case FOLDER SAMPLES
//
// FOLDER gets case.json (tables with references and switches, dates of series, names of inputs), inputs.bin (float64,
// [input][sample], base units) and npv.bin (float64, [sample], USD). Then the same inputs go through the lanes, the value
// alone, on one thread; the best time of five is printed and put into case.json for the peer to print the ratio.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "engine/sampler.hpp"
#include "model/simulate.hpp"
#include "scenario/packed.hpp"

namespace {

using namespace autarky;
using Json = nlohmann::ordered_json;

/// References as row numbers, switches and texts as they are, series as their dates; numbers are found by path.
template <class E> Json structure_of(const E& entity) {
    Json out = Json::object();
    for_each_field(Type<E>{}, [&](const auto& field) {
        const auto& value = entity.*(field.member);
        using M = std::remove_cvref_t<decltype(value)>;
        const std::string key(field.key);
        if constexpr (std::is_same_v<M, Reference>)
            out[key] = value.index;
        else if constexpr (std::is_same_v<M, bool> || std::is_same_v<M, std::string> || std::is_same_v<M, int>)
            out[key] = value;
        else if constexpr (Choice<M>)
            out[key] = std::string(choices(Type<M>{})[static_cast<std::size_t>(value)]);
        else if constexpr (std::is_same_v<M, Quarter>)
            out[key] = value.start();
        else if constexpr (is_series_field<M>) {
            Json inputs = Json::array();
            for (auto knot : value.values)
                inputs.push_back(autarky::detail::Leaf<decltype(knot)>::real(knot).input);
            out[key] = {{"dates", value.dates}, {"inputs", inputs}};
        } else if constexpr (is_table_field<M>) {
            Json rows = Json::array();
            for (std::size_t i = 0; i < value.size(); ++i) {
                rows.push_back(structure_of(value.rows[i]));
                rows.back()["name"] = value.names[i];
            }
            out[key] = rows;
        } else if constexpr (Described<M>)
            out[key] = structure_of(value);
        else {
            auto number = value;
            out[key] = {{"input", autarky::detail::Leaf<M>::real(number).input}};
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

/// Best of five passes over all samples in lanes, in seconds a sample; ends the program if a value differs from `npv`.
double seconds_in_lanes(const Loaded& loaded, std::size_t n, const std::vector<double>& inputs,
                        const std::vector<double>& npv) {
    const analysis::ScenarioModel model(loaded);
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
                if (result[lane] == npv[i * Lanes::width + lane]) continue;
                fmt::print(stderr, "sample {}: lanes and double differ\n", i * Lanes::width + lane);
                std::exit(1);
            }
        }
        best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    return best / static_cast<double>(groups * Lanes::width);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: {} FOLDER SAMPLES\n", argv[0]);
        return 2;
    }
    const std::string folder = argv[1];
    const auto n = static_cast<std::size_t>(std::atoll(argv[2]));
    LoadRequest request;
    request.data_folder = AUTARKY_SOURCE_DIR;
    const auto loaded = load(request);
    const engine::Sampler sampler(loaded.inputs, 1);
    model::BoundScenario<double> bound(loaded.scenario);
    model::Simulation<double> simulation(bound.scenario());
    std::vector<double> inputs(sampler.n_inputs() * n);
    std::vector<double> npv(n);
    for (std::size_t i = 0; i < n; ++i) {
        const auto values = sampler.sample(i);
        for (std::size_t k = 0; k < values.size(); ++k)
            inputs[k * n + i] = values[k];
        bound.set([&](std::size_t row) { return values[row]; });
        npv[i] = simulation.run().npv.raw();
    }
    Json structure = structure_of(loaded.scenario);
    for (std::size_t i = 0; i < loaded.scenario.allocation.size(); ++i)
        structure["allocation"][i]["packing"] =
            loaded.scenario.packed == nullptr ? 1.0 : loaded.scenario.packed->rows[i].scale.factor;
    structure["n_inputs"] = sampler.n_inputs();
    const double seconds = seconds_in_lanes(loaded, n, inputs, npv);
    structure["lanes_seconds"] = seconds;
    fmt::print("lanes: {} samples, {:.2f} us a sample\n", n, seconds * 1e6);
    std::ofstream(folder + "/case.json") << structure.dump();
    write(folder + "/inputs.bin", inputs);
    write(folder + "/npv.bin", npv);
}
