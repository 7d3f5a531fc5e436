// autarky: shapes of what ONNX operators make: windows, products, values one by one.
// SPDX-License-Identifier: Apache-2.0
#include "compute/onnx/onnx_shape_rules.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compute/onnx/onnx_operators.hpp"

namespace autarky::compute {

MaybeShape ShapeRules::output(std::size_t i) const {
    const auto& op = node_.op;
    const auto first = [i](MaybeShape shape) { return i == 0 ? std::move(shape) : std::nullopt; };
    switch (operator_kind(op)) {
    case OperatorKind::convolution: return convolution(i);
    case OperatorKind::deformable_convolution: return convolution(i);
    case OperatorKind::transposed_convolution: return first(transposed_convolution());
    case OperatorKind::matmul: return first(matmul());
    case OperatorKind::block_matmul: return first(block_matmul());
    case OperatorKind::gemm: return first(gemm());
    case OperatorKind::pooling: return pooling(i);
    case OperatorKind::global_pooling: return first(global_pooling());
    case OperatorKind::normalisation: return normalised(i);
    case OperatorKind::rectifier: return first(op == "PRelu" ? broadcast() : input(0));
    case OperatorKind::exponential:
        if (op == "RandomNormal" || op == "RandomUniform") {
            const auto* sizes = list("shape");
            return sizes != nullptr && i == 0 ? MaybeShape{*sizes} : std::nullopt;
        }
        return first(op == "Pow" ? broadcast() : input(0));
    case OperatorKind::elementwise: return first(broadcast());
    case OperatorKind::rotation: return first(input(0));
    case OperatorKind::reduction: return reduction(i);
    case OperatorKind::lookup: return first(gather());
    case OperatorKind::grid_sample: return first(grid_sample());
    case OperatorKind::region_align: return first(region_align());
    case OperatorKind::einsum: return first(einsum());
    case OperatorKind::attention: return attention(i);
    case OperatorKind::projected_attention: return projected_attention(i);
    case OperatorKind::linear_attention: return linear_attention(i);
    case OperatorKind::recurrent: return recurrent(i);
    case OperatorKind::round: return i == 0 ? input(0) : MaybeShape{Dimensions{}};
    case OperatorKind::move: return moved(i);
    case OperatorKind::view: return view(i);
    case OperatorKind::named: return named(i);
    case OperatorKind::unknown: return std::nullopt;
    }
    return std::nullopt;
}

MaybeShape ShapeRules::input(std::size_t i) const {
    if (i >= node_.inputs.size()) return std::nullopt;
    const auto* found = graph_.shape(node_.inputs[i]);
    return found == nullptr ? MaybeShape{} : MaybeShape{*found};
}

const Dimensions* ShapeRules::content(std::size_t i) const {
    if (i >= node_.inputs.size()) return nullptr;
    const auto found = graph_.integers.find(node_.inputs[i]);
    return found == graph_.integers.end() ? nullptr : &found->second;
}

const std::vector<double>* ShapeRules::real_content(std::size_t i) const {
    if (i >= node_.inputs.size()) return nullptr;
    const auto found = graph_.reals.find(node_.inputs[i]);
    return found == graph_.reals.end() ? nullptr : &found->second;
}

const Dimensions* ShapeRules::list(const std::string& key) const {
    const auto found = node_.lists.find(key);
    return found == node_.lists.end() ? nullptr : &found->second;
}

const Dimensions* ShapeRules::list_or_input(const std::string& key, std::size_t i) const {
    const auto* attribute = list(key);
    return attribute != nullptr ? attribute : content(i);
}

std::optional<std::size_t> ShapeRules::axis_in(Count axis, std::size_t rank) {
    const auto r = static_cast<Count>(rank);
    if (axis < -r || axis >= r) return std::nullopt;
    return static_cast<std::size_t>(axis < 0 ? axis + r : axis);
}

Count ShapeRules::at(const Dimensions* values, std::size_t i, Count fallback) {
    return values != nullptr && i < values->size() ? (*values)[i] : fallback;
}

MaybeShape ShapeRules::broadcast_of(const Dimensions& a, const Dimensions& b) {
    Dimensions out(std::max(a.size(), b.size()));
    for (std::size_t i = 0; i < out.size(); ++i) { // from the last dimension on
        const Count x = i < a.size() ? a[a.size() - 1 - i] : 1;
        const Count y = i < b.size() ? b[b.size() - 1 - i] : 1;
        if (x != y && x != 1 && y != 1) return std::nullopt;
        out[out.size() - 1 - i] = x == 1 ? y : x;
    }
    return out;
}

MaybeShape ShapeRules::broadcast() const {
    MaybeShape out = input(0);
    for (std::size_t i = 1; out && i < node_.inputs.size(); ++i) {
        const auto next = input(i);
        out = next ? broadcast_of(*out, *next) : std::nullopt;
    }
    return out;
}

MaybeShape ShapeRules::reduction(std::size_t i) const {
    const auto in = input(0);
    if (!in) return std::nullopt;
    if (node_.op == "CumSum" || node_.op == "CumProd") return i == 0 ? in : std::nullopt;
    if (node_.op == "TopK") {
        const auto axis = axis_in(node_.number("axis", -1), in->size());
        const auto* k = content(1);
        if (!axis || k == nullptr || k->size() != 1) return std::nullopt;
        auto out = *in;
        out[*axis] = (*k)[0];
        return out;
    }
    const bool keeps = node_.number("keepdims", 1) != 0;
    std::vector<bool> reduced(in->size(), false);
    const bool single = node_.op.starts_with("Arg");
    const auto* axes = single ? nullptr : list_or_input("axes", 1);
    if (single || axes != nullptr) {
        const Dimensions one{node_.number("axis", 0)};
        for (const Count axis : single ? one : *axes) {
            const auto found = axis_in(axis, in->size());
            if (!found) return std::nullopt;
            reduced[*found] = true;
        }
    } else if (node_.inputs.size() > 1 && !node_.inputs[1].empty()) {
        return std::nullopt;
    } else if (node_.number("noop_with_empty_axes", 0) == 0) {
        reduced.assign(in->size(), true);
    }
    Dimensions out;
    for (std::size_t d = 0; d < in->size(); ++d)
        if (!reduced[d] || keeps) out.push_back(reduced[d] ? 1 : (*in)[d]);
    return out;
}

/// Layer and group normalisations have means and deviations as further outputs, one for each row.
MaybeShape ShapeRules::normalised(std::size_t i) const {
    auto out = input(0);
    if (!out || i == 0 || node_.op != "LayerNormalization") return i == 0 ? out : std::nullopt;
    const auto axis = axis_in(node_.number("axis", -1), out->size());
    if (!axis || i > 2) return std::nullopt;
    std::fill(out->begin() + static_cast<std::ptrdiff_t>(*axis), out->end(), 1);
    return out;
}

MaybeShape ShapeRules::grid_sample() const {
    const auto in = input(0), grid = input(1);
    if (!in || !grid || in->size() < 3 || grid->size() != in->size()) return std::nullopt;
    Dimensions out{(*in)[0], (*in)[1]};
    out.insert(out.end(), grid->begin() + 1, grid->end() - 1);
    return out;
}

MaybeShape ShapeRules::region_align() const {
    const auto in = input(0), boxes = input(1);
    if (!in || !boxes || in->size() != 4 || boxes->empty()) return std::nullopt;
    const auto* pooled = list("pooled_shape");
    return Dimensions{(*boxes)[0], (*in)[1], at(pooled, 0, node_.number("output_height", 1)),
                      at(pooled, 1, node_.number("output_width", 1))};
}

/// Shapes of what is named and not counted: the spectrum of frames, the boxes that are left, determinants.
MaybeShape ShapeRules::named(std::size_t i) const {
    const auto& op = node_.op;
    auto in = input(0);
    if (op == "NonMaxSuppression") return i == 0 ? MaybeShape{Dimensions{-1, 3}} : std::nullopt;
    if (!in) return std::nullopt;
    if (op == "STFT") return i == 0 ? short_time_spectrum(*in) : std::nullopt;
    if (op == "DFT") return i == 0 ? spectrum(*in) : std::nullopt;
    if (op == "Det" && in->size() >= 2) return Dimensions(in->begin(), in->end() - 2);
    if (op == "Multinomial" && in->size() == 2) return Dimensions{(*in)[0], node_.number("sample_size", 1)};
    return std::nullopt;
}

MaybeShape ShapeRules::short_time_spectrum(const Dimensions& signal) const {
    const auto* step = content(1);
    const auto* given = content(3);
    const auto window = input(2);
    const Count length = given != nullptr && given->size() == 1 ? (*given)[0]
                         : window && window->size() == 1        ? (*window)[0]
                                                                : 0;
    if (signal.size() < 2 || step == nullptr || step->size() != 1 || (*step)[0] < 1 || length < 1 || signal[1] < length)
        return std::nullopt;
    const Count bins = node_.number("onesided", 1) != 0 ? length / 2 + 1 : length;
    return Dimensions{signal[0], (signal[1] - length) / (*step)[0] + 1, bins, 2};
}

MaybeShape ShapeRules::spectrum(Dimensions signal) const {
    const auto* length = content(1);
    const auto* given = content(2);
    const auto axis =
        axis_in(given != nullptr && given->size() == 1 ? (*given)[0] : node_.number("axis", 1), signal.size());
    if (!axis || signal.empty()) return std::nullopt;
    const bool onesided = node_.number("onesided", 0) != 0;
    const bool back = onesided && node_.number("inverse", 0) != 0; // to real numbers of twice the length
    auto& bins = signal[*axis];
    if (length != nullptr && length->size() == 1)
        bins = (*length)[0];
    else if (node_.inputs.size() > 1 && !node_.inputs[1].empty())
        return std::nullopt;
    else if (back)
        bins = 2 * (bins - 1);
    if (onesided && !back) bins = bins / 2 + 1;
    signal.back() = back ? 1 : 2;
    return signal;
}

std::optional<Dimensions> output_shape(const OnnxGraph& graph, const GraphNode& node, std::size_t i) {
    return ShapeRules(graph, node).output(i);
}

} // namespace autarky::compute
