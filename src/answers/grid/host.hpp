// autarky: "how many devices does this street, this feeder, carry?"
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "answers/entry.hpp"
#include "answers/grid/place.hpp"
#include "grid/hosting/hosting.hpp"
#include "grid/hosting/worst_day.hpp"

namespace autarky::answers {

/// What is added to a street.
enum class AddedDevice { car, robot, both };
constexpr std::array<std::string_view, 3> choices(Type<AddedDevice> /*type*/) { return {"car", "robot", "both"}; }

struct HostQuestion : PlaceChoice {
    AddedDevice device = AddedDevice::car;
    double managed = 0.0;
    int placements = 100;
};
constexpr auto describe(Type<HostQuestion> /*type*/) {
    using Q = HostQuestion;
    return std::tuple_cat(
        place_fields(),
        fields(asked("device", &Q::device, "Street: what is added; both: cars with a robot each"),
               asked("managed", &Q::managed, "1"_u, "Share of cars whose charging is managed", Range::fraction)
                   .as("SHARE"),
               asked("placements", &Q::placements, "1"_u, "Placements drawn").from_to(1, 100'000)));
}

struct HostAnswer {
    struct OfStreet {
        std::string region;
        double rating_kva = 0.0, present_peak_kva = 0.0;
    };
    struct OfFeeder {
        std::string library;
        std::size_t loads = 0;
    };
    HostQuestion question;
    double homes = 0.0;
    std::optional<OfStreet> street; ///< one of these two
    std::optional<OfFeeder> feeder;
    grid::HostingLimits limits;
    grid::HostingResult result;
    std::optional<grid::WorstDay>
        day{}; ///< of a street, with the asked devices, or as many as half of the placements carry
};

HostAnswer host(const Catalogue& catalogue, const HostQuestion& question, const Watch& watch = {});
Standing standing(const HostAnswer& answer);
std::string text(const HostAnswer& answer, const show::Page& page);
extern const Entry host_entry;

} // namespace autarky::answers
