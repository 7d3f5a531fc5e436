// autarky: sums what an event takes, future by future.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "analysis/in_turn.hpp"
#include "analysis/samples.hpp"
#include "foundry/entities.hpp"
#include "model/value.hpp"

namespace autarky::analysis {
namespace {

/// Metrics that the figures are made of, besides those of sites.
constexpr std::array<std::string_view, 11> needed{"npv",
                                                  "deploy.vehicles",
                                                  "deploy.robots",
                                                  "deploy.vehicles_buy",
                                                  "deploy.robots_buy",
                                                  "cash.make",
                                                  "cash.buy",
                                                  "resilience.onshore_share",
                                                  "foundry.chips_used",
                                                  "merchant.chips",
                                                  "merchant.chips_buy"};
constexpr std::string_view of_site = "foundry.wafers.", of_back_end = "back_end.taken.", of_state = "rated.";

/// `has_orders`: the scenario has rated orders, whose figures are many.
bool is_needed(std::string_view id, bool has_orders) {
    return std::find(needed.begin(), needed.end(), id) != needed.end() || id.starts_with(of_site) ||
           id.starts_with(of_back_end) || (has_orders && id.starts_with(of_state));
}

bool has_rated_orders(const ScenarioModel& model) {
    const auto& events = model.loaded().scenario.event.rows;
    return std::any_of(events.begin(), events.end(),
                       [](const auto& event) { return event.kind == foundry::EventKind::rated_orders; });
}

/// Values of some metrics in every future of a model, and the discounted cash of both worlds.
class Futures {
public:
    Futures(const ScenarioModel& model, const StressRun& run, std::size_t samples, const Watched& watched)
        : quarters_(model.quarters().size()) {
        std::vector<std::size_t> columns;
        const bool has_orders = has_rated_orders(model);
        for (const auto& metric : model.metrics()) {
            if (!is_needed(metric.info.id, has_orders)) continue;
            place_[metric.info.id] = columns.size();
            for (std::size_t k = 0; k < metric.count; ++k)
                columns.push_back(metric.first + k);
        }
        worth_make_ = columns.size();
        factor_ = worth_make_ + 2;
        const model::Timeline time(model.loaded().scenario.horizon);
        capacity_ = factor_ + time.size();
        n_sites_ = model.loaded().scenario.site.size();
        const std::size_t make = place_.at("cash.make"), buy = place_.at("cash.buy");
        const auto read = [&, n = columns.size()](const Scenario<Lanes>& scenario, const Lanes* /*inputs*/,
                                                  const Lanes* values, Lanes* figures) {
            std::copy(values, values + n, figures);
            figures[n] = figures[n + 1] = Lanes(0.0);
            for (std::size_t q = 0; q < time.size(); ++q) {
                const Lanes factor = model::quarter_factor(scenario, time, q);
                figures[n] += values[make + q] * factor;
                figures[n + 1] += values[buy + q] * factor;
                figures[n + 2 + q] = factor;
            }
            for (std::size_t i = 0; i < n_sites_; ++i) {
                Lanes* of = figures + capacity_ + i * (time.size() + 1);
                for (std::size_t q = 0; q < time.size(); ++q)
                    of[q] = scenario.site[i].capacity.at(time.middle(q)).in("wafer/month"_u);
                of[time.size()] = scenario.site[i].capital.in("USD*month/wafer"_u);
            }
        };
        values_ = values_read(model, columns, capacity_ + n_sites_ * (time.size() + 1), read, samples, run.seed,
                              run.threads, watched);
    }

