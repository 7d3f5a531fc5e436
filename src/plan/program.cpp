// autarky: checks a program, relaxes it, writes it as MPS.
// SPDX-License-Identifier: Apache-2.0
#include "plan/program.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <set>

namespace autarky::plan {
namespace {

bool is_in_scale(double figure) { return figure == 0.0 || std::fabs(figure) <= largest_figure; }

std::string fault_of_limits(const std::string& name, double lower, double upper) {
    for (const double limit : {lower, upper})
        if (std::isnan(limit) || (std::isfinite(limit) && !is_in_scale(limit)))
            return fmt::format("limit {} of {} is out of scale", limit, name);
    if (lower > upper) return fmt::format("{} is to be at least {} and at most {}", name, lower, upper);
    return {};
}

/// A name that no reader of MPS takes for two or cuts: what is no letter and no digit becomes "_".
std::string plain_name(std::string name) {
    constexpr std::size_t longest = 64;
    for (char& c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) c = '_';
    return name.substr(0, longest);
}
std::string column_name(std::size_t c) { return fmt::format("c{}", c); }
std::string row_name(std::size_t r) { return fmt::format("r{}", r); }

/// Kind of a row, its right-hand side and its range.
struct MpsRow {
    char kind = 'N';
    double side = 0.0, range = 0.0;
};
MpsRow mps_row(const Row& row) {
    if (row.lower == row.upper) return {'E', row.lower, 0.0};
    if (!std::isfinite(row.lower)) return std::isfinite(row.upper) ? MpsRow{'L', row.upper, 0.0} : MpsRow{};
    return {'G', row.lower, std::isfinite(row.upper) ? row.upper - row.lower : 0.0};
}

void write_bounds(const Column& column, const std::string& name, std::back_insert_iterator<std::string> out) {
    if (column.lower == column.upper) {
        fmt::format_to(out, " FX BND {} {}\n", name, column.lower);
        return;
    }
    if (!std::isfinite(column.lower) && !std::isfinite(column.upper)) {
        fmt::format_to(out, " FR BND {}\n", name);
        return;
    }
    if (std::isfinite(column.lower))
        fmt::format_to(out, " LO BND {} {}\n", name, column.lower);
    else
        fmt::format_to(out, " MI BND {}\n", name);
    if (std::isfinite(column.upper))
        fmt::format_to(out, " UP BND {} {}\n", name, column.upper);
    else
        fmt::format_to(out, " PL BND {}\n", name); // an integer column without it may be read as 0 or 1
}

void write_sides(const Program& program, std::back_insert_iterator<std::string> to) {
    fmt::format_to(to, "RHS\n");
    for (std::size_t r = 0; r < program.rows.size(); ++r)
        if (const auto as = mps_row(program.rows[r]); as.kind != 'N' && as.side != 0.0)
            fmt::format_to(to, " RHS {} {}\n", row_name(r), as.side);
    fmt::format_to(to, "RANGES\n");
    for (std::size_t r = 0; r < program.rows.size(); ++r)
        if (const auto as = mps_row(program.rows[r]); as.range != 0.0)
            fmt::format_to(to, " RNG {} {}\n", row_name(r), as.range);
}

/// Terms of the rows that are not 0, column by column.
std::vector<std::vector<Term>> by_column(const Program& program) {
    std::vector<std::vector<Term>> out(program.columns.size());
    for (std::size_t r = 0; r < program.rows.size(); ++r)
        for (const auto& term : program.rows[r].terms)
            if (term.factor != 0.0) out[term.column].push_back({r, term.factor});
    return out;
}

} // namespace

std::string fault_of(const Program& program) {
    for (const auto& column : program.columns) {
        if (std::isnan(column.cost) || !is_in_scale(column.cost))
            return fmt::format("cost {} of {} is out of scale", column.cost, column.name);
        if (auto fault = fault_of_limits(column.name, column.lower, column.upper); !fault.empty()) return fault;
    }
    for (const auto& row : program.rows) {
        if (auto fault = fault_of_limits(row.name, row.lower, row.upper); !fault.empty()) return fault;
        std::set<std::size_t> seen;
        for (const auto& term : row.terms) {
            if (term.column >= program.columns.size() || !seen.insert(term.column).second)
                return fmt::format("{} has a column twice, or one that does not exist", row.name);
            const double size = std::fabs(term.factor);
            if (size != 0.0 && !(size >= smallest_factor && size <= largest_figure))
                return fmt::format("factor {} of {} in {} is out of scale", term.factor,
                                   program.columns[term.column].name, row.name);
        }
    }
    return {};
}

Elastic elastic(const Program& program) {
    Elastic out{program, {}};
    for (auto& column : out.program.columns)
        column.cost = 0.0;
    for (std::size_t r = 0; r < program.rows.size(); ++r) {
        const auto& row = program.rows[r];
        if (!row.may_give) continue;
        Elastic::Slack slack{r, 0, 0};
        slack.below = out.program.add(Column{row.name + "_missing", 1.0});
        slack.above = out.program.add(Column{row.name + "_beyond", 1.0});
        out.program.rows[r].terms.push_back({slack.below, 1.0});
        out.program.rows[r].terms.push_back({slack.above, -1.0});
        out.slacks.push_back(slack);
    }
    return out;
}

std::string mps_text(const Program& program, const std::string& name) {
    std::string out;
    const auto to = std::back_inserter(out);
    for (std::size_t r = 0; r < program.rows.size(); ++r)
        fmt::format_to(to, "* {} {}\n", row_name(r), plain_name(program.rows[r].name));
    for (std::size_t c = 0; c < program.columns.size(); ++c)
        fmt::format_to(to, "* {} {}\n", column_name(c), plain_name(program.columns[c].name));
    fmt::format_to(to, "NAME {}\nROWS\n N cost\n", plain_name(name));
    for (std::size_t r = 0; r < program.rows.size(); ++r)
        fmt::format_to(to, " {} {}\n", mps_row(program.rows[r]).kind, row_name(r));
    out += "COLUMNS\n";
    const auto terms = by_column(program);
    bool is_marked = false;
    const auto mark = [&](bool wanted) {
        if (wanted != is_marked) fmt::format_to(to, " M 'MARKER' '{}'\n", wanted ? "INTORG" : "INTEND");
        is_marked = wanted;
    };
    for (std::size_t c = 0; c < program.columns.size(); ++c) {
        mark(program.columns[c].is_integer);
        fmt::format_to(to, " {} cost {}\n", column_name(c), program.columns[c].cost);
        for (const auto& term : terms[c])
            fmt::format_to(to, " {} {} {}\n", column_name(c), row_name(term.column), term.factor);
    }
    mark(false);
    write_sides(program, to);
    out += "BOUNDS\n";
    for (std::size_t c = 0; c < program.columns.size(); ++c)
        write_bounds(program.columns[c], column_name(c), to);
    return out + "ENDATA\n";
}

} // namespace autarky::plan
