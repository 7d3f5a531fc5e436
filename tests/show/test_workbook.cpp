// autarky: names, sheets and formulas of workbooks. What is in the file is read by tests/faces/test_workbook.py.
// SPDX-License-Identifier: Apache-2.0
#include "show/workbook.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <csignal>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <sys/resource.h>

#include "core/written_real.hpp"
#include "show/formula_cells.hpp"
#include "show/sheet_collector.hpp"

using namespace autarky;
using namespace autarky::show;

namespace {

/// The record of this thread, empty.
Working& fresh() {
    Working::current().clear();
    return Working::current();
}

Written input(double value, int row) { return {value, Working::current().push_input(value, row)}; }

FormulaColumn column_of(const Written& result) {
    const std::vector<std::int32_t> wanted{result.step};
    return formula_column(Working::current(), wanted,
                          {[](std::size_t row) { return row == 0 ? "in_a" : "in_b"; }, "E", 2});
}

/// The formula of a result that is one cell.
std::string formula_of(const Written& result) {
    const auto column = column_of(result);
    REQUIRE(column.cells.size() == 1);
    return column.cells.front().text;
}

} // namespace

TEST_CASE("names are no addresses of cells") {
    CHECK(workbook_name("in_", "chip.ai5") == "in_chip_ai5");
    CHECK(workbook_name("in_", "H100") == "in_H100");
    CHECK(workbook_name("m_", "Länge [mm]") == "m_L__nge__mm_");
}

TEST_CASE("sheets have names that programs take, no two alike") {
    std::set<std::string> taken;
    CHECK(sheet_name("cases[].years", taken) == "cases.years");
    CHECK(sheet_name("Cases.Years", taken) == "Cases.Years 2"); // programs do not see the case of letters
    CHECK(sheet_name("", taken) == "sheet");
    CHECK(sheet_name(std::string(80, 'x'), taken).size() <= 31);
    CHECK(sheet_name("a:b/c\\d?e*f", taken) == "a b c d e f");
}

TEST_CASE("numbers of a formula keep every digit and stay inside of what programs take") {
    CHECK(formula_number(0.1) == "0.1");
    CHECK(formula_number(-2.0) == "(-2)");
    CHECK(formula_number(-0.0) == "0");
    CHECK(formula_number(1e300) == "1E+300");
    CHECK(formula_number(std::numeric_limits<double>::infinity()) == "1E+307");
}

TEST_CASE("what programs read differently is spelled so that they cannot") {
    fresh();
    const auto a = input(-2.0, 0);
    CHECK(formula_of(pow(-a, Written(2.0))) == "=(-in_a)^2"); // -2^2 is 4 or -4
    CHECK(formula_of(floor(a)) ==
          "=IF(in_a<0,-INT(-in_a)-IF(INT(-in_a)<-in_a,1,0),INT(in_a))"); // INT(-1.5) is -1 or -2
    CHECK(formula_of(sqrt(a * a)) == "=(in_a*in_a)^0.5");
    CHECK(formula_of(log(a)) == "=IF(in_a>0,LN(in_a),-1E+300)"); // LN(0) is an error
    const auto b = input(3.0, 1);
    CHECK(formula_of(a - (b - a)) == "=in_a-(in_b-in_a)");
    CHECK(formula_of(a / (b / a)) == "=in_a/(in_b/in_a)");
    CHECK(formula_of(a / (b * a)) == "=in_a/(in_b*in_a)");
    CHECK(formula_of((a + b) * a) == "=(in_a+in_b)*in_a");
    CHECK(formula_of(select(a < b, a, b)) == "=IF(in_a<in_b,in_a,in_b)");
    CHECK(formula_of(select((a < b) & !(a == b), a, b)) == "=IF(IF(in_a<in_b,1,0)*(1-IF(in_a=in_b,1,0))=1,in_a,in_b)");
}

TEST_CASE("what is used twice stands in a cell of its own, before what uses it") {
    fresh();
    const auto a = input(2.0, 0);
    const auto square = a * a;
    const auto column = column_of(square + exp(square));
    REQUIRE(column.cells.size() == 2);
    CHECK(column.cells[0].text == "=in_a*in_a");
    CHECK(column.cells[0].value == 4.0);
    CHECK(column.cells[1].text == "=E2+EXP(E2)");
    CHECK(column.inputs == std::vector<std::size_t>{0});
    CHECK_FALSE(column.is_bounded);
}

