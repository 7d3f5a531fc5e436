// autarky: JSON, written in this one place: UTF-8, escaped, no number that is none.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "show/shape.hpp"
#include "show/sink.hpp"

namespace autarky::show {

/// Where text goes, piece by piece.
using Out = std::function<void(std::string_view)>;

/// Writes JSON: two blanks a level, short records and lists of plain values on one line. Numbers read back as they were;
/// one without a fraction keeps its ".0". What is no UTF-8 becomes U+FFFD.
class JsonWriter final : public Sink {
public:
    explicit JsonWriter(Out out) : out_(std::move(out)) {}
    ~JsonWriter() override = default;

    void begin_object(bool is_short) override { begin('{', is_short); }
    void key(std::string_view name) override;
    void end_object() override { end('}'); }
    void begin_list(bool is_short) override { begin('[', is_short); }
    void end_list() override { end(']'); }
    void null() override { plain("null"); }
    void boolean(bool value) override { plain(value ? "true" : "false"); }
    void integer(std::int64_t value) override;
    void natural(std::uint64_t value) override;
    void number(double value) override;
    void text(std::string_view value) override;
    /// Ends the document with a line end and hands over what is left.
    void finish();

private:
    struct Level {
        bool is_short = false, is_empty = true;
    };
    void begin(char bracket, bool is_short);
    void end(char bracket);
    void separate();
    void plain(std::string_view text);

    Out out_;
    std::string buffer_;
    std::vector<Level> levels_;
    bool has_key_ = false;
};

/// Text between quotation marks.
std::string json_quoted(std::string_view text);

/// `--json` of an answer, byte for byte.
template <class A> void write_json(const A& answer, std::string_view schema, Out out) {
    JsonWriter writer(std::move(out));
    walk_answer(answer, schema, writer);
    writer.finish();
}
template <class A> std::string json_text(const A& answer, std::string_view schema) {
    std::string text;
    write_json(answer, schema, [&text](std::string_view part) { text += part; });
    return text;
}

} // namespace autarky::show
