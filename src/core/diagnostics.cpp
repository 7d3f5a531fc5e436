// autarky: collects and prints diagnostics.
// SPDX-License-Identifier: Apache-2.0
#include "core/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "core/visible.hpp"
#include "core/word_row.hpp"

namespace autarky {
namespace {

/// Code points of UTF-8 text: bytes that do not continue one.
bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

/// Blanks as wide as the first `count` code points of a line that is shown; a wide (CJK) one takes two cells.
std::string padding(std::string_view line, std::size_t count) {
    std::string out;
    std::size_t seen = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (!starts_code_point(line[at])) continue;
        if (seen++ == count) break;
        const bool is_wide = static_cast<unsigned char>(line[at]) >= 0xE3U && !line.substr(at).starts_with("\uFFFD");
        out += is_wide ? "  " : " ";
    }
    return out;
}

/// Capitals are no difference.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t substituted = diagonal + (same_word(a.substr(i, 1), b.substr(j, 1)) ? 0U : 1U);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, substituted});
        }
    }
    return row.back();
}

} // namespace

void Diagnostics::error(Origin origin, std::string code, std::string message, std::string hint) {
    items_.push_back({std::move(origin), std::move(code), Severity::error, std::move(message), std::move(hint), {}});
    ++n_errors_;
}

void Diagnostics::error_in(std::string_view field, std::string code, std::string message, std::string hint) {
    items_.push_back({{}, std::move(code), Severity::error, std::move(message), std::move(hint), std::string(field)});
    ++n_errors_;
}

void Diagnostics::warning(Origin origin, std::string code, std::string message, std::string hint) {
    items_.push_back({std::move(origin), std::move(code), Severity::warning, std::move(message), std::move(hint), {}});
}

void Diagnostics::remember_source(const std::string& file, std::string text) {
    sources_.push_back({file, std::move(text)});
}

void Diagnostics::merge(const Diagnostics& other) {
    const auto key = [](const Diagnostic& d) {
        return std::tuple(d.origin.file, d.origin.line, d.origin.column, d.code, d.field, d.message);
    };
    std::set<decltype(key(Diagnostic{}))> known;
    for (const auto& item : items_)
        known.insert(key(item));
    for (const auto& item : other.items_) {
        if (!known.insert(key(item)).second) continue;
        items_.push_back(item);
        if (item.severity == Severity::error) ++n_errors_;
    }
    for (const auto& source : other.sources_) {
        const auto is_same = [&](const Source& mine) { return mine.file == source.file; };
        if (std::none_of(sources_.begin(), sources_.end(), is_same)) sources_.push_back(source);
    }
}

std::string_view Diagnostics::line_of(const Origin& origin) const {
    for (const auto& source : sources_) {
        if (source.file != origin.file || origin.line == 0) continue;
        std::string_view rest = source.text;
        for (std::size_t line = 1; line < origin.line; ++line) {
            const auto end = rest.find('\n');
            if (end == std::string_view::npos) return {};
            rest.remove_prefix(end + 1);
        }
        auto line = rest.substr(0, rest.find('\n'));
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        return line;
    }
    return {};
}

std::vector<Diagnostic> Diagnostics::sorted() const {
    auto out = items_;
    std::stable_sort(out.begin(), out.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.origin.file, a.origin.line, a.origin.column) <
               std::tie(b.origin.file, b.origin.line, b.origin.column);
    });
    return out;
}

