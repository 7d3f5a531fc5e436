// autarky: makes the summary of a run.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/summary.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace autarky::analysis {

Band Summary::band(const FrameMetric& metric, std::size_t quarter) const {
    const auto& s = result.columns[metric.first + (metric.quarterly ? quarter : 0)];
    const double unit = metric.unit_factor;
    return {s.mean / unit, s.p05 / unit, s.p25 / unit, s.p50 / unit, s.p75 / unit, s.p95 / unit, s.none_share};
}

bool Summary::has_too_many_failures() const { return engine::too_many_failed(result.failed, result.done); }

Summary summary_of(Frame frame, engine::State state, unsigned threads) {
    Summary out;
    // of a run that was stopped before its first sample too
    const bool is_prefix = state.ranges.empty() || (state.ranges.size() == 1 && state.ranges.front().first == 0);
    if (is_prefix) state.key.samples = state.done();
    out.frame = std::move(frame);
    out.result = engine::summarise(state);
    out.threads = threads;
    out.verdict = verdict_of(out.result);
    out.verdict.npv_dots = npv_dots(state);
    std::unordered_map<std::string_view, const FrameDriver*> by_name;
    for (const auto& driver : out.frame.drivers)
        by_name.emplace(driver.name, &driver);
    double explained = 0.0;
    for (const auto& share : out.result.drivers) {
        const auto found = by_name.find(share.name);
        if (found == by_name.end()) continue;
        out.drivers.push_back({found->second, share.share, share.standard_error});
        const double part = std::max(share.share, 0.0); // an estimate below zero is noise around zero
        explained += part;
        for (std::size_t k = 0; k < n_classes; ++k)
            out.variance[k] += part * found->second->support[k];
    }
    if (explained > 0.0)
        for (auto& part : out.variance)
            part /= explained;
    return out;
}

} // namespace autarky::analysis
