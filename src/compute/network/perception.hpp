// autarky: camera networks that build a bird's-eye view or an occupancy volume: BEVFormer, SurroundOcc, VAD.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/network/network.hpp"

namespace autarky::compute {

/// The DCNv2 3x3 convolutions of the ResNet-101 backbone are counted as plain ones; their offset convolutions (27
/// filters, under 3 % of the work) are left out, as flop counters of the published figures do.
/// Source: fundamentalvision/BEVFormer@66b65f3, bevformer_base.py and bevformer_tiny.py; Li et al., ECCV 2022.
Network bevformer_base();
Network bevformer_tiny();

/// The 2x2x2 transposed convolutions are counted as the dense convolutions over zero-inserted input that an array
/// without a zero-skipping unit executes: eight times the products that matter (36.7 against 4.6 GMAC of 2,317).
/// Source: weiyithu/SurroundOcc@419bf5b, surroundocc.py and occ_head.py; Wei et al., ICCV 2023.
Network surroundocc();

/// The planner's own layers (one each of ego-agent and ego-map attention) are left out: below 0.5 % of the work.
/// Source: hustvl/VAD@1688c4b, VAD_base_e2e.py and VAD_tiny_e2e.py; Jiang et al., ICCV 2023.
Network vad_base();
Network vad_tiny();

} // namespace autarky::compute
