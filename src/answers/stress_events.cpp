// autarky: turns what a stress asks for into overrides of the scenario.
// SPDX-License-Identifier: Apache-2.0
#include "answers/stress_events.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "answers/quarters.hpp"
#include "core/refuse.hpp"
#include "design/document.hpp"
#include "input/central.hpp"
#include "input/grade.hpp"
#include "scenario/event_targets.hpp"
#include "show/figure_text.hpp"

namespace autarky::answers {
namespace {

/// A row of the catalogue. Its numbers are handed to the scenario as they are written, but for those of delays and of added
/// capacity, which are run at their medians.
template <class R> struct EventRow {
    StressKind kind = StressKind::supply_loss;
    std::string location;
    PerYear<R> hazard;
    Duration<R> duration;
    R severity, parts_loss, memory_multiple;
    DefectDensity<R> defect_jump;
};
template <class R> constexpr auto describe(Type<EventRow<R>> /*type*/) {
    using E = EventRow<R>;
    return fields(
        plain_field("kind", &E::kind, "What it does"),
        plain_field("location", &E::location,
                    "Country or region that it strikes; empty: one site, which the question names", ""),
        field("hazard", &E::hazard, "%/year"_u, "Rate at which it happens", Range::nonnegative),
        field("duration", &E::duration, "year"_u,
              "How long it lasts; of an excursion its time constant; added capacity stays", Range::positive, "1 year"),
        field("severity", &E::severity, "%"_u, "Share that is lost, taken or added; an excursion has a jump instead",
              Range::fraction, "100 %"),
        field("parts_loss", &E::parts_loss, "%"_u, "Share of other parts that is lost", Range::fraction, "0 %"),
        field("memory_multiple", &E::memory_multiple, "x"_u, "Multiple of the DRAM price", Range::positive, "1 x"),
        field("defect_jump", &E::defect_jump, "1/cm^2"_u, "Defect density that an excursion adds", Range::nonnegative,
              "0 1/cm^2"));
}

struct EventDocument {
    Table<EventRow<Uncertain>> event;
};
constexpr auto describe(Type<EventDocument> /*type*/) {
    return fields(table("event", &EventDocument::event, "Events that may strike"));
}

/// What is known of an event before it is made sure.
struct KnownEvent {
    StressKind kind{};
    std::string place;
    bool is_catalogues = false;
    std::vector<StressNumber> numbers;
    double years = 1.0, share = 1.0; ///< medians of its duration and severity, of one of the catalogue

