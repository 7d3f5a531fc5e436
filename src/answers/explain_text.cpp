// autarky: writes an explanation as a tree.
// SPDX-License-Identifier: Apache-2.0
#include "answers/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "analysis/input_doc.hpp"
#include "answers/audit.hpp"
#include "input/grade.hpp"
#include "show/figure_text.hpp"
#include "show/text.hpp"

namespace autarky::answers {
namespace {

using namespace analysis;
using Kind = Reason::Kind;

/// The row of the source that an input cites, or -1 for a default of the program.
int source_row(const Input& input) { return input.is_default ? -1 : input.source; }

/// Writes lines with the branches of a tree before them.
class TreeText {
public:
    TreeText(const Inputs& inputs, const show::Page& page) : inputs_(inputs), page_(page) {}

    std::string of(const std::string& name, const Reason& root) {
        add(root, name, "", "");
        return out_;
    }
    /// Full titles of the sources that the lines name.
    [[nodiscard]] std::string sources() const {
        std::string out;
        for (const int row : cited_) {
            const auto& source = inputs_.sources[static_cast<std::size_t>(row)];
            auto text = fmt::format("{}: {}", source.id, source.title);
            if (!source.date.empty()) text += ", " + source.date;
            if (!source.url.empty()) text += ", " + source.url;
            out += "  " + show::wrapped(text, page_.width - 2, 4) + "\n";
        }
        return out.empty() ? out : "\n" + show::inked(page_, show::Ink::bold, "Sources of the inputs") + "\n" + out;
    }

private:
    void add(const Reason& reason, const std::string& name, const std::string& branch, const std::string& below) {
        const bool has_parts = !reason.parts.empty();
        line(branch, head(reason, name), detail(reason), below + (has_parts ? "│ " : "  "));
        for (std::size_t k = 0; k < reason.parts.size(); ++k) {
            const bool is_last = k + 1 == reason.parts.size();
            add(reason.parts[k], "", below + (is_last ? "└ " : "├ "), below + (is_last ? "  " : "│ "));
        }
    }

    /// Head and detail on one line where they fit, else the detail on lines of its own.
    void line(const std::string& branch, const std::string& head, const std::string& detail, const std::string& below) {
        const std::size_t width = page_.width;
        out_ += show::inked(page_, show::Ink::dim, branch) + head;
        if (detail.empty() || show::cells(branch) + show::cells(head) + 3 + show::cells(detail) <= width) {
            out_ += (detail.empty() ? "" : "   " + show::inked(page_, show::Ink::dim, detail)) + "\n";
            return;
        }
        constexpr std::size_t narrowest = 30;
        const std::size_t indent = show::cells(below) + 2;
        std::string_view rest;
        const auto text = show::wrapped(detail, std::max(width - std::min(indent, width), narrowest), 0);
        out_ += '\n';
        for (rest = text; !rest.empty();) {
            const auto end = std::min(rest.find('\n'), rest.size());
            out_ += show::inked(page_, show::Ink::dim, below + "  " + std::string(rest.substr(0, end))) + "\n";
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    std::string head(const Reason& reason, const std::string& name) const {
        if (reason.kind == Kind::rest)
            return show::inked(page_, show::Ink::dim, fmt::format("and {} smaller parts", reason.n_hidden));
        const std::string label = reason.formula != nullptr ? reason.formula->label
                                  : reason.input != nullptr ? std::string(input_doc(reason.input->path))
                                                            : std::string{};
        std::string text = !name.empty() ? name : reason.role;
        if (text.empty())
            text = label.empty() ? "value" : label;
        else if (reason.kind == Kind::call && !label.empty() && !is_same(text, label))
            text += ": " + label;
        if (!reason.context.empty()) text += " (" + reason.context + ")";
        text += " = " + show::inked(page_, show::Ink::bold, reason.text);
        if (reason.kind == Kind::reference)
            return text + show::inked(page_, show::Ink::cyan, fmt::format("  see [{}]", reason.number));
        if (reason.number > 0) text += show::inked(page_, show::Ink::cyan, fmt::format("  [{}]", reason.number));
        if (reason.n_hidden > 0) text += show::inked(page_, show::Ink::cyan, fmt::format("  (+{})", reason.n_hidden));
        return text;
    }

    static bool is_same(const std::string& a, const std::string& b) {
        return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
                   return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
               });
    }

    std::string detail(const Reason& reason) {
        if (reason.kind == Kind::call)
            return fmt::format("= {} · {}", reason.formula->expression,
                               reason.remark.empty() ? reason.formula->source : reason.remark);
        if (reason.kind != Kind::input) return {};
        const auto& input = *reason.input;
        const int row = source_row(input);
        if (row < 0) return fmt::format("{} \"{}\" · default of the program", input.path, input.written);
        if (std::find(cited_.begin(), cited_.end(), row) == cited_.end()) cited_.push_back(row);
        const auto& source = inputs_.sources[static_cast<std::size_t>(row)];
        return fmt::format("{} \"{}\" · {}, {}", input.path, input.written, source.id, grade_name(source.grade));
    }

