// autarky: the make world's supply of own chips: sites, yields, starts, wafers and dies on their way, stock.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "model/growths.hpp"
#include "model/line.hpp"
#include "model/timeline.hpp"

namespace autarky::model {

inline constexpr Formula order_formula{
    "foundry.order", "Chips to start",
    "(demand until they arrive + safety stock - stock - in progress) x share of the quarter "
    "open to starts, at least 0",
    "order-up-to policy"};

/// State and flows of the supply. Order of calls in a quarter: open_quarter, start, advance, use, close_quarter.
template <class R> class Supply {
public:
    using Generations = std::vector<Generation<R>>;

    void reset(const Scenario<R>& s, const Timeline& time, const Generations& generations) {
        scenario_ = &s;
        time_ = &time;
        generations_ = &generations;
        sites_.assign(s.site.size(), SiteState<R>{});
        lines_.resize(s.allocation.size());
        stock_.assign(s.chip.size(), Chips<R>{});
        arrived_ = stock_;
        written_off_ = from_home_ = used_from_home_ = stock_;
        for (std::size_t i = 0; i < lines_.size(); ++i)
            lines_[i].reset(s, i);
    }

    /// What the sites can do this quarter: capacity after events and own paths, price, defect density; costs by line.
    void open_quarter(std::size_t q, const std::vector<R>& event_loss, const Growths<R>& growths) {
        const double t = time_->middle(q);
        for (std::size_t i = 0; i < sites_.size(); ++i)
            sites_[i].open(*scenario_, i, *time_, q, event_loss, growths.wafer_price[i].factor, learned_elsewhere(i));
        const auto memory_price = scenario_->economy.memory_price.at(t);
        for (auto& line : lines_)
            line.price(*scenario_, sites_[line.site], memory_price);
    }

    /// Starts wafers for `work[k]`, the work (in first-generation chips) that devices are planned to need in quarter q + k.
    void start(std::size_t q, const std::array<Chips<R>, lookahead>& work) {
        for (auto& line : lines_)
            line.started = Wafers<R>{};
        short_of_capacity_ = Chips<R>{};
        for (std::size_t g = generations_->size(); g-- > 0;)
            start_generation(g, chips_to_start(g, q, work));
        for (auto& site : sites_) {
            site.unmet = max(site.minimum - site.started, Wafers<R>{});
            site.paid = site.started + site.unmet;
        }
    }

    /// One quarter passes in fabs and assembly; what is ready goes into stock.
    void advance() {
        for (auto& chips : arrived_)
            chips = Chips<R>{};
        for (auto& line : lines_) {
            line.advance();
            arrived_[line.chip] += line.shipped;
            if (scenario_->site[line.site].location == scenario_->buyer.home) from_home_[line.chip] += line.shipped;
            sites_[line.site].finished += line.finished;
        }
        for (std::size_t g = 0; g < stock_.size(); ++g)
            stock_[g] += arrived_[g];
        for (auto& site : sites_)
            site.taught += site.finished + site.others;
    }

    /// Takes up to `wanted` chips of a generation out of stock, from home and abroad alike.
    Chips<R> use(std::size_t g, const Chips<R>& wanted) {
        const Chips<R> used = min(stock_[g], wanted);
        used_from_home_[g] = used * ratio(from_home_[g], stock_[g], R(0.0));
        stock_[g] -= used;
        from_home_[g] -= used_from_home_[g];
        return used;
    }

    /// Writes off the stock of a generation that no device is planned for any more.
    void close_quarter(std::size_t q) {
        for (std::size_t g = 0; g < stock_.size(); ++g) {
            R future(0.0);
            for (std::size_t k = 1; k <= lookahead && q + k < (*generations_)[g].share.size(); ++k)
                future += (*generations_)[g].share[q + k];
            const auto& schedule = (*generations_)[g].schedule;
            const auto over = (future <= R(0.0)) & (R(time_->end(q)) > schedule.first_chips);
            written_off_[g] = select(over, stock_[g], Chips<R>{});
            from_home_[g] -= written_off_[g] * ratio(from_home_[g], stock_[g], R(0.0));
            stock_[g] -= written_off_[g];
        }
    }

    [[nodiscard]] const std::vector<Line<R>>& lines() const { return lines_; }
    [[nodiscard]] const std::vector<SiteState<R>>& sites() const { return sites_; }
    [[nodiscard]] const Chips<R>& stock(std::size_t g) const { return stock_[g]; }
    /// Of the chips used in the quarter, those made onshore.
    [[nodiscard]] const Chips<R>& used_from_home(std::size_t g) const { return used_from_home_[g]; }
    [[nodiscard]] const Chips<R>& arrived(std::size_t g) const { return arrived_[g]; }
    [[nodiscard]] const Chips<R>& written_off(std::size_t g) const { return written_off_[g]; }
    /// Chips that could not be started for lack of capacity.
    [[nodiscard]] const Chips<R>& short_of_capacity() const { return short_of_capacity_; }

    /// Unit cost of a generation, its lines weighted by planned share.
    [[nodiscard]] ChipCost<R> unit_cost(std::size_t g) const {
        ChipCost<R> sum{};
        for (const auto& line : lines_)
            if (line.chip == g) sum += line.unit_cost * line.share;
        return sum;
    }

private:
    /// Finished wafers of the same process at other sites, as far as their lessons travel.
    [[nodiscard]] Wafers<R> learned_elsewhere(std::size_t i) const {
        Wafers<R> sum{};
        const int process = scenario_->site[i].process.index;
        for (std::size_t j = 0; j < sites_.size(); ++j)
            if (j != i && scenario_->site[j].process.index == process) sum += sites_[j].taught;
        return sum * scenario_->process[scenario_->site[i].process].transfer;
    }

    [[nodiscard]] Chips<R> in_progress(std::size_t g) const {
        Chips<R> sum{};
        for (const auto& line : lines_)
            if (line.chip == g) sum += line.chips_in_progress();
        return sum;
    }

    [[nodiscard]] Chips<R> chips_to_start(std::size_t g, std::size_t q,
                                          const std::array<Chips<R>, lookahead>& work) const {
        const auto& generation = (*generations_)[g];
        const auto& chip = scenario_->chip[g];
        const R lead = generation.lead.in("quarter"_u);
        Chips<R> needed{};
        Chips<R> at_arrival{};
        const R per_work = R(1.0) / generation.relative_work;
        for (std::size_t k = 0; k < lookahead; ++k) {
            const Chips<R> demand = work[k] * (generation.share[q + k] * per_work);
            const R offset(static_cast<double>(k));
            needed += demand * clamp(lead + R(1.0) - offset, R(0.0), R(1.0));
            at_arrival += demand * max(R(1.0) - abs(lead - offset), R(0.0));
        }
        const Chips<R> safety = at_arrival * chip.safety_stock.in("quarter"_u);
        const Chips<R> position = stock_[g] + in_progress(g);
        const Chips<R> order = max(needed + safety - position, Chips<R>{}) * generation.may_start[q];
        return named(order_formula, order, arg("demand until arrival", needed), arg("safety stock", safety),
                     arg("stock and in progress", position), arg("open to starts", generation.may_start[q]));
    }

    /// Committed wafers first (they are paid anyway), then by planned share, then wherever there is room.
    void start_generation(std::size_t g, Chips<R> need) {
        for (auto& line : lines_)
            if (line.chip == g)
                need -= take(line, need, max(sites_[line.site].minimum - sites_[line.site].started, Wafers<R>{}));
        const Chips<R> rest = need;
        for (auto& line : lines_)
            if (line.chip == g) need -= take(line, rest * line.share, sites_[line.site].room());
        for (auto& line : lines_)
            if (line.chip == g) need -= take(line, need, sites_[line.site].room());
        short_of_capacity_ += max(need, Chips<R>{});
    }

    /// Starts wafers on a line for up to `chips`, at most `limit` and what the site has room for; returns the chips.
    Chips<R> take(Line<R>& line, const Chips<R>& chips, const Wafers<R>& limit) {
        auto& site = sites_[line.site];
        const auto per_wafer = line.chips_per_started_wafer();
        const Wafers<R> wanted = max(chips, Chips<R>{}) / per_wafer;
        const Wafers<R> wafers = min(wanted, min(limit, site.room()));
        site.started += wafers;
        line.started += wafers;
        return wafers * per_wafer;
    }

    const Scenario<R>* scenario_ = nullptr;
    const Timeline* time_ = nullptr;
    const Generations* generations_ = nullptr;
    std::vector<SiteState<R>> sites_;
    std::vector<Line<R>> lines_;
    std::vector<Chips<R>> stock_, arrived_, written_off_;
    std::vector<Chips<R>> from_home_, used_from_home_; ///< parts of stock and use that were made onshore
    Chips<R> short_of_capacity_{};
};

} // namespace autarky::model
