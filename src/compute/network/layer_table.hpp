// autarky: reads layer tables: our own, tables of dense products, and SCALE-Sim's two topology formats.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compute/network/network.hpp"
#include "core/diagnostics.hpp"

namespace autarky::compute {

/// How SCALE-Sim's depthwise layers (a name with "DP" in it) are read: as one layer, or, as SCALE-Sim runs them, as a
/// layer of one channel for each channel.
enum class Depthwise { one_layer, layer_per_channel };

/// The format is told by the header line:
///   layer,operator,...                      our own; columns by name in any order, see docs/model/compute.md
///   layer,op,M,N,K,groups_or_batch,count    dense products (text behind a bracket is a remark;
///                                           a count says nothing of weights, so one set is taken)
///   Layer name, IFMAP Height, ...           SCALE-Sim convolutions, by position
///   Layer, M, N, K                          SCALE-Sim matrix products, by position
/// Every finding carries file, line and column; a row with a finding is left out.
Network read_layer_table(std::string_view text, const std::string& file, Diagnostics& diagnostics,
                         Depthwise depthwise = Depthwise::one_layer);

/// Names of the columns of our own format.
const std::vector<std::string_view>& layer_table_columns();

} // namespace autarky::compute
