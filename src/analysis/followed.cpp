// autarky: tries the inputs behind a record.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/followed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>

#include "core/replay.hpp"
#include "input/central.hpp"
#include "scenario/before_sampling.hpp"

namespace autarky::analysis {
namespace {

/// Another value of an input: its 95th percentile, or its 5th where that is the value; of a constant a tenth less, of a date
/// half a year earlier. The value itself where its range allows no other.
double other_value(const Input& input, double here) {
    constexpr double tenth = 0.1, half_a_year = 0.5;
    const auto& d = input.distribution;
    const auto inside = [&](double value) { return std::clamp(value, d.low, d.high); };
    if (d.family == Family::constant) {
        if (input.unit == "date") return inside(here - half_a_year);
        return inside(here == 0.0 ? tenth * input.unit_factor : here - tenth * std::fabs(here));
    }
    const auto [low, high] = scenario::central_range(d);
    return inside(high) != here ? inside(high) : inside(low);
}

bool is_comparison(Operation operation) {
    return operation == Operation::less || operation == Operation::less_or_equal || operation == Operation::equal ||
           operation == Operation::whole;
}

class Trials {
public:
    Trials(const ScenarioModel& model, const WrittenCase& written, const Following& what)
        : model_(model),
          working_(written.working()),
          what_(what),
          result_(written.result(what.column)),
          replay_(working_, what.wanted),
          read_before_(read_before_sampling(model.loaded().scenario)) {
        for (const auto& call : working_.calls())
            call_at_.emplace(call.node, &call);
    }

