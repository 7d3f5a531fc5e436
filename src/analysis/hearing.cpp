// autarky: hears reports.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/hearing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace autarky::analysis {

bool takes_leaning(const Observation& seen) { return seen.metric == "silicon.yield" && seen.bias == 0.0; }

double Hearing::bias_of(const Observation& seen, std::size_t future) const {
    if (takes_leaning(seen))
        for (const auto& one : leanings_)
            if (one.grade == seen.grade) return one.bias[future];
    return seen.bias;
}

Hearing::Heard Hearing::hear(const Observation& seen, const std::vector<double>& truth) const {
    const bool leans = !seen.group.empty();
    Heard out{std::vector<double>(truth.size()), std::vector<double>(truth.size()),
              std::vector<double>(leans ? truth.size() : 0)};
    Observation here = seen;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        here.bias = bias_of(seen, i);
        const auto next = leans ? groups_.next(seen.group, seen.correlation, i) : Leaning::Next{};
        const bool exists = std::isfinite(truth[i]);
        out.logs[i] =
            exists ? log_likelihood(here, truth[i], next.mean, next.spread) : -std::numeric_limits<double>::infinity();
        out.below[i] = exists ? probability_below(here, truth[i], next.mean, next.spread) : 0.0;
        if (leans) out.errors[i] = exists ? standard_error_of(here, truth[i]) : 0.0;
    }
    return out;
}

void Hearing::keep(const Observation& seen, const Heard& heard) {
    if (!seen.group.empty()) groups_.add(seen.group, heard.errors);
}

std::vector<double> hear_all(const std::vector<const Observation*>& reports,
                             const std::vector<const std::vector<double>*>& truths,
                             std::vector<DrawnLeaning> leanings) {
    Hearing hearing(std::move(leanings));
    std::vector<double> out(truths.empty() ? 0 : truths.front()->size(), 0.0);
    for (std::size_t k = 0; k < reports.size(); ++k) {
        const auto heard = hearing.hear(*reports[k], *truths[k]);
        hearing.keep(*reports[k], heard);
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] += heard.logs[i];
    }
    return out;
}

} // namespace autarky::analysis