    [[nodiscard]] const std::string* find(std::string_view key) const {
        for (const auto& number : numbers)
            if (number.key == key) return &number.value;
        return nullptr;
    }
    [[nodiscard]] std::string number(std::string_view key, const char* otherwise) const {
        const auto* found = find(key);
        return found != nullptr ? *found : otherwise;
    }
};
using KnownEvents = std::map<std::string, KnownEvent, std::less<>>;

/// Numbers of an event that stand in a file.
std::vector<StressNumber> numbers_of(const std::string& event, const Inputs& inputs) {
    std::vector<StressNumber> out;
    for (const std::string_view key :
         {"hazard", "duration", "severity", "parts_loss", "memory_multiple", "defect_jump", "curable"})
        for (const auto& row : inputs.rows) {
            if (row.is_default || row.path != fmt::format("event.{}.{}", event, key)) continue;
            StressNumber number{std::string(key), row.written, {}, {}, std::string(grade_name(row.grade)), row.note};
            if (row.source >= 0) {
                const auto& source = inputs.sources[static_cast<std::size_t>(row.source)];
                number.source = source.title;
                number.date = source.date;
            }
            out.push_back(std::move(number));
        }
    return out;
}

double median_of(const Inputs& inputs, const Uncertain& number) {
    return scenario::central_value(inputs.rows[static_cast<std::size_t>(number.input)].distribution);
}

/// A scenario's own event stands before one of the catalogue with its name.
KnownEvents known_events(const Catalogue& catalogue, const Session& session) {
    KnownEvents out;
    EventDocument document;
    const auto inputs =
        design::read_document(catalogue.folder(), {catalogue.folder() / "catalogue" / "stress" / "events.toml"},
                              scenario::shape_of<EventDocument>(), &document);
    for (std::size_t i = 0; i < document.event.size(); ++i) {
        const auto& name = document.event.names[i];
        const auto& row = document.event[i];
        out[name] = {row.kind,
                     row.location,
                     true,
                     numbers_of(name, inputs),
                     median_of(inputs, row.duration.raw()),
                     median_of(inputs, row.severity)};
    }
    const auto& own = session.loaded().scenario.event;
    for (std::size_t i = 0; i < own.size(); ++i)
        out[own.names[i]] = {static_cast<StressKind>(own[i].kind),
                             own[i].location,
                             false,
                             numbers_of(own.names[i], session.loaded().inputs),
                             1.0,
                             1.0};
    return out;
}

std::vector<std::string_view> names_of(const KnownEvents& known) {
    std::vector<std::string_view> out;
    for (const auto& [name, event] : known)
        out.push_back(name);
    return out;
}

bool is_scenarios(StressKind kind) { return kind <= StressKind::rated_orders; }
bool is_everywhere(const KnownEvent& event) {
    return event.find("parts_loss") != nullptr || event.find("memory_multiple") != nullptr;
}
bool strikes_sites(StressKind kind) { return kind == StressKind::supply_loss || kind >= StressKind::rated_orders; }
/// What an override sets: "site.home.capacity".
std::string_view key_of(const std::string& set) { return std::string_view(set).substr(0, set.find('=')); }

/// The later of two overrides of one key would take the place of the earlier without a word.
void refuse_same_keys(const std::vector<SureEvent>& events) {
    std::map<std::string_view, const SureEvent*> by_key;
    for (const auto& event : events)
        for (const auto& set : event.sets) {
            const auto [at, is_new] = by_key.emplace(key_of(set), &event);
            if (!is_new && at->second != &event)
                refuse_field("event", "E0504",
                             fmt::format("'{}' and '{}' both change {}", at->second->name, event.name, key_of(set)),
                             "ask for one without the other");
        }
}

class Asking {
public:
    Asking(const Catalogue& catalogue, const Session& session, const EventsAsked& asked)
        : session_(session), asked_(asked), known_(known_events(catalogue, session)) {}

    std::vector<SureEvent> all() {
        check_site();
        std::vector<SureEvent> out;
        for (const auto& word : asked_.event)
            out.push_back(event(word, out));
        if (out.empty()) out.push_back(site_alone());
        refuse_same_keys(out);
        return out;
    }

private:
    void check_site() const {
        const auto& sites = session_.loaded().scenario.site.names;
        if (asked_.event.empty() && asked_.site.empty())
            refuse_field("event", "E0506", "nothing is said to happen",
                         fmt::format("name a site that stops with {}, or an event: {}", field_mark("site"),
                                     fmt::join(names_of(known_), ", ")));
        auto known = sites;
        const auto& back_ends = session_.loaded().scenario.back_end.names;
        known.insert(known.end(), back_ends.begin(), back_ends.end());
        if (asked_.site.empty() || std::find(known.begin(), known.end(), asked_.site) != known.end()) return;
        auto hint = did_you_mean(asked_.site, {known.begin(), known.end()});
        if (hint.empty()) hint = fmt::format("there are {}", fmt::join(known, ", "));
        refuse_field(
            "site", "E0505",
            fmt::format("'{}' is no site{} of the scenario", asked_.site, back_ends.empty() ? "" : " and no back end"),
            hint);
    }

    [[nodiscard]] std::string day() const {
        const auto& quarters = session_.model().quarters();
        return asked_.at.empty() ? quarters[quarters.size() / 2] : asked_.at;
    }

    /// A site, or a back end, that stops without a reason.
    [[nodiscard]] SureEvent site_alone() const {
        KnownEvent stop{StressKind::supply_loss, asked_.site, true, {}, 1.0, 1.0};
        stop.numbers = {{"duration", "1 year", {}, {}, {}, {}}, {"severity", "100 %", {}, {}, {}, {}}};
        const auto& sites = session_.loaded().scenario.site.names;
        const bool is_site = std::find(sites.begin(), sites.end(), asked_.site) != sites.end();
        return sure(is_site ? "site_that_stops" : "back_end_that_stops", stop, day(), "at");
    }

