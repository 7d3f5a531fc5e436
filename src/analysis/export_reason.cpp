// autarky: puts export rules behind refusals into words.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/export_reason.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "market/export_control.hpp"
#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

constexpr std::string_view rules = "rule.";

/// A rule of the scenario at given values of its inputs.
class RuleInWords {
public:
    RuleInWords(const ScenarioModel& model, std::size_t row, const std::vector<double>& values)
        : rule_(model.loaded().scenario.rule.rows[row]),
          name_(model.loaded().scenario.rule.names[row]),
          inputs_(model.inputs()),
          values_(values) {}

    /// "rule us_2026 (fr-2026: 91 FR 1684 ...), in force from 2026-01-15".
    [[nodiscard]] std::string head() const {
        const auto& limit = input(rule_.tpp_limit.raw());
        std::string cited;
        if (limit.source >= 0) {
            const auto& source = inputs_.sources[static_cast<std::size_t>(limit.source)];
            cited = fmt::format(" ({}: {})", source.id, source.title);
        }
        return fmt::format("rule {}{}, in force from {}", name_, cited, input(rule_.effective.year).written);
    }
    /// The quarterly rules have the limits of one paragraph: of October 2022 with its condition on the interconnect, else 3A090.a.
    [[nodiscard]] const char* paragraph() const {
        return value(rule_.io_limit.raw()) > 0.0 ? "3A090 (2022)" : "3A090.a";
    }
    [[nodiscard]] std::string test(double tpp, double density, bool is_controlled) const {
        const double limit = value(rule_.tpp_limit.raw()), dense = value(rule_.density_limit.raw());
        const double exempt = value(rule_.exempt_below.raw()), floor = value(rule_.density_floor.raw());
        const double io = value(rule_.io_limit.raw());
        const auto with_io = io > 0.0 ? fmt::format(", interconnect limit {}", amount(io, "GB/s"_u)) : std::string();
        if (tpp >= limit) return fmt::format("TPP {} >= {}{}", amount(tpp, "TPP"_u), amount(limit, "TPP"_u), with_io);
        const bool by_density = dense > 0.0 && tpp >= floor && density >= dense;
        if (by_density && is_controlled)
            return fmt::format("TPP {} >= {} and density {} >= {}", amount(tpp, "TPP"_u), amount(floor, "TPP"_u),
                               amount(density, "TPP/mm^2"_u), amount(dense, "TPP/mm^2"_u));
        if (by_density)
            return fmt::format("not for data centres and TPP {} < {} (note 2)", amount(tpp, "TPP"_u),
                               amount(exempt, "TPP"_u));
        auto out = fmt::format("TPP {} < {}", amount(tpp, "TPP"_u), amount(limit, "TPP"_u));
        if (dense > 0.0)
            out += tpp < floor
                       ? fmt::format(" and below {}, from where density counts", amount(floor, "TPP"_u))
                       : fmt::format(", density {} < {}", amount(density, "TPP/mm^2"_u), amount(dense, "TPP/mm^2"_u));
        return out;
    }
    /// The window in which applications are judged case by case; empty: the rule has none.
    [[nodiscard]] std::string window() const {
        const double below = value(rule_.licence_below.raw());
        if (!(below > 0.0)) return {};
        return fmt::format("the window below {} TPP and {} GB/s", amount(below, "TPP"_u),
                           amount(value(rule_.licence_bandwidth.raw()), "GB/s"_u));
    }

private:
    [[nodiscard]] const Input& input(const Uncertain& of) const {
        return inputs_.rows[static_cast<std::size_t>(of.input)];
    }
    [[nodiscard]] double value(const Uncertain& of) const { return values_[static_cast<std::size_t>(of.input)]; }
    template <class Unit> static std::string amount(double value, Unit /*unit*/) {
        constexpr int digits = 5;
        return show::figure(value / Unit::factor, digits);
    }

    const market::ExportRule<Uncertain>& rule_;
    const std::string& name_;
    const Inputs& inputs_;
    const std::vector<double>& values_;
};

const TapeArgument* argument(const TapeCall& call, std::string_view name) {
    const auto found =
        std::find_if(call.arguments.begin(), call.arguments.end(), [&](const auto& one) { return one.name == name; });
    return found == call.arguments.end() ? nullptr : &*found;
}

/// Row of the rule that an argument's input belongs to.
std::optional<std::size_t> rule_of(const TapeArgument& of, const Tape& tape, const ScenarioModel& model) {
    const auto row = of.node < 0 ? -1 : tape.input_at(of.node);
    if (row < 0) return std::nullopt;
    std::string_view path = model.inputs().rows[static_cast<std::size_t>(row)].path;
    if (!path.starts_with(rules)) return std::nullopt;
    path.remove_prefix(rules.size());
    const auto& names = model.loaded().scenario.rule.names;
    const auto found = std::find(names.begin(), names.end(), path.substr(0, path.find('.')));
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

std::string remark_of(const TapeCall& call, double refusal, const Tape& tape, const ScenarioModel& model,
                      const std::vector<double>& values) {
    const auto* tpp = argument(call, "TPP");
    const auto* density = argument(call, "performance density");
    const auto* controlled = argument(call, "refused if controlled");
    const auto* licensable = argument(call, "refused if licensable");
    if (!tpp || !density || !controlled || !licensable) return {};
    const auto row = rule_of(*controlled, tape, model);
    if (!row) return {};
    const RuleInWords rule(model, *row, values);
    const bool is_controlled = refusal > 0.0;
    auto out = fmt::format("{}; {}: {}; {}", rule.head(), rule.paragraph(),
                           rule.test(tpp->value, density->value, is_controlled),
                           is_controlled ? "controlled" : "not controlled");
    if (const auto window = rule.window(); is_controlled && !window.empty()) {
        const bool inside = refusal == licensable->value && refusal != controlled->value;
        out += fmt::format(", {} {}", inside ? "inside" : "outside", window);
    }
    return out;
}

} // namespace

void add_export_remarks(Reason& root, const Tape& tape, const ScenarioModel& model, const std::vector<double>& values) {
    if (root.formula == &market::refusal_formula)
        if (const auto* call = tape.call_at(root.node)) root.remark = remark_of(*call, root.value, tape, model, values);
    for (auto& part : root.parts)
        add_export_remarks(part, tape, model, values);
}

} // namespace autarky::analysis
