// autarky: the adjoint gradient against central differences, over random scenarios.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analysis/result_places.hpp"
#include "analysis/traced_case.hpp"
#include "engine/sampler.hpp"
#include "model/simulate.hpp"
#include "scenarios.hpp"

namespace {

using namespace autarky;
using namespace autarky::analysis;

/// The plain simulation, kept between evaluations.
class Plain {
public:
    explicit Plain(const ScenarioModel& model) : bound_(model.loaded().scenario), simulation_(bound_.scenario()) {}

    std::vector<double> at(const std::vector<double>& inputs, const std::vector<std::size_t>& columns) {
        bound_.set([&](std::size_t row) { return inputs[row]; });
        const auto places = result_places(simulation_.run());
        std::vector<double> out;
        for (const auto column : columns)
            out.push_back(*places[column]);
        return out;
    }

private:
    model::BoundScenario<double> bound_;
    model::Simulation<double> simulation_;
};

struct Tally {
    std::size_t compared = 0, telling = 0, skipped = 0, wrong = 0; ///< telling: far above rounding
    std::string first_wrong;
};

/// Central differences at h and h/2 with their one-sided halves.
struct Differences {
    double whole = 0.0, half = 0.0;           ///< central
    double bend_whole = 0.0, bend_half = 0.0; ///< forward less backward

    /// Fourth order.
    [[nodiscard]] double extrapolated() const { return (4.0 * half - whole) / 3.0; }
};

/// Compares one derivative. A point on or near a tie or an integer step is skipped; that is told from the differences
/// alone: they do not settle as h shrinks, or the difference of the two sides does not shrink in proportion.
void compare(double adjoint, const Differences& d, double noise, const std::string& name, Tally& tally) {
    constexpr double relative = 1e-6;
    const double size = std::max(std::fabs(d.extrapolated()), std::fabs(adjoint));
    const double allowed = relative * size + noise;
    const bool is_settled = std::fabs(d.half - d.whole) <= 1e-3 * size + noise;
    const double kink = 2.0 * d.bend_half - d.bend_whole; // 0 but for terms of third order where all is smooth
    if (!is_settled || std::fabs(kink) > allowed || !std::isfinite(d.extrapolated())) {
        ++tally.skipped;
        return;
    }
    ++tally.compared;
    if (size > 1e6 * noise) ++tally.telling;
    if (std::fabs(adjoint - d.extrapolated()) <= allowed) return;
    if (tally.wrong++ == 0)
        tally.first_wrong = fmt::format("{}: adjoint {}, differences {} {} {}, noise {}", name, adjoint, d.whole,
                                        d.half, d.extrapolated(), noise);
}

/// How far an input is moved: a share of its spread, or of its size for a constant.
double step(const Input& input, double value) {
    constexpr double share = 2e-4;
    if (input.stream >= 0) {
        const engine::Quantile quantile(input.distribution);
        const double spread = quantile(1.0) - quantile(-1.0);
        if (spread > 0.0) return share * spread;
    }
    if (input.unit == "date") return share;
    return share * std::max(std::fabs(value), 1e-3 * input.unit_factor);
}

} // namespace

TEST_CASE("the adjoint gradient agrees with central differences to 1e-6, off ties and integer steps") {
    const auto on = test::main_scenario();
    const auto& model = on->model;
    const auto& rows = model.inputs().rows;
    std::vector<std::size_t> columns{static_cast<std::size_t>(model.verdict_column())};
    for (const char* id : {"chip.unit_cost", "merchant.price", "silicon.yield", "foundry.chips", "deploy.robots",
                           "grid.energy", "merchant.revenue_lost", "npv.make_vs_buy"}) {
        const auto* metric = model.find(id);
        REQUIRE(metric != nullptr);
        for (const std::size_t q : {std::size_t{9}, std::size_t{20}, std::size_t{36}})
            columns.push_back(metric->first + q);
    }
    const engine::Sampler sampler(model.inputs(), 11);
    Plain plain(model);
    Tally tally;
    for (std::uint64_t sample = 0; sample < 3; ++sample) {
        auto inputs = sampler.sample(sample);
        const TracedCase traced(model, inputs, Leaves::all);
        std::vector<std::vector<double>> gradients;
        for (const auto column : columns)
            gradients.push_back(traced.gradient(column));
        const auto middle = plain.at(inputs, columns);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const bool matters =
                std::any_of(gradients.begin(), gradients.end(), [&](const auto& g) { return g[row] != 0.0; });
            if (!matters && row % 8 != 0) continue; // of the inputs without effect, a part is enough
            const double value = inputs[row];
            const double h = step(rows[row], value);
            const auto at = [&](double offset) {
                inputs[row] = value + offset;
                auto out = plain.at(inputs, columns);
                inputs[row] = value;
                return out;
            };
            const auto far_up = at(h), far_down = at(-h), up = at(0.5 * h), down = at(-0.5 * h);
            for (std::size_t k = 0; k < columns.size(); ++k) {
                const double y = middle[k];
                const Differences d{(far_up[k] - far_down[k]) / (2.0 * h), (up[k] - down[k]) / h,
                                    (far_up[k] - 2.0 * y + far_down[k]) / h, (up[k] - 2.0 * y + down[k]) / (0.5 * h)};
                // Rounding of the results and of the sums of money behind them, some 1e10 USD, divided by the step.
                const bool is_money = model.columns()[columns[k]].name.starts_with("npv") ||
                                      model.columns()[columns[k]].name.starts_with("merchant.revenue");
                const double noise = 2e-14 * std::max(std::fabs(y), is_money ? 1e10 : 0.0) / h;
                compare(gradients[k][row], d, noise, model.columns()[columns[k]].name + " by " + rows[row].path, tally);
            }
        }
    }
    MESSAGE(fmt::format("{} derivatives compared, {} of them far above rounding, {} skipped", tally.compared,
                        tally.telling, tally.skipped));
    CHECK_MESSAGE(tally.wrong == 0, fmt::format("{} are wrong; {}", tally.wrong, tally.first_wrong));
    CHECK(tally.compared > 10'000);
    CHECK(tally.telling > 3'000);
    CHECK(static_cast<double>(tally.skipped) < 0.05 * static_cast<double>(tally.compared + tally.skipped));
}
