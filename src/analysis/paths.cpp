// autarky: values a way to more wafers future by future.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/paths.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "analysis/estimate.hpp"
#include "analysis/in_turn.hpp"
#include "analysis/outlook.hpp"
#include "analysis/samples.hpp"
#include "foundry/expansion.hpp"
#include "model/value.hpp"

namespace autarky::analysis {
namespace {

using Values = std::vector<double>;

Worth worth_of(const Values& values, const std::vector<std::size_t>& futures) {
    const auto estimate = estimate_of(values, futures);
    return {estimate.mean, estimate.error};
}
double mean_of(const Values& values) { return estimate_of(values).mean; }

/// Figures of a run beside its columns, by future.
enum Figure : std::size_t {
    capital,
    grants,
    partner,
    own,
    own_discounted,
    spent,
    assumed,
    a_year,
    of_tenants,
    ready,
    partners,
    partners_discounted,
    decided,
    ends,
    n_figures
};

/// What the path costs, and who pays.
void read_path(const Scenario<Lanes>& s, const PathRun& run, Lanes* out) {
    const auto& path = s.path[run.path];
    const Lanes whole = foundry::path_capex(path).raw(), buyers = whole * path.own_share;
    out[capital] = whole;
    out[grants] = buyers * path.grant_share;
    out[partner] = whole - buyers;
    out[own] = buyers - out[grants];
    const auto& lead = path.lead_time;
    const auto factor = [&](const Lanes& years_after) {
        const Lanes years = path.decision.year + years_after - s.economy.decision_date.year;
        return discount_factor(s.economy.discount_rate, Duration<Lanes>(max(years, Lanes(0.0))));
    };
    out[own_discounted] = out[own] * factor(lead.raw() * Lanes(0.5)); // spent evenly
    const Lanes until = min(lead.raw(), Lanes(run.wait));
    out[spent] = out[own] * (until / lead.raw()) * factor(until * Lanes(0.5));
    out[assumed] = path.utilisation;
    out[a_year] = path.capacity.in("wafer/year"_u);
    out[of_tenants] = path.tenant_share;
    out[ready] = path.decision.year + lead.raw();
    out[partners] = out[partner] * (Lanes(1.0) - path.grant_share);
    const Lanes middle = path.decision.year + lead.raw() * Lanes(0.5) - s.economy.decision_date.year;
    out[partners_discounted] = out[partners] * discount_factor(PerYear<Lanes>(Lanes(run.partner_rate)),
                                                               Duration<Lanes>(max(middle, Lanes(0.0))));
    out[decided] = s.economy.decision_date.year;
    out[ends] = out[ready] + path.life.raw();
}

/// Columns of a run as [row][future], and the path's figures.
struct Run {
    std::vector<Values> columns, figures;
};

Run run_of(const ScenarioModel& model, const std::vector<std::size_t>& columns, const PathRun& run, std::size_t samples,
           const Watched& watched) {
    const auto read = [&, n = columns.size()](const Scenario<Lanes>& scenario, const Lanes* /*inputs*/,
                                              const Lanes* values, Lanes* figures) {
        std::copy(values, values + n, figures);
        read_path(scenario, run, figures + n);
    };
    auto all = values_read(model, columns, columns.size() + n_figures, read, samples, run.seed, run.threads, watched);
    Run out;
    for (auto& row : all)
        (out.columns.size() < columns.size() ? out.columns : out.figures).push_back(std::move(row));
    return out;
}

std::size_t column(const ScenarioModel& model, const std::string& metric, std::size_t q = 0) {
    return model.find(metric)->first + q;
}

/// Futures of all runs that are good in all of them.
class Paths {
public:
    Paths(const PathModels& models, const PathRun& run) : models_(models), run_(run) {
        const auto& model = *models.now;
        quarters_ = model.quarters().size();
        const double start = model.loaded().scenario.horizon.start.start();
        const auto row = [&](double year) {
            return static_cast<std::size_t>(std::clamp(4.0 * (year - start), 0.0, static_cast<double>(quarters_ - 1)));
        };
        begin_ = row(run.decision);
        const std::array<std::size_t, 2> looks{row(run.decision + run.wait), row(run.decision + 2.0 * run.wait)};
        const auto value = [](const ScenarioModel& of) { return std::vector<std::size_t>{column(of, "npv")}; };
        auto looked = value(*models.without);
        for (const std::size_t at : looks)
            for (const auto* metric : {"deploy.vehicles", "deploy.robots"})
                looked.push_back(column(*models.without, metric, at));
        looked.push_back(column(*models.without, "npv.with_tail"));
        const auto profits = profit_columns(*models.without);
        looked.insert(looked.end(), profits.begin(), profits.end());
        std::sort(looked.begin(), looked.end());
        looked.erase(std::unique(looked.begin(), looked.end()), looked.end()); // both looks at the horizon's end
        const auto place = [&](const char* metric, std::size_t at = 0) {
            return static_cast<std::size_t>(
                std::find(looked.begin(), looked.end(), column(*models.without, metric, at)) - looked.begin());
        };
        for (std::size_t look = 0; look < looks.size(); ++look)
            seen_at_[look] = {place("deploy.vehicles", looks[look]), place("deploy.robots", looks[look])};
        npv_at_ = place("npv");
        tail_at_ = place("npv.with_tail");
        profit_at_ =
            static_cast<std::size_t>(std::find(looked.begin(), looked.end(), profits.front()) - looked.begin());
        InTurn turns(run.stop, n_runs);
        std::size_t samples = run.samples; // those of the runs before it
        const auto next = [&](const ScenarioModel& of, const std::vector<std::size_t>& columns) {
            auto out = run_of(of, columns, run, samples, turns.next());
            samples = out.columns.front().size();
            return out;
        };
        without_ = next(*models.without, looked);
        now_ = next(model, now_columns(model));
        later_ = next(*models.later, value(*models.later));
        half_ = next(*models.half, value(*models.half));
        half_later_ = next(*models.half_later, value(*models.half_later));
        latest_ = next(*models.latest, value(*models.latest));
        pick_good();
    }

