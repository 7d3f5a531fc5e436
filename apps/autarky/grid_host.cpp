// autarky: `grid host`, `grid fix`, `grid list`: what a street carries, and how to make it carry more.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <cmath>

#include "autarky/grid_options.hpp"
#include "autarky/output.hpp"
#include "core/visible.hpp"
#include "grid/hosting/feeder_places.hpp"
#include "grid/hosting/feeder_remedy.hpp"
#include "grid/hosting/hosting.hpp"
#include "grid/hosting/mitigation.hpp"

namespace autarky::cli {
namespace {

using namespace autarky::grid;
using json = nlohmann::ordered_json;

void print_json(const json& answer) {
    print(visible_json(answer.dump(2, ' ', false, json::error_handler_t::replace)) + "\n");
}

std::string one_target(const GridOptions& o, const char* action) {
    if (o.targets.size() != 1)
        throw UsageError("E0504", fmt::format("{} wants one street or feeder", action), "autarky grid list names them");
    return o.targets.front();
}

UnitType unit_of(const StreetCatalogue& streets, const GridOptions& o, const std::string& name) {
    const UnitType* found = streets.unit(name);
    if (!found) {
        std::vector<std::string_view> names;
        for (const UnitType& unit : streets.units)
            names.push_back(unit.name);
        const std::string suggestion = did_you_mean(name, names);
        throw UsageError("E0505", fmt::format("there is no street '{}'", name),
                         suggestion.empty() ? "autarky grid list names streets and feeders" : suggestion);
    }
    UnitType unit = *found;
    if (o.homes) {
        grid_check_range("--homes", *o.homes, 0.0, 1000.0);
        unit.homes = *o.homes;
    }
    if (o.limit) {
        grid_check_range("--limit", *o.limit, 0.1, 5.0);
        unit.limit_pu = *o.limit;
    }
    return unit;
}

HostingLimits limits_of(const GridOptions& o, double rating_pu) {
    if (o.limit) grid_check_range("--limit", *o.limit, 0.1, 5.0);
    if (o.hot_spot) grid_check_range("--hot-spot", *o.hot_spot, 60.0, 200.0);
    if (o.ageing) grid_check_range("--ageing", *o.ageing, 0.01, 1000.0);
    HostingLimits limits;
    limits.rating_pu = o.limit.value_or(rating_pu);
    limits.hot_spot_c = o.hot_spot.value_or(limits.hot_spot_c);
    limits.ageing = o.ageing.value_or(limits.ageing);
    return limits;
}

/// Options that only a street has would change nothing at a feeder.
void check_feeder_options(const GridOptions& o, const std::string& name) {
    const char* vain = o.homes             ? "--homes"
                       : o.hot_spot        ? "--hot-spot"
                       : o.ageing          ? "--ageing"
                       : o.device != "car" ? "--device"
                                           : nullptr;
    if (vain)
        throw UsageError("E0504", fmt::format("{} has no meaning at the feeder {}", vain, name),
                         "cars stand at its loads, and its limits are rating, voltage and line");
}

void check_shares(const GridOptions& o) {
    grid_check_range("--managed", o.managed, 0.0, 1.0);
    grid_check_range("--timers", o.timers, 0.0, 1.0);
    grid_check_range("--placements", o.placements, 1, 100000);
}

/// More devices than there are places is a mistake of the question, not a result.
void check_devices(const GridOptions& o, int most, const std::string& name) {
    if (o.devices && (*o.devices < 0 || *o.devices > most))
        throw UsageError("E0506",
                         fmt::format("{} devices: the homes of {} have room for 0 to {}", *o.devices, name, most),
                         "--homes changes the street");
}

json json_of(const HostingResult& result, const GridOptions& o) {
    json criteria = json::array();
    for (const CriterionResult& c : result.criteria) {
        if (!c.not_judged.empty()) {
            criteria.push_back({{"criterion", c.criterion}, {"judged", false}, {"why", c.not_judged}});
            continue;
        }
        json at_least = json::array();
        const std::initializer_list<std::pair<const char*, int>> figures{
            {"first", c.first()},      {"p05", c.quantile(0.05)},
            {"p25", c.quantile(0.25)}, {"median", c.quantile(0.5)},
            {"p75", c.quantile(0.75)}, {"p95", c.quantile(0.95)},
            {"all", c.all()}};
        for (const auto& [name, carried] : figures)
            if (carried >= result.most) at_least.push_back(name);
        json row{{"criterion", c.criterion},
                 {"judged", true},
                 {"at_least", at_least},
                 {"first", c.first()},
                 {"p05", c.quantile(0.05)},
                 {"p25", c.quantile(0.25)},
                 {"median", c.quantile(0.5)},
                 {"p75", c.quantile(0.75)},
                 {"p95", c.quantile(0.95)},
                 {"all", c.all()},
                 {"placements_never_limited", c.never},
                 {"placements_over_at_start", c.at_once},
                 {"carried", c.carried}};
        if (o.devices) {
            const auto fits = std::count_if(c.carried.begin(), c.carried.end(), [&](int n) { return n >= *o.devices; });
            row["share_that_carries"] = static_cast<double>(fits) / static_cast<double>(c.carried.size());
        }
        criteria.push_back(std::move(row));
    }
    json binding = json::object();
    for (const std::string& name : result.binding)
        binding[name] = binding.value(name, 0) + 1;
    return {{"most_devices", result.most},
            {"placements", result.placements},
            {"criteria", criteria},
            {"binding", binding},
            {"notes", result.notes}};
}

void print_result(const HostingResult& result, const GridOptions& o) {
    print(fmt::format("{:<10}{:>7}{:>7}{:>7}{:>7}{:>7}   {}\n", "criterion", "first", "5 %", "median", "95 %", "all",
                      "never limited"));
    // What stands at the ceiling of the test could be more.
    bool any_ceiling = false;
    const auto carried = [&](int n) {
        any_ceiling |= n >= result.most;
        return n >= result.most ? fmt::format("{}+", n) : fmt::format("{}", n);
    };
    for (const CriterionResult& c : result.criteria) {
        if (!c.not_judged.empty()) {
            print(fmt::format("{:<10}not judged: {}\n", c.criterion, c.not_judged));
            continue;
        }
        print(fmt::format("{:<10}{:>7}{:>7}{:>7}{:>7}{:>7}   {} of {}\n", c.criterion, carried(c.first()),
                          carried(c.quantile(0.05)), carried(c.quantile(0.5)), carried(c.quantile(0.95)),
                          carried(c.all()), c.never, result.placements));
        if (c.at_once > 0)
            print(fmt::format("          over the limit before the first device in {} placements\n", c.at_once));
    }
    if (any_ceiling) print(fmt::format("{}+: at least {}, all that were tried\n", result.most, result.most));
    if (o.devices) {
        const auto& all = result.any().carried;
        const auto fits = std::count_if(all.begin(), all.end(), [&](int n) { return n >= *o.devices; });
        print(fmt::format("{} devices fit in {} of {} placements\n", *o.devices, fits, result.placements));
    }
}

/// Path of a feeder, or empty when the name is a street's.
std::string feeder_path(const StreetCatalogue& streets, const std::string& name) {
    if (streets.unit(name)) return {};
    if (name.ends_with(".json")) return name;
    return grid_catalogue_file("feeders/" + name + ".json");
}

Exit host_on_feeder(const StreetCatalogue& streets, const GridOptions& o, const std::string& name,
                    const std::string& file) {
    check_feeder_options(o, name);
    grid_check_range("--a-load", o.a_load, 1, 20);
    const UnitType* habits_of = streets.unit(o.region == "us" ? "us-pole-25" : "eu-station-400");
    const Street habits = streets.street(*habits_of, o.seed, o.timers);
    Diagnostics findings;
    const auto feeder = hosted_feeder(grid_text_of(file), file, o.frequency_hz, habits, findings);
    grid_settle(findings);
    const FeederHosting how{o.placements, o.a_load, 8, o.managed, o.seed};
    const HostingLimits limits = limits_of(o, 1.0);
    check_devices(o, static_cast<int>(feeder->n_homes()) * o.a_load, name);
    Diagnostics of_flow;
    const HostingResult result = host_feeder(*feeder, habits, limits, how, file, of_flow);
    grid_settle(of_flow);
    if (o.json) {
        json out{{"command", "grid host"},
                 {"feeder", name},
                 {"device", "car"},
                 {"library", "power-grid-model " + power_flow_version()},
                 {"loads", feeder->customers.size()},
                 {"homes", feeder->n_homes()},
                 {"managed_share", o.managed},
                 {"timer_share", o.timers},
                 {"rating_is", "current of the fullest winding and phase over its rated current"},
                 {"limits",
                  {{"rating_pu", limits.rating_pu},
                   {"voltage_low_pu", limits.voltage_low_pu},
                   {"voltage_high_pu", limits.voltage_high_pu},
                   {"line_pu", limits.line_pu}}}};
        out.update(json_of(result, o));
        print_json(out);
    } else {
        print(fmt::format("{}: cars at {} loads, at most {} at each{}, {} placements\n", name, feeder->customers.size(),
                          o.a_load,
                          feeder->n_homes() > feeder->customers.size() ? fmt::format(" of {} homes", feeder->n_homes())
                                                                       : std::string(),
                          result.placements));
        print(fmt::format("limits: transformers {:g} and lines {:g} of their rated current, {:.2f} to {:.2f} pu\n",
                          limits.rating_pu, limits.line_pu, limits.voltage_low_pu, limits.voltage_high_pu));
        for (const std::string& note : result.notes)
            print(fmt::format("note: {}\n", note));
        print_result(result, o);
    }
    return Exit::ok;
}

} // namespace

Exit grid_host(const GridOptions& o) {
    const std::string name = one_target(o, "host");
    check_shares(o);
    if (o.device != "car" && o.device != "robot" && o.device != "both")
        throw UsageError("E0503", fmt::format("--device is car, robot or both, not '{}'", o.device));
    const StreetCatalogue streets = grid_streets();
    if (const std::string file = feeder_path(streets, name); !file.empty())
        return host_on_feeder(streets, o, name, file);

    const UnitType unit = unit_of(streets, o, name);
    check_devices(o, static_cast<int>(std::floor(unit.homes * unit.cars_a_home + 1e-9)), name);
    const Street street = streets.street(unit, o.seed, o.timers);
    const HostingLimits limits = limits_of(o, unit.limit_pu);
    const HostingResult result =
        host_street(street, limits, {o.device != "robot", o.device != "car", o.managed}, o.placements);
    const double present = street.load({unit.homes, 0, 0, 1.0, 0.0}, 0).peak_kva;
    if (o.json) {
        json out{{"command", "grid host"},
                 {"street", name},
                 {"region", unit.region},
                 {"rating_kva", unit.rating_kva},
                 {"homes", unit.homes},
                 {"device", o.device},
                 {"managed_share", o.managed},
                 {"timer_share", o.timers},
                 {"present_peak_kva", present},
                 {"limits",
                  {{"rating_pu", limits.rating_pu},
                   {"hot_spot_c", limits.hot_spot_c},
                   {"top_oil_c", limits.top_oil_c},
                   {"ageing", limits.ageing}}}};
        out.update(json_of(result, o));
        print_json(out);
        return Exit::ok;
    }
    print(fmt::format("{}: {:g} kVA, {:g} homes, {:.0f} % loaded today; {} that each placement carries (at most {})\n",
                      name, unit.rating_kva, unit.homes, 100.0 * present / unit.rating_kva,
                      o.device == "car"     ? "cars"
                      : o.device == "robot" ? "robots"
                                            : "cars with a robot each",
                      result.most));
    print(fmt::format("limits: {:g} of the rating, hot spot {:g} C, top oil {:g} C, {:g} years of life a year\n",
                      limits.rating_pu, limits.hot_spot_c, limits.top_oil_c, limits.ageing));
    print_result(result, o);
    return Exit::ok;
}

namespace {

Exit fix_feeder(const StreetCatalogue& streets, const GridOptions& o, const std::string& name,
                const std::string& file) {
    check_feeder_options(o, name);
    grid_check_range("--a-load", o.a_load, 1, 20);
    const Street habits =
        streets.street(*streets.unit(o.region == "us" ? "us-pole-25" : "eu-station-400"), o.seed, o.timers);
    Diagnostics findings;
    const auto feeder = hosted_feeder(grid_text_of(file), file, o.frequency_hz, habits, findings);
    grid_settle(findings);
    const int most = static_cast<int>(feeder->n_homes()) * o.a_load;
    check_devices(o, most, name);
    const int cars = o.devices.value_or(most);
    constexpr int placements = 10;
    const FeederHosting how{std::min(o.placements, placements), o.a_load, 8, o.managed > 0.0 ? o.managed : 1.0, o.seed};
    Diagnostics of_flow;
    const FeederMitigation found = cheapest_feeder_remedy(*feeder, habits, limits_of(o, 1.0), how, cars,
                                                          streets.regions.at(o.region == "us" ? "us" : "europe").costs,
                                                          o.price_factor, file, of_flow);
    grid_settle(of_flow);
    if (o.json) {
        json trail = json::array();
        for (const FeederRemedy& r : found.trail)
            trail.push_back({{"measures", r.text()},
                             {"line_m", r.line_m},
                             {"capex_usd", r.capex_usd},
                             {"annualised_usd", r.annualised_usd},
                             {"carries", r.first},
                             {"clears", r.clears},
                             {"binding", r.binding}});
        print_json(json{{"command", "grid fix"},
                        {"feeder", name},
                        {"cars", cars},
                        {"notes", feeder->notes},
                        {"needed", found.needed},
                        {"chosen", found.cleared() ? json(found.trail.back().text()) : json()},
                        {"trail", trail}});
        return found.cleared() ? Exit::ok : Exit::gate;
    }
    print(fmt::format("{} with {} cars: {}\n", name, cars, found.needed ? "breaks a limit" : "keeps all limits"));
    for (const std::string& note : feeder->notes)
        print(fmt::format("note: {}\n", note));
    for (const FeederRemedy& r : found.trail)
        print(fmt::format("  {:>9.0f} USD/year  {:<56} carries {}{}\n", r.annualised_usd, r.text(), r.first,
                          r.clears ? ", clears" : ", then " + r.binding));
    if (!found.cleared()) print("nothing on the list clears it\n");
    return found.cleared() ? Exit::ok : Exit::gate;
}

} // namespace

Exit grid_fix(const GridOptions& o) {
    const std::string name = one_target(o, "fix");
    check_shares(o);
    grid_check_range("--price-factor", o.price_factor, 0.1, 20.0);
    const StreetCatalogue streets = grid_streets();
    if (const std::string file = feeder_path(streets, name); !file.empty()) return fix_feeder(streets, o, name, file);
    const UnitType unit = unit_of(streets, o, name);
    const int most = static_cast<int>(std::floor(unit.homes * unit.cars_a_home + 1e-9));
    check_devices(o, most, name);
    const int cars = o.devices.value_or(most);
    const Mitigation found = cheapest_remedy(streets, unit, {unit.homes, cars, 0, 1.0, o.managed},
                                             limits_of(o, unit.limit_pu), o.timers, o.price_factor, o.seed);
    if (o.json) {
        json trail = json::array();
        for (const Remedy& r : found.trail)
            trail.push_back({{"measures", r.text()},
                             {"rating_kva", r.rating_kva},
                             {"storage_kwh", r.storage_kwh},
                             {"capex_usd", r.capex_usd},
                             {"yearly_usd", r.yearly_usd},
                             {"annualised_usd", r.annualised_usd},
                             {"clears", r.clears},
                             {"first_violation", r.first_violation}});
        print_json(json{{"command", "grid fix"},
                        {"street", name},
                        {"cars", cars},
                        {"needed", found.needed},
                        {"chosen", found.chosen ? json(found.chosen->text()) : json()},
                        {"trail", trail}});
        return found.chosen ? Exit::ok : Exit::gate;
    }
    print(fmt::format("{} with {} cars: {}\n", name, cars, found.needed ? "breaks a limit" : "keeps all limits"));
    for (const Remedy& r : found.trail)
        print(fmt::format("  {:>9.0f} USD/year  {:<50} {}\n", r.annualised_usd, r.text(),
                          r.clears ? "clears" : "leaves " + r.first_violation));
    if (!found.chosen) print("nothing on the list clears it\n");
    return found.chosen ? Exit::ok : Exit::gate;
}

} // namespace autarky::cli
