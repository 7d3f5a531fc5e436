// autarky: how learned values are stored: plain numbers, or blocks of them that share scales.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "compute/chip/technology.hpp"
#include "compute/network/count.hpp"
#include "core/describe.hpp"

namespace autarky::compute {

/// Blocks of `values` learned values along the reduction, `bytes` each, scales included. 0 values: stored as the chip
/// multiplies them.
struct BlockFormat {
    Count values = 0;
    Count bytes = 0;

    [[nodiscard]] bool is_given() const { return values > 0; }
    [[nodiscard]] double bits_a_value() const { return 8.0 * static_cast<double>(bytes) / static_cast<double>(values); }
    /// Bytes of vectors along the reduction; the last block of each is filled up.
    [[nodiscard]] Count bytes_of(Count vectors, Count length) const {
        return product(vectors, ceiling_division(length, values), bytes);
    }
    bool operator==(const BlockFormat&) const = default;
};

/// Format of a workload's learned values: those of Precision first, in its order, then blocks.
enum class NumberFormat {
    int4,
    int8,
    fp8,
    bf16,
    fp16,
    fp32,
    mxfp8,
    mxfp6,
    mxfp4,
    mxint8,
    nvfp4,
    q8_0,
    q6_k,
    q5_k,
    q5_1,
    q5_0,
    q4_k,
    q4_1,
    q4_0,
    iq4_nl,
    iq4_xs,
    q3_k,
    q2_k,
};
inline constexpr std::array<std::string_view, 23> number_format_names{
    "int4", "int8", "fp8",  "bf16", "fp16", "fp32", "mxfp8", "mxfp6",  "mxfp4",  "mxint8", "nvfp4", "q8_0",
    "q6_k", "q5_k", "q5_1", "q5_0", "q4_k", "q4_1", "q4_0",  "iq4_nl", "iq4_xs", "q3_k",   "q2_k"};
constexpr auto choices(Type<NumberFormat> /*type*/) { return number_format_names; }
constexpr std::string_view format_name(NumberFormat format) {
    return number_format_names[static_cast<std::size_t>(format)];
}
constexpr NumberFormat plain_format(Precision precision) { return static_cast<NumberFormat>(precision); }

/// Values and bytes of one block; a plain format has the smallest block of whole bytes. MX: OCP Microscaling Formats (MX)
/// Specification v1.0 (2023), section 5: 32 elements and one E8M0 scale. NVFP4: NVIDIA, "Introducing NVFP4" (2025): 16
/// elements and one E4M3 scale; its one fp32 scale a tensor is left out. q*: structures of ggml-common.h (llama.cpp),
/// as GGML_QUANT_SIZES of the package gguf lists them.
BlockFormat block_format(NumberFormat format);

/// Format in which its values are multiplied unless somebody says another: a plain format's own; of blocks the 8-bit format
/// that holds their elements: fp8 for floating-point ones, int8 for ggml's (whose kernels round activations to 8 bits) and
/// MXINT8.
Precision usual_precision(NumberFormat format);

/// How the learned values lie in memory when they are multiplied in `precision`; not given where they lie so anyway.
BlockFormat stored_as(NumberFormat weights, Precision precision);

} // namespace autarky::compute