    PathWorth all() {
        PathWorth out;
        out.samples = good_.size();
        out.failed = n_ - good_.size();
        if (good_.empty()) return out;
        const auto base = of(without_.columns[npv_at_]);
        const auto gain = [&](const Values& with) {
            Values values(base.size());
            for (std::size_t i = 0; i < base.size(); ++i)
                values[i] = with[i] - base[i];
            return values;
        };
        const auto now = gain(of(now_.columns[now_npv_])), later = gain(of(later_.columns.front()));
        const auto half = gain(of(half_.columns.front())), half_later = gain(of(half_later_.columns.front()));
        const auto latest = gain(of(latest_.columns.front()));
        out.gain = spread_of(now, good_);
        out.now = worth_of(now, good_);
        Values tail = of(now_.columns[now_tail_]);
        const auto tail_without = of(without_.columns[tail_at_]);
        for (std::size_t i = 0; i < tail.size(); ++i)
            tail[i] -= tail_without[i];
        out.with_tail = worth_of(tail, good_);
        Values known = now;
        for (auto& x : known) {
            out.p_pays += x > 0.0 ? 1.0 / static_cast<double>(known.size()) : 0.0;
            x = std::max(x, 0.0);
        }
        out.known = worth_of(known, good_);
        choose(now, later, half, half_later, out);
        look_twice(later, latest, out);
        tell_money(out);
        tell_use(out);
        tell_partner(out.partners);
        return out;
    }

private:
    static constexpr std::size_t n_runs = 6;

    /// Profit of every site and quarter: they stand one behind the other in a run.
    [[nodiscard]] std::vector<std::size_t> profit_columns(const ScenarioModel& model) const {
        std::vector<std::size_t> out;
        for (const auto& site : model.loaded().scenario.site.names)
            for (std::size_t q = 0; q < quarters_; ++q)
                out.push_back(column(model, "foundry.profit." + site, q));
        return out;
    }
    std::vector<std::size_t> now_columns(const ScenarioModel& model) {
        const auto& s = model.loaded().scenario;
        const auto site = static_cast<std::size_t>(s.path[run_.path].site.index);
        std::vector<std::size_t> out{column(model, "npv"), column(model, "npv.with_tail")};
        for (const auto& metric : {"foundry.wafers." + s.site.names[site], std::string("foundry.wafers")})
            for (std::size_t q = 0; q < quarters_; ++q)
                out.push_back(column(model, metric, q));
        const std::size_t profits = out.size();
        for (const auto one : profit_columns(model))
            out.push_back(one);
        const auto sorted = [&] {
            auto copy = out;
            std::sort(copy.begin(), copy.end());
            return copy;
        }();
        const auto place = [&](std::size_t wanted) {
            return static_cast<std::size_t>(std::find(sorted.begin(), sorted.end(), wanted) - sorted.begin());
        };
        now_npv_ = place(out[0]);
        now_tail_ = place(out[1]);
        at_site_ = place(out[2]);
        wafers_ = place(out[2 + quarters_]);
        now_profit_ = place(out[profits]);
        return sorted;
    }

