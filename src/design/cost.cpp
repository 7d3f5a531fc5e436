// autarky: cost of a die by its area on a process of the catalogue.
// SPDX-License-Identifier: Apache-2.0
#include "design/cost.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/refuse.hpp"
#include "design/document.hpp"
#include "engine/sampler.hpp"
#include "input/shape.hpp"
#include "silicon/on_process.hpp"
#include "silicon/packing.hpp"

namespace autarky::design {
namespace {

/// The part of a scenario that a die needs.
struct Processes {
    Table<silicon::Process<Uncertain>> process;
};
constexpr auto describe(Type<Processes> /*type*/) { return fields(table("process", &Processes::process, "Processes")); }

Inputs load_processes(Processes& book, const std::string& folder) {
    const auto data = data_folder_or_default(folder);
    return read_document(data, {data / "catalogue" / "processes.toml"}, scenario::shape_of<Processes>(), &book);
}

} // namespace

DieCost<double> DieCosting::of(Length<double> width, Length<double> height) const {
    const auto gross = silicon::gross_dies(median, width, height);
    return silicon::good_die_cost(wafer_price, gross, yield(width * height));
}

DieCost<double> DieCosting::exactly_of(Length<double> width, Length<double> height) const {
    const silicon::DieShape die{width.in("mm"_u), height.in("mm"_u), median.scribe.in("mm"_u)};
    const silicon::WaferShape wafer{median.wafer_diameter.in("mm"_u), median.edge_exclusion.in("mm"_u)};
    const auto gross = quantity(static_cast<double>(silicon::optimised_packing(die, wafer).dies), "die/wafer"_u);
    return silicon::good_die_cost(wafer_price, gross, yield(width * height));
}

DieCost<double> DieCosting::of_area(Area<double> area) const {
    if (!(area > Area<double>{})) return {};
    const auto side = square_root(area);
    // with thousands of dies on a wafer the closed form is exact to a percent, and the search long
    return area < quantity(20.0, "mm^2"_u) ? of(side, side) : exactly_of(side, side);
}

double DieCosting::yield(Area<double> area) const { return silicon::die_yield(median, area, 1.0, density); }

std::vector<std::string> process_names(const std::string& data_folder) {
    Processes book;
    (void)load_processes(book, data_folder);
    return book.process.names;
}

DieCosting die_costing(const std::string& process, const std::string& date, const std::string& data_folder) {
    Processes book;
    const auto inputs = load_processes(book, data_folder);
    const auto& names = book.process.names;
    const auto found = std::ranges::find(names, process);
    if (found == names.end()) {
        const auto guess = did_you_mean(process, {names.begin(), names.end()});
        refuse({}, "E0304", fmt::format("the catalogue has no process '{}'", process),
               guess.empty() ? fmt::format("it has {}", fmt::join(names, ", ")) : guess);
    }
    const auto at = parse_date(date.empty() ? "2027Q1" : date);
    if (!at) refuse({}, "E0210", fmt::format("'{}' is no date", date), "e.g. 2027Q1 or 2027-04");
    const auto values = engine::Sampler(inputs, 42).medians();
    DieCosting costing{.process = process};
    map_reading(book.process[static_cast<std::size_t>(found - names.begin())], costing.median,
                [&values](const Uncertain& from, double& to) { to = values[static_cast<std::size_t>(from.input)]; });
    const auto& p = costing.median;
    const auto learned = quantity(std::max(0.0, *at - p.learning_start.year), "year"_u);
    costing.density = silicon::defect_density(p, learned, quantity(0.0, "wafer"_u));
    costing.wafer_price = silicon::wafer_price(p, 1.0, quantity(*at - p.price_date.year, "year"_u));
    return costing;
}

std::string usual_process(int node_nm) {
    if (node_nm >= 12) return "samsung_14";
    if (node_nm >= 6) return "n7";
    if (node_nm >= 4) return "n5";
    return node_nm == 3 ? "n3" : "n2";
}

} // namespace autarky::design
