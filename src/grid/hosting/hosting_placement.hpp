// autarky: one way in which cars may come to stand on a feeder.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "grid/hosting/feeder_places.hpp"
#include "grid/hosting/hosting.hpp"
#include "grid/street/luck.hpp"

namespace autarky::grid {

/// Cars come to homes in an order of their own, and each charges as a street of one car does; all is looked at in some
/// moments of heavy days. A function of the number of the placement alone.
class Placement {
public:
    Placement(const HostedFeeder& feeder, const Street& habits, std::uint64_t number, const FeederHosting& how);

    /// Powers of all loads at all moments with the first `cars` of the order plugged in; parallel to feeder.loads.
    struct Values {
        std::vector<double> p_w, q_var;
    };
    void fill(int cars, std::vector<Values>& loads) const;
    [[nodiscard]] std::size_t moments() const { return moments_.size(); }

private:
    /// A moment: a kind of day and a step of it.
    struct Moment {
        std::size_t kind, step;
    };
    void look_at(const Street& habits, std::uint64_t number, const FeederHosting& how);
    [[nodiscard]] std::vector<double> managed_car_w(const Street& habits, const std::vector<double>& homes, double top,
                                                    const FeederHosting& how) const;
    void plug_in(const FeederCustomer& customer, std::size_t customer_index, double watts, std::size_t moment,
                 const FeederLoads& of, Values& to) const;

    const HostedFeeder& feeder_;
    Luck luck_;
    std::vector<std::size_t> order_;
    std::vector<Moment> moments_;
    std::vector<double> base_, car_w_;
};

} // namespace autarky::grid
