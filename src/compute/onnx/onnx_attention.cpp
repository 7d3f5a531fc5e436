// autarky: ONNX operators that are an attention, of its own set and of com.microsoft: their layers and shapes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "compute/onnx/onnx_node_shapes.hpp"
#include "compute/onnx/onnx_shape_rules.hpp"

namespace autarky::compute {
namespace {

/// Sizes of an attention, however its operator lays them out.
struct Sizes {
    Count batch = 1, queries = 0, context = 0, heads = 0, kv_heads = 0, width = 0, value_width = 0;
    bool by_heads = false; ///< queries come as batch x heads x tokens x width, and so do results
    [[nodiscard]] bool sound() const {
        return queries >= 0 && context >= 0 && heads > 0 && kv_heads > 0 && width > 0 && value_width > 0;
    }
};

/// Heads, tokens and width in either layout: heads x tokens x width, or tokens x (heads width).
struct Heads {
    Count heads = 0, tokens = 0, width = 0;
};
Heads heads_of(const Dimensions& d, Count heads) {
    if (d.size() == 4) return {d[1], d[2], d[3]};
    if (d.size() != 3 || heads < 1 || d[2] % heads != 0) return {};
    return {heads, d[1], d[2] / heads};
}

using ShapeAt = std::function<MaybeShape(std::size_t)>;

/// ONNX's own: Q, K, V, mask, past key, past value.
std::optional<Sizes> own_sizes(const GraphNode& node, const ShapeAt& shape) {
    const auto q = shape(0), k = shape(1), v = shape(2), past = shape(4);
    if (!q || !k || !v || q->empty()) return std::nullopt;
    const Count kv_heads = node.number("kv_num_heads", 0);
    const auto query = heads_of(*q, node.number("q_num_heads", 0));
    const auto key = heads_of(*k, kv_heads), value = heads_of(*v, kv_heads);
    if (query.width < 1 || query.width != key.width || key.tokens != value.tokens || key.heads != value.heads)
        return Sizes{};
    const Count before = past && past->size() == 4 ? (*past)[2] : 0;
    return Sizes{(*q)[0],     query.tokens, sum(before, key.tokens), query.heads, key.heads,
                 query.width, value.width,  q->size() == 4};
}

/// com.microsoft.MultiHeadAttention and its decoders: query, key, value, bias, mask, bias of scores, past key, past value.
/// Keys and values may lie in the query's tensor or in the key's.
std::optional<Sizes> multi_head_sizes(const GraphNode& node, const ShapeAt& shape, std::size_t past_at) {
    const auto q = shape(0), k = shape(1), v = shape(2), past = shape(past_at);
    const Count heads = node.number("num_heads", 0);
    if (!q || q->empty()) return std::nullopt;
    if (heads < 1) return Sizes{};
    const Count before = past && past->size() == 4 ? (*past)[2] : 0;
    if (q->size() == 5) return Sizes{(*q)[0], (*q)[1], sum(before, (*q)[1]), heads, heads, (*q)[4], (*q)[4]};
    if (!k) return std::nullopt;
    const auto query = heads_of(*q, heads);
    if (k->size() == 5) return Sizes{(*q)[0], query.tokens, sum(before, (*k)[1]), heads, heads, query.width, (*k)[4]};
    const auto key = heads_of(*k, heads), value = v ? heads_of(*v, heads) : key;
    return Sizes{(*q)[0], query.tokens, sum(before, key.tokens), heads, heads, query.width, value.width};
}

/// com.microsoft.GroupQueryAttention: query, key, value, past key, past value; all three may lie in the query's tensor.
std::optional<Sizes> group_query_sizes(const GraphNode& node, const ShapeAt& shape) {
    const auto q = shape(0), k = shape(1), past = shape(3);
    const Count heads = node.number("num_heads", 0), kv_heads = node.number("kv_num_heads", 0);
    if (!q || q->size() != 3) return std::nullopt;
    if (heads < 1 || kv_heads < 1) return Sizes{};
    const Count all = k ? heads : sum(heads, 2 * kv_heads);
    const Count before = past && past->size() == 4 ? (*past)[2] : 0;
    const Count tokens = k && k->size() == 3 ? (*k)[1] : (*q)[1], width = (*q)[2] % all == 0 ? (*q)[2] / all : 0;
    return Sizes{(*q)[0], (*q)[1], sum(before, tokens), heads, kv_heads, width, width};
}

std::optional<Sizes> sizes_of(const GraphNode& node, const ShapeAt& shape) {
    if (node.op == "Attention") return own_sizes(node, shape);
    if (node.op == "com.microsoft.GroupQueryAttention") return group_query_sizes(node, shape);
    if (node.op == "com.microsoft.DecoderMaskedMultiHeadAttention") return multi_head_sizes(node, shape, 5);
    return multi_head_sizes(node, shape, 6);
}

/// com.microsoft.Attention and QAttention: input, weights of queries, keys and values side by side, bias.
struct Projected {
    Sizes sizes;
    Count inputs = 0, columns = 0;
};
std::optional<Projected> projected_sizes(const GraphNode& node, const ShapeAt& shape) {
    const auto x = shape(0), weights = shape(1);
    const bool is_quantised = node.op == "com.microsoft.QAttention";
    const auto past = shape(is_quantised ? 8 : 4);
    if (!x || !weights) return std::nullopt;
    const Count heads = node.number("num_heads", 0);
    if (x->size() != 3 || weights->size() != 2 || heads < 1 || (*weights)[0] != (*x)[2]) return Projected{};
    const auto given = node.lists.find("qkv_hidden_sizes");
    const bool equal = given == node.lists.end() || given->second.size() != 3;
    const Count q = equal ? (*weights)[1] / 3 : given->second[0], v = equal ? q : given->second[2];
    const Count before = past && past->size() == 5 ? (*past)[3] : 0;
    return Projected{
        {(*x)[0], (*x)[1], sum(before, (*x)[1]), heads, heads, q / heads, v / heads}, (*x)[2], (*weights)[1]};
}

const char* const misfit = "its queries, keys and values do not fit each other";

void set_attention(const Sizes& s, Layer& layer) {
    layer.shape = Attention{s.queries, s.context, s.heads, s.kv_heads, s.width, s.value_width};
    layer.parallel = s.batch;
}

ShapeAt shapes_known(const OnnxGraph& graph, const GraphNode& node) {
    return [&](std::size_t i) -> MaybeShape {
        if (i >= node.inputs.size() || node.inputs[i].empty()) return std::nullopt;
        const auto* found = graph.shape(node.inputs[i]);
        return found == nullptr ? MaybeShape{} : MaybeShape{*found};
    };
}

} // namespace

void attention_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto sizes = sizes_of(node, [&](std::size_t i) -> MaybeShape {
        return shapes.given(i) ? MaybeShape{shapes.input(i)} : std::nullopt;
    });
    if (!shapes.known()) return;
    if (!sizes || !sizes->sound()) {
        result.error = misfit;
        return;
    }
    set_attention(*sizes, result.layer);
    if (node.op == "com.microsoft.MultiHeadAttention") shapes.learn(3);
}

