// autarky: ONNX operators that are products of matrices: their layers and shapes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include "compute/onnx/onnx_node_shapes.hpp"
#include "compute/onnx/onnx_shape_rules.hpp"

namespace autarky::compute {
namespace {

/// "bij,jk->bik": an index a letter; the dimensions behind dots are digits, the last one '9'.
struct Equation {
    std::vector<std::string> operands;
    std::string output;
};

bool letters_once(const std::string& text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (std::isalnum(static_cast<unsigned char>(text[i])) == 0 || text.find(text[i], i + 1) != std::string::npos)
            return false;
    return true;
}

/// Puts digits in the place of dots that stand for `n` dimensions.
void spell_dots(std::string& text, std::size_t n) {
    const auto dots = text.find("...");
    if (dots == std::string::npos) return;
    constexpr std::string_view digits = "0123456789";
    text.replace(dots, 3, digits.substr(digits.size() - n));
}

/// None for what is not followed: an index twice in one operand, dots that stand for more than ten dimensions.
std::optional<Equation> equation_of(const GraphNode& node, const std::vector<Dimensions>& shapes) {
    const auto found = node.texts.find("equation");
    if (found == node.texts.end()) return std::nullopt;
    std::string text = found->second, all;
    std::erase(text, ' ');
    const auto arrow = text.find("->");
    Equation equation;
    std::size_t most = 0;
    for (std::size_t begin = 0, end = std::min(arrow, text.size()); begin <= end;) {
        const auto comma = std::min(text.find(',', begin), end);
        auto operand = text.substr(begin, comma - begin);
        begin = comma + 1;
        const std::size_t rank = equation.operands.size() < shapes.size() ? shapes[equation.operands.size()].size() : 0;
        const bool dots = operand.find("...") != std::string::npos;
        const std::size_t letters = operand.size() - (dots ? 3 : 0),
                          behind = dots && rank > letters ? rank - letters : 0;
        if (behind > 10) return std::nullopt;
        spell_dots(operand, behind);
        most = std::max(most, behind);
        all += operand;
        equation.operands.push_back(std::move(operand));
    }
    if (arrow != std::string::npos) {
        equation.output = text.substr(arrow + 2);
        spell_dots(equation.output, most);
    } else { // what is behind dots, then the indices that occur once, by the alphabet
        std::ranges::sort(all);
        for (const char c : all)
            if (std::ranges::count(all, c) == 1 || (c <= '9' && equation.output.find(c) == std::string::npos))
                equation.output += c;
    }
    const bool sound = std::ranges::all_of(equation.operands, letters_once) && letters_once(equation.output) &&
                       equation.operands.size() == shapes.size();
    return sound ? std::optional{std::move(equation)} : std::nullopt;
}

/// Size of each index; empty where operands contradict each other.
std::map<char, Count> index_sizes(const Equation& equation, const std::vector<Dimensions>& operands) {
    std::map<char, Count> sizes;
    for (std::size_t i = 0; i < operands.size(); ++i) {
        if (operands[i].size() != equation.operands[i].size()) return {};
        for (std::size_t d = 0; d < operands[i].size(); ++d) {
            auto& size = sizes.emplace(equation.operands[i][d], 1).first->second;
            if (size != 1 && operands[i][d] != 1 && size != operands[i][d]) return {};
            size = std::max(size, operands[i][d]);
        }
    }
    return sizes;
}

/// Sizes of an attention in either layout: heads x tokens x width, or tokens x (heads width).
struct Heads {
    Count heads = 0, tokens = 0, width = 0;
};
Heads heads_of(const Dimensions& d, Count heads) {
    if (d.size() == 4) return {d[1], d[2], d[3]};
    if (d.size() != 3 || heads < 1 || d[2] % heads != 0) return {};
    return {heads, d[1], d[2] / heads};
}

Count gates_of(const std::string& op) { return op == "LSTM" ? 4 : op == "GRU" ? 3 : 1; }

void remember_weights(OperatorLayer& result, const std::string& weights, bool learned) {
    if (learned) result.weights = weights;
}

} // namespace

void matmul_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const std::size_t second = node.op == "QLinearMatMul" ? 3 : 1;
    auto a = shapes.input(0), b = shapes.input(second);
    if (!shapes.known()) return;
    if (a.empty() || b.empty()) {
        result.error = "a scalar cannot be multiplied as a matrix";
        return;
    }
    if (a.size() == 1) a.insert(a.begin(), 1);
    if (b.size() == 1) b.push_back(1);
    const Count reduction = a.back(), rows = a[a.size() - 2], columns = b.back();
    if (b[b.size() - 2] != reduction) {
        result.error = fmt::format("its inner sizes differ: {} and {}", reduction, b[b.size() - 2]);
        return;
    }
    a.resize(a.size() - 2);
    b.resize(b.size() - 2);
    const auto batch = ShapeRules::broadcast_of(a, b);
    if (!batch) {
        result.error = fmt::format("its batches {} and {} do not fit each other", fmt::join(a, "x"), fmt::join(b, "x"));
        return;
    }
    // weights on the left: the transposed product, so that they are the second operand here too
    const bool turned = shapes.constant(0) && !shapes.constant(second);
    const Count own = elements_of(turned ? a : b);
    Matmul m{turned ? columns : rows, turned ? rows : columns, reduction, own};
    // each matrix of the second operand meets several of the first: their rows are one tall matrix
    m.rows = own > 0 ? product(m.rows, elements_of(*batch) / own) : 0;
    m.weights = turned || shapes.constant(second);
    result.layer.shape = m;
    remember_weights(result, node.inputs[turned ? 0 : second], m.weights);
}

