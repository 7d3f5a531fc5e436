// autarky: which fields every element of a feeder must have, and in which range they make sense.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/feeder_fields.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <vector>

namespace autarky::grid {
namespace {

using nlohmann::json;

enum class Need { always, by_phase, set_point, fault, never };

/// What the values of some fields of some components must be. Source: power-grid-model's documentation of components.
struct Rule {
    std::string_view components, fields; ///< both separated by blanks
    Need need = Need::always;
    double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
    bool low_excluded = false, high_excluded = false;
    std::string_view expected; ///< what a good value is
};

constexpr double endless = std::numeric_limits<double>::infinity();
constexpr std::string_view two_ended = "line link transformer asym_line generic_branch";
constexpr std::string_view loads = "sym_load asym_load sym_gen asym_gen";
constexpr std::string_view winding = "0 wye, 1 wye_n, 2 delta, 3 zigzag, 4 zigzag_n";
constexpr std::string_view regulators = "transformer_tap_regulator voltage_regulator";
constexpr std::string_view units = "transformer three_winding_transformer";

constexpr std::array rules{
    Rule{"node", "u_rated", Need::always, 0, endless, true, false, "the rated voltage between phases in V"},
    Rule{two_ended, "from_node to_node", Need::always, -endless, endless, false, false, "the id of a node"},
    Rule{two_ended, "from_status to_status", Need::always, 0, 1, false, false, "0 open, 1 closed"},
    Rule{"transformer", "sn", Need::always, 0, endless, true, false, "the rating in VA; 0 carries nothing"},
    Rule{"transformer", "uk", Need::always, 0, 1, true, true,
         "the short-circuit voltage per unit, such as 0.04; without impedance there is no answer"},
    Rule{"transformer", "u1 u2", Need::always, 0, endless, true, false, "the rated voltage of a winding in V"},
    Rule{"transformer", "pk p0", Need::always, 0, endless, false, false, "a loss in W"},
    Rule{"transformer", "i0", Need::always, 0, 1, false, true, "the no-load current per unit"},
    Rule{"transformer", "winding_from winding_to", Need::always, 0, 4, false, false, winding},
    Rule{"transformer", "clock", Need::always, -12, 12, false, false, "the clock number, -12 to 12"},
    Rule{"transformer", "tap_side", Need::always, 0, 1, false, false, "0 from side, 1 to side"},
    Rule{"three_winding_transformer", "node_1 node_2 node_3", Need::always, -endless, endless, false, false,
         "the id of a node"},
    Rule{"three_winding_transformer", "status_1 status_2 status_3", Need::always, 0, 1, false, false,
         "0 open, 1 closed"},
    Rule{"three_winding_transformer", "u1 u2 u3", Need::always, 0, endless, true, false,
         "the rated voltage of a winding in V"},
    Rule{"three_winding_transformer", "sn_1 sn_2 sn_3", Need::always, 0, endless, true, false,
         "the rating of a winding in VA"},
    Rule{"three_winding_transformer", "uk_12 uk_13 uk_23", Need::always, 0, 1, true, true,
         "the short-circuit voltage per unit, such as 0.1; without impedance there is no answer"},
    Rule{"three_winding_transformer", "pk_12 pk_13 pk_23 p0", Need::always, 0, endless, false, false, "a loss in W"},
    Rule{"three_winding_transformer", "i0", Need::always, 0, 1, false, true, "the no-load current per unit"},
    Rule{"three_winding_transformer", "winding_1 winding_2 winding_3", Need::always, 0, 4, false, false, winding},
    Rule{"three_winding_transformer", "clock_12 clock_13", Need::always, -12, 12, false, false,
         "the clock number, -12 to 12"},
    Rule{"three_winding_transformer", "tap_side", Need::always, 0, 2, false, false, "0, 1 or 2: the side"},
    Rule{units, "tap_min tap_max", Need::always, -128, 127, false, false, "a position of the tap changer"},
    Rule{units, "tap_size", Need::always, 0, endless, false, false, "the size of a step in V"},
    Rule{"line", "r1 x1 c1 tan1", Need::always, -endless, endless, false, false, "ohm, ohm, F, and no unit"},
    Rule{"line", "r0 x0 c0 tan0", Need::by_phase, -endless, endless, false, false,
         "zero-sequence values are needed by phase; a symmetric calculation does without"},
    Rule{"line asym_line", "i_n", Need::never, 0, endless, true, false,
         "the rated current in A; a rating of 0 carries nothing, leave i_n out when it is unknown"},
    Rule{"asym_line", "r_aa r_ba r_bb r_ca r_cb r_cc x_aa x_ba x_bb x_ca x_cb x_cc", Need::always, -endless, endless,
         false, false, "the impedance matrix in ohm"},
    Rule{"generic_branch", "r1 x1 g1 b1", Need::always, -endless, endless, false, false, "ohm and siemens"},
    Rule{"generic_branch", "k", Need::never, 0, endless, true, false, "the ratio off the nominal one, such as 1"},
    Rule{"source", "node", Need::always, -endless, endless, false, false, "the id of a node"},
    Rule{"source", "status", Need::always, 0, 1, false, false, "0 off, 1 on"},
    Rule{"source", "u_ref", Need::set_point, 0, 2, true, false,
         "the voltage per unit of the node's u_rated, such as 1.0"},
    Rule{"source", "sk z01_ratio", Need::never, 0, endless, true, false, "more than 0"},
    Rule{"source", "rx_ratio", Need::never, 0, endless, false, false, "zero or more"},
    Rule{loads, "node", Need::always, -endless, endless, false, false, "the id of a node"},
    Rule{loads, "status", Need::always, 0, 1, false, false, "0 off, 1 on"},
    Rule{loads, "type", Need::always, 0, 2, false, false, "0 constant power, 1 impedance, 2 current"},
    Rule{loads, "p_specified q_specified", Need::set_point, -endless, endless, false, false, "W and var"},
    Rule{"shunt", "node", Need::always, -endless, endless, false, false, "the id of a node"},
    Rule{"shunt", "status", Need::always, 0, 1, false, false, "0 off, 1 on"},
    Rule{"shunt", "g1 b1", Need::always, -endless, endless, false, false, "siemens"},
    Rule{"shunt", "g0 b0", Need::by_phase, -endless, endless, false, false,
         "zero-sequence values are needed by phase; a symmetric calculation does without"},
    Rule{"transformer_tap_regulator", "regulated_object", Need::always, -endless, endless, false, false,
         "the id of a transformer"},
    Rule{regulators, "status", Need::always, 0, 1, false, false, "0 off, 1 on"},
    Rule{"transformer_tap_regulator", "control_side", Need::always, 0, 2, false, false,
         "0 from side, 1 to side; of three windings 0, 1 or 2"},
    Rule{"transformer_tap_regulator", "u_set u_band", Need::set_point, 0, endless, true, false, "a voltage in V"},
    Rule{"voltage_regulator", "regulated_object", Need::always, -endless, endless, false, false,
         "the id of a load or generator"},
    Rule{"voltage_regulator", "u_ref", Need::set_point, 0, 2, true, false,
         "the voltage per unit of the node's u_rated, such as 1.0"},
    Rule{"fault", "status", Need::fault, 0, 1, false, false, "0 off, 1 on"},
    Rule{"fault", "fault_type", Need::fault, 0, 3, false, false,
         "0 three phases, 1 one phase to ground, 2 two phases, 3 two phases to ground"},
    Rule{"fault", "fault_object", Need::fault, -endless, endless, false, false, "the id of a node"},
    Rule{"fault", "r_f x_f", Need::never, 0, endless, false, false, "ohm"}};

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

/// "line 4", or "line[0]" when it has no id.
std::string name_of(std::string_view component, const json& row, std::size_t index) {
    if (!row.contains("id") || !row.at("id").is_number_integer()) return fmt::format("{}[{}]", component, index);
    return fmt::format("{} {}", component, row.at("id").get<long long>());
}

bool is_missing(const json& row, std::string_view field) {
    if (!row.contains(field)) return true;
    const json& value = row.at(field);
    return value.is_null() || (value.is_array() && std::ranges::any_of(value, &json::is_null));
}

/// The value (of a phase) that breaks the rule, or null.
const json* outside(const json& value, const Rule& rule) {
    if (value.is_array()) {
        for (const json& phase : value)
            if (outside(phase, rule)) return &phase;
        return nullptr;
    }
    if (!value.is_number()) return nullptr; // the library says what it wants instead
    const double x = value.get<double>();
    const bool low = rule.low_excluded ? x > rule.low : x >= rule.low;
    const bool high = rule.high_excluded ? x < rule.high : x <= rule.high;
    return low && high ? nullptr : &value;
}

class Fields {
public:
    Fields(const json& data, const std::string& file, FeederUse use, Diagnostics& findings)
        : data_(data), file_(file), use_(use), findings_(findings) {}

