// autarky: finds the values at which the verdict turns.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/flip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/driver_effects.hpp"
#include "analysis/estimate.hpp"
#include "analysis/samples.hpp"
#include "core/refuse.hpp"
#include "engine/normal_score.hpp"
#include "engine/quantile.hpp"
#include "input/suggest.hpp"
#include "input/support.hpp"

namespace autarky::analysis {
namespace {

using Stop = std::function<bool(std::uint64_t, std::uint64_t)>;

/// Percentiles at which an input is held first.
constexpr std::array percentiles{0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999};
constexpr double farthest_score = 3.0902323061678132; ///< of the first and the last
constexpr std::size_t n_inside = 7;                   ///< points within a cell that holds a crossing
constexpr std::size_t n_ranking_samples = 16384;      ///< futures that tell which inputs are the strongest
constexpr std::size_t most_steps = 32;                ///< an input with more distinct values counts as smooth

/// An input with its rows and their quantile functions.
struct Moved {
    FlipInput about;
    std::vector<std::size_t> rows;
    std::vector<engine::Quantile> quantile; ///< one a row

    [[nodiscard]] double value(double score, const Inputs& inputs) const {
        return quantile.front()(score) / inputs.rows[rows.front()].unit_factor;
    }
    [[nodiscard]] ChangedCase at(double score) const {
        ChangedCase out;
        for (std::size_t k = 0; k < rows.size(); ++k)
            out.changes.push_back({{rows[k]}, quantile[k](score), InputChange::Kind::set});
        return out;
    }
};

/// Scores in the middle of each stretch over which the first row keeps its value; empty when it takes many values.
std::vector<double> scores_of_steps(const engine::Quantile& quantile) {
    constexpr int n_scan = 2048;
    std::vector<double> out;
    double from = -farthest_score;
    for (int i = 0; i <= n_scan; ++i) {
        const double score = farthest_score * (2.0 * i / n_scan - 1.0);
        const bool is_last = i == n_scan;
        if (!is_last && quantile(score) == quantile(from)) continue;
        const double last = is_last ? farthest_score : farthest_score * (2.0 * (i - 1) / n_scan - 1.0);
        out.push_back(0.5 * (from + last));
        from = score;
        if (out.size() > most_steps) return {};
    }
    return out;
}

Moved moved_stream(const Inputs& inputs, std::size_t stream) {
    Moved out;
    for (std::size_t row = 0; row < inputs.rows.size(); ++row) {
        if (inputs.rows[row].stream != static_cast<int>(stream)) continue;
        engine::Quantile quantile(inputs.rows[row].distribution);
        if (quantile.form() == engine::Form::constant) continue;
        out.rows.push_back(row);
        out.quantile.push_back(std::move(quantile));
    }
    if (out.rows.empty()) return out;
    const auto& first = inputs.rows[out.rows.front()];
    out.about.name = first.path;
    out.about.unit = first.unit;
    out.about.is_date = first.unit == "date";
    out.about.knots = out.rows.size();
    out.about.median = out.value(0.0, inputs);
    for (const auto& group : inputs.groups)
        if (std::find(group.streams.begin(), group.streams.end(), static_cast<int>(stream)) != group.streams.end())
            out.about.group = group.name;
    return out;
}

std::size_t stream_of(const Inputs& inputs, const std::string& name) {
    for (std::size_t s = 0; s < inputs.streams.size(); ++s)
        if (inputs.streams[s] == name) return s;
    const auto rows = rows_of_path(inputs, name);
    for (const auto row : rows)
        if (inputs.rows[row].stream >= 0) return static_cast<std::size_t>(inputs.rows[row].stream);
    if (!rows.empty() && inputs.rows[rows.front()].is_computed)
        refuse_field("input", "E0505", fmt::format("'{}' is computed from other inputs", name),
                     "name an input that is typed in");
    if (!rows.empty())
        refuse_field("input", "E0504", fmt::format("'{}' is certain: it has one value only", name),
                     "give it a range in the scenario, such as \"8 to 12 USD\"");
    refuse_field("input", "E0505", fmt::format("the scenario has no input '{}'", name),
                 did_you_mean(name, paths_of(inputs)));
}

/// The inputs that were asked for, else the strongest; of a group the member that goes most with the value.
std::vector<Moved> chosen_inputs(const ScenarioModel& model, const FlipRequest& asked, unsigned threads) {
    const auto& inputs = model.inputs();
    const auto ranked = ranked_drivers(model, n_ranking_samples, asked.seed, threads);
    std::vector<Moved> out;
    const auto add = [&](std::size_t stream, bool may_be_luck) {
        auto one = moved_stream(inputs, stream);
        if (one.rows.empty() || (!may_be_luck && is_luck(inputs.rows[one.rows.front()]))) return;
        for (const auto& driver : ranked)
            if (std::find(driver.streams.begin(), driver.streams.end(), stream) != driver.streams.end())
                one.about.share = driver.share;
        out.push_back(std::move(one));
    };
    for (const auto& name : asked.inputs)
        add(stream_of(inputs, name), true);
    if (!asked.inputs.empty()) return out;
    // What the ranking cannot tell from chance is no strong input: large groups gather much of it.
    for (const auto& driver : ranked)
        if (out.size() < asked.most && driver.share > 2.0 * driver.share_error)
            add(stream_of(inputs, driver.largest), false);
    return out;
}

FlipPoint point_of(const std::vector<double>& values) {
    std::vector<double> good, pays;
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) continue;
        numbers.push_back(i);
        good.push_back(values[i]);
        pays.push_back(values[i] > 0.0 ? 1.0 : 0.0);
    }
    FlipPoint out;
    out.p_make = out.mean_usd = std::nan("");
    out.futures = good.size();
    if (good.size() < 2) return out;
    const auto p = estimate_of(pays, numbers), mean = estimate_of(good, numbers);
    out.p_make = p.mean;
    out.p_error = std::max(p.error, 1.0 / static_cast<double>(good.size())); // all or nothing leaves one in n
    out.mean_usd = mean.mean;
    out.mean_error_usd = mean.error;
    return out;
}

