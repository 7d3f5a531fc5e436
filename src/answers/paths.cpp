// autarky: runs a scenario without a path and with it, now, later and by halves, and asks the closed forms.
// SPDX-License-Identifier: Apache-2.0
#include "answers/paths.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "answers/stress_sets.hpp"
#include "core/diagnostics.hpp"
#include "core/refuse.hpp"
#include "engine/result.hpp"
#include "input/central.hpp"
#include "plan/decision.hpp"
#include "plan/option.hpp"

namespace autarky::answers {
namespace {

std::vector<std::size_t> paths_of(const Session& session, const std::vector<std::string>& asked) {
    const auto& names = session.loaded().scenario.path.names;
    if (names.empty())
        refuse_field("scenario", "E0504", "the scenario has no way to more wafers", "one with rows [path.<name>]");
    std::vector<std::size_t> out;
    for (std::size_t i = 0; asked.empty() && i < names.size(); ++i)
        out.push_back(i);
    for (const auto& name : asked) {
        const auto at = std::find(names.begin(), names.end(), name);
        if (at == names.end()) {
            auto hint = did_you_mean(name, {names.begin(), names.end()});
            if (hint.empty()) hint = fmt::format("there are {}", fmt::join(names, ", "));
            refuse_field("path", "E0505", fmt::format("there is no path '{}'", name), hint);
        }
        const auto row = static_cast<std::size_t>(at - names.begin());
        if (std::find(out.begin(), out.end(), row) == out.end()) out.push_back(row);
    }
    return out;
}

/// A path of a scenario: its inputs at their middles and as they are written.
class Path {
public:
    Path(const Session& session, std::size_t row) : session_(session), row_(row) {}

    [[nodiscard]] const foundry::ExpansionPath<Uncertain>& operator*() const {
        return session_.loaded().scenario.path[row_];
    }
    [[nodiscard]] double middle(const Uncertain& leaf) const {
        return scenario::central_value(input(leaf).distribution);
    }
    [[nodiscard]] double decision() const { return middle((**this).decision.year); }

    [[nodiscard]] std::string taken(bool is_taken) const { return key("taken") + (is_taken ? "=true" : "=false"); }
    /// Its day moved; a day that is uncertain stands at its middle then.
    [[nodiscard]] std::string decided(double year) const {
        return fmt::format("{}=\"{}\"", key("decision"), day(year));
    }
    [[nodiscard]] std::string halved() const {
        const auto& written = input((**this).capacity.raw()).written;
        return fmt::format("{}=\"{}\"", key("capacity"), scaled(written, 0.5, 0.0, "path"));
    }
    /// "2029Q1", or the month where it is no quarter.
    static std::string day(double year) {
        const int month = static_cast<int>(std::lround(12.0 * year));
        if (month % 3 == 0) return fmt::format("{}Q{}", month / 12, month % 12 / 3 + 1);
        return fmt::format("{}-{:02}", month / 12, month % 12 + 1);
    }

private:
    [[nodiscard]] const Input& input(const Uncertain& leaf) const {
        return session_.loaded().inputs.rows[static_cast<std::size_t>(leaf.input)];
    }
    [[nodiscard]] std::string key(std::string_view field) const {
        return fmt::format("path.{}.{}", session_.loaded().scenario.path.names[row_], field);
    }

