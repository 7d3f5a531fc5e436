// autarky: the share of street transformers that devices overload, as the quarterly model reads it.
// SPDX-License-Identifier: Apache-2.0
#include "grid/overload_surface.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <numeric>

#include "core/toml_library.hpp"
#include "grid/clustering.hpp"

namespace autarky::grid {
namespace {
constexpr std::size_t peak_months = 3;
}

OverloadModel::OverloadModel(const StreetCatalogue& catalogue, std::string region, int units, std::uint64_t seed)
    : region_(std::move(region)), types_(catalogue.units_of(region_)) {
    const StreetRegion& of = catalogue.regions.at(region_);
    for (const UnitType& type : types_) {
        streets_.push_back(catalogue.street(type, seed));
        kinds_.push_back(streets_.back().peak_kinds(peak_months));
    }
    const auto n = static_cast<std::size_t>(units);
    for (std::size_t i = 0; i < n; ++i) {
        units_.push_back(sampled_unit(types_, of, seed, i, n));
        const Street& street = streets_[units_[i].type];
        drawn_.push_back(street.draw(i, units_[i].places));
        drawn_.back().homes_kw = street.homes_kw(units_[i].homes, units_[i].base_scale);
    }
}

std::vector<int> OverloadModel::breaking(double managed) const {
    std::vector<int> out;
    for (std::size_t i = 0; i < units_.size(); ++i) {
        const SampledUnit& unit = units_[i];
        const UnitType& type = types_[unit.type];
        int good = -1, bad = unit.places + 1;
        while (bad - good > 1) {
            const int middle = (good + bad) / 2;
            const StreetLoad load = streets_[unit.type].load({unit.homes, middle, 0, unit.base_scale, managed},
                                                             drawn_[i], &kinds_[unit.type]);
            (load.peak_kva > type.limit_pu * type.rating_kva ? bad : good) = middle;
        }
        out.push_back(bad);
    }
    return out;
}

double OverloadModel::share_of(const std::vector<int>& breaking, double penetration, double clustering) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < units_.size(); ++i) {
        const int places = units_[i].places;
        if (breaking[i] > places) continue;
        const std::vector<double> p = beta_binomial(places, penetration, clustering);
        sum += std::accumulate(p.begin() + std::max(breaking[i], 0), p.end(), 0.0);
    }
    return sum / static_cast<double>(units_.size());
}

double OverloadModel::share(double penetration, double managed, double clustering) const {
    return share_of(breaking(managed), penetration, clustering);
}

double OverloadModel::cars_a_unit() const {
    double places = 0.0;
    for (const SampledUnit& unit : units_)
        places += unit.places;
    return places / static_cast<double>(units_.size());
}

std::vector<SurfaceAxis> OverloadModel::axes() {
    return {{"penetration", "device/place", {0.0, 0.03, 0.08, 0.15, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0}},
            {"managed_share", "1", {0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0}},
            {"clustering", "1", {0.0, 0.03, 0.08, 0.15, 0.25, 0.4}}};
}

Surface OverloadModel::surface(double stated_error) const {
    const std::vector<SurfaceAxis> over = axes();
    std::vector<std::vector<int>> limits;
    for (const double managed : over[1].points)
        limits.push_back(breaking(managed));
    std::vector<double> values;
    for (const double penetration : over[0].points)
        for (const std::vector<int>& limit : limits)
            for (const double clustering : over[2].points)
                values.push_back(share_of(limit, penetration, clustering));
    return {over, values, stated_error, fmt::format("street simulation, region {}, {} units", region_, units_.size())};
}

std::string written_surface(const Surface& surface, const std::string& title) {
    std::string out =
        fmt::format("# autarky: {}\n# SPDX-License-Identifier: Apache-2.0\n#\n# Written by `autarky grid surface`; a "
                    "test derives it anew from the street simulation.\n\n",
                    title);
    out += fmt::format("source = \"{}\"\nstated_error = {}\n", surface.source, surface.stated_error);
    for (const SurfaceAxis& axis : surface.axes())
        out += fmt::format("\n[[axis]]\nname = \"{}\"\nunit = \"{}\"\npoints = [{}]\n", axis.name, axis.unit,
                           fmt::join(axis.points, ", "));
    out += "\n[table]\nvalues = [\n";
    const std::size_t row = surface.axes().back().points.size();
    for (std::size_t i = 0; i < surface.values().size(); ++i)
        out +=
            fmt::format("{}{:.6f},{}", i % row == 0 ? "  " : " ", surface.values()[i], (i + 1) % row == 0 ? "\n" : "");
    return out + "]\n";
}

std::optional<Surface> read_surface(const std::string& text, const std::string& file, Diagnostics& findings) {
    findings.remember_source(file, text);
    const toml::parse_result parsed = toml::parse(text, file);
    if (!parsed) {
        const auto& place = parsed.error().source().begin;
        findings.error({file, place.line, place.column, 1}, "E0101", std::string(parsed.error().description()), "");
        return std::nullopt;
    }
    const toml::table& root = parsed.table();
    std::vector<SurfaceAxis> axes;
    std::size_t size = 1;
    if (const auto* rows = root["axis"].as_array())
        for (const auto& row : *rows) {
            const toml::table* axis = row.as_table();
            if (!axis) continue;
            axes.push_back({(*axis)["name"].value_or(std::string()), (*axis)["unit"].value_or(std::string()), {}});
            if (const auto* points = (*axis)["points"].as_array())
                for (const auto& point : *points)
                    axes.back().points.push_back(point.value_or(0.0));
            size *= axes.back().points.size();
            if (axes.back().points.size() < 2)
                findings.error({file, row.source().begin.line, 1, 1}, "E0201", "an axis needs at least two points", "");
        }
    std::vector<double> values;
    if (const auto* list = root["table"]["values"].as_array())
        for (const auto& value : *list)
            values.push_back(value.value_or(0.0));
    if (axes.empty() || values.size() != size)
        findings.error(
            {file, 1, 1, 1}, "E0201",
            fmt::format("this is no surface: {} axes want {} values, there are {}", axes.size(), size, values.size()),
            "autarky grid surface writes one");
    if (findings.has_errors()) return std::nullopt;
    return Surface(axes, values, root["stated_error"].value_or(0.0), root["source"].value_or(std::string()));
}

} // namespace autarky::grid
