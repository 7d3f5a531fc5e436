// autarky: which stream takes which dimension of the Sobol points of a run.
// SPDX-License-Identifier: Apache-2.0
#include "engine/dimension_order.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "engine/score_bins.hpp"

namespace autarky::engine {
namespace {

constexpr std::uint64_t pilot_chunks = 4, pilot_seed = 0;

/// What the pilot's futures gave: the column, and the code of each stream's score, [stream][future].
struct Pilot {
    std::vector<double> values;
    std::vector<std::vector<std::uint8_t>> codes;
};

Pilot pilot_of(const Model& model, const Sampler& sampler, std::size_t column) {
    Pilot out{{}, std::vector<std::vector<std::uint8_t>>(sampler.n_streams())};
    const auto evaluator = model.evaluator();
    std::vector<Lanes> inputs(sampler.n_inputs()), columns(model.columns().size());
    sampler.write_constants(inputs.data());
    Draws draws;
    for (std::uint64_t chunk = 0; chunk < pilot_chunks; ++chunk) {
        sampler.draw(chunk, draws);
        for (std::size_t group = 0; group < groups_a_chunk; ++group) {
            sampler.write_values(draws, group, inputs.data());
            unsigned failed = 0; // such a future has a value like any other here, or none
            evaluator->evaluate(inputs.data(), columns.data(), failed);
            const auto lanes = columns[column].array();
            out.values.insert(out.values.end(), lanes.begin(), lanes.end());
        }
        for (std::size_t s = 0; s < sampler.n_streams(); ++s)
            out.codes[s].insert(out.codes[s].end(), &draws.bins[s * chunk_size],
                                &draws.bins[s * chunk_size] + chunk_size);
    }
    return out;
}

/// Twice the rank of each value about the middle; what is no number has none and takes the middle.
std::vector<std::int64_t> ranks_of(const std::vector<double>& values) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!std::isnan(values[i])) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<std::int64_t> out(values.size());
    for (std::size_t k = 0; k < order.size(); ++k)
        out[order[k]] = 2 * static_cast<std::int64_t>(k) + 1 - static_cast<std::int64_t>(order.size());
    return out;
}

} // namespace

std::vector<std::size_t> dimension_order(const Model& model, std::size_t column) {
    const Sampler sampler(model.inputs(), pilot_seed);
    const Pilot pilot = pilot_of(model, sampler, column);
    const auto ranks = ranks_of(pilot.values);
    std::vector<std::int64_t> strength(sampler.n_streams());
    std::vector<std::size_t> order;
    for (std::size_t s = 0; s < sampler.n_streams(); ++s) {
        if (!sampler.matters(s)) continue;
        std::int64_t sum = 0; // whole numbers: the same order on every machine
        for (std::size_t i = 0; i < ranks.size(); ++i)
            sum += ranks[i] * (2 * static_cast<std::int64_t>(bin_of(pilot.codes[s][i])) + 1 -
                               static_cast<std::int64_t>(n_score_bins));
        strength[s] = std::abs(sum);
        order.push_back(s);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return strength[a] > strength[b]; });
    return order;
}

Sampler sampler_of(const Model& model, std::uint64_t seed, Sampling sampling, int column) {
    if (sampling == Sampling::random) return {model.inputs(), seed};
    const auto first =
        column < 0 ? std::vector<std::size_t>{} : dimension_order(model, static_cast<std::size_t>(column));
    return {model.inputs(), seed, first};
}

} // namespace autarky::engine
