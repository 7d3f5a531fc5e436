// autarky: work, weights and data of a layer.
// SPDX-License-Identifier: Apache-2.0
#include "compute/network/layer.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace autarky::compute {
namespace {

template <class... F> struct Overloaded : F... {
    using F::operator()...;
};
template <class... F> Overloaded(F...) -> Overloaded<F...>;

/// Elements of one direction that any window touches: with a stride beyond the kernel, or a 1x1 projection with stride
/// 2, a part of the input is never read.
Count touched(const Axis& axis) {
    const Count outputs = axis.output();
    const Count strided = product(outputs, std::min(axis.stride, axis.kernel));
    return std::min(axis.size, axis.stride > axis.kernel ? strided : axis.size);
}

Products one(const Product& item) { return {{item, {}}, 1}; }

Product convolution_product(const Convolution& c) {
    const Count window = product(c.height.kernel, c.width.kernel, c.depth.kernel, c.channels / c.groups);
    const Count filters = c.filters / c.groups;
    return {.rows = c.pixels(),
            .columns = filters,
            .reduction = window,
            .batch = c.groups,
            .inputs = product(touched(c.height), touched(c.width), touched(c.depth), c.channels),
            .weights = product(window, c.filters),
            .learned = true,
            .window = product(c.height.kernel, c.width.kernel, c.depth.kernel),
            .kernel_rows = product(c.height.kernel, c.depth.kernel)};
}

Product matmul_product(const Matmul& m) {
    return {.rows = m.rows,
            .columns = m.columns,
            .reduction = m.reduction,
            .batch = m.batch,
            .inputs = product(m.rows, m.reduction, m.batch),
            .weights = product(m.reduction, m.columns, m.batch),
            .learned = m.weights,
            .weight_bytes = m.weight_bytes};
}

/// Query heads that share a key head are stacked as rows, so that the keys are read once for all of them.
Products attention_products(const Attention& a) {
    const Count rows = product(a.queries, a.heads / a.kv_heads);
    const Count query_elements = product(a.queries, a.heads, a.head_width);
    const Count keys = product(a.context, a.kv_heads, a.head_width);
    const Count values = product(a.context, a.kv_heads, a.values());
    const Count scores = product(a.queries, a.heads, a.context);
    Products result;
    result.items[0] = {rows, a.context, a.head_width, a.kv_heads, query_elements, keys, false};
    result.items[1] = {rows, a.values(), a.context, a.kv_heads, scores, values, false};
    result.size = 2;
    return result;
}

std::string axis_error(const Axis& axis, std::string_view name) {
    if (axis.size < 1 || axis.kernel < 1 || axis.stride < 1 || axis.dilation < 1)
        return fmt::format("its {} has a size, kernel, stride or dilation below 1", name);
    if (axis.padding < 0) return fmt::format("its {} has a negative padding", name);
    if (axis.output() < 1)
        return fmt::format("its window spans {} in {}, more than the {} elements of the input", axis.span(), name,
                           axis.size + axis.padding);
    return {};
}

template <class Window> std::string window_error(const Window& w) {
    for (const auto& [axis, name] : {std::pair{&w.height, "height"}, {&w.width, "width"}, {&w.depth, "depth"}})
        if (auto error = axis_error(*axis, name); !error.empty()) return error;
    return w.channels < 1 ? "it has no channels" : std::string{};
}

std::string positive(std::initializer_list<Count> counts) {
    return std::ranges::all_of(counts, [](Count n) { return n >= 1; }) ? std::string{}
                                                                       : "it has a tensor without elements";
}

} // namespace

Products products(const Shape& shape) {
    return std::visit(Overloaded{[](const Convolution& c) { return one(convolution_product(c)); },
                                 [](const Matmul& m) { return one(matmul_product(m)); },
                                 [](const Attention& a) { return attention_products(a); },
                                 [](const auto&) { return Products{}; }},
                      shape);
}

Footprint footprint(const Shape& shape) {
    return std::visit(
        Overloaded{
            [](const Convolution& c) {
                const auto p = convolution_product(c);
                return Footprint{p.inputs, sum(p.weights, c.bias || c.normalised ? c.filters : 0), p.outputs()};
            },
            [](const Matmul& m) {
                const auto p = matmul_product(m);
                const Count bias = m.biases;
                return m.weights ? Footprint{p.inputs, sum(p.weights, bias), p.outputs()}
                                 : Footprint{sum(p.inputs, p.weights), bias, p.outputs()};
            },
            [](const Attention& a) { // scores stay on the chip: the sweep over the context is fused
                const Count query_elements = product(a.queries, a.heads, a.head_width);
                const Count stored = product(a.context, a.kv_heads, sum(a.head_width, a.values()));
                return Footprint{sum(query_elements, stored), 0, product(a.queries, a.heads, a.values())};
            },
            [](const Sampling& s) {
                const Count outputs = product(s.queries, s.heads, s.head_width);
                const Count places = product(s.queries, s.heads, s.samples, 3); // two coordinates and a weight
                return Footprint{sum(s.source_elements, places), 0, outputs};
            },
            [](const Pooling& p) {
                return Footprint{product(p.height.size, p.width.size, p.depth.size, p.channels), 0,
                                 product(p.pixels(), p.channels)};
            },
            [](const Normalisation& n) { return Footprint{n.elements, n.learned, n.elements}; },
            [](const Activation& a) { return Footprint{a.elements, 0, a.elements}; },
            [](const Elementwise& e) { return Footprint{product(e.elements, e.operands), e.learned, e.elements}; },
            [](const Lookup& l) {
                const Count values = product(l.picked, l.width);
                return Footprint{l.picked, values, values};
            }},
        shape);
}

