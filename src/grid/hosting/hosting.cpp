// autarky: how many devices a street carries before the first limit is broken.
// SPDX-License-Identifier: Apache-2.0
#include "grid/hosting/hosting.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace autarky::grid {

int CriterionResult::quantile(double q) const {
    if (carried.empty()) return 0;
    const double place = q * static_cast<double>(carried.size() - 1);
    return carried[static_cast<std::size_t>(std::floor(place + 0.5))];
}

namespace {

constexpr std::size_t width = Lanes::width;
using Counts = std::array<int, width>;

Behind behind(const Street& street, HostedDevice device, int n) {
    return {street.type().homes, device.car ? n : 0, device.robot ? n : 0, 1.0, device.managed_share};
}

/// Eight placements with their own numbers of devices, a year of heat at once.
AgedYear<Lanes> aged(const Street& street, HostedDevice device, const std::vector<Drawn>& drawn, const Counts& n) {
    std::vector<double> table;
    for (std::size_t lane = 0; lane < width; ++lane) {
        const StreetLoad load = street.load(behind(street, device, n[lane]), drawn[lane]);
        if (table.empty()) table.resize(load.kva.size() * width);
        for (std::size_t i = 0; i < load.kva.size(); ++i)
            table[i * width + lane] = load.kva[i] / street.type().rating_kva;
    }
    std::vector<Lanes> pu;
    pu.reserve(table.size() / width);
    for (std::size_t i = 0; i < table.size(); i += width)
        pu.push_back(Lanes::load(table.data() + i));
    const Iec60076<Lanes> unit = in_lanes(street.type().heat);
    return aged_year(unit, street.type().paper, street.plan(), pu);
}

/// The most devices of 0..most that eight placements carry (-1: not even none), by halving; `over` tells which lanes
/// break the limit with the given numbers.
Counts most_carried(int most, const std::function<std::array<bool, width>(const Counts&)>& over) {
    Counts good, bad;
    good.fill(-1);
    bad.fill(most + 1);
    for (;;) {
        Counts middle = good;
        bool open = false;
        for (std::size_t lane = 0; lane < width; ++lane) {
            if (bad[lane] - good[lane] <= 1) {
                middle[lane] = std::clamp(good[lane], 0, most);
                continue;
            }
            middle[lane] = std::clamp((good[lane] + bad[lane]) / 2, 0, most);
            open = true;
        }
        if (!open) return good;
        const auto breaks = over(middle);
        for (std::size_t lane = 0; lane < width; ++lane) {
            if (bad[lane] - good[lane] <= 1) continue;
            (breaks[lane] ? bad[lane] : good[lane]) = middle[lane];
        }
    }
}

void record(CriterionResult& result, int carried, int most) {
    if (carried < 0) ++result.at_once;
    if (carried >= most) ++result.never;
    result.carried.push_back(std::max(carried, 0));
}

} // namespace

HostingResult host_street(const Street& street, const HostingLimits& limits, HostedDevice device, int placements,
                          const Watched& watched) {
    HostingResult out;
    out.most = static_cast<int>(std::floor(street.type().homes * street.type().cars_a_home + 1e-9));
    out.criteria = {{"rating", {}}, {"heat", {}}, {"ageing", {}}, {"any", {}}};
    const int most = out.most;
    const std::vector<double> homes = street.homes_kw(street.type().homes, 1.0);
    for (int done = 0; done < placements; done += static_cast<int>(width)) {
        std::vector<Drawn> drawn;
        for (std::size_t lane = 0; lane < width; ++lane) {
            drawn.push_back(street.draw(static_cast<std::uint64_t>(done) + lane, most));
            drawn.back().homes_kw = homes;
        }
        const auto rating = most_carried(most, [&](const Counts& n) {
            std::array<bool, width> over{};
            for (std::size_t lane = 0; lane < width; ++lane)
                over[lane] = street.load(behind(street, device, n[lane]), drawn[lane]).peak_kva >
                             limits.rating_pu * street.type().rating_kva;
            return over;
        });
        const auto by_year = [&](const auto& breaks) {
            return most_carried(most, [&](const Counts& n) {
                const AgedYear<Lanes> year = aged(street, device, drawn, n);
                std::array<bool, width> over{};
                for (std::size_t lane = 0; lane < width; ++lane)
                    over[lane] = breaks(year, lane);
                return over;
            });
        };
        const auto heat = by_year([&](const AgedYear<Lanes>& y, std::size_t lane) {
            return y.highest_hot_spot_c[lane] > limits.hot_spot_c || y.highest_top_oil_c[lane] > limits.top_oil_c;
        });
        const auto ageing = by_year(
            [&](const AgedYear<Lanes>& y, std::size_t lane) { return y.equivalent_factor[lane] > limits.ageing; });
        for (std::size_t lane = 0; lane < width && done + static_cast<int>(lane) < placements; ++lane) {
            const std::array<int, 3> each{rating[lane], heat[lane], ageing[lane]};
            const int least = *std::ranges::min_element(each);
            for (std::size_t i = 0; i < 3; ++i)
                record(out.criteria[i], each[i], most);
            record(out.criteria[3], least, most);
            const auto which = static_cast<std::size_t>(std::ranges::min_element(each) - each.begin());
            out.binding.push_back(least >= most ? "none" : out.criteria[which].criterion);
        }
        out.placements = std::min(placements, done + static_cast<int>(width));
        if (watched && watched(static_cast<std::uint64_t>(out.placements), static_cast<std::uint64_t>(placements)))
            break;
    }
    for (CriterionResult& criterion : out.criteria)
        std::ranges::sort(criterion.carried);
    return out;
}

} // namespace autarky::grid
