// autarky: steady-state power flow of a distribution feeder, by power-grid-model.
// SPDX-License-Identifier: Apache-2.0
//
// Input and update data are power-grid-model's own JSON. A build without that library has the same interface:
// power_flow_available() is false and make() says what to install.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/describe.hpp"
#include "core/diagnostics.hpp"

namespace autarky::grid {

[[nodiscard]] bool power_flow_available();
/// Version of the library, or empty.
[[nodiscard]] std::string power_flow_version();
inline constexpr std::string_view power_flow_missing_hint =
    "this build has no power flow; run tools/fetch_wheels.sh (power-grid-model from PyPI) and configure again";

enum class FlowMethod { newton_raphson, iterative_current, linear, linear_current };
constexpr std::array<std::string_view, 4> choices(Type<FlowMethod> /*type*/) {
    return {"newton_raphson", "iterative_current", "linear", "linear_current"};
}

/// Which tap a regulated transformer takes among those that hold its voltage in the band; `off` leaves taps as they are.
enum class TapStrategy { off, any, low, high, fast };
constexpr std::array<std::string_view, 5> choices(Type<TapStrategy> /*type*/) {
    return {"off", "any", "low", "high", "fast"};
}

/// The voltages that a solver begins with: its own choice, 1 pu, those of a linear step, the sources' average.
enum class StartVoltages { automatic, flat, linear, average_source };
constexpr std::array<std::string_view, 4> choices(Type<StartVoltages> /*type*/) {
    return {"automatic", "flat", "linear", "average_source"};
}

/// What is computed: voltages and powers, or the first instant of the feeder's faults by IEC 60909 with the voltage factor
/// of its largest or smallest currents.
enum class FlowKind { power_flow, largest_short_circuit, smallest_short_circuit };

struct FlowOptions {
    FlowKind kind = FlowKind::power_flow;
    FlowMethod method = FlowMethod::newton_raphson;
    bool symmetric = true;   ///< one phase stands for three; else every phase for itself
    double tolerance = 1e-8; ///< of the voltages, per unit
    int max_iterations = 20;
    TapStrategy taps = TapStrategy::any;
    StartVoltages start = StartVoltages::automatic;
    int threads = -1; ///< of a batch: -1 none beside this one, 0 all of the machine
    /// (component, attribute) pairs that are kept; empty: everything
    std::vector<std::pair<std::string, std::string>> wanted;
};

/// One attribute of all elements of a component in all scenarios; `width` is 3 for a value by phase.
struct FlowColumn {
    std::string name;
    std::size_t width = 1;
    std::vector<double> values; ///< [scenario][element][phase]
};

struct FlowComponent {
    std::string name;
    std::vector<int> id; ///< in input order
    std::vector<FlowColumn> columns;

    [[nodiscard]] const FlowColumn* find(std::string_view column) const;
    /// Value of a column, nan when it was not asked for.
    [[nodiscard]] double at(std::string_view column, std::size_t scenario, std::size_t element,
                            std::size_t phase = 0) const;
};

struct FailedScenario {
    std::size_t index;
    std::string message;
};

/// Powers of the loads of one component: W and var, [scenario][load][phase].
struct LoadValues {
    std::string_view component; ///< "sym_load" or "asym_load"
    std::span<const double> p_w, q_var;
};

/// Results are those of power-grid-model; what it did not compute is not a number (its own marks for that, -128 and -2^31,
/// never come out). A failed scenario's are not a number.
struct FlowResult {
    bool symmetric = true;
    std::size_t n_scenarios = 1;
    std::vector<FlowComponent> components;
    std::vector<FailedScenario> failed;

    [[nodiscard]] const FlowComponent* find(std::string_view component) const;
    [[nodiscard]] bool has_failed(std::size_t scenario) const;
};

/// A feeder whose structure is fixed. Solving is const and safe from several threads: each call has its own handle
/// and its own copy of the model.
class PowerFlow {
public:
    /// Null, with findings, when the text is no input or the library is missing. `text` is checked before: feeder_check.hpp.
    static std::unique_ptr<PowerFlow> make(const std::string& text, const std::string& file, double frequency_hz,
                                           Diagnostics& findings);
    virtual ~PowerFlow() = default;

    [[nodiscard]] virtual FlowResult solve(const FlowOptions& options) const = 0;
    /// A batch described in power-grid-model's update JSON; no value, with findings, when the text is no update.
    [[nodiscard]] virtual std::optional<FlowResult> solve_batch(const std::string& update, const std::string& file,
                                                                const FlowOptions& options,
                                                                Diagnostics& findings) const = 0;
    /// A batch over all loads of one or two components.
    [[nodiscard]] virtual FlowResult solve_loads(std::span<const LoadValues> loads, std::size_t n_scenarios,
                                                 const FlowOptions& options) const = 0;
    [[nodiscard]] FlowResult solve_loads(std::string_view component, std::span<const double> p_w,
                                         std::span<const double> q_var, std::size_t n_scenarios,
                                         const FlowOptions& options) const {
        const LoadValues one{component, p_w, q_var};
        return solve_loads({&one, 1}, n_scenarios, options);
    }
    /// Identifiers of a component, in input order; empty when the feeder has none.
    [[nodiscard]] virtual std::vector<int> ids(std::string_view component) const = 0;
};

} // namespace autarky::grid
