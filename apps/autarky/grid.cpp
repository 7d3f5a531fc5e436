// autarky: the command `grid`: what streets, feeders and countries can carry.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "autarky/commands.hpp"
#include "autarky/grid_options.hpp"
#include "autarky/output.hpp"
#include "autarky/terminal.hpp"
#include "input/files.hpp"

namespace autarky::cli {

std::string grid_text_of(const std::string& file) {
    if (file == "-") {
        std::string text;
        std::array<char, 65536> chunk{};
        for (std::size_t n = 0; (n = std::fread(chunk.data(), 1, chunk.size(), stdin)) > 0;)
            text.append(chunk.data(), n);
        return text;
    }
    constexpr std::size_t largest = 2'000'000'000;
    auto read = scenario::read_file(file, largest);
    if (!read.trouble.empty()) throw FileError(read.code, fmt::format("{}: {}", file, read.trouble));
    return std::move(read.content);
}

std::string grid_catalogue_file(const std::string& name) {
    const auto path = scenario::find_data_folder() / "catalogue" / "grid" / name;
    return std::filesystem::is_regular_file(path) ? path.string() : std::string();
}

grid::StreetCatalogue grid_streets() {
    const std::string file = grid_catalogue_file("streets.toml");
    if (file.empty())
        throw FileError("E0601", "catalogue/grid/streets.toml is not there",
                        "set AUTARKY_DATA to the folder that holds catalogue/");
    Diagnostics findings;
    auto catalogue = grid::read_street_catalogue(grid_text_of(file), file, findings);
    grid_settle(findings);
    return catalogue;
}

void grid_settle(const Diagnostics& findings) {
    if (findings.has_errors()) throw InputError{findings};
    warn(findings.render(terminal().colour_err));
}

void grid_check_range(const char* option, double value, double low, double high) {
    if (!(value >= low && value <= high))
        throw UsageError("E0503", fmt::format("{} must be from {:g} to {:g}, not {:g}", option, low, high, value));
}

namespace {

struct Action {
    std::string_view name;
    Exit (*run)(const GridOptions&);
};
constexpr std::array actions{Action{"flow", grid_flow}, Action{"fault", grid_fault}, Action{"age", grid_age}};

Exit run_grid(const GridOptions& options) {
    std::vector<std::string_view> names;
    for (const Action& action : actions) {
        if (action.name == options.action) {
            return action.run(options);
        }
        names.push_back(action.name);
    }
    for (const auto* other : {"host", "fix", "nation", "cap", "futures", "claims", "surface", "list"})
        names.emplace_back(other);
    const auto suggestion = did_you_mean(options.action, names);
    throw UsageError("E0502", fmt::format("grid cannot '{}'", options.action),
                     suggestion.empty() ? "flow, fault, age, host, fix, nation, cap, futures, claims, surface or list"
                                        : suggestion);
}

} // namespace

void add_grid(Program& program) {
    auto& command = program.command("grid", "How many devices a street, a feeder, a country can carry");
    auto& o = command.keep<GridOptions>();
    command.example("autarky grid flow feeder.json --batch day.json --json",
                    "power-grid-model JSON: nodes, branches, losses");
    command.example("autarky grid age --model c57.91-ode --load day.csv --json",
                    "top oil, hot spot, ageing rate, loss of life");
    command.argument("ACTION", o.action, "flow, fault, age, host, fix, nation, cap, futures, claims, surface or list",
                     Need::required);
    command.argument(
        "TARGET", o.targets,
        "A feeder (power-grid-model JSON, or one of the catalogue), a street of the catalogue, a scenario (futures)");
    command.flag("--json", o.json, "Print JSON");
    command.option("--svg", "FILE", o.svg, "Picture: feeder by loading, day of temperatures, overload by penetration");
    command.option("--batch", "FILE", o.batch, "flow, fault: power-grid-model update data, one scenario a row");
    command.option("--method", "newton_raphson|iterative_current|linear|linear_current", o.method,
                   "flow: how it is solved");
    command.option("--taps", "any|low|high|fast|off", o.taps,
                   "flow: tap of a regulated transformer within its band (any); off: as in the file");
    command.option("--initial", "automatic|flat|linear|average_source", o.initial,
                   "flow: voltages that the solver begins with");
    command.option("--currents", "largest|smallest", o.currents, "fault: voltage factor of IEC 60909 (largest)");
    command.flag("--symmetric", o.symmetric, "flow: one phase for three (default without loads by phase)");
    command.flag("--asymmetric", o.asymmetric, "flow: every phase for itself");
    command.flag("--summary", o.summary, "flow: of a batch only losses and extremes");
    command.option("--tolerance", "PU", o.tolerance, "flow: of voltages (1e-8)");
    command.option("--max-iterations", "N", o.max_iterations, "flow: 20");
    command.option("--frequency", "HZ", o.frequency_hz, "flow, fault: 50");
    command.option("--threads", "N", o.threads, "flow, fault: threads");
    command.option("--model", "iec60076-7|c57.91|c57.91-ode", o.model, "age: which standard");
    command.option("--load", "FILE", o.load, "age: CSV with minute or timestamp, load (A, kVA, kW, pu), ambient_c");
    command.option("--spec", "FILE", o.spec, "age: data sheet (TOML) by the standard's names");
    command.option("--paper", "kraft|upgraded", o.paper, "age: insulation (default: kraft in IEC, upgraded in IEEE)");
    command.option("--start", "cold|steady|CELSIUS", o.start,
                   "age: state at the first row: at ambient (default), steady, or this top oil");
    command.option("--gaps", "hold", o.gaps, "age: hold the row after a gap over all of it");
    command.option("--between", "hold|line", o.between, "age: load between rows: held (default) or on a line");
    command.option("--stamps", "begin|end", o.stamps, "age: what a time is of its row's step (end)");
    command.flag("--daylight-saving", o.daylight_saving, "age: times without an offset follow summer time");
    command.option("--column", "NAME", o.column, "age: the load's column, where several could be it");
    command.option("--power-factor", "X", o.power_factor, "age: of a load in kW");
    command.option("--ambient", "CELSIUS", o.ambient, "age: of a series without ambient_c");
    command.details("Streets and feeders of the catalogue: autarky grid list");
    command.runs([&o] { return run_grid(o); });
}

} // namespace autarky::cli