void gemm_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto a = shapes.input(0), b = shapes.input(1);
    if (!shapes.known()) return;
    if (a.size() != 2 || b.size() != 2) {
        result.error = "its operands are no matrices";
        return;
    }
    const bool turn_a = node.number("transA", 0) != 0, turn_b = node.number("transB", 0) != 0;
    const Count reduction = turn_a ? a[0] : a[1], inner = turn_b ? b[1] : b[0];
    if (reduction != inner) {
        result.error = fmt::format("its inner sizes differ: {} and {}", reduction, inner);
        return;
    }
    const bool turned = shapes.constant(0) && !shapes.constant(1);
    const Count rows = turn_a ? a[1] : a[0], columns = turn_b ? b[0] : b[1];
    Matmul m{turned ? columns : rows, turned ? rows : columns, reduction};
    m.weights = turned || shapes.constant(1);
    m.biases = shapes.given(2) ? (turned ? rows : columns) : 0;
    result.layer.shape = m;
    remember_weights(result, node.inputs[turned ? 0 : 1], m.weights);
}

void einsum_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    std::vector<Dimensions> operands;
    for (std::size_t i = 0; i < node.inputs.size(); ++i)
        operands.push_back(shapes.input(i));
    if (!shapes.known()) return;
    const auto equation = equation_of(node, operands);
    if (!equation || operands.empty() || operands.size() > 2) {
        result.error = "only sums over one or two operands, each index once in each, are understood";
        return;
    }
    const auto sizes = index_sizes(*equation, operands);
    if (sizes.empty()) {
        result.error = fmt::format("its operands do not fit '{}'", node.texts.at("equation"));
        return;
    }
    if (operands.size() == 1) {
        result.layer.shape = Elementwise{elements_of(operands[0]), 1};
        return;
    }
    const bool turned = shapes.constant(0) && !shapes.constant(1);
    const auto& first = equation->operands[turned ? 1 : 0];
    const auto& second = equation->operands[turned ? 0 : 1];
    Matmul m;
    for (const auto& [letter, size] : sizes) {
        const bool kept = equation->output.find(letter) != std::string::npos;
        const bool in_both = first.find(letter) != std::string::npos && second.find(letter) != std::string::npos;
        auto& into = !kept                                     ? m.reduction
                     : in_both                                 ? m.batch
                     : first.find(letter) != std::string::npos ? m.rows
                                                               : m.columns;
        into = product(into, size);
    }
    m.weights = turned || shapes.constant(1);
    result.layer.shape = m;
    remember_weights(result, node.inputs[turned ? 0 : 1], m.weights);
}

