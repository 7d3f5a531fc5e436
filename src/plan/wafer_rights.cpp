// autarky: divides sites and back ends between the buyer and the others, in a future of a plan of wafers.
// SPDX-License-Identifier: Apache-2.0
#include "plan/wafer_rights.hpp"

#include <algorithm>
#include <cmath>

namespace autarky::plan {

double WaferRights::left(std::size_t site, std::size_t q) const {
    return std::max(f_.capacity[site][q] - f_.firm[site][q], 0.0);
}

double WaferRights::given_up(std::size_t site, std::size_t q) const {
    double reserved = 0.0;
    for (std::size_t k = 0; k < shape_.contracts.size(); ++k)
        if (shape_.contracts[k].has_priority && shape_.covers(k, site)) reserved += f_.maximum[k][q];
    const double firm = f_.firm[site][q] + reserved;
    return firm > 0.0 ? std::max(f_.capacity[site][q] * std::min(reserved / firm, 1.0) - left(site, q), 0.0) : 0.0;
}

double WaferRights::open_share(std::size_t site, std::size_t q) const {
    double asked = 0.0;
    for (std::size_t l = 0; l < shape_.lines.size(); ++l) {
        if (shape_.lines[l].site != site || !presence_.line[l][q]) continue;
        const auto arrives = std::min(q + static_cast<std::size_t>(std::lround(f_.lag[l])), shape_.quarters.size() - 1);
        asked += f_.needed[shape_.lines[l].chip][arrives] / std::max(f_.per_wafer[l][q], 1.0);
    }
    return asked > 0.0 ? asked / (asked + f_.open[site][q]) : 0.0;
}

double WaferRights::ceiling(std::size_t site, std::size_t q) const {
    double out = f_.capacity[site][q];
    for (std::size_t p = 0; p < shape_.paths.size(); ++p)
        if (shape_.paths[p].site == site && presence_.has_path(p)) out += f_.path_capacity[p][q];
    return out;
}

double WaferRights::units(std::size_t need, std::size_t line, std::size_t q) const {
    return f_.need_units[need] / std::max(f_.passing[line][q], 1e-3);
}

double WaferRights::room(std::size_t back_end, std::size_t q) const {
    double asked = 0.0;
    for (std::size_t n = 0; n < shape_.needs.size(); ++n) {
        if (shape_.needs[n].back_end != back_end) continue;
        double of_chip = 0.0; // of the line that asks for most of the chip
        for (std::size_t l = 0; l < shape_.lines.size(); ++l) {
            if (shape_.lines[l].chip != shape_.needs[n].chip) continue;
            const auto arrives =
                std::min(q + static_cast<std::size_t>(std::lround(f_.assembly[l])), shape_.quarters.size() - 1);
            of_chip = std::max(of_chip, f_.needed[shape_.lines[l].chip][arrives] * units(n, l, q));
        }
        asked += of_chip;
    }
    const double capacity = f_.back_end_capacity[back_end][q], firm = f_.back_end_firm[back_end][q];
    const double reserved = f_.back_end_reserved[back_end][q], beyond = std::max(asked - reserved, 0.0);
    const double contracts = firm + reserved;
    const double fits = contracts > 0.0 ? std::min(capacity / contracts, 1.0) : 1.0;
    const double open = beyond + f_.back_end_open[back_end][q];
    const double share = open > 0.0 ? beyond / open : 1.0; // where nobody asks all of it is there
    return reserved * fits + share * std::max(capacity - contracts, 0.0);
}

} // namespace autarky::plan
