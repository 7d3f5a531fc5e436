// autarky: a sparse linear or mixed-integer program whose columns and rows have names.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace autarky::plan {

inline constexpr double no_limit = std::numeric_limits<double>::infinity();

struct Column {
    std::string name;
    double cost = 0.0, lower = 0.0, upper = no_limit;
    bool is_integer = false;
};
struct Term {
    std::size_t column = 0;
    double factor = 0.0;
};
/// lower <= sum of factor x column <= upper. At most one term a column.
struct Row {
    std::string name;
    double lower = -no_limit, upper = no_limit;
    std::vector<Term> terms{};
    bool may_give = true; ///< whether a search for what makes a plan impossible may relax it
};

/// Minimise the cost of the columns. Amounts are scaled by who builds it: a solver's tolerances are absolute.
struct Program {
    std::vector<Column> columns;
    std::vector<Row> rows;

    std::size_t add(Column column) {
        columns.push_back(std::move(column));
        return columns.size() - 1;
    }
    std::size_t add(Row row) {
        rows.push_back(std::move(row));
        return rows.size() - 1;
    }
};

/// Smallest and largest size of a factor that is not 0, a cost or a finite bound that a solver is given: below, HiGHS drops factors with
/// a warning, and above, it leaves out rows or takes a bound for none.
inline constexpr double smallest_factor = 1e-6, largest_figure = 1e9;
/// What is out of scale or makes no sense, in a sentence that names it; empty when nothing is.
std::string fault_of(const Program& program);

/// The same program with a column "missing" and one "beyond" for every row that may give, at a cost of 1 a unit; all other
/// costs are 0 and all other rows hold. Its optimum is the least total by which rows cannot hold.
struct Elastic {
    Program program;
    struct Slack {
        std::size_t row = 0, below = 0, above = 0; ///< row of the program; columns of the elastic one
    };
    std::vector<Slack> slacks;
};
Elastic elastic(const Program& program);

/// The program as MPS that every solver reads: short names, told in comments, every bound written, no line over 80 cells.
std::string mps_text(const Program& program, const std::string& name);

} // namespace autarky::plan
