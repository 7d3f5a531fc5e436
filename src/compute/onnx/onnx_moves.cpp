// autarky: shapes of what ONNX operators make: values moved, and the same values seen otherwise.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "compute/onnx/onnx_shape_rules.hpp"
#include "core/real.hpp"

namespace autarky::compute {

MaybeShape ShapeRules::gather() const {
    auto in = input(0);
    const auto indices = input(1);
    if (!in || !indices) return std::nullopt;
    const bool packed = node_.op != "Gather"; // com.microsoft.GatherBlockQuantized
    if (packed && !in->empty()) {
        const auto stored = graph_.stored.find(node_.inputs[0]);
        const Count bits = node_.number("bits", 4);
        const Count of_one = stored == graph_.stored.end() ? bits : stored->second.bits;
        if (bits > 0 && of_one > bits) in->back() = product(in->back(), of_one / bits);
    }
    const auto axis = axis_in(node_.number(packed ? "gather_axis" : "axis", 0), in->size());
    if (!axis) return std::nullopt;
    Dimensions out(in->begin(), in->begin() + static_cast<std::ptrdiff_t>(*axis));
    out.insert(out.end(), indices->begin(), indices->end());
    out.insert(out.end(), in->begin() + static_cast<std::ptrdiff_t>(*axis) + 1, in->end());
    return out;
}

MaybeShape ShapeRules::transposed() const {
    const auto in = input(0);
    const auto* order = list("perm");
    if (!in) return std::nullopt;
    Dimensions out(in->rbegin(), in->rend());
    if (order == nullptr) return out;
    if (order->size() != in->size()) return std::nullopt;
    for (std::size_t i = 0; i < order->size(); ++i) {
        const auto from = axis_in((*order)[i], in->size());
        if (!from) return std::nullopt;
        out[i] = (*in)[*from];
    }
    return out;
}

MaybeShape ShapeRules::concatenated() const {
    auto out = input(0);
    if (!out) return std::nullopt;
    const auto axis = axis_in(node_.number("axis", 0), out->size());
    if (!axis) return std::nullopt;
    for (std::size_t i = 1; i < node_.inputs.size(); ++i) {
        const auto next = input(i);
        if (!next || next->size() != out->size()) return std::nullopt;
        (*out)[*axis] = sum((*out)[*axis], (*next)[*axis]);
    }
    return out;
}

MaybeShape ShapeRules::split(std::size_t i) const {
    auto out = input(0);
    if (!out) return std::nullopt;
    const auto axis = axis_in(node_.number("axis", 0), out->size());
    if (!axis || node_.outputs.empty()) return std::nullopt;
    if (const auto* sizes = list_or_input("split", 1); sizes != nullptr) {
        (*out)[*axis] = at(sizes, i, -1);
    } else if (node_.inputs.size() > 1 && !node_.inputs[1].empty()) {
        return std::nullopt;
    } else { // equal parts; the last one is what is left
        const Count all = (*out)[*axis];
        const Count each = ceiling_division(all, static_cast<Count>(node_.outputs.size()));
        (*out)[*axis] = std::min(each, all - std::min(all, product(each, static_cast<Count>(i))));
    }
    return (*out)[*axis] < 0 ? std::nullopt : out;
}

MaybeShape ShapeRules::sliced() const {
    auto out = input(0);
    const auto* starts = list_or_input("starts", 1);
    const auto* ends = list_or_input("ends", 2);
    const auto* axes = list_or_input("axes", 3);
    const auto* steps = content(4);
    if (!out || starts == nullptr || ends == nullptr || starts->size() != ends->size()) return std::nullopt;
    if (axes == nullptr && node_.inputs.size() > 3 && !node_.inputs[3].empty()) return std::nullopt;
    if (steps == nullptr && node_.inputs.size() > 4 && !node_.inputs[4].empty()) return std::nullopt;
    for (std::size_t i = 0; i < starts->size(); ++i) {
        const auto axis = axis_in(at(axes, i, static_cast<Count>(i)), out->size());
        const Count step = at(steps, i, 1);
        if (!axis || step == 0 || step < -largest_dimension || step > largest_dimension) return std::nullopt;
        const Count size = (*out)[*axis];
        const Count low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1;
        const auto place = [&](Count p) { return std::clamp(p < 0 ? std::max(p, -size - 1) + size : p, low, high); };
        const Count span = step > 0 ? place((*ends)[i]) - place((*starts)[i]) : place((*starts)[i]) - place((*ends)[i]);
        (*out)[*axis] = span > 0 ? ceiling_division(span, step > 0 ? step : -step) : 0;
    }
    return out;
}

std::optional<std::vector<std::size_t>> ShapeRules::chosen_axes(const Dimensions* axes, std::size_t rank) {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; axes == nullptr && i < rank; ++i)
        chosen.push_back(i);
    for (std::size_t i = 0; axes != nullptr && i < axes->size(); ++i) {
        const auto axis = axis_in((*axes)[i], rank);
        if (!axis) return std::nullopt;
        chosen.push_back(*axis);
    }
    return chosen;
}

