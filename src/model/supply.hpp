// autarky: the make world's supply of own chips: sites, yields, starts, wafers and dies on their way, stock.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "model/back_ends.hpp"
#include "model/contracts.hpp"
#include "model/growths.hpp"
#include "model/line.hpp"

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
        written_off_ = from_home_ = used_from_home_ = short_ = stock_;
        for (std::size_t i = 0; i < lines_.size(); ++i)
            lines_[i].reset(s, i);
    }

    /// What the sites ask and have learned this quarter; costs by line; what the contracts commit to. `memory_price` is the
    /// economy's, after events.
    void open_quarter(std::size_t q, const std::vector<SiteCapacity<R>>& capacity, const Growths<R>& growths,
                      const silicon::MemoryPrice<R>& memory_price) {
        capacity_ = &capacity;
        for (std::size_t i = 0; i < sites_.size(); ++i)
            sites_[i].open(*scenario_, i, capacity[i], time_->middle(q), growths.wafer_price[i].factor,
                           Contracts<R>::price_at(*scenario_, *time_, q, i), learned_elsewhere(i));
        for (auto& line : lines_)
            line.price(*scenario_, sites_[line.site], memory_price);
        contracts_.open_quarter(*scenario_, *time_, q, sites_, capacity);
    }

    /// Starts wafers for `needed[g][k]`, the chips of generation g that devices are planned to need in quarter q + k.
    void start(std::size_t q, const std::vector<std::array<Chips<R>, lookahead>>& needed) {
        for (auto& line : lines_)
            line.started = Wafers<R>{};
        for (std::size_t g = generations_->size(); g-- > 0;)
            start_generation(g, chips_to_start(g, q, needed[g]));
    }

    /// One quarter passes in fabs and assembly, as far as the back ends take the dies; what is ready goes into stock.
    void advance(BackEnds<R>& back_ends) {
        for (auto& chips : arrived_)
            chips = Chips<R>{};
        for (auto& line : lines_)
            line.finish_wafers();
        back_ends.ration(*scenario_, lines_);
        for (auto& line : lines_) {
            const R going_on = back_ends.share(*scenario_, line.chip);
            back_ends.take(*scenario_, line, going_on);
            line.assemble(going_on);
            arrived_[line.chip] += line.shipped;
            if (scenario_->site[line.site].location == scenario_->buyer.home) from_home_[line.chip] += line.shipped;
            sites_[line.site].finished += line.finished;
        }
        for (std::size_t g = 0; g < stock_.size(); ++g)
            stock_[g] += arrived_[g];
        for (auto& chips : used_from_home_)
            chips = Chips<R>{};
    }

    /// Takes up to `wanted` chips of a generation out of stock, from home and abroad alike.
    Chips<R> use(std::size_t g, const Chips<R>& wanted) {
        const Chips<R> used = min(stock_[g], wanted);
        const Chips<R> at_home = used * ratio(from_home_[g], stock_[g], R(0.0));
        used_from_home_[g] += at_home;
        stock_[g] -= used;
        from_home_[g] -= at_home;
        return used;
    }

    /// Rated orders are served where they strike.
    void serve_state() {
        for (std::size_t i = 0; i < sites_.size(); ++i)
            sites_[i].serve_state((*capacity_)[i]);
    }

    /// Writes off the stock of a generation that no device is planned for any more; lessons of the quarter are learned.
    /// `to_outlets` are wafers of each site that outlets took; they leave the site in the same quarter.
    void close_quarter(std::size_t q, const std::vector<Money<R>>& settled, const std::vector<Wafers<R>>& to_outlets) {
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
        contracts_.share_unmet(sites_, *capacity_, to_outlets);
        for (std::size_t i = 0; i < sites_.size(); ++i)
            sites_[i].close(*scenario_, i, (*capacity_)[i], scenario_->site[i].capacity.at(time_->middle(q)),
                            settled_at(i, settled), to_outlets[i]);
    }

    [[nodiscard]] const std::vector<Line<R>>& lines() const { return lines_; }
    [[nodiscard]] const std::vector<SiteState<R>>& sites() const { return sites_; }
    [[nodiscard]] std::vector<SiteState<R>>& sites() { return sites_; }
    [[nodiscard]] const Contracts<R>& contracts() const { return contracts_; }
    [[nodiscard]] const Chips<R>& stock(std::size_t g) const { return stock_[g]; }
    /// Of the chips used in the quarter, those made onshore.
    [[nodiscard]] const Chips<R>& used_from_home(std::size_t g) const { return used_from_home_[g]; }
    [[nodiscard]] const Chips<R>& arrived(std::size_t g) const { return arrived_[g]; }
    [[nodiscard]] const Chips<R>& written_off(std::size_t g) const { return written_off_[g]; }
    /// Chips of a generation that could not be started for lack of wafers.
    [[nodiscard]] const Chips<R>& short_of_wafers(std::size_t g) const { return short_[g]; }

    /// Unit cost of a generation, its lines weighted by planned share.
    [[nodiscard]] ChipCost<R> unit_cost(std::size_t g) const {
        ChipCost<R> sum{};
        for (const auto& line : lines_)
            if (line.chip == g) sum += line.unit_cost * line.share;
        return sum;
    }
    /// What has been paid for wafers that are still in the fab or in assembly.
    [[nodiscard]] Money<R> work_in_progress() const {
        Money<R> sum{};
        for (const auto& line : lines_) {
            sum += line.fab.in_progress() * sites_[line.site].price;
            sum += Money<R>(line.dies_in_progress().raw() * line.good_die_cost.raw());
        }
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
    /// Settlements of contracts, in the part that stands at the site.
    [[nodiscard]] Money<R> settled_at(std::size_t site, const std::vector<Money<R>>& settled) const {
        Money<R> sum{};
        for (std::size_t i = 0; i < settled.size(); ++i)
            if (covers(scenario_->contract[i], site)) sum += settled[i] * contracts_[i].unmet_share[site];
        return sum;
    }

    [[nodiscard]] Chips<R> in_progress(std::size_t g) const {
        Chips<R> sum{};
        for (const auto& line : lines_)
            if (line.chip == g) sum += line.chips_in_progress();
        return sum;
    }

    [[nodiscard]] Chips<R> chips_to_start(std::size_t g, std::size_t q,
                                          const std::array<Chips<R>, lookahead>& needed_by) const {
        const auto& generation = (*generations_)[g];
        const auto& chip = scenario_->chip[g];
        const auto [needed, at_arrival] = generation.ahead.needs(needed_by);
        const Chips<R> safety = at_arrival * chip.safety_stock.in("quarter"_u);
        const Chips<R> position = stock_[g] + in_progress(g);
        const Chips<R> order = max(needed + safety - position, Chips<R>{}) * generation.may_start[q];
        return named(order_formula, order, arg("demand until arrival", needed), arg("safety stock", safety),
                     arg("stock and in progress", position), arg("open to starts", generation.may_start[q]));
    }

    /// What keeps each source qualified, then what a contract commits to, then by planned share, then wherever there is room.
    void start_generation(std::size_t g, const Chips<R>& order) {
        Chips<R> need = order;
        for (auto& line : lines_)
            if (line.chip == g) need -= take(line, order * line.least_share);
        for (std::size_t i = 0; i < contracts_.quarter().size(); ++i)
            for (auto& line : lines_)
                if (line.chip == g && covers(scenario_->contract[i], line.site))
                    need -= take(line, committed(i, line, need));
        const Chips<R> rest = max(need, Chips<R>{});
        for (auto& line : lines_)
            if (line.chip == g) need -= take(line, rest * line.share);
        // Where a request was cut, asking again would only crowd out others.
        for (auto& line : lines_)
            if (line.chip == g) need -= take(line, need * met(sites_[line.site]));
        short_[g] = max(need, Chips<R>{});
    }
    /// 1 where a site has met all that was asked of it so far.
    static R met(const SiteState<R>& site) {
        return select(site.started >= site.requests.own * R(1.0 - 1e-12), R(1.0), R(0.0));
    }
    /// Chips of a line that its contract's unmet minimum pays for.
    [[nodiscard]] Chips<R> committed(std::size_t contract, const Line<R>& line, const Chips<R>& need) const {
        const Money<R> unmet = max(contracts_[contract].minimum - contracts_.taken(contract, sites_), Money<R>{});
        return min(need, Wafers<R>(unmet / sites_[line.site].price) * line.chips_per_started_wafer());
    }

    /// Asks for wafers of a line for up to `chips` more; returns the chips that are granted.
    Chips<R> take(Line<R>& line, const Chips<R>& chips) {
        auto& site = sites_[line.site];
        const auto& capacity = (*capacity_)[line.site];
        const auto per_wafer = line.chips_per_started_wafer();
        site.requests.reserved = contracts_.reserved(line.site, sites_);
        site.requests.own += max(chips, Chips<R>{}) / per_wafer;
        const Wafers<R> wafers = max(site.requests.granted(capacity, site.requests.own) - site.started, Wafers<R>{});
        site.started += wafers;
        line.started += wafers;
        return wafers * per_wafer;
    }

    const Scenario<R>* scenario_ = nullptr;
    const Timeline* time_ = nullptr;
    const Generations* generations_ = nullptr;
    const std::vector<SiteCapacity<R>>* capacity_ = nullptr;
    std::vector<SiteState<R>> sites_;
    std::vector<Line<R>> lines_;
    Contracts<R> contracts_;
    std::vector<Chips<R>> stock_, arrived_, written_off_, short_;
    std::vector<Chips<R>> from_home_, used_from_home_; ///< parts of stock and use that were made onshore
};

} // namespace autarky::model
