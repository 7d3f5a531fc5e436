// autarky: which streams matter most to a result.
// SPDX-License-Identifier: Apache-2.0
#include "engine/dimension_order.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/sampler.hpp"

namespace autarky::engine {
namespace {

constexpr std::uint64_t pilot_seed = 0;

/// What the pilot's futures gave: the column, and the score of each stream, [stream][future].
struct Pilot {
    std::vector<double> values;
    std::vector<std::vector<float>> scores;
};

Pilot pilot_of(const Model& model, const Sampler& sampler, std::size_t column, std::uint64_t chunks) {
    Pilot out{{}, std::vector<std::vector<float>>(sampler.n_streams())};
    const auto evaluator = model.evaluator();
    std::vector<Lanes> inputs(sampler.n_inputs()), columns(model.columns().size());
    sampler.write_constants(inputs.data());
    Draws draws;
    for (std::uint64_t chunk = 0; chunk < chunks; ++chunk) {
        sampler.draw(chunk, draws);
        for (std::size_t group = 0; group < groups_a_chunk; ++group) {
            sampler.write_values(draws, group, inputs.data());
            unsigned failed = 0;
            evaluator->evaluate(inputs.data(), columns.data(), failed);
            for (const double value : columns[column].array())
                out.values.push_back(std::isfinite(value) ? value : 0.0);
        }
        for (std::size_t s = 0; s < sampler.n_streams(); ++s)
            for (std::size_t i = 0; i < chunk_size; ++i)
                out.scores[s].push_back(static_cast<float>(draws.scores[s * chunk_size + i]));
    }
    return out;
}

} // namespace

std::vector<std::size_t> dimension_order(const Model& model, std::size_t column, std::uint64_t chunks) {
    const Sampler sampler(model.inputs(), pilot_seed);
    const Pilot pilot = pilot_of(model, sampler, column, chunks);
    const double mean = std::accumulate(pilot.values.begin(), pilot.values.end(), 0.0) /
                        static_cast<double>(std::max<std::size_t>(pilot.values.size(), 1));
    std::vector<double> strength(sampler.n_streams());
    std::vector<std::size_t> order;
    for (std::size_t s = 0; s < sampler.n_streams(); ++s) {
        if (!sampler.matters(s)) continue;
        double sum = 0.0;
        for (std::size_t i = 0; i < pilot.values.size(); ++i)
            sum += (pilot.values[i] - mean) * static_cast<double>(pilot.scores[s][i]);
        strength[s] = std::fabs(sum);
        order.push_back(s);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return strength[a] > strength[b]; });
    return order;
}

} // namespace autarky::engine
