// autarky: the tree of a scenario file, merged and located.
// SPDX-License-Identifier: Apache-2.0
#include "input/node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "core/exact_text.hpp"

namespace autarky::scenario {

int Texts::add(Text text) {
    texts.push_back(std::move(text));
    return static_cast<int>(texts.size()) - 1;
}

Origin Texts::origin(const Place& place) const {
    if (place.text < 0) return {};
    return {of(place).name, place.line, place.column, place.length};
}

const Node* Node::find(std::string_view key) const {
    for (const auto& member : members)
        if (member.key == key) return &member.value;
    return nullptr;
}

Node* Node::find(std::string_view key) {
    for (auto& member : members)
        if (member.key == key) return &member.value;
    return nullptr;
}

void Node::erase(std::string_view key) {
    std::erase_if(members, [key](const Member& member) { return member.key == key; });
}

std::string_view kind_name(NodeKind kind) {
    switch (kind) {
    case NodeKind::table: return "a table";
    case NodeKind::array: return "a list";
    case NodeKind::text: return "a text";
    case NodeKind::integer: return "a whole number";
    case NodeKind::real: return "a number";
    case NodeKind::boolean: return "true or false";
    case NodeKind::date: return "a date";
    }
    return "";
}

bool is_value_table(const Node& node) {
    return node.is_table() && (node.find("is") != nullptr || node.find("series") != nullptr);
}

void overlay(Node& base, Node over) {
    if (!over.is_table() || is_value_table(over)) {
        base = std::move(over);
        return;
    }
    if (!base.is_table()) { // remarks on a value that was written without a table
        if (over.members.empty()) return;
        Node value;
        value.place = base.place;
        value.citation = base.citation;
        const auto place = base.place;
        const std::string_view key = base.is_array() ? "series" : "is";
        value.members.push_back({std::string(key), place, std::move(base)});
        base = std::move(value);
    }
    std::unordered_map<std::string_view, std::size_t> index;
    std::vector<std::string> known; // the map's keys must survive the growth of `members`
    known.reserve(base.members.size() + over.members.size());
    for (std::size_t i = 0; i < base.members.size(); ++i)
        index.emplace(known.emplace_back(base.members[i].key), i);
    if (!is_value_table(base)) base.place = over.place;
    for (auto& member : over.members) {
        const auto found = index.find(member.key);
        if (found == index.end()) {
            index.emplace(known.emplace_back(member.key), base.members.size());
            base.members.push_back(std::move(member));
        } else {
            auto& target = base.members[found->second];
            target.place = member.place;
            overlay(target.value, std::move(member.value));
        }
    }
}

namespace {
void stamp(Node& node, int inherited, bool is_root, Texts& texts) {
    node.citation = inherited;
    if (!is_root && node.is_table() && !is_value_table(node)) {
        const Node* source = node.find("source");
        if (source != nullptr && source->is_text()) {
            texts.citations.push_back({source->text, source->place});
            inherited = static_cast<int>(texts.citations.size()) - 1;
        }
    }
    for (auto& member : node.members)
        stamp(member.value, inherited, false, texts);
    for (auto& item : node.items)
        stamp(item, inherited, false, texts);
}

bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Byte at which a place begins in its text.
std::size_t byte_of(std::string_view content, const Place& place) {
    std::size_t at = 0;
    for (std::uint32_t line = 1; line < place.line; ++line) {
        const auto end = content.find('\n', at);
        if (end == std::string_view::npos) return content.size();
        at = end + 1;
    }
    for (std::uint32_t column = 1; column < place.column && at < content.size(); ++column) {
        ++at;
        while (at < content.size() && continues_code_point(content[at]))
            ++at;
    }
    return at;
}

std::size_t encoded_length(unsigned long code_point) {
    if (code_point < 0x80) return 1;
    if (code_point < 0x800) return 2;
    return code_point < 0x10000 ? 3 : 4;
}

/// Walks the written form of a TOML string and counts the bytes of the value that it stands for.
class WrittenString {
public:
    WrittenString(std::string_view content, std::size_t start) : content_(content), at_(start) {
        if (at_ >= content_.size()) return;
        const char quote = content_[at_];
        if (quote != '"' && quote != '\'') return; // an argument of the command line has no quotes
        escapes_ = quote == '"';
        const std::string triple(3, quote);
        if (content_.substr(at_, 3) != triple) {
            ++at_;
            return;
        }
        at_ += 3;
        if (at_ < content_.size() && content_[at_] == '\r') ++at_;
        if (at_ < content_.size() && content_[at_] == '\n') ++at_;
    }
    /// Byte of the text at which byte `offset` of the value is written.
    std::size_t written_at(std::size_t offset) {
        std::size_t value = 0;
        while (value < offset && at_ < content_.size())
            value += step();
        return at_;
    }

private:
    std::size_t step() {
        if (!escapes_ || content_[at_] != '\\' || at_ + 1 >= content_.size()) {
            ++at_;
            return 1;
        }
        const char kind = content_[at_ + 1];
        at_ += 2;
        const std::size_t digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
        if (digits > 0) {
            const auto code_point = std::strtoul(std::string(content_.substr(at_, digits)).c_str(), nullptr, 16);
            at_ += digits;
            return encoded_length(code_point);
        }
        if (kind != '\n' && kind != ' ' && kind != '\r' && kind != '\t') return 1;
        while (at_ < content_.size() && std::string_view(" \t\r\n").find(content_[at_]) != std::string_view::npos)
            ++at_;
        return 0; // a line that goes on
    }

