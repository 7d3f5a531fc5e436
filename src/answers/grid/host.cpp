// autarky: places devices on a street or a feeder until a limit breaks, and describes what each placement carries.
// SPDX-License-Identifier: Apache-2.0
#include "answers/grid/host.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "answers/watched.hpp"
#include "core/refuse.hpp"
#include "grid/feeder/power_flow.hpp"
#include "show/table.hpp"

namespace autarky::answers {

constexpr auto describe(Type<HostAnswer::OfStreet> /*type*/) {
    using S = HostAnswer::OfStreet;
    return fields(item("region", &S::region, "Region of the street"),
                  item("rating_kva", &S::rating_kva, "kVA"_u, "Rating of its transformer"),
                  item("present_peak_kva", &S::present_peak_kva, "kVA"_u, "Highest load of its homes today"));
}

constexpr auto describe(Type<HostAnswer::OfFeeder> /*type*/) {
    using F = HostAnswer::OfFeeder;
    return fields(item("library", &F::library, "What computes the power flow"),
                  item("loads", &F::loads, "1"_u, "Loads of the feeder that can take cars"),
                  item(
                      "rating_is",
                      [](const F&) { return "current of the fullest winding and phase over its rated current"; },
                      "What the rating of a transformer is judged by"));
}

namespace {

struct LimitsView {
    grid::HostingLimits limits;
    bool is_street;
    [[nodiscard]] std::optional<double> of_street(double x) const {
        return is_street ? std::optional(x) : std::nullopt;
    }
    [[nodiscard]] std::optional<double> of_feeder(double x) const {
        return is_street ? std::nullopt : std::optional(x);
    }
};
constexpr auto describe(Type<LimitsView> /*type*/) {
    using L = LimitsView;
    constexpr auto only_street = "of streets only";
    constexpr auto only_feeder = "of feeders only";
    return fields(
        item(
            "rating_pu", [](const L& l) { return l.limits.rating_pu; }, "1"_u, "Highest load over rating"),
        item(
            "hot_spot_c", [](const L& l) { return l.of_street(l.limits.hot_spot_c); }, unit_named("degC"),
            "Highest hot spot")
            .absent_if(only_street),
        item(
            "top_oil_c", [](const L& l) { return l.of_street(l.limits.top_oil_c); }, unit_named("degC"),
            "Highest top oil")
            .absent_if(only_street),
        item(
            "ageing", [](const L& l) { return l.of_street(l.limits.ageing); }, "1"_u, "Years of normal life a year")
            .absent_if(only_street),
        item(
            "voltage_low_pu", [](const L& l) { return l.of_feeder(l.limits.voltage_low_pu); }, "1"_u,
            "Lowest voltage over rated voltage")
            .absent_if(only_feeder),
        item(
            "voltage_high_pu", [](const L& l) { return l.of_feeder(l.limits.voltage_high_pu); }, "1"_u, "Highest")
            .absent_if(only_feeder),
        item(
            "line_pu", [](const L& l) { return l.of_feeder(l.limits.line_pu); }, "1"_u,
            "Highest current of a line over its rated current")
            .absent_if(only_feeder));
}

/// Devices that placements carry under a criterion.
struct Figures {
    const grid::CriterionResult* of;
    int most;
    std::optional<int> devices;