Count macs_once(const Shape& shape) {
    Count total = 0;
    for (const auto& p : products(shape))
        total = sum(total, p.macs());
    return total;
}

Count vector_operations(const Shape& shape) {
    return std::visit(
        Overloaded{
            // scale, shift and clip of each output happen on the way out of the array
            [](const Convolution&) { return Count{0}; }, [](const Matmul&) { return Count{0}; },
            // maximum, subtract, exponential, sum, divide on each score
            [](const Attention& a) { return product(a.queries, a.heads, a.context, operations_per_exponential + 4); },
            // four taps of one multiply and one add on each value, and one weighted sum
            [](const Sampling& s) { return product(s.queries, s.heads, s.samples, s.head_width, 10); },
            [](const Pooling& p) {
                return product(p.pixels(), p.channels, p.height.kernel, p.width.kernel, p.depth.kernel);
            },
            // mean, variance, subtract, scale, shift
            [](const Normalisation& n) { return product(n.elements, 7); },
            [](const Activation& a) {
                return product(a.elements, a.kind == ActivationKind::rectifier ? 1 : operations_per_exponential + 4);
            },
            [](const Elementwise& e) {
                return product(e.elements, std::max<Count>(1, e.operands + (e.learned > 0 ? 1 : 0) - 1));
            },
            [](const Lookup&) { return Count{0}; }},
        shape);
}

Count parameters_once(const Shape& shape) {
    return std::visit(
        Overloaded{[](const Convolution& c) {
                       const Count a_filter = (c.bias ? 1 : 0) + (c.normalised ? 2 : 0);
                       return sum(convolution_product(c).weights, product(c.filters, a_filter));
                   },
                   [](const Matmul& m) { return m.weights ? sum(matmul_product(m).weights, m.biases) : Count{0}; },
                   [](const Normalisation& n) { return n.learned; },
                   [](const Lookup& l) { return product(l.table_rows, l.width); },
                   [](const auto&) { return Count{0}; }},
        shape);
}

Count macs(const Layer& layer) { return product(macs_once(layer.shape), layer.executions()); }
Count parameters(const Layer& layer) {
    return layer.stored >= 0 ? layer.stored : product(parameters_once(layer.shape), layer.weight_sets);
}

std::string_view operator_name(const Shape& shape) {
    return std::visit(Overloaded{[](const Convolution& c) -> std::string_view {
                                     if (c.groups == 1) return "convolution";
                                     return c.groups == c.channels ? "depthwise convolution" : "grouped convolution";
                                 },
                                 [](const Matmul&) -> std::string_view { return "matmul"; },
                                 [](const Attention&) -> std::string_view { return "attention"; },
                                 [](const Sampling&) -> std::string_view { return "deformable sampling"; },
                                 [](const Pooling&) -> std::string_view { return "pooling"; },
                                 [](const Normalisation&) -> std::string_view { return "normalisation"; },
                                 [](const Activation&) -> std::string_view { return "activation"; },
                                 [](const Elementwise&) -> std::string_view { return "elementwise"; },
                                 [](const Lookup&) -> std::string_view { return "lookup"; }},
                      shape);
}

std::string shape_error(const Shape& shape) {
    auto error = std::visit(
        Overloaded{[](const Convolution& c) -> std::string {
                       if (auto found = window_error(c); !found.empty()) return found;
                       if (c.filters < 1) return "it has no filters";
                       if (c.groups < 1 || c.channels % c.groups != 0 || c.filters % c.groups != 0)
                           return fmt::format("its {} groups do not divide {} channels and {} filters", c.groups,
                                              c.channels, c.filters);
                       return {};
                   },
                   [](const Matmul& m) { return positive({m.rows, m.columns, m.reduction, m.batch}); },
                   [](const Attention& a) -> std::string {
                       if (auto found = positive({a.queries, a.context, a.heads, a.kv_heads, a.head_width});
                           !found.empty())
                           return found;
                       return a.heads % a.kv_heads == 0 ? "" : "its key and value heads do not divide its query heads";
                   },
                   [](const Sampling& s) {
                       return positive({s.queries, s.heads, s.samples, s.head_width, s.source_elements});
                   },
                   [](const Pooling& p) { return window_error(p); },
                   [](const Normalisation& n) { return positive({n.elements}); },
                   [](const Activation& a) { return positive({a.elements}); },
                   [](const Elementwise& e) { return positive({e.elements, e.operands}); },
                   [](const Lookup& l) { return positive({l.table_rows, l.width, l.picked}); }},
        shape);
    if (error.empty() && (macs_once(shape) >= too_many || footprint(shape).outputs >= too_many))
        error = "its size is beyond what can be counted";
    return error;
}

} // namespace autarky::compute
