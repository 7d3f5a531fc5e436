// autarky: the share of street transformers that devices overload, as the quarterly model reads it.
// SPDX-License-Identifier: Apache-2.0
#include "grid/nation/overload_surface.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

#include "core/toml_library.hpp"
#include "grid/heat/heat_iec60076.hpp"
#include "grid/street/ageing_year.hpp"
#include "grid/street/clustering.hpp"

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

void OverloadModel::age(Aged* first, std::size_t n, double managed) const {
    const UnitType& type = types_[units_[first->unit].type];
    const Street& street = streets_[units_[first->unit].type];
    constexpr std::size_t steps = kinds_of_day * steps_a_day;
    std::vector<double> table(steps * Lanes::width);
    for (std::size_t lane = 0; lane < Lanes::width; ++lane) {
        const Aged& aged = first[std::min(lane, n - 1)];
        const SampledUnit& unit = units_[aged.unit];
        const StreetLoad load = street.load({unit.homes, aged.cars, 0, unit.base_scale, managed}, drawn_[aged.unit]);
        for (std::size_t s = 0; s < steps; ++s)
            table[s * Lanes::width + lane] = load.kva[s] / type.rating_kva;
    }
    std::vector<Lanes> pu(steps);
    for (std::size_t s = 0; s < steps; ++s)
        pu[s] = Lanes::load(table.data() + s * Lanes::width);
    const Lanes factor = aged_year(in_lanes(type.heat), type.paper, street.plan(), pu).equivalent_factor;
    for (std::size_t lane = 0; lane < n; ++lane)
        first[lane].factor = factor[lane];
}

std::vector<std::vector<double>> OverloadModel::ageing(double managed) const {
    const Watched nobody;
    WatchedCount count(nobody, units_.size());
    return ageing(managed, breaking(managed), count);
}

std::vector<std::vector<double>> OverloadModel::ageing(double managed, const std::vector<int>& limit,
                                                       WatchedCount& count) const {
    constexpr int most_years = 9; // a unit; more would not show in the mean
    std::vector<std::vector<Aged>> by_type(types_.size());
    for (std::size_t i = 0; i < units_.size(); ++i) {
        const int last = limit[i] - 1;
        const int years = std::min(last + 1, most_years);
        for (int k = 0; k < years; ++k)
            by_type[units_[i].type].push_back({i, years > 1 ? k * last / (years - 1) : 0, 0.0});
    }
    std::vector<std::vector<double>> out(units_.size());
    for (auto& aged : by_type) {
        for (std::size_t from = 0; from < aged.size() && !count.is_stopped(); from += Lanes::width) {
            const std::size_t n = std::min(Lanes::width, aged.size() - from);
            age(&aged[from], n, managed);
            const auto is_first = [](const Aged& one) { return one.cars == 0; };
            count.add(static_cast<std::uint64_t>(std::count_if(&aged[from], &aged[from] + n, is_first)));
        }
        for (std::size_t k = 0; k < aged.size(); ++k) {
            auto& of_unit = out[aged[k].unit];
            if (aged[k].cars == 0) {
                of_unit.assign(1, aged[k].factor);
                continue;
            }
            const auto& before = aged[k - 1];
            for (int cars = before.cars + 1; cars <= aged[k].cars; ++cars)
                of_unit.push_back(before.factor + (aged[k].factor - before.factor) * (cars - before.cars) /
                                                      (aged[k].cars - before.cars));
        }
    }
    for (auto& of_unit : out)
        for (std::size_t cars = of_unit.size(); cars-- > 0;)
            of_unit[cars] -= of_unit[0];
    return out;
}

double OverloadModel::mean_ageing(const std::vector<std::vector<double>>& ageing, double penetration,
                                  double clustering) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < units_.size(); ++i) {
        if (ageing[i].size() < 2) continue;
        const std::vector<double> p = beta_binomial(units_[i].places, penetration, clustering);
        for (std::size_t k = 1; k < ageing[i].size(); ++k)
            sum += p[k] * ageing[i][k];
    }
    return sum / static_cast<double>(units_.size());
}

OverloadShares OverloadModel::shares_of(const std::vector<int>& breaking, double penetration, double clustering) const {
    OverloadShares sum;
    for (std::size_t i = 0; i < units_.size(); ++i) {
        const int places = units_[i].places;
        if (breaking[i] > places) continue;
        const std::vector<double> p = beta_binomial(places, penetration, clustering);
        const int first = std::max(breaking[i], 1); // the device that is one too many
        for (int k = first; k <= places; ++k) {
            sum.over += p[static_cast<std::size_t>(k)];
            sum.waiting += p[static_cast<std::size_t>(k)] * (k - first + 1);
        }
    }
    const auto units = static_cast<double>(units_.size());
    return {sum.over / units, sum.waiting / (units * places_a_unit())};
}

OverloadShares OverloadModel::shares(double penetration, double managed, double clustering) const {
    return shares_of(breaking(managed), penetration, clustering);
}

double OverloadModel::places_a_unit() const {
    double places = 0.0;
    for (const SampledUnit& unit : units_)
        places += unit.places;
    return places / static_cast<double>(units_.size());
}
double OverloadModel::homes_a_unit() const {
    double homes = 0.0;
    for (const SampledUnit& unit : units_)
        homes += unit.homes;
    return homes / static_cast<double>(units_.size());
}
double OverloadModel::car_w() const {
    constexpr double watts = 1000.0, hours_a_day = 24.0;
    return streets_.front().charging().kwh_a_day * watts / hours_a_day;
}

