// autarky: writes the scenario to begin with.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/beginning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/diagnostics.hpp"
#include "input/shape.hpp"
#include "scenario/compose.hpp"
#include "scenario/scenario_shape.hpp"

namespace autarky::scenario {
namespace {

/// What differs between kinds of devices: what one needs, and the chips of its class. Orders of magnitude, ours.
struct Kind {
    const char *devices, *device;
    const char *side, *throughput, *memory, *bandwidth, *power, *package; ///< of either chip
    const char *list_price, *unit_cost, *supply;
    const char *work, *need_bandwidth, *need_memory;
    const char *volume, *limit, *margin;
};

constexpr Kind kind_of(DeviceKind kind) {
    switch (kind) {
    case DeviceKind::drone:
        return {"drones",
                "drone",
                "9 mm",
                "20 to 80 TOPS",
                "16 GB",
                "50 to 100 GB/s",
                "5 to 15 W",
                "4 to 12 USD",
                "60 to 200 USD",
                "25 to 60 USD",
                "1 to 6 Mchip/year",
                "10 to 20 TOPS",
                "20 GB/s",
                "8 GB",
                "0.2 to 0.8 Munit/year",
                "2 Munit/year",
                "150 to 500 USD/unit"};
    case DeviceKind::camera:
        return {"cameras",
                "camera",
                "5 mm",
                "5 to 15 TOPS",
                "8 GB",
                "15 to 30 GB/s",
                "1 to 4 W",
                "1 to 4 USD",
                "12 to 40 USD",
                "5 to 14 USD",
                "5 to 20 Mchip/year",
                "1 to 3 TOPS",
                "8 GB/s",
                "4 GB",
                "2 to 4 Munit/year",
                "8 Munit/year",
                "60 to 140 USD/unit"};
    case DeviceKind::car: break;
    }
    return {"cars",
            "car",
            "18 mm",
            "300 to 900 TOPS",
            "64 GB",
            "250 to 500 GB/s",
            "60 to 150 W",
            "15 to 50 USD",
            "350 to 900 USD",
            "140 to 380 USD",
            "2 to 8 Mchip/year",
            "100 to 300 TOPS",
            "150 GB/s",
            "32 GB",
            "0.5 to 1.5 Munit/year",
            "3 Munit/year",
            "1_000 to 4_000 USD/unit"};
}

/// What the catalogue has.
struct Rows {
    Node root;
    std::map<std::string, std::vector<std::string>, std::less<>> names;

    explicit Rows(const std::string& data_folder) {
        LoadRequest request;
        request.scenario = "catalogue";
        request.text = "";
        request.data_folder = data_folder;
        request.whole_catalogue = true;
        Texts texts;
        Diagnostics findings;
        auto composed = compose(request, scenario_shape(), texts, findings);
        if (findings.has_errors()) throw InputError{std::move(findings)};
        root = std::move(composed.root);
        names = std::move(composed.names);
    }

    /// The first site of a process; empty: none.
    [[nodiscard]] std::string site_of(std::string_view process) const {
        const Node* sites = root.find("site");
        if (sites == nullptr) return {};
        for (const auto& site : sites->members)
            if (const Node* of = site.value.find("process"); of != nullptr && of->text == process) return site.key;
        return {};
    }
    [[nodiscard]] bool has_customers(const std::string& site) const {
        const auto found = names.find("customer");
        return found != names.end() && std::any_of(found->second.begin(), found->second.end(),
                                                   [&](const auto& name) { return name.starts_with(site + "_"); });
    }
};

std::string use_list(const Beginning& wanted, const Rows& rows, const std::string& site) {
    std::vector<std::string> use;
    if (rows.has_customers(site)) use.push_back(fmt::format("\"customer.{}_*\"", site));
    if (wanted.robots) use.emplace_back("\"robot.optimus\"");
    if (wanted.grid) use.emplace_back("\"grid.us\"");
    return fmt::format("use = [{}]", fmt::join(use, ", "));
}

constexpr const char* head = R"(# Guesses: answer lines marked "# ?". "a to b" is the 5th to 95th percentile.
title = "Own chip for {devices}, or a bought one?"
{use}  # catalogue; "-robot.*" drops rows
horizon = {{ start = "2027Q1", end = "2036Q4" }}
buyer = {{ home = "US" }}
source.own = {{ title = "My guess", date = "2026-11", grade = "assumption" }}  # ?
region.us = {{ source = "own", vehicle_share = "100 %" }}  # ? one for each market
)";

constexpr const char* no_load = R"(grid.us = {{ source = "own", vehicles_at_home = "0 %" }}  # ? no load of a street
)";

