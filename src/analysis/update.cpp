// autarky: learns from dated reports.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/update.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/evidence.hpp"
#include "analysis/reported.hpp"
#include "analysis/samples.hpp"
#include "analysis/watch.hpp"
#include "core/refuse.hpp"
#include "engine/sampler.hpp"
#include "input/central.hpp"
#include "input/grade.hpp"
#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t least_futures = 256;
constexpr double least_effective = 0.05; ///< share of the futures below which the likelihood is tempered

using Column = std::vector<double>;

std::vector<std::size_t> order_of(const Column& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
    return order;
}

Belief belief_of(const Column& value, const Column& weights) {
    Belief out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        out.p_make += value[i] > 0.0 ? weights[i] : 0.0;
        out.mean_usd += weights[i] * value[i];
    }
    double p = 0.0, mean = 0.0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        p += std::pow(weights[i] * ((value[i] > 0.0 ? 1.0 : 0.0) - out.p_make), 2);
        mean += std::pow(weights[i] * (value[i] - out.mean_usd), 2);
    }
    out.p_error = std::sqrt(p);
    out.mean_error_usd = std::sqrt(mean);
    const auto order = order_of(value);
    out.p5_usd = weighted_quantile(value, order, weights, 0.05);
    out.p50_usd = weighted_quantile(value, order, weights, 0.50);
    out.p95_usd = weighted_quantile(value, order, weights, 0.95);
    return out;
}

/// The reports that count, by date, and what they are about.
struct Desk {
    std::vector<Observation> reports, readings;
    std::vector<Subject> about, to_read;
};

Desk desk_of(const ScenarioModel& model, double since, double until) {
    Desk out;
    auto all = model.loaded().observations;
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.known < b.known; });
    for (auto& seen : all) {
        auto about = subject_of(model, seen);
        if (!seen.watch.empty()) {
            out.to_read.push_back(std::move(about));
            out.readings.push_back(std::move(seen));
        } else if (seen.known >= since && seen.known <= until) {
            out.about.push_back(std::move(about));
            out.reports.push_back(std::move(seen));
        }
    }
    return out;
}

/// Learns the reports one by one.
class Student {
public:
    Student(const ScenarioModel& model, const Column& value) : model_(model), value_(value), weights_(value.size()) {}

    LearnedReport learn(const Observation& seen, const Subject& about, const Column& truth) {
        LearnedReport out = head_of(seen);
        out.why = about.why;
        if (out.why.empty()) out.why = unusable(seen, truth);
        if (!out.why.empty()) return out;
        const auto order = order_of(truth);
        out.expected = span_text(seen, weighted_quantile(truth, order, weights_.values(), 0.05),
                                 weighted_quantile(truth, order, weights_.values(), 0.95));
        Column logs(truth.size()), errors(truth.size());
        double below = 0.0;
        const bool leans = !seen.group.empty();
        for (std::size_t i = 0; i < truth.size(); ++i) {
            const auto next = leans ? leaning_.next(seen.group, seen.correlation, i) : Leaning::Next{};
            logs[i] = log_likelihood(seen, truth[i], next.mean, next.spread);
            below += weights_.values()[i] * probability_below(seen, truth[i], next.mean, next.spread);
            if (leans) errors[i] = standard_error_of(seen, truth[i]);
        }
        out.log_score = weights_.learn(logs);
        if (!std::isfinite(out.log_score)) {
            out.log_score = none;
            out.why = "no future allows it";
            return out;
        }
        if (leans) leaning_.add(seen.group, errors);
        out.is_used = true;
        out.percentile = below;
        const auto belief = belief_of(value_, weights_.values());
        out.p_make = belief.p_make;
        out.mean_usd = belief.mean_usd;
        out.effective = weights_.effective();
        return out;
    }

