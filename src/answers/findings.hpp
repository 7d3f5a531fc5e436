// autarky: findings as every face hands them on: alone, and as the warnings beside an answer.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/describe_plain.hpp"
#include "core/diagnostics.hpp"
#include "show/shape.hpp"

namespace autarky {

constexpr std::array<std::string_view, 2> choices(Type<Severity> /*type*/) { return {"error", "warning"}; }

constexpr auto describe(Type<Diagnostic> /*type*/) {
    using D = Diagnostic;
    return fields(item(
                      "file", [](const D& d) -> std::string_view { return d.origin.file; }, "The file; empty: none"),
                  item(
                      "line", [](const D& d) { return d.origin.line; }, "1"_u, "From 1; 0: unknown"),
                  item(
                      "column", [](const D& d) { return d.origin.column; }, "1"_u, "In characters from 1; 0: unknown"),
                  item(
                      "length", [](const D& d) { return d.origin.length; }, "1"_u, "Characters to underline"),
                  item("code", &D::code, "Code of the message"), item("severity", &D::severity, "error or warning"),
                  item(
                      "message", [](const D& d) { return with_field_names(d.message); }, "What is wrong"),
                  item(
                      "hint", [](const D& d) { return with_field_names(d.hint); }, "What was expected, or what to do"),
                  item("field", &D::field, "The field of the question").absent_if("the finding is about a file"));
}

} // namespace autarky

namespace autarky::answers {

/// A list of {file, line, column, length, code, severity, message, hint, field}: how every face hands findings on.
std::string findings_json(const Diagnostics& findings);

/// What was to be warned of while a question was read and worked on; the last key of every answer that is an object.
struct Warned {
    std::vector<Diagnostic> warnings;
};
constexpr auto describe(Type<Warned> /*type*/) {
    return fields(item("warnings", &Warned::warnings, "What was odd about the input, in the order of the text")
                      .absent_if("nothing was"));
}

/// Hands everything on, and the warnings before the end of the outermost object.
class WarningSink final : public show::Sink {
public:
    WarningSink(show::Sink& to, const Diagnostics& warnings) : to_(to), warnings_(warnings) {}

    void begin_object(bool is_short) override {
        ++depth_;
        to_.begin_object(is_short);
    }
    void key(std::string_view name) override { to_.key(name); }
    void end_object() override;
    void begin_list(bool is_short) override {
        ++depth_;
        to_.begin_list(is_short);
    }
    void end_list() override {
        --depth_;
        to_.end_list();
    }
    void null() override { to_.null(); }
    void boolean(bool value) override { to_.boolean(value); }
    void integer(std::int64_t value) override { to_.integer(value); }
    void natural(std::uint64_t value) override { to_.natural(value); }
    void number(double value) override { to_.number(value); }
    void text(std::string_view value) override { to_.text(value); }

private:
    show::Sink& to_;
    const Diagnostics& warnings_;
    int depth_ = 0;
};

} // namespace autarky::answers
