// autarky: the results of the command `die` as JSON.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "autarky/die_text.hpp"
#include "silicon/cost.hpp"

namespace autarky::cli {
namespace {

using Json = nlohmann::ordered_json;

template <class T> Json or_null(const std::optional<T>& value) { return value ? Json(*value) : Json(nullptr); }

Json gross_json(const silicon::GrossDies& g) {
    return {{"area_bound", g.area_bound},
            {"closed_form", g.closed_form},
            {"die_centred", g.die_centred},
            {"street_centred", g.street_centred},
            {"corner_centred", g.corner_centred},
            {"optimised", g.optimised.dies},
            {"certified", g.optimised.certified},
            {"offset_x_mm", g.optimised.offset.x_mm},
            {"offset_y_mm", g.optimised.offset.y_mm}};
}

Json field_json(const silicon::FieldResult& f) {
    return {{"dies", f.fit.dies()},
            {"utilisation", f.fit.utilisation},
            {"shots", f.shots},
            {"columns", f.fit.columns},
            {"rows", f.fit.rows},
            {"turned", f.fit.field_turned},
            {"high_na_dies", f.high_na_dies}};
}

/// Without a density every key is there and null.
Json yield_json(const std::optional<silicon::YieldResult>& known) {
    const silicon::YieldResult y = known.value_or(silicon::YieldResult{});
    const auto put = [&known](double value) { return known ? Json(value) : Json(nullptr); };
    Json out;
    for (std::size_t i = 0; i < silicon::n_yield_models; ++i)
        out[std::string(silicon::yield_model_names[i])] = put(y.by_model[i]);
    out["average"] = put(y.average);
    out["harvested"] = put(y.harvested);
    out["other"] = put(y.other);
    out["mean_faults"] = put(y.mean_faults);
    return out;
}

Json bins_json(const silicon::YieldResult& y) {
    Json out = Json::array();
    for (const auto& bin : y.bins) {
        Json one{{"most_bad", bin.most_bad}, {"share", bin.share}};
        if (bin.cost_usd > 0.0) {
            one["price_usd"] = bin.price_usd;
            one["cost_usd"] = bin.cost_usd;
        }
        out.push_back(one);
    }
    return out;
}

/// A cost, or null when it is not known or there are no good dies to carry it.
Json cost_or_null(const std::optional<double>& usd) {
    return usd && *usd < silicon::cost_without_good_dies_usd ? Json(*usd) : Json(nullptr);
}

/// Without a density or a price every key is there and null.
Json cost_json(const std::optional<silicon::CostResult>& known) {
    const silicon::CostResult c = known.value_or(silicon::CostResult{});
    const auto put = [&known](double usd) { return known ? cost_or_null(usd) : Json(nullptr); };
    return {{"die", put(c.die)},
            {"harvested_die", put(c.harvested_die)},
            {"wafer", put(c.wafer)},
            {"known_good_die", cost_or_null(c.known_good_die)},
            {"part", cost_or_null(c.part)},
            {"escapes", or_null(c.escapes)},
            {"nre_per_part", or_null(c.nre_per_part)},
            {"total", cost_or_null(c.total)}};
}

Json spread_json(const silicon::Spread& s) {
    return {{"mean", s.mean}, {"p5", s.p5}, {"p50", s.p50}, {"p95", s.p95}, {"ratio", s.ratio()}};
}

Json solution_json(const silicon::Solution& s, const Solved& solved) {
    Json out{{"unknown", solved.unknown}, {"target_usd", solved.target_usd}, {"value", or_null(s.value)}};
    if (!s.value) out["reason"] = s.reason;
    return out;
}

Json one_die(const DieFindings& f, const Solved& solved) {
    const auto& r = f.result;
    Json out{{"width_mm", r.input.die.width_mm},
             {"height_mm", r.input.die.height_mm},
             {"area_mm2", r.input.area_mm2()},
             {"d0_per_cm2", or_null(r.input.density_per_cm2)},
             {"alpha", r.input.clustering},
             {"gross_dies", gross_json(r.gross)},
             {"field", field_json(r.field)},
             {"yield", yield_json(r.yields)},
             {"good_dies", or_null(r.good_dies)},
             {"harvested_dies", or_null(r.harvested_dies)},
             {"bins", r.yields ? bins_json(*r.yields) : Json::array()},
             {"cost", cost_json(r.cost)}};
    if (f.spread)
        out["spread"] = {{"plain", spread_json(f.spread->plain)},
                         {"harvested", spread_json(f.spread->harvested)},
                         {"yield_model_share", f.model_choice->share_of_model}};
    if (f.solution) out["solve"] = solution_json(*f.solution, solved);
    return out;
}

} // namespace

std::string die_json(const std::vector<DieFindings>& findings, const DieRequest& request, const Solved& solved) {
    Json out;
    if (findings.size() == 1) {
        out = one_die(findings.front(), solved);
    } else {
        out["dies"] = Json::array();
        for (const auto& one : findings)
            out["dies"].push_back(one_die(one, solved));
    }
    if (!request.remarks.empty()) out["remarks"] = request.remarks;
    return out.dump(2) + "\n";
}

} // namespace autarky::cli
