// autarky: writes the plan of wafers as a two-stage program.
// SPDX-License-Identifier: Apache-2.0
#include "plan/wafer_problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "plan/wafer_rights.hpp"

namespace autarky::plan {
namespace {

using Future = WaferFuture<double>;

/// What a solver would drop is nothing: a thousandth of a wafer, a chip or a dollar.
double figure(double x) { return std::fabs(x) < smallest_factor ? 0.0 : x; }

/// One future's program.
class FutureProgram {
public:
    FutureProgram(const WaferShape& shape, const WaferPresence& presence, const WaferTerms& terms,
                  const WaferDecisions& decisions, std::size_t n_first, const Future& future)
        : shape_(shape),
          presence_(presence),
          terms_(terms),
          decisions_(decisions),
          f_(future),
          rights_(shape, presence, future) {
        out_.first_cost.assign(n_first, 0.0);
    }

    Recourse make(double probability, WaferLayout& layout) {
        out_.probability = probability;
        for (std::size_t q = 0; q < shape_.quarters.size(); ++q) {
            columns_of_sites(q);
            columns_of_contracts(q);
            columns_of_chips(q);
        }
        for (std::size_t q = 0; q < shape_.quarters.size(); ++q) {
            for (std::size_t i = 0; i < shape_.sites.size(); ++i)
                if (presence_.site[i][q]) rows_of_site(i, q);
            rows_of_contracts(q);
            rows_of_outlets(q);
            for (std::size_t c = 0; c < shape_.chips.size(); ++c)
                rows_of_chip(c, q);
            rows_of_back_ends(q);
        }
        if (terms_.most_bought) row_of_bought();
        first_costs();
        layout = at_;
        return std::move(out_);
    }
    void prepare() {
        const auto table = [&](WaferLayout::ByQuarter& to, std::size_t rows) {
            to.assign(rows, std::vector<std::size_t>(shape_.quarters.size(), absent));
        };
        table(at_.started, shape_.lines.size());
        table(at_.to_outlet, shape_.outlets.size() * shape_.lines.size());
        table(at_.contracted, shape_.contracts.size() * shape_.sites.size());
        table(at_.open, shape_.sites.size());
        table(at_.by_path, shape_.paths.size());
        table(at_.stock, shape_.chips.size());
        table(at_.bought, shape_.chips.size());
        table(at_.settled, shape_.contracts.size());
        table(at_.capacity_row, shape_.sites.size());
        table(at_.ready, shape_.lines.size());
        table(at_.back_end_row, shape_.back_ends.size());
        table(given_up_, shape_.sites.size());
        table(waiting_, shape_.lines.size());
    }

private:
    std::size_t column(const char* what, const std::string& who, std::size_t q, double cost, double upper = no_limit) {
        return out_.program.add(
            Column{fmt::format("{}_{}_{}", what, who, shape_.quarters[q]), figure(cost), 0.0, figure(upper)});
    }
    std::size_t row(const char* what, const std::string& who, std::size_t q, double lower, double upper) {
        return out_.program.add(
            Row{fmt::format("{}_{}_{}", what, who, shape_.quarters[q]), figure(lower), figure(upper), {}, false});
    }
    void term(std::size_t in, std::size_t of, double factor) {
        out_.program.rows[in].terms.push_back({of, figure(factor)});
    }
    void link(std::size_t in, std::size_t first, double factor) { out_.links.push_back({in, first, figure(factor)}); }
    [[nodiscard]] std::string line_name(std::size_t l) const {
        return shape_.chips[shape_.lines[l].chip] + "_" + shape_.sites[shape_.lines[l].site];
    }
    [[nodiscard]] std::size_t contracted(std::size_t k, std::size_t site, std::size_t q) const {
        return at_.contracted[k * shape_.sites.size() + site][q];
    }
    void columns_of_sites(std::size_t q) {
        for (std::size_t l = 0; l < shape_.lines.size(); ++l) {
            if (!presence_.line[l][q]) continue;
            const double most = f_.may_start[shape_.lines[l].chip][q] * rights_.ceiling(shape_.lines[l].site, q);
            const double later = quarters_later(f_.lag[l]);
            const double chips = f_.discount[q] * later * f_.variable[l][q] * f_.per_wafer[l][q];
            at_.started[l][q] = column("start", line_name(l), q, chips, most);
            for (std::size_t o = 0; o < shape_.outlets.size(); ++o) {
                const std::size_t ol = o * shape_.lines.size() + l;
                if (!presence_.outlet[ol][q]) continue;
                const double gain = f_.discount[q] * f_.outlet_gain[ol][q] * f_.per_wafer[l][q];
                const bool is_wanted = f_.outlet_chips[ol][q] > 0.0;
                at_.to_outlet[ol][q] =
                    column("outlet", shape_.outlets[o] + "_" + line_name(l), q, -gain, is_wanted ? most : 0.0);
            }
        }
        for (std::size_t i = 0; i < shape_.sites.size(); ++i) {
            if (!presence_.site[i][q]) continue;
            at_.open[i][q] = column("open", shape_.sites[i], q, f_.discount[q] * f_.price[i][q]);
            given_up_[i][q] = column("given_up", shape_.sites[i], q, 0.0, rights_.given_up(i, q));
        }
        for (const auto& path : decisions_.paths) {
            const std::size_t site = shape_.paths[path.path].site;
            if (!presence_.path[path.path][q]) continue;
            at_.by_path[path.path][q] = column("path", shape_.paths[path.path].name, q,
                                               f_.discount[q] * f_.price[site][q] * f_.path_price[path.path]);
        }
    }
    void columns_of_contracts(std::size_t q) {
        for (std::size_t k = 0; k < shape_.contracts.size(); ++k) {
            for (const std::size_t i : shape_.contracts[k].sites)
                if (presence_.contract[k][q] && presence_.site[i][q])
                    at_.contracted[k * shape_.sites.size() + i][q] =
                        column("contract", shape_.contracts[k].name + "_" + shape_.sites[i], q,
                               f_.discount[q] * f_.price[i][q] * f_.price_factor[k]);
            if (presence_.minimum[k][q])
                at_.settled[k][q] = column("settle", shape_.contracts[k].name, q, f_.discount[q]);
        }
    }
    void columns_of_chips(std::size_t q) {
        for (std::size_t c = 0; c < shape_.chips.size(); ++c) {
            if (!presence_.chip[c][q]) continue;
            at_.bought[c][q] =
                column("buy", shape_.chips[c], q, f_.discount[q] * f_.instead[q], std::max(f_.needed[c][q], 0.0));
            at_.stock[c][q] = column("stock", shape_.chips[c], q, 0.0);
        }
        for (std::size_t l = 0; l < shape_.lines.size(); ++l) {
            if (!presence_.ready[l][q]) continue;
            at_.ready[l][q] = column("ready", line_name(l), q, 0.0);
            waiting_[l][q] = column("wait", line_name(l), q, 0.0);
        }
    }

