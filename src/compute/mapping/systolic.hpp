// autarky: exact cycles and buffer accesses of a dense product on one systolic array.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compute/network/network.hpp"

namespace autarky::compute {

/// What stays in the array while the rest streams through it.
enum class Dataflow { output_stationary, weight_stationary, input_stationary };

/// "os", "ws", "is".
std::string_view dataflow_name(Dataflow dataflow);
std::optional<Dataflow> dataflow_named(std::string_view name);

struct Array {
    Count rows = 1, columns = 1;
    Dataflow dataflow = Dataflow::output_stationary;
    [[nodiscard]] Count elements() const { return product(rows, columns); }
};

/// How a product lies on an array: `rows` x `columns` of its extent are folded onto the array, `streamed` values pass.
struct Mapping {
    Count rows = 0, columns = 0, streamed = 0;
    Count row_folds = 0, column_folds = 0;
    Count cycles_a_fold = 0;
    [[nodiscard]] Count folds() const { return product(row_folds, column_folds); }
};

/// Folding rule: outputs x filters hold still while the window streams (os), window x filters while pixels stream (ws),
/// window x pixels while filters stream (is). A fold costs T + R + C - 2 (os) or 2R + C + T - 2 (ws, is: R more to load
/// what holds still), also when it fills the array in part, and folds do not overlap.
/// Source: Samajdar et al., ISPASS 2020, equations 1 to 4. Oracle: SCALE-Sim 3.0.0, 424 layers.
Mapping mapping(const Array& array, const Product& product);

struct SramAccesses {
    Count ifmap = 0;  ///< reads
    Count filter = 0; ///< reads
    Count ofmap = 0;  ///< writes; partial sums of every fold of the window count
};

struct ArrayRun {
    Count macs = 0;
    Count cycles = 0;
    Count mapped = 0;  ///< array elements that hold work, summed over folds
    Count offered = 0; ///< array elements, summed over folds
    SramAccesses sram{};

    void add(const ArrayRun& other);
    /// MACs over what the array could have done in these cycles.
    [[nodiscard]] double utilisation(const Array& array) const;
    /// Share of the array that holds work, mean over folds.
    [[nodiscard]] double mapping_efficiency() const;
};

/// `exact`: cycles from the first to the last. `scalesim`: what SCALE-Sim 3.0.0 prints, that is the index of the last
/// cycle, one less than their number (its issue 125), and R + C output writes too many a fold in the output-stationary
/// dataflow (its issue 166).
enum class Counting { exact, scalesim };

/// All products of one execution.
ArrayRun run_once(const Array& array, const Shape& shape, Counting counting = Counting::exact);
/// All executions of the layer, one after the other.
ArrayRun run(const Array& array, const Layer& layer, Counting counting = Counting::exact);

struct NetworkRun {
    std::vector<ArrayRun> layers;
    ArrayRun total;
};
NetworkRun run(const Array& array, const Network& network, Counting counting = Counting::exact);

} // namespace autarky::compute
