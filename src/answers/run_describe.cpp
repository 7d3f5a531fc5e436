// autarky: views of a run's parts for its description.
// SPDX-License-Identifier: Apache-2.0
#include "answers/run_describe.hpp"

namespace autarky::answers {

Shares by_class(const analysis::ByClass& values) {
    Shares out;
    for (std::size_t k = 0; k < analysis::n_classes; ++k)
        out.emplace_back(analysis::class_names[k], values[k]);
    return out;
}

std::vector<double> RunMetric::row(double analysis::Band::* member) const {
    std::vector<double> out;
    for (std::size_t q = 0; q < metric->count; ++q)
        out.push_back(summary->band(*metric, q).*member);
    return out;
}

std::vector<std::pair<std::string, std::vector<double>>> RunVerdict::binding() const {
    constexpr std::string_view prefix = "binding.";
    std::vector<std::pair<std::string, std::vector<double>>> out;
    for (const auto& metric : summary->frame.metrics)
        if (metric.id.starts_with(prefix))
            out.emplace_back(metric.id.substr(prefix.size()), RunMetric{summary, &metric}.row(&analysis::Band::mean));
    return out;
}

std::vector<std::pair<std::string_view, RunMetric>> metrics_of(const RunAnswer& answer) {
    std::vector<std::pair<std::string_view, RunMetric>> out;
    for (const auto& metric : answer.summary.frame.metrics)
        if (metric.is_shown) out.emplace_back(metric.id, RunMetric{&answer.summary, &metric});
    return out;
}

std::vector<RunDriver> drivers_of(const RunAnswer& answer) {
    std::vector<RunDriver> out;
    for (const auto& driver : answer.summary.drivers)
        out.push_back({&driver});
    return out;
}

} // namespace autarky::answers
