// autarky: lays tables out.
// SPDX-License-Identifier: Apache-2.0
#include "show/table.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "show/text.hpp"

namespace autarky::show {
namespace {

constexpr std::size_t inner_gap = 2;

struct Layout {
    std::vector<std::size_t> columns;
    std::size_t width = 0;
};

Layout layout_of(const ColumnGroup& group) {
    Layout out;
    for (const auto& column : group.columns) {
        std::size_t width = cells(column.head);
        for (const auto& cell : column.cells)
            width = std::max(width, cells(cell));
        out.columns.push_back(width);
    }
    const auto sum = [&] {
        return std::accumulate(out.columns.begin(), out.columns.end(), inner_gap * (out.columns.size() - 1));
    };
    const std::size_t heading = std::max(cells(group.title), cells(group.unit));
    if (heading > sum()) {
        auto& widened = group.columns.front().is_text ? out.columns.back() : out.columns.front();
        widened += heading - sum();
    }
    out.width = sum();
    return out;
}

std::string aligned(const TableColumn& column, const std::string& text, std::size_t width) {
    return column.is_text ? left(text, width) : right(text, width);
}

void end_line(std::string& out) {
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
}

} // namespace

namespace {

std::string whole_table(const Page& page, const std::vector<ColumnGroup>& groups, std::size_t indent, std::size_t gap) {
    std::vector<Layout> layouts;
    for (const auto& group : groups)
        layouts.push_back(layout_of(group));
    std::string out;
    const auto line = [&](const auto& text_of, bool is_needed) {
        if (!is_needed) return;
        out += std::string(indent, ' ');
        for (std::size_t g = 0; g < groups.size(); ++g)
            out += (g > 0 ? std::string(gap, ' ') : "") + text_of(groups[g], layouts[g]);
        end_line(out);
    };
    const auto heading = [&](const std::string ColumnGroup::* text) {
        const auto is_filled = [&](const ColumnGroup& group) { return !(group.*text).empty(); };
        line(
            [&](const ColumnGroup& group, const Layout& layout) {
                return group.columns.front().is_text ? left(group.*text, layout.width)
                                                     : right(group.*text, layout.width);
            },
            std::any_of(groups.begin(), groups.end(), is_filled));
    };
    heading(&ColumnGroup::title);
    heading(&ColumnGroup::unit);
    const auto across = [](const ColumnGroup& group, const Layout& layout, const auto& text_of) {
        std::string text;
        for (std::size_t c = 0; c < group.columns.size(); ++c)
            text += (c > 0 ? std::string(inner_gap, ' ') : "") + text_of(group.columns[c], layout.columns[c]);
        return text;
    };
    const bool has_heads = std::any_of(groups.begin(), groups.end(), [](const ColumnGroup& group) {
        return std::any_of(group.columns.begin(), group.columns.end(), [](const auto& c) { return !c.head.empty(); });
    });
    line(
        [&](const ColumnGroup& group, const Layout& layout) {
            return across(group, layout, [&page](const TableColumn& column, std::size_t width) {
                return inked(page, Ink::dim, aligned(column, column.head, width));
            });
        },
        has_heads);
    const std::size_t n_rows = groups.empty() ? 0 : groups.front().columns.front().cells.size();
    for (std::size_t row = 0; row < n_rows; ++row)
        line(
            [&](const ColumnGroup& group, const Layout& layout) {
                return across(group, layout, [row, &page](const TableColumn& column, std::size_t width) {
                    auto text = aligned(column, column.cells[row], width);
                    return column.is_bold ? inked(page, Ink::bold, text) : text;
                });
            },
            true);
    return out;
}

std::size_t width_of(const std::vector<ColumnGroup>& groups, std::size_t indent, std::size_t gap) {
    std::size_t sum = indent;
    for (std::size_t g = 0; g < groups.size(); ++g)
        sum += (g > 0 ? gap : 0) + layout_of(groups[g]).width;
    return sum;
}

/// Cuts the widest columns of text until the lines fit, as far as something is left of them.
void narrow(std::vector<ColumnGroup>& groups, std::size_t too_many) {
    constexpr std::size_t narrowest = 12;
    while (too_many > 0) {
        TableColumn* widest = nullptr;
        std::size_t width = narrowest;
        for (auto& group : groups)
            for (auto& column : group.columns)
                for (const auto& cell : column.cells)
                    if (column.is_text && cells(cell) > width) {
                        width = cells(cell);
                        widest = &column;
                    }
        if (widest == nullptr) return;
        const std::size_t to = std::max(narrowest, width > too_many ? width - too_many : 0);
        for (auto& cell : widest->cells)
            cell = cut(cell, to);
        too_many -= std::min(too_many, width - to);
    }
}

std::string fitted_table(const Page& page, std::vector<ColumnGroup> groups, std::size_t indent, std::size_t gap) {
    const auto width = width_of(groups, indent, gap);
    if (width > page.width) narrow(groups, width - page.width);
    return whole_table(page, groups, indent, gap);
}

} // namespace

std::string table_text(const Page& page, const std::vector<ColumnGroup>& all, std::size_t indent, std::size_t gap) {
    std::vector<ColumnGroup> groups; // without those that have nothing to show
    std::copy_if(all.begin(), all.end(), std::back_inserter(groups), [](const auto& g) { return !g.columns.empty(); });
    if (groups.empty()) return {};
    if (page.wide || width_of(groups, indent, gap) <= page.width) return whole_table(page, groups, indent, gap);
    const bool has_labels = groups.front().columns.size() == 1 && groups.front().columns.front().is_text;
    if (!has_labels) return fitted_table(page, groups, indent, gap);
    std::string out;
    std::vector<ColumnGroup> part{groups.front()};
    for (std::size_t g = 1; g < groups.size(); ++g) {
        part.push_back(groups[g]);
        if (part.size() == 2 || width_of(part, indent, gap) <= page.width) continue;
        part.pop_back();
        out += fitted_table(page, part, indent, gap) + "\n";
        part = {groups.front(), groups[g]};
    }
    return out + fitted_table(page, part, indent, gap);
}

Sheet::Sheet(const std::vector<std::string>& heads) {
    for (const auto& head : heads) {
        const bool is_text = columns_.empty() || head.starts_with('<');
        columns_.push_back({head.starts_with('<') ? head.substr(1) : head, {}, is_text, false});
    }
}

void Sheet::row(std::vector<std::string> cells) {
    for (std::size_t i = 0; i < columns_.size(); ++i)
        columns_[i].cells.push_back(i < cells.size() ? std::move(cells[i]) : std::string());
}

std::string Sheet::text(const Page& page, std::size_t indent, std::size_t gap) const {
    std::vector<ColumnGroup> groups;
    for (const auto& column : columns_)
        groups.push_back({"", "", {column}});
    return table_text(page, groups, indent, gap);
}

} // namespace autarky::show