MaybeShape ShapeRules::padded() const {
    auto out = input(0);
    const auto* pads = list_or_input("pads", 1);
    if (!out || pads == nullptr) return std::nullopt;
    if (content(3) == nullptr && node_.inputs.size() > 3 && !node_.inputs[3].empty()) return std::nullopt;
    const auto axes = chosen_axes(content(3), out->size());
    if (!axes || pads->size() != 2 * axes->size()) return std::nullopt;
    for (std::size_t i = 0; i < axes->size(); ++i) {
        const Count before = (*pads)[i], behind = (*pads)[i + axes->size()];
        if (before < -largest_dimension || before > largest_dimension || behind < -largest_dimension ||
            behind > largest_dimension)
            return std::nullopt;
        auto& size = (*out)[(*axes)[i]];
        size += before + behind;
        if (size < 0 || size > largest_dimension) return std::nullopt;
    }
    return out;
}

namespace {

/// Sizes times factors; `rounding` is added before the fraction is cut off.
template <class Factor>
MaybeShape scaled(Dimensions out, const std::vector<std::size_t>& axes, const Factor& factor, double rounding) {
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const double size = floor(static_cast<double>(out[axes[i]]) * factor(i) + rounding);
        if (!(size >= 0.0 && size <= static_cast<double>(largest_dimension))) return std::nullopt;
        out[axes[i]] = static_cast<Count>(size);
    }
    return out;
}

} // namespace

MaybeShape ShapeRules::resized() const {
    const auto in = input(0);
    if (!in) return std::nullopt;
    const auto axes = chosen_axes(list("axes"), in->size());
    if (!axes) return std::nullopt;
    if (const auto* sizes = content(3); sizes != nullptr && sizes->size() == axes->size())
        return resized_to(*in, *axes, *sizes);
    const auto attribute = node_.real_lists.find("scales");
    const std::vector<double>* scales = attribute != node_.real_lists.end() ? &attribute->second : nullptr;
    for (const std::size_t i : {std::size_t{2}, std::size_t{1}}) // since operator set 11, before it
        if (scales == nullptr && real_content(i) != nullptr && real_content(i)->size() == axes->size())
            scales = real_content(i);
    if (scales == nullptr || scales->size() != axes->size()) return std::nullopt;
    return scaled(*in, *axes, [scales](std::size_t i) { return (*scales)[i]; }, 0.0);
}

MaybeShape ShapeRules::resized_to(const Dimensions& in, const std::vector<std::size_t>& axes,
                                  const Dimensions& sizes) const {
    const auto policy = node_.texts.find("keep_aspect_ratio_policy");
    if (policy == node_.texts.end() || policy->second == "stretch") {
        Dimensions out = in;
        for (std::size_t i = 0; i < axes.size(); ++i)
            out[axes[i]] = sizes[i];
        return out;
    }
    std::optional<double> factor;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (in[axes[i]] < 1) return std::nullopt;
        const double own = static_cast<double>(sizes[i]) / static_cast<double>(in[axes[i]]);
        const bool larger = policy->second == "not_smaller";
        factor = !factor ? own : larger ? max(*factor, own) : min(*factor, own);
    }
    if (!factor) return std::nullopt;
    return scaled(in, axes, [&factor](std::size_t) { return *factor; }, 0.5);
}