void projected_attention_layers(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto all = projected_sizes(node, [&](std::size_t i) -> MaybeShape {
        return shapes.given(i) ? MaybeShape{shapes.input(i)} : std::nullopt;
    });
    if (!shapes.known()) return;
    if (!all || !all->sizes.sound()) {
        result.error = misfit;
        return;
    }
    Matmul projection{all->sizes.queries, all->columns, all->inputs};
    projection.weights = shapes.constant(1);
    projection.biases = shapes.given(2) ? all->columns : 0;
    result.layer.shape = projection;
    result.layer.parallel = all->sizes.batch;
    Layer attention;
    attention.name = "attention";
    set_attention(all->sizes, attention);
    result.more = {std::move(attention)};
    shapes.learn(1);
    shapes.learn(2);
}

/// Token after token the outer product of key and value is added to a state, which the query then reads.
void linear_attention_layers(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto q = shapes.input(0), k = shapes.input(1), v = shapes.input(2);
    if (!shapes.known()) return;
    const Count heads = node.number("q_num_heads", 0), kv_heads = node.number("kv_num_heads", 0);
    const auto query = heads_of(q, heads), key = heads_of(k, kv_heads), value = heads_of(v, kv_heads);
    if (q.size() != 3 || query.width < 1 || query.width != key.width || value.width < 1) {
        result.error = misfit;
        return;
    }
    const auto rule = node.texts.find("update_rule");
    const bool corrects = rule != node.texts.end() && rule->second.find("delta") != std::string::npos;
    Matmul update{key.width, value.width, 1, product(kv_heads, corrects ? 2 : 1), false};
    Matmul reading{1, value.width, key.width, heads, false};
    result.layer.shape = update;
    result.layer.parallel = q[0];
    result.layer.repeats = q[1];
    result.more = {{"reading", reading, q[0], q[1]}};
}

MaybeShape ShapeRules::attention(std::size_t i) const {
    const auto at = shapes_known(graph_, node_);
    const auto s = sizes_of(node_, at);
    if (!s || !s->sound() || i > 3) return std::nullopt;
    if (i == 0 && s->by_heads) return Dimensions{s->batch, s->heads, s->queries, s->value_width};
    if (i == 0) return Dimensions{s->batch, s->queries, product(s->heads, s->value_width)};
    if (i == 3)
        return node_.op == "Attention" ? MaybeShape{Dimensions{s->batch, s->heads, s->queries, s->context}}
                                       : std::nullopt;
    return Dimensions{s->batch, s->kv_heads, s->context, i == 1 ? s->width : s->value_width};
}

MaybeShape ShapeRules::projected_attention(std::size_t i) const {
    const auto all = projected_sizes(node_, shapes_known(graph_, node_));
    if (!all || !all->sizes.sound() || i > 1) return std::nullopt;
    const auto& s = all->sizes;
    if (i == 0) return Dimensions{s.batch, s.queries, product(s.heads, s.value_width)};
    return Dimensions{2, s.batch, s.heads, s.context, s.width};
}

MaybeShape ShapeRules::linear_attention(std::size_t i) const {
    const auto q = input(0), k = input(1), v = input(2);
    const Count heads = node_.number("q_num_heads", 0), kv_heads = node_.number("kv_num_heads", 0);
    if (!q || !k || !v || q->size() != 3 || heads < 1 || kv_heads < 1 || i > 1) return std::nullopt;
    const auto key = heads_of(*k, kv_heads), value = heads_of(*v, kv_heads);
    if (i == 0) return Dimensions{(*q)[0], (*q)[1], product(heads, value.width)};
    return Dimensions{(*q)[0], kv_heads, key.width, value.width};
}

} // namespace autarky::compute
