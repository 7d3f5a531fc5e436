// autarky: reads what a plan of wafers needs, eight futures at a time.
// SPDX-License-Identifier: Apache-2.0
#include "plan/wafer_reader.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "foundry/expansion.hpp"
#include "model/contracts.hpp"

namespace autarky::plan {
namespace {

constexpr double kilo = 1e3, mega = 1e6; // columns are in wafers, chips and USD

const std::array<const char*, 4> instead_metrics{"compute.merchant_price", "compute.own_cost", "compute.own_chips",
                                                 "chip.unit_cost"};
const std::array<const char*, 2> line_metrics{"supply.chips_a_wafer", "supply.variable_cost"};
const std::array<const char*, 4> site_metrics{"supply.wafer_price", "supply.capacity", "supply.firm", "supply.open"};
const std::array<const char*, 2> outlet_metrics{"supply.outlet_gain", "supply.outlet_chips"};

const std::array<const char*, 4> back_end_metrics{"back_end.capacity", "back_end.reserved", "back_end.firm",
                                                  "back_end.open"};

std::string line_name(const WaferShape& shape, std::size_t line) {
    return "." + shape.chips[shape.lines[line].chip] + "." + shape.sites[shape.lines[line].site];
}

model::Timeline timeline(const Scenario<Lanes>& s) { return model::Timeline(s.horizon); }

} // namespace

bool WaferShape::covers(std::size_t contract, std::size_t site) const {
    const auto& of = contracts[contract].sites;
    return std::find(of.begin(), of.end(), site) != of.end();
}

WaferShape wafer_shape(const Scenario<Uncertain>& s, std::vector<std::string> quarters) {
    WaferShape out;
    out.quarters = std::move(quarters);
    out.chips = s.chip.names;
    out.sites = s.site.names;
    out.outlets = s.outlet.names;
    out.buys_shortfall = s.buyer.buys_shortfall;
    for (const auto& row : s.allocation.rows)
        out.lines.push_back({static_cast<std::size_t>(row.chip.index), static_cast<std::size_t>(row.site.index)});
    for (std::size_t k = 0; k < s.contract.size(); ++k) {
        WaferShape::Contract one{s.contract.names[k], {}, s.contract[k].priority};
        for (const auto& line : s.contract[k].line.rows)
            one.sites.push_back(static_cast<std::size_t>(line.site.index));
        out.contracts.push_back(std::move(one));
    }
    for (std::size_t p = 0; p < s.path.size(); ++p)
        out.paths.push_back({s.path.names[p], static_cast<std::size_t>(s.path[p].site.index), s.path[p].taken});
    out.back_ends = s.back_end.names;
    for (std::size_t c = 0; c < s.chip.size(); ++c)
        for (const auto& need : s.chip[c].needs.rows)
            out.needs.push_back({c, static_cast<std::size_t>(need.back_end.index)});
    return out;
}

WaferReader::WaferReader(WaferShape shape, const FirstColumn& first_column) : shape_(std::move(shape)) {
    std::vector<std::size_t> firsts;
    const auto want = [&](const std::string& metric) { firsts.push_back(first_column(metric)); };
    for (const auto* metric : instead_metrics)
        want(metric);
    if (!shape_.buys_shortfall) firsts.front() = first_column("supply.device_margin");
    needed_ = firsts.size();
    for (const auto& chip : shape_.chips)
        want("supply.chips_needed." + chip);
    lines_ = firsts.size();
    for (std::size_t l = 0; l < shape_.lines.size(); ++l)
        for (const auto* metric : line_metrics)
            want(metric + line_name(shape_, l));
    sites_ = firsts.size();
    for (const auto& site : shape_.sites)
        for (const auto* metric : site_metrics)
            want(metric + ("." + site));
    outlets_ = firsts.size();
    for (const auto& outlet : shape_.outlets)
        for (std::size_t l = 0; l < shape_.lines.size(); ++l)
            for (const auto* metric : outlet_metrics)
                want(metric + ("." + outlet) + line_name(shape_, l));
    rated_ = firsts.size();
    for (std::size_t i = 0; !shape_.paths.empty() && i < shape_.sites.size(); ++i)
        want("rated.wafers." + shape_.sites[i]);
    back_ends_ = firsts.size();
    for (const auto& back_end : shape_.back_ends)
        for (const auto* metric : back_end_metrics)
            want(metric + ("." + back_end));
    passing_ = firsts.size();
    for (std::size_t l = 0; !shape_.needs.empty() && l < shape_.lines.size(); ++l)
        want("supply.passing" + line_name(shape_, l));

    std::vector<std::size_t> order(firsts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return firsts[a] < firsts[b]; });
    place_.resize(firsts.size());
    for (const std::size_t metric : order) {
        place_[metric] = columns_.size();
        for (std::size_t q = 0; q < shape_.quarters.size(); ++q)
            columns_.push_back(firsts[metric] + q);
    }
    WaferFuture<double> one;
    one.resize(shape_);
    one.visit([this](double& /*figure*/) { ++figures_; });
}

