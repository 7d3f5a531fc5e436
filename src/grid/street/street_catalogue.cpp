// autarky: the catalogue of streets: units, homes, climates, charging, regions, costs.
// SPDX-License-Identifier: Apache-2.0
#include "grid/street/street_catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "core/toml_library.hpp"

namespace autarky::grid {

double between(const Points& points, double x) {
    if (x <= points.front().first) return points.front().second;
    for (std::size_t i = 1; i < points.size(); ++i)
        if (x <= points[i].first) {
            const auto& [x0, y0] = points[i - 1];
            const auto& [x1, y1] = points[i];
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
        }
    return points.back().second;
}

namespace {

/// One table of the file, whose keys are taken one by one; what is left over is unknown.
class Row {
public:
    Row(const toml::table& table, std::string path, const std::string& file, Diagnostics& findings)
        : table_(table), path_(std::move(path)), file_(file), findings_(findings) {}
    ~Row() {
        for (const auto& [key, value] : table_)
            if (!taken_.contains(std::string(key.str())))
                findings_.error(place(value), "E0301", fmt::format("{}: unknown key '{}'", path_, key.str()),
                                did_you_mean(key.str(), {known_.begin(), known_.end()}));
    }
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;

    std::string text(std::string_view key, std::optional<std::string_view> otherwise = {}) {
        const toml::node* node = find(key, otherwise.has_value());
        if (!node) return std::string(otherwise.value_or(""));
        if (const auto value = node->value<std::string>(); value && node->is_string()) return *value;
        error(*node, fmt::format("{}.{} needs a text", path_, key), "");
        return {};
    }
    bool flag(std::string_view key, bool otherwise) {
        const toml::node* node = find(key, true);
        return node ? node->value_or(otherwise) : otherwise;
    }
    /// A number, with `unit` written after it unless that is empty.
    double number(std::string_view key, std::string_view unit, std::optional<double> otherwise = {}) {
        const toml::node* node = find(key, otherwise.has_value());
        if (!node) return otherwise.value_or(0.0);
        if (unit.empty()) {
            if (const auto value = node->value<double>()) return *value;
        } else if (const auto text = node->value<std::string>()) {
            if (const auto value = with_unit(*text, unit)) return *value;
        }
        error(*node, fmt::format("{}.{} needs a number{}", path_, key, unit.empty() ? "" : " with its unit"),
              unit.empty() ? "e.g. 0.5" : fmt::format("e.g. \"1.5 {}\"", unit));
        return otherwise.value_or(1.0);
    }
    double positive(std::string_view key, std::string_view unit, std::optional<double> otherwise = {}) {
        const double value = number(key, unit, otherwise);
        if (value > 0.0) return value;
        if (const toml::node* node = table_.get(key))
            error(*node, fmt::format("{}.{} must be more than zero, not {}", path_, key, value), "");
        return 1.0;
    }
    template <std::size_t n> std::array<double, n> list(std::string_view key) {
        std::array<double, n> out{};
        const toml::node* node = find(key, false);
        if (!node) return out;
        const toml::array* items = node->as_array();
        if (!items || items->size() != n) {
            error(*node, fmt::format("{}.{} needs {} numbers", path_, key, n), "");
            return out;
        }
        for (std::size_t i = 0; i < n; ++i)
            out[i] = (*items)[i].value_or(0.0);
        return out;
    }
    std::vector<double> numbers(std::string_view key) {
        std::vector<double> out;
        const toml::node* node = find(key, false);
        if (const toml::array* items = node ? node->as_array() : nullptr)
            for (const toml::node& item : *items)
                out.push_back(item.value_or(0.0));
        return out;
    }
    Points pairs(std::string_view key, bool ascending) {
        Points out;
        const toml::node* node = find(key, false);
        const toml::array* items = node ? node->as_array() : nullptr;
        if (items)
            for (const toml::node& item : *items) {
                const toml::array* pair = item.as_array();
                if (!pair || pair->size() != 2) continue;
                out.emplace_back((*pair)[0].value_or(0.0), (*pair)[1].value_or(0.0));
                if (ascending && out.size() > 1 && out[out.size() - 2].first >= out.back().first)
                    error(item, fmt::format("{}.{}: the first numbers must ascend", path_, key), "");
            }
        if (out.empty() && node) error(*node, fmt::format("{}.{} needs pairs of numbers", path_, key), "");
        return out;
    }
    void error(const toml::node& node, std::string message, std::string hint) {
        findings_.error(place(node), "E0207", std::move(message), std::move(hint));
    }
    void complain(std::string_view key, std::string message) {
        if (const toml::node* node = table_.get(key)) error(*node, std::move(message), "");
    }

private:
    const toml::node* find(std::string_view key, bool optional) {
        taken_.emplace(key);
        known_.emplace(key);
        const toml::node* node = table_.get(key);
        if (!node && !optional)
            findings_.error(place(table_), "E0302", fmt::format("{}: '{}' is missing", path_, key), "");
        return node;
    }
    static std::optional<double> with_unit(std::string text, std::string_view unit) {
        std::erase(text, '_');
        double value = 0.0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (fault != std::errc()) return std::nullopt;
        std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
        while (rest.starts_with(' '))
            rest.remove_prefix(1);
        if (rest != unit) return std::nullopt;
        return value;
    }
    [[nodiscard]] Origin place(const toml::node& node) const {
        return {file_, node.source().begin.line, node.source().begin.column, 1};
    }