    void pick_good() {
        n_ = now_.columns.front().size();
        for (const auto* run : {&without_, &later_, &latest_, &half_, &half_later_})
            n_ = std::min(n_, run->columns.front().size());
        for (std::size_t i = 0; i < n_; ++i)
            if (std::isfinite(without_.columns[npv_at_][i]) && std::isfinite(now_.columns[now_npv_][i]) &&
                std::isfinite(later_.columns.front()[i]) && std::isfinite(latest_.columns.front()[i]) &&
                std::isfinite(half_.columns.front()[i]) && std::isfinite(half_later_.columns.front()[i]))
                good_.push_back(i);
    }
    [[nodiscard]] Values of(const Values& row) const {
        Values out;
        for (const auto i : good_)
            out.push_back(row[i]);
        return out;
    }

    /// Devices that are delivered at a look.
    [[nodiscard]] Values seen_at(std::size_t look) const {
        Values out(good_.size(), 0.0);
        for (const std::size_t row : seen_at_[look])
            for (std::size_t i = 0; i < out.size(); ++i)
                out[i] += without_.columns[row][good_[i]];
        return out;
    }
    /// From the last look back: at the first it is taken where that looks worth more than nothing and than to wait on.
    void look_twice(const Values& later, const Values& latest, PathWorth& out) const {
        const Outlook first(seen_at(0)), second(seen_at(1));
        const auto takes_last = second.looks_good(latest);
        Values wait_on(latest.size(), 0.0), more(latest.size());
        for (std::size_t i = 0; i < wait_on.size(); ++i) {
            if (takes_last[i]) wait_on[i] = latest[i];
            more[i] = later[i] - wait_on[i];
        }
        const auto pays = first.looks_good(later), pays_more = first.looks_good(more);
        for (std::size_t i = 0; i < wait_on.size(); ++i) {
            const bool takes_now = pays[i] && pays_more[i];
            if (takes_now) wait_on[i] = later[i];
            out.p_taken_latest += takes_now || takes_last[i] ? 1.0 / static_cast<double>(wait_on.size()) : 0.0;
        }
        out.wait_on = worth_of(wait_on, good_);
    }

    /// Waits, stages and gives up by what devices are delivered when it is looked at again.
    void choose(const Values& now, const Values& later, const Values& half, const Values& half_later, PathWorth& out) {
        const std::size_t n = good_.size();
        Values second(n), rest(n);
        const auto spent_by = of(now_.figures[spent]);
        for (std::size_t i = 0; i < n; ++i) {
            second[i] = later[i] - half_later[i];
            rest[i] = now[i] + spent_by[i];
        }
        const Outlook outlook(seen_at(0));
        const auto takes = outlook.looks_good(later), completes = outlook.looks_good(second),
                   goes_on = outlook.looks_good(rest);
        Values wait(n, 0.0), stage = half, abandon(n);
        const double share = 1.0 / static_cast<double>(n);
        for (std::size_t i = 0; i < n; ++i) {
            if (takes[i]) wait[i] = later[i];
            if (completes[i]) stage[i] += second[i];
            abandon[i] = goes_on[i] ? now[i] : -spent_by[i];
            out.p_taken_later += takes[i] ? share : 0.0;
            out.p_completed += completes[i] ? share : 0.0;
            out.p_abandoned += goes_on[i] ? 0.0 : share;
        }
        out.wait = worth_of(wait, good_);
        out.stage = worth_of(stage, good_);
        out.abandon = worth_of(abandon, good_);
    }

    void tell_money(PathWorth& out) const {
        const auto mean = [&](Figure figure) { return mean_of(of(now_.figures[figure])); };
        out.capital = mean(capital);
        out.grants = mean(grants);
        out.partner = mean(partner);
        out.own = mean(own);
        out.own_discounted = mean(own_discounted);
        out.used = mean(assumed);
        out.wafers_a_year = mean(a_year);
    }

