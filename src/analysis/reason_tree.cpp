// autarky: folds a tape.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/reason_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "analysis/figure_text.hpp"

namespace autarky::analysis {
namespace {

/// Values below one line that are shown; more are counted.
constexpr std::size_t most_parts = 8;

std::string input_text(const Input& input, double value) {
    if (input.unit == "date") return date_text(value);
    const auto number = figure(value / input.unit_factor, 4);
    return input.unit.empty() || input.unit == "1" ? number : number + " " + input.unit;
}

} // namespace

ReasonTree::ReasonTree(const Tape& tape, const Inputs& inputs, std::int32_t result, double value)
    : tape_(tape), inputs_(inputs), result_(result), value_(value), adjoints_(tape.adjoints(result)) {}

Reason ReasonTree::to_depth(std::size_t depth) {
    opened_.clear();
    Reason root = line_of(result_, value_, {});
    if (root.kind == Reason::Kind::constant) return root;
    if (root.kind == Reason::Kind::input) return root;
    open(root, result_, depth);
    return root;
}

bool ReasonTree::is_named(std::int32_t node) const {
    return tape_.call_at(node) != nullptr || tape_.input_at(node) >= 0;
}

double ReasonTree::elasticity(std::int32_t node, double value) const {
    if (node < 0 || value_ == 0.0) return 0.0;
    return adjoints_[static_cast<std::size_t>(node)] * value / value_;
}

Reason ReasonTree::line_of(std::int32_t node, double value, const Dim& dim) const {
    Reason out;
    out.value = value;
    out.text = quantity_text(value, dim);
    if (node < 0) return out;
    out.elasticity = elasticity(node, value);
    if (const auto row = tape_.input_at(node); row >= 0) {
        out.kind = Reason::Kind::input;
        out.input = &inputs_.rows[static_cast<std::size_t>(row)];
        out.text = input_text(*out.input, value);
    } else if (const auto* call = tape_.call_at(node); call != nullptr) {
        out.kind = Reason::Kind::call;
        out.formula = call->formula;
        out.text = quantity_text(value, call->dim);
    } else {
        out.kind = Reason::Kind::result;
    }
    return out;
}

/// Named nodes and inputs that a node is made of, not looking behind `stops`; ascending, each once.
ReasonTree::Nodes ReasonTree::named_below(std::int32_t node, const Nodes& stops) const {
    Nodes found;
    std::unordered_set<std::int32_t> seen(stops.begin(), stops.end());
    Nodes todo{node};
    while (!todo.empty()) {
        const auto at = static_cast<std::size_t>(todo.back());
        todo.pop_back();
        for (const auto parent : tape_.nodes()[at].parent) {
            if (parent < 0 || !seen.insert(parent).second) continue;
            (is_named(parent) ? found : todo).push_back(parent);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::size_t ReasonTree::n_parts(std::int32_t node) const {
    if (node < 0 || tape_.input_at(node) >= 0) return 0;
    const auto* call = tape_.call_at(node);
    return call != nullptr && !call->arguments.empty() ? call->arguments.size() : named_below(node, {}).size();
}

Reason ReasonTree::part(std::int32_t node, double value, const Dim& dim, const char* role, std::size_t depth) {
    // A value that passes through unchanged on its way from a named formula or an input is that formula or input.
    if (node >= 0 && !is_named(node)) {
        const auto below = named_below(node, {});
        if (below.size() == 1 && tape_.nodes()[static_cast<std::size_t>(below.front())].value == value)
            node = below.front();
    }
    Reason out = line_of(node, value, dim);
    out.role = role;
    if (out.kind != Reason::Kind::call && out.kind != Reason::Kind::result) return out;
    const auto opened = opened_.find(node);
    if (opened != opened_.end()) {
        out.kind = Reason::Kind::reference;
        out.number = opened->second;
        return out;
    }
    if (depth == 0)
        out.n_hidden = n_parts(node);
    else
        open(out, node, depth);
    return out;
}

void ReasonTree::open(Reason& reason, std::int32_t node, std::size_t depth) {
    if (depth == 0) {
        reason.n_hidden = n_parts(node);
        return;
    }
    reason.number = static_cast<int>(opened_.size()) + 1;
    opened_.emplace(node, reason.number);
    if (const auto* call = tape_.call_at(node); call != nullptr)
        open_call(reason, *call, depth);
    else
        add_named_below(reason, named_below(node, {}), depth);
}

void ReasonTree::open_call(Reason& reason, const TapeCall& call, std::size_t depth) {
    Nodes told; // what the arguments say already
    for (const auto& argument : call.arguments) {
        reason.parts.push_back(part(argument.node, argument.value, argument.dim, argument.name, depth - 1));
        if (argument.node < 0) continue;
        told.push_back(argument.node);
        const auto below = named_below(argument.node, {});
        told.insert(told.end(), below.begin(), below.end());
    }
    add_named_below(reason, named_below(call.node, told), depth);
}

void ReasonTree::add_named_below(Reason& reason, const Nodes& nodes, std::size_t depth) {
    auto ranked = nodes;
    const auto weight = [&](std::int32_t node) {
        return std::fabs(elasticity(node, tape_.nodes()[static_cast<std::size_t>(node)].value));
    };
    std::stable_sort(ranked.begin(), ranked.end(), [&](auto a, auto b) { return weight(a) > weight(b); });
    std::erase_if(ranked, [&](auto node) { return adjoints_[static_cast<std::size_t>(node)] == 0.0; });
    const std::size_t shown = std::min(most_parts, ranked.size());
    for (std::size_t k = 0; k < shown; ++k) {
        const auto value = tape_.nodes()[static_cast<std::size_t>(ranked[k])].value;
        reason.parts.push_back(part(ranked[k], value, {}, "", depth - 1));
    }
    if (shown == ranked.size()) return;
    Reason rest;
    rest.kind = Reason::Kind::rest;
    rest.n_hidden = ranked.size() - shown;
    reason.parts.push_back(std::move(rest));
}

std::size_t n_lines(const Reason& reason) {
    std::size_t sum = reason.kind == Reason::Kind::call ? 2 : 1;
    for (const auto& part : reason.parts)
        sum += n_lines(part);
    return sum;
}

bool is_complete(const Reason& reason) {
    if (reason.n_hidden > 0 && reason.kind != Reason::Kind::rest) return false;
    return std::all_of(reason.parts.begin(), reason.parts.end(), is_complete);
}

} // namespace autarky::analysis