MaybeShape ShapeRules::blocks(bool to_space) const {
    auto out = input(0);
    const Count b = node_.number("blocksize", 1);
    if (!out || out->size() != 4 || b < 1 || b > 65'536) return std::nullopt;
    auto& d = *out;
    d = to_space ? Dimensions{d[0], d[1] / (b * b), product(d[2], b), product(d[3], b)}
                 : Dimensions{d[0], product(d[1], b * b), d[2] / b, d[3] / b};
    return out;
}

MaybeShape ShapeRules::moved(std::size_t i) const {
    const auto& op = node_.op;
    if (op == "Transpose") return transposed();
    if (op == "Concat") return concatenated();
    if (op == "Split") return split(i);
    if (op == "Slice") return sliced();
    if (op == "Pad") return padded();
    if (op == "Resize" || op == "Upsample") return resized();
    if (op == "DepthToSpace" || op == "SpaceToDepth") return blocks(op == "DepthToSpace");
    if (op == "GatherElements") return input(1);
    if (op == "GatherND") return gathered_nd();
    if (op == "OneHot") return one_hot();
    if (op == "Tile" || op == "Expand") return repeated(op == "Tile");
    if (op == "CenterCropPad") return cropped();
    if (op == "Col2Im") return columns_to_image();
    if (op == "NonZero" || op == "Compress" || op == "Unique") return chosen_by_data(i);
    if (op == "MaxUnpool") return content(2) != nullptr ? MaybeShape{*content(2)} : std::nullopt;
    if (op == "AffineGrid" && content(1) != nullptr && content(1)->size() >= 4) {
        Dimensions grid(content(1)->begin() + 2, content(1)->end());
        grid.insert(grid.begin(), content(1)->front());
        grid.push_back(static_cast<Count>(content(1)->size()) - 2);
        return grid;
    }
    if (op == "AffineGrid") return std::nullopt;
    return i == 0 ? input(0) : std::nullopt; // scatter, reverse, triangle: as the first input
}

MaybeShape ShapeRules::cropped() const {
    auto out = input(0);
    const auto* sizes = content(1);
    if (!out || sizes == nullptr) return std::nullopt;
    const auto axes = chosen_axes(list("axes"), out->size());
    if (!axes || axes->size() != sizes->size()) return std::nullopt;
    for (std::size_t i = 0; i < axes->size(); ++i)
        (*out)[(*axes)[i]] = (*sizes)[i];
    return out;
}

MaybeShape ShapeRules::columns_to_image() const {
    const auto in = input(0);
    const auto *image = content(1), *block = content(2);
    if (!in || image == nullptr || block == nullptr || in->size() != 3 || elements_of(*block) < 1) return std::nullopt;
    Dimensions out{(*in)[0], (*in)[1] / elements_of(*block)};
    out.insert(out.end(), image->begin(), image->end());
    return out;
}

/// -1 where the data decide.
MaybeShape ShapeRules::chosen_by_data(std::size_t i) const {
    auto in = input(0);
    if (!in) return std::nullopt;
    if (node_.op == "NonZero") return Dimensions{static_cast<Count>(in->size()), -1};
    const bool flat = !node_.numbers.contains("axis");
    if (flat || i > 0) return Dimensions{-1};
    const auto axis = axis_in(node_.number("axis", 0), in->size());
    if (!axis) return std::nullopt;
    (*in)[*axis] = -1;
    return in;
}

MaybeShape ShapeRules::gathered_nd() const {
    const auto in = input(0), indices = input(1);
    const auto batch = node_.number("batch_dims", 0);
    if (!in || !indices || indices->empty() || batch < 0) return std::nullopt;
    const Count used = indices->back() + batch;
    if (used < 0 || used > static_cast<Count>(in->size())) return std::nullopt;
    Dimensions out(indices->begin(), indices->end() - 1);
    out.insert(out.end(), in->begin() + used, in->end());
    return out;
}

MaybeShape ShapeRules::one_hot() const {
    auto out = input(0);
    const auto* depth = content(1);
    if (!out || depth == nullptr || depth->size() != 1 || (*depth)[0] < 0) return std::nullopt;
    const auto axis = axis_in(node_.number("axis", -1), out->size() + 1);
    if (!axis) return std::nullopt;
    out->insert(out->begin() + static_cast<std::ptrdiff_t>(*axis), (*depth)[0]);
    return out;
}

MaybeShape ShapeRules::repeated(bool tile) const {
    auto in = input(0);
    const auto* counts = content(1);
    if (!in || counts == nullptr) return std::nullopt;
    if (!tile) return broadcast_of(*in, *counts);
    if (counts->size() != in->size()) return std::nullopt;
    for (std::size_t i = 0; i < in->size(); ++i)
        (*in)[i] = product((*in)[i], std::max<Count>(0, (*counts)[i]));
    return in;
}

MaybeShape ShapeRules::reshaped() const {
    const auto in = input(0);
    const auto* target = list_or_input("shape", 1);
    if (!in || target == nullptr) return std::nullopt;
    Dimensions out = *target;
    Count known = 1;
    std::optional<std::size_t> open;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i] == 0 && node_.number("allowzero", 0) == 0) out[i] = i < in->size() ? (*in)[i] : 0;
        if (out[i] == -1) {
            if (open) return std::nullopt;
            open = i;
        } else if (out[i] < 0) {
            return std::nullopt;
        } else {
            known = product(known, out[i]);
        }
    }
    if (open) out[*open] = known > 0 ? elements_of(*in) / known : 0;
    return elements_of(out) == elements_of(*in) ? MaybeShape{out} : std::nullopt;
}