    /// The buyer's wafers run on its part of the path before anywhere else at its site; tenants fill theirs.
    void tell_use(PathWorth& out) const {
        const double start = models_.now->loaded().scenario.horizon.start.start();
        double filled = 0.0, stood = 0.0, growth = 0.0;
        for (const auto i : good_) {
            const double from = now_.figures[ready][i], a_quarter = now_.figures[a_year][i] / 4.0,
                         tenants = a_quarter * now_.figures[of_tenants][i];
            bool stands = false;
            for (std::size_t q = 0; q < quarters_; ++q) {
                const double share = std::clamp(4.0 * (start - from) + static_cast<double>(q) + 1.0, 0.0, 1.0);
                filled += std::min(now_.columns[at_site_ + q][i], (a_quarter - tenants) * share) + tenants * share;
                stood += a_quarter * share;
                stands = stands || share > 0.0;
            }
            out.reached += stands ? 1.0 / static_cast<double>(good_.size()) : 0.0;
            const double years = static_cast<double>(quarters_ - 1 - begin_) / 4.0;
            if (years > 0.0)
                growth += 4.0 * (now_.columns[wafers_ + quarters_ - 1][i] - now_.columns[wafers_ + begin_][i]) / years;
        }
        out.utilisation = stood > 0.0 ? filled / stood : 0.0;
        out.growth = growth / static_cast<double>(good_.size());
    }

    /// What a site earns more in a quarter of a future; depreciation is that of the site without paths, so it drops out.
    [[nodiscard]] double earns_more(std::size_t site, std::size_t q, std::size_t i) const {
        const std::size_t row = site * quarters_ + q;
        return now_.columns[now_profit_ + row][i] - without_.columns[profit_at_ + row][i];
    }
    void tell_partner(PartnerWorth& out) const {
        const auto& s = models_.now->loaded().scenario;
        const auto here = static_cast<std::size_t>(s.path[run_.path].site.index);
        const double start = s.horizon.start.start(), horizon = start + static_cast<double>(quarters_) / 4.0;
        Values gain, with_rest;
        const double share = 1.0 / static_cast<double>(good_.size());
        for (const auto i : good_) {
            const double decided_on = now_.figures[decided][i];
            const auto factor = [&](double year) {
                return discount_factor(PerYear<double>(run_.partner_rate),
                                       Duration<double>(std::max(year - decided_on, 0.0)));
            };
            double earned = 0.0, last_year = 0.0;
            for (std::size_t q = 0; q < quarters_; ++q) {
                const double at = factor(start + (static_cast<double>(q) + 0.5) / 4.0);
                earned += earns_more(here, q, i) * at;
                for (std::size_t site = 0; site < s.site.size(); ++site)
                    if (site != here) out.elsewhere += earns_more(site, q, i) * at * share;
                if (q + 4 >= quarters_) last_year += earns_more(here, q, i);
            }
            double rest = 0.0; // year by year, the last one in part
            for (double year = horizon; year < now_.figures[ends][i]; year += 1.0) {
                const double part = std::min(now_.figures[ends][i] - year, 1.0);
                rest += last_year * part * factor(year + 0.5 * part);
            }
            gain.push_back(earned - now_.figures[partners_discounted][i]);
            with_rest.push_back(gain.back() + rest);
            out.earns += earned * share;
            out.p_gains += with_rest.back() > 0.0 ? share : 0.0;
        }
        out.gain = worth_of(gain, good_);
        out.with_rest = worth_of(with_rest, good_);
        out.capital = mean_of(of(now_.figures[partners]));
    }

    const PathModels& models_;
    const PathRun& run_;
    std::size_t profit_at_ = 0, now_profit_ = 0;          ///< first row of the sites' profits
    std::array<std::array<std::size_t, 2>, 2> seen_at_{}; ///< rows of what is delivered, by look
    std::size_t quarters_ = 0, begin_ = 0, n_ = 0;
    std::size_t npv_at_ = 0, tail_at_ = 0, now_npv_ = 0, now_tail_ = 0, at_site_ = 0,
                wafers_ = 0; ///< rows of the columns
    Run without_, now_, later_, latest_, half_, half_later_;
    std::vector<std::size_t> good_;
};

} // namespace

PathWorth path_worth(const PathModels& models, const PathRun& run) { return Paths(models, run).all(); }

} // namespace autarky::analysis