    const toml::table& table_;
    std::string path_;
    const std::string& file_;
    Diagnostics& findings_;
    std::set<std::string, std::less<>> taken_, known_;
};

class Reader {
public:
    Reader(const toml::table& root, const std::string& file, Diagnostics& findings)
        : root_(root), file_(file), findings_(findings) {}

    StreetCatalogue run() {
        each("source", [&](const std::string& name, Row& row) {
            out_.sources[name] = {row.text("title"), row.text("date"), row.text("grade")};
        });
        each("climate", [&](const std::string& name, Row& row) {
            cite("climate." + name, row);
            out_.climates[name] = {name, row.list<12>("mean_c"), row.number("swing", "K"),
                                   row.number("day_sigma", "K")};
        });
        each("home", [&](const std::string& name, Row& row) { home(name, row); });
        each("charging", [&](const std::string& name, Row& row) { charging(name, row); });
        each("robot", [&](const std::string& name, Row& row) { robot(name, row); });
        each("unit", [&](const std::string& name, Row& row) { unit(name, row); });
        each("region", [&](const std::string& name, Row& row) {
            cite("region." + name, row);
            StreetRegion& region = out_.regions[name];
            region.charging = row.text("charging");
            region.homes = row.positive("homes", "Mhome") * 1e6;
            region.utilisation = row.pairs("utilisation", true);
            known(row, "charging", region.charging, out_.charging);
        });
        each("upgrade", [&](const std::string& name, Row& row) { upgrade(name, row); });
        std::ranges::sort(out_.units, {}, [](const UnitType& u) { return std::pair(u.region, u.rating_kva); });
        return std::move(out_);
    }

private:
    template <class Body> void each(const char* kind, Body body) {
        const toml::table* rows = root_.get_as<toml::table>(kind);
        if (!rows) return;
        for (const auto& [key, value] : *rows) {
            if (!value.is_table()) continue;
            Row row(*value.as_table(), fmt::format("{}.{}", kind, key.str()), file_, findings_);
            body(std::string(key.str()), row);
        }
    }
    void cite(const std::string& path, Row& row) {
        const std::string id = row.text("source");
        if (!out_.sources.contains(id)) row.complain("source", fmt::format("{}: there is no source '{}'", path, id));
        out_.cited[path] = {id, row.text("note", "")};
    }
    template <class Map> void known(Row& row, const char* key, const std::string& name, const Map& map) {
        if (!map.contains(name)) row.complain(key, fmt::format("there is no {} '{}'", key, name));
    }
    void home(const std::string& name, Row& row) {
        cite("home." + name, row);
        HomeLoad& home = out_.homes[name];
        home.mean_kw = row.positive("mean", "kW");
        home.peak_one_kw = row.positive("peak_one", "kW");
        home.peak_many_kw = row.positive("peak_many", "kW");
        home.weather = row.number("weather", "");
        home.power_factor = row.positive("power_factor", "");
        home.month = row.list<12>("month");
        home.winter = row.list<24>("winter");
        home.summer = row.list<24>("summer");
        if (home.peak_one_kw < home.peak_many_kw || home.peak_many_kw < home.mean_kw)
            row.complain("peak_many", "a home's mean, its share of many and its own peak must rise in this order");
    }
    void charging(const std::string& name, Row& row) {
        cite("charging." + name, row);
        Charging& cars = out_.charging[name];
        cars.chargers.clear();
        for (const auto& [kw, weight] : row.pairs("chargers", true))
            cars.chargers.push_back({kw, weight});
        cars.kwh_a_day = row.positive("energy_a_day", "kWh");
        cars.session_cv = row.number("session_cv", "");
        cars.plug_share = row.positive("plug_share", "");
        cars.plug_hour = row.number("plug_hour", "h");
        cars.plug_sd_h = row.number("plug_sd", "h");
        cars.leave_hour = row.number("leave_hour", "h");
    }
    void robot(const std::string& name, Row& row) {
        cite("robot." + name, row);
        out_.robots[name] = {row.positive("battery", "kWh"), row.positive("charger", "kW"),
                             row.positive("efficiency", ""), row.number("work", "W"),
                             row.number("idle", "W"),        row.number("work_from", "h"),
                             row.number("work_to", "h")};
    }
    void unit(const std::string& name, Row& row) {
        cite("unit." + name, row);
        UnitType unit;
        unit.name = name;
        unit.region = row.text("region");
        unit.climate = row.text("climate");
        unit.home_type = row.text("home");
        known(row, "climate", unit.climate, out_.climates);
        known(row, "home", unit.home_type, out_.homes);
        if (const auto found = out_.homes.find(unit.home_type); found != out_.homes.end()) unit.home = found->second;
        unit.rating_kva = row.positive("rating", "kVA");
        unit.homes = row.positive("homes", "");
        unit.cars_a_home = row.positive("cars_a_home", "");
        unit.weight = row.positive("weight", "");
        unit.limit_pu = row.positive("limit", "");
        unit.paper = row.text("paper") == "kraft" ? Paper::kraft : Paper::thermally_upgraded;
        unit.heat.loss_ratio = row.positive("loss_ratio", "");
        unit.heat.oil_rise_k = row.positive("oil_rise", "K");
        unit.heat.surcharge_k = row.number("surcharge", "K", 0.0);
        unit.three_phase = row.flag("three_phase", false);
        out_.units.push_back(std::move(unit));
    }
    void upgrade(const std::string& name, Row& row) {
        cite("upgrade." + name, row);
        UpgradeCosts& costs = out_.regions[name].costs;
        costs.life_years = row.positive("life", "year");
        costs.rate = row.number("rate", "");
        costs.unit_usd = row.pairs("unit", true);
        costs.new_station_usd = row.positive("new_station", "USD");
        costs.managed_usd_a_car_year = row.number("managed_a_car", "USD/year");
        costs.storage_usd_a_kwh = row.number("storage_a_kwh", "USD/kWh");
        costs.line_usd_a_m = row.number("line_a_m", "USD/m");
        costs.price_factor = row.numbers("price_factor");
        if (costs.price_factor.size() != 3) row.complain("price_factor", "price_factor needs low, middle, high");
    }

