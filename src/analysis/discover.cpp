// autarky: looks for boxes in which making fails.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/discover.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "analysis/equal_bins.hpp"
#include "analysis/in_turn.hpp"
#include "analysis/samples.hpp"
#include "core/refuse.hpp"
#include "engine/quantile.hpp"
#include "engine/sampler.hpp"
#include "input/support.hpp"

namespace autarky::analysis {
namespace {

constexpr double most_chance = 0.05; ///< quasi-p above which a limit is taken away
constexpr int tree_depth = 3;        ///< eight leaves at most: what a reader can hold
constexpr std::size_t n_ranking_bins = 16;
constexpr std::size_t n_at_once = 16;   ///< axes whose values are held to be ranked: every pass draws all streams anew
constexpr std::size_t least_cases = 40; ///< below it chance makes the boxes
/// Fresh futures have a seed of their own: further points of the same seed lie where the first ones do not, so they would judge a
/// box too hard.
constexpr std::uint64_t fresh_seed = 0x9e3779b97f4a7c15; // golden ratio

/// A stream that may restrict a box, by the values of its first number: a stepped input has ties, where no limit can lie.
struct Axis {
    std::size_t row = 0; ///< first of Inputs::rows that moves with it
    engine::Quantile quantile;
    double strength = 0.0;
    std::vector<double> found, fresh; ///< values in the good futures of each half
};

/// Asked between the steps behind the drawing: true ends the work.
using IsStopped = std::function<bool()>;

/// Streams of uncertain inputs that are no luck, by their first row.
std::vector<Axis> axes_of(const Inputs& inputs) {
    std::vector<Axis> out;
    std::vector<bool> is_seen(inputs.streams.size());
    for (std::size_t row = 0; row < inputs.rows.size(); ++row) {
        const auto& input = inputs.rows[row];
        if (input.stream < 0 || is_luck(input) || is_seen[static_cast<std::size_t>(input.stream)]) continue;
        engine::Quantile quantile(input.distribution);
        if (quantile.form() == engine::Form::constant) continue;
        is_seen[static_cast<std::size_t>(input.stream)] = true;
        out.push_back({row, std::move(quantile), 0.0, {}, {}});
    }
    return out;
}

/// A future: which of the drawn ones, and whether it is a case.
struct Outcome {
    std::size_t future = 0;
    bool is_case = false;
};

/// Values of an axis in some futures, for some axes.
void fill(const engine::Sampler& sampler, const Inputs& inputs, const std::vector<Outcome>& outcomes,
          std::span<Axis> axes, std::vector<double> Axis::* values) {
    std::vector<std::size_t> streams, futures;
    for (const auto& axis : axes)
        streams.push_back(static_cast<std::size_t>(inputs.rows[axis.row].stream));
    for (const auto& one : outcomes)
        futures.push_back(one.future);
    auto scores = scores_of(sampler, streams, futures);
    for (std::size_t k = 0; k < axes.size(); ++k) {
        for (auto& score : scores[k])
            score = axes[k].quantile(score);
        axes[k].*values = std::move(scores[k]);
    }
}

/// Variance between bins of equal count of the cases' share: whatever shape the dependence has.
double strength_of(const std::vector<double>& values, const std::vector<bool>& is_case) {
    const auto order = ascending_order(values);
    double sum = 0.0, squares = 0.0;
    for (std::size_t bin = 0; bin < n_ranking_bins; ++bin) {
        const auto [from, to] = bin_range(order.size(), bin, n_ranking_bins);
        double cases = 0.0;
        for (std::size_t k = from; k < to; ++k)
            cases += is_case[order[k]] ? 1.0 : 0.0;
        const double share = cases / static_cast<double>(std::max<std::size_t>(to - from, 1));
        sum += share;
        squares += share * share;
    }
    return squares - sum * sum / static_cast<double>(n_ranking_bins);
}

void keep_strongest(std::vector<Axis>& axes, std::size_t most) {
    std::stable_sort(axes.begin(), axes.end(), [](const Axis& a, const Axis& b) { return a.strength > b.strength; });
    if (axes.size() > most) axes.erase(axes.begin() + static_cast<std::ptrdiff_t>(most), axes.end());
}

/// The strongest axes with their values in the futures that look for boxes. Some axes at a time, so that the values of all of
/// them are never held at once. None when it was stopped.
std::vector<Axis> strongest(const engine::Sampler& sampler, const Inputs& inputs, const std::vector<Outcome>& found,
                            const std::vector<bool>& is_case, std::size_t most, const IsStopped& is_stopped) {
    auto axes = axes_of(inputs);
    if (axes.empty()) refuse_field("scenario", "E0402", "no input of it is uncertain", "give one a range");
    std::vector<Axis> out;
    for (std::size_t from = 0; from < axes.size(); from += n_at_once) {
        if (is_stopped()) return {};
        const auto some = std::span(axes).subspan(from, std::min(n_at_once, axes.size() - from));
        fill(sampler, inputs, found, some, &Axis::found);
        for (auto& axis : some) {
            axis.strength = strength_of(axis.found, is_case);
            out.push_back(std::move(axis));
        }
        keep_strongest(out, most);
    }
    return out;
}

Cases cases_of(const std::vector<Axis>& axes, std::vector<double> Axis::* values, std::vector<bool> is_case) {
    Cases out;
    for (const auto& axis : axes)
        out.x.push_back(axis.*values);
    out.is_case = std::move(is_case);
    return out;
}

std::vector<bool> flags_of(const std::vector<Outcome>& outcomes) {
    std::vector<bool> out;
    for (const auto& one : outcomes)
        out.push_back(one.is_case);
    return out;
}

/// The points outside of a box.
Cases outside_of(const Box& box, const Cases& cases) {
    Cases out{std::vector<std::vector<double>>(cases.x.size()), {}};
    for (std::size_t i = 0; i < cases.points(); ++i) {
        if (is_in(box, cases, i)) continue;
        for (std::size_t d = 0; d < cases.x.size(); ++d)
            out.x[d].push_back(cases.x[d][i]);
        out.is_case.push_back(cases.is_case[i]);
    }
    return out;
}

double share_below(double limit, const std::vector<double>& values) {
    const auto n = std::count_if(values.begin(), values.end(), [limit](double value) { return value <= limit; });
    return static_cast<double>(n) / static_cast<double>(values.size());
}

FoundBox described(const Box& box, const std::vector<Axis>& axes, const Inputs& inputs, const Cases* found_by) {
    FoundBox out;
    for (std::size_t d = 0; d < axes.size(); ++d)
        for (const bool of_low : {true, false}) {
            const double limit = of_low ? box.limits[d].low : box.limits[d].high;
            if (!std::isfinite(limit)) continue;
            const auto& row = inputs.rows[axes[d].row];
            Restriction one{row.path, row.unit, row.unit == "date", !of_low, 0.0, 0.0, std::nullopt};
            one.limit = limit / row.unit_factor;
            one.percentile = share_below(limit, axes[d].found);
            if (found_by != nullptr) one.quasi_p = quasi_p(box, d, of_low, *found_by);
            out.restrictions.push_back(std::move(one));
        }
    std::stable_sort(out.restrictions.begin(), out.restrictions.end(), [](const Restriction& a, const Restriction& b) {
        return a.quasi_p.value_or(0.0) < b.quasi_p.value_or(0.0);
    });
    return out;
}

/// Boxes one after the other, each on what those before it leave; a box that is no denser than the whole ends it, both by the
/// futures that look for boxes.
void find_boxes(const Cases& found, const Cases& fresh, const std::vector<Axis>& axes, const Inputs& inputs,
                const DiscoverRequest& asked, const IsStopped& is_stopped, DiscoverAnswer& out) {
    Cases left = found, fresh_left = fresh;
    while (out.boxes.size() < asked.most_boxes && left.cases() >= least_cases && left.cases() < left.points() &&
           !is_stopped()) {
        const auto trajectory = prim(left);
        if (out.boxes.empty())
            for (const auto& box : trajectory)
                out.trajectory.push_back(box.is);
        const auto box = without_chance(best_box(trajectory), left, most_chance);
        if (box.is.restricted == 0 || box.is.density <= out.base_rate) break;
        auto one = described(box, axes, inputs, &left);
        one.found = judged(box, left);
        one.fresh = judged(box, fresh_left);
        // shares of all cases, not of those that are left
        const auto of_all = [](BoxStep& step, const Cases& part, const Cases& all) {
            step.coverage *=
                static_cast<double>(part.cases()) / static_cast<double>(std::max<std::size_t>(all.cases(), 1));
            step.mass *=
                static_cast<double>(part.points()) / static_cast<double>(std::max<std::size_t>(all.points(), 1));
        };
        of_all(one.found, left, found);
        of_all(one.fresh, fresh_left, fresh);
        out.boxes.push_back(std::move(one));
        left = outside_of(box, left);
        fresh_left = outside_of(box, fresh_left);
    }
}

/// Leaves of a tree on all axes, those with most cases among fresh futures first.
std::vector<FoundBox> leaves_of(const Cases& found, const Cases& fresh, const std::vector<Axis>& axes,
                                const Inputs& inputs) {
    std::vector<FoundBox> out;
    for (const auto& leaf : tree(found, tree_depth, PrimSettings{}.least_mass)) {
        out.push_back(described(leaf, axes, inputs, nullptr));
        out.back().found = leaf.is;
        out.back().fresh = judged(leaf, fresh);
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const FoundBox& a, const FoundBox& b) { return a.fresh.density > b.fresh.density; });
    return out;
}

double rate_of(const std::vector<bool>& is_case) {
    const auto n = std::count(is_case.begin(), is_case.end(), true);
    return static_cast<double>(n) / static_cast<double>(is_case.size());
}

void check_cases(const std::vector<bool>& is_case, const std::string& looks_for) {
    const auto n = static_cast<std::size_t>(std::count(is_case.begin(), is_case.end(), true));
    if (n < least_cases || n + least_cases > is_case.size())
        refuse_field(
            "samples", "E0402",
            fmt::format("{} in {} of {} futures: too few, or too few others, to tell apart", looks_for, n,
                        is_case.size()),
            fmt::format("so many futures that {} are on either side, or a scenario in which it is open", least_cases));
}

} // namespace

