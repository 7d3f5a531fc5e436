// autarky: bad input: the whole text of every finding that reading can give.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>

#include "mini.hpp"
#include "scenario/codes.hpp"

using namespace autarky;
using test::read_text;

namespace {

const std::string base = "horizon.start = \"2026Q1\"\n"    // 1
                         "[source.s]\n"                    // 2
                         "title = \"S\"\n"                 // 3
                         "grade = \"assumption\"\n"        // 4
                         "[process.sf2]\n"                 // 5
                         "source = \"s\"\n"                // 6
                         "price = \"20_000 USD/wafer\"\n"; // 7; added lines begin at 8

std::string findings(const std::string& added) {
    const auto r = read_text(base + added);
    if (r.ok) return "no error\n" + r.findings;
    for (const auto& row : code_explanations()) // every code that is given is explained
        if (r.findings.find(row.code) != std::string::npos) return test::errors_only(r.findings);
    return "a code without explanation: " + r.findings;
}

} // namespace

TEST_CASE("the text of the tests is fine by itself") { CHECK(findings("") == "no error\n"); }

TEST_CASE("text that is not TOML") {
    CHECK(findings("yield = 90 %\n") ==
          "t.toml:8:12: error[E0101]: this is not TOML: key-value pair: expected a comment or whitespace, saw '%'\n"
          "    8 | yield = 90 %\n"
          "      |            ^\n"
          "      = texts stand in quotes, and a table in braces stays on one line\n");
    CHECK(findings("yield = \"90 %\n") == "t.toml:8:14: error[E0101]: this is not TOML: string: unescaped control "
                                          "characters other than TAB (U+0009) are explicitly prohibited\n"
                                          "    8 | yield = \"90 %\n"
                                          "      |              ^\n"
                                          "      = texts stand in quotes, and a table in braces stays on one line\n");
}

TEST_CASE("a key or a heading that is given twice") {
    CHECK(findings("price = \"21_000 USD/wafer\"\n") ==
          "t.toml:8:1: error[E0102]: 'price' is given twice\n"
          "    8 | price = \"21_000 USD/wafer\"\n"
          "      | ^~~~~\n"
          "      = keep one of the two; a variant is the place for an alternative value\n");
    CHECK(findings("[process.sf2]\nyield = \"90 %\"\n") ==
          "t.toml:8:2: error[E0102]: 'process.sf2' is given twice\n"
          "    8 | [process.sf2]\n"
          "      |  ^~~~~~~~~~~\n"
          "      = keep one of the two; a variant is the place for an alternative value\n");
}

TEST_CASE("an unknown key, with a suggestion") {
    CHECK(findings("yeild = \"90 %\"\n") == "t.toml:8:1: error[E0301]: unknown key 'yeild' in process.sf2\n"
                                            "    8 | yeild = \"90 %\"\n"
                                            "      | ^~~~~\n"
                                            "      = did you mean 'yield'?\n");
    CHECK(findings("yield = { is = \"90 %\", sorce = \"s\" }\n") ==
          "t.toml:8:24: error[E0301]: unknown key 'sorce' in process.sf2.yield\n"
          "    8 | yield = { is = \"90 %\", sorce = \"s\" }\n"
          "      |                        ^~~~~\n"
          "      = did you mean 'source'?\n");
    CHECK(findings("[procces.n3]\nprice = \"1 USD/wafer\"\n") == "t.toml:8:2: error[E0301]: unknown key 'procces'\n"
                                                                 "    8 | [procces.n3]\n"
                                                                 "      |  ^~~~~~~\n"
                                                                 "      = did you mean 'process'?\n");
    CHECK(findings("[horizon]\nstop = 1\n").find("E0102") != std::string::npos); // a table by dotted keys is closed
}