    const toml::table& root_;
    const std::string& file_;
    Diagnostics& findings_;
    StreetCatalogue out_;
};

} // namespace

const UnitType* StreetCatalogue::unit(std::string_view name) const {
    const auto found = std::ranges::find(units, name, &UnitType::name);
    return found == units.end() ? nullptr : &*found;
}

std::vector<UnitType> StreetCatalogue::units_of(std::string_view region) const {
    std::vector<UnitType> out;
    std::ranges::copy_if(units, std::back_inserter(out), [region](const UnitType& u) { return u.region == region; });
    return out;
}

Street StreetCatalogue::street(const UnitType& type, std::uint64_t seed, double timer_share) const {
    Charging cars = charging.at(regions.at(type.region).charging);
    cars.timer_share = timer_share;
    return {type, climates.at(type.climate), std::move(cars), robots.at("home"), seed};
}

StreetCatalogue read_street_catalogue(const std::string& text, const std::string& file, Diagnostics& findings) {
    findings.remember_source(file, text);
    const toml::parse_result parsed = toml::parse(text, file);
    if (!parsed) {
        const auto& place = parsed.error().source().begin;
        findings.error({file, place.line, place.column, 1}, "E0101", std::string(parsed.error().description()), "");
        return {};
    }
    return Reader(parsed.table(), file, findings).run();
}

} // namespace autarky::grid
