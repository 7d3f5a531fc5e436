// autarky: lists the metrics.
// SPDX-License-Identifier: Apache-2.0
#include "answers/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/selection.hpp"
#include "core/refuse.hpp"
#include "model/metrics.hpp"

namespace autarky::answers {

MetricsAnswer metrics(const Catalogue& /*catalogue*/, const MetricsQuestion& question, const Watch& /*watch*/) {
    MetricsAnswer out;
    for (auto& info : model::metric_patterns())
        if (analysis::matches(question.glob, info.id)) out.metrics.push_back(std::move(info));
    if (out.metrics.empty())
        refuse_field("glob", "E0505", fmt::format("no metric matches '{}'", question.glob),
                     "without it all are listed");
    return out;
}

std::string text(const MetricsAnswer& answer, const show::Page& page) {
    std::size_t id = 0, unit = 0;
    for (const auto& info : answer.metrics) {
        id = std::max(id, info.id.size());
        unit = std::max(unit, info.unit.size());
    }
    constexpr std::size_t narrowest = 24; // of the last column, else it goes below
    const std::size_t beside = id + unit + 4;
    const bool is_below = !page.wide && beside + narrowest > page.width;
    const std::size_t indent = is_below ? 4 : beside;
    std::string out;
    for (const auto& info : answer.metrics) {
        std::string doc = info.doc;
        if (!info.quarterly) doc += " (for the whole run)";
        if (info.may_be_none) doc += " (may not exist)";
        out += fmt::format("{}  {}{}{}\n", show::inked(page, show::Ink::bold, show::left(info.id, id)),
                           is_below ? info.unit : show::left(info.unit, unit), is_below ? "\n    " : "  ",
                           show::hanging(doc, page.width, indent));
    }
    return out;
}

const Entry metrics_entry =
    entry_of<&metrics, MetricsQuestion, MetricsAnswer>("", "metrics", "Every result with its unit and meaning");

} // namespace autarky::answers