    [[nodiscard]] SureEvent event(const std::string& word, const std::vector<SureEvent>& before) const {
        const auto sign = word.find('@');
        const auto name = word.substr(0, sign);
        const auto found = known_.find(name);
        if (found == known_.end()) {
            auto hint = did_you_mean(name, names_of(known_));
            if (hint.empty()) hint = fmt::format("there are {}", fmt::join(names_of(known_), ", "));
            refuse_field("event", "E0505", fmt::format("'{}' is no event of the scenario or the catalogue", name),
                         hint);
        }
        for (const auto& other : before)
            if (other.name == name)
                refuse_field("event", "E0504", fmt::format("'{}' stands twice", name),
                             "one event happens once; another of its kind is a row of the scenario");
        if (sign == std::string::npos) return sure(name, found->second, day(), "at");
        return sure(name, found->second, word.substr(sign + 1), "event");
    }

    /// `field`: where the day was said.
    [[nodiscard]] SureEvent sure(const std::string& name, KnownEvent event, const std::string& from,
                                 std::string_view field) const {
        SureEvent out{name, place(name, event), from, event.kind, quarter_row(session_, from, field), {}, {}, {}};
        if (asked_.lasts) last(name, event);
        out.numbers = event.numbers;
        if (!event.is_catalogues) out.absent = {event_setting(name, "hazard", "0 %/year")};
        if (is_scenarios(event.kind))
            strike(event, out);
        else
            change_sites(event, out);
        return out;
    }

    /// As long as the question says.
    void last(const std::string& name, KnownEvent& event) const {
        if (event.kind == StressKind::capacity_added)
            refuse_field("for", "E0504", fmt::format("'{}' has no length: what is added stays", name),
                         "leave the length out");
        const StressNumber asked{"duration", fmt::format("{} year", *asked_.lasts), {}, {}, {}, {}};
        const auto found = std::find_if(event.numbers.begin(), event.numbers.end(),
                                        [](const auto& number) { return number.key == "duration"; });
        if (found == event.numbers.end())
            event.numbers.push_back(asked);
        else
            *found = asked;
        event.years = *asked_.lasts;
    }

    [[nodiscard]] std::string place(const std::string& name, const KnownEvent& event) const {
        if (!asked_.site.empty()) {
            if (!strikes_sites(event.kind))
                refuse_field("site", "E0504", fmt::format("'{}' strikes no sites", name), "leave the site out");
            if (is_everywhere(event))
                refuse_field(
                    "site", "E0504",
                    fmt::format("'{}' takes parts or memory of all devices, not of one site alone", name),
                    fmt::format("leave the site out, or let it stop alone: {} without an event", field_mark("site")));
            return asked_.site;
        }
        if (!event.place.empty()) return event.place;
        const auto sites = own_sites(session_);
        refuse_field("site", "E0506", fmt::format("'{}' strikes one site, and none is named", name),
                     sites.empty() ? "no site makes own chips; name any with " + field_mark("site")
                                   : fmt::format("name one with {}; own chips are made at {}", field_mark("site"),
                                                 fmt::join(sites, ", ")));
    }

    [[noreturn]] static void refuse_idle(const SureEvent& sure, const std::string& why, const std::string& hint = {}) {
        refuse_field("event", "E0402",
                     fmt::format("'{}' touches nothing of this scenario: {} '{}'", sure.name, why, sure.place), hint);
    }

    /// As an event of the scenario.
    void strike(const KnownEvent& event, SureEvent& out) const {
        const auto targets =
            scenario::event_targets(session_.loaded().scenario, static_cast<foundry::EventKind>(event.kind));
        if (!is_everywhere(event) && !targets.places.contains(out.place))
            refuse_idle(out, fmt::format("there is {} in", targets.none),
                        targets.places.empty() ? std::string()
                                               : fmt::format("places: {}", fmt::join(targets.places, ", ")));
        out.sets = made_sure(out.name, out.from);
        const auto set = [&out](std::string_view key, const std::string& value) {
            out.sets.push_back(event_setting(out.name, key, value));
        };
        set("location", out.place);
        const auto kinds = choices(Type<foundry::EventKind>{});
        if (event.is_catalogues) set("kind", std::string(kinds[static_cast<std::size_t>(event.kind)]));
        if (event.is_catalogues || asked_.lasts) set("duration", event.number("duration", "1 year"));
        if (!event.is_catalogues && asked_.severity == 1.0) return;
        set("severity", scaled(event.number("severity", "100 %"), asked_.severity, 0.0, "severity"));
        set("parts_loss", scaled(event.number("parts_loss", "0 %"), asked_.severity, 0.0, "severity"));
        set("memory_multiple", scaled(event.number("memory_multiple", "1 x"), asked_.severity, 1.0, "severity"));
    }

