// autarky: the tree of a scenario file: values and keys with their places in the text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"

namespace autarky::scenario {

/// A text that was read: a file, or an argument of the command line.
struct Text {
    std::string name;    ///< as shown to the user
    std::string content; ///< UTF-8
    std::string folder;  ///< to which the file names inside it are relative
};

/// Place in one of the texts; lines and columns count from 1, columns in code points.
struct Place {
    int text = -1;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::uint32_t length = 1;
};

/// A source id that a heading names for every value under it.
struct Citation {
    std::string source;
    Place place;
};

/// The texts of one load, and the citations of their headings.
struct Texts {
    std::vector<Text> texts;
    std::vector<Citation> citations;

    int add(Text text);
    [[nodiscard]] Origin origin(const Place& place) const;
    [[nodiscard]] const Text& of(const Place& place) const { return texts[static_cast<std::size_t>(place.text)]; }
};

enum class NodeKind { table, array, text, integer, real, boolean, date };

struct Member;

/// A value of a TOML document. `members` keeps the order of the file.
struct Node {
    NodeKind kind = NodeKind::table;
    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0.0;
    std::string text{};      ///< of a text; of a date as "2026-04-15"
    std::vector<Node> items; // no initialisers: both element types are incomplete here
    std::vector<Member> members;
    Place place{};
    int citation = -1; ///< row of Texts::citations, the source that its heading names

    [[nodiscard]] bool is_table() const { return kind == NodeKind::table; }
    [[nodiscard]] bool is_array() const { return kind == NodeKind::array; }
    [[nodiscard]] bool is_text() const { return kind == NodeKind::text; }
    [[nodiscard]] const Node* find(std::string_view key) const;
    Node* find(std::string_view key);
    /// Takes a key out; nothing happens if it is not there.
    void erase(std::string_view key);
};

struct Member {
    std::string key;
    Place place;
    Node value;
};

/// "a table", "a text", ... for messages.
std::string_view kind_name(NodeKind kind);

/// A table that is one value: `{ is = ..., source = ... }` or `{ series = ..., source = ... }`.
bool is_value_table(const Node& node);

/// Lays `over` on top of `base`: tables merge key by key, everything else (a value table too) replaces.
/// A table without `is` and `series` on top of a value changes only its remarks (source, note, ...).
void overlay(Node& base, Node over);

/// Gives every value the source id that its nearest heading names (`source = "id"` in a row or a section).
void stamp_citations(Node& root, Texts& texts);

/// Place of `length` bytes at byte `offset` of the value of a text node, quotes and escapes considered.
Place place_inside(const Texts& texts, const Node& text, std::size_t offset, std::size_t length);

/// The tree in one canonical form: equal trees, equal text.
std::string canonical(const Node& node, const Texts& texts);

/// Number of code points.
std::size_t code_points(std::string_view utf8);

} // namespace autarky::scenario