/// Above the level at which the verdict turns: 1/2 of the futures, or a mean of zero.
double excess(const FlipPoint& point, bool of_mean) { return of_mean ? point.mean_usd : point.p_make - 0.5; }

/// Score at which the step between two points lies.
double edge(double low, double high, const std::function<double(double)>& value_at) {
    const double before = value_at(low);
    for (int i = 0; i < 60; ++i) {
        const double middle = 0.5 * (low + high);
        (value_at(middle) == before ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

struct Crossing {
    std::size_t cell = 0; ///< between this point and the next
    double score = 0.0;
};

std::vector<Crossing> crossings(const FlipInput& input, bool of_mean, const std::function<double(double)>& value_at) {
    std::vector<Crossing> out;
    for (std::size_t i = 0; i + 1 < input.points.size(); ++i) {
        const auto &a = input.points[i], &b = input.points[i + 1];
        const double from = excess(a, of_mean), to = excess(b, of_mean);
        if (!std::isfinite(from) || !std::isfinite(to) || (from < 0.0) == (to < 0.0)) continue;
        const double score =
            input.is_stepped ? edge(a.score, b.score, value_at) : a.score + (b.score - a.score) * from / (from - to);
        out.push_back({i, score});
    }
    return out;
}

const Crossing& nearest(const std::vector<Crossing>& all) {
    return *std::min_element(all.begin(), all.end(), [](const Crossing& a, const Crossing& b) {
        return std::fabs(a.score) < std::fabs(b.score);
    });
}

/// Standard error of a crossing in the score: that of the level over the slope, which is taken over three cells.
double score_error(const FlipInput& input, std::size_t cell, bool of_mean) {
    const auto& p = input.points;
    const auto &a = p[cell > 0 ? cell - 1 : cell], &b = p[std::min(cell + 2, p.size() - 1)];
    const double rise = std::fabs(excess(b, of_mean) - excess(a, of_mean));
    const double error = of_mean ? p[cell].mean_error_usd : p[cell].p_error;
    const double most = 2.0 * farthest_score;
    return rise * most > error * (b.score - a.score) ? error * (b.score - a.score) / rise : most;
}

/// Runs cases and counts the futures of each that were finished.
class Futures {
public:
    Futures(const ScenarioModel& model, const FlipRequest& asked, unsigned threads, const Stop& stop)
        : model_(model), asked_(asked), threads_(threads), stop_(stop) {}

    std::vector<std::vector<double>> values(const std::vector<ChangedCase>& cases) {
        const auto watched = [&](std::uint64_t done, std::uint64_t of) { // asked by one thread at a time
            if (stop_ && stop_(before_ + done, before_ + of)) is_stopped_ = true;
            return is_stopped_;
        };
        auto out = values_of_cases(model_, cases, asked_.samples, asked_.seed, threads_, watched);
        finished_ = out.front().size();
        before_ += finished_ * cases.size();
        return out;
    }
    [[nodiscard]] bool is_stopped() const { return is_stopped_; }
    [[nodiscard]] std::uint64_t finished() const { return finished_; }

private:
    const ScenarioModel& model_;
    const FlipRequest& asked_;
    unsigned threads_;
    const Stop& stop_;
    std::uint64_t before_ = 0, finished_ = 0;
    bool is_stopped_ = false;
};

/// Holds inputs at scores: [input][score], and adds the points.
void add_points(Futures& futures, const Inputs& inputs, std::vector<Moved>& moved,
                const std::vector<std::vector<double>>& scores, FlipPoint* as_drawn) {
    std::vector<ChangedCase> cases;
    if (as_drawn != nullptr) cases.emplace_back();
    for (std::size_t k = 0; k < moved.size(); ++k)
        for (const double score : scores[k])
            cases.push_back(moved[k].at(score));
    if (cases.empty()) return;
    const bool was_stopped = futures.is_stopped();
    const auto values = futures.values(cases);
    if (as_drawn == nullptr && (was_stopped || futures.is_stopped()))
        return; // fewer futures than the first points have
    std::size_t c = 0;
    if (as_drawn != nullptr) *as_drawn = point_of(values[c++]);
    for (std::size_t k = 0; k < moved.size(); ++k) {
        auto& points = moved[k].about.points;
        for (const double score : scores[k]) {
            auto point = point_of(values[c++]);
            point.score = score;
            point.percentile = engine::normal_probability(score);
            point.value = moved[k].value(score, inputs);
            points.push_back(point);
        }
        std::sort(points.begin(), points.end(),
                  [](const FlipPoint& a, const FlipPoint& b) { return a.score < b.score; });
    }
}

/// Scores within the cells that hold the nearest crossings of a smooth input.
std::vector<double> scores_inside(const FlipInput& input) {
    std::vector<double> out;
    if (input.is_stepped) return out;
    std::vector<std::size_t> cells;
    for (const bool of_mean : {false, true}) {
        const auto found = crossings(input, of_mean, {});
        if (found.empty()) continue;
        const auto cell = nearest(found).cell;
        if (std::find(cells.begin(), cells.end(), cell) != cells.end()) continue;
        cells.push_back(cell);
        const double from = input.points[cell].score, to = input.points[cell + 1].score;
        for (std::size_t i = 1; i <= n_inside; ++i)
            out.push_back(from + (to - from) * static_cast<double>(i) / (n_inside + 1.0));
    }
    return out;
}

std::optional<FlipSwing> swing_of(const FlipInput& input) {
    constexpr double low = 0.05, high = 0.95;
    constexpr double rounding = 1e-9; // of a percentile that came from a score
    std::optional<FlipSwing> out;
    for (const auto& point : input.points) {
        if (point.percentile < low - rounding || point.percentile > high + rounding || point.futures == 0) continue;
        if (!out) out = FlipSwing{point.mean_usd, point.mean_usd, point.p_make, point.p_make};
        out->least_usd = std::min(out->least_usd, point.mean_usd);
        out->most_usd = std::max(out->most_usd, point.mean_usd);
        out->least_p = std::min(out->least_p, point.p_make);
        out->most_p = std::max(out->most_p, point.p_make);
    }
    return out;
}

} // namespace

std::optional<Turn> turn_of(const FlipInput& input, bool of_mean, bool reference,
                            const std::function<double(double score)>& value_at) {
    const auto found = crossings(input, of_mean, value_at);
    if (found.empty()) return std::nullopt;
    const auto& at = nearest(found);
    Turn out;
    out.crossings = found.size();
    out.percentile = engine::normal_probability(at.score);
    const auto &before = input.points[at.cell], &after = input.points[at.cell + 1];
    const bool is_other_after = (excess(after, of_mean) >= 0.0) != reference;
    if (input.is_stepped) {
        out.value = out.low = out.high = is_other_after ? after.value : before.value;
    } else {
        const double error = score_error(input, at.cell, of_mean);
        out.value = value_at(at.score);
        out.low = value_at(std::max(at.score - error, -farthest_score));
        out.high = value_at(std::min(at.score + error, farthest_score));
    }
    double from = 0.0; // stretches between crossings, as shares of the distribution
    for (std::size_t k = 0; k <= found.size(); ++k) {
        const double to = k < found.size() ? engine::normal_probability(found[k].score) : 1.0;
        const auto& inside = input.points[k < found.size() ? found[k].cell : found.back().cell + 1];
        if ((excess(inside, of_mean) >= 0.0) != reference) out.beyond += to - from;
        from = to;
    }
    return out;
}

FlipAnswer flip(const ScenarioModel& model, const FlipRequest& asked, unsigned threads, const Stop& stop) {
    FlipAnswer out;
    out.scenario = model.loaded().name;
    out.variant = model.loaded().variant;
    out.wanted = asked.samples;
    out.seed = asked.seed;
    const auto& inputs = model.inputs();
    auto moved = chosen_inputs(model, asked, threads);
    Futures futures(model, asked, threads, stop);
    std::vector<std::vector<double>> scores;
    for (auto& one : moved) {
        auto steps = scores_of_steps(one.quantile.front());
        one.about.is_stepped = !steps.empty();
        if (steps.empty())
            for (const double p : percentiles)
                steps.push_back(engine::normal_score(p));
        scores.push_back(std::move(steps));
    }
    FlipPoint as_drawn;
    add_points(futures, inputs, moved, scores, &as_drawn);
    out.samples = futures.finished();
    out.failed = out.samples - std::min(as_drawn.futures, out.samples);
    out.p_make = as_drawn.p_make;
    out.p_error = as_drawn.p_error;
    out.mean_usd = as_drawn.mean_usd;
    out.mean_error_usd = as_drawn.mean_error_usd;
    scores.clear();
    for (const auto& one : moved)
        scores.push_back(scores_inside(one.about));
    if (!futures.is_stopped()) add_points(futures, inputs, moved, scores, nullptr);
    out.is_stopped = futures.is_stopped();
    for (auto& one : moved) {
        const auto value_at = [&](double score) { return one.value(score, inputs); };
        one.about.even = turn_of(one.about, false, out.p_make >= 0.5, value_at);
        one.about.of_mean = turn_of(one.about, true, out.mean_usd >= 0.0, value_at);
        one.about.swing = swing_of(one.about);
        out.inputs.push_back(std::move(one.about));
    }
    return out;
}

} // namespace autarky::analysis
