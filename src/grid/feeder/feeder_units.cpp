// autarky: what only together makes no sense of a feeder's lines, transformers and regulators.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/feeder_units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "grid/feeder/feeder_rows.hpp"

namespace autarky::grid {
namespace {

using nlohmann::json;

/// "line 4"; a row without an id is told elsewhere.
std::string named(const char* kind, const json& row) {
    return fmt::format("{} {}", kind, whole_of(row, "id").value_or(0));
}

class Units {
public:
    Units(const FeederDocument& feeder, const std::string& file, Diagnostics& findings)
        : feeder_(feeder), file_(file), findings_(findings) {
        for (const json& node : feeder.rows("node"))
            if (const auto id = whole_of(node, "id")) u_rated_[*id] = number_of(node, "u_rated", 0.0);
    }

    void run() {
        impedances();
        line_voltages();
        odd_ratings();
        givers_of_power();
        for (const json& unit : feeder_.rows("transformer")) {
            losses(unit);
            winding_voltage(unit, "transformer", "u1", "from_node");
            winding_voltage(unit, "transformer", "u2", "to_node");
            tap(unit, "transformer");
        }
        for (const json& unit : feeder_.rows("three_winding_transformer")) {
            winding_voltage(unit, "three_winding_transformer", "u1", "node_1");
            winding_voltage(unit, "three_winding_transformer", "u2", "node_2");
            winding_voltage(unit, "three_winding_transformer", "u3", "node_3");
            tap(unit, "three_winding_transformer");
        }
        tap_regulators();
        regulated("voltage_regulator", {"sym_load", "asym_load", "sym_gen", "asym_gen"}, "a load or generator");
    }

private:
    void error(const char* code, const std::string& message, const char* hint) {
        findings_.error({file_, 0, 0, 0}, code, message, hint);
    }
    void impedances() {
        constexpr const char* hint = "a connection without impedance is a link";
        for (const char* kind : {"line", "generic_branch"})
            for (const json& line : feeder_.rows(kind))
                if (number_of(line, "r1", 1.0) == 0.0 && number_of(line, "x1", 1.0) == 0.0)
                    error("E0402", named(kind, line) + ": r1 and x1 are both 0", hint);
        for (const json& line : feeder_.rows("asym_line"))
            for (const char* phase : {"aa", "bb", "cc"})
                if (number_of(line, fmt::format("r_{}", phase).c_str(), 1.0) == 0.0 &&
                    number_of(line, fmt::format("x_{}", phase).c_str(), 1.0) == 0.0)
                    error("E0402", fmt::format("{0}: r_{1} and x_{1} are both 0", named("asym_line", line), phase),
                          hint);
    }
    /// A line joins nodes of one voltage: the library takes them for one within 1e-8 V, so that 0.4 kV times a thousand may round.
    void line_voltages() {
        constexpr double one_voltage = 1e-8;
        for (const char* kind : {"line", "asym_line"})
            for (const json& line : feeder_.rows(kind)) {
                const auto from = u_rated_.find(whole_of(line, "from_node").value_or(0));
                const auto to = u_rated_.find(whole_of(line, "to_node").value_or(0));
                if (from == u_rated_.end() || to == u_rated_.end()) continue;
                if (std::fabs(from->second - to->second) <= one_voltage) continue;
                error("E0205",
                      fmt::format("{}: it joins node {} of {:g} V and node {} of {:g} V", named(kind, line),
                                  from->first, from->second, to->first, to->second),
                      "u_rated is in V; what changes the voltage is a transformer");
            }
    }
    /// Ratings that no grid has: off by a thousand.
    void odd_ratings() {
        const auto odd = [&](const char* kind, const char* key, const char* unit, double least, const char* hint) {
            std::size_t n = 0;
            const json* first = nullptr;
            for (const json& row : feeder_.rows(kind))
                if (const double x = number_of(row, key, least); x > 0.0 && x < least && n++ == 0) first = &row;
            if (first != nullptr)
                findings_.warning({file_, 0, 0, 0}, "W0414",
                                  fmt::format("{}: {} is {:g} {}{}", named(kind, *first), key,
                                              number_of(*first, key, 0.0), unit,
                                              n > 1 ? fmt::format(" (and {} more like it)", n - 1) : ""),
                                  hint);
        };
        constexpr double least_a = 1.0, least_va = 1000.0; // a bell wire, a bell transformer
        for (const char* kind : {"line", "asym_line"})
            odd(kind, "i_n", "A", least_a, "i_n is in A: is it kA?");
        odd("transformer", "sn", "VA", least_va, "sn is in VA: is it kVA or MVA?");
        for (const char* key : {"sn_1", "sn_2", "sn_3"})
            odd("three_winding_transformer", key, "VA", least_va, "sn is in VA: is it kVA or MVA?");
    }
    /// What takes power by its nature and would give it: then losses can be negative, without a word of the library.
    void givers_of_power() {
        const auto odd = [&](const char* kind, std::initializer_list<const char*> keys) {
            for (const json& row : feeder_.rows(kind))
                for (const char* key : keys)
                    if (const double x = number_of(row, key, 0.0); x < 0.0)
                        findings_.warning({file_, 0, 0, 0}, "W0415",
                                          fmt::format("{}: {} is {:g}", named(kind, row), key, x),
                                          "a passive element has none below 0; equivalents of networks may");
        };
        odd("line", {"r1", "r0", "c1", "c0", "tan1", "tan0"});
        odd("asym_line", {"r_aa", "r_bb", "r_cc", "r_nn"});
        odd("generic_branch", {"r1", "g1"});
        odd("shunt", {"g1", "g0"});
    }
    void losses(const json& unit) {
        const double rating = number_of(unit, "sn", 1.0);
        const double uk = number_of(unit, "uk", 1.0);
        const double loss = number_of(unit, "pk", 0.0);
        if (rating > 0.0 && uk > 0.0 && uk * rating < loss)
            error("E0205",
                  fmt::format("{}: uk {:g} is below pk/sn {:g}", named("transformer", unit), uk, loss / rating),
                  "the short-circuit voltage has the load losses in it; pk is in W, sn in VA");
    }
    void winding_voltage(const json& unit, const char* kind, const char* key, const char* end) {
        const auto node = u_rated_.find(whole_of(unit, end).value_or(0));
        if (!unit.contains(end) || node == u_rated_.end()) return;
        constexpr double far = 5.0; // no winding is that far off its node; a unit of kV is by a thousand
        const double u = number_of(unit, key, node->second);
        if (u > 0.0 && node->second > 0.0 && (u > far * node->second || far * u < node->second))
            error("E0205",
                  fmt::format("{}: {} is {:g} V at node {} of {:g} V", named(kind, unit), key, u, node->first,
                              node->second),
                  "both are in V");
    }
    void tap(const json& unit, const char* kind) {
        const double low = number_of(unit, "tap_min", 0.0);
        const double high = number_of(unit, "tap_max", 0.0);
        const double position = number_of(unit, "tap_pos", number_of(unit, "tap_nom", low));
        if (position < std::min(low, high) || position > std::max(low, high))
            findings_.warning(
                {file_, 0, 0, 0}, "W0407",
                fmt::format("{}: tap_pos {:g} is outside {:g} to {:g}", named(kind, unit), position, low, high),
                "power-grid-model takes the nearest position");
    }

