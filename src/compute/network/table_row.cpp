// autarky: one row of a layer table.
// SPDX-License-Identifier: Apache-2.0
#include "compute/network/table_row.hpp"

#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace autarky::compute {

const Cell* TableRow::cell(std::string_view column) const {
    for (std::size_t i = 0; i < columns_.size() && i < line_.cells.size(); ++i)
        if (columns_[i] == column && !line_.cells[i].text.empty()) return &line_.cells[i];
    return nullptr;
}

void TableRow::mark(std::string_view column) {
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (columns_[i] == column) used_[i] = true;
}

std::string TableRow::text(std::string_view column) {
    mark(column);
    const auto* found = cell(column);
    return found != nullptr ? found->text : std::string{};
}

Count TableRow::number(std::string_view column, Count fallback, Count least) {
    mark(column);
    const auto* found = cell(column);
    if (found == nullptr) return fallback;
    const auto& text = found->text;
    Count value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure == std::errc::invalid_argument || end != text.data() + text.size()) {
        error(column, "E0702", fmt::format("{}: '{}' is not a whole number", column, text));
        return fallback;
    }
    if (failure == std::errc::result_out_of_range || value > largest_cell) {
        error(column, "E0702", fmt::format("{}: {} is more than {}", column, text, largest_cell));
        return fallback;
    }
    if (value < least) {
        error(column, "E0702", fmt::format("{}: {} is less than {}", column, value, least));
        return fallback;
    }
    return value;
}

Count TableRow::required(std::string_view column, Count least) {
    if (!has(column)) error(column, "E0703", fmt::format("this layer needs '{}'", column));
    return number(column, least, least);
}

void TableRow::error(std::string_view column, std::string code, std::string message, std::string hint) {
    const auto* found = cell(column);
    const Cell& at = found != nullptr ? *found : line_.cells.front();
    diagnostics_.error({file_, line_.number, at.column, at.length}, std::move(code), std::move(message),
                       std::move(hint));
    ok_ = false;
}

void TableRow::report_unused(std::string_view what_row_is) {
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (!used_[i] && cell(columns_[i]) != nullptr)
            error(columns_[i], "E0703", fmt::format("{} has no '{}'", what_row_is, columns_[i]),
                  "leave the cell empty");
}

} // namespace autarky::compute
