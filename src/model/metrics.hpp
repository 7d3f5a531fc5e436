// autarky: the list of metrics with units and meanings, and where each stands in a trajectory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/metric_info.hpp"
#include "model/results.hpp"
#include "scenario/scenario.hpp"

namespace autarky::model {

/// Names of the rows that index some metrics.
struct RowNames {
    std::vector<std::string> region, path, site, maker;
    std::vector<std::string> line{}; ///< "ai5.samsung_taylor_sf2": a chip at a site
    std::vector<std::string> use{};  ///< "ai5.cars": a chip in the devices of a programme
    std::vector<std::string> rival{}, chip{}, back_end{};
    std::vector<std::string> outlet_line{}; ///< "own_data_centre.ai5.samsung_taylor_sf2"
};
template <class R> RowNames row_names(const Scenario<R>& s) {
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

namespace detail {
template <class M> inline constexpr bool is_indexed = false;
template <class Q> inline constexpr bool is_indexed<std::vector<Q>> = true;
template <class Q, std::size_t N> inline constexpr bool is_indexed<std::array<Q, N>> = true;

template <class R> const R& raw_of(const R& x) { return x; }
template <Dim D, class R> const R& raw_of(const Quantity<D, R>& x) { return x.raw(); }
} // namespace detail

/// Metrics of a run, quarterly ones first, in the order of `quarter_values`; then the scalars of `scalar_values`.
std::vector<MetricInfo> metric_list(const RowNames& names);
/// The same with "<region>", "<path>" in place of row names: what a claim may name.
std::vector<MetricInfo> metric_patterns();

/// Where the quarterly metrics of one quarter stand, in the order of `metric_list`.
template <class R> std::vector<const R*> quarter_values(const QuarterResults<R>& row) {
    std::vector<const R*> out;
    const auto take = [&](const auto& metric) {
        const auto& value = row.*(metric.member);
        if constexpr (detail::is_indexed<std::remove_cvref_t<decltype(value)>>) {
            for (const auto& element : value)
                out.push_back(&detail::raw_of(element));
        } else {
            out.push_back(&detail::raw_of(value));
        }
    };
    std::apply([&](const auto&... metric) { (take(metric), ...); }, quarterly_metrics<R>());
    return out;
}

/// Where the scalar metrics stand.
template <class R> std::vector<const R*> scalar_values(const Trajectory<R>& t) {
    std::vector<const R*> out;
    std::apply([&](const auto&... metric) { (out.push_back(&detail::raw_of(t.*(metric.member))), ...); },
               run_metrics<R>());
    return out;
}

} // namespace autarky::model
