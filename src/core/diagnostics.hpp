// autarky: what is wrong with an input, where, and what to do about it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace autarky {

/// Place in a file; lines and columns count from 1 (columns in code points), 0 means unknown.
struct Origin {
    std::string file;
    std::size_t line = 0;
    std::size_t column = 0;
    std::size_t length = 1; ///< code points to underline
};

enum class Severity { error, warning };

/// One finding. `message` says what is wrong and names the key; `hint` what was expected or what to do.
struct Diagnostic {
    Origin origin;
    std::string
        code; ///< "E0203"; families: E01 syntax, E02 values and units, E03 references, E04 model, E05 command line, E06 files
    Severity severity = Severity::error;
    std::string message;
    std::string hint;
    std::string field{}; ///< of a question, when the finding is about what was asked and not about a file
};

/// How a face calls a field of a question: "--wafer-price", "wafer_price=".
using FieldName = std::function<std::string(std::string_view field)>;

/// A field of a question inside a message or a hint; each face puts its own name there.
std::string field_mark(std::string_view field);
/// The text with its marked fields as the face calls them; without `name` by their plain keys.
std::string with_field_names(std::string_view text, const FieldName& name = {});

/// Collects findings of a pass, so that the reader of a file sees all of them at once.
class Diagnostics {
public:
    void error(Origin origin, std::string code, std::string message, std::string hint = {});
    void warning(Origin origin, std::string code, std::string message, std::string hint = {});
    /// A finding about a field of a question; the message follows its name and a colon.
    void error_in(std::string_view field, std::string code, std::string message, std::string hint = {});
    /// Text of a file, so that `render` can show the line.
    void remember_source(const std::string& file, std::string text);

    /// Takes over the findings of another pass, except those that are here already, and its texts.
    void merge(const Diagnostics& other);

    [[nodiscard]] bool has_errors() const { return n_errors_ > 0; }
    [[nodiscard]] bool empty() const { return items_.empty(); }
    [[nodiscard]] const std::vector<Diagnostic>& items() const { return items_; }
    /// The findings in the order of their places.
    [[nodiscard]] std::vector<Diagnostic> sorted() const;
    /// Findings with source line and caret, in file order; after `limit` the rest is counted, not shown.
    /// `name` is how the face calls the fields of a question; not given: by their keys.
    [[nodiscard]] std::string render(bool colour = false, std::size_t limit = 20, const FieldName& name = {}) const;

private:
    struct Source {
        std::string file;
        std::string text;
    };
    [[nodiscard]] std::string_view line_of(const Origin& origin) const;

    std::vector<Diagnostic> items_;
    std::vector<Source> sources_;
    std::size_t n_errors_ = 0;
};

/// Thrown once, at the end of a pass that found errors; each face prints `diagnostics` in its way.
struct InputError {
    Diagnostics diagnostics;
};

/// The candidate closest to `word` by edit distance, if it is close enough to be a typo of it; else empty.
std::string_view closest(std::string_view word, const std::vector<std::string_view>& candidates);
/// "did you mean 'x'?", of up to three names that have the word as a part "did you mean 'x_a' or 'x_b'?", or empty.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);

} // namespace autarky