std::string Diagnostics::render(bool colour, std::size_t limit, const FieldName& name) const {
    const auto found = sorted();
    const char* red = colour ? "\033[1;31m" : "";
    const char* yellow = colour ? "\033[1;33m" : "";
    const char* plain = colour ? "\033[0m" : "";
    constexpr std::size_t widest_line = 160;
    std::string out;
    for (std::size_t i = 0; i < std::min(limit, found.size()); ++i) {
        const auto& d = found[i];
        if (!d.origin.file.empty()) {
            out += visible(d.origin.file);
            if (d.origin.line > 0) out += fmt::format(":{}:{}", d.origin.line, d.origin.column);
            out += ": ";
        }
        const bool is_error = d.severity == Severity::error;
        out += fmt::format("{}{}[{}]{}: {}{}\n", is_error ? red : yellow, is_error ? "error" : "warning", d.code, plain,
                           d.field.empty() ? "" : visible(name ? name(d.field) : d.field) + ": ",
                           visible(with_field_names(d.message, name)));
        const auto line = visible(line_of(d.origin));
        if (!line.empty() && d.origin.column > 0 && line.size() <= widest_line) {
            const std::string number = fmt::format("{:>5}", d.origin.line);
            out += fmt::format("{} | {}\n", number, line);
            out += fmt::format("{} | {}{}{}{}\n", std::string(number.size(), ' '), padding(line, d.origin.column - 1),
                               red, "^" + std::string(std::max<std::size_t>(d.origin.length, 1) - 1, '~'), plain);
        }
        if (!d.hint.empty()) out += fmt::format("      = {}\n", visible(with_field_names(d.hint, name)));
    }
    if (found.size() > limit) out += fmt::format("... and {} more\n", found.size() - limit);
    return out;
}

namespace {
constexpr char mark_begin = '\x0E', mark_end = '\x0F'; // no text of a file keeps these: they are escaped or refused
} // namespace

std::string field_mark(std::string_view field) { return fmt::format("{}{}{}", mark_begin, field, mark_end); }

std::string with_field_names(std::string_view text, const FieldName& name) {
    std::string out;
    while (!text.empty()) {
        const auto begin = text.find(mark_begin);
        const auto end = begin == std::string_view::npos ? begin : text.find(mark_end, begin);
        if (end == std::string_view::npos) break;
        const auto field = text.substr(begin + 1, end - begin - 1);
        out += text.substr(0, begin);
        out += name ? name(field) : std::string(field);
        text.remove_prefix(end + 1);
    }
    return out + std::string(text);
}

std::string_view closest(std::string_view word, const std::vector<std::string_view>& candidates) {
    constexpr std::size_t longest_word = 64; // longer texts are no typos, and the distance is quadratic
    if (word.size() > longest_word) return {};
    std::string_view best;
    std::size_t best_distance = std::max<std::size_t>(word.size() / 3, 2) + 1;
    for (const auto candidate : candidates) {
        if (candidate.size() > longest_word) continue;
        const auto distance = edit_distance(word, candidate);
        if (distance < best_distance && distance < candidate.size()) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

namespace {

/// Whether `word` is one of the words that a name is made of: taylor of samsung_taylor_sf2.
bool has_part(std::string_view name, std::string_view word) {
    constexpr std::string_view borders = "_.- ";
    for (std::size_t at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1)) {
        const auto end = at + word.size();
        const bool begins = at == 0 || borders.find(name[at - 1]) != std::string_view::npos;
        const bool ends = end == name.size() || borders.find(name[end]) != std::string_view::npos;
        if (begins && ends) return true;
    }
    return false;
}

/// The names that have the word as a part, where they are few enough to choose from.
std::vector<std::string_view> names_with(std::string_view word, const std::vector<std::string_view>& candidates) {
    constexpr std::size_t shortest = 4, most = 3; // "us" or "n3" is a part of too much to be meant
    std::vector<std::string_view> out;
    if (word.size() < shortest) return out;
    for (const auto name : candidates)
        if (has_part(name, word)) out.push_back(name);
    if (out.size() > most) out.clear();
    return out;
}

} // namespace

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
    const auto best = closest(word, candidates);
    const auto named = best.empty() ? names_with(word, candidates) : std::vector{best};
    std::string out;
    for (std::size_t i = 0; i < named.size(); ++i)
        out += fmt::format("{}'{}'", i == 0 ? "did you mean " : i + 1 < named.size() ? ", " : " or ", named[i]);
    return out.empty() ? out : out + "?";
}

} // namespace autarky