    [[nodiscard]] Weights& weights() { return weights_; }

private:
    LearnedReport head_of(const Observation& seen) const {
        LearnedReport out;
        out.id = seen.id;
        out.date = seen.day;
        out.metric = seen.of.empty() || seen.metric.starts_with(seen.of)
                         ? seen.metric
                         : fmt::format("{} of {}", seen.metric, seen.of);
        out.value = seen.written;
        if (seen.source >= 0) out.source = model_.inputs().sources[static_cast<std::size_t>(seen.source)].id;
        out.grade = grade_name(seen.grade);
        out.log_score = out.percentile = out.p_make = out.mean_usd = out.effective = none;
        return out;
    }
    /// Why a report cannot weigh these futures; empty: it can.
    [[nodiscard]] static std::string unusable(const Observation& seen, const Column& truth) {
        if (seen.says != Says::count && !(seen.error > 0.0)) return "a report without an error proves everything";
        const auto missing = std::count_if(truth.begin(), truth.end(), [](double x) { return !std::isfinite(x); });
        if (missing > 0) return fmt::format("there is no such quantity then in {} futures", missing);
        if (seen.says != Says::about && seen.says != Says::relative) return {};
        double nearest = std::numeric_limits<double>::infinity();
        for (const double x : truth)
            nearest = std::min(nearest, std::fabs(standard_error_of(seen, x)));
        constexpr double out_of_reach = 4.0; // standard deviations of the report
        if (nearest < out_of_reach) return {};
        const auto [low, high] = std::minmax_element(truth.begin(), truth.end());
        return fmt::format("no future comes near it: they reach from {}, so a band behind it is too narrow",
                           span_text(seen, *low, *high));
    }

    const ScenarioModel& model_;
    const Column& value_;
    Weights weights_;
    Leaning leaning_;
};

/// Inputs whose weighted mean moved most, in standard deviations over the futures.
std::vector<MovedInput> moved_inputs(const ScenarioModel& model, const std::vector<std::size_t>& futures,
                                     const Weights& learned, std::size_t samples, std::uint64_t seed) {
    // Chance moves the mean of so many effective futures by one over their root; of hundreds of inputs some move threefold.
    const double notable = std::max(0.1, 4.0 / std::sqrt(learned.effective()));
    const auto& weights = learned.values();
    constexpr std::size_t most = 8;
    Column before(samples, 0.0), after(samples, 0.0);
    for (std::size_t i = 0; i < futures.size(); ++i) {
        before[futures[i]] = 1.0 / static_cast<double>(futures.size());
        after[futures[i]] = weights[i];
    }
    const auto first = weighted_moments(model, before, seed), second = weighted_moments(model, after, seed);
    std::vector<MovedInput> out;
    for (std::size_t row = 0; row < first.mean.size(); ++row) {
        const auto& input = model.inputs().rows[row];
        const double sd = std::sqrt(std::max(first.square[row] - first.mean[row] * first.mean[row], 0.0));
        if (input.stream < 0 || !(sd > 1e-9 * std::fabs(first.mean[row]))) continue;
        const double moved = (second.mean[row] - first.mean[row]) / sd;
        if (std::fabs(moved) >= notable)
            out.push_back({input.path, input.unit, first.mean[row] / input.unit_factor,
                           second.mean[row] / input.unit_factor, moved});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return std::fabs(a.moved) > std::fabs(b.moved); });
    // The knots of one series move together: the one that moved most stands for them.
    std::vector<MovedInput> kept;
    for (auto& one : out) {
        const auto series = std::string_view(one.input).substr(0, one.input.find('['));
        const bool is_told = std::any_of(kept.begin(), kept.end(), [&](const MovedInput& other) {
            return std::string_view(other.input).substr(0, other.input.find('[')) == series;
        });
        if (!is_told && kept.size() < most) kept.push_back(std::move(one));
    }
    return kept;
}

void score(UpdateAnswer& out) {
    double judged = 0.0, within = 0.0;
    for (const auto& report : out.reports) {
        if (!report.is_used) continue;
        out.log_score += report.log_score;
        if (!std::isfinite(report.percentile)) continue;
        judged += 1.0;
        within += report.percentile >= 0.05 && report.percentile <= 0.95 ? 1.0 : 0.0;
    }
    out.within_band = judged > 0.0 ? within / judged : none;
}

/// What the next readings are about, taken down after each report.
class Courses {
public:
    void add(const Observation& reading, Column truth) {
        if (!std::all_of(truth.begin(), truth.end(), [](double x) { return std::isfinite(x); })) return;
        const bool is_date = reading.dim == units::time && show::looks_like_a_date(truth.front());
        told_.push_back({reading.watch, reading.metric, is_date ? "date" : reading.unit, {}});
        auto order = order_of(truth);
        followed_.push_back({std::move(truth), std::move(order), is_date ? 1.0 : reading.unit_factor});
    }
    void take_down(const std::string& after, const Column& weights) {
        for (std::size_t k = 0; k < told_.size(); ++k) {
            const auto& one = followed_[k];
            const auto at = [&](double p) { return weighted_quantile(one.truth, one.order, weights, p) / one.factor; };
            told_[k].steps.push_back({after, at(0.05), at(0.50), at(0.95)});
        }
    }
    [[nodiscard]] std::vector<Indicator> told() && { return std::move(told_); }

private:
    struct Followed {
        Column truth;
        std::vector<std::size_t> order;
        double factor; ///< of the unit in which it is told
    };
    std::vector<Indicator> told_;
    std::vector<Followed> followed_;
};

