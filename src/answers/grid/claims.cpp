// autarky: the essay's statements about the grid, and what the catalogue has of it.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "answers/grid/nation.hpp"
#include "grid/hosting/essay_streets.hpp"
#include "show/table.hpp"

namespace autarky::grid {

constexpr auto describe(Type<EssayCheck> /*type*/) {
    using C = EssayCheck;
    return fields(item("statement", &C::statement, "What is stated"),
                  item("computed", &C::computed, "What is computed"), item("verdict", &C::verdict, "Whether it holds"));
}

} // namespace autarky::grid

namespace autarky::answers {

constexpr auto describe(Type<ClaimsAnswer> /*type*/) {
    return fields(item("claims", &ClaimsAnswer::checks, "One row a statement").whole());
}

ClaimsAnswer claims(const Catalogue& catalogue, const ClaimsQuestion& q, const Watch& watch) {
    ClaimsAnswer out{grid::essay_arithmetic()};
    auto streets = grid::essay_streets(catalogue.streets(watch), q.seed);
    std::move(streets.begin(), streets.end(), std::back_inserter(out.checks));
    return out;
}

std::string text(const ClaimsAnswer& answer, const show::Page& page) {
    std::string out;
    const auto line = [&](std::size_t indent, const std::string& text) {
        out += std::string(indent, ' ') + show::wrapped(text, page.width - indent, indent) + "\n";
    };
    for (const auto& check : answer.checks) {
        line(0, check.statement);
        line(4, check.computed);
        line(4, check.verdict);
    }
    return out;
}

const Entry claims_entry = entry_of<&claims, ClaimsQuestion, ClaimsAnswer>(
    "grid", "claims", "The essay's statements about the grid, recomputed");

namespace {

struct StreetView {
    const grid::UnitType* unit;
    const grid::CatalogueSource* source;
};
constexpr auto describe(Type<StreetView> /*type*/) {
    using S = StreetView;
    using V = std::string_view;
    return fields(
        item(
            "name", [](const S& s) -> V { return s.unit->name; }, "Name"),
        item(
            "region", [](const S& s) -> V { return s.unit->region; }, "Region"),
        item(
            "rating_kva", [](const S& s) { return s.unit->rating_kva; }, "kVA"_u, "Rating of the transformer"),
        item(
            "homes", [](const S& s) { return s.unit->homes; }, "home"_u, "Homes behind it"),
        item(
            "weight", [](const S& s) { return s.unit->weight; }, "1"_u, "Share among the units of the region"),
        item(
            "source", [](const S& s) -> V { return s.source->title; }, "Where the numbers come from"),
        item("grade", [](const S& s) -> V { return s.source->grade; }, "How well that supports them"));
}

std::vector<StreetView> streets_of(const GridListAnswer& answer) {
    std::vector<StreetView> out;
    for (const auto& unit : answer.streets.units)
        out.push_back({&unit, &answer.streets.sources.at(answer.streets.cited.at("unit." + unit.name).first)});
    return out;
}

} // namespace

constexpr auto describe(Type<GridListAnswer> /*type*/) {
    return fields(item("streets", &streets_of, "Streets and stations"),
                  item("feeders", &GridListAnswer::feeders, "Feeders"));
}

GridListAnswer grid_list(const Catalogue& catalogue, const GridListQuestion& /*question*/, const Watch& watch) {
    return {catalogue.streets(watch), catalogue.feeders()};
}

std::string text(const GridListAnswer& answer, const show::Page& page) {
    show::TableColumn name{"street", {}, true}, region{"region", {}, true}, kva{"kVA", {}}, homes{"homes", {}},
        weight{"weight", {}}, source{"source", {}, true};
    for (const auto& street : streets_of(answer)) {
        name.cells.push_back(street.unit->name);
        region.cells.push_back(street.unit->region);
        kva.cells.push_back(fmt::format("{:g}", street.unit->rating_kva));
        homes.cells.push_back(fmt::format("{:g}", street.unit->homes));
        weight.cells.push_back(fmt::format("{:g}", street.unit->weight));
        source.cells.push_back(
            fmt::format("{} ({})", answer.streets.cited.at("unit." + street.unit->name).first, street.source->grade));
    }
    auto out = show::table_text(page,
                                {{"",
                                  "",
                                  {std::move(name), std::move(region), std::move(kva), std::move(homes),
                                   std::move(weight), std::move(source)}}},
                                0);
    out += "\nfeeders\n";
    for (const auto& feeder : answer.feeders)
        out += "  " + feeder + "\n";
    return out;
}

const Entry grid_list_entry =
    entry_of<&grid_list, GridListQuestion, GridListAnswer>("grid", "list", "Streets and feeders of the catalogue");

} // namespace autarky::answers
