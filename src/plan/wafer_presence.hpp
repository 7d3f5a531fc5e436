// autarky: what can happen in any future of a plan of wafers, so that all futures have the same columns and rows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "plan/wafer_future.hpp"

namespace autarky::plan {

struct WaferPresence {
    using ByQuarter = std::vector<std::vector<bool>>;
    ByQuarter line;                                         ///< a start of it can be in time for the last quarter
    ByQuarter site;                                         ///< one of its lines can start
    ByQuarter path;                                         ///< it gives wafers to such a site
    ByQuarter contract;                                     ///< it reserves wafers
    ByQuarter minimum;                                      ///< it commits to wafers
    ByQuarter chip;                                         ///< it is needed, or can arrive
    ByQuarter outlet;                                       ///< by outlet, then line: it can pay
    ByQuarter ready;                                        ///< by line: its chips need a back end and can arrive
    ByQuarter back_end;                                     ///< it can be needed
    std::vector<std::size_t> first_assembly, last_assembly; ///< by line, in quarters: of the lag, behind the back ends
    std::vector<std::size_t> first_lag, last_lag;           ///< by line, in quarters
    std::vector<bool> has_least_share;                      ///< by line: of a chip of several lines

    /// `without`: sites at which nothing is started.
    WaferPresence(const WaferShape& shape, const std::vector<WaferFuture<double>>& futures, bool has_one_source,
                  const std::vector<std::size_t>& without);
    [[nodiscard]] bool has_path(std::size_t p) const;

private:
    void see_lines(const WaferShape& shape, const std::vector<WaferFuture<double>>& futures,
                   const std::vector<bool>& is_used);
    void see_contracts(const WaferShape& shape, const std::vector<WaferFuture<double>>& futures);
    void see_outlets(const WaferShape& shape, const std::vector<WaferFuture<double>>& futures);
    void see_back_ends(const WaferShape& shape, const std::vector<WaferFuture<double>>& futures);
    void see_chips(const WaferShape& shape, const std::vector<WaferFuture<double>>& futures);
};

} // namespace autarky::plan
