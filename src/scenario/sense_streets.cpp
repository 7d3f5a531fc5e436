// autarky: whether somebody pays for what streets cost.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "scenario/sense_parts.hpp"

namespace autarky::scenario {
namespace {

using Row = grid::Grid<Uncertain>;

/// One thing that three pay for: its words, and the keys of their shares with the members.
struct Bill {
    std::string_view what, key;
    std::array<std::pair<std::string_view, Uncertain Row::*>, 3> payers;
};
const std::array<Bill, 2> bills{Bill{"an upgrade",
                                     "upgrade",
                                     {{{"upgrade_utility", &Row::upgrade_utility},
                                       {"upgrade_customer", &Row::upgrade_customer},
                                       {"upgrade_buyer", &Row::upgrade_buyer}}}},
                                Bill{"storage",
                                     "storage",
                                     {{{"storage_utility", &Row::storage_utility},
                                       {"storage_customer", &Row::storage_customer},
                                       {"storage_buyer", &Row::storage_buyer}}}}};

void check_bill(const Sense& sense, std::size_t row, const Bill& bill) {
    const auto& grid = sense.s.grid[row];
    double sum = 0.0;
    std::string terms;
    std::string_view largest = bill.payers[0].first;
    double most = 0.0;
    for (const auto& [key, member] : bill.payers) {
        const double share = sense.median(grid.*member);
        sum += share;
        terms += fmt::format("{}{} {:.4g} %", terms.empty() ? "" : ", ", key, 100.0 * share);
        if (share > most) most = share, largest = key;
    }
    constexpr double notable = 0.01; // medians of bands that were meant to add up miss it by less
    if (std::fabs(sum - 1.0) <= notable) return;
    const auto& name = sense.s.grid.names[row];
    // A payer is told where it stands, nobody where the thing is bought.
    const auto at = sense.origin({"grid", name, most > 0.0 || bill.key != "storage" ? largest : "storage_share"});
    const auto message =
        sum < 1.0
            ? fmt::format("grid.{}: {:.4g} % of {} is paid by nobody: {}", name, 100.0 * (1.0 - sum), bill.what, terms)
            : fmt::format("grid.{}: {:.4g} % of {} is paid: {}", name, 100.0 * sum, bill.what, terms);
    sense.error(at, "E0425", message,
                fmt::format("the shares of utility, customer and buyer add up to 100 %, such as {} = \"100 %\"",
                            bill.payers[0].first));
}

} // namespace

void check_streets(const Sense& sense) {
    for (std::size_t i = 0; i < sense.s.grid.size(); ++i) {
        check_bill(sense, i, bills[0]);
        if (sense.most(sense.s.grid[i].storage_share) > 0.0) check_bill(sense, i, bills[1]);
    }
}

} // namespace autarky::scenario
