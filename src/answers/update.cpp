// autarky: says what was learned, and what to watch.
// SPDX-License-Identifier: Apache-2.0
#include "answers/update.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "answers/update_leanings.hpp"
#include "core/refuse.hpp"
#include "engine/result.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

std::optional<double> date_of(const char* field, const std::string& written) {
    if (written.empty()) return std::nullopt;
    const auto date = parse_date(written);
    if (!date)
        refuse_field(field, "E0210", fmt::format("'{}' is no date", written),
                     "write 2026, \"2026Q2\", \"2026-04\" or \"2026-04-15\"");
    return date;
}

std::string verdict_text(const UpdateAnswer& a, const show::Page& page) {
    show::Sheet sheet({"<verdict", "p(make)", "mean", "5 %", "median", "95 %"});
    const auto row = [&](const char* name, const analysis::Belief& b) {
        sheet.row({name, fmt::format("{:.1f} +- {:.1f} %", 100.0 * b.p_make, 100.0 * b.p_error),
                   show::signed_money(b.mean_usd), show::signed_money(b.p5_usd), show::signed_money(b.p50_usd),
                   show::signed_money(b.p95_usd)});
    };
    row("before", a.before);
    row("after", a.after);
    return sheet.text(page, 2, 3);
}

std::string reports_text(const UpdateAnswer& a, const show::Page& page) {
    show::Sheet sheet({"<date", "<report", "<said", "<expected", "percentile", "p(make)", "effective"});
    std::string left;
    for (const auto& one : a.reports) {
        if (!one.is_used) {
            left +=
                "    " +
                show::wrapped(fmt::format("{} {} ({}): {}", one.date, one.id, one.value, one.why), page.width - 4, 6) +
                "\n";
            continue;
        }
        sheet.row({one.date, one.id, one.value, one.expected,
                   std::isfinite(one.percentile) ? show::share_text(one.percentile) : "-", show::share_text(one.p_make),
                   fmt::format("{:.0f}", one.effective)});
    }
    const bool any = std::any_of(a.reports.begin(), a.reports.end(), [](const auto& one) { return one.is_used; });
    std::string out = any ? sheet.text(page, 2, 3) + "\n" : "";
    if (!left.empty()) out += "  Not used:\n" + left;
    return out;
}

std::string moved_text(const UpdateAnswer& a, const show::Page& page) {
    if (a.moved.empty()) return "  None by more than chance moves the mean of so many futures.\n";
    show::Sheet sheet({"<input", "before", "after", "<unit", "moved (sd)"});
    for (const auto& one : a.moved)
        sheet.row({one.input, fmt::format("{:.4g}", one.before), fmt::format("{:.4g}", one.after), one.unit,
                   fmt::format("{:+.2f}", one.moved)});
    return sheet.text(page, 2, 2);
}

std::string drivers_text(const UpdateAnswer& a, const show::Page& page) {
    show::Sheet sheet({"<input", "before", "after"});
    for (const auto& one : a.drivers)
        sheet.row({one.input, fmt::format("{:+.2f}", one.before), fmt::format("{:+.2f}", one.after)});
    return sheet.text(page, 2, 2);
}

std::string metrics_text(const UpdateAnswer& a, const show::Page& page) {
    show::Sheet sheet({"<metric", "<quarter", "5 %", "median", "95 %", "after: 5 %", "median", "95 %", "<unit"});
    const auto figure = [](double x) { return std::isfinite(x) ? show::figure(x) : std::string("none"); };
    for (const auto& one : a.metrics)
        sheet.row({one.metric, one.quarter, figure(one.before.p5), figure(one.before.p50), figure(one.before.p95),
                   figure(one.after.p5), figure(one.after.p50), figure(one.after.p95), one.unit});
    return sheet.text(page, 2, 3);
}

