// autarky: evaluates samples and hands them out.
// SPDX-License-Identifier: Apache-2.0
#include "answers/raw_samples.hpp"

#include <algorithm>

#include "analysis/samples.hpp"
#include "analysis/selection.hpp"
#include "core/refuse.hpp"
#include "engine/sampler.hpp"

namespace autarky::answers {

static_assert(RawSamples::least_block == engine::chunk_size);

RawSamples::RawSamples(const RunQuestion& question)
    : session_(Session::open(question)),
      samples_(question.samples),
      seed_(question.seed),
      sampling_(question.sampling) {
    const auto& model = session_->model();
    if (question.metrics.empty())
        refuse_field("metrics", "E0506", "say of which metrics: all of them would be some thousand numbers a sample",
                     "such as npv or chip.*");
    for (const auto& row : analysis::selected_metrics(model, question.metrics)) {
        if (!row.is_shown) continue; // it only stands among those of every run
        const auto& metric = model.metrics()[row.metric];
        for (std::size_t q = 0; q < metric.count; ++q)
            columns_.push_back(
                {model.columns()[metric.first + q].name, metric.info.unit, metric.info.unit_factor, metric.first + q});
    }
    std::sort(columns_.begin(), columns_.end(), [](const auto& a, const auto& b) { return a.column < b.column; });
}

std::vector<std::vector<double>> RawSamples::block(std::uint64_t first, std::uint64_t count, const Watch& watch) const {
    if (first % least_block != 0 || first >= samples_)
        refuse_field("first", "E0504", "a block begins at a multiple of 256 below the number of samples");
    std::vector<std::size_t> rows;
    for (const auto& column : columns_)
        rows.push_back(column.column);
    const auto stop = [&watch](std::uint64_t done, std::uint64_t of) {
        if (watch.progress) watch.progress(done, of);
        return watch.stop.stop_requested();
    };
    auto out = analysis::values_of_columns(session_->model(), rows, std::min(count, samples_ - first), seed_,
                                           watch.n_threads(), stop, first, sampling_);
    for (std::size_t c = 0; c < out.size(); ++c)
        for (auto& value : out[c])
            value /= columns_[c].unit_factor;
    return out;
}

} // namespace autarky::answers
