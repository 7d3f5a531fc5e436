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

Count gates_of(const std::string& op) { return op == "LSTM" ? 4 : op == "GRU" ? 3 : 1; }

/// A fused product of matrices turns its operands by attributes (com.microsoft.FusedMatMul).
void turn(const GraphNode& node, Dimensions& a, Dimensions& b) {
    const auto turned = [&node](const char* key, Dimensions& d) {
        if (node.number(key, 0) != 0 && d.size() > 1) std::swap(d[d.size() - 1], d[d.size() - 2]);
    };
    turned("transA", a);
    turned("transB", b);
}

} // namespace

void matmul_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    auto a = shapes.input(0), b = shapes.input(1);
    if (!shapes.known()) return;
    if (a.empty() || b.empty()) {
        result.error = "a scalar cannot be multiplied as a matrix";
        return;
    }
    turn(node, a, b);
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
    const bool turned = shapes.constant(0) && !shapes.constant(1);
    const Count own = elements_of(turned ? a : b);
    Matmul m{turned ? columns : rows, turned ? rows : columns, reduction, own};
    // each matrix of the second operand meets several of the first: their rows are one tall matrix
    m.rows = own > 0 ? product(m.rows, elements_of(*batch) / own) : 0;
    m.weights = turned || shapes.constant(1);
    result.layer.shape = m;
    shapes.learn(turned ? 0 : 1);
}

/// Weights of K by N in blocks of a column, each with a scale; sizes are attributes, the packed tensor's own do not count.
void block_matmul_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto a = shapes.input(0), scales = shapes.input(2);
    if (!shapes.known()) return;
    const Count k = node.number("K", 0), n = node.number("N", 0), block = node.number("block_size", 32);
    const Count bits = node.op == "com.microsoft.MatMulBnb4" ? 4 : node.number("bits", 4);
    if (k < 1 || n < 1 || block < 1 || bits < 1 || bits > 16 || a.empty() || a.back() != k) {
        result.error = fmt::format("its K = {}, N = {}, bits = {} and block_size = {} do not fit an input of {}", k, n,
                                   bits, block, fmt::join(a, "x"));
        return;
    }
    Matmul m{elements_of(a) / k, n, k};
    const Count packed = product(n, ceiling_division(k, block), block);
    constexpr Count scale_bytes = 2; // as float16, whatever the file keeps them in
    m.weight_bytes = sum(ceiling_division(product(packed, bits), 8), product(elements_of(scales), scale_bytes));
    m.biases = shapes.given(5) ? n : 0;
    result.layer.shape = m;
    shapes.learn(1, product(k, n));
    shapes.learn(5);
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
    m.biases = shapes.constant(2) ? (turned ? rows : columns) : 0;
    result.layer.shape = m;
    shapes.learn(turned ? 0 : 1);
    shapes.learn(2);
}

namespace {

/// The product of two operands whose result has the indices `output`.
Matmul product_of(const std::string& first, const std::string& second, const std::string& output,
                  const std::map<char, Count>& sizes) {
    Matmul m;
    for (const auto& [letter, size] : sizes) {
        const bool in_first = first.find(letter) != std::string::npos,
                   in_second = second.find(letter) != std::string::npos;
        if (!in_first && !in_second) continue;
        const bool kept = output.find(letter) != std::string::npos;
        auto& into = !kept ? m.reduction : in_first && in_second ? m.batch : in_first ? m.rows : m.columns;
        into = product(into, size);
    }
    return m;
}

/// Indices of the first `n` operands together that a later operand or the result still needs.
std::string kept_behind(const Equation& equation, const std::string& present, std::size_t n) {
    std::string kept;
    for (const char letter : present) {
        bool needed = equation.output.find(letter) != std::string::npos;
        for (std::size_t i = n; i < equation.operands.size(); ++i)
            needed = needed || equation.operands[i].find(letter) != std::string::npos;
        if (needed && kept.find(letter) == std::string::npos) kept += letter;
    }
    return kept;
}

} // namespace

