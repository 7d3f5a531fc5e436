// autarky: content of the short lists of numbers by which ONNX graphs compute with shapes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "compute/onnx/onnx_arithmetic.hpp"
#include "compute/onnx/onnx_graph.hpp"
#include "compute/onnx/onnx_shape_rules.hpp"
#include "core/real.hpp"

namespace autarky::compute {
namespace {

/// Far from overflow, and every whole number up to here is exact as a double.
constexpr double largest_value = 1LL << 45;
constexpr int to_float = 1, to_float16 = 10, to_double = 11, to_bfloat16 = 16; // ONNX's TensorProto.DataType

/// Whole numbers are followed as reals too: exporters divide sizes as reals and round the result. Values in the order of
/// rows, the last index fastest.
struct Content {
    std::vector<double> values{};
    Dimensions shape{};
    bool whole = true;
};
using MaybeContent = std::optional<Content>;

template <std::size_t N> bool one_of(const std::array<std::string_view, N>& names, const std::string& op) {
    return std::ranges::find(names, op) != names.end();
}
constexpr std::array<std::string_view, 7> views{"Identity", "Squeeze",  "Unsqueeze", "Reshape",
                                                "Flatten",  "CastLike", "Dropout"};
constexpr std::array<std::string_view, 8> single{"Neg", "Abs", "Not", "Sign", "Sqrt", "Floor", "Ceil", "Round"};
constexpr std::array<std::string_view, 16> pairs{"Add", "Sub",   "Mul",         "Div",           "Mod", "Max",
                                                 "Min", "Equal", "Greater",     "Less",          "And", "Or",
                                                 "Xor", "Pow",   "LessOrEqual", "GreaterOrEqual"};
constexpr std::array<std::string_view, 4> reductions{"ReduceProd", "ReduceSum", "ReduceMax", "ReduceMin"};

/// The value at an index of a shape that this content is broadcast to.
double at(const Content& content, const Dimensions& index) {
    const std::size_t more = index.size() - content.shape.size();
    Count place = 0;
    for (std::size_t d = 0; d < content.shape.size(); ++d)
        place = place * content.shape[d] + (content.shape[d] == 1 ? 0 : index[more + d]);
    return content.values[static_cast<std::size_t>(place)];
}

bool is_short(const Dimensions& shape) {
    return std::ranges::all_of(shape, [](Count size) { return size >= 0; }) &&
           elements_of(shape) <= static_cast<Count>(longest_content);
}

class ContentRules {
public:
    ContentRules(const OnnxGraph& graph, const GraphNode& node) : graph_(graph), node_(node) {}