std::string claims_text(const UpdateAnswer& a, const show::Page& page) {
    show::Sheet sheet({"<claim", "<states", "<given", "true before", "after"});
    const auto share = [](double x) { return std::isfinite(x) ? show::share_text(x) : std::string("too few"); };
    for (const auto& one : a.claims)
        sheet.row({one.id, one.stated, one.given, share(one.before), share(one.after)});
    return sheet.text(page, 2, 2);
}

std::string watched_text(const UpdateAnswer& a, const show::Page& page) {
    show::Sheet sheet({"<watch", "<when", "<expected reading", "is worth", "error", "<what would turn it", "in"});
    std::string left;
    for (const auto& one : a.watched) {
        if (!one.why.empty()) {
            left += "    " + show::wrapped(fmt::format("{}: {}", one.watch, one.why), page.width - 4, 6) + "\n";
            continue;
        }
        sheet.row({one.watch, one.date, one.expected, show::money(one.worth_usd),
                   show::money(one.error_usd + one.bias_usd), one.turn.empty() ? "no reading" : one.turn,
                   one.turn.empty() ? "-" : show::share_text(one.p_turn)});
    }
    const bool any = std::any_of(a.watched.begin(), a.watched.end(), [](const auto& one) { return one.why.empty(); });
    std::string out = any ? sheet.text(page, 2, 3) + "\n" : "";
    if (!left.empty()) out += "  Cannot be valued:\n" + left;
    return out;
}

/// Of the grades with reports that count.
std::string leanings_text(const UpdateAnswer& a, const show::Page& page) {
    show::Sheet sheet(
        {"<yields by", "<leaning, as written", "<source", "reports", "before (points)", "after (points)"});
    const auto points = [](double mean, double sd) { return fmt::format("{:+.1f} +- {:.1f}", mean, sd); };
    bool any = false;
    for (const auto& one : a.leanings) {
        any = any || one.reports > 0;
        sheet.row({one.grade, one.written, one.source, fmt::format("{}", one.reports),
                   points(one.before, one.before_sd), points(one.after, one.after_sd)});
    }
    return any ? sheet.text(page, 2, 2) : std::string();
}

/// What was done where too few of the drawn futures were effective.
std::string moved_futures_text(const UpdateAnswer& a) {
    const auto& r = *a.resampled;
    return fmt::format(
        "Fewer than 5 % of the {} futures are effective under the reports (the weights' Pareto shape is "
        "{:.2f}): {} were resampled at the power {:.2g} of the likelihood and led to 1 in {} steps by {} "
        "moves each, all simulated anew; {} of them differ, {} of the last proposals were accepted",
        a.samples - a.failed, r.pareto_shape, r.futures, r.from_power, r.powers, r.rounds, r.distinct,
        show::share_text(r.accepted));
}

std::string trust_text(const UpdateAnswer& a) {
    if (a.resampled) return moved_futures_text(a) + ".";
    std::string out =
        fmt::format("{:.0f} of {} futures are effective behind the verdict after", a.effective, a.samples - a.failed);
    if (std::isfinite(a.pareto_shape))
        out += fmt::format("; the weights' Pareto shape is {:.2f}{}{}", a.pareto_shape,
                           a.power < 1.0 ? " before they are tempered" : "",
                           a.pareto_shape >= 0.7 ? ", too heavy to be trusted: ask for more samples" : "");
    if (a.power == 0.0)
        out += ". So few futures allow the reports at all that those count alike";
    else if (a.power < 1.0)
        out += fmt::format(". The reports say more than these futures can carry: their likelihood counts to the power "
                           "{:.2g} only, so the verdict after lies between before and what they say",
                           a.power);
    return out + ".";
}

} // namespace

