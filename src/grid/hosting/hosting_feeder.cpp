// autarky: how many cars a three-phase feeder carries before a voltage, a line or its transformer breaks a limit.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "grid/feeder/flow_summary.hpp"
#include "grid/hosting/hosting.hpp"
#include "grid/hosting/hosting_placement.hpp"

namespace autarky::grid {
namespace {

enum Criterion : std::size_t { rating, voltage, line, any };

/// Which limits a number of cars breaks; without a solution the grid is beyond all of them.
struct Broken {
    std::array<bool, 3> over{};
    bool unsolved = false;
    std::string message;
};

class Hosting {
public:
    Hosting(const HostedFeeder& feeder, const PowerFlow& flow, const Street& habits, const HostingLimits& limits,
            const FeederHosting& how)
        : feeder_(feeder), flow_(flow), habits_(habits), limits_(limits), how_(how) {
        out_.most = static_cast<int>(feeder.n_homes()) * how.a_load;
        out_.criteria = {{"rating", {}}, {"voltage", {}}, {"line", {}}, {"any", {}}};
        const FeederFacts& facts = feeder.facts;
        if (facts.rated_a.empty()) out_.criteria[rating].not_judged = "the feeder has no transformer";
        if (facts.n_lines == 0)
            out_.criteria[line].not_judged = "the feeder has no lines";
        else if (facts.n_unrated_lines == facts.n_lines)
            out_.criteria[line].not_judged = fmt::format("{} {} no rating i_n", lines(facts.n_unrated_lines),
                                                         facts.n_unrated_lines == 1 ? "has" : "have");
        else if (facts.n_unrated_lines > 0)
            out_.notes.push_back(fmt::format("{} of {} have no rating i_n and are not judged", facts.n_unrated_lines,
                                             lines(facts.n_lines)));
        out_.notes.insert(out_.notes.begin(), feeder.notes.begin(), feeder.notes.end());
    }

    HostingResult run(const std::string& file, Diagnostics& findings, const Watched& watched) {
        for (int number = 0; number < how_.placements; ++number) {
            if (!place(number, file, findings)) return {};
            out_.placements = number + 1;
            const auto done = static_cast<std::uint64_t>(number) + 1;
            if (watched && watched(done, static_cast<std::uint64_t>(how_.placements))) break;
        }
        for (CriterionResult& criterion : out_.criteria)
            std::ranges::sort(criterion.carried);
        if (n_collapsed_ > 0)
            out_.notes.push_back(fmt::format("in {} of {} placements more cars have no power flow: that is a limit",
                                             n_collapsed_, out_.placements));
        return std::move(out_);
    }

private:
    static std::string lines(std::size_t n) { return fmt::format("{} line{}", n, n == 1 ? "" : "s"); }

    bool place(int number, const std::string& file, Diagnostics& findings) {
        const Placement placement(feeder_, habits_, static_cast<std::uint64_t>(number), how_);
        std::vector<std::pair<int, Broken>> seen;
        const auto at = [&](int cars) {
            for (const auto& [n, broken] : seen)
                if (n == cars) return broken;
            seen.emplace_back(cars, broken_by(placement, cars));
            return seen.back().second;
        };
        const Broken alone = at(0);
        if (alone.unsolved) {
            findings.error(
                {file, 0, 0, 0}, "E0412",
                fmt::format("the feeder has no power flow on a heavy evening without a car: {}", alone.message),
                "without one nothing can be said of cars");
            return false;
        }
        std::array<int, 3> each{};
        for (std::size_t i = 0; i < 3; ++i) {
            if (!out_.criteria[i].not_judged.empty()) {
                each[i] = out_.most;
                continue;
            }
            int good = alone.over[i] ? -1 : 0, bad = alone.over[i] ? 0 : out_.most + 1;
            while (bad - good > 1) {
                const int middle = (good + bad) / 2;
                (at(middle).over[i] ? bad : good) = middle;
            }
            each[i] = good;
        }
        n_collapsed_ += std::ranges::any_of(seen, [](const auto& one) { return one.second.unsolved; }) ? 1 : 0;
        record(each);
        return true;
    }
    void record(const std::array<int, 3>& each) {
        const int least = std::ranges::min(each);
        for (std::size_t i = 0; i < 4; ++i) {
            CriterionResult& criterion = out_.criteria[i];
            if (!criterion.not_judged.empty()) continue;
            const int carried = i < 3 ? each[i] : least;
            criterion.at_once += carried < 0 ? 1 : 0;
            criterion.never += carried >= out_.most ? 1 : 0;
            criterion.carried.push_back(std::max(carried, 0));
        }
        const auto which = static_cast<std::size_t>(std::ranges::min_element(each) - each.begin());
        out_.binding.push_back(least >= out_.most ? "none" : out_.criteria[which].criterion);
    }

    Broken broken_by(const Placement& placement, int cars) {
        placement.fill(cars, values_);
        std::vector<LoadValues> loads;
        for (std::size_t k = 0; k < values_.size(); ++k)
            loads.push_back({feeder_.loads[k].component, values_[k].p_w, values_[k].q_var});
        FlowOptions options;
        options.symmetric = !feeder_.by_phase;
        options.method = feeder_.method;
        options.wanted = {{"node", "u_pu"},
                          {"line", "loading"},
                          {"asym_line", "loading"},
                          {"transformer", "i_from"},
                          {"transformer", "i_to"},
                          {"three_winding_transformer", "i_1"},
                          {"three_winding_transformer", "i_2"},
                          {"three_winding_transformer", "i_3"}};
        FlowResult result = flow_.solve_loads(loads, placement.moments(), options);
        if (!result.failed.empty() && options.method == FlowMethod::iterative_current) {
            options.method = FlowMethod::newton_raphson;
            result = flow_.solve_loads(loads, placement.moments(), options);
        }
        return result.failed.empty() ? judged(result) : Broken{{true, true, true}, true, result.failed.front().message};
    }
    [[nodiscard]] Broken judged(const FlowResult& result) const {
        Broken out;
        for (const FlowComponent& component : result.components) {
            if (component.name == "node") {
                for (const double u : component.find("u_pu")->values)
                    out.over[voltage] |= u != 0.0 && (u < limits_.voltage_low_pu || u > limits_.voltage_high_pu);
                continue;
            }
            const bool is_line = component.name.ends_with("line");
            for (std::size_t s = 0; s < result.n_scenarios; ++s)
                for (std::size_t e = 0; e < component.id.size(); ++e) {
                    const double loading = loading_by_current(component, s, e, feeder_.facts);
                    out.over[is_line ? line : rating] |= loading > (is_line ? limits_.line_pu : limits_.rating_pu);
                }
        }
        return out;
    }

    const HostedFeeder& feeder_;
    const PowerFlow& flow_;
    const Street& habits_;
    HostingLimits limits_;
    FeederHosting how_;
    HostingResult out_;
    std::vector<Placement::Values> values_;
    int n_collapsed_ = 0;
};

} // namespace

HostingResult host_feeder(const HostedFeeder& feeder, const Street& habits, const HostingLimits& limits,
                          const FeederHosting& how, const std::string& file, Diagnostics& findings,
                          const Watched& watched) {
    const auto flow = PowerFlow::make(feeder.text, file, feeder.frequency_hz, findings);
    return flow ? Hosting(feeder, *flow, habits, limits, how).run(file, findings, watched) : HostingResult{};
}

} // namespace autarky::grid