TEST_CASE("a formula that holds in a part of a table is an error outside of it") {
    fresh();
    const auto a = input(0.4, 0);
    const auto column = column_of(held_between(a, 0.0, 0.5));
    CHECK(column.cells.front().text == "=IF(in_a<0,1/0,IF(in_a>0.5,1/0,in_a))");
    CHECK(column.is_bounded);
}

TEST_CASE("a sheet of a table keeps numbers as numbers and texts as texts") {
    SheetCollector collector;
    const auto row = [&collector](std::string_view name, auto&& value) {
        collector.begin_object(true);
        collector.key("name");
        collector.text(name);
        collector.key("value");
        value();
        collector.end_object();
    };
    collector.begin_object(false);
    collector.key("cases");
    collector.begin_list(false);
    row("=1+1", [&] { collector.number(2.5); });
    row("7", [&] { collector.null(); });
    row("\x1F"
        "8",
        [&] { collector.integer(-3); });
    row("two", [&] {
        collector.begin_list(true);
        collector.number(1.0);
        collector.number(2.0);
        collector.end_list();
    });
    collector.end_list();
    collector.end_object();
    const auto sheets = std::move(collector).sheets({});
    REQUIRE(sheets.size() == 1);
    CHECK(sheets[0].name == "cases");
    const auto& rows = sheets[0].rows;
    using Kind = WorkbookCell::Kind;
    REQUIRE(rows.size() == 5);
    CHECK(rows[1][0].kind == Kind::text);
    CHECK(rows[1][1].kind == Kind::number);
    CHECK(rows[1][1].number == 2.5);
    CHECK(rows[2][0].kind == Kind::text); // a text of digits
    CHECK(rows[2][1].kind == Kind::empty);
    CHECK(rows[3][0].text == "8");
    CHECK(rows[3][0].kind == Kind::text); // nothing in a file passes for our own mark
    CHECK(rows[3][1].number == -3.0);
    CHECK(rows[4][1].kind == Kind::text);
    CHECK(rows[4][1].text == "1 2");
}

TEST_CASE("equal workbooks are equal bytes; what is not finite is an empty cell") {
    const auto book_of = [](WorkbookCell cell) {
        Workbook out;
        out.sheets.push_back({"One", {}, {{WorkbookCell::of("head")}, {std::move(cell)}}});
        return workbook_bytes(out);
    };
    const auto empty = book_of({});
    CHECK(empty.substr(0, 2) == "PK");
    CHECK(empty == book_of({}));
    CHECK(empty == book_of(WorkbookCell::of(std::nan(""))));
    CHECK(empty == book_of(WorkbookCell::of(std::numeric_limits<double>::infinity())));
    CHECK(empty != book_of(WorkbookCell::of(1.0)));
}

TEST_CASE("a workbook of which a temporary file could not be written whole is refused") {
    Workbook book;
    std::vector<std::vector<WorkbookCell>> rows{{WorkbookCell::of("head & more")}};
    for (int k = 0; k < 1500; ++k)
        rows.push_back({WorkbookCell::of("text " + std::to_string(k)), WorkbookCell::of(k + 0.5),
                        WorkbookCell::formula("=IF(B2<3,B2*" + std::to_string(k) + ",\"<&>\")", 1.0)});
    book.sheets.push_back({"One", {}, rows});
    book.sheets.push_back({"Two", {}, {{WorkbookCell::of("head")}, {WorkbookCell::of(""), {}}}});
    const auto whole = workbook_bytes(book);
    rlimit before{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto usual = std::signal(SIGXFSZ, SIG_IGN);
    int n_refused = 0;
    for (const rlim_t most : {0, 500, 4096, 20'000, 40'000, 80'000, 120'000, 10'000'000}) {
        const rlimit limit{most, before.rlim_max};
        std::string made;
        setrlimit(RLIMIT_FSIZE, &limit);
        try {
            made = workbook_bytes(book);
        } catch (const std::runtime_error&) {
            ++n_refused;
        }
        setrlimit(RLIMIT_FSIZE, &before);
        CHECK((made.empty() || made == whole));
    }
    std::signal(SIGXFSZ, usual);
    CHECK(n_refused >= 5);
    CHECK(n_refused < 8);
}