void attention_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto q = shapes.input(0), k = shapes.input(1), v = shapes.input(2);
    const auto past = shapes.given(4) ? shapes.input(4) : Dimensions{};
    if (!shapes.known()) return;
    const Count kv_heads = node.number("kv_num_heads", 0);
    const auto query = heads_of(q, node.number("q_num_heads", 0));
    const auto key = heads_of(k, kv_heads), value = heads_of(v, kv_heads);
    if (query.width < 1 || query.width != key.width || key.width != value.width || key.tokens != value.tokens) {
        result.error = "its queries, keys and values do not fit each other";
        return;
    }
    const Count before = past.size() == 4 ? past[2] : 0;
    result.layer.shape = Attention{query.tokens, sum(before, key.tokens), query.heads, key.heads, query.width};
    result.layer.parallel = q[0];
}

/// Inputs meet their weights for all steps at once; what was remembered meets its own step after step.
void recurrent_layers(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto x = shapes.input(0), w = shapes.input(1), r = shapes.input(2);
    if (!shapes.known()) return;
    const Count gates = gates_of(node.op);
    if (x.size() != 3 || w.size() != 3 || r.size() != 3 || r[1] != product(gates, r[2]) || w[1] != r[1] ||
        w[0] != r[0] || w[2] != x[2]) {
        result.error = "its weights do not fit its input";
        return;
    }
    const bool batch_first = node.number("layout", 0) != 0;
    const Count steps = x[batch_first ? 1 : 0], batch = x[batch_first ? 0 : 1], directions = w[0];
    Matmul inputs{steps, w[1], w[2], directions}, remembered{1, r[1], r[2], directions};
    inputs.biases = shapes.given(3) ? product(2, w[1], directions) : 0;
    const Activation gate{product(directions, w[1]), ActivationKind::exponential};
    result.layer.shape = inputs;
    result.more = {{"remembered", remembered, batch, steps}, {"gates", gate, batch, steps}};
    result.layer.parallel = batch;
    result.weights = node.inputs[1];
}

MaybeShape ShapeRules::einsum() const {
    std::vector<Dimensions> operands;
    for (std::size_t i = 0; i < node_.inputs.size(); ++i) {
        auto shape = input(i);
        if (!shape) return std::nullopt;
        operands.push_back(std::move(*shape));
    }
    const auto equation = equation_of(node_, operands);
    if (!equation) return std::nullopt;
    const auto sizes = index_sizes(*equation, operands);
    Dimensions out;
    for (const char letter : equation->output) {
        const auto found = sizes.find(letter);
        if (found == sizes.end()) return std::nullopt;
        out.push_back(found->second);
    }
    return out;
}

MaybeShape ShapeRules::attention(std::size_t i) const {
    const auto q = input(0), k = input(1), v = input(2);
    if (!q || !k || !v || i > 2) return std::nullopt;
    const Count kv_heads = node_.number("kv_num_heads", 0);
    const auto query = heads_of(*q, node_.number("q_num_heads", 0));
    const auto key = heads_of(*k, kv_heads), value = heads_of(*v, kv_heads);
    if (query.width < 1 || key.width < 1 || value.width < 1) return std::nullopt;
    if (i == 0 && q->size() == 4) return Dimensions{(*q)[0], query.heads, query.tokens, value.width};
    if (i == 0) return Dimensions{(*q)[0], query.tokens, product(query.heads, value.width)};
    const auto past = input(4);
    const Count before = past && past->size() == 4 ? (*past)[2] : 0;
    return Dimensions{(*k)[0], key.heads, sum(before, key.tokens), i == 1 ? key.width : value.width};
}

MaybeShape ShapeRules::recurrent(std::size_t i) const {
    const auto x = input(0), r = input(2);
    if (!x || !r || x->size() != 3 || r->size() != 3 || i > 2) return std::nullopt;
    const bool batch_first = node_.number("layout", 0) != 0;
    const Count steps = (*x)[batch_first ? 1 : 0], batch = (*x)[batch_first ? 0 : 1];
    if (i > 0) return batch_first ? Dimensions{batch, (*r)[0], (*r)[2]} : Dimensions{(*r)[0], batch, (*r)[2]};
    return batch_first ? Dimensions{batch, steps, (*r)[0], (*r)[2]} : Dimensions{steps, (*r)[0], batch, (*r)[2]};
}

} // namespace autarky::compute
