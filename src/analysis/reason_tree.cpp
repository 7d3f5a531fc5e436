// autarky: folds a tape.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/reason_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

/// Values below one line that are shown; more are counted.
constexpr std::size_t most_parts = 8;

std::string input_text(const Input& input, double value) {
    if (input.unit == "date") return show::date_text(value);
    const auto number = show::figure(value / input.unit_factor, 4);
    return input.unit.empty() || input.unit == "1" ? number : number + " " + input.unit;
}

} // namespace

ReasonTree::ReasonTree(const Tape& tape, const Inputs& inputs, std::int32_t result, double value)
    : tape_(tape), inputs_(inputs), result_(result), value_(value), adjoints_(tape.adjoints(result)) {}

Reason ReasonTree::to_depth(std::size_t depth) {
    depth_ = depth;
    wanted_.clear();
    return tree();
}

Reason ReasonTree::fitting(std::size_t lines) {
    Reason best = to_depth(1);
    std::unordered_set<std::int32_t> too_long;
    const auto heaviest = [&](const Reason& root) {
        const Reason* found = nullptr;
        const auto look = [&](const auto& self, const Reason& at) -> void {
            const bool is_folded = at.n_hidden > 0 && at.kind != Reason::Kind::rest && too_long.count(at.node) == 0;
            if (is_folded && (found == nullptr || std::fabs(at.elasticity) > std::fabs(found->elasticity))) found = &at;
            for (const auto& part : at.parts)
                self(self, part);
        };
        look(look, root);
        return found;
    };
    while (const Reason* next = heaviest(best)) {
        const auto node = next->node;
        wanted_.insert(node);
        Reason longer = tree();
        if (n_lines(longer) <= lines) {
            best = std::move(longer);
        } else {
            wanted_.erase(node);
            too_long.insert(node);
        }
    }
    return best;
}

Reason ReasonTree::tree() {
    opened_.clear();
    Reason root = line_of(result_, value_, {});
    if (root.kind == Reason::Kind::call || root.kind == Reason::Kind::result) open(root, 0);
    return root;
}

bool ReasonTree::is_named(std::int32_t node) const {
    return tape_.call_at(node) != nullptr || tape_.input_at(node) >= 0;
}

double ReasonTree::value_of_node(std::int32_t node) const {
    return tape_.nodes()[static_cast<std::size_t>(node)].value;
}

double ReasonTree::elasticity(std::int32_t node, double value) const {
    if (node < 0 || value_ == 0.0) return 0.0;
    return adjoints_[static_cast<std::size_t>(node)] * value / value_;
}

Reason ReasonTree::line_of(std::int32_t node, double value, const Dim& dim) const {
    Reason out;
    out.node = node;
    out.value = value;
    out.dim = dim;
    out.text = show::quantity_text(value, dim);
    if (node < 0) return out;
    out.elasticity = elasticity(node, value);
    if (const auto row = tape_.input_at(node); row >= 0) {
        out.kind = Reason::Kind::input;
        out.input = &inputs_.rows[static_cast<std::size_t>(row)];
        out.text = input_text(*out.input, value);
    } else if (const auto* call = tape_.call_at(node); call != nullptr) {
        out.kind = Reason::Kind::call;
        out.formula = call->formula;
        out.dim = call->dim;
        out.text = show::quantity_text(value, call->dim);
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

const ReasonTree::Nodes& ReasonTree::all_named_below(std::int32_t node) {
    const auto found = below_.find(node);
    return found != below_.end() ? found->second : below_.emplace(node, named_below(node, {})).first->second;
}

std::size_t ReasonTree::n_parts(std::int32_t node) {
    if (node < 0 || tape_.input_at(node) >= 0) return 0;
    const auto* call = tape_.call_at(node);
    return call != nullptr && !call->arguments.empty() ? call->arguments.size() : all_named_below(node).size();
}

Reason ReasonTree::part(std::int32_t node, double value, const Dim& dim, const char* role, std::size_t level) {
    // A value that passes through unchanged on its way from a named formula or an input is that formula or input.
    if (node >= 0 && !is_named(node))
        if (const auto& below = all_named_below(node); below.size() == 1 && value_of_node(below.front()) == value)
            node = below.front();
    Reason out = line_of(node, value, dim);
    out.role = role;
    if (out.kind != Reason::Kind::call && out.kind != Reason::Kind::result) return out;
    if (const auto opened = opened_.find(node); opened != opened_.end()) {
        out.kind = Reason::Kind::reference;
        out.number = opened->second;
    } else if (level < depth_ || wanted_.count(node) > 0) {
        open(out, level);
    } else {
        out.n_hidden = n_parts(node);
    }
    return out;
}

void ReasonTree::open(Reason& reason, std::size_t level) {
    reason.number = static_cast<int>(opened_.size()) + 1;
    opened_.emplace(reason.node, reason.number);
    if (const auto* call = tape_.call_at(reason.node); call != nullptr)
        open_call(reason, *call, level + 1);
    else
        add_named_below(reason, all_named_below(reason.node), level + 1);
}

void ReasonTree::open_call(Reason& reason, const TapeCall& call, std::size_t level) {
    Nodes told; // what the arguments say already
    for (const auto& argument : call.arguments) {
        reason.parts.push_back(part(argument.node, argument.value, argument.dim, argument.name, level));
        if (argument.node < 0) continue;
        told.push_back(argument.node);
        const auto& below = all_named_below(argument.node);
        told.insert(told.end(), below.begin(), below.end());
    }
    add_named_below(reason, named_below(call.node, told), level);
}

void ReasonTree::add_named_below(Reason& reason, Nodes nodes, std::size_t level) {
    const auto weight = [&](std::int32_t node) { return std::fabs(elasticity(node, value_of_node(node))); };
    std::erase_if(nodes, [&](auto node) { return adjoints_[static_cast<std::size_t>(node)] == 0.0; });
    std::stable_sort(nodes.begin(), nodes.end(), [&](auto a, auto b) { return weight(a) > weight(b); });
    const std::size_t shown = std::min(most_parts, nodes.size());
    for (std::size_t k = 0; k < shown; ++k)
        reason.parts.push_back(part(nodes[k], value_of_node(nodes[k]), {}, "", level));
    if (shown == nodes.size()) return;
    Reason rest;
    rest.kind = Reason::Kind::rest;
    rest.n_hidden = nodes.size() - shown;
    reason.parts.push_back(std::move(rest));
}

std::size_t n_lines(const Reason& reason) {
    const bool has_detail = reason.kind == Reason::Kind::call || reason.kind == Reason::Kind::input;
    std::size_t sum = has_detail ? 2 : 1;
    for (const auto& part : reason.parts)
        sum += n_lines(part);
    return sum;
}

bool is_complete(const Reason& reason) {
    if (reason.n_hidden > 0 && reason.kind != Reason::Kind::rest) return false;
    return std::all_of(reason.parts.begin(), reason.parts.end(), is_complete);
}

} // namespace autarky::analysis
