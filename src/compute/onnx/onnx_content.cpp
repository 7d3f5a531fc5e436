// autarky: content of the short lists of numbers by which ONNX graphs compute with shapes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "compute/onnx/onnx_graph.hpp"
#include "core/real.hpp"

namespace autarky::compute {
namespace {

/// Far from overflow, and every whole number up to here is exact as a double.
constexpr double largest_value = 1LL << 45;
constexpr int to_float = 1, to_float16 = 10, to_double = 11; // ONNX's TensorProto.DataType

/// Whole numbers are followed as reals too: exporters divide sizes as reals and round the result.
struct Content {
    std::vector<double> values;
    bool whole = true;
};
using MaybeContent = std::optional<Content>;

double rounded(const std::string& op, double x) {
    if (op == "Neg") return -x;
    if (op == "Abs") return abs(x);
    if (op == "Not") return x == 0.0 ? 1.0 : 0.0;
    if (op == "Sqrt") return sqrt(x); // NaN below zero, which is no content
    if (op == "Floor") return floor(x);
    if (op == "Ceil") return -floor(-x);
    const double below = floor(x), rest = x - below; // Round: halves to even
    return rest > 0.5 || (rest == 0.5 && floor(below / 2.0) * 2.0 != below) ? below + 1.0 : below;
}

double towards_zero(double x) { return x < 0.0 ? -floor(-x) : floor(x); }

/// Result of two numbers; none for a division by zero.
std::optional<double> combined(const std::string& op, bool whole, double x, double y) {
    if (op == "Add") return x + y;
    if (op == "Sub") return x - y;
    if (op == "Mul") return x * y;
    if (op == "Max") return max(x, y);
    if (op == "Min") return min(x, y);
    if (op == "Equal") return x == y ? 1.0 : 0.0;
    if (op == "Greater") return x > y ? 1.0 : 0.0;
    if (op == "GreaterOrEqual") return x >= y ? 1.0 : 0.0;
    if (op == "Less") return x < y ? 1.0 : 0.0;
    if (op == "LessOrEqual") return x <= y ? 1.0 : 0.0;
    if (op == "And") return x != 0.0 && y != 0.0 ? 1.0 : 0.0;
    if (op == "Or") return x != 0.0 || y != 0.0 ? 1.0 : 0.0;
    if (y == 0.0) return std::nullopt;
    if (op == "Mod") return x - floor(x / y) * y;
    return whole ? towards_zero(x / y) : x / y; // Div
}

template <std::size_t N> bool one_of(const std::array<std::string_view, N>& names, const std::string& op) {
    return std::ranges::find(names, op) != names.end();
}
constexpr std::array<std::string_view, 9> views{"Identity", "Squeeze", "Unsqueeze", "Reshape", "Flatten",
                                                "CastLike", "Dropout", "Transpose", "Expand"};
constexpr std::array<std::string_view, 7> single{"Neg", "Abs", "Not", "Sqrt", "Floor", "Ceil", "Round"};
constexpr std::array<std::string_view, 14> pairs{"Add", "Sub", "Mul",         "Div",           "Mod",
                                                 "Max", "Min", "Equal",       "Greater",       "Less",
                                                 "And", "Or",  "LessOrEqual", "GreaterOrEqual"};
constexpr std::array<std::string_view, 4> reductions{"ReduceProd", "ReduceSum", "ReduceMax", "ReduceMin"};

class ContentRules {
public:
    ContentRules(const OnnxGraph& graph, const GraphNode& node) : graph_(graph), node_(node) {}

