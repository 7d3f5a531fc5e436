// autarky: lays JSON out and escapes its texts.
// SPDX-License-Identifier: Apache-2.0
#include "show/json.hpp"

#include <fmt/format.h>

#include <iterator>

#include "core/utf8.hpp"
#include "core/visible.hpp"

namespace autarky::show {
namespace {

constexpr std::size_t chunk = 1U << 16U;

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const auto c = static_cast<unsigned char>(text.front());
        if (c >= 0x80U) {
            const auto point = first_code_point(text);
            if (steers(point.value))
                out += json_escape(point.value);
            else
                out += point.size == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, point.size);
            text.remove_prefix(point.size == 0 ? 1 : point.size);
            continue;
        }
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\t': out += "\\t"; break;
        case '\r': out += "\\r"; break;
        default:
            if (c < 0x20U || c == 0x7FU)
                fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
            else
                out += text.front();
        }
        text.remove_prefix(1);
    }
    out += '"';
}

} // namespace

std::string json_quoted(std::string_view text) {
    std::string out;
    append_quoted(out, text);
    return out;
}

void JsonWriter::separate() {
    if (std::exchange(has_key_, false) || levels_.empty()) return;
    auto& level = levels_.back();
    if (!level.is_empty) buffer_ += level.is_short ? ", " : ",";
    if (!level.is_short) {
        buffer_ += '\n';
        buffer_.append(2 * levels_.size(), ' ');
    }
    level.is_empty = false;
}

void JsonWriter::plain(std::string_view text) {
    separate();
    buffer_ += text;
}

void JsonWriter::begin(char bracket, bool is_short) {
    separate();
    buffer_ += bracket;
    // what stands inside something short is short as well
    levels_.push_back({is_short || (!levels_.empty() && levels_.back().is_short), true});
}

void JsonWriter::end(char bracket) {
    const auto level = levels_.back();
    levels_.pop_back();
    if (!level.is_short && !level.is_empty) {
        buffer_ += '\n';
        buffer_.append(2 * levels_.size(), ' ');
    }
    buffer_ += bracket;
    if (buffer_.size() < chunk) return;
    out_(buffer_);
    buffer_.clear();
}

void JsonWriter::key(std::string_view name) {
    separate();
    append_quoted(buffer_, name);
    buffer_ += ": ";
    has_key_ = true;
}

void JsonWriter::integer(std::int64_t value) { plain(fmt::format_int(value).str()); }
void JsonWriter::natural(std::uint64_t value) { plain(fmt::format_int(value).str()); }

void JsonWriter::number(double value) {
    separate();
    const auto from = buffer_.size();
    fmt::format_to(std::back_inserter(buffer_), "{}", value);
    if (buffer_.find_first_of(".e", from) == std::string::npos) buffer_ += ".0";
}

void JsonWriter::text(std::string_view value) {
    separate();
    append_quoted(buffer_, value);
}

void JsonWriter::finish() {
    buffer_ += '\n';
    out_(buffer_);
    buffer_.clear();
}

} // namespace autarky::show
