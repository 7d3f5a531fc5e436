// autarky: looks through all futures for what can happen.
// SPDX-License-Identifier: Apache-2.0
#include "plan/wafer_presence.hpp"

#include <algorithm>
#include <cmath>

namespace autarky::plan {
namespace {

using Future = WaferFuture<double>;

template <class Holds> bool in_any(const std::vector<Future>& futures, Holds&& holds) {
    return std::any_of(futures.begin(), futures.end(), holds);
}

/// Lines of the plan: all, or for each chip that with the largest planned share, the first of equals.
std::vector<bool> used_lines(const WaferShape& shape, const std::vector<Future>& futures, bool has_one_source,
                             const std::vector<std::size_t>& without) {
    std::vector<bool> out;
    for (const auto& line : shape.lines)
        out.push_back(std::find(without.begin(), without.end(), line.site) == without.end());
    if (!has_one_source) return out;
    const auto planned = [&](std::size_t l) {
        double sum = 0.0;
        for (const auto& future : futures)
            sum += future.share[l];
        return sum;
    };
    const auto allowed = out;
    for (std::size_t l = 0; l < out.size(); ++l)
        for (std::size_t other = 0; other < out.size(); ++other)
            if (allowed[other] && shape.lines[other].chip == shape.lines[l].chip &&
                (planned(other) > planned(l) || (other < l && planned(other) == planned(l))))
                out[l] = false;
    return out;
}

} // namespace

WaferPresence::WaferPresence(const WaferShape& shape, const std::vector<Future>& futures, bool has_one_source,
                             const std::vector<std::size_t>& without) {
    const std::size_t quarters = shape.quarters.size();
    const auto table = [&](ByQuarter& out, std::size_t rows) { out.assign(rows, std::vector<bool>(quarters, false)); };
    table(line, shape.lines.size());
    table(site, shape.sites.size());
    table(path, shape.paths.size());
    table(contract, shape.contracts.size());
    table(minimum, shape.contracts.size());
    table(chip, shape.chips.size());
    table(outlet, shape.outlets.size() * shape.lines.size());
    see_lines(shape, futures, used_lines(shape, futures, has_one_source, without));
    see_contracts(shape, futures);
    see_outlets(shape, futures);
    see_chips(shape, futures);
    table(ready, shape.lines.size());
    table(back_end, shape.back_ends.size());
    see_back_ends(shape, futures);
}

bool WaferPresence::has_path(std::size_t p) const {
    return std::find(path[p].begin(), path[p].end(), true) != path[p].end();
}

void WaferPresence::see_lines(const WaferShape& shape, const std::vector<Future>& futures,
                              const std::vector<bool>& is_used) {
    constexpr double hardly_any_chip = 1e-2; // a wafer that gives less is not started
    const std::size_t quarters = shape.quarters.size();
    for (std::size_t l = 0; l < shape.lines.size(); ++l) {
        double shortest = futures.front().lag[l], longest = shortest;
        for (const auto& f : futures) {
            shortest = std::min(shortest, f.lag[l]);
            longest = std::max(longest, f.lag[l]);
        }
        first_lag.push_back(static_cast<std::size_t>(std::floor(shortest)));
        last_lag.push_back(static_cast<std::size_t>(std::ceil(longest)));
        const std::size_t c = shape.lines[l].chip, i = shape.lines[l].site;
        for (std::size_t q = 0; is_used[l] && q + first_lag[l] < quarters; ++q)
            if (in_any(futures,
                       [&](const Future& f) { return f.may_start[c][q] > 0.0 && f.per_wafer[l][q] > hardly_any_chip; }))
                line[l][q] = site[i][q] = true;
        const bool has_others = std::any_of(shape.lines.begin(), shape.lines.end(), [&](const auto& other) {
            const auto o = static_cast<std::size_t>(&other - shape.lines.data());
            return o != l && is_used[o] && other.chip == c;
        });
        has_least_share.push_back(is_used[l] && has_others &&
                                  in_any(futures, [&](const Future& f) { return f.least_share[l] > 0.0; }));
    }
    for (std::size_t p = 0; p < shape.paths.size(); ++p)
        for (std::size_t q = 0; q < quarters; ++q)
            path[p][q] = site[shape.paths[p].site][q] &&
                         in_any(futures, [&](const Future& f) { return f.path_capacity[p][q] > 0.0; });
}

void WaferPresence::see_contracts(const WaferShape& shape, const std::vector<Future>& futures) {
    for (std::size_t k = 0; k < shape.contracts.size(); ++k)
        for (std::size_t q = 0; q < shape.quarters.size(); ++q) {
            contract[k][q] = in_any(futures, [&](const Future& f) { return f.maximum[k][q] > 0.0; });
            minimum[k][q] = in_any(futures, [&](const Future& f) { return f.minimum[k][q] > 0.0; });
        }
}

void WaferPresence::see_outlets(const WaferShape& shape, const std::vector<Future>& futures) {
    for (std::size_t ol = 0; ol < outlet.size(); ++ol) {
        const std::size_t l = ol % shape.lines.size();
        for (std::size_t q = 0; q < shape.quarters.size(); ++q) {
            bool is_free = false; // some contract there commits to wafers
            for (std::size_t k = 0; k < shape.contracts.size(); ++k)
                is_free = is_free || (minimum[k][q] && shape.covers(k, shape.lines[l].site));
            outlet[ol][q] = is_free && line[l][q] && in_any(futures, [&](const Future& f) {
                                return f.outlet_gain[ol][q] > 0.0 && f.outlet_chips[ol][q] > 0.0;
                            });
        }
    }
}

void WaferPresence::see_back_ends(const WaferShape& shape, const std::vector<Future>& futures) {
    const std::size_t quarters = shape.quarters.size();
    for (std::size_t l = 0; l < shape.lines.size(); ++l) {
        double shortest = futures.front().assembly[l], longest = shortest;
        for (const auto& f : futures) {
            shortest = std::min(shortest, f.assembly[l]);
            longest = std::max(longest, f.assembly[l]);
        }
        first_assembly.push_back(static_cast<std::size_t>(std::floor(shortest)));
        last_assembly.push_back(static_cast<std::size_t>(std::ceil(longest)));
    }
    for (const auto& need : shape.needs)
        for (std::size_t l = 0; l < shape.lines.size(); ++l) {
            if (shape.lines[l].chip != need.chip) continue;
            bool has_begun = false; // once a wafer can have arrived its dies may wait
            for (std::size_t q = first_lag[l]; q < quarters; ++q) {
                has_begun = has_begun || line[l][q - first_lag[l]];
                if (!has_begun) continue;
                ready[l][q] = true;
                for (std::size_t k = first_assembly[l]; k <= last_assembly[l] && k <= q; ++k)
                    back_end[need.back_end][q - k] = true;
            }
        }
}

void WaferPresence::see_chips(const WaferShape& shape, const std::vector<Future>& futures) {
    for (std::size_t c = 0; c < shape.chips.size(); ++c) {
        bool has_begun = false; // once a wafer can have started there may be a stock
        for (std::size_t q = 0; q < shape.quarters.size(); ++q) {
            for (std::size_t l = 0; l < shape.lines.size(); ++l)
                has_begun = has_begun || (shape.lines[l].chip == c && line[l][q]);
            chip[c][q] = has_begun || in_any(futures, [&](const Future& f) { return f.needed[c][q] > 0.0; });
        }
    }
}

} // namespace autarky::plan
