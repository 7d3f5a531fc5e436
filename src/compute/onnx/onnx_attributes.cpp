// autarky: which attributes an ONNX operator has, and what is said of those that it has not.
// SPDX-License-Identifier: Apache-2.0
#include "compute/onnx/onnx_attributes.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <google/protobuf/unknown_field_set.h>
#include <onnx/onnx_pb.h>

namespace autarky::compute {
namespace {

constexpr long newest = 1000; // no set is so high

/// An attribute of an operator in the sets first ... last.
struct Rule {
    std::string_view name;
    char kind;
    long first = 1, last = newest;
};

Rule rule_of(std::string_view word) {
    const auto colon = word.find(':');
    Rule rule{word.substr(0, colon), word[colon + 1]};
    const auto sets = word.substr(colon + 2);
    if (const auto dash = sets.find('-'); dash != std::string_view::npos) {
        std::from_chars(sets.data(), sets.data() + dash, rule.first);
        std::from_chars(sets.data() + dash + 1, sets.data() + sets.size(), rule.last);
    }
    return rule;
}

/// None for an operator that is not in the table.
std::optional<std::vector<Rule>> rules_of(std::string_view op) {
    const auto rows = operator_attributes();
    const auto row = std::ranges::lower_bound(rows, op, {}, &OperatorAttributes::op);
    if (row == rows.end() || row->op != op) return std::nullopt;
    std::vector<Rule> out;
    for (std::string_view rest = row->attributes; !rest.empty();) {
        const auto end = std::min(rest.find(' '), rest.size());
        out.push_back(rule_of(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

bool is_in(const Rule& rule, long set) { return set == 0 || (rule.first <= set && set <= rule.last); }

std::string_view words_for(char kind) {
    switch (kind) {
    case 'i': return "a whole number";
    case 'f': return "a number";
    case 's': return "a text";
    case 't': return "a tensor";
    case 'g': return "a graph";
    case 'I': return "a list of whole numbers";
    case 'F': return "a list of numbers";
    case 'S': return "a list of texts";
    default: return "something else";
    }
}

std::string sets_text(const Rule& rule) {
    if (rule.last == newest) return fmt::format("from set {} on it is one", rule.first);
    return rule.first == 1 ? fmt::format("up to set {} it was one", rule.last)
                           : fmt::format("it was one in sets {} to {}", rule.first, rule.last);
}

/// The likely name, or all that there are.
std::string names_hint(std::string_view name, const std::vector<Rule>& rules, long set) {
    std::vector<std::string_view> names;
    std::string all;
    for (const Rule& rule : rules) {
        if (!is_in(rule, set)) continue;
        names.push_back(rule.name);
        all += fmt::format("{}{}", all.empty() ? "" : ", ", rule.name);
    }
    auto likely = did_you_mean(name, names);
    if (!likely.empty()) return likely;
    for (const auto& known : names) // "pad" for "pads", "kernel" for "kernel_shape"
        if (name.size() > 2 && (known.starts_with(name) || name.starts_with(known)))
            return fmt::format("did you mean '{}'?", known);
    return all.empty() ? "it has none" : "it has " + all;
}

} // namespace

char kind_of(const onnx::AttributeProto& attribute) {
    using onnx::AttributeProto;
    switch (attribute.type()) {
    case AttributeProto::INT: return 'i';
    case AttributeProto::FLOAT: return 'f';
    case AttributeProto::STRING: return 's';
    case AttributeProto::TENSOR: return 't';
    case AttributeProto::GRAPH: return 'g';
    case AttributeProto::SPARSE_TENSOR: return 'x';
    case AttributeProto::TYPE_PROTO: return 'p';
    case AttributeProto::INTS: return 'I';
    case AttributeProto::FLOATS: return 'F';
    case AttributeProto::STRINGS: return 'S';
    case AttributeProto::TENSORS: return 'T';
    case AttributeProto::GRAPHS: return 'G';
    case AttributeProto::SPARSE_TENSORS: return 'X';
    case AttributeProto::TYPE_PROTOS: return 'P';
    default: break;
    }
    if (attribute.ints_size() > 0) return 'I';
    if (attribute.floats_size() > 0) return 'F';
    if (attribute.strings_size() > 0) return 'S';
    if (attribute.has_i()) return 'i';
    if (attribute.has_f()) return 'f';
    if (attribute.has_s()) return 's';
    if (attribute.has_t()) return 't';
    return attribute.has_g() ? 'g' : '\0';
}

std::vector<onnx::AttributeProto> defaults_of(const onnx::FunctionProto& function) {
    constexpr int attribute_proto = 11;
    std::vector<onnx::AttributeProto> out;
    const auto& unknown = function.unknown_fields();
    for (int i = 0; i < unknown.field_count(); ++i) {
        const auto& field = unknown.field(i);
        if (field.number() != attribute_proto || field.type() != google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED)
            continue;
        onnx::AttributeProto attribute;
        if (attribute.ParseFromString(field.length_delimited())) out.push_back(std::move(attribute));
    }
    return out;
}

void AttributeCheck::add(const std::string& op, const std::string& attribute, const std::string& node, Found finding) {
    const auto [at, is_new] = odd_.try_emplace({op, attribute}, std::move(finding));
    if (is_new) at->second.first_node = node;
    ++at->second.nodes;
}

void AttributeCheck::look_at(const onnx::NodeProto& node, const std::string& op, const std::string& name, long set) {
    const auto rules = rules_of(op);
    if (!rules) return;
    for (const auto& attribute : node.attribute()) {
        const char kind = kind_of(attribute);
        const auto named = [&](const Rule& rule) { return rule.name == attribute.name(); };
        const auto of_kind = [&](const Rule& rule) { return named(rule) && rule.kind == kind; };
        const auto right = [&](const Rule& rule) { return of_kind(rule) && is_in(rule, set); };
        if (kind == 0 || std::ranges::any_of(*rules, right)) continue;
        Found found;
        if (std::ranges::none_of(*rules, named))
            found = {.code = "W0717",
                     .message = fmt::format("'{}' is none of its attributes and is ignored", attribute.name()),
                     .hint = names_hint(attribute.name(), *rules, set)};
        else if (std::ranges::none_of(*rules, of_kind))
            found = {.code = "E0717",
                     .message = fmt::format("attribute '{}' is {}; the operator takes {}", attribute.name(),
                                            words_for(kind), words_for(std::ranges::find_if(*rules, named)->kind)),
                     .hint = "onnx.checker refuses such a file; export it anew"};
        else
            found = {.code = "W0718",
                     .message = fmt::format("'{}' is no attribute in operator set {}; it is read as if it were",
                                            attribute.name(), set),
                     .hint = sets_text(*std::ranges::find_if(*rules, of_kind))};
        add(op, attribute.name(), name, std::move(found));
    }
}

void AttributeCheck::look_at(const onnx::NodeProto& call, const onnx::FunctionProto& function,
                             const std::vector<onnx::AttributeProto>& defaults, const std::string& op,
                             const std::string& name) {
    std::vector<Rule> rules;
    for (const std::string& attribute : function.attribute())
        rules.push_back({attribute, '\0'});
    for (const auto& attribute : defaults)
        rules.push_back({attribute.name(), '\0'});
    for (const auto& attribute : call.attribute())
        if (std::ranges::find(rules, attribute.name(), &Rule::name) == rules.end())
            add(op, attribute.name(), name,
                {.code = "W0717",
                 .message = fmt::format("'{}' is no attribute of this function and is ignored", attribute.name()),
                 .hint = names_hint(attribute.name(), rules, 0)});
}

void AttributeCheck::tell(const std::string& file, Diagnostics& diagnostics) const {
    const Origin where{file, 0, 0, 1};
    for (const auto& [key, found] : odd_) {
        const auto others = found.nodes > 1 ? fmt::format(" and {} more", found.nodes - 1) : std::string{};
        auto message = fmt::format("node '{}'{} ({}): {}", found.first_node, others, key.first, found.message);
        if (found.code.front() == 'E')
            diagnostics.error(where, found.code, std::move(message), found.hint);
        else
            diagnostics.warning(where, found.code, std::move(message), found.hint);
    }
}

} // namespace autarky::compute