    /// Wafers started are wafers granted; what the site can grant.
    void rows_of_site(std::size_t i, std::size_t q) {
        const std::size_t balance = row("site", shape_.sites[i], q, 0.0, 0.0);
        for (std::size_t l = 0; l < shape_.lines.size(); ++l) {
            if (shape_.lines[l].site != i || !presence_.line[l][q]) continue;
            term(balance, at_.started[l][q], 1.0);
            for (std::size_t o = 0; o < shape_.outlets.size(); ++o)
                if (const auto y = at_.to_outlet[o * shape_.lines.size() + l][q]; y != absent) term(balance, y, 1.0);
        }
        const double there = rights_.left(i, q), share = rights_.open_share(i, q);
        term(balance, at_.open[i][q], -1.0);
        at_.capacity_row[i][q] = row("capacity", shape_.sites[i], q, -no_limit, share * there);
        term(at_.capacity_row[i][q], at_.open[i][q], 1.0);
        term(at_.capacity_row[i][q], given_up_[i][q], -share);
        const std::size_t by_contract = row("contracts", shape_.sites[i], q, -no_limit, there);
        term(by_contract, given_up_[i][q], -1.0);
        const std::size_t no_more = row("given_up", shape_.sites[i], q, -no_limit, 0.0); // than contracts take
        term(no_more, given_up_[i][q], 1.0);
        for (std::size_t k = 0; k < shape_.contracts.size(); ++k) {
            const std::size_t y = contracted(k, i, q);
            if (y == absent) continue;
            term(balance, y, -1.0);
            term(at_.capacity_row[i][q], y, shape_.contracts[k].has_priority ? share : 1.0);
            term(by_contract, y, 1.0);
            term(no_more, y, -1.0);
        }
        for (const auto& path : decisions_.paths) {
            const std::size_t y = at_.by_path[path.path][q];
            if (shape_.paths[path.path].site != i || y == absent) continue;
            term(balance, y, -1.0);
            const std::size_t built = row("built", shape_.paths[path.path].name, q, -no_limit, 0.0);
            term(built, y, 1.0);
            link(built, path.take, -f_.path_capacity[path.path][q]);
        }
    }
    void rows_of_contracts(std::size_t q) {
        for (const auto& decided : decisions_.contracts) {
            const std::size_t k = decided.contract;
            const auto& contract = shape_.contracts[k];
            if (presence_.contract[k][q]) {
                const std::size_t most = row("reserved", contract.name, q, -no_limit, 0.0);
                for (const std::size_t i : contract.sites)
                    if (contracted(k, i, q) != absent) term(most, contracted(k, i, q), 1.0);
                link(most, decided.size, -f_.maximum[k][q]);
            }
            if (!presence_.minimum[k][q]) continue;
            const std::size_t settle = row("minimum", contract.name, q, 0.0, no_limit);
            term(settle, at_.settled[k][q], 1.0);
            for (const std::size_t i : contract.sites)
                if (contracted(k, i, q) != absent)
                    term(settle, contracted(k, i, q), f_.loss_share[k] * f_.price[i][q] * f_.price_factor[k]);
            link(settle, decided.size, -f_.loss_share[k] * f_.minimum[k][q]);
        }
    }
    /// Outlets take at most the minimum of the contracts, and at most what they have room for.
    void rows_of_outlets(std::size_t q) {
        const std::size_t n = shape_.lines.size();
        for (std::size_t i = 0; i < shape_.sites.size(); ++i) {
            std::size_t most = absent;
            for (std::size_t ol = 0; ol < at_.to_outlet.size(); ++ol) {
                if (shape_.lines[ol % n].site != i || at_.to_outlet[ol][q] == absent) continue;
                if (most == absent) most = row("free", shape_.sites[i], q, -no_limit, 0.0);
                term(most, at_.to_outlet[ol][q], 1.0);
            }
            if (most == absent) continue;
            for (const auto& decided : decisions_.contracts) {
                const std::size_t k = decided.contract;
                if (presence_.minimum[k][q] && shape_.covers(k, i))
                    link(most, decided.size, -f_.minimum[k][q] / (f_.price[i][q] * f_.price_factor[k]));
            }
        }
        row_of_free(q);
        for (std::size_t o = 0; o < shape_.outlets.size(); ++o) {
            double room = 0.0; // in chips of the line of which it takes most
            for (std::size_t l = 0; l < n; ++l)
                room = std::max(room, f_.outlet_chips[o * n + l][q]);
            std::size_t most = absent;
            for (std::size_t l = 0; l < n; ++l) {
                const std::size_t ol = o * n + l;
                if (at_.to_outlet[ol][q] == absent) continue;
                if (most == absent) most = row("room", shape_.outlets[o], q, -no_limit, room);
                const double takes = f_.outlet_chips[ol][q];
                term(most, at_.to_outlet[ol][q], takes > 0.0 ? f_.per_wafer[l][q] * room / takes : 0.0);
            }
        }
    }
    /// A contract of several sites has one minimum for all of them.
    void row_of_free(std::size_t q) {
        std::size_t most = absent;
        for (std::size_t ol = 0; ol < at_.to_outlet.size(); ++ol) {
            if (at_.to_outlet[ol][q] == absent) continue;
            if (most == absent) most = row("free", "all_sites", q, -no_limit, 0.0);
            term(most, at_.to_outlet[ol][q], f_.price[shape_.lines[ol % shape_.lines.size()].site][q]);
        }
        if (most == absent) return;
        for (const auto& decided : decisions_.contracts)
            if (presence_.minimum[decided.contract][q])
                link(most, decided.size, -f_.minimum[decided.contract][q] / f_.price_factor[decided.contract]);
    }
    /// Stock before + arrivals + bought = needed + stock; each line's least share of the starts.
    void rows_of_chip(std::size_t c, std::size_t q) {
        if (!presence_.chip[c][q]) return;
        const std::size_t balance = row("chip", shape_.chips[c], q, f_.needed[c][q], f_.needed[c][q]);
        term(balance, at_.bought[c][q], 1.0);
        term(balance, at_.stock[c][q], -1.0);
        if (q > 0 && at_.stock[c][q - 1] != absent) term(balance, at_.stock[c][q - 1], 1.0);
        for (std::size_t l = 0; l < shape_.lines.size(); ++l) {
            if (shape_.lines[l].chip != c) continue;
            if (at_.ready[l][q] == absent)
                arrivals(balance, l, q);
            else
                term(balance, at_.ready[l][q], 1.0);
        }
        for (std::size_t l = 0; l < shape_.lines.size(); ++l)
            if (shape_.lines[l].chip == c && presence_.has_least_share[l] && presence_.line[l][q]) row_of_least(l, q);
    }
    /// Weight of quarter k behind a start whose lag lies between two.
    static double weight(double lag, std::size_t k) {
        return std::max(1.0 - std::fabs(lag - static_cast<double>(k)), 0.0);
    }
    /// Chips of a line that arrive in a quarter, if nothing keeps its dies waiting.
    void arrivals(std::size_t in, std::size_t l, std::size_t q) {
        for (std::size_t k = presence_.first_lag[l]; k <= presence_.last_lag[l] && k <= q; ++k)
            if (at_.started[l][q - k] != absent)
                term(in, at_.started[l][q - k], f_.per_wafer[l][q - k] * weight(f_.lag[l], k));
    }
    /// Waiting before + what would arrive = chips that do + waiting; what the back ends take in of them, an assembly before.
    void rows_of_back_ends(std::size_t q) {
        for (std::size_t l = 0; l < shape_.lines.size(); ++l) {
            if (at_.ready[l][q] == absent) continue;
            const std::size_t queue = row("queue", line_name(l), q, 0.0, 0.0);
            arrivals(queue, l, q);
            term(queue, at_.ready[l][q], -1.0);
            term(queue, waiting_[l][q], -1.0);
            if (q > 0 && waiting_[l][q - 1] != absent) term(queue, waiting_[l][q - 1], 1.0);
        }
        for (std::size_t b = 0; b < shape_.back_ends.size(); ++b) {
            if (!presence_.back_end[b][q]) continue;
            const std::size_t room = row("back_end", shape_.back_ends[b], q, -no_limit, rights_.room(b, q));
            at_.back_end_row[b][q] = room;
            for (std::size_t n = 0; n < shape_.needs.size(); ++n)
                for (std::size_t l = 0; l < shape_.lines.size(); ++l)
                    if (shape_.needs[n].back_end == b && shape_.lines[l].chip == shape_.needs[n].chip)
                        taken_in(room, n, l, q);
        }
    }
    void taken_in(std::size_t room, std::size_t need, std::size_t l, std::size_t q) {
        for (std::size_t k = presence_.first_assembly[l]; k <= presence_.last_assembly[l]; ++k)
            if (q + k < shape_.quarters.size() && at_.ready[l][q + k] != absent)
                term(room, at_.ready[l][q + k], rights_.units(need, l, q) * weight(f_.assembly[l], k));
    }
    void row_of_least(std::size_t l, std::size_t q) {
        const std::size_t c = shape_.lines[l].chip, site = shape_.lines[l].site;
        const auto& needed = f_.needed[c];
        const double most = *std::max_element(needed.begin(), needed.end());
        // A site that cannot give its least share need not.
        const double reach = rights_.open_share(site, q) * rights_.left(site, q) * f_.per_wafer[l][q];
        const double share = most > 0.0 ? std::min(f_.least_share[l], reach / most) : 0.0;
        const std::size_t least = row("least", line_name(l), q, 0.0, no_limit);
        for (std::size_t other = 0; other < shape_.lines.size(); ++other)
            if (shape_.lines[other].chip == c && at_.started[other][q] != absent)
                term(least, at_.started[other][q], f_.per_wafer[other][q] * ((other == l ? 1.0 : 0.0) - share));
    }
    void row_of_bought() {
        double needed = 0.0;
        Row most{"most_bought", -no_limit, 0.0, {}, true};
        for (std::size_t c = 0; c < shape_.chips.size(); ++c)
            for (std::size_t q = 0; q < shape_.quarters.size(); ++q) {
                needed += f_.needed[c][q];
                if (at_.bought[c][q] != absent) most.terms.push_back({at_.bought[c][q], 1.0});
            }
        most.upper = figure(*terms_.most_bought * needed);
        out_.program.add(std::move(most));
    }
    void first_costs() {
        for (const auto& one : decisions_.contracts)
            if (one.sign) out_.first_cost[one.size] = figure(f_.discounted(f_.prepaid[one.contract]));
        for (const auto& one : decisions_.paths)
            out_.first_cost[one.take] =
                figure(f_.discounted(f_.path_capital[one.path]) - f_.discounted(f_.path_income[one.path]));
    }
    /// Discount over so many quarters, from that of one.
    [[nodiscard]] double quarters_later(double n) const {
        return f_.discount.size() > 1 ? std::pow(f_.discount.back() / f_.discount[f_.discount.size() - 2], n) : 1.0;
    }

