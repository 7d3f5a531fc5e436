// autarky: reads the file of a workbook back with minizip, which libxlsxwriter writes it with.
// SPDX-License-Identifier: Apache-2.0
#include "show/workbook_check.hpp"

#include <fmt/format.h>
#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <type_traits>

#include "core/visible.hpp"

namespace autarky::show {
namespace {

struct CloseArchive {
    void operator()(void* archive) const { unzClose(archive); }
};
using Archive = std::unique_ptr<std::remove_pointer_t<unzFile>, CloseArchive>;

[[noreturn]] void refuse(const std::string& part) {
    throw std::runtime_error(fmt::format("the workbook: its part {} could not be written whole", part));
}

/// Name of the part at which the archive stands.
std::string name_of(unzFile archive) {
    std::array<char, 256> name{};
    unz_file_info64 about{};
    if (unzGetCurrentFileInfo64(archive, &about, name.data(), name.size() - 1, nullptr, 0, nullptr, 0) != UNZ_OK)
        refuse("list");
    return name.data();
}

std::string content_of(unzFile archive, const std::string& name) {
    if (unzOpenCurrentFile(archive) != UNZ_OK) refuse(name);
    std::string out;
    std::array<char, 65536> block{};
    int n = 0;
    while ((n = unzReadCurrentFile(archive, block.data(), block.size())) > 0)
        out.append(block.data(), static_cast<std::size_t>(n));
    if (unzCloseCurrentFile(archive) != UNZ_OK || n < 0) refuse(name);
    return out;
}

/// Whether it begins as XML and the element that it is ends: "<?xml ...?>\n<sst ...> ... </sst>".
bool is_whole(std::string_view text) {
    const auto head = text.find("?>");
    const auto root = head == std::string_view::npos ? head : text.find('<', head);
    if (!text.starts_with("<?xml") || root == std::string_view::npos) return false;
    const auto name = text.substr(root + 1, text.find_first_of(" >/\n", root + 1) - root - 1);
    const auto last = text.find_last_not_of("\r\n ");
    text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
    return text.ends_with(fmt::format("</{}>", name)) || (text.ends_with("/>") && text.rfind('<') == root);
}

/// What of a sheet can be counted.
struct Counted {
    std::size_t cells = 0, formulas = 0, formula_bytes = 0;
    friend bool operator==(const Counted&, const Counted&) = default;
};

Counted wanted_of(const WorkbookSheet& sheet) {
    using Kind = WorkbookCell::Kind;
    Counted out;
    for (const auto& row : sheet.rows)
        for (const auto& cell : row) {
            const bool is_text =
                cell.kind == Kind::text && (!visible(cell.text).empty() || cell.look != WorkbookCell::Look::plain);
            const bool is_number = cell.kind == Kind::number && std::isfinite(cell.number);
            const bool is_formula = cell.kind == Kind::formula;
            out.cells += is_text || is_number || is_formula ? 1 : 0;
            if (!is_formula) continue;
            ++out.formulas;
            out.formula_bytes += cell.text.size() - (cell.text.starts_with('=') ? 1 : 0);
        }
    return out;
}

/// Bytes of a text before its signs were escaped: "&lt;" is one.
std::size_t unescaped_size(std::string_view text) {
    std::size_t out = 0;
    for (std::size_t at = 0; at < text.size(); ++at, ++out)
        if (text[at] == '&') at = std::min(text.find(';', at), text.size());
    return out;
}

Counted found_in(std::string_view text) {
    constexpr std::string_view cell = "<c ", formula = "<f>", end = "</f>";
    Counted out;
    for (auto at = text.find(cell); at != std::string_view::npos; at = text.find(cell, at + cell.size()))
        ++out.cells;
    for (auto at = text.find(formula); at != std::string_view::npos; at = text.find(formula, at)) {
        at += formula.size();
        const auto to = std::min(text.find(end, at), text.size());
        ++out.formulas;
        out.formula_bytes += unescaped_size(text.substr(at, to - at));
    }
    return out;
}

/// Whether the shared texts are as many as their head says.
bool has_all_texts(std::string_view text) {
    constexpr std::string_view count = "uniqueCount=\"", one = "<si>";
    const auto at = text.find(count);
    if (at == std::string_view::npos) return false;
    std::size_t n = 0;
    for (auto found = text.find(one); found != std::string_view::npos; found = text.find(one, found + one.size()))
        ++n;
    return text.substr(at + count.size()).starts_with(fmt::format("{}\"", n));
}

} // namespace

void check_workbook_file(const std::string& path, const Workbook& workbook) {
    const Archive archive(unzOpen64(path.c_str()));
    if (archive == nullptr) refuse("list");
    std::size_t n_sheets = 0;
    auto step = unzGoToFirstFile(archive.get());
    for (; step == UNZ_OK; step = unzGoToNextFile(archive.get())) {
        const auto name = name_of(archive.get());
        const auto content = content_of(archive.get(), name);
        if (!is_whole(content)) refuse(name);
        if (name == "xl/sharedStrings.xml" && !has_all_texts(content)) refuse(name);
        for (std::size_t k = 0; k < workbook.sheets.size(); ++k)
            if (name == fmt::format("xl/worksheets/sheet{}.xml", k + 1)) {
                ++n_sheets;
                if (found_in(content) != wanted_of(workbook.sheets[k])) refuse(name);
            }
    }
    if (step != UNZ_END_OF_LIST_OF_FILE || n_sheets != workbook.sheets.size()) refuse("list");
}

} // namespace autarky::show
