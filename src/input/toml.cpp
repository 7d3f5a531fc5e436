// autarky: TOML text to tree, by toml++.
// SPDX-License-Identifier: Apache-2.0
#include "input/toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/toml_library.hpp"
#include "core/utf8.hpp"

namespace autarky::scenario {
namespace {

Origin origin_of_byte(const Text& text, std::size_t at) {
    const std::string_view before = std::string_view(text.content).substr(0, at);
    const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    const auto begin = before.rfind('\n');
    const auto column = code_points(begin == std::string_view::npos ? before : before.substr(begin + 1)) + 1;
    return {text.name, line, column, 1};
}

/// Counts depth and values without building anything: brackets, dotted keys and commas outside strings and comments.
class Scan {
public:
    Scan(std::string_view text, const TextLimits& limits) : text_(text), limits_(limits) {}

    enum class Outcome { fine, too_deep, too_many };
    Outcome run() {
        for (at_ = 0; at_ < text_.size(); ++at_) {
            step(text_[at_]);
            if (depth_ > limits_.depth || dots_ > limits_.depth) return Outcome::too_deep;
            if (values_ > limits_.values) return Outcome::too_many;
        }
        return Outcome::fine;
    }
    [[nodiscard]] std::size_t at() const { return std::min(at_, text_.size() - 1); }

private:
    void step(char c) {
        switch (c) {
        case '#': skip_to_line_end(); break;
        case '"':
        case '\'': skip_string(c); break;
        case '[':
        case '{':
            ++depth_;
            ++values_;
            dots_ = 0;
            break;
        case ']':
        case '}': depth_ -= depth_ > 0 ? 1 : 0; break;
        case '.': ++dots_; break;
        case ',':
        case '=':
            ++values_;
            dots_ = 0;
            break;
        case '\n': dots_ = 0; break;
        default: break;
        }
    }
    void skip_to_line_end() {
        const auto end = text_.find('\n', at_);
        at_ = end == std::string_view::npos ? text_.size() : end - 1;
    }
    void skip_string(char quote) {
        const std::string triple(3, quote);
        const bool is_triple = text_.substr(at_, 3) == triple;
        at_ += is_triple ? 3 : 1;
        for (; at_ < text_.size(); ++at_) {
            if (quote == '"' && text_[at_] == '\\')
                ++at_;
            else if (is_triple && text_.substr(at_, 3) == triple) {
                at_ += 2; // two more quotes may belong to the text
                for (int more = 0; more < 2 && at_ + 1 < text_.size() && text_[at_ + 1] == quote; ++more)
                    ++at_;
                return;
            } else if (!is_triple && (text_[at_] == quote || text_[at_] == '\n'))
                return;
        }
    }

    std::string_view text_;
    TextLimits limits_;
    std::size_t at_ = 0, depth_ = 0, dots_ = 0, values_ = 0;
};

class Converter {
public:
    explicit Converter(int text) : text_(text) {}

    Node convert(const toml::node& from) const {
        Node node;
        node.place = place(from.source());
        if (const auto* table = from.as_table()) {
            convert_table(*table, node);
        } else if (const auto* array = from.as_array()) {
            node.kind = NodeKind::array;
            node.items.reserve(array->size());
            for (const auto& item : *array)
                node.items.push_back(convert(item));
        } else if (const auto* text = from.as_string()) {
            node.kind = NodeKind::text;
            node.text = text->get();
        } else if (const auto* integer = from.as_integer()) {
            node.kind = NodeKind::integer;
            node.integer = integer->get();
        } else if (const auto* real = from.as_floating_point()) {
            node.kind = NodeKind::real;
            node.real = real->get();
        } else if (const auto* boolean = from.as_boolean()) {
            node.kind = NodeKind::boolean;
            node.boolean = boolean->get();
        } else {
            convert_date(from, node);
        }
        return node;
    }

private:
    [[nodiscard]] Place place(const toml::source_region& region) const {
        const auto& begin = region.begin;
        const auto& end = region.end;
        const bool one_line = begin.line == end.line && end.column > begin.column;
        return {text_, begin.line, begin.column, one_line ? end.column - begin.column : 1U};
    }
    void convert_table(const toml::table& from, Node& node) const {
        node.members.reserve(from.size());
        for (const auto& [key, value] : from)
            node.members.push_back({std::string(key.str()), place(key.source()), convert(value)});
        std::stable_sort(node.members.begin(), node.members.end(), [](const Member& a, const Member& b) {
            return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
        });
    }
    static void convert_date(const toml::node& from, Node& node) {
        node.kind = NodeKind::date;
        const auto text = [](const toml::date& d) { return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day); };
        if (const auto* date = from.as_date())
            node.text = text(date->get());
        else if (const auto* moment = from.as_date_time())
            node.text = text(moment->get().date);
        else
            node.text = "a time of day";
    }