    [[nodiscard]] MaybeContent output(std::size_t i) const {
        const auto& op = node_.op;
        if (op == "Split") return part(i);
        if (i > 0) return std::nullopt;
        if (op == "Shape") return shape_of_input();
        if (op == "Size") return size_of_input();
        if (op == "Cast") return cast();
        if (one_of(views, op)) return seen_otherwise();
        if (op == "Gather") return gathered();
        if (op == "Concat") return concatenated();
        if (op == "Slice") return sliced();
        if (one_of(single, op)) return each();
        if (one_of(pairs, op)) return together();
        if (one_of(reductions, op)) return reduced();
        if (op == "Where") return chosen();
        if (op == "ConstantOfShape") return filled();
        if (op == "Range") return counted();
        return std::nullopt;
    }

private:
    [[nodiscard]] MaybeContent input(std::size_t i) const {
        if (i >= node_.inputs.size()) return std::nullopt;
        const auto& name = node_.inputs[i];
        if (const auto found = graph_.integers.find(name); found != graph_.integers.end()) {
            Content content;
            for (const Count x : found->second)
                content.values.push_back(static_cast<double>(x));
            return content;
        }
        const auto found = graph_.reals.find(name);
        return found == graph_.reals.end() ? MaybeContent{} : MaybeContent{Content{found->second, false}};
    }
    [[nodiscard]] const Dimensions* shape(std::size_t i) const {
        return i < node_.inputs.size() ? graph_.shape(node_.inputs[i]) : nullptr;
    }
    /// Lists only: rows and columns of a matrix are not told apart here.
    [[nodiscard]] bool flat(std::size_t i = 0) const { return shape(i) == nullptr || shape(i)->size() <= 1; }
    [[nodiscard]] MaybeContent shape_of_input() const {
        const auto* found = shape(0);
        if (found == nullptr || found->size() > longest_content) return std::nullopt;
        const auto rank = static_cast<Count>(found->size());
        const auto place = [rank](Count p) { return std::clamp<Count>(p < 0 ? p + rank : p, 0, rank); };
        const Count start = place(node_.number("start", 0)), end = place(node_.number("end", rank));
        Content content;
        for (Count i = start; i < end; ++i)
            content.values.push_back(static_cast<double>((*found)[static_cast<std::size_t>(i)]));
        return content;
    }
    [[nodiscard]] MaybeContent size_of_input() const {
        const auto* found = shape(0);
        if (found == nullptr) return std::nullopt;
        Count n = 1;
        for (const Count d : *found)
            n = product(n, d);
        return Content{{static_cast<double>(n)}};
    }
    [[nodiscard]] MaybeContent cast() const {
        auto from = input(0);
        if (!from) return std::nullopt;
        const auto to = node_.number("to", to_float);
        const bool real = to == to_float || to == to_float16 || to == to_double;
        if (!real)
            for (double& x : from->values)
                x = towards_zero(x);
        from->whole = !real;
        return from;
    }
    /// The same numbers in the same order: no list here has more than one direction longer than one.
    [[nodiscard]] MaybeContent seen_otherwise() const {
        auto from = input(0);
        if (node_.op == "Transpose" && !flat()) return std::nullopt;
        if (!from || node_.op != "Expand") return from;
        const auto target = input(1);
        if (from->values.size() != 1 || !target || target->values.size() != 1) return std::nullopt;
        const double n = target->values[0];
        if (!(n >= 1.0 && n <= static_cast<double>(longest_content))) return std::nullopt;
        from->values.assign(static_cast<std::size_t>(n), from->values[0]);
        return from;
    }
    [[nodiscard]] MaybeContent gathered() const {
        auto from = input(0);
        const auto indices = input(1);
        if (!from || !indices || !flat()) return std::nullopt;
        std::vector<double> picked;
        const auto n = static_cast<double>(from->values.size());
        for (const double index : indices->values) {
            if (!(index >= -n && index < n)) return std::nullopt;
            picked.push_back(from->values[static_cast<std::size_t>(index < 0.0 ? index + n : index)]);
        }
        from->values = std::move(picked);
        return from;
    }
    [[nodiscard]] MaybeContent concatenated() const {
        auto all = flat() ? input(0) : std::nullopt;
        for (std::size_t i = 1; all && i < node_.inputs.size(); ++i) {
            const auto next = input(i);
            if (!next || !flat(i) || all->values.size() + next->values.size() > longest_content) return std::nullopt;
            all->values.insert(all->values.end(), next->values.begin(), next->values.end());
        }
        return all;
    }
    /// Bounds of a slice or split, an attribute in older operator sets.
    [[nodiscard]] MaybeContent bound(const char* key, std::size_t i) const {
        const auto attribute = node_.lists.find(key);
        if (attribute == node_.lists.end()) return input(i);
        Content content;
        for (const Count x : attribute->second)
            content.values.push_back(static_cast<double>(x));
        return content;
    }
    [[nodiscard]] MaybeContent sliced() const {
        auto from = flat() ? input(0) : std::nullopt;
        const auto starts = bound("starts", 1), ends = bound("ends", 2), steps = input(4);
        if (!from || !starts || !ends || starts->values.size() != 1 || ends->values.size() != 1) return std::nullopt;
        const double step = steps && steps->values.size() == 1 ? steps->values[0] : 1.0;
        if (!(abs(step) >= 1.0 && abs(step) <= static_cast<double>(longest_content))) return std::nullopt;
        const auto n = static_cast<double>(from->values.size());
        const double low = step > 0.0 ? 0.0 : -1.0, high = step > 0.0 ? n : n - 1.0;
        const auto place = [&](double p) { return clamp(p < 0.0 ? p + n : p, low, high); };
        std::vector<double> picked;
        const double end = place(ends->values[0]);
        for (double i = place(starts->values[0]); step > 0.0 ? i < end : i > end; i += step)
            picked.push_back(from->values[static_cast<std::size_t>(i)]);
        from->values = std::move(picked);
        return from;
    }
    [[nodiscard]] MaybeContent part(std::size_t i) const {
        auto from = flat() ? input(0) : std::nullopt;
        if (!from || i >= node_.outputs.size()) return std::nullopt;
        const auto sizes = bound("split", 1);
        const std::size_t n = from->values.size();
        const std::size_t each = (n + node_.outputs.size() - 1) / node_.outputs.size();
        std::size_t begin = std::min(n, i * each), size = std::min(each, n - begin);
        if (sizes) {
            double before = 0.0;
            for (std::size_t k = 0; k < std::min(i, sizes->values.size()); ++k)
                before += sizes->values[k];
            if (i >= sizes->values.size() || !(sizes->values[i] >= 0.0 && before >= 0.0) ||
                before + sizes->values[i] > static_cast<double>(n))
                return std::nullopt;
            begin = static_cast<std::size_t>(before);
            size = static_cast<std::size_t>(sizes->values[i]);
        } else if (node_.inputs.size() > 1 && !node_.inputs[1].empty()) {
            return std::nullopt;
        }
        const auto first = from->values.begin() + static_cast<std::ptrdiff_t>(begin);
        from->values = std::vector<double>(first, first + static_cast<std::ptrdiff_t>(size));
        return from;
    }
    [[nodiscard]] MaybeContent each() const {
        auto from = input(0);
        if (from)
            for (double& x : from->values)
                x = rounded(node_.op, x);
        return from;
    }
    [[nodiscard]] MaybeContent together() const {
        const auto a = input(0), b = input(1);
        if (!a || !b || node_.inputs.size() != 2 || a->values.empty() || b->values.empty()) return std::nullopt;
        const std::size_t n = a->values.size(), m = b->values.size();
        if (n != m && n != 1 && m != 1) return std::nullopt;
        Content out;
        out.whole = a->whole && b->whole;
        for (std::size_t i = 0; i < std::max(n, m); ++i) {
            const auto value = combined(node_.op, out.whole, a->values[n == 1 ? 0 : i], b->values[m == 1 ? 0 : i]);
            if (!value) return std::nullopt;
            out.values.push_back(*value);
        }
        return out;
    }
    /// Over all values: lists of one direction.
    [[nodiscard]] MaybeContent reduced() const {
        auto from = input(0);
        if (!from || from->values.empty() || !flat()) return std::nullopt;
        double result = from->values[0];
        const std::string op = node_.op == "ReduceProd"  ? "Mul"
                               : node_.op == "ReduceSum" ? "Add"
                               : node_.op == "ReduceMax" ? "Max"
                                                         : "Min";
        for (std::size_t i = 1; i < from->values.size(); ++i)
            result = *combined(op, from->whole, result, from->values[i]);
        from->values.assign(1, result);
        return from;
    }
    [[nodiscard]] MaybeContent chosen() const {
        const auto which = input(0), yes = input(1), no = input(2);
        if (!which || !yes || !no) return std::nullopt;
        const std::size_t n = std::max({which->values.size(), yes->values.size(), no->values.size()});
        Content out;
        out.whole = yes->whole && no->whole;
        for (const auto* list : {&*which, &*yes, &*no})
            if (list->values.size() != n && list->values.size() != 1) return std::nullopt;
        const auto at = [](const Content& c, std::size_t i) { return c.values[c.values.size() == 1 ? 0 : i]; };
        for (std::size_t i = 0; i < n; ++i)
            out.values.push_back(at(*which, i) != 0.0 ? at(*yes, i) : at(*no, i));
        return out;
    }
    [[nodiscard]] MaybeContent filled() const {
        const auto size = input(0);
        if (!size || size->values.size() > 1) return std::nullopt;
        const double n = size->values.empty() ? 1.0 : size->values[0];
        if (!(n >= 0.0 && n <= static_cast<double>(longest_content))) return std::nullopt;
        const auto count = static_cast<std::size_t>(n);
        if (!node_.has_value) return Content{std::vector<double>(count, 0.0), false};
        const auto value = node_.lists.find("value");
        if (value != node_.lists.end() && value->second.size() == 1)
            return Content{std::vector<double>(count, static_cast<double>(value->second[0]))};
        const auto real = node_.real_lists.find("value");
        if (real == node_.real_lists.end() || real->second.size() != 1) return std::nullopt;
        return Content{std::vector<double>(count, real->second[0]), false};
    }
    [[nodiscard]] MaybeContent counted() const {
        const auto start = input(0), limit = input(1), step = input(2);
        if (!start || !limit || !step || start->values.size() != 1 || limit->values.size() != 1 ||
            step->values.size() != 1 || step->values[0] == 0.0)
            return std::nullopt;
        const double n = -floor(-(limit->values[0] - start->values[0]) / step->values[0]);
        if (n > static_cast<double>(longest_content)) return std::nullopt;
        Content out;
        out.whole = start->whole && limit->whole && step->whole;
        for (double i = 0.0; i < n; i += 1.0)
            out.values.push_back(start->values[0] + i * step->values[0]);
        return out;
    }

    const OnnxGraph& graph_;
    const GraphNode& node_;
};

bool sound(const Content& content) {
    return content.values.size() <= longest_content && std::ranges::all_of(content.values, [](double x) {
               return x >= -largest_value && x <= largest_value; // also no NaN
           });
}

} // namespace

bool follow_content(OnnxGraph& graph, const GraphNode& node) {
    bool all = !node.outputs.empty();
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
        auto content = ContentRules(graph, node).output(i);
        if (!content || !sound(*content)) {
            all = false;
        } else if (content->whole) {
            graph.integers[node.outputs[i]] = Dimensions(content->values.begin(), content->values.end());
        } else {
            graph.reals[node.outputs[i]] = std::move(content->values);
        }
    }
    return all;
}

} // namespace autarky::compute
