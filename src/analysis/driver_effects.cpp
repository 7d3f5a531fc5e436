// autarky: measures the effect of the strongest drivers.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/driver_effects.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/compare.hpp"
#include "analysis/samples.hpp"
#include "engine/quantile.hpp"
#include "engine/result.hpp"
#include "engine/run.hpp"

namespace autarky::analysis {
namespace {

std::vector<std::size_t> rows_of_stream(const Inputs& inputs, int stream) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < inputs.rows.size(); ++i)
        if (inputs.rows[i].stream == stream) out.push_back(i);
    return out;
}

int stream_of(const Inputs& inputs, const std::string& name) {
    const auto found = std::find(inputs.streams.begin(), inputs.streams.end(), name);
    return found == inputs.streams.end() ? -1 : static_cast<int>(found - inputs.streams.begin());
}

/// The driver half a rise higher (direction +1) or lower (-1).
ChangedCase moved(const Inputs& inputs, const FrameDriver& driver, double direction) {
    using Kind = InputChange::Kind;
    ChangedCase out;
    if (driver.unit == "standard deviation") {
        const auto group = std::find_if(inputs.groups.begin(), inputs.groups.end(),
                                        [&](const auto& g) { return g.name == driver.name; });
        if (group == inputs.groups.end()) return out;
        const std::size_t n = group->streams.size();
        for (std::size_t k = 0; k < n; ++k)
            for (const std::size_t row : rows_of_stream(inputs, group->streams[k]))
                out.changes.push_back(
                    {{row}, direction * 0.5 * group->factor[k * n] * deviation(inputs.rows[row]), Kind::add});
        return out;
    }
    const auto rows = rows_of_stream(inputs, stream_of(inputs, driver.name));
    if (driver.rise == "10 %") {
        out.changes.push_back({rows, 1.0 + direction * 0.05, Kind::multiply});
    } else {
        const double unit = driver.rise == "a quarter later"                ? 0.25
                            : driver.unit == "%" || driver.unit == "%/year" ? 0.01
                                                                            : inputs.rows[rows.front()].unit_factor;
        out.changes.push_back({rows, direction * 0.5 * unit, Kind::add});
    }
    return out;
}

/// Of a group, the member whose score goes most with the value. A score is a sum of independent ones, row of the factor by row;
/// the value's slopes on these follow from the pilot's bins.
std::string largest_member(const Inputs& inputs, const CorrelationGroup& group, const engine::DriverTally& tally) {
    const std::size_t n = group.streams.size();
    std::vector<double> slopes;
    for (const auto& bins : tally.by_stream) {
        double slope = 0.0; // up to one factor for all
        const double middle = 0.5 * static_cast<double>(engine::n_score_bins - 1);
        for (std::size_t at = 0; at < bins.size(); ++at) // of Sobol points all bins twice
            slope += static_cast<double>(bins[at].sum) * (static_cast<double>(at % engine::n_score_bins) - middle);
        slopes.push_back(slope);
    }
    std::size_t largest = 0;
    double most = -1.0;
    for (std::size_t member = 0; member < n; ++member) {
        double along = 0.0;
        for (std::size_t k = 0; k <= member; ++k)
            along += group.factor[member * n + k] * slopes[k];
        if (std::fabs(along) <= most) continue;
        most = std::fabs(along);
        largest = member;
    }
    return inputs.streams[static_cast<std::size_t>(group.streams[largest])];
}

/// Places of the strongest drivers of a pilot run, strongest first; names the largest member of each of their groups.
std::vector<std::size_t> strongest(const ScenarioModel& model, std::vector<FrameDriver>& drivers) {
    std::vector<std::size_t> out;
    for (const auto& one : ranked_drivers(model, n_pilot_samples, 1, 0, engine::Sampling::random)) {
        const auto found =
            std::find_if(drivers.begin(), drivers.end(), [&](const FrameDriver& d) { return d.name == one.name; });
        if (found == drivers.end()) continue;
        if (one.is_group) found->largest = one.largest;
        if (!found->rise.empty() && out.size() < n_measured_drivers)
            out.push_back(static_cast<std::size_t>(found - drivers.begin()));
    }
    return out;
}

} // namespace

/// Half the distance between the values at normal scores -1 and +1.
double deviation(const Input& row) {
    const engine::Quantile quantile(row.distribution);
    return 0.5 * (quantile(1.0) - quantile(-1.0));
}

std::vector<RankedDriver> ranked_drivers(const ScenarioModel& model, std::size_t samples, std::uint64_t seed,
                                         unsigned threads, engine::Sampling sampling) {
    const SelectedColumns value(model, {static_cast<std::size_t>(model.verdict_column())});
    engine::RunOptions options;
    options.samples = samples;
    options.seed = seed;
    options.sampling = sampling;
    options.threads = threads;
    options.driver_column = 0;
    const auto state = engine::run(value, options);
    const auto& inputs = model.inputs();
    std::vector<RankedDriver> out;
    for (const auto& share : engine::summarise(state).drivers) {
        RankedDriver one{share.name, share.name, {}, false, share.share, share.standard_error};
        for (const auto& tally : state.drivers.drivers)
            if (tally.name == share.name) one.streams = tally.streams;
        for (const auto& tally : state.drivers.drivers)
            for (const auto& group : inputs.groups)
                if (share.name == tally.name && group.name == tally.name) {
                    one.is_group = true;
                    one.largest = largest_member(inputs, group, tally);
                }
        out.push_back(std::move(one));
    }
    return out;
}

void measure_rises(const ScenarioModel& model, std::vector<FrameDriver>& drivers) {
    const auto chosen = strongest(model, drivers);
    std::vector<ChangedCase> cases;
    for (const std::size_t driver : chosen)
        for (const double direction : {1.0, -1.0})
            cases.push_back(moved(model.inputs(), drivers[driver], direction));
    if (cases.empty()) return;
    const auto values = values_of_cases(model, cases, n_effect_samples, 1, 0, {}, engine::Sampling::random);
    for (std::size_t k = 0; k < chosen.size(); ++k) {
        std::vector<double> differences;
        for (std::size_t i = 0; i < n_effect_samples; ++i)
            if (const double difference = values[2 * k][i] - values[2 * k + 1][i]; std::isfinite(difference))
                differences.push_back(difference);
        if (differences.size() < 2) continue;
        const auto rise = spread_of(std::move(differences), {}, engine::Sampling::random);
        drivers[chosen[k]].rise_usd = rise.mean;
        drivers[chosen[k]].rise_error_usd = rise.standard_error;
    }
}

} // namespace autarky::analysis
