// autarky: turns the table of inputs into sampled values, eight samples at a time.
// SPDX-License-Identifier: Apache-2.0
#include "engine/sampler.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <stdexcept>
#include <tuple>

#include "engine/score_bins.hpp"

namespace autarky::engine {
namespace {

/// Builds each different distribution once.
class QuantileCache {
public:
    const Quantile& get(const Distribution& d) {
        const auto key = std::make_tuple(d.family, d.parameters, d.probabilities, d.low, d.high);
        return built_.try_emplace(key, d).first->second;
    }

private:
    std::map<std::tuple<Family, std::vector<double>, std::vector<double>, double, double>, Quantile> built_;
};

/// z = factor e in place, for one sample or eight; from the last row up, so that every e is read before it is replaced.
template <class R, class Load, class Store>
void correlate(const CorrelationGroup& group, const Load& load, const Store& store) {
    const std::size_t n = group.streams.size();
    for (std::size_t i = n; i-- > 0;) {
        R sum = R(group.factor[i * n]) * load(group.streams[0]);
        for (std::size_t j = 1; j <= i; ++j)
            sum = fma(R(group.factor[i * n + j]), load(group.streams[j]), sum);
        store(group.streams[i], sum);
    }
}

} // namespace

Sampler::Sampler(const Inputs& inputs, std::uint64_t seed, Sampling sampling)
    : seed_(seed), sampling_(sampling), n_inputs_(inputs.rows.size()) {
    add_streams(inputs);
    add_groups(inputs);
    add_rows(inputs);
    if (sampling == Sampling::sobol) add_points(inputs);
}

void Sampler::add_streams(const Inputs& inputs) {
    std::map<std::string_view, std::uint32_t> seen;
    for (const std::string& name : inputs.streams)
        streams_.push_back({{name_hash(name), seen[name]++}});
}

void Sampler::add_groups(const Inputs& inputs) {
    for (const CorrelationGroup& group : inputs.groups) {
        const std::size_t n = group.streams.size();
        if (n == 0) continue;
        if (group.factor.size() != n * n)
            throw std::invalid_argument(fmt::format("correlation '{}': the factor is not {} x {}", group.name, n, n));
        for (std::size_t i = 0; i < n; ++i) {
            double variance = 0.0;
            for (std::size_t j = 0; j <= i; ++j)
                variance += group.factor[i * n + j] * group.factor[i * n + j];
            if (!(std::fabs(variance - 1.0) < 1e-6))
                throw std::invalid_argument(
                    fmt::format("correlation '{}': row {} of the factor has variance {} instead of 1", group.name,
                                i + 1, variance));
        }
        for (const int stream : group.streams) {
            Stream& s = streams_.at(static_cast<std::size_t>(stream));
            if (s.correlated)
                throw std::invalid_argument(fmt::format("correlation '{}': '{}' is in two groups", group.name,
                                                        inputs.streams[static_cast<std::size_t>(stream)]));
            s.correlated = true;
        }
        groups_.push_back(group);
    }
}

void Sampler::add_rows(const Inputs& inputs) {
    QuantileCache cache;
    for (std::size_t i = 0; i < inputs.rows.size(); ++i) {
        const Input& input = inputs.rows[i];
        try {
            const Quantile& quantile = cache.get(input.distribution);
            if (input.stream < 0 || quantile.form() == Form::constant) {
                constants_.emplace_back(i, quantile.median());
                continue;
            }
            const auto stream = static_cast<std::size_t>(input.stream);
            Stream& s = streams_.at(stream);
            s.used = true;
            if (!by_probability(quantile.form())) {
                by_score_.push_back({i, stream, 0, quantile});
                continue;
            }
            if (s.slot < 0) s.slot = static_cast<int>(n_slots_++);
            by_probability_.push_back({i, stream, static_cast<std::size_t>(s.slot), quantile});
        } catch (const std::invalid_argument& problem) {
            throw std::invalid_argument(fmt::format("{}: {}", input.path, problem.what()));
        }
    }
    const auto by_form = [](const Row& a, const Row& b) { return a.quantile.form() < b.quantile.form(); };
    std::stable_sort(by_score_.begin(), by_score_.end(), by_form);
    std::stable_sort(by_probability_.begin(), by_probability_.end(), by_form);
}

void Sampler::add_points(const Inputs& inputs) {
    std::map<std::string_view, std::size_t> place;
    for (const std::string& name : inputs.strongest)
        if (place.size() < sobol_dimensions()) place.emplace(name, place.size());
    for (std::size_t s = 0; s < streams_.size(); ++s) {
        if (!matters(s)) continue;
        const auto own = streams_[s].key.occurrence == 0 ? place.find(inputs.streams[s]) : place.end();
        streams_[s].points.emplace(seed_, streams_[s].key,
                                   own == place.end() ? std::nullopt : std::optional(own->second));
    }
}

void Sampler::fill(const Stream& stream, std::uint64_t chunk, std::span<double, chunk_size> to) const {
    if (stream.points) return stream.points->fill(chunk * chunk_size, to);
    for (std::size_t g = 0; g < groups_a_chunk; ++g)
        uniforms(seed_, stream.key, chunk * groups_a_chunk + g).store(&to[g * Lanes::width]);
}

void Sampler::draw(std::uint64_t chunk, Draws& draws) const {
    draws.scores.resize(streams_.size() * chunk_size);
    draws.probabilities.resize(n_slots_ * chunk_size);
    draws.bins.resize(streams_.size() * chunk_size);
    alignas(64) std::array<double, chunk_size> u;
    for (std::size_t s = 0; s < streams_.size(); ++s) {
        const Stream& stream = streams_[s];
        fill(stream, chunk, u);
        write_codes(u, &draws.bins[s * chunk_size]);
        normal_scores(u, {&draws.scores[s * chunk_size], chunk_size});
        if (stream.slot >= 0 && !stream.correlated)
            std::copy(u.begin(), u.end(), &draws.probabilities[static_cast<std::size_t>(stream.slot) * chunk_size]);
    }
    for (const CorrelationGroup& group : groups_)
        for (std::size_t at = 0; at < chunk_size; at += Lanes::width) {
            const auto place = [&](int stream) {
                return &draws.scores[static_cast<std::size_t>(stream) * chunk_size + at];
            };
            correlate<Lanes>(
                group, [&](int stream) { return Lanes::load(place(stream)); },
                [&](int stream, const Lanes& z) { z.store(place(stream)); });
        }
    for (std::size_t s = 0; s < streams_.size(); ++s) {
        if (streams_[s].slot < 0 || !streams_[s].correlated) continue;
        double* const to = &draws.probabilities[static_cast<std::size_t>(streams_[s].slot) * chunk_size];
        for (std::size_t at = 0; at < chunk_size; at += Lanes::width)
            normal_probability(Lanes::load(&draws.scores[s * chunk_size + at])).store(to + at);
    }
}

void Sampler::write_constants(Lanes* inputs) const {
    for (const auto& [input, value] : constants_)
        inputs[input] = value;
}

void Sampler::write_values(const Draws& draws, std::size_t group, Lanes* inputs) const {
    const std::size_t at = group * Lanes::width;
    for (const Row& row : by_score_)
        inputs[row.input] = row.quantile.at_score(Lanes::load(&draws.scores[row.stream * chunk_size + at]));
    for (const Row& row : by_probability_)
        inputs[row.input] = row.quantile.at_probability(Lanes::load(&draws.probabilities[row.slot * chunk_size + at]));
}

std::vector<double> Sampler::sample(std::uint64_t index) const {
    std::vector<double> scores, probabilities(n_slots_);
    for (const Stream& stream : streams_) {
        const double u = stream.points ? stream.points->at(index) : uniform(seed_, stream.key, index);
        scores.push_back(normal_score(u));
        if (stream.slot >= 0) probabilities[static_cast<std::size_t>(stream.slot)] = u;
    }
    for (const CorrelationGroup& group : groups_)
        correlate<double>(
            group, [&](int stream) { return scores[static_cast<std::size_t>(stream)]; },
            [&](int stream, double z) { scores[static_cast<std::size_t>(stream)] = z; });
    for (std::size_t s = 0; s < streams_.size(); ++s)
        if (streams_[s].slot >= 0 && streams_[s].correlated)
            probabilities[static_cast<std::size_t>(streams_[s].slot)] = normal_probability(scores[s]);
    return values_at(scores, probabilities);
}

std::vector<double> Sampler::medians() const {
    return values_at(std::vector<double>(streams_.size(), 0.0), std::vector<double>(n_slots_, 0.5));
}

double Sampler::quantile_error() const {
    double worst = 0.0;
    for (const Row& row : by_score_)
        worst = std::max(worst, row.quantile.error());
    return worst;
}

std::vector<double> Sampler::values_at(const std::vector<double>& scores,
                                       const std::vector<double>& probabilities) const {
    std::vector<double> values(n_inputs_);
    for (const auto& [input, value] : constants_)
        values[input] = value;
    for (const Row& row : by_score_)
        values[row.input] = row.quantile.at_score(scores[row.stream]);
    for (const Row& row : by_probability_)
        values[row.input] = row.quantile.at_probability(probabilities[row.slot]);
    return values;
}

} // namespace autarky::engine