void WaferReader::read(const Scenario<Lanes>& s, const Lanes* columns, Lanes* figures) const {
    WaferFuture<Lanes> out;
    out.resize(shape_);
    const auto time = timeline(s);
    for (std::size_t q = 0; q < time.size(); ++q) {
        const Lanes later = max(Lanes(time.middle(q)) - s.economy.decision_date.year, Lanes(0.0));
        out.discount[q] = discount_factor(s.economy.discount_rate, Duration<Lanes>(later));
    }
    read_metrics(columns, out);
    read_lines(s, out);
    read_contracts(s, out);
    read_paths(s, columns, out);
    if (!shape_.needs.empty()) read_back_ends(s, columns, out);
    std::size_t k = 0;
    out.visit([&](Lanes& figure) { figures[k++] = figure; });
}

void WaferReader::read_metrics(const Lanes* columns, WaferFuture<Lanes>& out) const {
    for (std::size_t q = 0; q < shape_.quarters.size(); ++q) {
        // A device with own chips costs own_cost, the other way merchant_price: the difference, and the chips themselves.
        const Lanes difference = at(columns, instead_, q) - at(columns, instead_ + 1, q);
        out.instead[q] =
            (difference / at(columns, instead_ + 2, q) + at(columns, instead_ + 3, q)) * Lanes(kilo / mega);
        for (std::size_t c = 0; c < shape_.chips.size(); ++c)
            out.needed[c][q] = at(columns, needed_ + c, q) * Lanes(1.0 / kilo);
        for (std::size_t l = 0; l < shape_.lines.size(); ++l) {
            out.per_wafer[l][q] = at(columns, lines_ + line_metrics.size() * l, q);
            out.variable[l][q] = at(columns, lines_ + line_metrics.size() * l + 1, q) * Lanes(kilo / mega);
        }
        for (std::size_t i = 0; i < shape_.sites.size(); ++i) {
            const std::size_t first = sites_ + site_metrics.size() * i;
            out.price[i][q] = at(columns, first, q) * Lanes(kilo / mega);
            out.capacity[i][q] = at(columns, first + 1, q) * Lanes(1.0 / kilo);
            out.firm[i][q] = at(columns, first + 2, q) * Lanes(1.0 / kilo);
            out.open[i][q] = at(columns, first + 3, q) * Lanes(1.0 / kilo);
        }
        for (std::size_t o = 0; o < out.outlet_gain.size(); ++o) {
            out.outlet_gain[o][q] = at(columns, outlets_ + outlet_metrics.size() * o, q) * Lanes(kilo / mega);
            out.outlet_chips[o][q] = at(columns, outlets_ + outlet_metrics.size() * o + 1, q) * Lanes(1.0 / kilo);
        }
    }
}

void WaferReader::read_lines(const Scenario<Lanes>& s, WaferFuture<Lanes>& out) const {
    std::vector<model::Generation<Lanes>> generations;
    model::plan_generations(s, timeline(s), generations);
    for (std::size_t c = 0; c < shape_.chips.size(); ++c)
        out.may_start[c] = generations[c].may_start;
    for (std::size_t l = 0; l < shape_.lines.size(); ++l) {
        const auto& row = s.allocation[l];
        const auto& process = s.process[s.site[row.site].process];
        out.share[l] = row.share;
        out.least_share[l] = min(row.least_share, row.share);
        const Duration<Lanes> way = process.cycle_time + s.chip[row.chip].assembly_time;
        out.lag[l] = way.in("quarter"_u);
    }
}

void WaferReader::read_contracts(const Scenario<Lanes>& s, WaferFuture<Lanes>& out) const {
    const auto time = timeline(s);
    for (std::size_t k = 0; k < shape_.contracts.size(); ++k) {
        const auto& contract = s.contract[k];
        for (std::size_t q = 0; q < time.size(); ++q) {
            Lanes deliverable(0.0);
            for (const std::size_t site : shape_.contracts[k].sites)
                deliverable += out.capacity[site][q] * Lanes(kilo);
            const std::size_t first_site = shape_.contracts[k].sites.front();
            model::Commitment<Lanes> terms;
            terms.open(s, contract, time, q, WaferPrice<Lanes>(out.price[first_site][q] * Lanes(mega / kilo)),
                       Wafers<Lanes>(deliverable));
            const Lanes least = terms.minimum.raw() / terms.price.raw();
            out.minimum[k][q] = terms.minimum.raw() * Lanes(1.0 / mega);
            out.maximum[k][q] = max(terms.maximum.raw(), least) * Lanes(1.0 / kilo);
            out.prepaid[k][q] = (terms.prepaid - terms.credit).raw() * Lanes(1.0 / mega);
            out.loss_share[k] = terms.loss_share;
            out.is_given[k] = terms.both_worlds;
        }
        out.price_factor[k] = contract.price;
    }
}

