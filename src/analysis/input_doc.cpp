// autarky: finds the description of an input by its path.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/input_doc.hpp"

#include "input/shape.hpp"
#include "scenario/scenario_shape.hpp"

namespace autarky::analysis {
namespace {

std::string_view first_step(std::string_view& rest) {
    const auto end = rest.find('.');
    const auto step = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return step;
}

} // namespace

std::string_view input_doc(std::string_view path) {
    auto rest = path.substr(0, path.find('['));
    const scenario::Shape* shape = &scenario::scenario_shape();
    while (shape != nullptr && !rest.empty()) {
        const auto* field = shape->find(first_step(rest));
        if (field == nullptr) return {};
        if (field->inner == nullptr) return field->doc;
        if (field->kind == scenario::FieldKind::table) first_step(rest); // the name of the row
        shape = field->inner;
    }
    return {};
}

} // namespace autarky::analysis
