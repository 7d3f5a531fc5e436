// autarky: values a way to more wafers future by future.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/paths.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "analysis/estimate.hpp"
#include "analysis/in_turn.hpp"
#include "analysis/samples.hpp"
#include "foundry/expansion.hpp"
#include "model/value.hpp"

namespace autarky::analysis {
namespace {

using Values = std::vector<double>;

Worth worth_of(const Values& values) {
    const auto estimate = estimate_of(values);
    return {estimate.mean, estimate.error};
}
double mean_of(const Values& values) { return estimate_of(values).mean; }

/// What a buyer sees of a future when it looks again, and how a value goes with it: a parabola, fitted to every other future
/// and used on the rest, so that no future judges itself.
class Outlook {
public:
    explicit Outlook(Values seen) : seen_(std::move(seen)) {
        const auto [low, high] = std::minmax_element(seen_.begin(), seen_.end());
        const double span = *high - *low, least = *low;
        for (auto& x : seen_)
            x = span > 0.0 ? (x - least) / span : 0.0;
    }
    /// Whether each future's value looks above 0.
    [[nodiscard]] std::vector<bool> looks_good(const Values& value) const {
        std::vector<bool> out(value.size());
        for (const std::size_t half : {std::size_t{0}, std::size_t{1}}) {
            const auto fit = parabola(value, half);
            for (std::size_t i = 1 - half; i < value.size(); i += 2)
                out[i] = fit[0] + seen_[i] * (fit[1] + seen_[i] * fit[2]) > 0.0;
        }
        return out;
    }

private:
    /// Least squares over futures half, half + 2, ...; a hair of ridge where they do not tell the terms apart.
    [[nodiscard]] std::array<double, 3> parabola(const Values& value, std::size_t half) const {
        std::array<std::array<double, 4>, 3> a{};
        for (std::size_t i = half; i < value.size(); i += 2) {
            const std::array<double, 3> term{1.0, seen_[i], seen_[i] * seen_[i]};
            for (std::size_t r = 0; r < 3; ++r) {
                for (std::size_t c = 0; c < 3; ++c)
                    a[r][c] += term[r] * term[c];
                a[r][3] += term[r] * value[i];
            }
        }
        const double ridge = 1e-9 * (a[0][0] + 1.0);
        for (std::size_t r = 0; r < 3; ++r)
            a[r][r] += ridge;
        for (std::size_t p = 0; p < 3; ++p)
            for (std::size_t r = 0; r < 3; ++r) {
                if (r == p) continue;
                const double by = a[r][p] / a[p][p];
                for (std::size_t c = p; c < 4; ++c)
                    a[r][c] -= by * a[p][c];
            }
        return {a[0][3] / a[0][0], a[1][3] / a[1][1], a[2][3] / a[2][2]};
    }

    Values seen_; ///< between 0 and 1
};

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
        seen_at_ = row(run.decision + run.wait);
        const auto value = [](const ScenarioModel& of) { return std::vector<std::size_t>{column(of, "npv")}; };
        auto looked = value(*models.without);
        looked.push_back(column(*models.without, "deploy.vehicles", seen_at_));
        looked.push_back(column(*models.without, "deploy.robots", seen_at_));
        looked.push_back(column(*models.without, "npv.with_tail"));
        std::sort(looked.begin(), looked.end());
        const auto place = [&](const char* metric) {
            return static_cast<std::size_t>(std::find(looked.begin(), looked.end(), column(*models.without, metric)) -
                                            looked.begin());
        };
        npv_at_ = place("npv");
        tail_at_ = place("npv.with_tail");
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
        out.gain = spread_of(now);
        out.now = worth_of(now);
        Values tail = of(now_.columns[now_tail_]);
        const auto tail_without = of(without_.columns[tail_at_]);
        for (std::size_t i = 0; i < tail.size(); ++i)
            tail[i] -= tail_without[i];
        out.with_tail = worth_of(tail);
        Values known = now;
        for (auto& x : known) {
            out.p_pays += x > 0.0 ? 1.0 / static_cast<double>(known.size()) : 0.0;
            x = std::max(x, 0.0);
        }
        out.known = worth_of(known);
        choose(now, later, half, half_later, out);
        tell_money(out);
        tell_use(out);
        return out;
    }

private:
    static constexpr std::size_t n_runs = 5;

    std::vector<std::size_t> now_columns(const ScenarioModel& model) {
        const auto& s = model.loaded().scenario;
        const auto site = static_cast<std::size_t>(s.path[run_.path].site.index);
        std::vector<std::size_t> out{column(model, "npv"), column(model, "npv.with_tail")};
        for (const auto& metric : {"foundry.wafers." + s.site.names[site], std::string("foundry.wafers")})
            for (std::size_t q = 0; q < quarters_; ++q)
                out.push_back(column(model, metric, q));
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
        return sorted;
    }

    void pick_good() {
        n_ = now_.columns.front().size();
        for (const auto* run : {&without_, &later_, &half_, &half_later_})
            n_ = std::min(n_, run->columns.front().size());
        for (std::size_t i = 0; i < n_; ++i)
            if (std::isfinite(without_.columns[npv_at_][i]) && std::isfinite(now_.columns[now_npv_][i]) &&
                std::isfinite(later_.columns.front()[i]) && std::isfinite(half_.columns.front()[i]) &&
                std::isfinite(half_later_.columns.front()[i]))
                good_.push_back(i);
    }
    [[nodiscard]] Values of(const Values& row) const {
        Values out;
        for (const auto i : good_)
            out.push_back(row[i]);
        return out;
    }

    /// Waits, stages and gives up by what devices are delivered when it is looked at again.
    void choose(const Values& now, const Values& later, const Values& half, const Values& half_later, PathWorth& out) {
        const std::size_t n = good_.size();
        Values seen(n, 0.0), second(n), rest(n);
        for (std::size_t row = 0; row < without_.columns.size(); ++row)
            if (row != npv_at_ && row != tail_at_)
                for (std::size_t i = 0; i < n; ++i)
                    seen[i] += without_.columns[row][good_[i]];
        const auto spent_by = of(now_.figures[spent]);
        for (std::size_t i = 0; i < n; ++i) {
            second[i] = later[i] - half_later[i];
            rest[i] = now[i] + spent_by[i];
        }
        const Outlook outlook(std::move(seen));
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
        out.wait = worth_of(wait);
        out.stage = worth_of(stage);
        out.abandon = worth_of(abandon);
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

    const PathModels& models_;
    const PathRun& run_;
    std::size_t quarters_ = 0, begin_ = 0, seen_at_ = 0, n_ = 0;
    std::size_t npv_at_ = 0, tail_at_ = 0, now_npv_ = 0, now_tail_ = 0, at_site_ = 0,
                wafers_ = 0; ///< rows of the columns
    Run without_, now_, later_, half_, half_later_;
    std::vector<std::size_t> good_;
};

} // namespace

PathWorth path_worth(const PathModels& models, const PathRun& run) { return Paths(models, run).all(); }

} // namespace autarky::analysis