    std::string_view content_;
    std::size_t at_;
    bool escapes_ = false;
};

void write_canonical(const Node& node, const Texts& texts, std::string& out) {
    if (node.citation >= 0 && !node.is_table())
        out += fmt::format("@{} ", texts.citations[static_cast<std::size_t>(node.citation)].source);
    switch (node.kind) {
    case NodeKind::table:
        out += "{\n";
        for (const auto& member : node.members) {
            out += fmt::format("{}:{}=", member.key.size(), member.key);
            write_canonical(member.value, texts, out);
        }
        out += "}\n";
        break;
    case NodeKind::array:
        out += "[\n";
        for (const auto& item : node.items)
            write_canonical(item, texts, out);
        out += "]\n";
        break;
    case NodeKind::text:
    case NodeKind::date: out += fmt::format("{}:{}\n", node.text.size(), node.text); break;
    case NodeKind::integer: out += fmt::format("{}\n", node.integer); break;
    case NodeKind::real: out += exact_text(node.real) + "\n"; break;
    case NodeKind::boolean: out += node.boolean ? "true\n" : "false\n"; break;
    }
}
} // namespace

void stamp_citations(Node& root, Texts& texts) { stamp(root, -1, true, texts); }

std::size_t code_points(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return !continues_code_point(c); }));
}

Place place_inside(const Texts& texts, const Node& text, std::size_t offset, std::size_t length) {
    if (text.place.text < 0) return text.place;
    const std::string_view content = texts.of(text.place).content;
    const std::size_t start = byte_of(content, text.place);
    const std::size_t from = WrittenString(content, start).written_at(offset);
    const std::size_t to = WrittenString(content, start).written_at(offset + length);
    Place place = text.place;
    const auto between = content.substr(start, from - start);
    const auto lines = std::count(between.begin(), between.end(), '\n');
    place.line += static_cast<std::uint32_t>(lines);
    if (lines > 0)
        place.column = static_cast<std::uint32_t>(code_points(between.substr(between.rfind('\n') + 1))) + 1;
    else
        place.column += static_cast<std::uint32_t>(code_points(between));
    place.length = static_cast<std::uint32_t>(std::max<std::size_t>(code_points(content.substr(from, to - from)), 1));
    return place;
}

std::string canonical(const Node& node, const Texts& texts) {
    std::string out;
    write_canonical(node, texts, out);
    return out;
}

} // namespace autarky::scenario
