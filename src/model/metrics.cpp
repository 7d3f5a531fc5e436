// autarky: lists the metrics.
// SPDX-License-Identifier: Apache-2.0
#include "model/metrics.hpp"

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
    quarterly_metrics<double>(take);
    const auto take_one = [&](const auto& metric) {
        out.push_back({std::string(metric.id), std::string(metric.unit), parse_unit(metric.unit).unit.factor,
                       std::string(metric.doc), metric.may_be_none, false});
    };
    run_metrics<double>(take_one);
    return out;
}

std::vector<std::string> constraints() { return {cause_names.begin(), cause_names.end()}; }

} // namespace

RowNames row_names(const Scenario<Uncertain>& s) {
    RowNames out{s.region.names, s.path.names, s.site.names, s.maker.names};
    for (const auto& allocation : s.allocation.rows)
        out.line.push_back(s.chip.names[static_cast<std::size_t>(allocation.chip.index)] + "." +
                           s.site.names[static_cast<std::size_t>(allocation.site.index)]);
    for (const auto& chip : s.chip.names)
        for (const auto* programmes : {&s.vehicle.names, &s.robot.names})
            for (const auto& programme : *programmes)
                out.use.push_back(chip + "." + programme);
    out.rival = s.rival.names;
    out.chip = s.chip.names;
    out.back_end = s.back_end.names;
    for (const auto& outlet : s.outlet.names)
        for (const auto& line : out.line)
            out.outlet_line.push_back(outlet + "." + line);
    return out;
}

std::vector<MetricInfo> metric_list(const RowNames& names) {
    return listed([&](std::string_view table) {
        if (table == "region") return names.region;
        if (table == "site") return names.site;
        if (table == "maker") return names.maker;
        if (table == "line") return names.line;
        if (table == "use") return names.use;
        if (table == "rival") return names.rival;
        if (table == "chip") return names.chip;
        if (table == "back_end") return names.back_end;
        if (table == "outlet_line") return names.outlet_line;
        return table == "path" ? names.path : constraints();
    });
}

std::vector<MetricInfo> metric_patterns() {
    return listed([](std::string_view table) {
        if (table == "constraint") return constraints();
        if (table == "line") return std::vector<std::string>{"<chip>.<site>"};
        if (table == "outlet_line") return std::vector<std::string>{"<outlet>.<chip>.<site>"};
        if (table == "use") return std::vector<std::string>{"<chip>.<programme>"};
        return std::vector<std::string>{"<" + std::string(table) + ">"};
    });
}

} // namespace autarky::model
