// autarky: judges claims on sampled futures.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>
#include <utility>

#include "analysis/claim_futures.hpp"
#include "analysis/decider.hpp"
#include "core/sorted_quantile.hpp"
#include "engine/sampler.hpp"
#include "show/figure_text.hpp"

namespace autarky::analysis {

bool is_true(const Claim& claim, double value) {
    constexpr double rounding = 1e-9; // relative; stated numbers are decimal, computed ones are not
    if (std::isnan(value)) return false;
    const double low = claim.low - rounding * std::abs(claim.low);
    const double high = claim.high + rounding * std::abs(claim.high);
    switch (claim.comparison) {
    case Comparison::within: return value >= low && value <= high;
    case Comparison::at_least: return value >= low;
    case Comparison::at_most: return value <= high;
    case Comparison::about:
        return value >= low - claim.tolerance * std::abs(claim.low) &&
               value <= high + claim.tolerance * std::abs(claim.high);
    }
    return false;
}

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// In words, where the recomputed values lie against the stated ones.
std::string lies(const AuditRow& row) {
    const double low = row.claim->low / row.claim->unit_factor;
    const double high = row.claim->high / row.claim->unit_factor;
    if (row.p95 < low) return ", recomputed lower throughout";
    if (row.p05 > high) return ", recomputed higher throughout";
    if (row.p50 < low) return ", recomputed mostly lower";
    if (row.p50 > high) return ", recomputed mostly higher";
    return {};
}

/// Judges the claims of a model on futures that are sampled once.
class Auditor {
public:
    Auditor(const ScenarioModel& model, const AuditOptions& options)
        : model_(model),
          options_(options),
          sampler_(engine::sampler_of(model, options.seed)),
          threads_(options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency())),
          futures_(claim_futures(model, sampler_, options.samples, threads_, asked())),
          n_samples_(futures_.samples),
          splits_(is_stopped_ ? std::vector<std::vector<float>>{} : std::move(futures_.scores), threads_,
                  [this](std::uint64_t, std::uint64_t) { return is_stopped(); }) {
        futures_.scores.clear();
    }

    /// Futures that are judged on.
    [[nodiscard]] std::size_t n_samples() const { return n_samples_; }
    [[nodiscard]] bool was_stopped() const { return is_stopped_; }
    /// Asks who watches whether to go on, once all futures are there.
    bool is_stopped() {
        if (!is_stopped_) is_stopped_ = options_.watched && options_.watched(options_.samples, options_.samples);
        return is_stopped_;
    }

    [[nodiscard]] AuditRow judge(std::size_t c) const {
        const Claim& claim = claims()[c];
        AuditRow row;
        row.claim = &claim;
        row.p05 = row.p50 = row.p95 = none;
        row.why = claim.why;
        if (claim.metric.empty()) {
            if (row.why.empty()) row.why = "the model has no such quantity";
            return row;
        }
        const auto judged = judged_futures(claim, c);
        row.futures = static_cast<std::size_t>(std::count(judged.begin(), judged.end(), true));
        const auto unjudged = [&](const std::string& reason) {
            row.why = reason + remark(claim);
            return row;
        };
        if (row.futures < least_futures && !claim.given.empty())
            return unjudged(fmt::format("only {} of {} futures have {}", row.futures,
                                        show::fixed(static_cast<double>(n_samples_), 0), claim.given));
        const std::size_t exists = fill_band(row, judged, futures_.values[c]);
        if (exists == 0) return unjudged("the value exists in no future");
        decide(row, judged, truth_of(claim, judged, futures_.values[c]), exists);
        row.why += remark(claim);
        return row;
    }

private:
    [[nodiscard]] Watched asked() {
        if (!options_.watched) return {};
        return [this](std::uint64_t done, std::uint64_t of) {
            is_stopped_ = options_.watched(done, of);
            return is_stopped_;
        };
    }

    [[nodiscard]] const std::vector<Claim>& claims() const { return model_.loaded().claims; }

    static std::string remark(const Claim& claim) { return claim.why.empty() ? "" : " (" + claim.why + ")"; }

    /// All futures, or those that have the claim's condition.
    [[nodiscard]] std::vector<bool> judged_futures(const Claim& claim, std::size_t c) const {
        std::vector<bool> out(n_samples_, true);
        if (!futures_.happens[c].empty()) {
            for (std::size_t i = 0; i < n_samples_; ++i)
                out[i] = futures_.happens[c][i] != 0;
        } else if (!claim.given.empty()) {
            const auto other =
                std::find_if(claims().begin(), claims().end(), [&](const Claim& one) { return one.id == claim.given; });
            if (other != claims().end())
                out = truth_of(*other, out, futures_.values[static_cast<std::size_t>(other - claims().begin())]);
        }
        return out;
    }

