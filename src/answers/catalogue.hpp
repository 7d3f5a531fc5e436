// autarky: the data folder: rows of its tables by name, and the files of its grid.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "answers/watch.hpp"
#include "grid/nation/overload_surface.hpp"
#include "grid/street/street_catalogue.hpp"

namespace autarky::answers {

/// Catalogue, scenarios and published cases. Immutable: one serves any number of questions and threads.
class Catalogue {
public:
    /// `folder` holds catalogue/, scenarios/ and validation/; empty: the program's own is found.
    explicit Catalogue(std::filesystem::path folder = {});

    /// Throws InputError when there is none.
    [[nodiscard]] const std::filesystem::path& folder() const;
    /// The same as text, empty when there is none: what readers take that find the folder themselves.
    [[nodiscard]] std::string folder_text() const { return folder_.string(); }

    /// Streets, stations and regions of the grid. Throws InputError.
    [[nodiscard]] grid::StreetCatalogue streets(const Watch& watch) const;
    /// How many units devices overload in a region; `file` is where that stands. Throws InputError.
    [[nodiscard]] grid::OverloadTables overload(const std::string& region, const Watch& watch) const;
    /// Path of a feeder of the catalogue, or empty.
    [[nodiscard]] std::string feeder(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> feeders() const;

private:
    [[nodiscard]] std::string grid_file(const std::string& name) const;

    std::filesystem::path folder_;
};

/// What a file holds; "-" is standard input. Throws InputError (family E06) that names it and the field that does.
std::string file_text(const std::string& file, std::string_view field = {}, std::size_t largest = 2'000'000'000);

} // namespace autarky::answers
