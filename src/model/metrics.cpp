// autarky: lists the metrics.
// SPDX-License-Identifier: Apache-2.0
#include "model/metrics.hpp"

#include <tuple>

namespace autarky::model {
namespace {

template <class Names> std::vector<MetricInfo> listed(const Names& rows_of) {
    std::vector<MetricInfo> out;
    const auto take = [&](const auto& metric) {
        const double factor = parse_unit(metric.unit).unit.factor;
        const auto add = [&](std::string id) {
            out.push_back(
                {std::move(id), std::string(metric.unit), factor, std::string(metric.doc), metric.may_be_none});
        };
        if (metric.by.empty())
            add(std::string(metric.id));
        else
            for (const auto& row : rows_of(metric.by))
                add(std::string(metric.id) + "." + row);
    };
    std::apply([&](const auto&... metric) { (take(metric), ...); }, quarterly_metrics<double>());
    const double million = 1e6;
    out.push_back(
        {"npv", "MUSD", million, "Value of make against buy at the decision date, within the horizon", false, false});
    out.push_back(
        {"npv.with_tail", "MUSD", million, "The same with a fading perpetuity behind the horizon", false, false});
    out.push_back({"programme.cost", "MUSD", million,
                   "Present value of the programmes' one-off and sustaining cost after the decision", false, false});
    return out;
}

std::vector<std::string> constraints() { return {constraint_names.begin(), constraint_names.end()}; }

} // namespace

std::vector<MetricInfo> metric_list(const RowNames& names) {
    return listed([&](std::string_view table) {
        if (table == "region") return names.region;
        return table == "path" ? names.path : constraints();
    });
}

std::vector<MetricInfo> metric_patterns() {
    return listed([](std::string_view table) {
        return table == "constraint" ? constraints() : std::vector<std::string>{"<" + std::string(table) + ">"};
    });
}

} // namespace autarky::model
