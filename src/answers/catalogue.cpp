// autarky: reads the data folder.
// SPDX-License-Identifier: Apache-2.0
#include "answers/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/refuse.hpp"
#include "input/files.hpp"

namespace autarky::answers {

Catalogue::Catalogue(std::filesystem::path folder)
    : folder_(folder.empty() ? scenario::find_data_folder() : std::move(folder)) {}

const std::filesystem::path& Catalogue::folder() const {
    if (folder_.empty())
        refuse({}, "E0602", "the data folder with catalogue/ and validation/ is not found", "set AUTARKY_DATA");
    return folder_;
}

std::string Catalogue::grid_file(const std::string& name) const {
    const auto path = folder_ / "catalogue" / "grid" / name;
    return std::filesystem::is_regular_file(path) ? path.string() : std::string();
}

grid::StreetCatalogue Catalogue::streets(const Watch& watch) const {
    const std::string file = grid_file("streets.toml");
    if (file.empty())
        refuse({}, "E0601", "catalogue/grid/streets.toml is not there",
               "set AUTARKY_DATA to the folder that holds catalogue/");
    Diagnostics findings;
    auto streets = grid::read_street_catalogue(file_text(file), file, findings);
    watch.settle(findings);
    return streets;
}

grid::OverloadTables Catalogue::overload(const std::string& region, const Watch& watch) const {
    const std::string file = grid_file("overload_" + region + ".toml");
    if (file.empty())
        refuse_field("region", "E0505", fmt::format("there is no overload surface of region '{}'", region),
                     "us or europe");
    Diagnostics findings;
    auto tables = grid::read_tables(file_text(file), file, findings);
    watch.settle(findings);
    return std::move(*tables);
}

std::string Catalogue::feeder(const std::string& name) const { return grid_file("feeders/" + name + ".json"); }

std::vector<std::string> Catalogue::feeders() const {
    std::vector<std::string> names;
    for (const auto& file : scenario::files_with(".json", folder_ / "catalogue" / "grid" / "feeders"))
        names.push_back(file.stem().string());
    return names;
}

std::string file_text(const std::string& file, std::string_view field, std::size_t largest) {
    if (file == "-") {
        std::string text;
        std::array<char, 65536> chunk{};
        for (std::size_t n = 0; (n = std::fread(chunk.data(), 1, chunk.size(), stdin)) > 0;)
            text.append(chunk.data(), n);
        return text;
    }
    auto read = scenario::read_file(file, largest);
    if (read.trouble.empty()) return std::move(read.content);
    const auto message = fmt::format("{}: {}", file, read.trouble);
    if (field.empty()) refuse({}, read.code, message);
    refuse_field(field, read.code, message);
}

} // namespace autarky::answers