    [[nodiscard]] std::size_t size() const { return values_.front().size(); }
    [[nodiscard]] std::size_t quarters() const { return quarters_; }
    [[nodiscard]] bool is_good(std::size_t i) const { return std::isfinite(at("npv", 0, i)); }
    /// A metric in a quarter of a future.
    [[nodiscard]] double at(const std::string& metric, std::size_t q, std::size_t i) const {
        return values_[place_.at(metric) + q][i];
    }
    [[nodiscard]] bool has_orders() const { return place_.contains("rated.income"); }
    [[nodiscard]] double worth(bool make, std::size_t i) const { return values_[worth_make_ + (make ? 0 : 1)][i]; }
    /// Discount factor of a quarter; planned wafers a month of a site in it; capital of one of them.
    [[nodiscard]] double factor(std::size_t q, std::size_t i) const { return values_[factor_ + q][i]; }
    [[nodiscard]] double planned(std::size_t site, std::size_t q, std::size_t i) const {
        return values_[capacity_ + site * (quarters_ + 1) + q][i];
    }
    [[nodiscard]] double capital(std::size_t site, std::size_t i) const { return planned(site, quarters_, i); }
    [[nodiscard]] double delivered(bool make, std::size_t q, std::size_t i) const {
        return make ? at("deploy.vehicles", q, i) + at("deploy.robots", q, i)
                    : at("deploy.vehicles_buy", q, i) + at("deploy.robots_buy", q, i);
    }

private:
    std::size_t quarters_, worth_make_ = 0, factor_ = 0, capacity_ = 0, n_sites_ = 0;
    std::map<std::string, std::size_t, std::less<>> place_; ///< first row of a metric
    std::vector<std::vector<double>> values_;               ///< [row][future]
};

/// A model without the event beside one with it, in the futures that are good in both.
class Beside {
public:
    Beside(const ScenarioModel& without, const ScenarioModel& with, const StressRun& run)
        : names_(without),
          run_(run),
          turns_(run.stop, 2),
          before_(without, run, run.samples, turns_.next()),
          after_(with, run, before_.size(), turns_.next()) {
        for (std::size_t i = 0; i < std::min(before_.size(), after_.size()); ++i)
            if (before_.is_good(i) && after_.is_good(i)) good_.push_back(i);
    }

    StressedCase all() {
        StressedCase out;
        out.samples = good_.size();
        out.failed = std::min(before_.size(), after_.size()) - good_.size();
        if (good_.empty()) return out;
        out.make = world(true);
        out.buy = world(false);
        out.value = value();
        const auto window = static_cast<double>(last() - run_.first);
        out.onshore_before = in_window(before_, "resilience.onshore_share") / window;
        out.onshore_after = in_window(after_, "resilience.onshore_share") / window;
        add_flows(out.flows);
        if (after_.has_orders())
            for (const auto world : {StressedIn::make, StressedIn::buy})
                add_state(world, out.state);
        out.added = added();
        add_quarters(out.quarters);
        return out;
    }

private:
    /// First quarter behind the window.
    [[nodiscard]] std::size_t last() const { return std::min(run_.first + stress_window, before_.quarters()); }

    [[nodiscard]] StressedWorld world(bool make) const {
        std::vector<double> behind, late, lost, quarters, value;
        double unrecovered = 0.0;
        for (const auto i : good_) {
            double gap = 0.0, worst = 0.0;
            std::size_t short_until = run_.first;
            for (std::size_t q = 0; q < before_.quarters(); ++q) {
                const double was = before_.delivered(make, q, i), is = after_.delivered(make, q, i);
                gap += was - is;
                worst = std::max(worst, gap);
                constexpr double hardly_any = 0.5; // devices; what rounding leaves of a difference
                if (q >= run_.first && was - is > short_share * was + hardly_any) short_until = q + 1;
            }
            behind.push_back(worst);
            lost.push_back(gap);
            late.push_back(worst - std::max(gap, 0.0));
            quarters.push_back(static_cast<double>(short_until - run_.first));
            unrecovered += short_until == before_.quarters() ? 1.0 : 0.0;
            value.push_back(after_.worth(make, i) - before_.worth(make, i));
        }
        return {spread_of(std::move(behind), good_),
                spread_of(std::move(late), good_),
                spread_of(std::move(lost), good_),
                spread_of(std::move(quarters), good_),
                unrecovered / static_cast<double>(good_.size()),
                spread_of(std::move(value), good_)};
    }

    [[nodiscard]] StressedValue value() const {
        std::vector<double> before, after, change;
        StressedValue out;
        for (const auto i : good_) {
            before.push_back(before_.at("npv", 0, i));
            after.push_back(after_.at("npv", 0, i));
            change.push_back(after.back() - before.back());
            out.p_make_before += before.back() > 0.0 ? 1.0 : 0.0;
            out.p_make_after += after.back() > 0.0 ? 1.0 : 0.0;
        }
        out.p_make_before /= static_cast<double>(good_.size());
        out.p_make_after /= static_cast<double>(good_.size());
        out.before = spread_of(std::move(before), good_);
        out.after = spread_of(std::move(after), good_);
        out.change = spread_of(std::move(change), good_);
        return out;
    }

    /// Sum of a metric over the window, mean of the futures.
    [[nodiscard]] double in_window(const Futures& side, const std::string& metric) const {
        double sum = 0.0;
        for (const auto i : good_)
            for (std::size_t q = run_.first; q < last(); ++q)
                sum += side.at(metric, q, i);
        return sum / static_cast<double>(good_.size());
    }

