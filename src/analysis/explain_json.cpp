// autarky: an explanation as JSON.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "analysis/explain.hpp"
#include "analysis/input_doc.hpp"
#include "analysis/json_text.hpp"
#include "input/grade.hpp"

namespace autarky::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json source_json(const Inputs& inputs, const Input& input) {
    if (input.source < 0) return nullptr;
    const auto& source = inputs.sources[static_cast<std::size_t>(input.source)];
    return {{"id", source.id},
            {"title", source.title},
            {"date", source.date},
            {"grade", grade_name(source.grade)},
            {"url", source.url.empty() ? Json() : Json(source.url)}};
}

Json input_json(const Inputs& inputs, const Input& input) {
    return {{"path", input.path},
            {"doc", input_doc(input.path)},
            {"written", input.written},
            {"unit", input.unit},
            {"is_default", input.is_default},
            {"note", input.note},
            {"source", source_json(inputs, input)}};
}

const char* kind_name(Reason::Kind kind) {
    switch (kind) {
    case Reason::Kind::result: return "value";
    case Reason::Kind::call: return "formula";
    case Reason::Kind::input: return "input";
    case Reason::Kind::constant: return "constant";
    case Reason::Kind::reference: return "reference";
    case Reason::Kind::rest: return "rest";
    }
    return "";
}

Json reason_json(const Inputs& inputs, const Reason& reason) {
    Json out{{"kind", kind_name(reason.kind)}};
    if (reason.kind == Reason::Kind::rest) {
        out["hidden"] = reason.n_hidden;
        return out;
    }
    if (!reason.role.empty()) out["role"] = reason.role;
    if (!reason.context.empty()) out["context"] = reason.context;
    out["value"] = reason.text;
    out["base_value"] = reason.value;
    out["elasticity"] = reason.elasticity;
    if (reason.formula != nullptr)
        out["formula"] = {{"id", reason.formula->id},
                          {"label", reason.formula->label},
                          {"expression", reason.formula->expression},
                          {"source", reason.formula->source}};
    if (reason.input != nullptr) out["input"] = input_json(inputs, *reason.input);
    if (reason.number > 0) out[reason.kind == Reason::Kind::reference ? "see" : "number"] = reason.number;
    if (reason.n_hidden > 0) out["hidden"] = reason.n_hidden;
    if (reason.parts.empty()) return out;
    auto& parts = out["parts"] = Json::array();
    for (const auto& part : reason.parts)
        parts.push_back(reason_json(inputs, part));
    return out;
}

} // namespace

std::string json_of(const ScenarioModel& model, const Explanation& e) {
    const auto& info = e.metric->info;
    const auto& loaded = model.loaded();
    const double unit = info.unit_factor;
    Json out{{"scenario",
              {{"name", loaded.name},
               {"variant", loaded.variant.empty() ? Json() : Json(loaded.variant)},
               {"sha256", loaded.sha256}}},
             {"metric", info.id},
             {"doc", info.doc},
             {"unit", info.unit},
             {"quarter", e.quarter.empty() ? Json() : Json(e.quarter)},
             {"value_at_medians", e.value},
             {"samples",
              {{"count", e.n_samples},
               {"mean", e.samples.mean / unit},
               {"p05", e.samples.p05 / unit},
               {"p50", e.samples.p50 / unit},
               {"p95", e.samples.p95 / unit},
               {"none", e.samples.none_share}}},
             {"complete", e.is_complete},
             {"levers", Json::array()},
             {"tree", reason_json(model.inputs(), e.root)}};
    for (const auto& lever : e.levers)
        out["levers"].push_back({{"input", lever.name}, {"elasticity", lever.elasticity}});
    return json_text(out);
}

} // namespace autarky::analysis
