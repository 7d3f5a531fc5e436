// autarky: exact sample quantiles by further passes over the same samples.
// SPDX-License-Identifier: Apache-2.0
#include "engine/exact_quantile.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <memory>
#include <stdexcept>

#include "engine/chunk_loop.hpp"
#include "engine/chunk_runner.hpp"

namespace autarky::engine {
namespace {

constexpr std::uint64_t most_kept = std::uint64_t{1} << 18U;
constexpr std::size_t n_cuts = 4096;
constexpr std::uint64_t top_bit = std::uint64_t{1} << 63U;

/// Bits of a double as an integer that has the order of the doubles.
std::uint64_t ordered(double x) {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    return (bits & top_bit) != 0 ? ~bits : bits | top_bit;
}
double from_ordered(std::uint64_t key) { return std::bit_cast<double>((key & top_bit) != 0 ? key & ~top_bit : ~key); }

/// The answer has `rank` smaller values among the `count` with ordered(x - origin) in [low, high).
struct Search {
    std::uint64_t low = 0, high = 0, rank = 0, count = 0;
    double answer = std::numeric_limits<double>::quiet_NaN();

    [[nodiscard]] bool found() const { return !std::isnan(answer); }
    [[nodiscard]] bool keeps() const { return count <= most_kept; }
    [[nodiscard]] std::uint64_t cut_width() const { return (high - low - 1) / n_cuts + 1; }
};

/// What a pass finds for one search: the values themselves, or how many are in each of the finer intervals.
struct Finding {
    std::vector<double> values;
    std::vector<std::uint64_t> counts;
};

Search in_bucket(const ColumnState& column, double p) {
    const double position = std::ceil(std::clamp(p, 0.0, 1.0) * static_cast<double>(column.count));
    Search search;
    search.rank = static_cast<std::uint64_t>(std::max(position, 1.0)) - 1;
    for (const auto& [key, count] : column.histogram.buckets()) {
        if (search.rank >= count) {
            search.rank -= count;
            continue;
        }
        const auto [left, right] = Histogram::edges(key);
        const std::uint64_t open_end = std::signbit(right) || std::signbit(left) ? 1 : 0; // (left, right] below zero
        search.low = ordered(left) + open_end;
        search.high = ordered(right) + open_end;
        search.count = count;
        break;
    }
    return search;
}

void look(const Search& search, double x, double origin, Finding& finding) {
    const std::uint64_t key = ordered(x - origin);
    if (search.found() || key < search.low || key >= search.high) return;
    if (search.keeps())
        finding.values.push_back(x);
    else
        ++finding.counts[static_cast<std::size_t>((key - search.low) / search.cut_width())];
}

void narrow(Search& search, Finding& finding, double origin) {
    if (search.found()) return;
    if (search.keeps()) {
        const auto at = finding.values.begin() + static_cast<std::ptrdiff_t>(search.rank);
        std::nth_element(finding.values.begin(), at, finding.values.end());
        search.answer = *at;
        return;
    }
    const std::uint64_t width = search.cut_width();
    std::size_t cut = 0;
    for (; search.rank >= finding.counts[cut]; ++cut)
        search.rank -= finding.counts[cut];
    search.count = finding.counts[cut];
    search.low += cut * width;
    search.high = std::min(search.high, search.low + width);
    if (search.high - search.low == 1) search.answer = from_ordered(search.low) + origin;
}

} // namespace

std::vector<double> exact_quantiles(const Model& model, const RunOptions& options, const State& done,
                                    std::size_t column, std::span<const double> p) {
    const auto state = std::find_if(done.columns.begin(), done.columns.end(),
                                    [&](const ColumnState& c) { return c.name == model.columns().at(column).name; });
    if (state == done.columns.end()) throw std::invalid_argument("the column was not accumulated");
    std::vector<double> answers(p.size(), std::numeric_limits<double>::quiet_NaN());
    if (state->count == 0) return answers;

    std::vector<Search> searches;
    for (const double share : p)
        searches.push_back(in_bucket(*state, share));
    const Sampler sampler = sampler_of(model, done.key.seed, done.key.sampling);
    const Selection nothing;
    while (!std::all_of(searches.begin(), searches.end(), [](const Search& s) { return s.found(); })) {
        const std::vector<Finding> empty(searches.size(), {{}, std::vector<std::uint64_t>(n_cuts)});
        std::vector<Finding> total = empty;
        for (const SampleRange& range : done.ranges) {
            const SampleRange seen = run_chunks(range, options, [&] {
                const auto runner = std::make_shared<ChunkRunner>(model, sampler, nothing, State{});
                const auto mine = std::make_shared<std::vector<Finding>>(empty);
                const auto run = [&, runner, mine](std::uint64_t chunk) {
                    for (const double x : runner->values(chunk, range.first, range.end(), column))
                        for (std::size_t k = 0; k < searches.size(); ++k)
                            look(searches[k], x, state->origin, (*mine)[k]);
                };
                const auto finish = [&, mine] {
                    for (std::size_t k = 0; k < total.size(); ++k) {
                        total[k].values.insert(total[k].values.end(), (*mine)[k].values.begin(),
                                               (*mine)[k].values.end());
                        for (std::size_t cut = 0; cut < n_cuts; ++cut)
                            total[k].counts[cut] += (*mine)[k].counts[cut];
                    }
                };
                return ChunkWork{run, finish};
            });
            if (seen.count != range.count) return {};
        }
        for (std::size_t k = 0; k < searches.size(); ++k)
            narrow(searches[k], total[k], state->origin);
    }
    for (std::size_t k = 0; k < searches.size(); ++k)
        answers[k] = searches[k].answer;
    return answers;
}

} // namespace autarky::engine
