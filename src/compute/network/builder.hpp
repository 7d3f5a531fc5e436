// autarky: short words for writing down a network by its published rule.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "compute/network/network.hpp"

namespace autarky::compute {

/// Height and width of a feature map.
struct Extent {
    Count height = 1, width = 1;
    [[nodiscard]] Count pixels() const { return product(height, width); }
    [[nodiscard]] Extent halved() const { return {ceiling_division(height, 2), ceiling_division(width, 2)}; }
    [[nodiscard]] Extent over(Count factor) const {
        return {ceiling_division(height, factor), ceiling_division(width, factor)};
    }
};

/// Appends layers to a network. `parallel`, `repeats` and `weight_sets` hold for the layers appended next; every name
/// gets `prefix` before it.
class Builder {
public:
    explicit Builder(std::string name, std::string source) {
        network_.name = std::move(name);
        network_.source = std::move(source);
    }

    std::string prefix;
    Count parallel = 1;
    Count repeats = 1;
    Count weight_sets = 1;

    /// A block executed `n` times in a row, each time with weights of its own.
    void blocks(Count n) { repeats = weight_sets = n; }
    void once() { parallel = repeats = weight_sets = 1; }

    void add(const std::string& name, const Shape& shape) {
        network_.layers.push_back({prefix + name, shape, parallel, repeats, weight_sets});
    }
    /// Square kernel, padding that keeps the extent (for odd kernels), batch normalisation. Returns the new extent.
    Extent conv(const std::string& name, Extent in, Count channels, Count filters, Count kernel, Count stride = 1,
                Count groups = 1, bool rectified = true);
    /// The same without normalisation and with a bias.
    Extent plain_conv(const std::string& name, Extent in, Count channels, Count filters, Count kernel,
                      Count stride = 1);
    void matmul(const std::string& name, Count rows, Count columns, Count reduction, bool bias = false);
    void attention(const std::string& name, const Attention& attention) { add(name, attention); }
    void norm(const std::string& name, Count elements, Count learned) { add(name, Normalisation{elements, learned}); }
    void gelu(const std::string& name, Count elements) { add(name, Activation{elements, ActivationKind::exponential}); }
    void sum_of(const std::string& name, Count elements, Count operands = 2) {
        add(name, Elementwise{elements, operands});
    }
    Extent max_pool(const std::string& name, Extent in, Count channels, Count kernel, Count stride);
    void global_pool(const std::string& name, Extent in, Count channels);

    [[nodiscard]] Network finish() && { return std::move(network_); }

private:
    Network network_;
};

} // namespace autarky::compute
