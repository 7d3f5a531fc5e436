// autarky: looks for the cheapest measures that clear a street's or a feeder's limits, and describes what was tried.
// SPDX-License-Identifier: Apache-2.0
#include "answers/grid/fix.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "answers/watched.hpp"
#include "core/refuse.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

/// A set of measures at either place.
struct RemedyView {
    const grid::Remedy* street = nullptr;
    const grid::FeederRemedy* feeder = nullptr;

    template <class T> [[nodiscard]] std::optional<T> of_street(T grid::Remedy::* member) const {
        return street != nullptr ? std::optional(street->*member) : std::nullopt;
    }
    template <class T> [[nodiscard]] std::optional<T> of_feeder(T grid::FeederRemedy::* member) const {
        return feeder != nullptr ? std::optional(feeder->*member) : std::nullopt;
    }
    [[nodiscard]] std::string measures() const { return street != nullptr ? street->text() : feeder->text(); }
    [[nodiscard]] double capex() const { return street != nullptr ? street->capex_usd : feeder->capex_usd; }
    [[nodiscard]] double annualised() const {
        return street != nullptr ? street->annualised_usd : feeder->annualised_usd;
    }
    [[nodiscard]] bool clears() const { return street != nullptr ? street->clears : feeder->clears; }
    /// The criterion that still breaks; empty when none does.
    [[nodiscard]] const std::string& left() const {
        return street != nullptr ? street->first_violation : feeder->binding;
    }
};
constexpr auto describe(Type<RemedyView> /*type*/) {
    using R = RemedyView;
    constexpr auto only_street = "of streets only";
    constexpr auto only_feeder = "of feeders only";
    return fields(item("measures", &R::measures, "What is done"),
                  item(
                      "rating_kva", [](const R& r) { return r.of_street(&grid::Remedy::rating_kva); }, "kVA"_u,
                      "Rating after the works, of all units together")
                      .absent_if(only_street),
                  item(
                      "storage_kwh", [](const R& r) { return r.of_street(&grid::Remedy::storage_kwh); }, "kWh"_u,
                      "Battery at the unit")
                      .absent_if(only_street),
                  item(
                      "line_m", [](const R& r) { return r.of_feeder(&grid::FeederRemedy::line_m); }, "m"_u,
                      "Lines laid parallel, from their resistance")
                      .absent_if(only_feeder),
                  item("capex_usd", &R::capex, "USD"_u, "Cost of the works"),
                  item(
                      "yearly_usd", [](const R& r) { return r.of_street(&grid::Remedy::yearly_usd); }, "USD/year"_u,
                      "Cost a year beside that")
                      .absent_if(only_street),
                  item("annualised_usd", &R::annualised, "USD/year"_u,
                       "Works as equal payments over their life, and yearly cost"),
                  item(
                      "carries", [](const R& r) { return r.of_feeder(&grid::FeederRemedy::first); }, "1"_u,
                      "Cars that the worst placement carries then")
                      .absent_if(only_feeder),
                  item("clears", &R::clears, "Whether all limits are kept"),
                  item(
                      "first_violation", [](const R& r) { return r.of_street(&grid::Remedy::first_violation); },
                      "The limit that still breaks; empty: none")
                      .absent_if(only_street),
                  item(
                      "binding", [](const R& r) { return r.of_feeder(&grid::FeederRemedy::binding); },
                      "The criterion that stops most placements")
                      .absent_if(only_feeder));
}

std::vector<RemedyView> trail_of(const FixAnswer& a) {
    std::vector<RemedyView> out;
    if (const auto* street = std::get_if<grid::Mitigation>(&a.found))
        for (const auto& remedy : street->trail)
            out.push_back({.street = &remedy});
    else
        for (const auto& remedy : std::get<grid::FeederMitigation>(a.found).trail)
            out.push_back({.feeder = &remedy});
    return out;
}

} // namespace

bool FixAnswer::is_needed() const {
    return std::visit([](const auto& one) { return one.needed; }, found);
}

std::optional<std::string> FixAnswer::chosen() const {
    for (const auto& remedy : trail_of(*this))
        if (remedy.clears()) return remedy.measures();
    return std::nullopt;
}

