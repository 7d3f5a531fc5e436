// autarky: cost of a die by its area on a process of the catalogue.
// SPDX-License-Identifier: Apache-2.0
#include "design/cost.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

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

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

silicon::Process<double> valued(const silicon::Process<Uncertain>& process, const std::vector<double>& inputs) {
    silicon::Process<double> out;
    map_reading<silicon::Process>(process, out, [&inputs](const Uncertain& from, double& to) {
        if (from.input >= 0) to = inputs[static_cast<std::size_t>(from.input)];
    });
    return out;
}

} // namespace

ProcessBook::ProcessBook(const std::string& data_folder) {
    Processes book;
    const auto data = data_folder_or_default(data_folder);
    inputs_ = read_document(data, {data / "catalogue" / "processes.toml"}, scenario::shape_of<Processes>(), &book);
    processes_ = std::move(book.process);
}

std::size_t ProcessBook::row(const std::string& name) const {
    for (std::size_t i = 0; i < processes_.size(); ++i)
        if (lower(processes_.names[i]) == lower(name)) return i;
    const auto guess = did_you_mean(lower(name), {names().begin(), names().end()});
    refuse_field("process", "E0304", fmt::format("the catalogue has no process '{}'", name),
                 guess.empty() ? fmt::format("it has {}", fmt::join(names(), ", ")) : guess);
}

silicon::Process<double> ProcessBook::median(std::size_t row) const {
    return valued(processes_[row], engine::Sampler(inputs_, 1).medians());
}

std::vector<silicon::Process<double>> ProcessBook::draws(std::size_t row, std::uint64_t seed, std::size_t n) const {
    const engine::Sampler sampler(inputs_, seed);
    std::vector<silicon::Process<double>> out;
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(valued(processes_[row], sampler.sample(i)));
    return out;
}

double price_date(const std::string& date, const silicon::Process<double>& process, const std::string& name) {
    constexpr double usual = 2027.0;
    if (date.empty()) return std::max(usual, process.learning_start.year);
    const auto at = parse_date(date);
    if (!at) refuse_field("date", "E0210", fmt::format("'{}' is no date", date), "e.g. 2027Q1 or 2027-04");
    if (*at < process.learning_start.year)
        refuse_field("date", "E0205",
                     fmt::format("{} lies before {}, where the defect density of process {} begins", date,
                                 quarter_of(process.learning_start.year).text(), lower(name)),
                     "a later date");
    return *at;
}

DefectDensity<double> density_at(const silicon::Process<double>& process, double date) {
    const auto elapsed = quantity(std::max(0.0, date - process.learning_start.year), "year"_u);
    return silicon::defect_density(process, elapsed, quantity(0.0, "wafer"_u));
}

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

std::vector<std::string> process_names(const std::string& data_folder) { return ProcessBook(data_folder).names(); }

DieCosting die_costing(const std::string& process, const std::string& date, const std::string& data_folder) {
    const ProcessBook book(data_folder);
    const auto row = book.row(process);
    DieCosting costing{.process = book.names()[row], .median = book.median(row)};
    const auto& p = costing.median;
    const double at = price_date(date, p, costing.process);
    costing.density = density_at(p, at);
    costing.wafer_price = silicon::wafer_price(p, 1.0, quantity(at - p.price_date.year, "year"_u));
    return costing;
}

std::string usual_process(int node_nm) {
    if (node_nm >= 12) return "samsung_14";
    if (node_nm >= 6) return "n7";
    if (node_nm >= 4) return "n5";
    return node_nm == 3 ? "n3" : "n2";
}

} // namespace autarky::design
