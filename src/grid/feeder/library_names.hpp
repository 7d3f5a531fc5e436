// autarky: the components and attributes that the power-flow library knows, from its own tables.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace autarky::grid {

struct LibraryAttribute {
    std::string name;
    bool is_whole = false; ///< an id, a status, a choice, a tap
};
struct LibraryComponent {
    std::string name;
    std::vector<LibraryAttribute> attributes;

    [[nodiscard]] const LibraryAttribute* find(std::string_view attribute) const;
};

/// Components of a data set ("input" or "update"); empty in a build without the library, where nothing is solved anyway.
const std::vector<LibraryComponent>& library_components(std::string_view dataset);
/// One of them, or null.
const LibraryComponent* library_component(std::string_view dataset, std::string_view component);
/// Names that converters add to rows for themselves; nobody else reads them.
bool is_bookkeeping(std::string_view attribute);

} // namespace autarky::grid
