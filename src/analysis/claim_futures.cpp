// autarky: samples the futures that claims are judged on.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/claim_futures.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <thread>

#include "analysis/claim_parts.hpp"

namespace autarky::analysis {
namespace {

/// One claim, where its columns stand among those that are copied.
struct Look {
    ColumnSpan metric, less;
    ClaimWindow window;
};

Lanes mean_of(const Lanes* columns, const ColumnSpan& span) {
    Lanes sum(0.0);
    for (std::size_t k = 0; k < span.count; ++k)
        sum += columns[span.first + k];
    return sum / Lanes(std::max(1.0, static_cast<double>(span.count)));
}

std::vector<Look> looks_of(const ScenarioModel& model) {
    std::vector<Look> out;
    for (const auto& claim : model.loaded().claims) {
        Look look{span_of(model, claim.metric, claim.at), span_of(model, claim.less, claim.at),
                  window_of(model, claim)};
        if (!claim.less.empty() && look.less.count == 0) look.metric = {};
        out.push_back(look);
    }
    return out;
}

/// The columns that some claim looks at, ascending; the looks then count among these.
std::vector<std::size_t> columns_of(std::vector<Look>& looks) {
    std::vector<std::size_t> out;
    const auto each = [&](const auto& change) {
        for (auto& look : looks)
            for (auto* span : {&look.metric, &look.less})
                if (span->count > 0) change(*span);
    };
    each([&](const ColumnSpan& span) {
        for (std::size_t k = 0; k < span.count; ++k)
            out.push_back(span.first + k);
    });
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    each([&](ColumnSpan& span) {
        span.first = static_cast<std::size_t>(std::lower_bound(out.begin(), out.end(), span.first) - out.begin());
    });
    return out;
}

/// Writes the lanes of one group of samples to their places.
void keep_group(const std::vector<Look>& looks, const Lanes* inputs, const Lanes* columns, unsigned failed,
                std::size_t at, ClaimFutures& out) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t c = 0; c < looks.size(); ++c) {
        const auto& look = looks[c];
        if (look.metric.count == 0) continue;
        const std::size_t end = std::min(out.values[c].size(), at + Lanes::width);
        const auto value = (mean_of(columns, look.metric) - mean_of(columns, look.less)).array();
        for (std::size_t i = at; i < end; ++i)
            out.values[c][i] = ((failed >> (i - at)) & 1U) != 0 ? none : value[i - at];
        if (look.window.event == nullptr) continue;
        const auto happens = happens_in(look.window, inputs).array();
        for (std::size_t i = at; i < end; ++i)
            out.happens[c][i] = happens[i - at] > 0.0 ? 1 : 0;
    }
}

void keep_scores(const engine::Draws& draws, std::size_t start, ClaimFutures& out) {
    for (std::size_t s = 0; s < out.scores.size(); ++s) {
        const double* from = draws.scores.data() + s * engine::chunk_size;
        const std::size_t n = std::min(engine::chunk_size, out.scores[s].size() - start);
        for (std::size_t i = 0; i < n; ++i)
            out.scores[s][start + i] = static_cast<float>(from[i]);
    }
}

/// Drops the samples from `n` on.
void keep_first(ClaimFutures& out, std::size_t n) {
    out.samples = n;
    for (auto& row : out.values)
        row.resize(n);
    for (auto& row : out.happens)
        if (!row.empty()) row.resize(n);
    for (auto& row : out.scores)
        row.resize(n);
}

} // namespace

ClaimFutures claim_futures(const ScenarioModel& model, const engine::Sampler& sampler, std::uint64_t samples,
                           unsigned threads, const Watched& watched) {
    const auto n = static_cast<std::size_t>(samples);
    auto looks = looks_of(model);
    const SelectedColumns selected(model, columns_of(looks));
    ClaimFutures out;
    out.values.assign(looks.size(), std::vector<double>(n, std::numeric_limits<double>::quiet_NaN()));
    out.happens.resize(looks.size());
    for (std::size_t c = 0; c < looks.size(); ++c)
        if (looks[c].window.event != nullptr) out.happens[c].resize(n);
    out.scores.assign(sampler.n_streams(), std::vector<float>(n));
    std::atomic<std::size_t> next{0};
    const std::size_t n_chunks = (n + engine::chunk_size - 1) / engine::chunk_size;
    std::vector<std::uint8_t> is_finished(n_chunks, 0); // each written by one thread
    WatchedCount count(watched, samples);
    const auto work = [&] {
        const auto evaluator = selected.evaluator();
        std::vector<Lanes> inputs(sampler.n_inputs());
        std::vector<Lanes> columns(selected.columns().size());
        engine::Draws draws;
        sampler.write_constants(inputs.data());
        for (std::size_t chunk = next++; chunk < n_chunks && !count.is_stopped(); chunk = next++) {
            sampler.draw(chunk, draws);
            const std::size_t start = chunk * engine::chunk_size;
            keep_scores(draws, start, out);
            for (std::size_t group = 0; group < engine::groups_a_chunk; ++group) {
                const std::size_t at = start + group * Lanes::width;
                if (at >= n) break;
                unsigned failed = 0;
                sampler.write_values(draws, group, inputs.data());
                evaluator->evaluate(inputs.data(), columns.data(), failed);
                keep_group(looks, inputs.data(), columns.data(), failed, at, out);
            }
            is_finished[chunk] = 1;
            count.add(std::min(engine::chunk_size, n - start));
        }
    };
    const unsigned n_threads = threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
    {
        std::vector<std::jthread> pool;
        for (unsigned t = 1; t < n_threads; ++t)
            pool.emplace_back(work);
        work();
    }
    const auto gap = std::find(is_finished.begin(), is_finished.end(), 0);
    keep_first(out, std::min(n, static_cast<std::size_t>(gap - is_finished.begin()) * engine::chunk_size));
    return out;
}

} // namespace autarky::analysis