constexpr auto describe(Type<FixAnswer> /*type*/) {
    using A = FixAnswer;
    return fields(item(
                      "command", [](const A&) { return "grid fix"; }, "What was asked"),
                  item(
                      "street", [](const A& a) { return a.notes ? std::string() : a.question.street; }, "The street")
                      .absent_if("it is a feeder"),
                  item(
                      "feeder", [](const A& a) { return a.notes ? a.question.street : std::string(); }, "The feeder")
                      .absent_if("it is a street"),
                  item("cars", &A::cars, "1"_u, "Cars that it has to carry"),
                  item("notes", &A::notes, "What was left out or taken otherwise than it stands in the feeder")
                      .absent_if("it is a street"),
                  item("needed", &A::is_needed, "Whether a limit breaks as it is"),
                  item("chosen", &A::chosen, "The cheapest measures that clear all limits").null_if("nothing does"),
                  item("trail", &trail_of, "What was looked at, cheapest first, up to what clears"));
}

namespace {

FixAnswer fix_feeder(const FeederPlace& place, const grid::StreetCatalogue& streets, const FixQuestion& q,
                     const Watch& watch) {
    check_devices(q, place.most_cars());
    FixAnswer out{q, q.devices.value_or(place.most_cars()), {}, place.feeder->notes};
    constexpr int usual_placements = 10;
    const grid::FeederHosting how{.placements = q.placements.value_or(usual_placements),
                                  .a_load = place.a_load,
                                  .managed_share = q.managed.value_or(1.0),
                                  .seed = q.seed};
    Diagnostics findings;
    out.found = grid::cheapest_feeder_remedy(*place.feeder, place.habits, limits_of(q, 1.0), how, out.cars,
                                             streets.regions.at(std::string(name_of(place.region))).costs,
                                             q.price_factor, place.file, findings, watched(watch));
    watch.settle(findings);
    if (watch.stop.stop_requested() && trail_of(out).empty()) refuse_stopped("placements");
    return out;
}

} // namespace

FixAnswer fix(const Catalogue& catalogue, const FixQuestion& q, const Watch& watch) {
    const auto streets = catalogue.streets(watch);
    if (const auto place = feeder_place(catalogue, streets, q, watch)) return fix_feeder(*place, streets, q, watch);
    const auto unit = street_place(catalogue, streets, q);
    if (q.placements)
        refuse_field("placements", "E0506", fmt::format("it changes nothing at the street {}", q.street),
                     "only a feeder has use for it");
    check_devices(q, most_cars(unit));
    FixAnswer out{q, q.devices.value_or(most_cars(unit)), {}, {}};
    out.found = grid::cheapest_remedy(streets, unit, {unit.homes, out.cars, 0, 1.0, q.managed.value_or(0.0)},
                                      limits_of(q, unit.limit_pu), q.timers, q.price_factor, q.seed);
    return out;
}

std::string text(const FixAnswer& answer, const show::Page& page) {
    std::string out = fmt::format("{} with {} cars: {}\n", answer.question.street, answer.cars,
                                  answer.is_needed() ? "breaks a limit" : "keeps all limits");
    for (const auto& note : answer.notes.value_or(std::vector<std::string>{}))
        out += fmt::format("note: {}\n", note);
    const bool is_feeder = answer.notes.has_value();
    show::Sheet sheet(is_feeder ? std::vector<std::string>{"<measures", "USD/year", "carries", "<"}
                                : std::vector<std::string>{"<measures", "USD/year", "<"});
    for (const auto& remedy : trail_of(answer)) {
        const auto rest = remedy.clears() ? std::string("clears") : "leaves " + remedy.left();
        std::vector<std::string> cells{remedy.measures(), fmt::format("{:.0f}", remedy.annualised())};
        if (is_feeder) cells.push_back(fmt::format("{}", remedy.feeder->first));
        cells.push_back(rest);
        sheet.row(std::move(cells));
    }
    out += "\n" + sheet.text(page, 0, 2);
    if (!answer.chosen()) out += "\nnothing on the list clears it\n";
    return out;
}

Standing standing(const FixAnswer& answer) { return answer.chosen() ? Standing::good : Standing::gate_failed; }

const Entry fix_entry = entry_of<&fix, FixQuestion, FixAnswer>(
    "grid", "fix", "The cheapest measures that make a street or a feeder carry a number of cars");

} // namespace autarky::answers
