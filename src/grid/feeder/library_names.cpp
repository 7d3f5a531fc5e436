// autarky: the components and attributes that the power-flow library knows, from its own tables.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/library_names.hpp"

#include <algorithm>
#include <array>

namespace autarky::grid {

const LibraryAttribute* LibraryComponent::find(std::string_view attribute) const {
    const auto found = std::ranges::find(attributes, attribute, &LibraryAttribute::name);
    return found == attributes.end() ? nullptr : &*found;
}

const LibraryComponent* library_component(std::string_view dataset, std::string_view component) {
    const auto& all = library_components(dataset);
    const auto found = std::ranges::find(all, component, &LibraryComponent::name);
    return found == all.end() ? nullptr : &*found;
}

bool is_bookkeeping(std::string_view attribute) {
    // power-grid-model-io 2.0 with extra info, from pandapower, Vision and Gaia.
    static constexpr std::array<std::string_view, 5> names{"id_reference", "pgm_input", "pp_input", "vision_input",
                                                           "extra"};
    return std::ranges::find(names, attribute) != names.end();
}

} // namespace autarky::grid