Column only(const Column& all, const std::vector<std::size_t>& futures) {
    Column out;
    out.reserve(futures.size());
    for (const auto i : futures)
        out.push_back(all[i]);
    return out;
}

/// What the reports and readings are about in each future, and what they are worth.
struct Learnt {
    std::vector<std::size_t> futures; ///< the good ones
    Column value;                     ///< of these
    std::vector<Column> reports, readings, so_far;
};

Learnt learnt(const ScenarioModel& model, const Desk& desk, const UpdateRequest& asked, unsigned threads,
              const std::function<bool(std::uint64_t, std::uint64_t)>& stop, UpdateAnswer& out) {
    auto seen = desk.reports;
    auto about = desk.about;
    seen.insert(seen.end(), desk.readings.begin(), desk.readings.end());
    about.insert(about.end(), desk.to_read.begin(), desk.to_read.end());
    std::vector<std::optional<std::size_t>> quarters;
    for (const auto& reading : desk.readings)
        quarters.push_back(quarter_of_run(model, reading.known));
    const auto truths = truths_of(model, seen, about, quarters, asked.samples, asked.seed, threads, stop);
    Learnt all;
    const auto& values = truths[seen.size()];
    out.samples = values.size();
    for (std::size_t i = 0; i < values.size(); ++i)
        if (std::isfinite(values[i])) all.futures.push_back(i);
    out.failed = out.samples - std::min<std::uint64_t>(all.futures.size(), out.samples);
    if (all.futures.size() < least_futures)
        refuse_field("samples", "E0504",
                     fmt::format("{} of {} futures are good, too few to learn from", all.futures.size(), out.samples),
                     fmt::format("at least {}", least_futures));
    all.value = only(values, all.futures);
    for (std::size_t k = 0; k < seen.size(); ++k)
        (k < desk.reports.size() ? all.reports : all.readings).push_back(only(truths[k], all.futures));
    for (std::size_t k = 0; k < desk.readings.size(); ++k)
        all.so_far.push_back(only(truths[seen.size() + 1 + k], all.futures));
    return all;
}

} // namespace

UpdateAnswer update(const ScenarioModel& model, const UpdateRequest& asked, unsigned threads,
                    const std::function<bool(std::uint64_t, std::uint64_t)>& stop) {
    UpdateAnswer out;
    out.scenario = model.loaded().name;
    out.variant = model.loaded().variant;
    out.wanted = asked.samples;
    out.seed = asked.seed;
    const auto& decided =
        model.inputs().rows[static_cast<std::size_t>(model.loaded().scenario.economy.decision_date.year.input)];
    out.since = decided.written;
    const auto desk = desk_of(model, asked.since.value_or(scenario::central_value(decided.distribution)),
                              asked.until.value_or(std::numeric_limits<double>::infinity()));
    const auto all = learnt(model, desk, asked, threads, stop, out);
    Student student(model, all.value);
    auto& weights = student.weights();
    out.before = belief_of(all.value, weights.values());
    Courses courses;
    for (std::size_t k = 0; k < desk.readings.size(); ++k)
        if (unreadable(model, desk.readings[k], desk.to_read[k]).empty())
            courses.add(desk.readings[k], all.readings[k]);
    courses.take_down("", weights.values());
    for (std::size_t k = 0; k < desk.reports.size(); ++k) {
        out.reports.push_back(student.learn(desk.reports[k], desk.about[k], all.reports[k]));
        if (out.reports.back().is_used) courses.take_down(out.reports.back().id, weights.values());
    }
    out.indicators = std::move(courses).told();
    score(out);
    out.pareto_shape = weights.pareto_shape();
    out.power = weights.temper(least_effective * static_cast<double>(all.value.size()));
    out.effective = weights.effective();
    out.after = belief_of(all.value, weights.values());
    out.moved = moved_inputs(model, all.futures, weights, out.samples, asked.seed);
    for (std::size_t k = 0; k < desk.readings.size(); ++k)
        out.watched.push_back(watched_reading(desk.readings[k], unreadable(model, desk.readings[k], desk.to_read[k]),
                                              all.readings[k], all.value, all.so_far[k], weights.values()));
    std::stable_sort(out.watched.begin(), out.watched.end(), [](const auto& a, const auto& b) {
        return (std::isfinite(a.worth_usd) ? a.worth_usd : -1.0) > (std::isfinite(b.worth_usd) ? b.worth_usd : -1.0);
    });
    return out;
}

} // namespace autarky::analysis
