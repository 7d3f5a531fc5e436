// autarky: learns from dated reports.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/update.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "analysis/belief.hpp"
#include "analysis/evidence.hpp"
#include "analysis/hearing.hpp"
#include "analysis/moved_inputs.hpp"
#include "analysis/moving.hpp"
#include "analysis/reported.hpp"
#include "analysis/samples.hpp"
#include "analysis/watch.hpp"
#include "analysis/weighted_quantile.hpp"
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
    Student(const ScenarioModel& model, const Column& value, const std::vector<std::size_t>& futures,
            std::vector<DrawnLeaning> leanings)
        : model_(model), value_(value), futures_(futures), weights_(value.size()), hearing_(std::move(leanings)) {}

    LearnedReport learn(const Observation& seen, const Subject& about, const Column& truth) {
        LearnedReport out = head_of(seen);
        out.why = about.why;
        if (out.why.empty()) out.why = unusable(seen, truth);
        if (!out.why.empty()) return out;
        const auto order = order_of(truth);
        out.expected = span_text(seen, weighted_quantile(truth, order, weights_.values(), 0.05),
                                 weighted_quantile(truth, order, weights_.values(), 0.95));
        const auto heard = hearing_.hear(seen, truth);
        double below = 0.0;
        for (std::size_t i = 0; i < truth.size(); ++i)
            below += weights_.values()[i] * heard.below[i];
        out.log_score = weights_.learn(heard.logs);
        if (!std::isfinite(out.log_score)) {
            out.log_score = none;
            out.why = "no future allows it";
            return out;
        }
        hearing_.keep(seen, heard);
        out.is_used = true;
        out.percentile = below;
        const auto belief = belief_of(value_, weights_.values(), futures_, engine::usual_sampling);
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
    [[nodiscard]] std::string unusable(const Observation& seen, const Column& truth) const {
        if (seen.says != Says::count && !(seen.error > 0.0)) return "a report without an error proves everything";
        const auto missing = std::count_if(truth.begin(), truth.end(), [](double x) { return !std::isfinite(x); });
        if (missing > 0) return fmt::format("there is no such quantity then in {} futures", missing);
        if (seen.says != Says::about && seen.says != Says::relative) return {};
        double nearest = std::numeric_limits<double>::infinity();
        Observation here = seen;
        for (std::size_t i = 0; i < truth.size(); ++i) {
            here.bias = hearing_.bias_of(seen, i);
            nearest = std::min(nearest, std::fabs(standard_error_of(here, truth[i])));
        }
        constexpr double out_of_reach = 4.0; // standard deviations of the report
        if (nearest < out_of_reach) return {};
        const auto [low, high] = std::minmax_element(truth.begin(), truth.end());
        return fmt::format("no future comes near it: they reach from {}, so a band behind it is too narrow",
                           span_text(seen, *low, *high));
    }

    const ScenarioModel& model_;
    const Column& value_;
    const std::vector<std::size_t>& futures_;
    Weights weights_;
    Hearing hearing_;
};

