// autarky: short words for writing down a network by its published rule.
// SPDX-License-Identifier: Apache-2.0
#include "compute/network/builder.hpp"

namespace autarky::compute {
namespace {

Axis window(Count size, Count kernel, Count stride) {
    return {.size = size, .kernel = kernel, .stride = stride, .padding = kernel - 1};
}

Extent append(Builder& builder, const std::string& name, const Convolution& c) {
    builder.add(name, c);
    return {c.height.output(), c.width.output()};
}

} // namespace

Extent Builder::conv(const std::string& name, Extent in, Count channels, Count filters, Count kernel, Count stride,
                     Count groups, bool rectified) {
    Convolution c{window(in.height, kernel, stride), window(in.width, kernel, stride), {}, channels, filters, groups};
    c.normalised = true;
    c.rectified = rectified;
    return append(*this, name, c);
}

Extent Builder::plain_conv(const std::string& name, Extent in, Count channels, Count filters, Count kernel,
                           Count stride) {
    Convolution c{window(in.height, kernel, stride), window(in.width, kernel, stride), {}, channels, filters, 1};
    c.bias = true;
    return append(*this, name, c);
}

void Builder::matmul(const std::string& name, Count rows, Count columns, Count reduction, bool bias) {
    add(name, Matmul{.rows = rows, .columns = columns, .reduction = reduction, .biases = bias ? columns : 0});
}

Extent Builder::max_pool(const std::string& name, Extent in, Count channels, Count kernel, Count stride) {
    const Pooling p{window(in.height, kernel, stride), window(in.width, kernel, stride), {}, channels};
    add(name, p);
    return {p.height.output(), p.width.output()};
}

void Builder::global_pool(const std::string& name, Extent in, Count channels) {
    add(name, Pooling{{.size = in.height, .kernel = in.height}, {.size = in.width, .kernel = in.width}, {}, channels});
}

} // namespace autarky::compute
