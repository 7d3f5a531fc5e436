// autarky: keeps dropped files in a folder that only this server's owner reads.
// SPDX-License-Identifier: Apache-2.0
#include "serve/files.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <system_error>

#include "core/refuse.hpp"

namespace autarky::serve {
namespace {

/// Letters, digits, ., - and _ of the last part; not hidden, not empty, not long.
std::string plain_name(std::string_view name) {
    constexpr std::size_t longest = 80;
    const auto slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    std::string out;
    for (const char one : name) {
        const bool is_plain = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') ||
                              one == '-' || one == '_' || one == '.';
        out += is_plain ? one : '_';
    }
    if (out.size() > longest) out.erase(0, out.size() - longest); // the end tells its kind
    out.erase(0, std::min(out.find_first_not_of('.'), out.size()));
    return out.empty() ? "file" : out;
}

} // namespace

Files::~Files() {
    if (folder_.empty()) return;
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::filesystem::path Files::folder() {
    if (!folder_.empty()) return folder_;
    std::error_code trouble;
    const auto home = std::filesystem::temp_directory_path(trouble);
    auto name = (home / "autarky-page-XXXXXX").string();
    if (trouble || mkdtemp(name.data()) == nullptr)
        refuse({}, "E0625", "there is no place for dropped files", "TMPDIR names a folder that can be written");
    folder_ = name;
    return folder_;
}

std::string Files::keep(std::string_view name, const std::string& content) {
    const std::scoped_lock lock(mutex_);
    if (content.size() > largest || n_bytes_ + content.size() > most)
        refuse({}, "E0625", fmt::format("a file of {} bytes is too large to be dropped", content.size()),
               "give its path to the command line instead");
    const auto path = folder() / plain_name(name);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    if (!file) refuse({}, "E0625", fmt::format("{} cannot be written", path.string()), "");
    n_bytes_ += content.size();
    return path.string();
}

} // namespace autarky::serve
