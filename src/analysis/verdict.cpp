// autarky: reads the verdict off a result and says it.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

ValueBand band_of(const engine::Statistics* s) {
    if (s == nullptr) return {};
    return {s->mean, s->standard_error, s->p05, s->p25, s->p50, s->p75, s->p95};
}

} // namespace

Call Verdict::call() const {
    constexpr double clear = 0.9, leaning = 0.6, most_unknown = leaning - (1.0 - leaning);
    const double p = p_make();
    if (p_make_high - p_make_low > most_unknown) return Call::none;
    if (p >= clear) return Call::make;
    if (p >= leaning) return Call::lean_make;
    if (p > 1.0 - leaning) return Call::undecided;
    return p > 1.0 - clear ? Call::lean_buy : Call::buy;
}

Verdict verdict_of(const engine::Result& result) {
    Verdict out;
    const auto* npv = result.find("npv");
    out.npv = band_of(npv);
    if (result.errors && result.errors->column == "npv") out.npv.standard_error = result.errors->mean;
    out.npv_with_tail = band_of(result.find("npv.with_tail"));
    if (npv == nullptr || result.done == 0) { // nothing is known, which is no probability of 0
        out.is_empty = true;
        out.p_make_high = 1.0;
        return out;
    }
    out.is_empty = npv->count == 0;
    const auto done = static_cast<double>(result.done);
    const double positive = npv->count > 0 ? npv->positive_share * static_cast<double>(npv->count) : 0.0;
    out.p_make_low = positive / done;
    out.p_make_high = (positive + static_cast<double>(result.failed)) / done;
    const double p = out.p_make();
    // All or nothing among n samples still leaves about one in n.
    const double scatter = result.errors && result.errors->column == "npv" ? result.errors->positive_share
                                                                           : std::sqrt(p * (1.0 - p) / done);
    out.p_make_error = std::max(scatter, 1.0 / done);
    return out;
}

std::vector<double> npv_dots(const engine::State& state) {
    constexpr int n_dots = 50;
    std::vector<double> out;
    for (const auto& column : state.columns) {
        if (column.name != "npv" || column.count == 0) continue;
        const auto quantile = column.quantiles();
        for (int i = 0; i < n_dots; ++i)
            out.push_back(quantile((i + 0.5) / n_dots));
    }
    return out;
}

std::string sentence(const Verdict& verdict) {
    const double p = verdict.p_make();
    const bool is_mean_positive = verdict.npv.mean > 0.0;
    const auto makes = show::share_text(p);
    const auto buys = show::share_text(1.0 - p);
    switch (verdict.call()) {
    case Call::make: return fmt::format("Make: the own chip is worth more than buying in {} of the futures.", makes);
    case Call::lean_make:
        return fmt::format("Lean to make: the own chip is worth more than buying in {} of the futures{}.", makes,
                           is_mean_positive ? "" : ", but the rare bad ones cost more than the others gain");
    case Call::undecided:
        return fmt::format("Too close to call: the own chip is worth more than buying in {} of the futures; the mean "
                           "favours {}.",
                           makes, is_mean_positive ? "making" : "buying");
    case Call::lean_buy:
        return fmt::format("Lean to buy: buying is worth more than the own chip in {} of the futures{}.", buys,
                           is_mean_positive ? ", but the rare good ones gain more than the others lose" : "");
    case Call::none:
        if (verdict.is_empty) return "No verdict: every sample failed.";
        return fmt::format("No verdict: {} of the samples failed, and what they would say decides.",
                           show::share_text(verdict.p_make_high - verdict.p_make_low));
    case Call::buy: return fmt::format("Buy: buying is worth more than the own chip in {} of the futures.", buys);
    }
    return {};
}

} // namespace autarky::analysis