    int text_;
};

/// Place of `key` in a line, the one that ends last before `column` if there is one there.
Origin origin_of_key(const Text& text, std::size_t line_number, std::size_t column, const std::string& key) {
    std::string_view rest = text.content;
    for (std::size_t line = 1; line < line_number && !rest.empty(); ++line)
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    const auto line = rest.substr(0, rest.find('\n'));
    const auto before = column > 1 ? line.rfind(key, column - 2) : std::string_view::npos;
    const auto at = before != std::string_view::npos ? before : line.find(key);
    if (key.empty() || at == std::string_view::npos) return {text.name, line_number, column, 1};
    return {text.name, line_number, code_points(line.substr(0, at)) + 1, code_points(key)};
}

/// A sentence of toml++ in our words: "cannot redefine existing string 'area'" is a key given twice.
void report_syntax_error(const toml::parse_error& error, const Text& text, Diagnostics& diagnostics) {
    const auto at = error.source().begin;
    std::string message(error.description());
    constexpr std::string_view prefix = "Error while parsing ";
    if (const auto redefine = message.find("cannot redefine existing "); redefine != std::string::npos) {
        const auto first = message.find('\'', redefine);
        const auto last = message.rfind('\'');
        const auto key = first < last ? message.substr(first + 1, last - first - 1) : std::string{};
        diagnostics.error(origin_of_key(text, at.line, at.column, key), "E0102",
                          fmt::format("'{}' is given twice", key),
                          "keep one of the two; a variant is the place for an alternative value");
        return;
    }
    if (message.starts_with(prefix)) message.erase(0, prefix.size());
    diagnostics.error({text.name, at.line, at.column, 1}, "E0101", fmt::format("this is not TOML: {}", message),
                      "texts stand in quotes, and a table in braces stays on one line");
}

} // namespace

std::optional<Node> read_toml(const Texts& texts, int text_number, Diagnostics& diagnostics, const TextLimits& limits) {
    const Text& text = texts.texts[static_cast<std::size_t>(text_number)];
    if (text.content.size() > limits.bytes) {
        diagnostics.error({text.name, 0, 0, 1}, "E0602",
                          fmt::format("the file has {:.1f} MB, more than the {:.0f} MB that a scenario may have",
                                      static_cast<double>(text.content.size()) / 1e6,
                                      static_cast<double>(limits.bytes) / 1e6),
                          "is this the right file?");
        return std::nullopt;
    }
    if (const auto bad = first_invalid_utf8(text.content); bad != std::string_view::npos) {
        const auto byte = static_cast<unsigned>(static_cast<unsigned char>(text.content[bad]));
        diagnostics.error(origin_of_byte(text, bad), "E0104",
                          fmt::format("byte 0x{:02X} at offset {} is not UTF-8", byte, bad), "save the file as UTF-8");
        return std::nullopt;
    }
    Scan scan(text.content, limits);
    if (const auto outcome = scan.run(); outcome != Scan::Outcome::fine) {
        if (outcome == Scan::Outcome::too_deep)
            diagnostics.error(origin_of_byte(text, scan.at()), "E0103",
                              fmt::format("lists or tables are nested more than {} deep here", limits.depth),
                              "a scenario needs four levels");
        else
            diagnostics.error(origin_of_byte(text, scan.at()), "E0103",
                              fmt::format("the file has more than {} values", limits.values),
                              "is this the right file?");
        return std::nullopt;
    }
    const auto parsed = toml::parse(std::string_view(text.content), std::string_view(text.name));
    if (!parsed) {
        report_syntax_error(parsed.error(), text, diagnostics);
        return std::nullopt;
    }
    return Converter(text_number).convert(parsed.table());
}

} // namespace autarky::scenario