    const Inputs& inputs_;
    const show::Page& page_;
    std::vector<int> cited_; ///< rows of the sources, in the order of the lines
    std::string out_;
};

/// What the samples say, and how far the case at medians is from their median.
std::string distance(const Explanation& e) {
    const auto& s = e.samples;
    if (e.n_samples == 0) return {};
    const double unit = e.metric->info.unit_factor;
    const bool is_date = e.metric->info.unit == "year";
    const auto text = [&](double x) { return is_date ? show::date_text(x) : show::figure(x / unit, 4); };
    std::string out;
    if (s.count == 0)
        return fmt::format("In {} samples it exists in none.", show::fixed(static_cast<double>(e.n_samples), 0));
    const std::string& name = e.metric->info.unit;
    out = fmt::format("In {} samples: 5 % {}, median {}, 95 % {}{}", show::fixed(static_cast<double>(e.n_samples), 0),
                      text(s.p05), text(s.p50), text(s.p95), is_date || name == "1" ? "" : " " + name);
    if (s.none_share > 0.0) out += fmt::format(" where it exists (not in {})", show::share_text(s.none_share));
    const double at_medians = e.value * unit;
    if (!e.exists) return out + ".";
    if (at_medians == s.p50) return out + "; the case at medians is that median.";
    if (is_date)
        return out +
               fmt::format("; the case at medians is {} years from that median.", show::figure(at_medians - s.p50, 2));
    if (s.p50 == 0.0) return out + ".";
    const double off = at_medians / s.p50 - 1.0;
    if (std::fabs(off) > 1.0) // no share of a median that is near zero
        return out + fmt::format("; the case at medians lies {} {} that median.", text(std::fabs(at_medians - s.p50)),
                                 at_medians < s.p50 ? "below" : "above");
    return out + fmt::format("; the case at medians lies {} % {} that median.", show::figure(std::fabs(off) * 100.0, 2),
                             off * s.p50 < 0.0 ? "below" : "above");
}

std::string levers_text(const Explanation& e, const show::Page& page) {
    if (e.levers.empty()) return {};
    std::string out = "\n" + show::inked(page, show::Ink::bold, "10 % more of an input changes it by") + "\n";
    for (const auto& lever : e.levers)
        out += fmt::format("  {}  {}\n", show::right(show::signed_figure(lever.elasticity * 10.0, 2) + " %", 8),
                           lever.name);
    return out;
}

/// What is claimed, before the metric that it is judged on.
std::string claim_text(const Claim& claim, const show::Page& page) {
    auto out = show::inked(page, show::Ink::bold, claim.id) + ": " + show::hanging(claim.text, page.width, 2) + "\n";
    auto stated = fmt::format("Stated: {}{}", relation_text(claim), claim.written);
    if (!claim.less.empty()) stated += fmt::format(", of the metric below less {}", claim.less);
    if (!claim.given.empty()) stated += fmt::format(", in futures that have {}", claim.given);
    if (!claim.why.empty()) stated += fmt::format(" ({})", claim.why);
    return out + show::wrapped(stated, page.width, 0) + "\n\n";
}

} // namespace

std::string text(const ExplainAnswer& answer, const show::Page& page) {
    const auto& model = answer.session->model();
    const auto& e = answer.explanation;
    const auto& info = e.metric->info;
    std::string out = answer.claim == nullptr ? std::string() : claim_text(*answer.claim, page);
    out += show::inked(page, show::Ink::bold, info.id) + (e.quarter.empty() ? "" : " at " + e.quarter) + ": " +
           info.doc + "\n";
    const auto& loaded = model.loaded();
    out += show::wrapped(fmt::format("{}{}, with every input at its median. {}", loaded.name,
                                     loaded.variant.empty() ? "" : ", variant " + loaded.variant, distance(e)),
                         page.width, 0) +
           "\n\n";
    if (!e.exists) {
        return out +
               show::wrapped(
                   "It does not exist in the case at medians, so there is nothing to explain; a run gives the "
                   "share of futures in which it exists.",
                   page.width, 0) +
               "\n";
    }
    TreeText tree(model.inputs(), page);
    out += tree.of(info.id, e.root);
    out += tree.sources() + levers_text(e, page);
    if (!e.is_complete)
        out += "\n" +
               show::inked(page, show::Ink::dim,
                           "(+n): n parts are folded; " + field_mark("depth") + " opens all to so many levels.") +
               "\n";
    return out;
}

} // namespace autarky::answers
