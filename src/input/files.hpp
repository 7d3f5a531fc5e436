// autarky: finds and reads the files of catalogue and scenarios.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace autarky::scenario {

/// Content of a regular file of at most `limit` bytes, or the sentence that says why not.
struct FileContent {
    std::string content;
    std::string trouble; ///< empty: it was read
    const char* code = "E0601";
};
FileContent read_file(const std::filesystem::path& path, std::size_t limit = 8'000'000);

/// Files of a folder with this ending (".toml"), sorted; a folder that is not there has none. Throws
/// std::filesystem::filesystem_error when the folder cannot be read.
std::vector<std::filesystem::path> files_with(std::string_view ending, const std::filesystem::path& folder);

/// Whether this process has read the file, under whatever name; what is read otherwise than by `read_file` is noted.
bool was_read(const std::filesystem::path& path);
void note_read(const std::filesystem::path& path);

/// Whether a file in `folder` may name `file`: a scenario that comes from somebody else reads only what lies beside it, in
/// its folder or below, links followed. Files of the data folder may name all that lies in it.
bool may_name(const std::filesystem::path& folder, const std::filesystem::path& file,
              const std::filesystem::path& data_folder);
/// The finding about a file that may not be named, and what to do.
inline constexpr const char* outside_folder = "it lies outside the folder of the file that names it";
inline constexpr const char* outside_folder_hint = "put it into that folder or below";

/// Folder with `catalogue/` and `scenarios/`: AUTARKY_DATA, else share/autarky beside the program (build tree) or beside
/// its folder (installed), else the source tree it was built from. Empty when there is none.
std::filesystem::path find_data_folder();

/// Names of the scenarios in a data folder, without ".toml", sorted.
std::vector<std::string> bundled_scenarios(const std::filesystem::path& data);
/// Files of the catalogue in a data folder, sorted by name.
std::vector<std::filesystem::path> catalogue_files(const std::filesystem::path& data);
/// Those of its accelerators and workloads, which only some scenarios need.
std::vector<std::filesystem::path> compute_files(const std::filesystem::path& data);

} // namespace autarky::scenario