TEST_CASE("a wrong, a missing and an unknown unit") {
    CHECK(findings("masks = \"5 mm\"\n") ==
          "t.toml:8:12: error[E0204]: process.sf2.masks: 'mm' does not fit a quantity in MUSD\n"
          "    8 | masks = \"5 mm\"\n"
          "      |            ^~\n"
          "      = expected a unit such as 'MUSD'\n");
    CHECK(findings("masks = 5\n") == "t.toml:8:9: error[E0202]: process.sf2.masks: '5' has no unit\n"
                                     "    8 | masks = 5\n"
                                     "      |         ^\n"
                                     "      = write it as a text with its unit: \"5 MUSD\"\n");
    CHECK(findings("masks = \"5\"\n") == "t.toml:8:10: error[E0202]: process.sf2.masks: '5' has no unit\n"
                                         "    8 | masks = \"5\"\n"
                                         "      |          ^\n"
                                         "      = write '5 MUSD'\n");
    CHECK(findings("defects = { is = \"0.1 to 0.3 1/cm^3\" }\n") ==
          "t.toml:8:30: error[E0204]: process.sf2.defects: '1/cm^3' does not fit a quantity in 1/cm^2\n"
          "    8 | defects = { is = \"0.1 to 0.3 1/cm^3\" }\n"
          "      |                              ^~~~~~\n"
          "      = expected a unit such as '1/cm^2'\n");
}

TEST_CASE("a negative area and a yield above 1") {
    CHECK(findings("defects = \"-0.1 1/cm^2\"\n") ==
          "t.toml:8:12: error[E0205]: process.sf2.defects: '-0.1 1/cm^2' must not be negative\n"
          "    8 | defects = \"-0.1 1/cm^2\"\n"
          "      |            ^~~~~~~~~~~\n");
    CHECK(findings("yield = \"60 to 120 %\"\n") ==
          "t.toml:8:16: error[E0205]: process.sf2.yield: '120 %' must not be above 100 %\n"
          "    8 | yield = \"60 to 120 %\"\n"
          "      |                ^~~~~\n");
    CHECK(findings("yield = 1.2\n") == "t.toml:8:9: error[E0205]: process.sf2.yield: '1.2' must not be above 100 %\n"
                                       "    8 | yield = 1.2\n"
                                       "      |         ^~~\n");
    CHECK(findings("yield = nan\n") == "t.toml:8:9: error[E0201]: process.sf2.yield: 'nan' is not finite\n"
                                       "    8 | yield = nan\n"
                                       "      |         ^~~\n");
}

TEST_CASE(
    "the caret stands under the culprit behind escapes and wide characters, and on the right line of a long text") {
    CHECK(findings("yield = { note = \"推理\", is = \"\\u0039\\u0030 prozent\" }\n") ==
          "t.toml:8:43: error[E0203]: process.sf2.yield: unknown unit 'prozent'\n"
          "    8 | yield = { note = \"推理\", is = \"\\u0039\\u0030 prozent\" }\n"
          "      |                                             ^~~~~~~\n"
          "      = expected a unit such as '%'\n");
    CHECK(findings("yield = \"\"\"\n90 to\\\n   95 prozent\"\"\"\n") ==
          "t.toml:10:7: error[E0203]: process.sf2.yield: unknown unit 'prozent'\n"
          "   10 |    95 prozent\"\"\"\n"
          "      |       ^~~~~~~\n"
          "      = expected a unit such as '%'\n");
    CHECK(findings("yield = '90 prozent'\n").find("t.toml:8:13:") == 0);
}

TEST_CASE("an unknown source") {
    CHECK(findings("yield = { is = \"90 %\", source = \"sa\" }\n") ==
          "t.toml:8:33: error[E0303]: process.sf2.yield: there is no source 'sa'\n"
          "    8 | yield = { is = \"90 %\", source = \"sa\" }\n"
          "      |                                 ^~~~\n"
          "      = define it as [source.sa]\n");
    CHECK(findings("[source.report]\ntitle = \"R\"\ndate = 2020\ngrade = \"paper\"\n[process.n3]\nsource = "
                   "\"reprot\"\nprice = \"1 USD/wafer\"\n") ==
          "t.toml:13:10: error[E0303]: process.n3.price: there is no source 'reprot'\n"
          "   13 | source = \"reprot\"\n"
          "      |          ^~~~~~~~\n"
          "      = did you mean 'report'?\n");
}