MaybeShape ShapeRules::flattened() const {
    const auto in = input(0);
    if (!in) return std::nullopt;
    const Count axis = node_.number("axis", 1), rank = static_cast<Count>(in->size());
    if (axis < -rank || axis > rank) return std::nullopt;
    const auto cut = in->begin() + (axis < 0 ? axis + rank : axis);
    return Dimensions{elements_of(Dimensions(in->begin(), cut)), elements_of(Dimensions(cut, in->end()))};
}

MaybeShape ShapeRules::squeezed() const {
    const auto in = input(0);
    if (!in) return std::nullopt;
    const auto* axes = list_or_input("axes", 1);
    if (axes == nullptr && node_.inputs.size() > 1 && !node_.inputs[1].empty()) return std::nullopt;
    std::vector<bool> goes(in->size(), false);
    for (std::size_t i = 0; axes == nullptr && i < in->size(); ++i)
        goes[i] = (*in)[i] == 1;
    for (std::size_t i = 0; axes != nullptr && i < axes->size(); ++i) {
        const auto axis = axis_in((*axes)[i], in->size());
        if (!axis) return std::nullopt;
        goes[*axis] = true;
    }
    Dimensions out;
    for (std::size_t i = 0; i < in->size(); ++i)
        if (!goes[i]) out.push_back((*in)[i]);
    return out;
}

MaybeShape ShapeRules::unsqueezed() const {
    const auto in = input(0);
    const auto* axes = list_or_input("axes", 1);
    if (!in || axes == nullptr) return std::nullopt;
    std::vector<bool> is_new(in->size() + axes->size(), false);
    for (const Count axis : *axes) {
        const auto found = axis_in(axis, is_new.size());
        if (!found || is_new[*found]) return std::nullopt;
        is_new[*found] = true;
    }
    Dimensions out;
    auto next = in->begin();
    for (const bool fresh : is_new)
        out.push_back(fresh ? 1 : *next++);
    return out;
}

MaybeShape ShapeRules::view(std::size_t i) const {
    const auto& op = node_.op;
    if (op == "Reshape") return reshaped();
    if (op == "Flatten") return flattened();
    if (op == "Squeeze") return squeezed();
    if (op == "Unsqueeze") return unsqueezed();
    if (op == "Shape") {
        const auto in = input(0);
        if (!in) return std::nullopt;
        const auto [start, end] = bounds_of_shape(node_, in->size());
        return Dimensions{std::max<Count>(0, end - start)};
    }
    if (op == "Size") return Dimensions{};
    if (op == "ConstantOfShape") return content(0) != nullptr ? MaybeShape{*content(0)} : std::nullopt;
    if (op == "Range") return range();
    const bool is_window = op.ends_with("Window");
    if (is_window || op == "MelWeightMatrix") {
        const auto *size = content(0), *length = content(1);
        if (size == nullptr || size->size() != 1) return std::nullopt;
        if (is_window) return Dimensions{size->front()};
        return length != nullptr && length->size() == 1 ? MaybeShape{Dimensions{length->front() / 2 + 1, size->front()}}
                                                        : std::nullopt;
    }
    if (op == "Constant") return std::nullopt; // known as what is stored
    return i < 2 ? input(0) : std::nullopt;    // Identity, Dropout and its mask, Cast, EyeLike
}

std::pair<Count, Count> ShapeRules::bounds_of_shape(const GraphNode& node, std::size_t rank) {
    const auto r = static_cast<Count>(rank);
    const auto place = [r](Count p) { return std::clamp<Count>(p < 0 ? p + r : p, 0, r); };
    return {place(node.number("start", 0)), place(node.number("end", r))};
}

MaybeShape ShapeRules::range() const {
    std::array<double, 3> bounds{};
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        if (content(i) != nullptr && content(i)->size() == 1)
            bounds[i] = static_cast<double>((*content(i))[0]);
        else if (real_content(i) != nullptr && real_content(i)->size() == 1)
            bounds[i] = (*real_content(i))[0];
        else
            return std::nullopt;
    }
    const double n = -floor(-(bounds[1] - bounds[0]) / bounds[2]);
    if (!(n <= static_cast<double>(largest_dimension))) return std::nullopt; // also a step of nothing
    return Dimensions{n > 0.0 ? static_cast<Count>(n) : 0};
}

} // namespace autarky::compute
