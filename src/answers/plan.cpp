// autarky: reads the futures of a scenario and plans for them.
// SPDX-License-Identifier: Apache-2.0
#include "answers/plan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/samples.hpp"
#include "answers/quarters.hpp"
#include "core/refuse.hpp"
#include "engine/result.hpp"
#include "plan/wafer_reader.hpp"
#include "show/figure_text.hpp"

namespace autarky::answers {
namespace {

using Futures = std::vector<plan::WaferFuture<double>>;

/// Quarters that the plan sees.
std::size_t horizon(const Session& session, const std::string& until) {
    return until.empty() ? session.model().quarters().size() : quarter_row(session, until, "until") + 1;
}

std::vector<std::size_t> sites_of(const plan::WaferShape& shape, const std::vector<std::string>& names) {
    std::vector<std::size_t> out;
    for (const auto& name : names) {
        const auto at = std::find(shape.sites.begin(), shape.sites.end(), name);
        if (at == shape.sites.end()) {
            const std::vector<std::string_view> known(shape.sites.begin(), shape.sites.end());
            auto hint = did_you_mean(name, known);
            if (hint.empty()) hint = fmt::format("there are {}", fmt::join(known, ", "));
            refuse_field("without", "E0505", fmt::format("there is no site '{}'", name), hint);
        }
        out.push_back(static_cast<std::size_t>(at - shape.sites.begin()));
    }
    return out;
}

void check(const PlanQuestion& q, const plan::WaferShape& shape) {
    if (q.least > q.most)
        refuse_field("least", "E0504",
                     fmt::format("the smallest contract, {}, is larger than the largest, {}", q.least, q.most),
                     "at most the largest");
    const PlanQuestion usual{};
    if (q.as == PlanForm::mps && (q.time_limit != usual.time_limit || q.gap != usual.gap))
        refuse_field("as", "E0504", "the model is written and not solved: a time limit or a gap has no use for it",
                     "leave them out, or ask for the plan");
    if (shape.lines.empty())
        refuse_field("scenario", "E0504", "no own chip is made in this scenario, so there are no wafers to plan",
                     "one with rows [allocation.<name>]");
    if (!plan::solver_available())
        refuse_field("scenario", "E0509", "this build has no solver",
                     "tools/fetch_wheels.sh brings HiGHS; build again");
}

/// Futures of a seed that did not fail.
Futures futures_of(const Session& session, const plan::WaferReader& reader, const PlanQuestion& q, std::uint64_t seed,
                   const Watch& watch, std::uint64_t& failed) {
    const auto watched = [&watch](std::uint64_t done, std::uint64_t of) {
        if (watch.progress) watch.progress(done, of);
        return watch.stop.stop_requested();
    };
    const auto figures = analysis::values_read(
        session.model(), reader.columns(), reader.figures(),
        [&](const Scenario<Lanes>& s, const Lanes* /*inputs*/, const Lanes* columns, Lanes* made) {
            reader.read(s, columns, made);
        },
        q.futures, seed, watch.n_threads(), watched);
    const std::size_t quarters = horizon(session, q.until);
    Futures out;
    for (std::size_t i = 0; i < figures.front().size(); ++i) {
        if (!std::all_of(figures.begin(), figures.end(), [i](const auto& row) { return std::isfinite(row[i]); })) {
            ++failed;
            continue;
        }
        out.push_back(reader.future(figures, i));
        out.back().keep_quarters(quarters);
    }
    if (out.empty())
        refuse_field("futures", "E0504",
                     watch.stop.stop_requested() ? "it was stopped before a future was finished"
                                                 : "not one of the futures is good",
                     "'autarky run' says why they fail");
    return out;
}

/// Says which of the terms cannot hold, and by how much.
[[noreturn]] void refuse_impossible(const PlanQuestion& q, const Futures& futures,
                                    const std::vector<plan::Miss>& misses) {
    double needs = 0.0, worst = 0.0;
    const plan::Miss* largest = &misses.front();
    for (const auto& miss : misses) {
        double all = 0.0;
        for (const auto& row : futures[static_cast<std::size_t>(std::max(miss.future, 0))].needed)
            all += std::accumulate(row.begin(), row.end(), 0.0);
        if (miss.future < 0 || !(all > 0.0) || miss.by / all <= worst) continue;
        worst = miss.by / all;
        needs = all;
        largest = &miss;
    }
    refuse_field(
        "most_bought", "E0508",
        fmt::format("no plan keeps to it: the one that misses least misses in {} of {} futures; in future {} it "
                    "buys {} thousand chips more, {} of the {} thousand that are needed there",
                    misses.size(), futures.size(), largest->future + 1, show::figure(largest->by),
                    show::share_text(worst), show::figure(needs)),
        *q.most_bought + worst > 0.9995
            ? std::string("leave it out, or allow more sites")
            : fmt::format("{:.3f} is enough", std::ceil((*q.most_bought + worst) * 1e3) / 1e3));
}

[[noreturn]] void refuse_without_plan(const Watch& watch) {
    refuse_field("time_limit", "E0508",
                 watch.stop.stop_requested() ? "it was stopped before a plan was found"
                                             : "no plan was found in that time",
                 "more seconds, or fewer futures");
}

void refuse_what_is_none(const PlanQuestion& q, const Futures& futures, const plan::WaferPlan& found,
                         const Watch& watch) {
    const bool is_plan = !found.contracts.empty() || !found.paths.empty() || found.rounds > 0;
    if (found.is_stopped && !is_plan) refuse_without_plan(watch);
    if (!found.has_choice)
        refuse_field("scenario", "E0504",
                     "nothing is left to decide: every contract is signed before the decision, and there is no path to "
                     "more wafers",
                     "one with rows [contract.<name>] signed after economy.decision_date, or rows [path.<name>]");
    if (!found.misses.empty()) refuse_impossible(q, futures, found.misses);
    if (!is_plan) refuse_without_plan(watch);
}

} // namespace

PlanAnswer plan_wafers(const Catalogue& /*catalogue*/, const PlanQuestion& q, const Watch& watch) {
    const auto session = Session::open(q);
    watch.settle(session->loaded().warnings);
    const auto& model = session->model();
    auto shape = plan::wafer_shape(session->loaded().scenario, model.quarters());
    check(q, shape);
    const std::size_t quarters = horizon(*session, q.until);
    plan::WaferPlanRequest request;
    request.terms = {q.least, q.most, false, sites_of(shape, q.without), q.most_bought};
    const plan::WaferReader reader(shape, [&model](const std::string& metric) { return model.find(metric)->first; });
    PlanAnswer out;
    out.scenario = session->loaded().name;
    out.variant = session->loaded().variant;
    out.seed = q.seed;
    out.weight = q.risk_weight;
    out.level = q.cvar_level;
    out.from = shape.quarters.front();
    out.until = shape.quarters[quarters - 1];
    out.solver = "HiGHS " + plan::solver_version();
    const auto futures = futures_of(*session, reader, q, q.seed, watch, out.failed);
    if (watch.stop.stop_requested()) refuse_without_plan(watch);
    out.futures = futures.size();
    shape.quarters.resize(quarters);
    request.risk = {q.risk_weight, q.cvar_level};
    request.gap = q.gap;
    request.seconds = q.time_limit;
    request.threads = watch.n_threads();
    request.stop = watch.stop;
    request.progress = watch.progress;
    try {
        if (q.as == PlanForm::mps) {
            const auto problem = plan::wafer_problem(shape, futures, request.terms, watch.stop);
            out.mps = plan::mps_text(plan::merged(problem.program, request.risk), "plan_" + out.scenario);
            return out;
        }
        const auto fresh = futures_of(*session, reader, q, q.seed + 1, watch, out.failed);
        if (watch.stop.stop_requested()) refuse_without_plan(watch);
        out.plan = plan::plan_wafers(shape, futures, fresh, request);
    } catch (const plan::Stopped&) {
        refuse_without_plan(watch);
    } catch (const plan::SolverFailure& failure) {
        refuse_field("scenario", "E0699", fmt::format("the solver gives no answer that holds: {}", failure.what()));
    }
    refuse_what_is_none(q, futures, *out.plan, watch);
    return out;
}

Standing standing(const PlanAnswer& answer) {
    constexpr std::uint64_t sets = 2; // those planned for and the fresh ones
    if (engine::too_many_failed(answer.failed, sets * answer.futures + answer.failed)) return Standing::unreliable;
    if (!answer.plan) return Standing::good;
    if (answer.plan->is_stopped) return Standing::interrupted;
    const auto& frontier = answer.plan->frontier;
    const bool is_whole = answer.plan->is_complete && std::all_of(frontier.begin(), frontier.end(),
                                                                  [](const auto& one) { return one.is_complete; });
    return is_whole ? Standing::good : Standing::interrupted;
}

const Entry plan_entry = threaded(entry_of<&plan_wafers, PlanQuestion, PlanAnswer>(
    "", "plan", "What to contract before the future is known, and what a wafer more is worth"));

} // namespace autarky::answers
