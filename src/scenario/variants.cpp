// autarky: variants, checked and ordered.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "input/suggest.hpp"

namespace autarky::scenario {
namespace {

constexpr std::size_t most_variants = 200, most_settings = 2000;

std::vector<const Node*> bases_of(const Node& variant) {
    std::vector<const Node*> bases;
    const Node* extends = variant.find("extends");
    if (extends == nullptr) return bases;
    if (extends->is_text()) bases.push_back(extends);
    for (const auto& item : extends->items)
        if (item.is_text()) bases.push_back(&item);
    return bases;
}

} // namespace

Variants::Variants(Node table, const Texts& texts, Diagnostics& diagnostics)
    : table_(std::move(table)), texts_(texts), diagnostics_(diagnostics) {
    if (!table_.is_table()) {
        diagnostics_.error(texts_.origin(table_.place), "E0207", "variant: variants are tables", "[variant.a-name]");
        table_ = Node{};
    }
    if (table_.members.size() > most_variants) {
        diagnostics_.error(texts_.origin(table_.place), "E0103",
                           fmt::format("the scenario has {} variants", table_.members.size()),
                           fmt::format("it may have {}", most_variants));
        table_ = Node{};
    }
    for (const auto& member : table_.members) {
        names_.push_back(member.key);
        check_keys(member);
    }
    std::vector<Mark> marks(names_.size(), Mark::unseen);
    for (std::size_t i = 0; i < names_.size(); ++i) {
        std::vector<int> chain;
        visit(static_cast<int>(i), marks, chain, nullptr);
    }
    is_checking_ = false;
}

int Variants::index_of(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    return found == names_.end() ? -1 : static_cast<int>(found - names_.begin());
}

std::string Variants::hint_for(std::string_view name) const {
    auto hint = did_you_mean(name, {names_.begin(), names_.end()});
    if (!hint.empty()) return hint;
    return names_.empty() ? "it has no variants" : fmt::format("its variants are {}", fmt::join(names_, ", "));
}

void Variants::check_keys(const Member& member) {
    static const std::vector<std::string_view> keys{"title", "extends", "source", "use", "set", "note"};
    const auto path = "variant." + member.key;
    if (!member.value.is_table()) {
        diagnostics_.error(texts_.origin(member.value.place), "E0207", fmt::format("{}: a variant is a table", path),
                           fmt::format("[{}]", path));
        return;
    }
    for (const auto& [key, place, value] : member.value.members) {
        const bool is_text_key = key == "title" || key == "source" || key == "note";
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            diagnostics_.error(texts_.origin(place), "E0301", fmt::format("unknown key '{}' in {}", key, path),
                               "values stand under 'set': set = { \"process.sf2.wafer_price\" = \"...\" }");
        else if (is_text_key && !value.is_text())
            diagnostics_.error(texts_.origin(value.place), "E0207",
                               fmt::format("{}.{}: needs a text, not {}", path, key, kind_name(value.kind)));
        else if (key == "set" && (!value.is_table() || value.members.size() > most_settings))
            diagnostics_.error(texts_.origin(value.place), "E0207",
                               fmt::format("{}.set: needs a table of at most {} values", path, most_settings),
                               "set = { \"process.sf2.wafer_price\" = \"...\" }");
        else if (key == "extends" && !value.is_text() && !value.is_array())
            diagnostics_.error(
                texts_.origin(value.place), "E0207",
                fmt::format("{}.extends: needs the name of a variant, not {}", path, kind_name(value.kind)));
    }
}

void Variants::visit(int variant, std::vector<Mark>& marks, std::vector<int>& chain,
                     std::vector<const Member*>* order) {
    auto& mark = marks[static_cast<std::size_t>(variant)];
    if (mark == Mark::done) return;
    mark = Mark::open;
    chain.push_back(variant);
    const Member& member = table_.members[static_cast<std::size_t>(variant)];
    for (const Node* base : bases_of(member.value)) {
        const int next = index_of(base->text);
        if (next < 0) {
            if (is_checking_)
                diagnostics_.error(texts_.origin(base->place), "E0305",
                                   fmt::format("variant.{}: the scenario has no variant '{}'", member.key, base->text),
                                   hint_for(base->text));
        } else if (marks[static_cast<std::size_t>(next)] == Mark::open) {
            if (!is_checking_) continue;
            std::string circle;
            for (auto it = std::find(chain.begin(), chain.end(), next); it != chain.end(); ++it)
                circle += names_[static_cast<std::size_t>(*it)] + " -> ";
            diagnostics_.error(texts_.origin(base->place), "E0306",
                               fmt::format("variants extend each other in a circle: {}{}", circle, base->text),
                               "take one 'extends' out");
        } else {
            visit(next, marks, chain, order);
        }
    }
    chain.pop_back();
    marks[static_cast<std::size_t>(variant)] = Mark::done;
    if (order != nullptr) order->push_back(&member);
}

std::vector<const Member*> Variants::in_order(const std::vector<std::string>& asked) {
    std::vector<const Member*> order;
    std::vector<Mark> marks(names_.size(), Mark::unseen);
    for (const auto& name : asked) {
        const int variant = index_of(name);
        if (variant < 0) {
            diagnostics_.error({}, "E0305", fmt::format("the scenario has no variant '{}'", name), hint_for(name));
            continue;
        }
        std::vector<int> chain;
        visit(variant, marks, chain, &order);
    }
    return order;
}

} // namespace autarky::scenario