    [[nodiscard]] MaybeContent output(std::size_t i) const {
        const auto& op = node_.op;
        if (op == "Split") return split(i);
        if (i > 0) return std::nullopt;
        if (op == "Shape") return shape_of_input();
        if (op == "Size") return size_of_input();
        if (op == "Cast") return cast();
        if (one_of(views, op)) return seen_otherwise();
        if (op == "Transpose") return transposed();
        if (op == "Expand" || op == "Tile") return repeated();
        if (op == "Gather") return gathered();
        if (op == "Concat") return concatenated();
        if (op == "Slice") return sliced();
        if (one_of(single, op)) return each();
        if (one_of(pairs, op)) return together();
        if (one_of(reductions, op)) return reduced();
        if (op == "Where") return chosen();
        if (op == "ConstantOfShape") return filled();
        if (op == "Range") return counted();
        if (op == "NonZero") return places_of_nonzero();
        return std::nullopt;
    }

private:
    [[nodiscard]] MaybeContent input(std::size_t i) const {
        if (i >= node_.inputs.size()) return std::nullopt;
        const auto& name = node_.inputs[i];
        Content content;
        if (const auto found = graph_.integers.find(name); found != graph_.integers.end()) {
            content.values.assign(found->second.begin(), found->second.end());
        } else if (const auto real = graph_.reals.find(name); real != graph_.reals.end()) {
            content.values = real->second;
            content.whole = false;
        } else {
            return std::nullopt;
        }
        const auto* known = graph_.shape(name);
        const auto n = static_cast<Count>(content.values.size());
        content.shape = known != nullptr && elements_of(*known) == n ? *known : Dimensions{n};
        return content;
    }
    [[nodiscard]] const Dimensions* shape(std::size_t i) const {
        return i < node_.inputs.size() ? graph_.shape(node_.inputs[i]) : nullptr;
    }
    [[nodiscard]] static std::optional<std::size_t> axis_in(Count axis, std::size_t rank) {
        const auto r = static_cast<Count>(rank);
        if (axis < -r || axis >= r) return std::nullopt;
        return static_cast<std::size_t>(axis < 0 ? axis + r : axis);
    }
    [[nodiscard]] MaybeContent shape_of_input() const {
        const auto* found = shape(0);
        if (found == nullptr || found->size() > longest_content) return std::nullopt;
        const auto [start, end] = ShapeRules::bounds_of_shape(node_, found->size());
        Content content;
        for (Count i = start; i < end; ++i)
            content.values.push_back(static_cast<double>((*found)[static_cast<std::size_t>(i)]));
        content.shape = {static_cast<Count>(content.values.size())};
        return content;
    }
    [[nodiscard]] MaybeContent size_of_input() const {
        const auto* found = shape(0);
        if (found == nullptr) return std::nullopt;
        return Content{{static_cast<double>(elements_of(*found))}, {}, true};
    }
    [[nodiscard]] MaybeContent cast() const {
        auto from = input(0);
        if (!from) return std::nullopt;
        const auto to = node_.number("to", to_float);
        const bool real = to == to_float || to == to_float16 || to == to_double || to == to_bfloat16;
        if (!real)
            for (double& x : from->values)
                x = towards_zero(x);
        from->whole = !real;
        return from;
    }
    /// The same numbers in the same order.
    [[nodiscard]] MaybeContent seen_otherwise() const {
        auto from = input(0);
        if (!from) return std::nullopt;
        if (auto made = output_shape(graph_, node_, 0); made && elements_of(*made) == elements_of(from->shape))
            from->shape = std::move(*made);
        return from;
    }
    /// Takes every value of the output from where `place` says it stands in the input.
    template <class Place>
    [[nodiscard]] static Content taken(const Content& from, const Dimensions& to, const Place& place) {
        Content out{{}, to, from.whole};
        each_index(to, [&](const Dimensions& index) { out.values.push_back(at(from, place(index))); });
        return out;
    }
    [[nodiscard]] MaybeContent transposed() const {
        const auto from = input(0);
        const auto to = output_shape(graph_, node_, 0);
        if (!from || !to || to->size() != from->shape.size() || elements_of(*to) != elements_of(from->shape))
            return std::nullopt;
        const auto order = node_.lists.find("perm");
        const std::size_t rank = to->size();
        return taken(*from, *to, [&](const Dimensions& index) {
            Dimensions place(rank);
            for (std::size_t d = 0; d < rank; ++d)
                place[order == node_.lists.end() ? rank - 1 - d : *axis_in(order->second[d], rank)] = index[d];
            return place;
        });
    }
    [[nodiscard]] MaybeContent repeated() const {
        const auto from = input(0);
        const auto to = output_shape(graph_, node_, 0);
        if (!from || !to || !is_short(*to) || to->size() < from->shape.size()) return std::nullopt;
        const std::size_t more = to->size() - from->shape.size();
        return taken(*from, *to, [&](const Dimensions& index) {
            Dimensions place(from->shape.size());
            for (std::size_t d = 0; d < place.size(); ++d)
                place[d] = index[more + d] % from->shape[d];
            return place;
        });
    }
    [[nodiscard]] MaybeContent gathered() const {
        const auto from = input(0), indices = input(1);
        if (!from || !indices) return std::nullopt;
        const auto axis = axis_in(node_.number("axis", 0), from->shape.size());
        if (!axis) return std::nullopt;
        const auto n = static_cast<double>(from->shape[*axis]);
        for (const double index : indices->values)
            if (!(index >= -n && index < n)) return std::nullopt;
        const auto cut = static_cast<std::ptrdiff_t>(*axis);
        const auto rank = static_cast<std::ptrdiff_t>(indices->shape.size());
        Dimensions to(from->shape.begin(), from->shape.begin() + cut);
        to.insert(to.end(), indices->shape.begin(), indices->shape.end());
        to.insert(to.end(), from->shape.begin() + cut + 1, from->shape.end());
        if (!is_short(to)) return std::nullopt;
        return taken(*from, to, [&](const Dimensions& index) {
            const double i = at(*indices, Dimensions(index.begin() + cut, index.begin() + cut + rank));
            Dimensions place(index.begin(), index.begin() + cut);
            place.push_back(static_cast<Count>(i < 0.0 ? i + n : i));
            place.insert(place.end(), index.begin() + cut + rank, index.end());
            return place;
        });
    }
    [[nodiscard]] MaybeContent concatenated() const {
        std::vector<Content> parts;
        Dimensions to;
        std::optional<std::size_t> axis;
        Content out;
        for (std::size_t i = 0; i < node_.inputs.size(); ++i) {
            auto next = input(i);
            if (!next) return std::nullopt;
            if (i == 0) axis = axis_in(node_.number("axis", 0), next->shape.size());
            if (!axis || (i > 0 && next->shape.size() != to.size())) return std::nullopt;
            if (i == 0)
                to = next->shape;
            else
                to[*axis] += next->shape[*axis];
            out.whole = i == 0 ? next->whole : out.whole && next->whole;
            parts.push_back(std::move(*next));
        }
        if (!axis || !is_short(to)) return std::nullopt;
        for (const auto& part : parts)
            for (std::size_t d = 0; d < to.size(); ++d)
                if (d != *axis && part.shape[d] != to[d]) return std::nullopt;
        each_index(to, [&](Dimensions index) {
            std::size_t i = 0;
            while (index[*axis] >= parts[i].shape[*axis])
                index[*axis] -= parts[i++].shape[*axis];
            out.values.push_back(at(parts[i], index));
        });
        out.shape = std::move(to);
        return out;
    }
    /// Bounds of a slice or split, an attribute in older operator sets.
    [[nodiscard]] MaybeContent bound(const char* key, std::size_t i) const {
        const auto attribute = node_.lists.find(key);
        if (attribute == node_.lists.end()) return input(i);
        return Content{{attribute->second.begin(), attribute->second.end()}, {}, true};
    }
    [[nodiscard]] MaybeContent sliced() const {
        auto from = input(0);
        const auto starts = bound("starts", 1), ends = bound("ends", 2), axes = bound("axes", 3), steps = input(4);
        if (!from || !starts || !ends || starts->values.size() != ends->values.size()) return std::nullopt;
        for (std::size_t i = 0; i < starts->values.size(); ++i) {
            const double wanted = axes && i < axes->values.size() ? axes->values[i] : static_cast<double>(i);
            const auto axis = axis_in(static_cast<Count>(wanted), from->shape.size());
            const double step = steps && i < steps->values.size() ? steps->values[i] : 1.0;
            if (!axis || !(abs(step) >= 1.0 && abs(step) <= largest_value)) return std::nullopt;
            const auto n = static_cast<double>(from->shape[*axis]);
            const double low = step > 0.0 ? 0.0 : -1.0, high = step > 0.0 ? n : n - 1.0;
            const auto place = [&](double p) { return clamp(p < 0.0 ? p + n : p, low, high); };
            const double start = place(starts->values[i]), end = place(ends->values[i]);
            auto to = from->shape;
            to[*axis] = static_cast<Count>(max(0.0, -floor(-(end - start) / step)));
            from = taken(*from, to, [&](Dimensions index) {
                index[*axis] = static_cast<Count>(start + step * static_cast<double>(index[*axis]));
                return index;
            });
        }
        return from;
    }
    [[nodiscard]] MaybeContent split(std::size_t i) const {
        const auto from = input(0);
        if (!from) return std::nullopt;
        const auto axis = axis_in(node_.number("axis", 0), from->shape.size());
        if (!axis) return std::nullopt;
        Count begin = 0;
        for (std::size_t k = 0; k <= i; ++k) {
            const auto part = output_shape(graph_, node_, k);
            if (!part || part->size() != from->shape.size()) return std::nullopt;
            if (k < i) {
                begin += (*part)[*axis];
            } else if (begin + (*part)[*axis] <= from->shape[*axis]) {
                return taken(*from, *part, [&](Dimensions index) {
                    index[*axis] += begin;
                    return index;
                });
            }
        }
        return std::nullopt;
    }
    [[nodiscard]] MaybeContent each() const {
        auto from = input(0);
        if (from)
            for (double& x : from->values)
                x = rounded(node_.op, x);
        return from;
    }
    [[nodiscard]] MaybeContent together() const {
        auto out = input(0);
        for (std::size_t i = 1; out && i < node_.inputs.size(); ++i) {
            const auto next = input(i);
            out = next ? two_together(*out, *next) : std::nullopt;
        }
        return node_.inputs.size() < 2 ? std::nullopt : out;
    }
    [[nodiscard]] MaybeContent two_together(const Content& a, const Content& b) const {
        const auto to = ShapeRules::broadcast_of(a.shape, b.shape);
        if (!to || !is_short(*to)) return std::nullopt;
        Content out{{}, *to, a.whole && b.whole};
        bool sound = true;
        each_index(*to, [&](const Dimensions& index) {
            const auto value = combined(node_.op, out.whole, at(a, index), at(b, index));
            sound = sound && value.has_value();
            out.values.push_back(value.value_or(0.0));
        });
        return sound ? MaybeContent{std::move(out)} : std::nullopt;
    }
    [[nodiscard]] MaybeContent reduced() const {
        const auto from = input(0);
        const auto to = output_shape(graph_, node_, 0);
        if (!from || from->values.empty() || !to) return std::nullopt;
        const std::string op = node_.op == "ReduceProd"  ? "Mul"
                               : node_.op == "ReduceSum" ? "Add"
                               : node_.op == "ReduceMax" ? "Max"
                                                         : "Min";
        const Count n = elements_of(*to), all = elements_of(from->shape);
        if (n != 1 && n != all) return std::nullopt; // over everything, or over directions of one
        if (n == all) return Content{from->values, *to, from->whole};
        double result = from->values[0];
        for (std::size_t i = 1; i < from->values.size(); ++i)
            result = *combined(op, from->whole, result, from->values[i]);
        return Content{{result}, *to, from->whole};
    }
    [[nodiscard]] MaybeContent chosen() const {
        const auto which = input(0), yes = input(1), no = input(2);
        if (!which || !yes || !no) return std::nullopt;
        auto to = ShapeRules::broadcast_of(yes->shape, no->shape);
        if (to) to = ShapeRules::broadcast_of(*to, which->shape);
        if (!to || !is_short(*to)) return std::nullopt;
        Content out{{}, *to, yes->whole && no->whole};
        each_index(*to, [&](const Dimensions& index) {
            out.values.push_back(at(*which, index) != 0.0 ? at(*yes, index) : at(*no, index));
        });
        return out;
    }
    [[nodiscard]] MaybeContent filled() const {
        const auto to = output_shape(graph_, node_, 0);
        if (!to || !is_short(*to)) return std::nullopt;
        const auto count = static_cast<std::size_t>(elements_of(*to));
        if (!node_.has_value) return Content{std::vector<double>(count, 0.0), *to, false};
        const auto value = node_.lists.find("value");
        if (value != node_.lists.end() && value->second.size() == 1)
            return Content{std::vector<double>(count, static_cast<double>(value->second[0])), *to, true};
        const auto real = node_.real_lists.find("value");
        if (real == node_.real_lists.end() || real->second.size() != 1) return std::nullopt;
        return Content{std::vector<double>(count, real->second[0]), *to, false};
    }
    [[nodiscard]] MaybeContent counted() const {
        const auto start = input(0), step = input(2);
        const auto to = output_shape(graph_, node_, 0);
        if (!start || !step || !to || !is_short(*to)) return std::nullopt;
        Content out{{}, *to, start->whole && step->whole};
        for (Count i = 0; i < (*to)[0]; ++i)
            out.values.push_back(start->values[0] + static_cast<double>(i) * step->values[0]);
        return out;
    }
    [[nodiscard]] MaybeContent places_of_nonzero() const {
        const auto from = input(0);
        if (!from || from->shape.empty()) return std::nullopt;
        std::vector<Dimensions> places;
        each_index(from->shape, [&](const Dimensions& index) {
            if (at(*from, index) != 0.0) places.push_back(index);
        });
        Content out{{}, {static_cast<Count>(from->shape.size()), static_cast<Count>(places.size())}, true};
        if (!is_short(out.shape)) return std::nullopt;
        for (std::size_t d = 0; d < from->shape.size(); ++d)
            for (const auto& place : places)
                out.values.push_back(static_cast<double>(place[d]));
        return out;
    }

    const OnnxGraph& graph_;
    const GraphNode& node_;
};

bool sound(const Content& content) {
    return is_short(content.shape) && elements_of(content.shape) == static_cast<Count>(content.values.size()) &&
           std::ranges::all_of(content.values, [](double x) {
               return x >= -largest_value && x <= largest_value; // also no NaN
           });
}

} // namespace

bool follow_content(OnnxGraph& graph, const GraphNode& node) {
    bool all = !node.outputs.empty();
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
        if (node.outputs[i].empty()) continue;
        auto content = ContentRules(graph, node).output(i);
        if (!content || !sound(*content)) {
            all = false;
            continue;
        }
        graph.shapes[node.outputs[i]] = std::move(content->shape);
        if (content->whole)
            graph.integers[node.outputs[i]] = Dimensions(content->values.begin(), content->values.end());
        else
            graph.reals[node.outputs[i]] = std::move(content->values);
    }
    return all;
}

} // namespace autarky::compute
