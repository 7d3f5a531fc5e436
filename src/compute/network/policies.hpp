// autarky: robot policies and the language model inside them: pi0, OpenVLA-7B, Llama-2-7B decode.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/network/network.hpp"

namespace autarky::compute {

/// Three images of 224x224, 48 text tokens, a chunk of 50 actions by 10 flow steps.
/// Source: Physical-Intelligence/openpi@15a9616, gemma.py, siglip.py, pi0_config.py; Black et al. 2024 (3.3 B parameters).
Network pi0();

/// One image, 290 tokens of prefill, 7 action tokens decoded one after the other.
/// Source: openvla/openvla@c8f03f4; Kim et al. 2024; Touvron et al. 2023 (Llama 2).
Network openvla_7b();

/// One token of Llama-2-7B after `context` others.
Network llama2_7b_decode(Count context);

} // namespace autarky::compute