    void ids() {
        for (const auto& [component, rows] : data_.items()) {
            if (!rows.is_array()) continue;
            Count missing;
            for (std::size_t i = 0; i < rows.size(); ++i)
                if (rows[i].is_object() && is_missing(rows[i], "id")) missing.add(name_of(component, rows[i], i));
            report(missing, "id is missing", "E0302", "a whole number of its own");
        }
    }

    void rule(std::string_view component, std::string_view field, const Rule& rule) {
        if (!data_.contains(component) || !data_.at(component).is_array()) return;
        const json& rows = data_.at(component);
        const bool needed = rule.need == Need::always || (rule.need == Need::by_phase && use_.by_phase) ||
                            (rule.need == Need::set_point && !use_.updated && !use_.short_circuit) ||
                            (rule.need == Need::fault && use_.short_circuit && !use_.updated);
        Count missing, wrong;
        std::string value;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const json& row = rows[i];
            if (!row.is_object()) continue;
            if (is_missing(row, field)) {
                if (needed) missing.add(name_of(component, row, i));
            } else if (const json* bad = outside(row.at(field), rule)) {
                if (wrong.n == 0) value = fmt::format("{}", bad->get<double>());
                wrong.add(name_of(component, row, i));
            }
        }
        report(missing, fmt::format("{} is missing", field), "E0302", rule.expected);
        report(wrong, fmt::format("{} is {}", field, value), "E0205", rule.expected);
    }

private:
    struct Count {
        std::string first;
        std::size_t n = 0;
        void add(std::string name) {
            if (n++ == 0) first = std::move(name);
        }
    };
    void report(const Count& count, const std::string& what, const char* code, std::string_view expected) {
        if (count.n == 0) return;
        const std::string more = count.n > 1 ? fmt::format(" (and {} more like it)", count.n - 1) : std::string();
        findings_.error({file_, 0, 0, 0}, code, fmt::format("{}: {}{}", count.first, what, more),
                        std::string(expected));
    }

    const json& data_;
    const std::string& file_;
    FeederUse use_;
    Diagnostics& findings_;
};

} // namespace

void check_feeder_fields(const json& data, const std::string& file, FeederUse use, Diagnostics& findings) {
    Fields fields(data, file, use, findings);
    fields.ids();
    for (const Rule& rule : rules)
        for (const std::string_view component : words(rule.components))
            for (const std::string_view field : words(rule.fields))
                fields.rule(component, field, rule);
}

} // namespace autarky::grid
