// autarky: the rules by which the shape of an ONNX operator's output follows from its inputs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compute/onnx/onnx_graph.hpp"

namespace autarky::compute {

/// None: the shape does not follow from what is known.
using MaybeShape = std::optional<Dimensions>;

/// Values in a shape.
inline Count elements_of(const Dimensions& dimensions) {
    Count n = 1;
    for (const Count size : dimensions)
        n = product(n, size);
    return n;
}

/// The rules of one node. Every rule checks ranks and ranges before it uses them.
class ShapeRules {
public:
    ShapeRules(const OnnxGraph& graph, const GraphNode& node) : graph_(graph), node_(node) {}

    [[nodiscard]] MaybeShape output(std::size_t i) const;
    static MaybeShape broadcast_of(const Dimensions& a, const Dimensions& b);
    /// First and last (exclusive) dimension that a Shape node reads.
    static std::pair<Count, Count> bounds_of_shape(const GraphNode& node, std::size_t rank);

private:
    [[nodiscard]] MaybeShape input(std::size_t i) const;
    [[nodiscard]] const Dimensions* content(std::size_t i) const;
    [[nodiscard]] const std::vector<double>* real_content(std::size_t i) const;
    [[nodiscard]] const Dimensions* list(const std::string& key) const;
    /// The attribute of older operator sets, or the input that replaced it.
    [[nodiscard]] const Dimensions* list_or_input(const std::string& key, std::size_t i) const;
    [[nodiscard]] static std::optional<std::size_t> axis_in(Count axis, std::size_t rank);
    /// The axes listed, or all of them.
    [[nodiscard]] static std::optional<std::vector<std::size_t>> chosen_axes(const Dimensions* axes, std::size_t rank);
    static Count at(const Dimensions* values, std::size_t i, Count fallback);
    /// Output positions of a window; none when the window makes no sense.
    [[nodiscard]] std::optional<Count> window(std::size_t i, std::size_t n, Count size, Count kernel) const;
    [[nodiscard]] MaybeShape windows(const Dimensions& in, Count channels, const Dimensions& kernel) const;
    [[nodiscard]] MaybeShape convolution(std::size_t i) const;
    [[nodiscard]] MaybeShape transposed_convolution() const;
    [[nodiscard]] MaybeShape matmul() const;
    [[nodiscard]] MaybeShape block_matmul() const;
    [[nodiscard]] MaybeShape gemm() const;
    [[nodiscard]] MaybeShape einsum() const;
    [[nodiscard]] MaybeShape attention(std::size_t i) const;
    [[nodiscard]] MaybeShape projected_attention(std::size_t i) const;
    [[nodiscard]] MaybeShape linear_attention(std::size_t i) const;
    [[nodiscard]] MaybeShape recurrent(std::size_t i) const;
    [[nodiscard]] MaybeShape region_align() const;
    [[nodiscard]] MaybeShape pooling(std::size_t i) const;
    [[nodiscard]] MaybeShape global_pooling() const;
    [[nodiscard]] MaybeShape normalised(std::size_t i) const;
    [[nodiscard]] MaybeShape named(std::size_t i) const;
    [[nodiscard]] MaybeShape short_time_spectrum(const Dimensions& signal) const;
    [[nodiscard]] MaybeShape spectrum(Dimensions signal) const;
    [[nodiscard]] MaybeShape broadcast() const;
    [[nodiscard]] MaybeShape reduction(std::size_t i) const;
    [[nodiscard]] MaybeShape gather() const;
    [[nodiscard]] MaybeShape grid_sample() const;
    [[nodiscard]] MaybeShape transposed() const;
    [[nodiscard]] MaybeShape concatenated() const;
    [[nodiscard]] MaybeShape split(std::size_t i) const;
    [[nodiscard]] MaybeShape sliced() const;
    [[nodiscard]] MaybeShape padded() const;
    [[nodiscard]] MaybeShape resized() const;
    [[nodiscard]] MaybeShape resized_to(const Dimensions& in, const std::vector<std::size_t>& axes,
                                        const Dimensions& sizes) const;
    [[nodiscard]] MaybeShape one_hot() const;
    [[nodiscard]] MaybeShape range() const;
    [[nodiscard]] MaybeShape cropped() const;
    [[nodiscard]] MaybeShape columns_to_image() const;
    [[nodiscard]] MaybeShape chosen_by_data(std::size_t i) const;
    [[nodiscard]] MaybeShape blocks(bool to_space) const;
    [[nodiscard]] MaybeShape moved(std::size_t i) const;
    [[nodiscard]] MaybeShape gathered_nd() const;
    [[nodiscard]] MaybeShape repeated(bool tile) const;
    [[nodiscard]] MaybeShape reshaped() const;
    [[nodiscard]] MaybeShape flattened() const;
    [[nodiscard]] MaybeShape squeezed() const;
    [[nodiscard]] MaybeShape unsqueezed() const;
    [[nodiscard]] MaybeShape view(std::size_t i) const;
    const OnnxGraph& graph_;
    const GraphNode& node_;
};

} // namespace autarky::compute
