// autarky: content of the short lists of whole numbers by which ONNX graphs compute with shapes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "compute/onnx_graph.hpp"

namespace autarky::compute {
namespace {

using Content = std::optional<Dimensions>;

/// Far from overflow, so that sums and differences are safe.
constexpr Count largest_value = Count{1} << 45;

class ContentRules {
public:
    ContentRules(const OnnxGraph& graph, const GraphNode& node) : graph_(graph), node_(node) {}

    Content output() const {
        const auto& op = node_.op;
        if (op == "Shape") return shape_of_input();
        if (op == "Size") return size_of_input();
        if (op == "Identity" || op == "Cast" || op == "Squeeze" || op == "Unsqueeze" || op == "Reshape" ||
            op == "Flatten")
            return input(0);
        if (op == "Gather") return gathered();
        if (op == "Concat") return concatenated();
        if (op == "Slice") return sliced();
        if (op == "Add" || op == "Sub" || op == "Mul" || op == "Div") return combined(op);
        if (op == "ConstantOfShape") return filled();
        if (op == "Range") return counted();
        return std::nullopt;
    }

private:
    [[nodiscard]] Content input(std::size_t i) const {
        if (i >= node_.inputs.size()) return std::nullopt;
        const auto found = graph_.integers.find(node_.inputs[i]);
        return found == graph_.integers.end() ? Content{} : Content{found->second};
    }
    [[nodiscard]] const Dimensions* shape(std::size_t i) const {
        return i < node_.inputs.size() ? graph_.shape(node_.inputs[i]) : nullptr;
    }
    [[nodiscard]] Content shape_of_input() const {
        const auto* found = shape(0);
        if (found == nullptr || found->size() > longest_content) return std::nullopt;
        const auto rank = static_cast<Count>(found->size());
        const auto place = [rank](Count p) { return std::clamp<Count>(p < 0 ? p + rank : p, 0, rank); };
        const Count start = place(node_.number("start", 0)), end = place(node_.number("end", rank));
        return end <= start ? Dimensions{} : Dimensions(found->begin() + start, found->begin() + end);
    }
    [[nodiscard]] Content size_of_input() const {
        const auto* found = shape(0);
        if (found == nullptr) return std::nullopt;
        Count n = 1;
        for (const Count d : *found)
            n = product(n, d);
        return n <= largest_value ? Content{Dimensions{n}} : std::nullopt;
    }
    [[nodiscard]] Content gathered() const {
        const auto from = input(0), indices = input(1);
        if (!from || !indices || node_.number("axis", 0) != 0) return std::nullopt;
        Dimensions out;
        for (const Count index : *indices) {
            const auto n = static_cast<Count>(from->size());
            if (index < -n || index >= n) return std::nullopt;
            out.push_back((*from)[static_cast<std::size_t>(index < 0 ? index + n : index)]);
        }
        return out;
    }
    [[nodiscard]] Content concatenated() const {
        Dimensions out;
        for (std::size_t i = 0; i < node_.inputs.size(); ++i) {
            const auto next = input(i);
            if (!next || out.size() + next->size() > longest_content) return std::nullopt;
            out.insert(out.end(), next->begin(), next->end());
        }
        return out;
    }
    [[nodiscard]] Content sliced() const {
        const auto from = input(0);
        const auto bound = [this](const char* key, std::size_t i) -> Content {
            const auto attribute = node_.lists.find(key);
            return attribute != node_.lists.end() ? Content{attribute->second} : input(i);
        };
        const auto starts = bound("starts", 1), ends = bound("ends", 2), steps = input(4);
        if (!from || !starts || !ends || starts->size() != 1 || ends->size() != 1) return std::nullopt;
        if (steps && *steps != Dimensions{1}) return std::nullopt;
        const auto n = static_cast<Count>(from->size());
        const auto place = [n](Count p) { return std::clamp<Count>(p < 0 ? std::max(p, -n) + n : p, 0, n); };
        const Count start = place((*starts)[0]), end = place((*ends)[0]);
        return end <= start ? Dimensions{} : Dimensions(from->begin() + start, from->begin() + end);
    }
    [[nodiscard]] Content combined(const std::string& op) const {
        const auto a = input(0), b = input(1);
        if (!a || !b || a->empty() || b->empty()) return std::nullopt;
        if (a->size() != b->size() && a->size() != 1 && b->size() != 1) return std::nullopt;
        Dimensions out;
        for (std::size_t i = 0; i < std::max(a->size(), b->size()); ++i) {
            const Count x = (*a)[a->size() == 1 ? 0 : i], y = (*b)[b->size() == 1 ? 0 : i];
            const bool small = std::max(x, -x) <= largest_value && std::max(y, -y) <= largest_value;
            if (!small || (op == "Div" && y == 0)) return std::nullopt;
            Count value = 0;
            if (op == "Mul" && __builtin_mul_overflow(x, y, &value)) return std::nullopt;
            if (op == "Add") value = x + y;
            if (op == "Sub") value = x - y;
            if (op == "Div") value = x / y;
            if (std::max(value, -value) > largest_value) return std::nullopt;
            out.push_back(value);
        }
        return out;
    }
    [[nodiscard]] Content filled() const {
        const auto size = input(0);
        const auto value = node_.lists.find("value");
        if (!size || size->size() != 1 || (*size)[0] < 0 || (*size)[0] > static_cast<Count>(longest_content))
            return std::nullopt;
        if (value == node_.lists.end() || value->second.size() != 1) return std::nullopt;
        return Dimensions(static_cast<std::size_t>((*size)[0]), value->second[0]);
    }
    [[nodiscard]] Content counted() const {
        const auto start = input(0), limit = input(1), step = input(2);
        if (!start || !limit || !step || start->size() != 1 || limit->size() != 1 || step->size() != 1 ||
            (*step)[0] < 1)
            return std::nullopt;
        Dimensions out;
        for (Count i = (*start)[0]; i < (*limit)[0] && out.size() < longest_content; i += (*step)[0])
            out.push_back(i);
        return out.size() < longest_content ? Content{out} : std::nullopt;
    }

    const OnnxGraph& graph_;
    const GraphNode& node_;
};

} // namespace

std::optional<Dimensions> output_content(const OnnxGraph& graph, const GraphNode& node) {
    auto content = ContentRules(graph, node).output();
    if (content && content->size() > longest_content) return std::nullopt;
    if (content && std::ranges::any_of(*content, [](Count x) { return x > largest_value || x < -largest_value; }))
        return std::nullopt;
    return content;
}

} // namespace autarky::compute