    Followed run() {
        find_undecided();
        std::vector<Trial> trials;
        for (const auto row : inputs_behind()) {
            const double here = what_.values[row], value = other_value(model_.inputs().rows[row], here);
            if (value != here)
                trials.push_back({row, value});
            else
                fix(row, "no other value of it could be tried");
        }
        for (std::size_t first = 0; first < trials.size(); first += Replay::width)
            try_together(std::span(trials).subspan(first, std::min(Replay::width, trials.size() - first)));
        Followed out;
        std::sort(fixed_.begin(), fixed_.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
        out.fixed = std::move(fixed_);
        for (auto& [step, why] : undecided_)
            out.undecided.push_back({step, std::move(why)});
        out.n_tried = trials.size();
        return out;
    }

private:
    struct Trial {
        std::size_t row;
        double value;
    };

    [[nodiscard]] std::vector<std::size_t> inputs_behind() const {
        std::vector<std::size_t> out;
        for (const auto at : replay_.steps()) {
            const auto& step = working_.steps()[static_cast<std::size_t>(at)];
            if (step.operation == Operation::input) out.push_back(static_cast<std::size_t>(step.of[0].value));
        }
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    }

    void fix(std::size_t row, const std::string& why) { fixed_.push_back({row, "not live: " + why}); }

    void try_together(std::span<const Trial> trials) {
        std::vector<std::vector<double>> cases(trials.size(), what_.values);
        for (std::size_t i = 0; i < trials.size(); ++i)
            cases[i][trials[i].row] = trials[i].value;
        const auto by_model = of_model(cases);
        const auto& by_record = replay_.together(cases);
        for (std::size_t i = 0; i < trials.size(); ++i) {
            const auto& [row, value] = trials[i];
            const double record = result_.step < 0
                                      ? result_.value
                                      : by_record[static_cast<std::size_t>(result_.step) * Replay::width + i];
            const bool is_read_before = std::binary_search(read_before_.begin(), read_before_.end(), row);
            judge(row, value, record, is_read_before ? what_.anew(row, value) : by_model[i], is_read_before);
        }
    }
    void judge(std::size_t row, double value, double record, const std::optional<double>& program,
               bool is_read_before) {
        const auto& input = model_.inputs().rows[row];
        if (!program) return fix(row, "no other value of it could be tried");
        const bool says_so_itself = std::isnan(record) && !std::isnan(*program);
        if (says_so_itself || agree(record, *program)) return;
        if (is_read_before)
            fix(row, "the program works with it before sampling (the packing of dies, the layout of networks); ask the "
                     "program");
        else
            fix(row,
                fmt::format("at {:.6g} {} the program gives another number than these formulas would; ask the program",
                            value / input.unit_factor, input.unit));
    }

    /// The model's result of each case; nothing where it fails. An evaluator takes constants once, so each group has its own.
    [[nodiscard]] std::vector<std::optional<double>> of_model(const std::vector<std::vector<double>>& cases) const {
        static_assert(Replay::width == Lanes::width);
        std::vector<Lanes> in, out(model_.columns().size());
        for (std::size_t row = 0; row < what_.values.size(); ++row) {
            std::array<double, Lanes::width> lanes{};
            for (std::size_t i = 0; i < lanes.size(); ++i)
                lanes[i] = cases[std::min(i, cases.size() - 1)][row];
            in.push_back(Lanes::load(lanes.data()));
        }
        unsigned failed = 0;
        model_.evaluator()->evaluate(in.data(), out.data(), failed);
        const auto found = out[what_.column].array();
        std::vector<std::optional<double>> results;
        for (std::size_t i = 0; i < cases.size(); ++i)
            results.push_back((failed >> i & 1U) != 0 ? std::nullopt : std::optional(found[i]));
        return results;
    }

    /// Looks which wanted steps rounding decides.
    void find_undecided() {
        constexpr std::size_t most_named = 40; // each name is a search through the record
        const auto as_it_is = replay_.values(what_.values);
        const auto& disturbed = replay_.disturbed_together(what_.values);
        for (const auto step : what_.wanted) {
            if (step < 0 || undecided_.count(step) > 0) continue;
            for (std::size_t i = 0; i < Replay::width; ++i) {
                if (agree(as_it_is[static_cast<std::size_t>(step)],
                          disturbed[static_cast<std::size_t>(step) * Replay::width + i]))
                    continue;
                undecided_.emplace(step, undecided_.size() < most_named ? choice_behind(step, as_it_is, disturbed, i)
                                                                        : "a choice or a difference of equal numbers");
                break;
            }
        }
    }
    /// The first comparison behind a step that the noise turned.
    [[nodiscard]] std::string choice_behind(std::int32_t step, const std::vector<double>& as_it_is,
                                            const std::vector<double>& disturbed, std::size_t noise) const {
        for (const auto at : working_.behind(std::array{step})) {
            const auto& s = working_.steps()[static_cast<std::size_t>(at)];
            const auto i = static_cast<std::size_t>(at);
            if (is_comparison(s.operation) && as_it_is[i] != disturbed[i * Replay::width + noise]) return compared(s);
        }
        return "a difference of equal numbers";
    }
    [[nodiscard]] std::string compared(const Working::Step& step) const {
        const auto a = name_of(step.of[0].step), b = name_of(step.of[1].step);
        if (step.operation == Operation::whole) return "a choice by whole steps of " + (a.empty() ? "a number" : a);
        if (a.empty() && b.empty()) return "a choice between equal numbers";
        if (a == b || b.empty()) return "a choice by " + a;
        return "a choice by " + (a.empty() ? b : a + " and " + b);
    }
    /// The named formula that a step comes from, along its first operands.
    [[nodiscard]] std::string name_of(std::int32_t step) const {
        constexpr int farthest = 12;
        for (int i = 0; i < farthest && step >= 0; ++i) {
            const auto found = call_at_.find(step);
            if (found != call_at_.end()) return found->second->formula->label;
            const auto& s = working_.steps()[static_cast<std::size_t>(step)];
            if (s.operation == Operation::input)
                return model_.inputs().rows[static_cast<std::size_t>(s.of[0].value)].path;
            step = s.operation == Operation::choose ? s.of[1].step : s.of[0].step >= 0 ? s.of[0].step : s.of[1].step;
        }
        return {};
    }

    const ScenarioModel& model_;
    const Working& working_;
    const Following& what_;
    const Written& result_;
    Replay replay_;
    std::vector<std::size_t> read_before_;
    std::unordered_map<std::int32_t, const TapeCall*> call_at_;
    std::map<std::int32_t, std::string> undecided_;
    std::vector<FixedInput> fixed_;
};

} // namespace

bool agree(double a, double b) {
    constexpr double rounding = 1e-9;
    return a == b || (std::isnan(a) && std::isnan(b)) ||
           std::fabs(a - b) <= rounding * std::max(std::fabs(a), std::fabs(b));
}

Followed followed(const ScenarioModel& model, const WrittenCase& written, const Following& what) {
    return Trials(model, written, what).run();
}

} // namespace autarky::analysis