TEST_CASE("a source that lacks something") {
    CHECK(findings("[source.x]\ntitel = \"T\"\ngrade = \"newspaper\"\n") ==
          "t.toml:8:9: error[E0302]: source.x needs 'title'\n"
          "    8 | [source.x]\n"
          "      |         ^\n"
          "      = who published what\n"
          "t.toml:9:1: error[E0301]: unknown key 'titel' in source.x\n"
          "    9 | titel = \"T\"\n"
          "      | ^~~~~\n"
          "      = did you mean 'title'?\n"
          "t.toml:10:9: error[E0211]: source.x.grade: 'newspaper' is no grade\n"
          "   10 | grade = \"newspaper\"\n"
          "      |         ^~~~~~~~~~~\n"
          "      = grades are filing, paper, dataset, press, rumour, assumption\n");
    CHECK(findings("[source.x]\ntitle = \"T\"\ngrade = \"press\"\n").find("source.x needs 'date'") !=
          std::string::npos);
}

TEST_CASE("a reference to a row that does not exist") {
    CHECK(findings("[site.a]\nprocess = \"sf3\"\n") ==
          "t.toml:9:11: error[E0304]: site.a.process: there is no process 'sf3'\n"
          "    9 | process = \"sf3\"\n"
          "      |           ^~~~~\n"
          "      = did you mean 'sf2'?\n");
    CHECK(findings("[site.a]\nprocess = \"intel_18a\"\n") ==
          "t.toml:9:11: error[E0304]: site.a.process: there is no process 'intel_18a'\n"
          "    9 | process = \"intel_18a\"\n"
          "      |           ^~~~~~~~~~~\n"
          "      = known are sf2\n");
    CHECK(findings("[site.a]\nprocess = \"\"\n").find("there is no process ''") != std::string::npos);
}

TEST_CASE("a required key that is missing") {
    CHECK(findings("[process.n3]\nyield = \"90 %\"\n") == "t.toml:8:10: error[E0302]: process.n3 needs 'price'\n"
                                                          "    8 | [process.n3]\n"
                                                          "      |          ^~\n"
                                                          "      = price = \"... USD/wafer\"   (Price of a wafer)\n");
    const auto empty = read_text("");
    CHECK(empty.findings == "t.toml: error[E0302]: horizon needs 'start'\n"
                            "      = start = \"2026Q1\"   (First quarter)\n");
}

TEST_CASE("a value of the wrong kind") {
    CHECK(findings("mature = \"yes\"\n") ==
          "t.toml:8:10: error[E0207]: process.sf2.mature: needs true or false, not a text\n"
          "    8 | mature = \"yes\"\n"
          "      |          ^~~~~\n"
          "      = mature = true\n");
    CHECK(findings("foundry = 5\n").find("process.sf2.foundry: needs a text, not a whole number") != std::string::npos);
    CHECK(findings("yield = true\n").find("process.sf2.yield: needs a quantity, not true or false") !=
          std::string::npos);
    CHECK(findings("yield = []\n").find("process.sf2.yield: needs a quantity, not a list") != std::string::npos);
    CHECK(findings("yield = { source = \"s\" }\n").find("process.sf2.yield: the table has no 'is'") !=
          std::string::npos);
    CHECK(findings("yield = { series = [[\"2026Q1\", \"5 %\"]] }\n")
              .find("a series is given where one value is wanted") != std::string::npos);
    CHECK(findings("[process]\nn3 = 5\n").find("process.n3: needs a table, not a whole number") != std::string::npos);
    CHECK(findings("[economy]\nprice_year = 2025.5\n").find("economy.price_year: needs a whole number, not a number") !=
          std::string::npos);
    CHECK(findings("[economy]\nprice_year = 99999999999\n").find("economy.price_year: 99999999999 is too large") !=
          std::string::npos);
    CHECK(findings("kind = \"gate_al_around\"\n") ==
          "t.toml:8:8: error[E0211]: process.sf2.kind: 'gate_al_around' is no choice\n"
          "    8 | kind = \"gate_al_around\"\n"
          "      |        ^~~~~~~~~~~~~~~~\n"
          "      = did you mean 'gate_all_around'? kind is one of planar, gate_all_around\n");
    CHECK(findings("[horizon.x]\ny = 1\n").find("E0") != std::string::npos);
    CHECK(read_text("horizon.start = \"2026\"\n").findings.find("horizon.start: '2026' is no quarter") !=
          std::string::npos);
    CHECK(read_text("process = 5\nhorizon.start = \"2026Q1\"\n")
              .findings.find("process: needs a table, not a whole number") != std::string::npos);
}