DiscoverAnswer discover(const ScenarioModel& model, const DiscoverRequest& asked, unsigned threads,
                        const std::function<bool(std::uint64_t, std::uint64_t)>& stop) {
    DiscoverAnswer out;
    out.scenario = model.loaded().name;
    out.variant = model.loaded().variant;
    out.looks_for = asked.of_success ? "making pays" : "making fails";
    out.seed = asked.seed;
    const auto watched = [&](std::uint64_t done, std::uint64_t of) {
        out.is_stopped = out.is_stopped || (stop && stop(done, of));
        return out.is_stopped;
    };
    const IsStopped is_stopped = [&] { return watched(2 * asked.samples, 2 * asked.samples); };
    InTurn turns(watched, 2);
    const auto drawn = [&](std::uint64_t seed) {
        const auto values =
            values_of_cases(model, std::vector<ChangedCase>(1), asked.samples, seed, threads, turns.next()).front();
        std::vector<Outcome> outcomes;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (std::isfinite(values[i]))
                outcomes.push_back({i, (values[i] > 0.0) == asked.of_success});
            else
                ++out.failed;
        return outcomes;
    };
    const auto found = drawn(asked.seed), fresh = drawn(asked.seed ^ fresh_seed);
    if (out.is_stopped) return out;
    out.samples = asked.samples;
    const auto is_case = flags_of(found), is_fresh_case = flags_of(fresh);
    check_cases(is_case, out.looks_for);
    out.base_rate = rate_of(is_case);
    out.fresh_rate = rate_of(is_fresh_case);
    const auto& inputs = model.inputs();
    auto axes = strongest(engine::sampler_of(model, asked.seed), inputs, found, is_case, asked.most, is_stopped);
    if (out.is_stopped) return out;
    fill(engine::sampler_of(model, asked.seed ^ fresh_seed), inputs, fresh, axes, &Axis::fresh);
    for (const auto& axis : axes)
        out.inputs.push_back(inputs.rows[axis.row].path);
    const auto of_found = cases_of(axes, &Axis::found, is_case), of_fresh = cases_of(axes, &Axis::fresh, is_fresh_case);
    find_boxes(of_found, of_fresh, axes, inputs, asked, is_stopped, out);
    if (!is_stopped()) out.leaves = leaves_of(of_found, of_fresh, axes, inputs);
    return out;
}

} // namespace autarky::analysis
