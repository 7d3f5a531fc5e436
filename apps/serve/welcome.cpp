// autarky: lists the questions with their fields.
// SPDX-License-Identifier: Apache-2.0
#include "serve/welcome.hpp"

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>

#include "answers/questions.hpp"
#include "answers/session.hpp"
#include "answers/stress_events.hpp"
#include "core/version.hpp"
#include "input/files.hpp"

namespace autarky::serve {
namespace {

using nlohmann::json;

const char* name_of(answers::FieldKind kind) {
    switch (kind) {
    case answers::FieldKind::text: return "text";
    case answers::FieldKind::boolean: return "boolean";
    case answers::FieldKind::integer: return "integer";
    case answers::FieldKind::natural: return "natural";
    case answers::FieldKind::number: return "number";
    case answers::FieldKind::stated: return "stated";
    case answers::FieldKind::choice: return "choice";
    }
    return "text";
}

json bound(double value) { return std::isfinite(value) ? json(value) : json(nullptr); }

json field_json(const answers::QuestionField& field) {
    return {{"key", field.key},
            {"unit", field.unit},
            {"doc", field.doc},
            {"kind", name_of(field.kind)},
            {"fallback", field.fallback},
            {"low", bound(field.low)},
            {"high", bound(field.high)},
            {"choices", field.choices},
            {"required", field.is_required},
            {"list", field.is_list},
            {"needs", field.needed}};
}

json question_json(const answers::Entry& entry) {
    json fields = json::array();
    for (const auto& field : entry.question().fields)
        if (!field.is_text_only) fields.push_back(field_json(field));
    const auto name =
        entry.family.empty() ? std::string(entry.name) : std::string(entry.family) + " " + std::string(entry.name);
    return {{"name", name},
            {"summary", entry.summary},
            {"schema", entry.schema()},
            {"picture", entry.has_picture},
            {"fields", std::move(fields)}};
}

/// What there is to choose from in a scenario.
struct Offers {
    json variants = json::array(), events = json::array();
};

/// A broken scenario has nothing to offer, running it says why.
Offers offers_of(const answers::Catalogue& catalogue, const std::string& scenario) {
    try {
        const auto session =
            answers::Session::open(answers::ScenarioChoice{.scenario = scenario, .variant = {}, .set = {}});
        return {session->loaded().known_variants, answers::stress_event_names(catalogue, *session)};
    } catch (const InputError&) {
        return {};
    }
}

} // namespace

std::string welcome_json(const answers::Catalogue& catalogue, const std::string& scenario) {
    json questions = json::array();
    for (const auto* entry : answers::questions())
        questions.push_back(question_json(*entry));
    auto names = scenario::bundled_scenarios(catalogue.folder());
    if (std::find(names.begin(), names.end(), scenario) == names.end()) names.push_back(scenario);
    json variants, events;
    for (const auto& name : names) {
        auto offers = offers_of(catalogue, name);
        variants[name] = std::move(offers.variants);
        events[name] = std::move(offers.events);
    }
    return json{{"version", version},          {"scenario", scenario},
                {"scenarios", names},          {"variants", std::move(variants)},
                {"events", std::move(events)}, {"questions", std::move(questions)}}
        .dump();
}

} // namespace autarky::serve