/// Figures of all samples, those of the good futures given, the others 0.
Column spread_over(const std::vector<std::size_t>& futures, const Column& figures, std::size_t samples) {
    Column out(samples, 0.0);
    for (std::size_t i = 0; i < futures.size(); ++i)
        out[futures[i]] = figures[i];
    return out;
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

/// What is left is taken: a column of 100,000 futures is 0.8 MB, and there may be thousands.
Column only(Column&& all, const std::vector<std::size_t>& futures) {
    if (futures.size() == all.size()) return std::move(all);
    Column out;
    out.reserve(futures.size());
    for (const auto i : futures)
        out.push_back(all[i]);
    all = {};
    return out;
}

/// What the reports and readings are about in each future, and what they are worth.
struct Learnt {
    FigureReading reading;
    std::vector<std::size_t> futures; ///< the good ones
    Column value;                     ///< of these
    std::vector<Column> reports, readings, so_far, spans;
};

Learnt learnt(const ScenarioModel& model, const Desk& desk, const Lookout& look, const UpdateRequest& asked,
              unsigned threads, const std::function<bool(std::uint64_t, std::uint64_t)>& stop, UpdateAnswer& out) {
    auto seen = desk.reports;
    auto about = desk.about;
    seen.insert(seen.end(), desk.readings.begin(), desk.readings.end());
    about.insert(about.end(), desk.to_read.begin(), desk.to_read.end());
    std::vector<std::optional<std::size_t>> quarters;
    for (const auto& reading : desk.readings)
        quarters.push_back(quarter_of_run(model, reading.known));
    Learnt all;
    const auto looked = figures_of(model, look);
    all.reading = reading_of(model, seen, about, quarters, looked.spans, looked.windows);
    auto truths = values_read(model, all.reading.columns, all.reading.figures, all.reading.read, asked.samples,
                              asked.seed, threads, stop);
    auto& values = truths[seen.size()];
    out.samples = values.size();
    for (std::size_t i = 0; i < values.size(); ++i)
        if (std::isfinite(values[i])) all.futures.push_back(i);
    out.failed = out.samples - std::min<std::uint64_t>(all.futures.size(), out.samples);
    if (all.futures.size() < least_futures)
        refuse_field("samples", "E0504",
                     fmt::format("{} of {} futures are good, too few to learn from", all.futures.size(), out.samples),
                     fmt::format("at least {}", least_futures));
    all.value = only(std::move(values), all.futures);
    for (std::size_t k = 0; k < seen.size(); ++k)
        (k < desk.reports.size() ? all.reports : all.readings).push_back(only(std::move(truths[k]), all.futures));
    for (std::size_t k = 0; k < desk.readings.size(); ++k)
        all.so_far.push_back(only(std::move(truths[seen.size() + 1 + k]), all.futures));
    for (std::size_t k = seen.size() + 1 + quarters.size(); k < truths.size(); ++k)
        all.spans.push_back(only(std::move(truths[k]), all.futures));
    return all;
}

/// Where the futures stand after the reports: the drawn ones with their weights, or moved ones that all weigh the same.
struct After {
    Column value, weights;
    std::vector<Column> readings, so_far, spans; ///< of moved ones; else those of the drawn ones stand
    std::vector<DrawnLeaning> leanings;
    InputMoments inputs; ///< of moved ones
    double effective = 0.0;
    bool is_moved = false;
};

After weighed(const Learnt& all, std::vector<DrawnLeaning> leanings, const Weights& weights) {
    After out;
    out.value = all.value;
    out.weights = weights.values();
    out.leanings = std::move(leanings);
    out.effective = weights.effective();
    return out;
}

/// Moments of the inputs before and after the reports.
std::pair<InputMoments, InputMoments> moments_of_inputs(const ScenarioModel& model, const Learnt& all,
                                                        const Column& alike, After& after, const UpdateAnswer& out) {
    std::vector<Column> weightings{spread_over(all.futures, alike, out.samples)};
    if (!after.is_moved) weightings.push_back(spread_over(all.futures, after.weights, out.samples));
    auto moments = weighted_moments(model, weightings, spread_over(all.futures, all.value, out.samples), out.seed);
    return {std::move(moments.front()), std::move(after.is_moved ? after.inputs : moments.back())};
}

/// Resamples the drawn futures at a power that leaves enough of them effective and moves them to the power 1. Nothing: stopped.
std::optional<After> resampled_and_moved(const ScenarioModel& model, const Desk& desk, const Learnt& all,
                                         const UpdateRequest& asked, const Weights& weights, unsigned threads,
                                         const std::function<bool(std::uint64_t, std::uint64_t)>& stop,
                                         UpdateAnswer& out) {
    MoveAsked move;
    move.reading = all.reading;
    move.leanings = asked.leanings;
    move.futures = all.futures;
    move.power = out.power;
    move.seed = asked.seed;
    move.value_figure = desk.reports.size() + desk.readings.size();
    for (std::size_t k = 0; k < desk.reports.size(); ++k)
        if (out.reports[k].is_used) {
            move.reports.push_back(&desk.reports[k]);
            move.figure_of_report.push_back(k);
            move.truths.push_back(&all.reports[k]);
        }
    const std::size_t n = std::min(most_moved, all.futures.size()) / engine::chunk_size * engine::chunk_size;
    for (const auto pick : resampled(weights.values(), n))
        move.starts.push_back(all.futures[pick]);
    move.threads = threads;
    if (stop) move.stop = [&](std::uint64_t /*done*/, std::uint64_t /*of*/) { return stop(out.samples, out.samples); };
    auto moved = move_futures(model, move);
    if (!moved) return std::nullopt;
    out.resampled = MovedRun{n,         moved->distinct,     moved->how.powers, moved->how.rounds,
                             out.power, moved->how.accepted, out.pareto_shape};
    out.power = 1.0;
    out.pareto_shape = none;
    After after;
    after.is_moved = true;
    after.weights = Column(n, 1.0 / static_cast<double>(n));
    after.leanings = std::move(moved->leanings);
    after.inputs = std::move(moved->inputs);
    after.effective = static_cast<double>(moved->distinct);
    after.value = std::move(moved->figures[move.value_figure]);
    for (std::size_t k = 0; k < desk.readings.size(); ++k) {
        after.readings.push_back(std::move(moved->figures[desk.reports.size() + k]));
        after.so_far.push_back(std::move(moved->figures[move.value_figure + 1 + k]));
    }
    for (std::size_t k = move.value_figure + 1 + desk.readings.size(); k < moved->figures.size(); ++k)
        after.spans.push_back(std::move(moved->figures[k]));
    return after;
}

std::vector<LearnedLeaning> learned_leanings(const Desk& desk, const UpdateRequest& asked, const UpdateAnswer& answer,
                                             const std::vector<DrawnLeaning>& before, const Column& weights_before,
                                             const After& after) {
    const auto moments = [](const Column& values, const Column& weights) {
        double mean = 0.0, square = 0.0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            mean += weights[i] * values[i];
            square += weights[i] * values[i] * values[i];
        }
        return std::pair(100.0 * mean, 100.0 * std::sqrt(std::max(square - mean * mean, 0.0)));
    };
    std::vector<LearnedLeaning> out;
    for (std::size_t l = 0; l < asked.leanings.size(); ++l) {
        const auto& from = asked.leanings[l];
        LearnedLeaning one{std::string(grade_name(from.grade)), from.written, from.source};
        for (std::size_t k = 0; k < desk.reports.size(); ++k)
            one.reports +=
                answer.reports[k].is_used && takes_leaning(desk.reports[k]) && desk.reports[k].grade == from.grade ? 1
                                                                                                                   : 0;
        std::tie(one.before, one.before_sd) = moments(before[l].bias, weights_before);
        std::tie(one.after, one.after_sd) = moments(after.leanings[l].bias, after.weights);
        out.push_back(std::move(one));
    }
    return out;
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
    const auto look = lookout_of(model, asked.metrics, asked.claims);
    const auto all = learnt(model, desk, look, asked, threads, stop, out);
    const auto leanings = draw_leanings(asked.leanings, all.futures, asked.seed);
    Student student(model, all.value, all.futures, leanings);
    auto& weights = student.weights();
    const auto alike = weights.values();
    out.before = belief_of(all.value, alike, all.futures, engine::usual_sampling);
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
    std::optional<After> moved;
    if (out.power < 1.0) moved = resampled_and_moved(model, desk, all, asked, weights, threads, stop, out);
    After after = moved ? std::move(*moved) : weighed(all, leanings, weights);
    out.effective = after.effective;
    out.after = after.is_moved
                    ? belief_of(after.value, after.weights, {}, engine::Sampling::random) // moved apart at random
                    : belief_of(after.value, after.weights, all.futures, engine::usual_sampling);
    const auto [first, second] = moments_of_inputs(model, all, alike, after, out);
    out.moved = moved_inputs(model, first, second, after.effective);
    out.drivers = learned_drivers(model, first, value_moments(all.value, alike), second,
                                  value_moments(after.value, after.weights));
    const Seen then{&all.spans, &alike}, now{after.is_moved ? &after.spans : &all.spans, &after.weights};
    out.metrics = learned_bands(model, look, then, now);
    out.claims = learned_claims(model, look, then, now);
    out.leanings = learned_leanings(desk, asked, out, leanings, alike, after);
    const auto& readings = after.is_moved ? after.readings : all.readings;
    const auto& so_far = after.is_moved ? after.so_far : all.so_far;
    for (std::size_t k = 0; k < desk.readings.size(); ++k)
        out.watched.push_back(watched_reading(desk.readings[k], unreadable(model, desk.readings[k], desk.to_read[k]),
                                              readings[k], after.value, so_far[k], after.weights));
    std::stable_sort(out.watched.begin(), out.watched.end(), [](const auto& a, const auto& b) {
        return (std::isfinite(a.worth_usd) ? a.worth_usd : -1.0) > (std::isfinite(b.worth_usd) ? b.worth_usd : -1.0);
    });
    return out;
}

} // namespace autarky::analysis
