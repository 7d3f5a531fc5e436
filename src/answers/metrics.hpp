// autarky: "which results are there?": every metric with its unit and meaning.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "answers/entry.hpp"
#include "model/metric_info.hpp"

namespace autarky::model {

constexpr auto describe(Type<MetricInfo> /*type*/) {
    using M = MetricInfo;
    return fields(item("id", &M::id, "What runs, explanations and claims call it by"),
                  item("unit", &M::unit, "Its unit"), item("doc", &M::doc, "What it is"),
                  item("quarterly", &M::quarterly, "A value each quarter, else one for the whole run"),
                  item("may_be_none", &M::may_be_none, "There are futures in which it does not exist"));
}

} // namespace autarky::model

namespace autarky::answers {

struct MetricsQuestion {
    std::string glob = "*";
};
constexpr auto describe(Type<MetricsQuestion> /*type*/) {
    return fields(asked("glob", &MetricsQuestion::glob, "Only those whose name matches").positional("GLOB"));
}

struct MetricsAnswer {
    std::vector<model::MetricInfo> metrics;
};
constexpr auto describe(Type<MetricsAnswer> /*type*/) {
    return fields(item("metrics", &MetricsAnswer::metrics, "Every metric whose name matches").whole());
}

MetricsAnswer metrics(const Catalogue& catalogue, const MetricsQuestion& question, const Watch& watch = {});
std::string text(const MetricsAnswer& answer, const show::Page& page);

extern const Entry metrics_entry;

} // namespace autarky::answers