/// Several operands are multiplied from the left to the right, as the formula is read.
void einsum_layers(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    std::vector<Dimensions> operands;
    for (std::size_t i = 0; i < node.inputs.size(); ++i)
        operands.push_back(shapes.input(i));
    if (!shapes.known()) return;
    const auto equation = equation_of(node, operands);
    if (!equation || operands.empty()) {
        result.error = "only sums with each index once in an operand are understood";
        return;
    }
    const auto sizes = index_sizes(*equation, operands);
    if (sizes.empty() && elements_of(operands[0]) != 1) {
        result.error = fmt::format("its operands do not fit '{}'", node.texts.at("equation"));
        return;
    }
    for (std::size_t i = 0; i < operands.size(); ++i)
        shapes.learn(i);
    if (operands.size() == 1) {
        result.layer.shape = Elementwise{elements_of(operands[0]), 1};
        return;
    }
    auto present = equation->operands[0];
    for (std::size_t i = 1; i < operands.size(); ++i) {
        const bool turned = i == 1 && shapes.constant(0) && !shapes.constant(1);
        const auto kept = i + 1 == operands.size() ? equation->output
                                                   : kept_behind(*equation, present + equation->operands[i], i + 1);
        auto m = turned ? product_of(equation->operands[i], present, kept, sizes)
                        : product_of(present, equation->operands[i], kept, sizes);
        m.weights = turned || shapes.constant(i);
        if (i == 1)
            result.layer.shape = m;
        else
            result.more.push_back({fmt::format("{}", i), m});
        present = kept;
    }
}

/// Inputs meet their weights for all steps at once; what was remembered meets its own step after step.
void recurrent_layers(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto x = shapes.input(0);
    auto w = shapes.input(1), r = shapes.input(2);
    if (!shapes.known()) return;
    const Count gates = gates_of(node.op);
    if (node.number("gates_last", 0) != 0 && w.size() == 3 && r.size() == 3) { // com.microsoft.DynamicQuantizeLSTM
        std::swap(w[1], w[2]);
        std::swap(r[1], r[2]);
    }
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
    for (const std::size_t i : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}})
        shapes.learn(i);
}

MaybeShape ShapeRules::matmul() const {
    auto a = input(0), b = input(1);
    if (!a || !b || a->empty() || b->empty()) return std::nullopt;
    turn(node_, *a, *b);
    const bool row = a->size() == 1, column = b->size() == 1;
    if (row) a->insert(a->begin(), 1);
    if (column) b->push_back(1);
    const Count rows = (*a)[a->size() - 2], columns = b->back();
    a->resize(a->size() - 2);
    b->resize(b->size() - 2);
    auto out = broadcast_of(*a, *b);
    if (!out) return std::nullopt;
    if (!row) out->push_back(rows);
    if (!column) out->push_back(columns);
    return out;
}

MaybeShape ShapeRules::block_matmul() const {
    auto out = input(0);
    const Count n = node_.number("N", 0);
    if (!out || out->empty() || n < 1) return std::nullopt;
    out->back() = n;
    return out;
}

MaybeShape ShapeRules::gemm() const {
    const auto a = input(0), b = input(1);
    if (!a || !b || a->size() != 2 || b->size() != 2) return std::nullopt;
    return Dimensions{node_.number("transA", 0) != 0 ? (*a)[1] : (*a)[0],
                      node_.number("transB", 0) != 0 ? (*b)[0] : (*b)[1]};
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

MaybeShape ShapeRules::recurrent(std::size_t i) const {
    const auto x = input(0);
    auto r = input(2);
    if (!x || !r || x->size() != 3 || r->size() != 3 || i > 2) return std::nullopt;
    if (node_.number("gates_last", 0) != 0) std::swap((*r)[1], (*r)[2]);
    const bool batch_first = node_.number("layout", 0) != 0;
    const Count steps = (*x)[batch_first ? 1 : 0], batch = (*x)[batch_first ? 0 : 1];
    if (i > 0) return batch_first ? Dimensions{batch, (*r)[0], (*r)[2]} : Dimensions{(*r)[0], batch, (*r)[2]};
    return batch_first ? Dimensions{batch, steps, (*r)[0], (*r)[2]} : Dimensions{steps, (*r)[0], batch, (*r)[2]};
}

} // namespace autarky::compute
