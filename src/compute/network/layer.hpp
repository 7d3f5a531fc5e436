// autarky: one layer of a neural network: its shape, and the work, weights and data that follow from it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compute/network/count.hpp"

namespace autarky::compute {

/// One direction of a window that slides over a tensor (convolution, pooling).
struct Axis {
    Count size = 1; ///< input elements, without padding
    Count kernel = 1;
    Count stride = 1;
    Count padding = 0; ///< both ends together
    Count dilation = 1;
    /// A last window that hangs over the edge counts as an output: the rule of SCALE-Sim's topology files and of ONNX
    /// pooling with ceil_mode.
    bool partial_window = false;
    /// Of the padding, that behind the input: a last window that hangs over must not start in it (ONNX pooling). Below 0:
    /// it may start anywhere (SCALE-Sim).
    Count padding_behind = -1;

    /// Elements that one window spans.
    [[nodiscard]] Count span() const { return dilation * (kernel - 1) + 1; }
    /// Output positions; below 1 when the window does not fit.
    [[nodiscard]] Count output() const {
        const Count room = size + padding - span();
        if (room < 0) return 0;
        if (!partial_window) return room / stride + 1;
        const Count all = ceiling_division(room, stride) + 1;
        const bool starts_behind = padding_behind >= 0 && (all - 1) * stride >= size + padding - padding_behind;
        return starts_behind ? all - 1 : all;
    }
};

struct Convolution {
    Axis height, width, depth;
    Count channels = 1;
    Count filters = 1;
    Count groups = 1;        ///< `groups == channels` is a depthwise convolution
    bool bias = false;       ///< one learned value a filter
    bool normalised = false; ///< followed by a batch normalisation: two learned values a filter, folded at inference
    bool rectified = false;  ///< an activation function is applied to each output
    [[nodiscard]] Count pixels() const { return product(height.output(), width.output(), depth.output()); }
};

/// rows x reduction times reduction x columns, `batch` times.
struct Matmul {
    Count rows = 1, columns = 1, reduction = 1;
    Count batch = 1;
    bool weights = true; ///< the second operand is learned; otherwise both are activations
    Count biases = 0;    ///< learned values that are added to the results
    Count weight_bytes =
        0; ///< of weights that the file packs in blocks, scales included; 0: as the chip's format has them
};

/// softmax(Q K^T) V without the projections, which are matmuls. Prefill has many queries; decode has one query and the
/// stored keys and values as context. Key and value heads may be fewer than query heads.
struct Attention {
    Count queries = 1, context = 1;
    Count heads = 1, kv_heads = 1;
    Count head_width = 1;
    Count value_width = 0; ///< of one value; 0: head_width
    [[nodiscard]] Count values() const { return value_width > 0 ? value_width : head_width; }
};

/// Deformable sampling: `queries` x `heads` x `samples` bilinear reads (four taps) of `head_width` values from a map.
struct Sampling {
    Count queries = 1, heads = 1, samples = 1, head_width = 1;
    Count source_elements = 1; ///< of the map that is read
};

struct Pooling {
    Axis height, width, depth;
    Count channels = 1;
    [[nodiscard]] Count pixels() const { return product(height.output(), width.output(), depth.output()); }
};

/// Layer, group, instance or an unfolded batch normalisation over `elements` values.
struct Normalisation {
    Count elements = 1;
    Count learned = 0; ///< learned values
};

enum class ActivationKind {
    rectifier,
    exponential
}; ///< cheap (ReLU, clip) or with an exponential (GELU, SiLU, softmax)

struct Activation {
    Count elements = 1;
    ActivationKind kind = ActivationKind::rectifier;
};

/// One result value from `operands` input values each.
struct Elementwise {
    Count elements = 1;
    Count operands = 2; ///< that are computed, each as large as the result
    Count learned = 0;  ///< values of learned operands, read once
};

/// Rows of a learned table picked by index (token embedding), or a learned constant.
struct Lookup {
    Count table_rows = 1, width = 1;
    Count picked = 1;
};

using Shape =
    std::variant<Convolution, Matmul, Attention, Sampling, Pooling, Normalisation, Activation, Elementwise, Lookup>;

/// A layer as it is executed in one inference.
struct Layer {
    std::string name;
    Shape shape;
    Count parallel = 1;    ///< executions at the same time on the same weights (cameras)
    Count repeats = 1;     ///< executions one after the other (blocks of equal shape, flow steps, tokens)
    Count weight_sets = 1; ///< distinct weights that this row brings; 0 when another row already counted them
    Count stored =
        -1; ///< learned values that this row is the first to bring, where a file tells; below 0: those of the sets
    Count rounds_to_bits = 0; ///< it only rounds to such a format (or back): nothing to do on a chip that works in it

    [[nodiscard]] Count executions() const { return product(parallel, repeats); }
};

/// Dense product that an array executes: `batch` times rows x reduction by reduction x columns.
struct Product {
    Count rows = 1, columns = 1, reduction = 1;
    Count batch = 1;
    Count inputs = 1;  ///< distinct elements of the first operand, all batches (a window's overlap counted once)
    Count weights = 1; ///< distinct elements of the second operand, all batches
    bool learned = true;
    Count window = 1; ///< positions of a convolution's kernel; the reduction is that many times the channels
    Count kernel_rows = 1;
    Count weight_bytes = 0; ///< of the second operand where it is packed in blocks; 0: as the chip's format has it
    [[nodiscard]] Count macs() const { return product(rows, columns, reduction, batch); }
    [[nodiscard]] Count outputs() const { return product(rows, columns, batch); }
};

/// The products of one execution: none, one, or the two of an attention.
struct Products {
    std::array<Product, 2> items{};
    std::size_t size = 0;
    [[nodiscard]] const Product* begin() const { return items.data(); }
    [[nodiscard]] const Product* end() const { return items.data() + size; }
};
Products products(const Shape& shape);

/// Elements that one execution reads and writes, each counted once.
struct Footprint {
    Count inputs = 0;
    Count learned = 0; ///< weights, biases, tables (of a table only the rows picked)
    Count outputs = 0;
};
Footprint footprint(const Shape& shape);

/// Multiply-accumulates of one execution on an array; sampling and pooling have none.
Count macs_once(const Shape& shape);
/// Operations of one execution that only a vector unit can do (normalisation, softmax, sampling, pooling, sums).
/// An exponential counts `operations_per_exponential`, the other weights are in layer.cpp.
Count vector_operations(const Shape& shape);
inline constexpr Count operations_per_exponential = 10;

/// Learned values of one set of weights.
Count parameters_once(const Shape& shape);

/// Of the whole layer, all its executions or weight sets.
Count macs(const Layer& layer);
Count parameters(const Layer& layer);

/// "convolution", "depthwise convolution", "matmul", ...
std::string_view operator_name(const Shape& shape);

/// A tensor without elements, a window larger than its input, groups that do not divide: said in words, or empty.
std::string shape_error(const Shape& shape);

} // namespace autarky::compute