    /// Every regulator acts on an element of the right kind, and no two on the same.
    void regulated(const char* regulator, std::initializer_list<const char*> kinds, const char* expected) {
        std::set<int> there, taken;
        for (const char* kind : kinds)
            for (const json& row : feeder_.rows(kind))
                if (const auto id = whole_of(row, "id")) there.insert(*id);
        for (const json& row : feeder_.rows(regulator)) {
            const auto object = whole_of(row, "regulated_object");
            if (!object) continue; // said already: it is missing
            if (!there.contains(*object))
                error("E0304",
                      fmt::format("{}: regulated_object {} is no {}", named(regulator, row), *object,
                                  std::string_view(expected).substr(2)),
                      expected);
            else if (!taken.insert(*object).second)
                error("E0102", fmt::format("{}: {} has a regulator already", named(regulator, row), *object),
                      "one regulator an element");
        }
    }
    void tap_regulators() {
        regulated("transformer_tap_regulator", {"transformer", "three_winding_transformer"}, "a transformer");
        for (const json& row : feeder_.rows("transformer_tap_regulator")) {
            const double node = controlled_u_rated(row);
            const double u_set = number_of(row, "u_set", node);
            constexpr double far = 20.0; // per unit and kV are off by hundreds
            if (node > 0.0 && u_set > 0.0 && (u_set > far * node || far * u_set < node))
                error("E0205",
                      fmt::format("{}: u_set is {:g} V at a node of {:g} V", named("transformer_tap_regulator", row),
                                  u_set, node),
                      "u_set and u_band are in V between phases");
        }
    }
    /// Rated voltage of the node that a tap regulator looks at; 0 when that is not known.
    double controlled_u_rated(const json& regulator) {
        constexpr std::array ends{std::array{"from_node", "to_node", ""}, std::array{"node_1", "node_2", "node_3"}};
        constexpr std::array kinds{"transformer", "three_winding_transformer"};
        const auto side = static_cast<std::size_t>(std::clamp(whole_of(regulator, "control_side").value_or(0), 0, 2));
        for (std::size_t k = 0; k < kinds.size(); ++k)
            for (const json& unit : feeder_.rows(kinds[k])) {
                if (whole_of(unit, "id") != whole_of(regulator, "regulated_object")) continue;
                const auto node = u_rated_.find(whole_of(unit, ends[k][side]).value_or(0));
                return node == u_rated_.end() ? 0.0 : node->second;
            }
        return 0.0;
    }

    const FeederDocument& feeder_;
    const std::string& file_;
    Diagnostics& findings_;
    std::map<int, double> u_rated_;
};

} // namespace

void check_feeder_units(const FeederDocument& feeder, const std::string& file, Diagnostics& findings) {
    Units(feeder, file, findings).run();
}

void say_idle_components(const FeederDocument& feeder, bool short_circuit, const std::string& file,
                         Diagnostics& findings) {
    const auto say = [&](const char* component, const char* why) {
        if (const std::size_t n = feeder.rows(component).size(); n > 0)
            findings.warning({file, 0, 0, 0}, "W0412",
                             fmt::format("{} {} {} no part in this calculation", n, component, n == 1 ? "has" : "have"),
                             why);
    };
    for (const char* quantity : {"voltage", "power", "current"})
        for (const char* kind : {"sym", "asym"})
            say(fmt::format("{}_{}_sensor", kind, quantity).c_str(),
                "measurements belong to state estimation, which is not computed here");
    if (short_circuit) {
        say("transformer_tap_regulator", "a short circuit is computed at the tap positions of the file");
        say("voltage_regulator", "a short circuit is computed with loads and generators as they are");
    } else {
        say("fault", "faults belong to a short-circuit calculation");
    }
}

} // namespace autarky::grid
