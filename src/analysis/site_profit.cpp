// autarky: sums the profit of whole sites and prices their wafers by the good die.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/site_profit.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/estimate.hpp"
#include "analysis/in_turn.hpp"
#include "analysis/samples.hpp"
#include "model/value.hpp"

namespace autarky::analysis {
namespace {

using Values = std::vector<double>;

/// Figures of a run, [row][future]: metrics by quarter, then discount by quarter, then depreciation by site and quarter.
class SiteRun {
public:
    SiteRun(const ScenarioModel& model, const std::vector<std::size_t>& sites, const std::vector<std::string>& metrics,
            std::uint64_t samples, std::uint64_t seed, unsigned threads,
            const std::function<bool(std::uint64_t done, std::uint64_t of)>& stop)
        : quarters_(model.quarters().size()) {
        std::vector<std::size_t> columns;
        for (const auto& metric : metrics)
            for (std::size_t q = 0; q < quarters_; ++q)
                columns.push_back(model.find(metric)->first + q);
        std::sort(columns.begin(), columns.end());
        for (const auto& metric : metrics)
            place_[metric] = static_cast<std::size_t>(
                std::lower_bound(columns.begin(), columns.end(), model.find(metric)->first) - columns.begin());
        discount_ = columns.size();
        const auto read = [&](const Scenario<Lanes>& s, const Lanes* /*inputs*/, const Lanes* values, Lanes* figures) {
            std::copy(values, values + columns.size(), figures);
            Lanes* out = figures + columns.size();
            const model::Timeline time(s.horizon);
            for (std::size_t q = 0; q < time.size(); ++q)
                *out++ = model::quarter_factor(s, time, q);
            for (const auto site : sites)
                for (std::size_t q = 0; q < time.size(); ++q)
                    *out++ = depreciation(s.site[site], time.middle(q));
        };
        values_ = values_read(model, columns, columns.size() + quarters_ * (1 + sites.size()), read, samples, seed,
                              threads, stop);
    }

    [[nodiscard]] std::size_t size() const { return values_.front().size(); }
    [[nodiscard]] bool is_good(std::size_t i) const {
        return std::all_of(values_.begin(), values_.end(), [i](const auto& row) { return std::isfinite(row[i]); });
    }
    [[nodiscard]] double at(const std::string& metric, std::size_t q, std::size_t i) const {
        return values_[place_.find(metric)->second + q][i];
    }
    [[nodiscard]] double discount(std::size_t q, std::size_t i) const { return values_[discount_ + q][i]; }
    /// Of the k-th site that was asked for.
    [[nodiscard]] double depreciation_at(std::size_t k, std::size_t q, std::size_t i) const {
        return values_[discount_ + (k + 1) * quarters_ + q][i];
    }

private:
    static Lanes depreciation(const foundry::Site<Lanes>& site, double t) {
        const Money<Lanes> of_quarter =
            site.capacity.at(t) * site.capital * (quantity<Lanes>(model::quarter_years, "year"_u) / site.depreciation);
        return of_quarter.raw();
    }

    std::size_t quarters_, discount_ = 0;
    std::map<std::string, std::size_t, std::less<>> place_; ///< first row of a metric
    std::vector<Values> values_;
};

/// One site in the futures that are good in both runs.
class SiteBooks {
public:
    SiteBooks(const SiteRun& with, const std::vector<std::size_t>& good, std::string site,
              std::vector<std::string> chips, std::size_t quarters)
        : run_(with), good_(good), site_(std::move(site)), chips_(std::move(chips)), quarters_(quarters) {}

