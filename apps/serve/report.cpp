// autarky: asks what a report shows and puts it into the page.
// SPDX-License-Identifier: Apache-2.0
#include "serve/report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "answers/questions.hpp"
#include "answers/stress_events.hpp"
#include "core/refuse.hpp"
#include "core/version.hpp"
#include "core/visible.hpp"
#include "input/parsed_texts.hpp"
#include "serve/page.hpp"

namespace autarky::serve {
namespace {

answers::Value list_of(const std::vector<std::string>& texts) {
    answers::Values out;
    for (const auto& text : texts)
        out.push_back({text});
    return {std::move(out)};
}

answers::Given about(const ReportQuestion& question) {
    return {{"scenario", {question.scenario}}, {"variant", list_of(question.variant)}, {"set", list_of(question.set)}};
}

/// The same without spaces and line ends between its parts: a third less to carry.
std::string compact(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    bool is_text = false, is_escaped = false;
    for (const char one : json) {
        if (!is_text && (one == ' ' || one == '\n')) continue;
        out += one;
        if (is_escaped)
            is_escaped = false;
        else if (is_text && one == '\\')
            is_escaped = true;
        else if (one == '"')
            is_text = !is_text;
    }
    return out;
}

/// Text of an element, without what would turn or steer it.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char one : visible_lines(text))
        out += one == '<' ? "&lt;" : one == '&' ? "&amp;" : std::string(1, one);
    return out;
}

/// Answers as JSON by the name of their question, and as text for readers without script.
class Contents {
public:
    Contents(const answers::Catalogue& catalogue, const answers::Watch& watch) : catalogue_(catalogue), watch_(watch) {}

    void ask(const char* name, const answers::Given& given) {
        const auto* entry = answers::find_question(name);
        const auto reply = entry->ask(*entry, catalogue_, given, watch_);
        json_ += fmt::format("{}{}:{}", json_.empty() ? "" : ",", nlohmann::json(name).dump(), compact(reply.json()));
        text_ += fmt::format("<pre>{}</pre>\n", escaped(reply.text({})));
    }
    /// The same of what looks deeper: a scenario in which there is nothing to tell apart is told so, and the rest stands.
    void ask_if_it_can(const char* name, const answers::Given& given) {
        try {
            ask(name, given);
        } catch (const InputError& error) {
            constexpr const char* nothing_to_tell = "E0402";
            for (const auto& one : error.diagnostics.items()) {
                if (one.code != nothing_to_tell) throw;
                text_ += fmt::format("<p>{}: {}</p>\n", name, escaped(one.message));
            }
        }
    }
    [[nodiscard]] const std::string& json() const { return json_; }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    const answers::Catalogue& catalogue_;
    const answers::Watch& watch_;
    std::string json_, text_;
};

} // namespace

std::vector<std::string> report_pictures() { return {"verdict", "map"}; }

ReportPicture report_picture(const answers::Catalogue& catalogue, const ReportQuestion& question,
                             const std::string& name, const answers::Watch& watch) {
    const auto names = report_pictures();
    if (std::find(names.begin(), names.end(), name) == names.end())
        refuse_field("svg", "E0505", fmt::format("a report has no picture '{}'", name),
                     fmt::format("there are {}", fmt::join(names, ", ")));
    auto given = about(question);
    given.emplace_back("seed", answers::Value{question.seed});
    if (name == "verdict") given.emplace_back("samples", answers::Value{question.samples});
    const auto* entry = answers::find_question(name == "verdict" ? "run" : name);
    return {name, entry->ask(*entry, catalogue, given, watch).picture()};
}

namespace {

using Asked = std::pair<const char*, answers::Given>;

void add(answers::Given& to, const char* field, std::uint64_t value) { to.emplace_back(field, answers::Value{value}); }

answers::Given with_seed(const ReportQuestion& question) {
    auto out = about(question);
    add(out, "seed", question.seed);
    return out;
}

/// What a report asks, in its order.
std::vector<Asked> asked(const ReportQuestion& question) {
    std::vector<Asked> out{{"run", with_seed(question)}};
    add(out.back().second, "samples", question.samples);
    if (!question.brief)
        for (const char* name : {"flip", "worth", "discover", "update"})
            out.emplace_back(name, with_seed(question));
    out.emplace_back("wafers", with_seed(question));
    if (question.plan) out.emplace_back("plan", with_seed(question));
    if (!question.stress.empty()) {
        out.emplace_back("stress", with_seed(question));
        out.back().second.emplace_back("event", list_of(question.stress));
    }
    if (!question.against.empty() || !question.against_variant.empty()) {
        auto compare = with_seed(question);
        compare.emplace_back("against",
                             answers::Value{question.against.empty() ? question.scenario : question.against});
        compare.emplace_back("against_variant", list_of(question.against_variant));
        out.emplace_back("compare", std::move(compare));
    }
    out.emplace_back("audit", with_seed(question));
    add(out.back().second, "samples", question.claim_samples);
    out.emplace_back("explain", about(question));
    out.back().second.emplace_back("metric", answers::Value{std::string("npv.make_vs_buy")});
    out.emplace_back("sources", about(question));
    return out;
}

/// Says before the work that an event is not known, under the name by which a report asks for it.
void check_events(const answers::Catalogue& catalogue, const ReportQuestion& question) {
    if (question.stress.empty()) return;
    try {
        const auto session = answers::Session::open(question);
        static_cast<void>(answers::sure_events(catalogue, *session, {.event = question.stress, .site = {}, .at = {}}));
    } catch (const InputError& error) {
        Diagnostics findings;
        for (const auto& one : error.diagnostics.items())
            if (one.field == "event") findings.error_in("stress", one.code, one.message, one.hint);
        if (findings.has_errors()) throw InputError{std::move(findings)};
        throw;
    }
}

} // namespace

std::string report_html(const answers::Catalogue& catalogue, const ReportQuestion& question,
                        const answers::Watch& watch) {
    const auto page = read_page(catalogue.folder());
    const scenario::KeepParsedTexts parsed; // one scenario, asked about a dozen times
    check_events(catalogue, question);
    Contents contents(catalogue, watch);
    for (const auto& [name, given] : asked(question)) {
        if (std::string_view(name) == "discover")
            contents.ask_if_it_can(name, given);
        else
            contents.ask(name, given);
        if (watch.stop.stop_requested()) return {};
    }
    const nlohmann::json welcome{{"version", version},
                                 {"language", question.chinese ? "zh" : ""},
                                 {"scenario", question.scenario},
                                 {"scenarios", nlohmann::json::array()},
                                 {"questions", nlohmann::json::array()}};
    return with_data(page, fmt::format(R"({{"welcome":{},"answers":{{{}}}}})", welcome.dump(), contents.json()),
                     contents.text());
}

} // namespace autarky::serve
