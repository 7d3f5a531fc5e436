// autarky: takes a process from the catalogue for the command `die`.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/die_process.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "core/calendar.hpp"
#include "core/describe.hpp"
#include "engine/sampler.hpp"
#include "scenario/load.hpp"
#include "silicon/on_process.hpp"

namespace autarky::cli {
namespace {

/// A scenario without anything but the processes of the catalogue; what it must also have is never looked at.
constexpr const char* only_processes = R"(
use = ["process.*"]
[horizon]
start = "2026Q1"
end = "2026Q1"
[buyer]
home = "US"
[economy]
price_year = 2025
decision_date = "2026Q1"
discount_rate = "0 %/year"
memory_price = "1 USD/GB"
)";

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

[[noreturn]] void refuse(const char* code, std::string message, std::string hint = {}) {
    Diagnostics diagnostics;
    diagnostics.error({}, code, std::move(message), std::move(hint));
    throw InputError{diagnostics};
}

std::size_t row_of(const Table<silicon::Process<Uncertain>>& processes, const std::string& name) {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < processes.size(); ++i) {
        if (lower(processes.names[i]) == lower(name)) return i;
        names.emplace_back(processes.names[i]);
    }
    const std::string guess = did_you_mean(lower(name), names);
    refuse("E0304", fmt::format("process: the catalogue has no '{}'", name),
           guess.empty() ? fmt::format("it has {}", fmt::join(names, ", ")) : guess);
}

silicon::Process<double> valued(const silicon::Process<Uncertain>& process, const std::vector<double>& inputs) {
    silicon::Process<double> out;
    map_reading<silicon::Process>(process, out, [&inputs](const Uncertain& from, double& to) {
        if (from.input >= 0) to = inputs[static_cast<std::size_t>(from.input)];
    });
    return out;
}

double density_at(const silicon::Process<double>& process, double date) {
    const auto elapsed = quantity(std::max(0.0, date - process.learning_start.year), "year"_u);
    return silicon::defect_density(process, elapsed, quantity(0.0, "wafer"_u)).in("1/cm^2"_u);
}

} // namespace

void take_process(const std::string& name, const std::optional<std::string>& date, std::uint64_t seed,
                  silicon::DieInput& die, DieRequest& request) {
    LoadRequest wanted;
    wanted.scenario = "catalogue";
    wanted.text = only_processes;
    const Loaded loaded = load(wanted);
    const auto& processes = loaded.scenario.process;
    const auto& process = processes[row_of(processes, name)];
    const engine::Sampler sampler(loaded.inputs, seed);
    const auto median = valued(process, sampler.medians());

    double at = std::max(median.price_date.year, median.learning_start.year);
    if (date) {
        const auto parsed = parse_date(*date);
        if (!parsed) refuse("E0210", fmt::format("date: '{}' is no date", *date), "e.g. 2027Q1 or 2027-04");
        at = *parsed;
        if (at < median.learning_start.year)
            refuse("E0205",
                   fmt::format("date: {} lies before {}, where the defect density of process {} begins", *date,
                               quarter_of(median.learning_start.year).text(), lower(name)),
                   "a later date, or --d0 with --wafer-price instead of --process");
    }
    const auto mm = [](const Length<double>& x) { return x.in("mm"_u); };
    die.wafer = {mm(median.wafer_diameter), mm(median.edge_exclusion), die.wafer.notch_keepout_mm};
    die.die.scribe_mm = mm(median.scribe);
    die.clustering = median.clustering;
    die.line_yield = median.line_yield;
    die.parametric_yield = median.parametric_yield;
    die.density_per_cm2 = density_at(median, at);
    const auto since_price = quantity(at - median.price_date.year, "year"_u);
    die.wafer_price_usd = silicon::wafer_price(median.wafer_price, 1.0, median.price_drift, since_price).raw();
    silicon::OneTimeInput masks;
    masks.mask_set_usd = median.mask_set.raw();
    masks.mask_life_wafers = median.mask_life.in("wafer"_u);
    die.one_time = masks;
    for (std::uint64_t i = 0; i < n_density_draws; ++i)
        request.densities_per_cm2.push_back(density_at(valued(process, sampler.sample(i)), at));
    request.remarks.push_back(fmt::format(
        "process {} of {} in {}, medians of the catalogue, USD of 2025: {:.3f} defects per cm^2, clustering "
        "{:.2f}, {:.0f} USD a wafer, {:.1f} MUSD a mask set",
        lower(name), median.foundry, quarter_of(at).text(), *die.density_per_cm2, die.clustering, *die.wafer_price_usd,
        *masks.mask_set_usd / 1e6));
}

} // namespace autarky::cli
