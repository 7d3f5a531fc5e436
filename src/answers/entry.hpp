// autarky: a question as every face sees it, whatever its types: what it asks, what comes out, and asking it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "answers/catalogue.hpp"
#include "answers/question.hpp"
#include "answers/watch.hpp"
#include "show/csv.hpp"
#include "show/json.hpp"
#include "show/shape.hpp"
#include "show/text.hpp"

namespace autarky::answers {

/// What an answer amounts to, for exit codes and status lines.
enum class Standing {
    good,
    gate_failed, ///< a gate that was asked for: a claim fails, a case is not reproduced, nothing clears
    unreliable,  ///< more than 0.1 % of the samples failed
    interrupted, ///< it was stopped; what was finished is there
    bad_input,   ///< the answer is that the input has errors
};

template <class A> Standing standing(const A& /*answer*/) { return Standing::good; }

struct Entry;

/// An answer of any type.
class Reply {
public:
    /// `warnings`: what was said to `Watch::notice` meanwhile; JSON and objects end with it.
    template <class A> Reply(A answer, const Entry& entry, Diagnostics warnings = {});

    /// Its name and version: "autarky.host/1".
    [[nodiscard]] const std::string& schema() const { return schema_; }
    /// What it is made of.
    [[nodiscard]] const show::RecordShape& shape() const { return verbs_->shape(); }
    /// Hands it over part by part, in the order of its description.
    void walk(show::Sink& sink) const;
    /// `--json`, byte for byte: in pieces, or whole.
    void write_json(show::Out out) const;
    [[nodiscard]] std::string json() const;
    /// Its tables, for CSV: see show::described.
    [[nodiscard]] std::vector<show::Table> tables() const;
    /// For people. Fields of the question are marked: see with_field_names.
    [[nodiscard]] std::string text(const show::Page& page) const {
        return show::fitted(verbs_->text(answer_.get(), page), page);
    }
    /// SVG; empty when the question has no picture.
    [[nodiscard]] std::string picture() const {
        return verbs_->picture ? verbs_->picture(answer_.get()) : std::string{};
    }
    [[nodiscard]] Standing standing() const { return verbs_->standing(answer_.get()); }
    template <class A> [[nodiscard]] const A& as() const { return *static_cast<const A*>(answer_.get()); }

    struct Verbs {
        void (*walk)(const void* answer, std::string_view schema, show::Sink& sink);
        std::string (*text)(const void* answer, const show::Page& page);
        std::string (*picture)(const void* answer);
        Standing (*standing)(const void* answer);
        const show::RecordShape& (*shape)();
    };

private:
    std::shared_ptr<const void> answer_;
    const Verbs* verbs_;
    std::string schema_;
    Diagnostics warnings_;
};

/// A question. All of them: questions.hpp.
struct Entry {
    std::string_view family; ///< "grid", or empty
    std::string_view name;   ///< "host"
    std::string_view summary;
    int version = 1; ///< of the answer; rises when a key goes or changes its meaning
    const QuestionShape& (*question)();
    const show::RecordShape& (*answer)();
    bool has_picture = false;
    bool uses_threads = false; ///< several threads make it quicker
    /// Asks with what a face was given. Throws InputError with a finding for every field that makes no sense.
    Reply (*ask)(const Entry& self, const Catalogue& catalogue, const Given& given, const Watch& watch);

    [[nodiscard]] std::string schema() const;
    /// JSON Schema of the answer, and of the request.
    [[nodiscard]] std::string answer_schema() const;
    [[nodiscard]] std::string request_schema() const;
};

template <class A> inline const Reply::Verbs* verbs_of() {
    static const Reply::Verbs verbs = [] {
        Reply::Verbs out{};
        out.walk = [](const void* answer, std::string_view schema, show::Sink& sink) {
            show::walk_answer(*static_cast<const A*>(answer), schema, sink);
        };
        out.text = [](const void* answer, const show::Page& page) {
            return text(*static_cast<const A*>(answer), page);
        };
        if constexpr (requires(const A& answer) { picture(answer); })
            out.picture = [](const void* answer) { return picture(*static_cast<const A*>(answer)); };
        out.standing = [](const void* answer) { return standing(*static_cast<const A*>(answer)); };
        out.shape = &show::record_shape<A>;
        return out;
    }();
    return &verbs;
}

template <class A>
Reply::Reply(A answer, const Entry& entry, Diagnostics warnings)
    : answer_(std::make_shared<const A>(std::move(answer))),
      verbs_(verbs_of<A>()),
      schema_(entry.schema()),
      warnings_(std::move(warnings)) {}

/// The entry of a free function `A ask(const Catalogue&, const Q&, const Watch&)`.
template <auto Ask, class Q, class A>
Entry entry_of(std::string_view family, std::string_view name, std::string_view summary) {
    Entry out{.family = family,
              .name = name,
              .summary = summary,
              .question = &question_shape<Q>,
              .answer = &show::record_shape<A>,
              .has_picture = requires(const A& answer){picture(answer);
}
, .ask = nullptr
}; // namespace autarky::answers
out.ask = [](const Entry& self, const Catalogue& catalogue, const Given& given, const Watch& watch) {
    Diagnostics warnings;
    auto answer = Ask(catalogue, question_from<Q>(given), keeping_notices(watch, warnings));
    return Reply(std::move(answer), self, std::move(warnings));
};
return out;
}

/// The entry of a question that several threads work on.
inline Entry threaded(Entry entry) {
    entry.uses_threads = true;
    return entry;
}

} // namespace autarky::answers
