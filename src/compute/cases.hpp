// autarky: the quantities of this folder that published cases name.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "core/case_table.hpp"

namespace autarky::compute {

/// Value of a quantity of validation/compute/cases.csv. Failure: CaseError for one that it does not know.
///
///     macs, parameters               network
///     scalesim_cycles                rows columns dataflow m n k     as SCALE-Sim prints them
///     scalesim_sram_ifmap, ..._filter, ..._ofmap   the same
///     a100_product_ms, mi210_product_ms            m n k
///     nvdla_frames                   rows columns buffer_kib dram_gb_per_s   ResNet-50, int8, 1 GHz
///     energy_factor                  node volts                      Stillmaker and Baas
///     area_factor                    from to                         the same
///     multiply_add_um2               precision node
///     never_used, over_provisioned, duty_idle, useful   area peak mean
double case_quantity(std::string_view what, const CaseInputs& in);

} // namespace autarky::compute