UpdateAnswer update(const Catalogue& catalogue, const UpdateQuestion& question, const Watch& watch) {
    analysis::UpdateRequest asked;
    asked.since = date_of("since", question.since);
    asked.until = date_of("until", question.until);
    if (asked.since && asked.until && *asked.since > *asked.until)
        refuse_field("until", "E0205", fmt::format("{} is before {}", question.until, question.since),
                     "no report lies between them");
    asked.samples = question.samples;
    asked.seed = question.seed;
    asked.metrics = question.metric;
    asked.claims = question.claims;
    asked.leanings = yield_leanings(catalogue, question.press_bias, question.rumour_bias);
    LoadRequest request;
    request.scenario = question.scenario;
    request.variants = question.variant;
    request.sets = question.set;
    request.reports = question.with;
    const auto session = Session::open(std::move(request));
    watch.settle(session->loaded().warnings);
    auto out =
        analysis::update(session->model(), asked, watch.n_threads(), [&watch](std::uint64_t done, std::uint64_t of) {
            if (watch.progress) watch.progress(done, of);
            return watch.stop.stop_requested();
        });
    if (!question.since.empty()) out.since = question.since;
    out.until = question.until;
    return out;
}

std::string text(const UpdateAnswer& a, const show::Page& page) {
    const auto head = [&](const char* title) { return "\n" + show::inked(page, show::Ink::bold, title) + "\n"; };
    std::string out = show::inked(page, show::Ink::bold, "What the reports say") + "\n";
    out += fmt::format("{}{}, {} futures, seed {}{}\n\n", a.scenario, a.variant.empty() ? "" : ", variant " + a.variant,
                       a.samples, a.seed, a.failed > 0 ? fmt::format("; {} failed and are left out", a.failed) : "");
    out += verdict_text(a, page) + head("Report by report");
    const auto n_used = std::count_if(a.reports.begin(), a.reports.end(), [](const auto& one) { return one.is_used; });
    out += a.reports.empty() ? fmt::format("  No report became known from {} on{}.\n", a.since,
                                           a.until.empty() ? "" : " and up to " + a.until)
                             : reports_text(a, page);
    if (n_used > 0) {
        out += "\n" + show::wrapped(trust_text(a), page.width, 0) + "\n";
        if (std::isfinite(a.within_band))
            out +=
                show::wrapped(fmt::format("Log score of what was expected: {:.2f} over {} report{}; {} of them within "
                                          "5 to 95 % of it (90 % are due).",
                                          a.log_score, n_used, n_used == 1 ? "" : "s", show::share_text(a.within_band)),
                              page.width, 0) +
                "\n";
        if (const auto leanings = leanings_text(a, page); !leanings.empty())
            out += head("How far reports of yields lean") + leanings;
        out += head("Inputs that moved") + moved_text(a, page);
    }
    if (n_used > 0 && !a.drivers.empty()) out += head("What the value goes with (correlation)") + drivers_text(a, page);
    if (!a.metrics.empty()) out += head("Metrics before and after") + metrics_text(a, page);
    if (!a.claims.empty()) out += head("Claims before and after") + claims_text(a, page);
    if (!a.watched.empty()) out += head("What to watch") + watched_text(a, page);
    return out + "\n" +
           show::wrapped(
               "The same futures are weighted by how well each fits the reports; a report that is the source of the "
               "input itself is not counted again. Waiting for a reading is worth what it adds to choosing now: one "
               "makes until then and goes on or stops by what it says.",
               page.width, 0) +
           "\n" +
           show::wrapped(
               "It cannot tell which reports nobody wrote, nor how far the scenario's own bands were drawn with the "
               "same news in mind. A stop takes stock and wafers on their way as lost and contracts that run on as not "
               "paid.",
               page.width, 0) +
           "\n";
}

Standing standing(const UpdateAnswer& answer) {
    if (answer.samples < answer.wanted) return Standing::interrupted;
    return engine::too_many_failed(answer.failed, answer.samples) ? Standing::unreliable : Standing::good;
}

const Entry update_entry = threaded(entry_of<&update, UpdateQuestion, UpdateAnswer>(
    "", "update", "The verdict after dated reports, and which reading is worth waiting for"));

} // namespace autarky::answers