namespace {

/// Wafers of the quarter that a path gives when it stands: the buyer's, and its tenants'.
struct Built {
    Lanes buyers, tenants;

    Built(const foundry::ExpansionPath<Lanes>& path, const model::Timeline& time, std::size_t q) {
        const auto quarter = quantity<Lanes>(model::quarter_years, "year"_u);
        const Lanes share = foundry::standing_share(path, time.end(q), model::quarter_years);
        const Wafers<Lanes> whole = path.capacity * quarter, own = foundry::buyers_capacity(path) * quarter;
        buyers = own.raw() * share;
        tenants = whole.raw() * share - buyers;
    }
};

/// What events leave of a site's planned wafers, and what rated orders take of them; paths that the run takes are among them.
struct Working {
    Lanes share, rated;

    Working(const Scenario<Lanes>& s, std::size_t site, const model::Timeline& time, std::size_t q,
            const Lanes& capacity, const Lanes& to_state) {
        const Wafers<Lanes> planned =
            s.site[site].capacity.at(time.middle(q)) * quantity<Lanes>(model::quarter_years, "year"_u);
        Lanes for_all = planned.raw(), buyers(0.0);
        for (const auto& path : s.path.rows) {
            if (!path.taken || static_cast<std::size_t>(path.site.index) != site) continue;
            const Built built(path, time, q);
            for_all += built.tenants;
            buyers += built.buyers;
        }
        share = ratio(capacity, for_all, Lanes(1.0));
        rated = ratio(to_state, for_all + buyers, Lanes(0.0));
    }
};

} // namespace

void WaferReader::read_paths(const Scenario<Lanes>& s, const Lanes* columns, WaferFuture<Lanes>& out) const {
    const auto time = timeline(s);
    for (std::size_t p = 0; p < shape_.paths.size(); ++p) {
        const auto& path = s.path[p];
        const auto& site = s.site[path.site];
        const Lanes begin = path.decision.year, ready = begin + path.lead_time.raw();
        const Lanes own = foundry::path_capex(path).raw() * foundry::own_part(path);
        const Lanes margin = foundry::own_margin(path, site.cash_cost_share);
        const std::size_t at_site = shape_.paths[p].site;
        for (std::size_t q = 0; q < time.size(); ++q) {
            // What events and rated orders take of a site they take of its new part too; the state pays for what it takes.
            const Working working(s, at_site, time, q, out.capacity[at_site][q] * Lanes(kilo),
                                  at(columns, rated_ + at_site, q));
            const Lanes wafers = Built(path, time, q).buyers;
            out.path_capacity[p][q] = wafers * working.share * Lanes(1.0 / kilo);
            const Lanes agreed =
                out.price[at_site][q] * model::Contracts<Lanes>::price_at(s, time, q, at_site); // thousand USD a wafer
            out.path_income[p][q] = wafers * working.rated * agreed * margin * Lanes(1.0 / kilo);
            const Lanes spent = overlap(begin, ready, Lanes(time.start(q)), Lanes(time.end(q))) / path.lead_time.raw();
            out.path_capital[p][q] = own * spent * Lanes(1.0 / mega);
        }
        out.path_price[p] = Lanes(1.0) - margin;
    }
}

void WaferReader::read_back_ends(const Scenario<Lanes>& s, const Lanes* columns, WaferFuture<Lanes>& out) const {
    const std::size_t quarters = shape_.quarters.size();
    for (std::size_t b = 0; b < shape_.back_ends.size(); ++b)
        for (std::size_t q = 0; q < quarters; ++q) {
            const std::size_t first = back_ends_ + back_end_metrics.size() * b;
            out.back_end_capacity[b][q] = at(columns, first, q) * Lanes(1.0 / kilo);
            out.back_end_reserved[b][q] = at(columns, first + 1, q) * Lanes(1.0 / kilo);
            out.back_end_firm[b][q] = at(columns, first + 2, q) * Lanes(1.0 / kilo);
            out.back_end_open[b][q] = at(columns, first + 3, q) * Lanes(1.0 / kilo);
        }
    std::size_t n = 0;
    for (const auto& chip : s.chip.rows)
        for (const auto& need : chip.needs.rows)
            out.need_units[n++] = need.amount;
    for (std::size_t l = 0; l < shape_.lines.size(); ++l) {
        out.assembly[l] = s.chip[shape_.lines[l].chip].assembly_time.in("quarter"_u);
        for (std::size_t q = 0; q < quarters; ++q)
            out.passing[l][q] = at(columns, passing_ + l, q);
    }
}

WaferFuture<double> WaferReader::future(const std::vector<std::vector<double>>& figures, std::size_t sample) const {
    WaferFuture<double> out;
    out.resize(shape_);
    std::size_t k = 0;
    out.visit([&](double& figure) { figure = figures[k++][sample]; });
    return out;
}

} // namespace autarky::plan
