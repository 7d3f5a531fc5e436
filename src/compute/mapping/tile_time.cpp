// autarky: time of a dense product on all arrays of a chip.
// SPDX-License-Identifier: Apache-2.0
#include "compute/mapping/tile_time.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "compute/mapping/rates.hpp"

namespace autarky::compute {
namespace {

constexpr std::array<Count, 5> tile_sides{32, 64, 128, 256, 512};
constexpr std::array<Count, 4> reduction_splits{1, 2, 4, 8};
constexpr Count shortest_reduction = 256;

/// Streamed values of a fold on a unit that takes whole groups of `lanes` channels: the positions of a kernel are packed
/// along its rows when a position alone would leave lanes empty.
Count lane_groups(const Product& p, Count lanes) {
    const Count channels = std::max<Count>(1, p.reduction / p.window);
    const Count by_position = product(p.window, ceiling_division(channels, lanes));
    const Count by_row = product(p.kernel_rows, ceiling_division(product(channels, p.window / p.kernel_rows), lanes));
    return p.window * channels == p.reduction ? std::min(by_position, by_row) : ceiling_division(p.reduction, lanes);
}

Count broadcast_cycles(const Array& array, const Product& p) {
    switch (array.dataflow) {
    case Dataflow::output_stationary:
        return product(ceiling_division(p.rows, array.rows), ceiling_division(p.columns, array.columns), p.reduction);
    case Dataflow::weight_stationary:
        return product(lane_groups(p, array.rows), ceiling_division(p.columns, array.columns), p.rows);
    case Dataflow::input_stationary:
        return product(lane_groups(p, array.rows), ceiling_division(p.rows, array.columns), p.columns);
    }
    return too_many;
}

Count one_array_cycles(const Machine& machine, const Product& p) {
    if (machine.style == ArrayStyle::broadcast) return broadcast_cycles(machine.array, p);
    const auto m = mapping(machine.array, p);
    if (machine.style == ArrayStyle::systolic) return product(m.folds(), m.cycles_a_fold);
    const bool loads = machine.array.dataflow != Dataflow::output_stationary;
    const Count a_fold = loads ? std::max(m.streamed, machine.array.rows) : m.streamed;
    return sum(product(m.folds(), a_fold), m.cycles_a_fold - m.streamed);
}

/// Parts of a product that equal workers take, by rows or columns of the output.
Product shared(const Product& p, Count row_parts, Count column_parts) {
    Product part = p;
    part.rows = ceiling_division(p.rows, row_parts);
    part.columns = ceiling_division(p.columns, column_parts);
    part.batch = 1;
    return part;
}

/// Operands of a tile on their way from the buffer.
Count tile_bytes(const Machine& machine, const Product& tile) {
    if (!tile.learned || !machine.blocks.is_given())
        return bytes(product(sum(tile.rows, tile.columns), tile.reduction), machine.element_bits);
    return sum(bytes(product(tile.rows, tile.reduction), machine.element_bits),
               machine.blocks.bytes_of(tile.columns, tile.reduction));
}

Tiling tiling_of(const Machine& machine, const Product& p, const Product& tile, Count splits) {
    const Count tiles =
        product(ceiling_division(p.rows, tile.rows), ceiling_division(p.columns, tile.columns), splits, p.batch);
    return {.cycles_a_wave = core_cycles(machine, tile),
            .bytes_a_wave = product(tile_bytes(machine, tile), std::min(tiles, machine.cores)),
            .waves = ceiling_division(tiles, machine.cores),
            .row_tile = tile.rows,
            .column_tile = tile.columns,
            .splits = splits};
}

} // namespace

Count core_cycles(const Machine& machine, const Product& p) {
    if (machine.style == ArrayStyle::broadcast && machine.array.dataflow == Dataflow::output_stationary)
        return ceiling_division(one_array_cycles(machine, p), machine.arrays); // a tile's parts go round the units
    Count best = too_many;
    for (Count columns = 1; columns <= machine.arrays; ++columns)
        if (machine.arrays % columns == 0)
            best = std::min(best, one_array_cycles(machine, shared(p, machine.arrays / columns, columns)));
    return best;
}

Tiling fastest_tiling(const Machine& machine, const Product& p) {
    Tiling best;
    double best_s = std::numeric_limits<double>::infinity();
    const auto rates = rates_of(machine);
    const auto consider = [&](const Product& tile, Count splits) {
        if (machine.largest_tile > 0 && product(tile.rows, tile.columns) > machine.largest_tile) return;
        const auto t = tiling_of(machine, p, tile, splits);
        if (const double seconds = tiling_seconds(t, rates); seconds < best_s) {
            best = t;
            best_s = seconds;
        }
    };
    Product whole = p;
    whole.batch = 1;
    if (machine.largest_tile == 0) consider(whole, 1);
    if (machine.cores == 1 && machine.largest_tile == 0) return best;
    for (const Count rows : tile_sides)
        for (const Count columns : tile_sides)
            for (const Count splits : reduction_splits) {
                if (splits > 1 && p.reduction / splits < shortest_reduction) continue;
                Product tile = p;
                tile.rows = rows;
                tile.columns = columns;
                tile.reduction = ceiling_division(p.reduction, splits);
                tile.batch = 1;
                tile.window = tile.kernel_rows = 1;
                consider(tile, splits);
            }
    return best;
}

} // namespace autarky::compute