    void add_flows(std::vector<StressedFlow>& flows) const {
        const auto add = [&](Moved what, std::string name, const std::string& metric) {
            flows.push_back({what, std::move(name), in_window(before_, metric), in_window(after_, metric)});
        };
        for (const auto& site : names_.loaded().scenario.site.names)
            add(Moved::wafers, site, std::string(of_site) + site);
        for (const auto& back_end : names_.loaded().scenario.back_end.names)
            add(Moved::dies, back_end, std::string(of_back_end) + back_end);
        add(Moved::chips_make, "own", "foundry.chips_used");
        add(Moved::chips_make, "merchants", "merchant.chips");
        add(Moved::chips_buy, "merchants", "merchant.chips_buy");
        std::erase_if(flows, [](const StressedFlow& flow) { return flow.before == 0.0 && flow.after == 0.0; });
    }

    /// What rated orders take in one world; nothing is told where they take nothing.
    void add_state(StressedIn world, std::vector<StressedState>& state) const {
        const std::string suffix = world == StressedIn::buy ? "_buy" : "";
        StressedState sum{world};
        for (const auto i : good_)
            for (std::size_t q = 0; q < after_.quarters(); ++q) {
                for (const auto& site : names_.loaded().scenario.site.names) {
                    const double wafers = after_.at("rated.wafers." + site, q, i);
                    if (!(wafers > 0.0)) continue;
                    const double own = world == StressedIn::make ? after_.at("rated.from_own." + site, q, i) : 0.0;
                    const double merchants = after_.at("rated.from_merchants" + suffix + "." + site, q, i);
                    const double paid = after_.at("rated.paid." + site, q, i) * after_.factor(q, i);
                    sum.wafers += wafers;
                    sum.own += own;
                    sum.merchants += merchants;
                    sum.others += after_.at("rated.from_others" + suffix + "." + site, q, i);
                    sum.paid += paid;
                    sum.paid_for_own += paid * (own / wafers);
                    sum.paid_for_merchants += paid * (merchants / wafers);
                }
                if (world == StressedIn::make) sum.income += after_.at("rated.income", q, i) * after_.factor(q, i);
            }
        if (!(sum.wafers > 0.0)) return;
        for (auto* figure : {&sum.wafers, &sum.own, &sum.merchants, &sum.others, &sum.paid, &sum.paid_for_own,
                             &sum.paid_for_merchants, &sum.income})
            *figure /= static_cast<double>(good_.size());
        // the parts add up to the whole but for rounding, which must not show as wafers below none
        sum.idle = std::max(sum.wafers - sum.own - sum.merchants - sum.others, 0.0);
        state.push_back(sum);
    }

    /// What sites are planned to have beyond what they had: of events that add, the state's.
    [[nodiscard]] PublicCapacity added() const {
        if (!run_.adds_capacity) return {};
        std::vector<double> wafers, capital;
        for (const auto i : good_) {
            double most = 0.0, spent = 0.0;
            std::vector<double> by_site(names_.loaded().scenario.site.size(), 0.0);
            for (std::size_t q = run_.first; q < before_.quarters(); ++q) {
                double now = 0.0;
                for (std::size_t site = 0; site < by_site.size(); ++site) {
                    const double more = std::max(after_.planned(site, q, i) - before_.planned(site, q, i), 0.0);
                    now += more;
                    by_site[site] = std::max(by_site[site], more);
                }
                most = std::max(most, now);
            }
            for (std::size_t site = 0; site < by_site.size(); ++site)
                spent += by_site[site] * after_.capital(site, i);
            wafers.push_back(most);
            capital.push_back(spent);
        }
        return {spread_of(std::move(wafers), good_), spread_of(std::move(capital), good_)};
    }

    void add_quarters(std::vector<StressedQuarter>& quarters) const {
        const auto mean = [this](const Futures& side, bool make, std::size_t q) {
            double sum = 0.0;
            for (const auto i : good_)
                sum += side.delivered(make, q, i);
            return sum / static_cast<double>(good_.size());
        };
        for (std::size_t q = 0; q < before_.quarters(); ++q)
            quarters.push_back({names_.quarters()[q], mean(before_, true, q), mean(after_, true, q),
                                mean(before_, false, q), mean(after_, false, q)});
    }

    const ScenarioModel& names_;
    const StressRun& run_;
    InTurn turns_;
    Futures before_, after_;
    std::vector<std::size_t> good_;
};

} // namespace

StressedCase stress(const ScenarioModel& without, const ScenarioModel& with, const StressRun& run) {
    return Beside(without, with, run).all();
}

} // namespace autarky::analysis