std::vector<SurfaceAxis> OverloadModel::axes() {
    return {{"penetration", "device/place", {0.0, 0.01, 0.03, 0.08, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0}},
            {"managed_share", "1", {0.0,  0.05, 0.1,  0.15, 0.2,  0.25, 0.3,  0.35, 0.4,  0.45, 0.5,
                                    0.55, 0.6,  0.65, 0.7,  0.75, 0.8,  0.85, 0.9,  0.95, 1.0}},
            {"clustering", "1", {0.0, 0.03, 0.08, 0.15, 0.25, 0.4}}};
}

std::optional<OverloadTables> OverloadModel::tables(double stated_error, unsigned threads,
                                                    const Watched& watched) const {
    const std::vector<SurfaceAxis> over = axes();
    const std::size_t n_managed = over[1].points.size();
    std::vector<std::vector<int>> limits(n_managed);
    std::vector<std::vector<std::vector<double>>> aged(n_managed);
    std::atomic<std::size_t> next{0};
    WatchedCount count(watched, n_managed * units_.size());
    const auto work = [&] {
        for (std::size_t m = 0; !count.is_stopped() && (m = next.fetch_add(1)) < n_managed;) {
            limits[m] = breaking(over[1].points[m]);
            aged[m] = ageing(over[1].points[m], limits[m], count);
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < threads; ++i)
            others.emplace_back(work);
        work();
    }
    if (count.is_stopped()) return std::nullopt;
    std::vector<double> units, devices, years;
    for (const double penetration : over[0].points)
        for (std::size_t m = 0; m < limits.size(); ++m)
            for (const double clustering : over[2].points) {
                const OverloadShares shares = shares_of(limits[m], penetration, clustering);
                units.push_back(shares.over);
                devices.push_back(shares.waiting);
                years.push_back(mean_ageing(aged[m], penetration, clustering));
            }
    const std::string source = fmt::format("street simulation, region {}, {} units", region_, units_.size());
    return OverloadTables{{over, units, stated_error, source},
                          {over, devices, stated_error, source},
                          {over, years, ageing_error, source},
                          homes_a_unit(),
                          places_a_unit(),
                          car_w()};
}

namespace {

std::string written_values(const char* name, const Surface& surface) {
    std::string out = fmt::format("\n[{}]\nvalues = [\n", name);
    const std::size_t row = surface.axes().back().points.size();
    for (std::size_t i = 0; i < surface.values().size(); ++i)
        out +=
            fmt::format("{}{:.6f},{}", i % row == 0 ? "  " : " ", surface.values()[i], (i + 1) % row == 0 ? "\n" : "");
    return out + "]\n";
}

std::vector<double> numbers(const toml::array* list) {
    std::vector<double> out;
    if (list)
        for (const auto& value : *list)
            out.push_back(value.value_or(0.0));
    return out;
}

} // namespace

std::string written_tables(const OverloadTables& tables, const std::string& title) {
    std::string out = fmt::format(
        "# autarky: {}\n# SPDX-License-Identifier: Apache-2.0\n#\n# Written by `autarky grid surface`; a "
        "test derives it anew from the street simulation. [over]: share of units above\n# their owner's "
        "limit. [waiting]: share of car places whose device would be one too many for its unit. [worn]: share of\n# "
        "units above their limit or ageing faster than normal.\n\n",
        title);
    out += fmt::format("source = \"{}\"\nstated_error = {}\n", tables.over.source, tables.over.stated_error);
    out += fmt::format("homes_a_unit = {:.6g}\nplaces_a_unit = {:.6g}\ncar_w = {:.6g}\n", tables.homes_a_unit,
                       tables.places_a_unit, tables.car_w);
    for (const SurfaceAxis& axis : tables.over.axes())
        out += fmt::format("\n[[axis]]\nname = \"{}\"\nunit = \"{}\"\npoints = [{}]\n", axis.name, axis.unit,
                           fmt::join(axis.points, ", "));
    return out + written_values("over", tables.over) + written_values("waiting", tables.waiting) +
           written_values("ageing", tables.ageing);
}

std::optional<OverloadTables> read_tables(const std::string& text, const std::string& file, Diagnostics& findings) {
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
            axes.push_back({(*axis)["name"].value_or(std::string()), (*axis)["unit"].value_or(std::string()),
                            numbers((*axis)["points"].as_array())});
            size *= axes.back().points.size();
            if (axes.back().points.size() < 2 || !std::ranges::is_sorted(axes.back().points, std::less_equal<>()))
                findings.error({file, row.source().begin.line, 1, 1}, "E0207",
                               "an axis needs at least two points, in ascending order", "");
        }
    const auto read = [&](const char* name) {
        std::vector<double> values = numbers(root[name]["values"].as_array());
        if (axes.empty() || values.size() != size)
            findings.error({file, 1, 1, 1}, "E0207",
                           fmt::format("this is no overload surface: {} axes want {} values of '{}', there are {}",
                                       axes.size(), size, name, values.size()),
                           "autarky grid surface writes one");
        return values;
    };
    std::vector<double> over = read("over"), waiting = read("waiting"), years = read("ageing");
    const auto positive = [&](const char* name) {
        const double value = root[name].value_or(0.0);
        if (!(value > 0.0))
            findings.error({file, 1, 1, 1}, "E0205", fmt::format("'{}' must be a number above 0", name),
                           "autarky grid surface writes one");
        return value;
    };
    const double homes = positive("homes_a_unit"), places = positive("places_a_unit"), car = positive("car_w");
    if (findings.has_errors()) return std::nullopt;
    const double error = root["stated_error"].value_or(0.0);
    const std::string source = root["source"].value_or(std::string());
    return OverloadTables{Surface(axes, over, error, source),
                          Surface(axes, waiting, error, source),
                          Surface(axes, years, ageing_error, source),
                          homes,
                          places,
                          car};
}

} // namespace autarky::grid
