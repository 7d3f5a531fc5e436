// autarky: lets events strike, with and without what a buyer may hold against them.
// SPDX-License-Identifier: Apache-2.0
#include "answers/stress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "analysis/stress_svg.hpp"
#include "engine/result.hpp"

namespace autarky::answers {
namespace {

/// One way to hold: which sources there are, and whether merchants make up a shortfall.
struct Way {
    bool second_source, fallback, is_scenarios;
    Sets sets;
};

/// The scenario's own way first.
std::vector<Way> ways_of(const Session& session, const Sets& single) {
    const bool fallback = session.loaded().scenario.buyer.buys_shortfall;
    std::vector<Way> out{{!single.empty(), fallback, true, {}}};
    const std::string other = fmt::format("buyer.buys_shortfall={}", !fallback);
    out.push_back({!single.empty(), !fallback, false, {other}});
    if (single.empty()) return out;
    out.push_back({false, fallback, false, single});
    auto both = single;
    both.push_back(other);
    out.push_back({false, !fallback, false, std::move(both)});
    return out;
}

StressHold hold_of(const Way& way, const analysis::StressedCase& found) {
    return {way.second_source,       way.fallback,
            way.is_scenarios,        found.make.lost,
            found.make.late,         found.make.value,
            found.value.change,      found.onshore_before,
            found.onshore_after,     found.value.p_make_before,
            found.value.p_make_after};
}

void append(Sets& to, const Sets& more) { to.insert(to.end(), more.begin(), more.end()); }

} // namespace

StressAnswer stress(const Catalogue& catalogue, const StressQuestion& question, const Watch& watch) {
    const auto session = Session::open(question);
    watch.settle(session->loaded().warnings);
    const auto events = sure_events(catalogue, *session,
                                    {question.event, question.site, question.at, question.lasts, question.severity});
    StressAnswer out;
    out.scenario = session->loaded().name;
    out.variant = session->loaded().variant;
    out.wanted = question.samples;
    out.seed = question.seed;
    out.severity = question.severity;
    Sets strike, absent;
    std::size_t first = events.front().first;
    const bool adds_capacity = std::any_of(events.begin(), events.end(),
                                           [](const auto& event) { return event.kind == StressKind::capacity_added; });
    for (const auto& event : events) {
        append(strike, event.sets);
        append(absent, event.absent);
        first = std::min(first, event.first);
    }
    auto single = single_source(*session);
    out.kept = std::move(single.kept);
    const auto ways = ways_of(*session, single.sets);
    for (std::size_t k = 0; k < ways.size() && !out.is_stopped; ++k) {
        const auto watched = [&](std::uint64_t done, std::uint64_t of) {
            if (watch.progress) watch.progress(k * of + done, ways.size() * of);
            out.is_stopped = out.is_stopped || watch.stop.stop_requested();
            return out.is_stopped;
        };
        auto sets = ways[k].sets;
        append(sets, absent);
        const auto without = sets.empty() ? session : session->with(sets);
        const auto with = without->with(strike);
        const auto found =
            analysis::stress(without->model(), with->model(),
                             {first, question.samples, question.seed, watch.n_threads(), watched, adds_capacity});
        if (k > 0 && out.is_stopped) break; // of fewer futures than the others
        if (k == 0) {
            out.of = found;
            for (const auto& event : events)
                out.events.push_back({event.name, event.place, event.from, event.kind, event.numbers});
        }
        out.holds.push_back(hold_of(ways[k], found));
    }
    return out;
}

std::string picture(const StressAnswer& answer) {
    std::string what;
    std::vector<std::string> days;
    for (const auto& event : answer.events) {
        days.push_back(event.from);
        what += fmt::format("{}{} at {} from {}", what.empty() ? "" : ", ", event.name, event.place, event.from);
    }
    return analysis::stress_svg(answer.of, what,
                                fmt::format("{}{}, {} futures, seed {}", answer.scenario,
                                            answer.variant.empty() ? "" : ", variant " + answer.variant,
                                            answer.of.samples, answer.seed),
                                days);
}

Standing standing(const StressAnswer& answer) {
    if (answer.is_stopped) return Standing::interrupted;
    return engine::too_many_failed(answer.of.failed, answer.of.failed + answer.of.samples) ? Standing::unreliable
                                                                                           : Standing::good;
}

const Entry stress_entry = threaded(entry_of<&stress, StressQuestion, StressAnswer>(
    "", "stress", "What an event takes from making and from buying, and what holds against it"));

} // namespace autarky::answers