constexpr const char* chips = R"([economy]
source = "own"
price_year = 2025
decision_date = "2027Q1"
discount_rate = "8 to 14 %/year"  # ? real
memory_price = [["2025Q4", "4 to 7 USD/GB"], ["2030Q4", "2 to 6 USD/GB"]]  # ?
[chip.own]
source = "own"
width = "{side}"  # ? the die; `autarky design` proposes one
height = "{side}"
throughput = "{throughput}"  # ? dense
memory = "{memory}"
memory_bandwidth = "{bandwidth}"
power = "{power}"
utilisation_ratio = "0.8 to 1.6 x"  # ? its use of its peak over the other's
package = "{package}/chip"
design_cost = "60 to 250 MUSD"  # ? all that you would not spend without it
design_start = "2027Q1"
tapeout = "2028-10 to 2029-10"
qualification_time = "6 to 14 month"
[allocation]  # ? more lines make more sources
own = {{ source = "own", chip = "own", site = "{site}", share = 1 }}
[merchant.bought]  # the chip that you would buy instead
source = "own"
location = "TW"
throughput = "{throughput}"  # ?
memory = "{memory}"
memory_bandwidth = "{bandwidth}"
power = "{power}"
list_price = "{list_price}/chip"  # ? in your volume
unit_cost = "{unit_cost}/chip"
supply = [["2020Q1", "{supply}"]]  # ? what you can get
[vehicle.{devices}]  # any device that is sold whole
source = "own"
work = "{work}"  # ? what your network needs
utilisation = "20 to 45 %"  # ? what it gets of the bought chip's peak
bandwidth = "{need_bandwidth}"
memory = "{need_memory}"
volume = "{volume}"  # ? wanted
part_limit = "{limit}"  # ? what everything else allows
margin = "{margin}"  # ? of a {device} before its compute
)";

} // namespace

std::vector<std::string> processes_with_sites(const std::string& data_folder) {
    const Rows rows(data_folder);
    std::vector<std::string> out;
    const auto found = rows.names.find("process");
    if (found == rows.names.end()) return out;
    for (const auto& process : found->second)
        if (!rows.site_of(process).empty()) out.push_back(process);
    return out;
}

BeginningText beginning_text(const Beginning& wanted, const std::string& data_folder) {
    const Rows rows(data_folder);
    const auto k = kind_of(wanted.device);
    BeginningText out{{}, rows.site_of(wanted.process), 0};
    const auto with = [&](const char* text) {
        return fmt::format(fmt::runtime(text), fmt::arg("use", use_list(wanted, rows, out.site)),
                           fmt::arg("site", out.site), fmt::arg("devices", k.devices), fmt::arg("device", k.device),
                           fmt::arg("side", k.side), fmt::arg("throughput", k.throughput), fmt::arg("memory", k.memory),
                           fmt::arg("bandwidth", k.bandwidth), fmt::arg("power", k.power),
                           fmt::arg("package", k.package), fmt::arg("list_price", k.list_price),
                           fmt::arg("unit_cost", k.unit_cost), fmt::arg("supply", k.supply), fmt::arg("work", k.work),
                           fmt::arg("need_bandwidth", k.need_bandwidth), fmt::arg("need_memory", k.need_memory),
                           fmt::arg("volume", k.volume), fmt::arg("limit", k.limit), fmt::arg("margin", k.margin));
    };
    const bool is_no_load = wanted.grid && wanted.device != DeviceKind::car;
    out.text = with(head) + (is_no_load ? with(no_load) : "") + with(chips);
    for (std::size_t at = 0; (at = out.text.find("  # ? ", at)) != std::string::npos; ++at)
        ++out.questions;
    return out;
}

} // namespace autarky::scenario
