// autarky: measures the effect of the strongest drivers.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/driver_effects.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/samples.hpp"
#include "engine/quantile.hpp"

namespace autarky::analysis {
namespace {

/// Half the distance between the values at normal scores -1 and +1.
double deviation(const Input& row) {
    const engine::Quantile quantile(row.distribution);
    return 0.5 * (quantile(1.0) - quantile(-1.0));
}

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
        const double unit = driver.rise == "a quarter later" ? 0.25
                            : driver.unit == "%" || driver.unit == "%/year"
                                ? 0.01
                                : inputs.rows[rows.front()].unit_factor;
        out.changes.push_back({rows, direction * 0.5 * unit, Kind::add});
    }
    return out;
}

} // namespace

void measure_rises(const ScenarioModel& model, Summary& summary, std::size_t most, unsigned threads) {
    const std::size_t n = std::min(most, summary.drivers.size());
    std::vector<ChangedCase> cases;
    for (std::size_t k = 0; k < n; ++k)
        for (const double direction : {1.0, -1.0})
            cases.push_back(moved(model.inputs(), *summary.drivers[k].what, direction));
    if (cases.empty()) return;
    const auto values = values_of_cases(model, cases, n_effect_samples, summary.result.seed, threads, {});
    for (std::size_t k = 0; k < n; ++k) {
        double sum = 0.0;
        double squares = 0.0;
        double count = 0.0;
        for (std::size_t i = 0; i < n_effect_samples; ++i) {
            const double difference = values[2 * k][i] - values[2 * k + 1][i];
            if (!std::isfinite(difference)) continue;
            sum += difference;
            squares += difference * difference;
            count += 1.0;
        }
        if (count < 2.0) continue;
        const double mean = sum / count;
        summary.drivers[k].effect_usd = mean;
        summary.drivers[k].effect_error_usd = std::sqrt(std::max(squares / count - mean * mean, 0.0) / (count - 1.0));
        summary.drivers[k].is_measured = true;
    }
}

} // namespace autarky::analysis