    static std::vector<bool> truth_of(const Claim& claim, const std::vector<bool>& judged,
                                      const std::vector<double>& values) {
        std::vector<bool> out(judged.size());
        for (std::size_t i = 0; i < judged.size(); ++i)
            out[i] = judged[i] && is_true(claim, values[i]);
        return out;
    }

    /// Fills the recomputed band; how many of the futures judged have a value.
    static std::size_t fill_band(AuditRow& row, const std::vector<bool>& judged, const std::vector<double>& values) {
        std::vector<double> sorted;
        for (std::size_t i = 0; i < judged.size(); ++i)
            if (judged[i] && !std::isnan(values[i])) sorted.push_back(values[i] / row.claim->unit_factor);
        if (sorted.empty()) return 0;
        std::sort(sorted.begin(), sorted.end());
        row.p05 = sorted_quantile(sorted, 0.05);
        row.p50 = sorted_quantile(sorted, 0.5);
        row.p95 = sorted_quantile(sorted, 0.95);
        return sorted.size();
    }

    void decide(AuditRow& row, const std::vector<bool>& judged, const std::vector<bool>& truth,
                std::size_t exists) const {
        const auto n = static_cast<double>(row.futures);
        row.share = static_cast<double>(std::count(truth.begin(), truth.end(), true)) / n;
        row.judgement = judgement_of(row.share);
        row.border = near_border(row.share, row.futures);
        row.why = fmt::format("true in {} of {}", show::share_text(row.share),
                              row.claim->given.empty()
                                  ? std::string("futures")
                                  : fmt::format("the {} futures that have {}", show::fixed(n, 0), row.claim->given));
        if (row.border)
            row.why += fmt::format(", within two sampling errors of the border at {}", show::share_text(*row.border));
        if (row.judgement == Judgement::fails) row.why += lies(row);
        if (exists < row.futures)
            row.why += fmt::format("; exists in {}", show::share_text(static_cast<double>(exists) / n));
        if (row.judgement != Judgement::holds && row.judgement != Judgement::fails)
            name_condition(row, bits_of(judged), bits_of(truth));
    }

    void name_condition(AuditRow& row, const Bits& judged, const Bits& truth) const {
        const auto& loaded = model_.loaded();
        const auto lifting = splits_.lifting(judged, truth, judgement_borders.front());
        if (lifting.stream >= 0) row.only_if = condition_text(loaded, sampler_, lifting);
        if (is_stopped_) return;
        row.why +=
            "; " + decider_text(loaded, sampler_, lifting.stream >= 0 ? lifting : splits_.strongest(judged, truth));
    }

    const ScenarioModel& model_;
    const AuditOptions& options_;
    bool is_stopped_ = false; ///< before the members that watch as they are made
    engine::Sampler sampler_;
    unsigned threads_;
    ClaimFutures futures_;
    std::size_t n_samples_;
    Splits splits_;
};

} // namespace

std::string_view name_of(Judgement judgement) {
    switch (judgement) {
    case Judgement::holds: return "holds";
    case Judgement::leans: return "leans";
    case Judgement::open: return "open";
    case Judgement::unlikely: return "unlikely";
    case Judgement::fails: return "fails";
    case Judgement::cannot_be_judged: return "cannot be judged";
    }
    return "";
}

Judgement judgement_of(double share) {
    std::size_t k = 0;
    while (k < judgement_borders.size() && share < judgement_borders[k])
        ++k;
    return static_cast<Judgement>(k);
}

std::optional<double> near_border(double share, std::size_t n) {
    for (const double border : judgement_borders) {
        const double error = std::sqrt(border * (1.0 - border) / static_cast<double>(n));
        if (std::abs(share - border) <= 2.0 * error) return border;
    }
    return std::nullopt;
}

Audited audit(const ScenarioModel& model, const std::vector<std::size_t>& rows, const AuditOptions& options) {
    Auditor auditor(model, options);
    Audited out;
    out.samples = auditor.n_samples();
    const bool is_part = auditor.was_stopped(); // what there is of futures is judged whole, and quickly
    for (const std::size_t row : rows) {
        if (out.samples == 0 || (!is_part && auditor.is_stopped())) break;
        out.rows.push_back(auditor.judge(row));
    }
    out.is_stopped = auditor.was_stopped();
    return out;
}

} // namespace autarky::analysis