    const Session& session_;
    std::size_t row_;
};

/// The closed forms at medians; none where the worth or the investment is not above 0.
std::optional<PathForms> forms_of(const Path& path, const Session& session, const analysis::PathWorth& of,
                                  double wait) {
    PathForms out;
    out.investment = of.own_discounted;
    out.worth = of.now.mean + of.own_discounted;
    if (!(out.worth > 0.0) || !(out.investment > 0.0)) return std::nullopt;
    out.rate = std::log1p(path.middle(session.loaded().scenario.economy.discount_rate.raw()));
    out.payout = path.middle((*path).payout.raw());
    out.volatility = path.middle((*path).volatility);
    if (!(out.payout > 0.0) || !(out.rate > 0.0) || !(out.volatility > 0.0)) return std::nullopt;
    const auto forever = plan::mcdonald_siegel({out.rate, out.payout, out.volatility, out.investment, out.worth});
    out.forever = forever.value;
    out.trigger = forever.trigger;
    const plan::DatedOption dated{out.worth, out.investment, out.rate, out.payout, out.volatility, wait};
    constexpr std::uint64_t steps = 400;
    out.until = plan::binomial(dated, plan::Right::call, true, std::max(steps, plan::least_steps(dated))).value;
    // A fixed price is an asset that pays out at the rate of interest.
    out.at_end =
        plan::margrabe({out.worth, out.investment, out.payout, out.rate, out.volatility, 0.0, 0.0, wait}).value;
    return out;
}

PathLump lump_of(const PathsQuestion& question, const Path& path, const Session& session,
                 const analysis::PathWorth& of) {
    PathLump out;
    const double rate = std::log1p(path.middle(session.loaded().scenario.economy.discount_rate.raw()));
    out.years = plan::manne(question.scale, std::max(rate, 1e-6)).years;
    if (of.growth > 0.0) out.path = of.wafers_a_year / of.growth;
    return out;
}

} // namespace

PathsAnswer paths(const Catalogue& /*catalogue*/, const PathsQuestion& question, const Watch& watch) {
    const auto session = Session::open(question);
    watch.settle(session->loaded().warnings);
    const auto rows = paths_of(*session, question.path);
    const auto own = own_sites(*session);
    PathsAnswer out;
    out.scenario = session->loaded().name;
    out.variant = session->loaded().variant;
    out.seed = question.seed;
    out.wait = question.wait;
    out.scale = question.scale;
    out.partner_rate = question.partner_rate;
    for (std::size_t k = 0; k < rows.size() && !out.is_stopped; ++k) {
        const Path path(*session, rows[k]);
        const double again = path.decision() + question.wait;
        const auto without = session->with({path.taken(false)}), now = session->with({path.taken(true)}),
                   later = now->with({path.decided(again)}), latest = now->with({path.decided(again + question.wait)}),
                   half = now->with({path.halved()}), half_later = later->with({path.halved()});
        const auto watched = [&](std::uint64_t done, std::uint64_t of) {
            if (watch.progress) watch.progress(k * of + done, rows.size() * of);
            out.is_stopped = out.is_stopped || watch.stop.stop_requested();
            return out.is_stopped;
        };
        const auto& s = session->loaded().scenario;
        PathAnswer answer;
        answer.path = s.path.names[rows[k]];
        const auto site = static_cast<std::size_t>((*path).site.index);
        answer.site = s.site.names[site];
        answer.process = s.process.names[static_cast<std::size_t>(s.site[site].process.index)];
        answer.decision = Path::day(path.decision());
        answer.later = Path::day(again);
        answer.makes_own = std::find(own.begin(), own.end(), answer.site) != own.end();
        answer.of = analysis::path_worth(
            {&without->model(), &now->model(), &later->model(), &latest->model(), &half->model(), &half_later->model()},
            {rows[k], path.decision(), question.wait, question.partner_rate, question.samples, question.seed,
             watch.n_threads(), watched});
        if (out.is_stopped && k > 0) break; // of fewer futures than the others
        if (answer.of.samples > 0) {
            answer.forms = forms_of(path, *session, answer.of, question.wait);
            answer.lump = lump_of(question, path, *session, answer.of);
        }
        out.paths.push_back(std::move(answer));
    }
    return out;
}

Standing standing(const PathsAnswer& answer) {
    if (answer.is_stopped) return Standing::interrupted;
    for (const auto& path : answer.paths)
        if (engine::too_many_failed(path.of.failed, path.of.failed + path.of.samples)) return Standing::unreliable;
    return Standing::good;
}

const Entry paths_entry = threaded(entry_of<&paths, PathsQuestion, PathsAnswer>(
    "", "paths", "Ways to more wafers: taken now, later, by halves, or given up"));

} // namespace autarky::answers
