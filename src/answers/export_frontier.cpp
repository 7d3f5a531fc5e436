// autarky: the largest designs that no paragraph catches, and what their silicon costs.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "answers/export.hpp"
#include "design/cost.hpp"
#include "market/export/frontier.hpp"
#include "silicon/fields.hpp"

namespace autarky::answers {
namespace {

using namespace market::licensing;

/// The densest published chip whose wafers come from the same process.
std::optional<std::pair<std::string, double>> densest(const ExportLibrary& library, const std::string& process) {
    std::optional<std::pair<std::string, double>> out;
    for (const auto& chip : library.chips) {
        const auto density = chip.item.density();
        // a leak is no proof that a density can be had
        if (!density || chip.node == 0 || chip.grade >= Grade::rumour) continue;
        if (design::usual_process(chip.node) == process && (!out || *density > out->second))
            out = {chip.item.name, *density};
    }
    return out;
}

/// Good dies of a package with so much silicon, each as large as the others, none larger than a field.
struct Silicon {
    double dies = 0.0, cost_usd = 0.0;
};
Silicon silicon_of(const design::DieCosting& costing, double area_mm2) {
    const double field = silicon::full_field.width_mm * silicon::full_field.height_mm;
    const double dies = std::ceil(area_mm2 / field);
    const auto one = costing.of_area(quantity(area_mm2 / dies, "mm^2"_u));
    return {dies, dies * one.in("USD/die"_u)};
}

} // namespace

ExportFrontier export_frontier(const ExportLibrary& library, const Commodity& item, const Delivery& delivery,
                               double day, int node, const std::string& data_folder) {
    ExportFrontier out;
    out.process = design::usual_process(node);
    const auto costing = design::die_costing(out.process, {}, data_folder);
    const auto best = densest(library, out.process);
    if (best) std::tie(out.densest, out.density) = std::pair(best->first, std::optional(best->second));
    for (const auto marketed : {Marketed::yes, Marketed::no}) {
        if (item.data_centre != Marketed::open && item.data_centre != marketed) continue;
        Commodity chip = item;
        chip.data_centre = marketed;
        for (const auto& corner : corners(library.book, chip, delivery, day)) {
            ExportCorner row{.data_centre = marketed, .tpp = corner.tpp};
            if (corner.area_mm2 > 0.0) row.area_by_rule_mm2 = corner.area_mm2;
            if (best) row.area_by_density_mm2 = corner.tpp / best->second;
            const double area = std::max(corner.area_mm2, row.area_by_density_mm2.value_or(0.0));
            if (area > 0.0) {
                const auto silicon = silicon_of(costing, area);
                row.dies = silicon.dies;
                row.cost_usd = silicon.cost_usd;
            }
            if (row.area_by_density_mm2) row.cost_without_usd = silicon_of(costing, *row.area_by_density_mm2).cost_usd;
            out.corners.push_back(row);
        }
    }
    return out;
}

} // namespace autarky::answers
