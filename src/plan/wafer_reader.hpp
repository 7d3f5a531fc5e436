// autarky: reads the futures of a plan of wafers out of a run: some figures are metrics, some follow from the inputs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "core/lanes.hpp"
#include "plan/wafer_future.hpp"

namespace autarky::plan {

/// First column of a quarterly metric in a run, in base units; there is one a quarter.
using FirstColumn = std::function<std::size_t(const std::string& metric)>;

class WaferReader {
public:
    WaferReader(WaferShape shape, const FirstColumn& first_column);

    /// Columns that it wants of the run, ascending.
    [[nodiscard]] const std::vector<std::size_t>& columns() const { return columns_; }
    /// Figures that it makes of a sample.
    [[nodiscard]] std::size_t figures() const { return figures_; }
    /// Makes them for eight samples from their scenarios and from the columns, in the order of columns().
    void read(const Scenario<Lanes>& scenario, const Lanes* columns, Lanes* figures) const;
    /// Puts a future together; `figures` are [figure][sample].
    [[nodiscard]] WaferFuture<double> future(const std::vector<std::vector<double>>& figures, std::size_t sample) const;
    [[nodiscard]] const WaferShape& shape() const { return shape_; }

private:
    [[nodiscard]] const Lanes& at(const Lanes* columns, std::size_t metric, std::size_t quarter) const {
        return columns[place_[metric] + quarter];
    }
    void read_metrics(const Lanes* columns, WaferFuture<Lanes>& out) const;
    void read_lines(const Scenario<Lanes>& s, WaferFuture<Lanes>& out) const;
    void read_contracts(const Scenario<Lanes>& s, WaferFuture<Lanes>& out) const;
    void read_paths(const Scenario<Lanes>& s, const Lanes* columns, WaferFuture<Lanes>& out) const;
    void read_back_ends(const Scenario<Lanes>& s, const Lanes* columns, WaferFuture<Lanes>& out) const;

    WaferShape shape_;
    std::vector<std::size_t> columns_, place_; ///< place_: of each metric among the columns
    std::size_t figures_ = 0;
    std::size_t instead_ = 0, needed_ = 0, lines_ = 0, sites_ = 0, outlets_ = 0, rated_ = 0, back_ends_ = 0,
                passing_ = 0; ///< first metric of each kind
};

} // namespace autarky::plan
