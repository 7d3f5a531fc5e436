// autarky: how learned values are stored.
// SPDX-License-Identifier: Apache-2.0
#include "compute/chip/number_format.hpp"

namespace autarky::compute {
namespace {

struct Definition {
    BlockFormat block;
    Precision multiplied_in;
};
/// In the order of NumberFormat. ggml: bytes of scales + bytes of elements.
constexpr std::array<Definition, number_format_names.size()> definitions{{
    {{2, 1}, Precision::int4},                   // int4
    {{1, 1}, Precision::int8},                   // int8
    {{1, 1}, Precision::fp8},                    // fp8
    {{1, 2}, Precision::bf16},                   // bf16
    {{1, 2}, Precision::fp16},                   // fp16
    {{1, 4}, Precision::fp32},                   // fp32
    {{32, 1 + 32}, Precision::fp8},              // mxfp8: E4M3 or E5M2
    {{32, 1 + 24}, Precision::fp8},              // mxfp6: E2M3 or E3M2
    {{32, 1 + 16}, Precision::fp8},              // mxfp4: E2M1
    {{32, 1 + 32}, Precision::int8},             // mxint8
    {{16, 1 + 8}, Precision::fp8},               // nvfp4: E2M1
    {{32, 2 + 32}, Precision::int8},             // q8_0: d
    {{256, 2 + 16 + 128 + 64}, Precision::int8}, // q6_k: d, scales; ql, qh
    {{256, 4 + 12 + 32 + 128}, Precision::int8}, // q5_k: d and dmin, scales; qh, qs
    {{32, 4 + 4 + 16}, Precision::int8},         // q5_1: d and m; qh, qs
    {{32, 2 + 4 + 16}, Precision::int8},         // q5_0: d; qh, qs
    {{256, 4 + 12 + 128}, Precision::int8},      // q4_k: d and dmin, scales; qs
    {{32, 4 + 16}, Precision::int8},             // q4_1: d and m; qs
    {{32, 2 + 16}, Precision::int8},             // q4_0: d; qs
    {{32, 2 + 16}, Precision::int8},             // iq4_nl: d; qs
    {{256, 2 + 2 + 4 + 128}, Precision::int8},   // iq4_xs: d, scales_h, scales_l; qs
    {{256, 2 + 12 + 32 + 64}, Precision::int8},  // q3_k: d, scales; hmask, qs
    {{256, 4 + 16 + 64}, Precision::int8},       // q2_k: d and dmin, scales; qs
}};

const Definition& definition(NumberFormat format) { return definitions[static_cast<std::size_t>(format)]; }

} // namespace

BlockFormat block_format(NumberFormat format) { return definition(format).block; }

Precision usual_precision(NumberFormat format) { return definition(format).multiplied_in; }

BlockFormat stored_as(NumberFormat weights, Precision precision) {
    return plain_format(precision) == weights ? BlockFormat{} : block_format(weights);
}

} // namespace autarky::compute