TEST_CASE("series that make no sense") {
    const std::string site = "[site.a]\nsource = \"s\"\nprocess = \"sf2\"\n"; // 8 to 10
    CHECK(findings(site + "capacity = [[\"2027Q1\", \"2 wafer/month\"], [\"2026Q1\", \"1 wafer/month\"]]\n") ==
          "t.toml:11:43: error[E0208]: site.a.capacity: '2026Q1' is not after the knot before it\n"
          "   11 | capacity = [[\"2027Q1\", \"2 wafer/month\"], [\"2026Q1\", \"1 wafer/month\"]]\n"
          "      |                                           ^~~~~~~~\n"
          "      = the dates of a series rise\n");
    CHECK(findings(site + "premium = [[\"2026Q2\", \"1 x\"]]\n") ==
          "t.toml:11:13: error[E0209]: site.a.premium: the series begins at 2026Q2, after the horizon's start 2026Q1\n"
          "   11 | premium = [[\"2026Q2\", \"1 x\"]]\n"
          "      |             ^~~~~~~~\n"
          "      = give a knot at or before the start\n");
    CHECK(findings(site + "capacity = []\n").find("site.a.capacity: the series has 0 knots") != std::string::npos);
    CHECK(findings(site + "capacity = [\"2026Q1\"]\n").find("a knot is [date, value] or [date, value, source]") !=
          std::string::npos);
    CHECK(findings(site + "capacity = [[\"Q1\", \"2 wafer/month\"]]\n").find("site.a.capacity: 'Q1' is no date") !=
          std::string::npos);
    CHECK(findings(site + "capacity = [[\"2026Q1\", \"2 mm\"]]\n") ==
          "t.toml:11:27: error[E0204]: site.a.capacity[2026Q1]: 'mm' does not fit a quantity in wafer/month\n"
          "   11 | capacity = [[\"2026Q1\", \"2 mm\"]]\n"
          "      |                           ^~\n"
          "      = expected a unit such as 'wafer/month'\n");
    CHECK(findings(site + "premium = { series = [[\"2026Q1\", \"1 to 2 x\"]], persistence = 1.5 }\n")
              .find("persistence is a number above -1 and below 1") != std::string::npos);
    CHECK(findings(site + "capacity = [[\"2026Q1\", \"2 wafer/month\", \"nobody\"]]\n")
              .find("there is no source 'nobody'") != std::string::npos);
}

TEST_CASE("all findings of a text come at once, in its order") {
    const auto text = findings("yield = \"120 %\"\nmasks = 5\nfoo = 1\n[site.a]\nprocess = \"x\"\n");
    std::size_t last = 0;
    for (const auto* code : {"E0205", "E0202", "E0301", "E0304"}) {
        const auto at = text.find(code);
        REQUIRE_MESSAGE(at != std::string::npos, text);
        CHECK(at > last);
        last = at;
    }
}

TEST_CASE("text that is not UTF-8 is refused with its place") {
    CHECK(findings("foundry = \"Sams\xff\"\n") == "t.toml:8:16: error[E0104]: byte 0xFF at offset 138 is not UTF-8\n"
                                                  "    8 | foundry = \"Sams\xEF\xBF\xBD\"\n"
                                                  "      |                ^\n"
                                                  "      = save the file as UTF-8\n");
    CHECK(findings("foundry = \"\xc3\"\n").find("byte 0xC3") != std::string::npos);
    CHECK(findings("foundry = \"\xed\xa0\x80\"\n").find("byte 0xED") != std::string::npos); // a surrogate
    CHECK(findings("foundry = \"\xc0\x80\"\n").find("byte 0xC0") != std::string::npos);     // overlong
}

TEST_CASE("a schema of another version is refused") {
    CHECK(read_text("schema = \"autarky/9\"\nhorizon.start = \"2026Q1\"\n").findings ==
          "t.toml:1:10: error[E0211]: schema 'autarky/9' is not known\n"
          "    1 | schema = \"autarky/9\"\n"
          "      |          ^~~~~~~~~~~\n"
          "      = this program reads \"autarky/1\"\n");
}

