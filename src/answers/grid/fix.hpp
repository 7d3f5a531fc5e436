// autarky: "what is the cheapest way to make this street, this feeder, carry so many cars?"
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <variant>

#include "answers/entry.hpp"
#include "answers/grid/place.hpp"
#include "grid/hosting/feeder_remedy.hpp"
#include "grid/hosting/mitigation.hpp"

namespace autarky::answers {

struct FixQuestion : PlaceChoice {
    std::optional<double> managed;
    double price_factor = 1.0;
    std::optional<int> placements;
};
constexpr auto describe(Type<FixQuestion> /*type*/) {
    using Q = FixQuestion;
    return std::tuple_cat(
        place_fields(),
        fields(asked("managed", &Q::managed, "1"_u,
                     "Street: share of cars that are managed already (0); feeder: what managing reaches (1)",
                     Range::fraction)
                   .as("SHARE"),
               asked("price_factor", &Q::price_factor, "1"_u, "Price of works over the catalogue's")
                   .from_to(0.1, 20)
                   .as("X"),
               asked("placements", &Q::placements, "1"_u, "Feeder: placements that must all carry the cars")
                   .from_to(1, 100'000)
                   .otherwise("10")));
}

struct FixAnswer {
    FixQuestion question;
    int cars = 0;
    std::variant<grid::Mitigation, grid::FeederMitigation> found; ///< of a street, or of a feeder
    std::optional<std::vector<std::string>> notes;                ///< of a feeder

    [[nodiscard]] bool is_needed() const;
    /// What clears all limits; nothing when nothing does.
    [[nodiscard]] std::optional<std::string> chosen() const;
};

FixAnswer fix(const Catalogue& catalogue, const FixQuestion& question, const Watch& watch = {});
std::string text(const FixAnswer& answer, const show::Page& page);
Standing standing(const FixAnswer& answer);
extern const Entry fix_entry;

} // namespace autarky::answers
