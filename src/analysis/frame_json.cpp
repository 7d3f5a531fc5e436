// autarky: writes and reads frames.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/frame_json.hpp"

#include <limits>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace autarky::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json by_class_json(const ByClass& values) {
    Json out = Json::object();
    for (std::size_t k = 0; k < n_classes; ++k)
        out[std::string(class_names[k])] = values[k];
    return out;
}

ByClass by_class_from(const nlohmann::ordered_json& json) {
    ByClass out{};
    for (std::size_t k = 0; k < n_classes; ++k)
        out[k] = json.at(std::string(class_names[k])).get<double>();
    return out;
}

} // namespace

std::string json_of(const Frame& frame) {
    Json metrics = Json::array();
    for (const auto& m : frame.metrics)
        metrics.push_back({m.id, m.unit, m.doc, m.unit_factor, m.may_be_none, m.quarterly, m.is_shown, m.count});
    Json drivers = Json::array();
    for (const auto& d : frame.drivers)
        drivers.push_back({{"name", d.name},
                           {"members", d.members},
                           {"largest", d.largest},
                           {"written", d.written},
                           {"gradient_usd", d.gradient_usd},
                           {"unit", d.unit},
                           {"rise", d.rise},
                           {"rise_usd", d.rise_usd},
                           {"rise_error_usd", d.rise_error_usd},
                           {"support", by_class_json(d.support)}});
    const Json out{{"scenario", frame.scenario},
                   {"title", frame.title},
                   {"variant", frame.variant},
                   {"sha256", frame.sha256},
                   {"sets", frame.sets},
                   {"known_variants", frame.known_variants},
                   {"vehicles", frame.vehicles},
                   {"robots", frame.robots},
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
                  .vehicles = json.at("vehicles"),
                  .robots = json.at("robots"),
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
            out.drivers.push_back({d.at("name"), d.at("members"), d.at("largest"), d.at("written"),
                                   number(d.at("gradient_usd")), d.at("unit"), d.at("rise"), number(d.at("rise_usd")),
                                   number(d.at("rise_error_usd")), by_class_from(d.at("support"))});
        return out;
    } catch (const nlohmann::json::exception& trouble) {
        // The library's own words quote what it read.
        throw engine::StateError(fmt::format("its head cannot be read (JSON error {})", trouble.id));
    }
}

} // namespace autarky::analysis
