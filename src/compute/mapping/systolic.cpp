// autarky: exact cycles and buffer accesses of a dense product on one systolic array.
// SPDX-License-Identifier: Apache-2.0
#include "compute/mapping/systolic.hpp"

#include <array>
#include <cassert>

namespace autarky::compute {
namespace {

constexpr std::array<std::string_view, 3> dataflow_names{"os", "ws", "is"};

SramAccesses accesses(const Mapping& m, Dataflow dataflow) {
    // every column fold reads the row operand again, every row fold the column operand
    const Count by_row = product(m.rows, m.streamed, m.column_folds);
    const Count by_column = product(m.columns, m.streamed, m.row_folds);
    const Count held = product(m.rows, m.columns);
    switch (dataflow) {
    case Dataflow::output_stationary: return {by_row, by_column, held};
    case Dataflow::weight_stationary: return {by_row, held, by_column};
    case Dataflow::input_stationary: return {held, by_row, by_column};
    }
    return {};
}

ArrayRun run_product(const Array& array, const Product& p, Counting counting) {
    const auto m = mapping(array, p);
    ArrayRun result;
    result.macs = p.macs();
    result.cycles = product(m.folds(), m.cycles_a_fold);
    result.sram = accesses(m, array.dataflow);
    if (counting == Counting::scalesim) {
        result.cycles -= 1;
        if (array.dataflow == Dataflow::output_stationary)
            result.sram.ofmap = sum(result.sram.ofmap, product(m.folds(), array.rows + array.columns));
    }
    result.mapped = product(m.rows, m.columns, p.batch);
    result.offered = product(m.folds(), array.elements(), p.batch);
    result.cycles = product(result.cycles, p.batch);
    result.sram = {product(result.sram.ifmap, p.batch), product(result.sram.filter, p.batch),
                   product(result.sram.ofmap, p.batch)};
    return result;
}

ArrayRun times(const ArrayRun& one, Count n) {
    return {product(one.macs, n),
            product(one.cycles, n),
            product(one.mapped, n),
            product(one.offered, n),
            {product(one.sram.ifmap, n), product(one.sram.filter, n), product(one.sram.ofmap, n)}};
}

} // namespace

std::string_view dataflow_name(Dataflow dataflow) { return dataflow_names[static_cast<std::size_t>(dataflow)]; }

std::optional<Dataflow> dataflow_named(std::string_view name) {
    for (std::size_t i = 0; i < dataflow_names.size(); ++i)
        if (dataflow_names[i] == name) return static_cast<Dataflow>(i);
    return std::nullopt;
}

Mapping mapping(const Array& array, const Product& p) {
    assert(array.rows > 0 && array.columns > 0);
    Mapping m;
    switch (array.dataflow) {
    case Dataflow::output_stationary: m = {.rows = p.rows, .columns = p.columns, .streamed = p.reduction}; break;
    case Dataflow::weight_stationary: m = {.rows = p.reduction, .columns = p.columns, .streamed = p.rows}; break;
    case Dataflow::input_stationary: m = {.rows = p.reduction, .columns = p.rows, .streamed = p.columns}; break;
    }
    m.row_folds = ceiling_division(m.rows, array.rows);
    m.column_folds = ceiling_division(m.columns, array.columns);
    const Count load = array.dataflow == Dataflow::output_stationary ? 0 : array.rows;
    m.cycles_a_fold = m.streamed + load + array.rows + array.columns - 2;
    return m;
}

void ArrayRun::add(const ArrayRun& other) {
    macs = sum(macs, other.macs);
    cycles = sum(cycles, other.cycles);
    mapped = sum(mapped, other.mapped);
    offered = sum(offered, other.offered);
    sram = {sum(sram.ifmap, other.sram.ifmap), sum(sram.filter, other.sram.filter), sum(sram.ofmap, other.sram.ofmap)};
}

double ArrayRun::utilisation(const Array& array) const {
    const double possible = static_cast<double>(cycles) * static_cast<double>(array.elements());
    return possible > 0.0 ? static_cast<double>(macs) / possible : 0.0;
}

double ArrayRun::mapping_efficiency() const {
    return offered > 0 ? static_cast<double>(mapped) / static_cast<double>(offered) : 0.0;
}

ArrayRun run_once(const Array& array, const Shape& shape, Counting counting) {
    ArrayRun total;
    for (const auto& p : products(shape))
        total.add(run_product(array, p, counting));
    return total;
}

ArrayRun run(const Array& array, const Layer& layer, Counting counting) {
    return times(run_once(array, layer.shape, counting), layer.executions());
}

NetworkRun run(const Array& array, const Network& network, Counting counting) {
    NetworkRun result;
    result.layers.reserve(network.layers.size());
    for (const auto& layer : network.layers) {
        result.layers.push_back(run(array, layer, counting));
        result.total.add(result.layers.back());
    }
    return result;
}

} // namespace autarky::compute