    /// As other numbers of the sites.
    void change_sites(const KnownEvent& event, SureEvent& out) const {
        const auto& sites = session_.loaded().scenario.site;
        tell_as_run(event, out);
        bool is_there = false;
        for (std::size_t i = 0; i < sites.size(); ++i) {
            if (sites.names[i] != out.place && sites[i].location != out.place) continue;
            is_there = true;
            const auto more = sets_of(event, i, out);
            out.sets.insert(out.sets.end(), more.begin(), more.end());
        }
        if (!is_there) refuse_idle(out, "there is no site in");
        if (out.sets.empty() && asked_.severity > 0.0)
            refuse_idle(out, fmt::format("from {} on nothing grows at", out.from));
    }

    [[nodiscard]] double share_of(const KnownEvent& event) const { return asked_.severity * event.share; }
    [[nodiscard]] std::size_t delay_of(const KnownEvent& event) const {
        constexpr double quarters = 4.0; // of a year
        return static_cast<std::size_t>(std::lround(quarters * event.years * share_of(event)));
    }

    /// Capacities are rewritten as a whole, so that one value of the range is run in every future.
    void tell_as_run(const KnownEvent& event, SureEvent& out) const {
        std::string value;
        if (event.kind == StressKind::capacity_added)
            value = fmt::format("{} more, in every future", show::share_text(share_of(event)));
        if (event.kind == StressKind::construction_delay) {
            const auto quarters = delay_of(event);
            if (quarters == 0 && asked_.severity > 0.0)
                refuse_field(
                    asked_.lasts            ? "for"
                    : asked_.severity < 1.0 ? "severity"
                                            : "event",
                    "E0504",
                    fmt::format("'{}' is shorter than half a quarter, and delays are whole quarters", out.name),
                    "ask for a longer or a stronger one");
            value = fmt::format("{} {} later, in every future", quarters, quarters == 1 ? "quarter" : "quarters");
        }
        if (!value.empty())
            out.numbers.push_back({"as run", value, {}, {}, {}, "the median, times the severity that is asked for"});
    }

    [[nodiscard]] Sets sets_of(const KnownEvent& event, std::size_t site, const SureEvent& out) const {
        if (event.kind == StressKind::construction_delay)
            return later_capacity(session_, site, out.from, delay_of(event));
        if (event.kind == StressKind::capacity_added)
            return larger_capacity(session_, site, out.from, 1.0 + share_of(event));
        return excursion(event, site, out);
    }

    [[nodiscard]] Sets excursion(const KnownEvent& event, std::size_t site, const SureEvent& out) const {
        if (asked_.severity == 0.0) return {};
        const auto& name = session_.loaded().scenario.site.names[site];
        const auto own = fmt::format("site.{}.excursion_jump", name);
        for (const auto& row : session_.loaded().inputs.rows)
            if (row.path == own && !row.is_default)
                refuse_field("event", "E0402", fmt::format("'{}' has an excursion of its own in the scenario", name),
                             "a site has one excursion; name another with " + field_mark("site"));
        const auto set = [&name](std::string_view key, const std::string& value) {
            return fmt::format("site.{}.{}=\"{}\"", name, key, value);
        };
        return {
            set("excursion_start", out.from),
            set("excursion_jump", scaled(event.number("defect_jump", "0 1/cm^2"), asked_.severity, 0.0, "severity")),
            set("excursion_recovery", event.number("duration", "6 month"))};
    }

    const Session& session_;
    const EventsAsked& asked_;
    KnownEvents known_;
};

} // namespace

std::vector<std::string> stress_event_names(const Catalogue& catalogue, const Session& session) {
    std::vector<std::string> out;
    for (const auto& [name, event] : known_events(catalogue, session))
        out.push_back(name);
    return out;
}

std::vector<SureEvent> sure_events(const Catalogue& catalogue, const Session& session, const EventsAsked& asked) {
    return Asking(catalogue, session, asked).all();
}

} // namespace autarky::answers