TEST_CASE("files that are missing, folders, too large or named wrongly") {
    LoadRequest request;
    request.scenario = "/nonexistent/x.toml";
    request.data_folder = "/nonexistent";
    CHECK(test::read(request).findings.find("/nonexistent/x.toml: error[E0601]: there is no such file\n") == 0);
    const test::Folder folder(
        {{"scenarios/ai5.toml", "horizon.start = \"2026Q1\"\n"}, {"big.toml", std::string(9'000'000, '#')}});
    request.scenario = folder.path("scenarios");
    request.scenario += "/";
    CHECK(test::read(request).findings.find("this is a folder, not a file") != std::string::npos);
    request.scenario = folder.path("big.toml");
    CHECK(test::read(request).findings ==
          folder.path("big.toml") + ": error[E0602]: the file has 9.0 MB, more than the 8 MB that it may have\n");
    request.data_folder = folder.path();
    request.scenario = "ai6";
    CHECK(test::read(request).findings == "error[E0601]: there is no scenario 'ai6'\n      = did you mean 'ai5'?\n");
    request.scenario = "mars";
    CHECK(test::read(request).findings ==
          "error[E0601]: there is no scenario 'mars'\n      = bundled scenarios are ai5\n");
    request.scenario = "/dev/zero";
    CHECK(test::read(request).findings == "/dev/zero: error[E0603]: this is no ordinary file\n");
}

TEST_CASE("a file that a value names and that cannot be used") {
    CHECK(findings("shift = 'empirical(\"x.csv\")'\n").find("a scenario that is no file cannot read another one") !=
          std::string::npos);
    const test::Folder folder(
        {{"s.toml", "horizon.start = \"2026Q1\"\n[process.a]\nprice = 'empirical(\"x.csv\") USD/wafer'\nshift = "
                    "'empirical(\"y.csv\")'\nyield = 'empirical(\"no.csv\")'\n"},
         {"x.csv", "1\ntwo\n"},
         {"y.csv", "1\n"}});
    LoadRequest request;
    request.data_folder = "/nonexistent";
    request.scenario = folder.path("s.toml");
    const auto text = test::read(request).findings;
    CHECK(text.find("'x.csv' line 2: 'two' is no number") != std::string::npos);
    CHECK(text.find("'y.csv' has fewer than two numbers") != std::string::npos);
    CHECK(text.find("'no.csv': there is no such file") != std::string::npos);
}

TEST_CASE("a file that a scenario names lies in its folder or below, links followed, and little of it is quoted") {
    const test::Folder outer({{"secret.toml", "password = \"abc\"\n"}, {"secret.csv", "1\nroot x 0 0 secret\n"}});
    const test::Folder folder(
        {{"s.toml", "horizon.start = \"2026Q1\"\n[process.a]\nprice = 'empirical(\"" + outer.path("secret.csv") +
                        "\") USD/wafer'\nshift = 'empirical(\"link.csv\")'\n"
                        "yield = 'empirical(\"../x.csv\")'\n"},
         {"e.toml", "extends = \"" + outer.path("secret.toml") + "\"\n"},
         {"words.toml", "horizon.start = \"2026Q1\"\n[process.a]\nshift = 'empirical(\"w.csv\")'\n"},
         {"w.csv", "1\nroot x 0 0 secret\n"}});
    std::filesystem::create_symlink(outer.path("secret.csv"), folder.path("link.csv"));
    LoadRequest request;
    request.data_folder = "/nonexistent";
    const auto found = [&](const char* name) {
        request.scenario = folder.path(name);
        return test::read(request).findings;
    };
    const auto text = found("s.toml");
    for (const std::string& name : {outer.path("secret.csv"), std::string("link.csv"), std::string("../x.csv")})
        CHECK_MESSAGE(text.find("'" + name + "': it lies outside the folder of the file that names it") !=
                          std::string::npos,
                      text);
    CHECK(found("e.toml").find("it lies outside the folder of the file that names it") != std::string::npos);
    for (const char* name : {"s.toml", "e.toml", "words.toml"})
        CHECK(found(name).find("password") == std::string::npos);
    CHECK(found("words.toml").find("'w.csv' line 2: 'root' is no number") != std::string::npos);
    CHECK(found("words.toml").find("secret") == std::string::npos);
}
