// autarky: writes results as JSON.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/json.hpp"

#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

#include "analysis/json_text.hpp"

namespace autarky::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json scenario_json(const Frame& frame) {
    return {{"name", frame.scenario},
            {"title", frame.title},
            {"variant", frame.variant.empty() ? Json() : Json(frame.variant)},
            {"set", frame.sets},
            {"sha256", frame.sha256}};
}

Json metric_json(const Summary& summary, const FrameMetric& metric) {
    Json out{{"unit", metric.unit}, {"doc", metric.doc}};
    const std::pair<const char*, double Band::*> rows[] = {{"mean", &Band::mean}, {"p05", &Band::p05},
                                                           {"p25", &Band::p25},   {"p50", &Band::p50},
                                                           {"p75", &Band::p75},   {"p95", &Band::p95}};
    for (const auto& [name, member] : rows) {
        auto& list = out[name] = Json::array();
        for (std::size_t q = 0; q < metric.count; ++q)
            list.push_back(summary.band(metric, q).*member);
    }
    if (!metric.may_be_none) return out;
    auto& none = out["none"] = Json::array();
    for (std::size_t q = 0; q < metric.count; ++q)
        none.push_back(summary.band(metric, q).none_share);
    return out;
}

Json value_json(const ValueBand& value) {
    return {{"mean", value.mean}, {"standard_error", value.standard_error},
            {"p05", value.p05},   {"p25", value.p25},
            {"p50", value.p50},   {"p75", value.p75},
            {"p95", value.p95}};
}

Json verdict_json(const Summary& summary) {
    const auto& verdict = summary.verdict;
    Json out{{"p_make", {{"low", verdict.p_make_low}, {"high", verdict.p_make_high}}},
             {"npv_usd", value_json(verdict.npv)},
             {"npv_with_tail_usd", value_json(verdict.npv_with_tail)},
             {"npv_at_medians_usd", summary.frame.median_case_usd},
             {"sentence", sentence(verdict)},
             {"binding", Json::object()}};
    const std::string prefix = "binding.";
    for (const auto& metric : summary.frame.metrics) {
        if (metric.id.compare(0, prefix.size(), prefix) != 0) continue;
        auto& shares = out["binding"][metric.id.substr(prefix.size())] = Json::array();
        for (std::size_t q = 0; q < metric.count; ++q)
            shares.push_back(summary.band(metric, q).mean);
    }
    return out;
}

Json driver_json(const Driver& driver) {
    const auto& what = *driver.what;
    Json out{{"input", what.name},
             {"share", driver.share},
             {"gradient", what.gradient_usd},
             {"unit", "USD per " + what.unit},
             {"standard_error", driver.standard_error},
             {"rise", what.rise},
             {"rise_usd", driver.is_measured ? driver.effect_usd : what.rise_usd},
             {"rise_error_usd", driver.is_measured ? Json(driver.effect_error_usd) : Json()}};
    if (what.members.size() > 1) out["members"] = what.members;
    return out;
}

Json by_class_json(const ByClass& values) {
    Json out = Json::object();
    for (std::size_t k = 0; k < n_classes; ++k)
        out[std::string(class_names[k])] = values[k];
    return out;
}

Json failed_json(const engine::Result& result) {
    Json first = Json::array();
    for (const auto& failure : result.first_failures)
        first.push_back({{"sample", failure.sample}, {"reason", failure.reason}});
    return {{"count", result.failed}, {"first", std::move(first)}};
}

ByClass by_class_from(const nlohmann::ordered_json& json) {
    ByClass out{};
    for (std::size_t k = 0; k < n_classes; ++k)
        out[k] = json.at(std::string(class_names[k])).get<double>();
    return out;
}

} // namespace

std::string json_of(const Summary& summary) {
    const auto& result = summary.result;
    Json out{{"scenario", scenario_json(summary.frame)},
             {"engine",
              {{"version", result.engine_version},
               {"seed", result.seed},
               {"samples", result.samples},
               {"threads", summary.threads > 0 ? Json(summary.threads) : Json()}}},
             {"quarters", summary.frame.quarters},
             {"metrics", Json::object()}};
    for (const auto& metric : summary.frame.metrics)
        if (metric.is_shown) out["metrics"][metric.id] = metric_json(summary, metric);
    out["verdict"] = verdict_json(summary);
    auto& drivers = out["drivers"] = Json::array();
    for (const auto& driver : summary.drivers)
        drivers.push_back(driver_json(driver));
    out["unexplained"] = result.unexplained;
    out["coverage"] = {{"numbers", by_class_json(summary.frame.numbers)},
                       {"uncertain", by_class_json(summary.frame.uncertain)},
                       {"variance", by_class_json(summary.variance)}};
    out["failed"] = failed_json(result);
    out["result_sha256"] = result.hash;
    return json_text(out);
}

std::string json_of(const Frame& frame) {
    Json metrics = Json::array();
    for (const auto& m : frame.metrics)
        metrics.push_back({m.id, m.unit, m.doc, m.unit_factor, m.may_be_none, m.quarterly, m.is_shown, m.count});
    Json drivers = Json::array();
    for (const auto& d : frame.drivers)
        drivers.push_back({{"name", d.name},
                           {"members", d.members},
                           {"written", d.written},
                           {"gradient_usd", d.gradient_usd},
                           {"unit", d.unit},
                           {"rise", d.rise},
                           {"rise_usd", d.rise_usd},
                           {"support", by_class_json(d.support)}});
    const Json out{{"scenario", frame.scenario},
                   {"title", frame.title},
                   {"variant", frame.variant},
                   {"sha256", frame.sha256},
                   {"sets", frame.sets},
                   {"known_variants", frame.known_variants},
                   {"quarters", frame.quarters},
                   {"metrics", std::move(metrics)},
                   {"drivers", std::move(drivers)},
                   {"numbers", by_class_json(frame.numbers)},
                   {"uncertain", by_class_json(frame.uncertain)},
                   {"median_case_usd", frame.median_case_usd}};
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Frame frame_from_json(std::string_view text) {
    const auto number = [](const Json& json) { // what is not finite was written as null
        return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
    };
    try {
        const auto json = Json::parse(text);
        Frame out{.scenario = json.at("scenario"),
                  .title = json.at("title"),
                  .variant = json.at("variant"),
                  .sha256 = json.at("sha256"),
                  .sets = json.at("sets"),
                  .known_variants = json.at("known_variants"),
                  .quarters = json.at("quarters"),
                  .metrics = {},
                  .drivers = {},
                  .numbers = by_class_from(json.at("numbers")),
                  .uncertain = by_class_from(json.at("uncertain")),
                  .median_case_usd = number(json.at("median_case_usd"))};
        std::size_t next = 0;
        for (const auto& m : json.at("metrics")) {
            out.metrics.push_back({m.at(0), m.at(1), m.at(2), m.at(3), m.at(4), m.at(5), m.at(6), next, m.at(7)});
            next += out.metrics.back().count;
        }
        for (const auto& d : json.at("drivers"))
            out.drivers.push_back({d.at("name"), d.at("members"), d.at("written"), number(d.at("gradient_usd")),
                                   d.at("unit"), d.at("rise"), number(d.at("rise_usd")),
                                   by_class_from(d.at("support"))});
        return out;
    } catch (const nlohmann::json::exception& trouble) {
        throw engine::StateError(std::string("its head cannot be read: ") + trouble.what());
    }
}

} // namespace autarky::analysis
