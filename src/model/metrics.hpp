// autarky: the list of metrics with units and meanings, and where each stands in a trajectory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/metric_info.hpp"
#include "model/results.hpp"
#include "scenario/scenario.hpp"

namespace autarky {
struct Written;
}

namespace autarky::model {

/// Names of the rows that index some metrics.
struct RowNames {
    std::vector<std::string> region, path, site, maker;
    std::vector<std::string> line{}; ///< "ai5.samsung_taylor_sf2": a chip at a site
    std::vector<std::string> use{};  ///< "ai5.cars": a chip in the devices of a programme
    std::vector<std::string> rival{}, chip{}, back_end{};
    std::vector<std::string> outlet_line{}; ///< "own_data_centre.ai5.samsung_taylor_sf2"
};
RowNames row_names(const Scenario<Uncertain>& scenario);

/// Metrics of a run, quarterly ones first, in the order of `quarter_values`; then the scalars of `scalar_values`.
std::vector<MetricInfo> metric_list(const RowNames& names);
/// The same with "<region>", "<path>" in place of row names: what a claim may name.
std::vector<MetricInfo> metric_patterns();

/// Where the quarterly metrics of one quarter stand, in the order of `metric_list`. Instantiated once a reading.
template <class R> std::vector<const R*> quarter_values(const QuarterResults<R>& row);
/// Where the scalar metrics stand.
template <class R> std::vector<const R*> scalar_values(const Trajectory<R>& t);

extern template std::vector<const double*> quarter_values(const QuarterResults<double>& row);
extern template std::vector<const Lanes*> quarter_values(const QuarterResults<Lanes>& row);
extern template std::vector<const Traced*> quarter_values(const QuarterResults<Traced>& row);
extern template std::vector<const Written*> quarter_values(const QuarterResults<Written>& row);
extern template std::vector<const double*> scalar_values(const Trajectory<double>& t);
extern template std::vector<const Lanes*> scalar_values(const Trajectory<Lanes>& t);
extern template std::vector<const Traced*> scalar_values(const Trajectory<Traced>& t);
extern template std::vector<const Written*> scalar_values(const Trajectory<Written>& t);

} // namespace autarky::model
