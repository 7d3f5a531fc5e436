// autarky: the transformer that a load series is run through, from its data sheet, its street or an assumption.
// SPDX-License-Identifier: Apache-2.0
#include "grid/heat/heat_unit.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "input/toml.hpp"

namespace autarky::grid {
namespace {

using scenario::NodeKind;

/// Number with its unit, or word, of a value of the sheet; a list or a date is neither.
SheetValue sheet_value(const scenario::Node& node) {
    switch (node.kind) {
    case NodeKind::integer: return {static_cast<double>(node.integer), ""};
    case NodeKind::real: return {node.real, ""};
    case NodeKind::boolean: return {std::nullopt, node.boolean ? "true" : "false"};
    case NodeKind::text: {
        std::string text = node.text;
        std::erase(text, '_');
        double number = 0.0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (fault != std::errc()) return {std::nullopt, node.text};
        std::string unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
        unit.erase(0, unit.find_first_not_of(' '));
        return {number, unit};
    }
    default: return {std::nullopt, ""};
    }
}

/// Hands every value of the sheet to the reader; tables inside it are only headings.
void read_table(const scenario::Node& table, const scenario::Texts& texts, SheetReader& sheet, HeatModel model,
                Diagnostics& findings) {
    for (const scenario::Member& member : table.members) {
        if (member.value.is_table()) {
            read_table(member.value, texts, sheet, model, findings);
            continue;
        }
        const std::string fault = sheet.set(member.key, sheet_value(member.value));
        if (fault.empty()) continue;
        const bool unknown = fault == "unknown key";
        findings.error(texts.origin(unknown ? member.place : member.value.place), unknown ? "E0301" : "E0205",
                       unknown ? fmt::format("unknown key '{}'", member.key) : fmt::format("{} {}", member.key, fault),
                       unknown ? did_you_mean(member.key, SheetReader::keys(model)) : "");
    }
}

/// What one of the column's unit is in the unit of the series; nothing, with a finding, when the sheet does not tell.
std::optional<double> factor_of(const SeriesColumns& rows, const HeatSpec& spec, std::optional<double> power_factor,
                                const std::string& file, Diagnostics& findings) {
    const auto refuse = [&](const std::string& message, const char* hint) {
        findings.error({file, 0, 0, 0}, "E0302", message, hint);
        return std::nullopt;
    };
    const double rated = spec.rated_current_a > 0.0 ? spec.rated_current_a : 1.0;
    switch (rows.unit) {
    case LoadUnit::per_unit: return rated;
    case LoadUnit::unstated:
    case LoadUnit::ampere:
        if (spec.rated_current_a > 0.0) return 1.0;
        return refuse("the load is in ampere, and the unit has no rated current I_r",
                      "give I_r, or rated_kva and rated_voltage, or name the column load_pu");
    case LoadUnit::kw:
        if (!power_factor)
            return refuse(fmt::format("{} is in kW: the transformer carries kVA", rows.load_name),
                          "say the power factor, such as --power-factor 0.95");
        [[fallthrough]];
    case LoadUnit::kva:
        if (spec.rated_kva <= 0.0)
            return refuse(fmt::format("{} is in {}, and the unit has no rated_kva", rows.load_name, name_of(rows.unit)),
                          "give rated_kva in the sheet");
        return rated / (spec.rated_kva * (rows.unit == LoadUnit::kw ? *power_factor : 1.0));
    }
    return std::nullopt;
}

} // namespace

HeatSpec assumed_unit(HeatModel model) {
    HeatSpec spec = default_heat_spec(model);
    spec.rated_kva = 400.0;
    spec.rated_current_a = 577.3502691896258; // 400 kVA over sqrt(3) 400 V
    spec.iec.surcharge_k = 10.0;
    spec.c5791.loss_ratio = spec.iec.loss_ratio;
    spec.assumed = "nothing is said of the unit";
    return spec;
}

HeatSpec street_unit(const UnitType& type) {
    HeatSpec spec = default_heat_spec(HeatModel::iec60076_7);
    spec.iec = type.heat;
    spec.paper = type.paper;
    spec.rated_kva = type.rating_kva;
    return spec;
}

std::optional<HeatSpec> read_heat_sheet(const std::string& text, const std::string& file, HeatModel model,
                                        Diagnostics& findings) {
    HeatSpec spec = default_heat_spec(model);
    scenario::Texts texts;
    const int number = texts.add({file, text, ""});
    findings.remember_source(file, text);
    SheetReader sheet(spec);
    const auto root = scenario::read_toml(texts, number, findings);
    if (root) read_table(*root, texts, sheet, model, findings);
    if (!root || findings.has_errors()) return std::nullopt;
    const Origin where{file, 0, 0, 0};
    for (const std::string& fault : sheet.finish())
        findings.error(where, "E0302", fault);
    if (!sheet.unused().empty())
        findings.warning(where, "W0807",
                         fmt::format("{} has no use for: {}", name_of(model), fmt::join(sheet.unused(), ", ")),
                         "these keys are the other standard's");
    if (!sheet.no_part().empty())
        findings.warning(where, "W0807",
                         fmt::format("no heat model has a use for: {}", fmt::join(sheet.no_part(), ", ")),
                         "no-load current and short-circuit impedance do not decide temperatures");
    for (const std::string& odd : sheet.odd())
        findings.warning(where, "W0808", odd);
    if (findings.has_errors()) return std::nullopt;
    return spec;
}

std::string unit_text(const HeatSpec& spec) {
    std::string out;
    if (spec.rated_kva > 0.0) out += fmt::format("{:g} kVA", spec.rated_kva);
    if (spec.rated_current_a > 0.0) out += fmt::format("{}{:.1f} A", out.empty() ? "" : ", ", spec.rated_current_a);
    if (out.empty()) out = "of unstated size";
    if (!spec.assumed.empty()) out += fmt::format(" (assumed: {})", spec.assumed);
    return out;
}

std::optional<LoadSeries<double>> rated_series(const SeriesColumns& rows, const HeatSpec& spec,
                                               std::optional<double> power_factor, const std::string& file,
                                               Diagnostics& findings) {
    const auto factor = factor_of(rows, spec, power_factor, file, findings);
    if (!factor) return std::nullopt;
    LoadSeries<double> out{rows.minute, rows.load, rows.ambient_c};
    for (double& load : out.load_pu)
        load *= *factor;
    const double rated = spec.rated_current_a > 0.0 ? spec.rated_current_a : 1.0;
    const auto largest = std::ranges::max_element(out.load_pu, {}, [](double x) { return std::fabs(x); });
    if (largest == out.load_pu.end()) return out;
    const auto row = static_cast<std::size_t>(largest - out.load_pu.begin());
    const double peak = std::fabs(*largest) / rated;
    // The heat models hold for load, not for short circuits; a load that far over or under the rating is in another unit.
    constexpr double highest_pu = 10.0, lowest_pu = 0.01, per_unit_like = 3.0, ampere_like = 10.0;
    if (peak > highest_pu)
        findings.error(
            {file, 0, 0, 0}, "E0205",
            fmt::format("{} {:g} at minute {:g} is {:.4g} times the rated {}", rows.load_name, rows.load[row],
                        rows.minute[row], peak,
                        spec.rated_current_a > 0.0 ? fmt::format("current of {:g} A", rated) : "current"),
            "load alone is in A; load_pu, load_pct, load_kva and load_kw are columns of other units. Is the rating "
            "right?");
    else if (rows.unit == LoadUnit::unstated && *largest != 0.0 && std::fabs(rows.load[row]) <= per_unit_like &&
             rated >= ampere_like)
        findings.error({file, 0, 0, 0}, "E0205",
                       fmt::format("{} never passes {:g}: is that ampere, or of the rated {:g} A?", rows.load_name,
                                   rows.load[row], rated),
                       "name the column load_a or load_pu");
    else if (peak > 0.0 && peak < lowest_pu)
        findings.error({file, 0, 0, 0}, "E0205",
                       fmt::format("{} never passes {:g}, {:.2g} % of the rating ({})", rows.load_name, rows.load[row],
                                   100.0 * peak, unit_text(spec)),
                       "a unit is off by a thousand: A for kA, V for kV, kVA for MVA?");
    if (findings.has_errors()) return std::nullopt;
    return out;
}

std::span<const LoadingLimit> limits_of(const HeatSpec& spec) {
    if (spec.model != HeatModel::iec60076_7) return c5791_limits;
    switch (spec.unit_class) {
    case UnitClass::distribution: return iec_distribution_limits;
    case UnitClass::medium: return iec_medium_limits;
    case UnitClass::large: return iec_large_limits;
    }
    return {};
}

double peak_pu(const HeatSpec& spec, const LoadSeries<double>& series) {
    double peak = 0.0;
    for (const double load : series.load_pu)
        peak = std::max(peak, std::fabs(load));
    return spec.rated_current_a > 0.0 ? peak / spec.rated_current_a : peak;
}

bool keeps(const LoadingLimit& limit, double peak, const HeatSeries<double>& heat) {
    return peak <= limit.current_pu && heat.highest_hot_spot_c <= limit.hot_spot_c &&
           heat.highest_top_oil_c <= limit.top_oil_c;
}

} // namespace autarky::grid