    [[nodiscard]] double discounted(const SiteRun& run, const std::string& metric, std::size_t i) const {
        double sum = 0.0;
        for (std::size_t q = 0; q < quarters_; ++q)
            sum += run.at(metric + "." + site_, q, i) * run.discount(q, i);
        return sum;
    }
    /// Mean of the quarters in which the site runs; 0 where it never does.
    [[nodiscard]] double utilisation(const SiteRun& run, std::size_t i) const {
        double sum = 0.0, n = 0.0;
        for (std::size_t q = 0; q < quarters_; ++q) {
            const double filled = run.at("foundry.filled." + site_, q, i);
            sum += filled;
            n += filled > 0.0 ? 1.0 : 0.0;
        }
        return n > 0.0 ? sum / n : 0.0;
    }
    /// What payment by the good die moves to the site, by future.
    [[nodiscard]] Values moved() const {
        Values out(good_.size(), 0.0);
        for (const auto& chip : chips_)
            for (std::size_t q = 0; q < quarters_; ++q)
                add_moved(chip, q, out);
        return out;
    }

private:
    /// Money of one chip's wafers in a quarter is its part of what the site's wafers cost the buyer.
    void add_moved(const std::string& chip, std::size_t q, Values& out) const {
        const auto line = chip + "." + site_;
        Values paid, yield;
        double all = 0.0, good_dies = 0.0;
        for (const auto i : good_) {
            const double wafers = run_.at("foundry.wafers." + site_, q, i);
            const double part = wafers > 0.0 ? run_.at("foundry.line_wafers." + line, q, i) / wafers : 0.0;
            paid.push_back(part * run_.at("foundry.wafer_cost." + site_, q, i) * run_.discount(q, i));
            yield.push_back(run_.at("foundry.line_yield." + line, q, i));
            all += paid.back();
            good_dies += paid.back() * yield.back();
        }
        if (!(good_dies > 0.0)) return; // nothing is started
        const double agreed = good_dies / all;
        for (std::size_t k = 0; k < out.size(); ++k)
            out[k] += paid[k] * (yield[k] / agreed - 1.0);
    }

    const SiteRun& run_;
    const std::vector<std::size_t>& good_;
    std::string site_;
    std::vector<std::string> chips_;
    std::size_t quarters_;
};

/// Chips that are made at a site.
std::vector<std::string> chips_at(const Scenario<Uncertain>& s, std::size_t site) {
    std::vector<std::string> out;
    for (const auto& row : s.allocation.rows)
        if (static_cast<std::size_t>(row.site.index) == site)
            out.push_back(s.chip.names[static_cast<std::size_t>(row.chip.index)]);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

} // namespace

std::vector<SiteProfit> site_profits(const ScenarioModel& with, const ScenarioModel& without,
                                     const std::vector<std::size_t>& sites, std::uint64_t samples, std::uint64_t seed,
                                     unsigned threads,
                                     const std::function<bool(std::uint64_t done, std::uint64_t of)>& stop) {
    const auto& s = with.loaded().scenario;
    const std::size_t quarters = with.quarters().size();
    std::vector<std::string> profits, metrics; // of both runs, of the one with the buyer
    for (const auto site : sites) {
        const auto& name = s.site.names[site];
        profits.push_back("foundry.profit." + name);
        profits.push_back("foundry.filled." + name);
        metrics.push_back("foundry.wafers." + name);
        metrics.push_back("foundry.wafer_cost." + name);
        for (const auto& chip : chips_at(s, site)) {
            metrics.push_back("foundry.line_wafers." + chip + "." + name);
            metrics.push_back("foundry.line_yield." + chip + "." + name);
        }
    }
    metrics.insert(metrics.end(), profits.begin(), profits.end());
    InTurn turns(stop, 2);
    const SiteRun own(with, sites, metrics, samples, seed, threads, turns.next());
    const SiteRun none(without, sites, profits, samples, seed, threads, turns.next());
    std::vector<std::size_t> good;
    for (std::size_t i = 0; i < std::min(own.size(), none.size()); ++i)
        if (own.is_good(i) && none.is_good(i)) good.push_back(i);
    std::vector<SiteProfit> out;
    for (std::size_t k = 0; k < sites.size() && !good.empty(); ++k) {
        SiteProfit one;
        one.site = s.site.names[sites[k]];
        const SiteBooks books(own, good, one.site, chips_at(s, sites[k]), quarters);
        const Values moved = books.moved();
        Values profit, by_die;
        const double share = 1.0 / static_cast<double>(good.size());
        for (std::size_t g = 0; g < good.size(); ++g) {
            const auto i = good[g];
            profit.push_back(books.discounted(own, "foundry.profit", i));
            by_die.push_back(profit.back() + moved[g]);
            one.without += share * books.discounted(none, "foundry.profit", i);
            one.utilisation += share * books.utilisation(own, i);
            one.utilisation_without += share * books.utilisation(none, i);
            one.buyer += share * books.discounted(own, "foundry.wafer_cost", i);
            for (std::size_t q = 0; q < quarters; ++q)
                one.depreciation += share * own.depreciation_at(k, q, i) * own.discount(q, i);
        }
        one.profit = spread_of(std::move(profit), good);
        one.by_good_die = spread_of(std::move(by_die), good);
        one.moved = spread_of(moved, good);
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace autarky::analysis