    using Named = std::pair<std::string_view, int>;
    [[nodiscard]] std::vector<Named> named() const {
        return {{"first", of->first()},      {"p05", of->quantile(0.05)},
                {"p25", of->quantile(0.25)}, {"median", of->quantile(0.5)},
                {"p75", of->quantile(0.75)}, {"p95", of->quantile(0.95)},
                {"all", of->all()}};
    }
    /// Figures at the ceiling of the test: it could be more.
    [[nodiscard]] std::vector<std::string_view> at_least() const {
        std::vector<std::string_view> out;
        for (const auto& [name, carried] : named())
            if (carried >= most) out.push_back(name);
        return out;
    }
    [[nodiscard]] std::optional<double> share_that_carries() const {
        if (!devices) return std::nullopt;
        const auto fits = std::ranges::count_if(of->carried, [&](int n) { return n >= *devices; });
        return static_cast<double>(fits) / static_cast<double>(of->carried.size());
    }
};
constexpr auto describe(Type<Figures> /*type*/) {
    using F = Figures;
    return fields(
        item("at_least", &F::at_least, "Which of the figures stand at the ceiling of the test, so that it may be more"),
        item(
            "first", [](const F& f) { return f.of->first(); }, "1"_u, "Devices that the worst placement carries"),
        item(
            "p05", [](const F& f) { return f.of->quantile(0.05); }, "1"_u, "5 % of placements carry no more"),
        item(
            "p25", [](const F& f) { return f.of->quantile(0.25); }, "1"_u, "25 % carry no more"),
        item(
            "median", [](const F& f) { return f.of->quantile(0.5); }, "1"_u, "Half of them carry no more"),
        item(
            "p75", [](const F& f) { return f.of->quantile(0.75); }, "1"_u, "75 % carry no more"),
        item(
            "p95", [](const F& f) { return f.of->quantile(0.95); }, "1"_u, "95 % carry no more"),
        item(
            "all", [](const F& f) { return f.of->all(); }, "1"_u, "The best placement carries"),
        item(
            "placements_never_limited", [](const F& f) { return f.of->never; }, "1"_u,
            "Placements that carry all that there is room for"),
        item(
            "placements_over_at_start", [](const F& f) { return f.of->at_once; }, "1"_u,
            "Placements over the limit before the first device"),
        item(
            "carried", [](const F& f) { return f.of->carried; }, "1"_u, "Devices by placement, ascending"),
        item("share_that_carries", &F::share_that_carries, "1"_u, "Share of placements that carry the asked number")
            .absent_if("no number of devices is asked about"));
}

struct CriterionView {
    const grid::CriterionResult* of;
    int most;
    std::optional<int> devices;
    [[nodiscard]] bool is_judged() const { return of->not_judged.empty(); }
    [[nodiscard]] std::optional<Figures> figures() const {
        if (!is_judged()) return std::nullopt;
        return Figures{of, most, devices};
    }
};
constexpr auto describe(Type<CriterionView> /*type*/) {
    using C = CriterionView;
    return fields(item(
                      "criterion", [](const C& c) { return c.of->criterion; },
                      "rating, heat, ageing, voltage, line; any: the first that binds"),
                  item("judged", &C::is_judged, "Whether something can be said of it"),
                  item(
                      "why", [](const C& c) { return c.of->not_judged; }, "Why nothing can be said")
                      .absent_if("it is judged"),
                  item("figures", &C::figures, "What placements carry").merged_if("it is not judged"));
}

std::vector<CriterionView> criteria_of(const HostAnswer& a) {
    std::vector<CriterionView> out;
    for (const auto& criterion : a.result.criteria)
        out.push_back({&criterion, a.result.most, a.question.devices});
    return out;
}

std::map<std::string, int> binding_of(const HostAnswer& a) {
    std::map<std::string, int> out;
    for (const auto& name : a.result.binding)
        ++out[name];
    return out;
}

} // namespace

constexpr auto describe(Type<HostAnswer> /*type*/) {
    using A = HostAnswer;
    constexpr auto is_feeder = "it is a feeder";
    constexpr auto is_street = "it is a street";
    return fields(
        item(
            "command", [](const A&) { return "grid host"; }, "What was asked"),
        item(
            "street", [](const A& a) { return a.street ? a.question.street : std::string(); }, "The street")
            .absent_if(is_feeder),
        item(
            "feeder", [](const A& a) { return a.feeder ? a.question.street : std::string(); }, "The feeder")
            .absent_if(is_street),
        item("of_street", &A::street, "Its unit").merged_if(is_feeder),
        item("of_feeder", &A::feeder, "Its loads").merged_if(is_street),
        item("homes", &A::homes, "home"_u, "Homes there"),
        item(
            "device", [](const A& a) { return a.question.device; }, "What is added"),
        item(
            "managed_share", [](const A& a) { return a.question.managed; }, "1"_u, "Share of managed cars"),
        item(
            "timer_share", [](const A& a) { return a.question.timers; }, "1"_u, "Share of cars on a timer"),
        item(
            "limits", [](const A& a) { return LimitsView{a.limits, a.street.has_value()}; }, "What breaks a placement"),
        item(
            "most_devices", [](const A& a) { return a.result.most; }, "1"_u, "Devices that there is room for"),
        item(
            "placements", [](const A& a) { return a.result.placements; }, "1"_u,
            "Placements drawn, fewer than asked for when it was stopped"),
        item("criteria", &criteria_of, "One row a criterion"),
        item("binding", &binding_of, "1"_u, "Placements by the criterion that stopped them, or none"),
        item("day", &A::day,
             "The hottest day of a street's first placement, with the asked devices or as many as half of the "
             "placements "
             "carry")
            .absent_if(is_feeder),
        item(
            "notes", [](const A& a) { return a.result.notes; },
            "What was left out or taken otherwise than it stands in the input"));
}

namespace {

HostAnswer host_on_feeder(const FeederPlace& place, const HostQuestion& q, const Watch& watch) {
    if (q.device != AddedDevice::car)
        refuse_field("device", "E0506", fmt::format("it changes nothing at the feeder {}", q.street),
                     "cars stand at its loads");
    check_devices(q, place.most_cars());
    HostAnswer out{.question = q,
                   .homes = static_cast<double>(place.feeder->n_homes()),
                   .street = {},
                   .feeder = {{"power-grid-model " + grid::power_flow_version(), place.feeder->customers.size()}},
                   .limits = limits_of(q, 1.0),
                   .result = {}};
    Diagnostics findings;
    out.result = grid::host_feeder(
        *place.feeder, place.habits, out.limits,
        {.placements = q.placements, .a_load = place.a_load, .managed_share = q.managed, .seed = q.seed}, place.file,
        findings, watched(watch));
    watch.settle(findings);
    return out;
}

} // namespace

Standing standing(const HostAnswer& answer) {
    return answer.result.placements < answer.question.placements ? Standing::interrupted : Standing::good;
}

HostAnswer host(const Catalogue& catalogue, const HostQuestion& q, const Watch& watch) {
    const auto streets = catalogue.streets(watch);
    if (const auto place = feeder_place(catalogue, streets, q, watch)) return host_on_feeder(*place, q, watch);
    const auto unit = street_place(catalogue, streets, q);
    check_devices(q, most_cars(unit));
    const auto street = streets.street(unit, q.seed, q.timers);
    const double present = street.load({unit.homes, 0, 0, 1.0, 0.0}, 0).peak_kva;
    HostAnswer out{.question = q,
                   .homes = unit.homes,
                   .street = {{unit.region, unit.rating_kva, present}},
                   .feeder = {},
                   .limits = limits_of(q, unit.limit_pu),
                   .result = {}};
    const grid::HostedDevice device{q.device != AddedDevice::robot, q.device != AddedDevice::car, q.managed};
    out.result = grid::host_street(street, out.limits, device, q.placements, watched(watch));
    out.day = grid::worst_day(street, device, q.devices.value_or(out.result.any().quantile(0.5)), 0);
    return out;
}

namespace {

std::string head_of(const HostAnswer& a) {
    const auto& q = a.question;
    const auto& l = a.limits;
    if (a.street) {
        constexpr std::array<std::string_view, 3> names{"cars", "robots", "cars with a robot each"};
        return fmt::format(
            "{}: {:g} kVA, {:g} homes, {:.0f} % loaded today; {} that each placement carries (at most "
            "{})\nlimits: {:g} of the rating, hot spot {:g} C, top oil {:g} C, {:g} years of life a "
            "year\n",
            q.street, a.street->rating_kva, a.homes, 100.0 * a.street->present_peak_kva / a.street->rating_kva,
            names[static_cast<std::size_t>(q.device)], a.result.most, l.rating_pu, l.hot_spot_c, l.top_oil_c, l.ageing);
    }
    const auto loads = static_cast<double>(a.feeder->loads);
    return fmt::format("{}: cars at {:g} load{}, at most {} at each{}, {} placements\nlimits: transformers {:g} and "
                       "lines {:g} of their rated current, {:.2f} to {:.2f} pu\n",
                       q.street, loads, loads == 1.0 ? "" : "s", q.a_load.value_or(2),
                       a.homes > loads ? fmt::format(" of {:g} homes", a.homes) : std::string(), a.result.placements,
                       l.rating_pu, l.line_pu, l.voltage_low_pu, l.voltage_high_pu);
}

} // namespace

std::string text(const HostAnswer& answer, const show::Page& page) {
    const auto& result = answer.result;
    std::string out = head_of(answer), remarks;
    for (const auto& note : result.notes)
        out += fmt::format("note: {}\n", note);
    bool any_ceiling = false;
    const auto carried = [&](int n) {
        any_ceiling |= n >= result.most;
        return fmt::format("{}{}", n, n >= result.most ? "+" : "");
    };
    show::Sheet sheet({"<criterion", "first", "5 %", "median", "95 %", "all", "never limited"});
    for (const auto& c : result.criteria) {
        if (!c.not_judged.empty()) {
            remarks += fmt::format("{} is not judged: {}\n", c.criterion, c.not_judged);
            continue;
        }
        sheet.row({c.criterion, carried(c.first()), carried(c.quantile(0.05)), carried(c.quantile(0.5)),
                   carried(c.quantile(0.95)), carried(c.all()), fmt::format("{} of {}", c.never, result.placements)});
        if (c.at_once > 0)
            remarks +=
                fmt::format("{}: over the limit before the first device in {} placements\n", c.criterion, c.at_once);
    }
    out += "\n" + sheet.text(page, 0, 3) + "\n" + remarks;
    if (any_ceiling) out += fmt::format("{}+: at least {}, all that were tried\n", result.most, result.most);
    if (answer.question.devices) {
        const auto fits =
            std::ranges::count_if(result.any().carried, [&](int n) { return n >= *answer.question.devices; });
        out +=
            fmt::format("{} devices fit in {} of {} placements\n", *answer.question.devices, fits, result.placements);
    }
    return out;
}

const Entry host_entry = entry_of<&host, HostQuestion, HostAnswer>(
    "grid", "host", "How many devices a street or a feeder carries before the first limit breaks");

} // namespace autarky::answers
