// autarky: where on a feeder cars can stand, and the feeder that they are tried on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/power_flow.hpp"
#include "grid/street/street.hpp"

namespace autarky::grid {

/// A connection at low voltage: one customer, or a load that stands for many homes.
struct FeederCustomer {
    int node = 0;
    std::array<bool, 3> phases{true, true, true}; ///< those that it draws from
    double p_w = 0.0;
    int homes = 1;
};

/// The loads of one component in the order of the feeder that is tried; W and var, [load][phase].
struct FeederLoads {
    std::string component;  ///< "sym_load" or "asym_load"
    std::size_t phases = 1; ///< values a load
    std::vector<double> p_w, q_var;
    std::size_t n_cars = 0; ///< the last ones, one a customer: constant power, whatever the homes' loads are
};

/// A feeder as it stands in the evening of a heavy day, ready to take cars.
///
/// Loads that are switched off, dead or zero are no customers. At one node the loads of constant power, impedance and current
/// are parts of one customer, as converters write them; two loads of one type are two. Generators give nothing then, nor do
/// loads below zero. Loads above 1 kV stay and take no car. A load over 3 x 250 A (173 kW), the largest connection of a
/// customer at low voltage, stands for as many homes as draw its power together.
struct HostedFeeder {
    std::string text; ///< power-grid-model's input with one more load a customer
    std::vector<FeederLoads> loads;
    std::vector<FeederCustomer> customers; ///< in an order that hangs on the feeder alone, not on ids or rows
    std::vector<std::size_t> home_of;      ///< home: the customer
    FeederFacts facts;
    FlowMethod method = FlowMethod::iterative_current; ///< Newton-Raphson where a voltage regulator is left
    bool by_phase = false;
    double frequency_hz = 50.0;
    std::vector<std::string> notes; ///< what was left out or taken otherwise than it stands there

    [[nodiscard]] std::size_t n_homes() const { return home_of.size(); }
};

/// Null, with findings, when the text is no feeder, cannot be solved with the loads of its file, or has no place for a car.
std::unique_ptr<HostedFeeder> hosted_feeder(const std::string& text, const std::string& file, double frequency_hz,
                                            const Street& habits, Diagnostics& findings);

} // namespace autarky::grid
