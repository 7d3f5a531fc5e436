// autarky: reads scenarios for their findings.
// SPDX-License-Identifier: Apache-2.0
#include "answers/check.hpp"

#include <fmt/format.h>

#include "answers/findings.hpp"
#include "answers/run.hpp"
#include "input/files.hpp"

namespace autarky::answers {
namespace {

/// Findings of a scenario; without a variant asked for, of each of its variants too.
Diagnostics findings_of(LoadRequest request, std::size_t& n_readings) {
    auto found = autarky::check(request);
    ++n_readings;
    if (!request.variants.empty()) return found;
    for (const auto& variant : variants_of(request)) {
        request.variants = {variant};
        found.merge(autarky::check(request));
        ++n_readings;
    }
    return found;
}

} // namespace

constexpr auto describe(Type<CheckAnswer> /*type*/) {
    return fields(
        item("findings", [](const CheckAnswer& a) { return a.findings.sorted(); }, "In the order of the text").whole());
}

CheckAnswer check(const Catalogue& catalogue, const CheckQuestion& question, const Watch& /*watch*/) {
    CheckAnswer out{question, {}, 0, {}};
    LoadRequest request;
    request.scenario = question.scenario;
    request.variants = question.variant;
    request.sets = question.set;
    request.metrics = analysis::known_metrics();
    out.findings = findings_of(request, out.n_readings);
    if (!out.findings.has_errors()) out.packing = packing_text(load(request));
    if (!question.all) return out;
    for (const auto& name : scenario::bundled_scenarios(catalogue.folder())) {
        request.scenario = name;
        for (const bool whole : {false, true}) { // as it stands, then with rows that it does not use
            request.whole_catalogue = whole;
            out.findings.merge(findings_of(request, out.n_readings));
        }
    }
    return out;
}

Standing standing(const CheckAnswer& answer) {
    if (answer.findings.has_errors()) return Standing::bad_input;
    return answer.question.strict && !answer.findings.empty() ? Standing::gate_failed : Standing::good;
}

std::string text(const CheckAnswer& answer, const show::Page& page) {
    constexpr std::size_t few = 20, many = 200;
    auto out = answer.findings.render(page.colour, answer.question.strict ? many : few);
    if (answer.findings.empty())
        out += fmt::format("no findings in {} reading{} of {}\n", answer.n_readings, answer.n_readings == 1 ? "" : "s",
                           answer.question.all ? "the bundled scenarios and the whole catalogue"
                                               : answer.question.scenario);
    return out + answer.packing;
}

const Entry check_entry =
    entry_of<&check, CheckQuestion, CheckAnswer>("", "check", "Reads a scenario and lists every finding");

} // namespace autarky::answers