    const WaferShape& shape_;
    const WaferPresence& presence_;
    const WaferTerms& terms_;
    const WaferDecisions& decisions_;
    const Future& f_;
    WaferRights rights_;
    WaferLayout at_{};
    WaferLayout::ByQuarter given_up_{}; ///< by site
    WaferLayout::ByQuarter waiting_{};  ///< by line, in chips: dies that wait for a back end
    Recourse out_{};
};

/// First-stage columns: of each open contract whether and how large, of each path whether.
WaferDecisions decide(const WaferShape& shape, const std::vector<Future>& futures, const WaferPresence& presence,
                      const WaferTerms& terms, Program& first) {
    WaferDecisions out;
    for (std::size_t k = 0; k < shape.contracts.size(); ++k) {
        const auto& name = shape.contracts[k].name;
        const bool is_given =
            std::all_of(futures.begin(), futures.end(), [k](const Future& f) { return f.is_given[k] > 0.5; });
        if (is_given) {
            out.contracts.push_back({k, first.add(Column{"size_" + name, 0.0, 1.0, 1.0}), {}});
            continue;
        }
        const std::size_t sign = first.add(Column{"sign_" + name, tie_break, 0.0, 1.0, true});
        const std::size_t size = first.add(Column{"size_" + name, tie_break, 0.0, terms.most});
        first.add(Row{"least_" + name, 0.0, no_limit, {{size, 1.0}, {sign, -terms.least}}, false});
        first.add(Row{"most_" + name, -no_limit, 0.0, {{size, 1.0}, {sign, -terms.most}}, false});
        out.contracts.push_back({k, size, sign});
    }
    for (std::size_t p = 0; p < shape.paths.size(); ++p)
        if (presence.has_path(p))
            out.paths.push_back({p, first.add(Column{"take_" + shape.paths[p].name, tie_break, 0.0, 1.0, true})});
    return out;
}

} // namespace

WaferProblem wafer_problem(const WaferShape& shape, const std::vector<Future>& futures, const WaferTerms& terms,
                           const std::stop_token& stop) {
    const WaferPresence presence(shape, futures, terms.has_one_source, terms.without);
    WaferProblem out;
    out.decisions = decide(shape, futures, presence, terms, out.program.first);
    const double probability = 1.0 / static_cast<double>(futures.size());
    for (const auto& future : futures) {
        go_on_unless(stop);
        FutureProgram program(shape, presence, terms, out.decisions, out.program.first.columns.size(), future);
        program.prepare();
        out.program.futures.push_back(program.make(probability, out.layout));
    }
    return out;
}

std::vector<double> as_reported(const WaferShape& shape, const WaferProblem& problem) {
    std::vector<double> out(problem.program.first.columns.size(), 0.0);
    for (const auto& one : problem.decisions.contracts) {
        out[one.size] = 1.0;
        if (one.sign) out[*one.sign] = 1.0;
    }
    for (const auto& one : problem.decisions.paths)
        out[one.take] = shape.paths[one.path].is_taken ? 1.0 : 0.0;
    return out;
}

} // namespace autarky::plan
