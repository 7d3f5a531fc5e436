// autarky: catalogue, use, extends, variants and --set: what lies on top of what.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "input/parsed_texts.hpp"
#include "mini.hpp"

using namespace autarky;
using test::Folder;
using test::read_text;

namespace {

const std::string catalogue = R"([source.catalogue]
title = "The catalogue's source"
grade = "paper"
date = 2024
[process.sf2]
source = "catalogue"
foundry = "Samsung"
price = { is = "20_000 USD/wafer", note = "the catalogue's" }
yield = "60 %"
[process.n3]
source = "catalogue"
foundry = "TSMC"
price = "25_000 USD/wafer"
[process.n2]
source = "catalogue"
price = "30_000 USD/wafer"
[site.taylor]
source = "catalogue"
process = "sf2"
capacity = [["2026Q1", "1_000 wafer/month"], ["2027Q1", "2_000 wafer/month"]]
[site.fab21]
source = "catalogue"
process = "n3"
)";

const std::string own_source = "[source.own]\ntitle = \"Our own\"\ngrade = \"assumption\"\n";

/// Reads scenario "s" of a folder with the catalogue above.
test::Reading read_with_catalogue(const std::string& scenario, std::vector<std::string> sets = {},
                                  std::vector<std::string> variants = {}) {
    const Folder folder(
        {{"catalogue/all.toml", catalogue}, {"scenarios/s.toml", "horizon.start = \"2026Q1\"\n" + scenario}});
    LoadRequest request;
    request.scenario = "s";
    request.data_folder = folder.path();
    request.sets = std::move(sets);
    request.variants = std::move(variants);
    return test::read(request);
}

std::string source_of(const test::Reading& r, std::string_view path) {
    const int row = r.input(path).source;
    return row < 0 ? "" : r.tables.inputs.sources[static_cast<std::size_t>(row)].id;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("a row of the catalogue takes part only when it is named") {
    const auto r = read_with_catalogue("");
    REQUIRE_MESSAGE(r.ok, r.findings);
    CHECK(r.mini.process.names.empty());
    CHECK(r.mini.site.names.empty());
    CHECK(r.tables.inputs.sources.empty());
}

TEST_CASE("an empty heading names a row, and its references name others") {
    const auto r = read_with_catalogue("[site.taylor]\n");
    REQUIRE_MESSAGE(r.ok, r.findings);
    CHECK(r.mini.site.names == Names{"taylor"});
    CHECK(r.mini.process.names == Names{"sf2"});
    CHECK(r.value("process.sf2.price") == 20'000.0);
    CHECK(r.input("process.sf2.price").origin.file == "catalogue/all.toml");
    CHECK(r.input("process.sf2.price").note == "the catalogue's");
}

TEST_CASE("use names rows by patterns and takes rows out") {
    CHECK(read_with_catalogue("use = [\"site.*\"]\n").mini.process.names == Names{"sf2", "n3"});
    CHECK(read_with_catalogue("use = [\"process.*\", \"-process.n3\"]\n").mini.process.names == Names{"sf2", "n2"});
    CHECK(read_with_catalogue("use = [\"process.n*\"]\n").mini.process.names == Names{"n3", "n2"});
    CHECK(read_with_catalogue("use = \"process.n2\"\n").mini.process.names == Names{"n2"});
    CHECK(read_with_catalogue("use = [\"*\"]\n").mini.site.names == Names{"taylor", "fab21"});
}

TEST_CASE("a pattern of use that fits nothing is an error") {
    CHECK(read_with_catalogue("use = [\"proces.sf2\"]\n").findings ==
          "scenarios/s.toml:2:8: error[E0304]: use: no row fits 'proces.sf2'\n"
          "    2 | use = [\"proces.sf2\"]\n"
          "      |        ^~~~~~~~~~~~\n"
          "      = did you mean 'process.sf2'?\n");
    CHECK(read_with_catalogue("use = 5\n").findings.find("use: needs a list, not a whole number") != std::string::npos);
}

TEST_CASE("what refers to a row that is taken out is left out too, and said") {
    const auto r = read_with_catalogue("use = [\"site.*\", \"-process.sf2\"]\n");
    REQUIRE_MESSAGE(r.ok, r.findings);
    CHECK(r.mini.process.names == Names{"n3"});
    CHECK(r.mini.site.names == Names{"fab21"});
    CHECK(r.findings.find("warning[W0314]: site.taylor: left out, for its process, process.sf2, is taken out") !=
          std::string::npos);
    // the same where the row has a heading of its own, and from the command line
    CHECK(read_with_catalogue("[site.taylor]\n[site.fab21]\n", {"use=[\"-process.sf2\"]"}).mini.site.names ==
          Names{"fab21"});
    // named again behind it, the row is back
    CHECK(read_with_catalogue("use = [\"-process.sf2\", \"site.*\", \"process.sf2\"]\n").mini.site.names ==
          Names{"taylor", "fab21"});
}

TEST_CASE("a reference to a row that nobody has stays an error") {
    const auto r = read_with_catalogue("use = [\"-process.sf2\"]\n[site.taylor]\nprocess = \"sf3\"\n");
    CHECK(!r.ok);
    CHECK(r.findings.find("site.taylor.process: there is no process 'sf3'") != std::string::npos);
}

TEST_CASE("a key of the scenario replaces that of the catalogue, and never borrows its source") {
    const auto r = read_with_catalogue(
        own_source + "[process.sf2]\nprice = \"17_000 USD/wafer\"\nyield = { is = \"70 %\", source = \"own\" }\n");
    REQUIRE_MESSAGE(r.ok, r.findings);
    CHECK(r.value("process.sf2.price") == 17'000.0);
    CHECK(source_of(r, "process.sf2.price").empty());
    CHECK(r.findings.find("process.sf2: one value has no source") != std::string::npos);
    CHECK(source_of(r, "process.sf2.yield") == "own");
    CHECK(r.mini.process[0].foundry == "Samsung"); // the rest is the catalogue's
}

TEST_CASE("a table of remarks alone changes the remarks of a value") {
    const auto r =
        read_with_catalogue(own_source + "[process.sf2]\nprice.note = \"seen again\"\nyield.source = \"own\"\n");
    REQUIRE_MESSAGE(r.ok, r.findings);
    CHECK(r.value("process.sf2.price") == 20'000.0);
    CHECK(r.input("process.sf2.price").note == "seen again");
    CHECK(source_of(r, "process.sf2.price") == "catalogue");
    CHECK(r.value("process.sf2.yield") == 0.6);
    CHECK(source_of(r, "process.sf2.yield") == "own");
}

TEST_CASE("a scenario extends another file, key by key") {
    const Folder folder({{"catalogue/all.toml", catalogue},
                         {"base.toml", "horizon.start = \"2026Q1\"\nuse = [\"process.n3\"]\n" + own_source +
                                           "[process.sf2]\nsource = \"own\"\nyield = \"50 %\"\n"},
                         {"sub/heir.toml", "extends = \"../base.toml\"\ntitle = \"The heir\"\n[process.sf2]\nyield = { "
                                           "is = \"55 %\", source = \"own\" }\n"}});
    LoadRequest request;
    request.scenario = folder.path("sub/heir.toml");
    request.data_folder = folder.path();
    const auto r = test::read(request);
    REQUIRE_MESSAGE(r.ok, r.findings);
    CHECK(r.tables.name == "heir");
    CHECK(r.tables.title == "The heir");
    CHECK(r.mini.process.names == Names{"sf2", "n3"});
    CHECK(r.value("process.sf2.yield") == 0.55);
}

TEST_CASE("files that extend each other in a circle, or nothing, are refused") {
    const Folder folder({{"a.toml", "extends = \"b.toml\"\n"},
                         {"b.toml", "extends = \"a.toml\"\n"},
                         {"c.toml", "extends = \"none.toml\"\n"}});
    LoadRequest request;
    request.scenario = folder.path("a.toml");
    request.data_folder = "/nonexistent";
    CHECK(test::read(request).findings ==
          folder.path("b.toml") + ":1:11: error[E0306]: extends goes round in a circle: a.toml -> b.toml -> a.toml\n"
                                  "    1 | extends = \"a.toml\"\n"
                                  "      |           ^~~~~~~~\n"
                                  "      = a base file extends nothing of its heirs\n");
    request.scenario = folder.path("c.toml");
    CHECK(test::read(request).findings.find("none.toml': there is no such file") != std::string::npos);
}

TEST_CASE("a variant replaces values, by path or by table, with its own source") {
    const std::string scenario = own_source + R"([process.sf2]
[variant.cheap]
title = "Cheap"
source = "own"
set = { "process.sf2.price" = "10_000 USD/wafer" }
[variant.other]
source = "own"
[variant.other.set.process.sf2]
yield = "40 %"
[variant.both]
extends = ["cheap", "other"]
set = { "process.sf2.price.note" = "both" }
)";
    const auto plain = read_with_catalogue(scenario);
    CHECK(plain.value("process.sf2.price") == 20'000.0);
    CHECK(plain.tables.known_variants == Names{"cheap", "other", "both"});
    const auto cheap = read_with_catalogue(scenario, {}, {"cheap"});
    CHECK(cheap.value("process.sf2.price") == 10'000.0);
    CHECK(source_of(cheap, "process.sf2.price") == "own");
    CHECK(cheap.tables.variant == "cheap");
    const auto both = read_with_catalogue(scenario, {}, {"both"});
    CHECK(both.value("process.sf2.price") == 10'000.0);
    CHECK(both.value("process.sf2.yield") == 0.4);
    CHECK(both.input("process.sf2.price").note == "both");
    CHECK(both.tables.variant == "cheap+other+both");
    const auto composed = read_with_catalogue(scenario, {}, {"other", "cheap"});
    CHECK(composed.value("process.sf2.yield") == 0.4);
    CHECK(composed.value("process.sf2.price") == 10'000.0);
    CHECK(composed.tables.sha256 != cheap.tables.sha256);
}

TEST_CASE("a variant takes rows in and out and makes new ones") {
    const std::string scenario = own_source + R"([site.taylor]
[variant.n2]
source = "own"
use = ["process.n2"]
[variant.gone]
use = ["-site.taylor"]
[variant.fresh]
source = "own"
[variant.fresh.set]
"process.mine.price" = "1 USD/wafer"
"site.taylor.process" = "mine"
)";
    CHECK(read_with_catalogue(scenario, {}, {"n2"}).mini.process.names == Names{"sf2", "n2"});
    CHECK(read_with_catalogue(scenario, {}, {"gone"}).mini.site.names.empty());
    const auto fresh = read_with_catalogue(scenario, {}, {"fresh"});
    REQUIRE_MESSAGE(fresh.ok, fresh.findings);
    CHECK(fresh.mini.process.names == Names{"mine"});
    CHECK(fresh.mini.site[0].process.index == 0);
}

TEST_CASE("variants that are unknown, circular or mistyped are told") {
    CHECK(read_with_catalogue("[variant.article]\n", {}, {"articel"}).findings ==
          "error[E0305]: the scenario has no variant 'articel'\n      = did you mean 'article'?\n");
    CHECK(read_with_catalogue("", {}, {"article"}).findings ==
          "error[E0305]: the scenario has no variant 'article'\n      = it has no variants\n");
    CHECK(read_with_catalogue(
              "[variant.a]\nextends = \"b\"\n[variant.b]\nextends = \"c\"\n[variant.c]\nextends = [\"a\"]\n")
              .findings ==
          "scenarios/s.toml:7:12: error[E0306]: variants extend each other in a circle: a -> b -> c -> a\n"
          "    7 | extends = [\"a\"]\n"
          "      |            ^~~\n"
          "      = take one 'extends' out\n");
    CHECK(read_with_catalogue("[variant.a]\nextends = \"a\"\n").findings.find("in a circle: a -> a") !=
          std::string::npos);
    CHECK(read_with_catalogue("[variant.a]\nextends = \"z\"\n")
              .findings.find("variant.a: the scenario has no variant 'z'") != std::string::npos);
    CHECK(read_with_catalogue("[variant.a]\nsett = {}\n").findings ==
          "scenarios/s.toml:3:1: error[E0301]: unknown key 'sett' in variant.a\n"
          "    3 | sett = {}\n"
          "      | ^~~~\n"
          "      = values stand under 'set': set = { \"process.sf2.wafer_price\" = \"...\" }\n");
    CHECK(read_with_catalogue("[process.sf2]\n[variant.a]\nset = { \"process.sf2.prise\" = \"1 USD/wafer\" }\n", {},
                              {"a"})
              .findings == "scenarios/s.toml:4:9: error[E0301]: unknown key 'prise' in process.sf2\n"
                           "    4 | set = { \"process.sf2.prise\" = \"1 USD/wafer\" }\n"
                           "      |         ^~~~~~~~~~~~~~~~~~~\n"
                           "      = did you mean 'price'?\n");
}

TEST_CASE("a setting of the command line reaches every kind of key") {
    const auto set = [](std::vector<std::string> sets) {
        auto r = read_with_catalogue("use = [\"site.*\"]\n", std::move(sets));
        CHECK_MESSAGE(r.ok, r.findings);
        return r;
    };
    CHECK(set({"process.sf2.price=17_000 USD/wafer"}).value("process.sf2.price") == 17'000.0);
    CHECK(set({"process.sf2.price = 17_000 to 18_000 USD/wafer "}).input("process.sf2.price").distribution.family ==
          Family::lognormal);
    CHECK(set({"process.sf2.price=\"17_000 USD/wafer\""}).value("process.sf2.price") == 17'000.0);
    CHECK(set({"process.sf2.price={ is = \"17 kUSD/wafer\", note = \"n\" }"}).input("process.sf2.price").note == "n");
    CHECK(set({"process.sf2.shift=-2.5"}).value("process.sf2.shift") == -2.5);
    CHECK(set({"process.sf2.mature=true"}).mini.process[0].mature);
    CHECK(set({"process.sf2.foundry=Somebody else"}).mini.process[0].foundry == "Somebody else");
    CHECK(set({"process.sf2.kind=gate_all_around"}).mini.process[0].kind == test::Kind::gate_all_around);
    CHECK(set({"site.taylor.process=n3"}).mini.site[0].process.index == 0); // sf2 is named by nothing any more
    CHECK(set({"economy.price_year=2020"}).mini.economy.price_year == 2020);
    CHECK(set({"economy.decision=2026-04-15"}).value("economy.decision") > 2026.28);
    CHECK(set({"horizon.end=2028Q4"}).mini.horizon.end.text() == "2028Q4");
    CHECK(set({"site.taylor.capacity=[[\"2025Q1\", \"5 wafer/month\"]]"}).value("site.taylor.capacity[2025Q1]") ==
          60.0); // a year
    CHECK(set({"site.taylor.capacity=7 wafer/month"}).value("site.taylor.capacity") == 84.0);
    CHECK(set({"site.taylor.capacity={ series = [[\"2025Q1\", \"5 wafer/month\"]] }"})
              .has("site.taylor.capacity[2025Q1]"));
    CHECK(set({"process.new={ price = \"1 USD/wafer\" }"}).mini.process.names == Names{"sf2", "n3", "new"});
    CHECK(set({"process.new.price=1 USD/wafer", "process.new.yield=10 %"}).value("process.new.yield") == 0.1);
    CHECK(set({"use=process.n2"}).mini.process.names == Names{"sf2", "n3", "n2"});
    CHECK(set({"use=[\"-site.fab21\"]"}).mini.process.names == Names{"sf2"});
    CHECK(set({"title=Another"}).tables.title == "Another");
    CHECK(set({"process.sf2.price.source=catalogue"}).findings.empty());
    CHECK(set({"process.sf2.shift=1", "process.sf2.shift=2"}).value("process.sf2.shift") == 2.0);
}

TEST_CASE("a setting reaches one knot of a series") {
    const auto changed = read_with_catalogue("[site.taylor]\n", {"site.taylor.capacity[2027Q1]=9_000 wafer/month"});
    REQUIRE_MESSAGE(changed.ok, changed.findings);
    CHECK(changed.value("site.taylor.capacity[2027Q1]") == 108'000.0);
    CHECK(changed.value("site.taylor.capacity[2026Q1]") == 12'000.0);
    CHECK(source_of(changed, "site.taylor.capacity[2027Q1]") == "--set");
    CHECK(source_of(changed, "site.taylor.capacity[2026Q1]") == "catalogue");
    const auto added = read_with_catalogue("[site.taylor]\n", {"site.taylor.capacity[2026-07]=3_000 wafer/month"});
    CHECK(added.mini.site[0].capacity.dates.size() == 3);
    CHECK(added.mini.site[0].capacity.dates[1] == doctest::Approx(2026.0 + 181.0 / 365.0));
    CHECK(read_with_catalogue("[site.taylor]\n", {"site.taylor.premium[2027Q1]=2 x"}).findings ==
          "--set #1:1:1: error[E0304]: site.taylor.premium is no series with knots\n"
          "    1 | site.taylor.premium[2027Q1]=2 x\n"
          "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
          "      = set the whole series, or leave out the brackets\n");
}

TEST_CASE("settings come last, and have a source of their own") {
    const auto r = read_with_catalogue("[process.sf2]\n[variant.a]\nset = { \"process.sf2.shift\" = 3 }\n",
                                       {"process.sf2.shift=4"}, {"a"});
    CHECK(r.value("process.sf2.shift") == 4.0);
    CHECK(source_of(r, "process.sf2.shift") == "--set");
    CHECK(r.input("process.sf2.shift").origin.file == "--set #1");
    CHECK(r.input("process.sf2.shift").grade == Grade::assumption);
    CHECK(r.findings.empty());
}

TEST_CASE("a setting that is wrong is shown with its place in the argument") {
    const auto told = [](const std::string& set) {
        return read_with_catalogue("[process.sf2]\n", {"process.sf2.shift=1", set}).findings;
    };
    CHECK(told("process.sf2.price=17_000 USD/wafre") ==
          "--set #2:1:30: error[E0203]: process.sf2.price: unknown unit 'wafre' in 'USD/wafre'\n"
          "    1 | process.sf2.price=17_000 USD/wafre\n"
          "      |                              ^~~~~\n"
          "      = did you mean 'wafer'? expected a unit such as 'USD/wafer'\n");
    CHECK(told("process.sf2.price={ is = \"17_000 USD/wafre\" }").find("--set #2:1:38: error[E0203]") == 0);
    CHECK(told("process.sf2.price") == "--set #2:1:1: error[E0501]: a setting is path=value\n"
                                       "    1 | process.sf2.price\n"
                                       "      | ^~~~~~~~~~~~~~~~~\n"
                                       "      = --set \"process.sf2.wafer_price=17_000 USD/wafer\"\n");
    CHECK(told("=5").find("error[E0501]: '' is no path") != std::string::npos);
    CHECK(told("process..price=5").find("error[E0501]: 'process..price' is no path") != std::string::npos);
    CHECK(told("process.sf2.shift=[1,").find("--set #2:1:22: error[E0101]: this is not TOML") == 0);
    CHECK(told("proces.sf2.shift=1").find("--set #2:1:1: error[E0301]: unknown key 'proces'") == 0);
    CHECK(told("process.sf3.shift=1").find("--set #2:1:1: error[E0302]: process.sf3 needs 'price'") == 0);
    CHECK(told("process.sf2.price=").find("the text is empty") != std::string::npos);
    CHECK(told("").find("error[E0501]: a setting is path=value") != std::string::npos);
}

TEST_CASE("the data folder is the one that the environment names") {
    const Folder folder({{"scenarios/only.toml", "horizon.start = \"2026Q1\"\n"}, {"catalogue/empty.toml", ""}});
    REQUIRE(setenv("AUTARKY_DATA", folder.path().c_str(), 1) == 0);
    LoadRequest request;
    request.scenario = "only";
    const auto r = test::read(request);
    CHECK(unsetenv("AUTARKY_DATA") == 0);
    CHECK(r.ok);
}

TEST_CASE("what was parsed before is read as if for the first time, whatever text it is now") {
    const std::string good = "[economy]\ngrowth = \"2 %/year\"\n", wrong = "[economy]\ngrowth = \"2 apples\"\n";
    std::vector<std::string> fresh, kept, again;
    const auto read_all = [&](std::vector<std::string>& out) {
        for (const auto* text : {&good, &wrong, &good, &wrong}) {
            const auto reading = read_text(*text);
            out.push_back(reading.findings + (reading.ok ? reading.tables.sha256 : ""));
        }
        LoadRequest behind = test::text_request(wrong); // the same text with one more before it
        const Folder folder({{"catalogue/all.toml", catalogue}});
        behind.data_folder = folder.path();
        out.push_back(test::read(behind).findings);
    };
    read_all(fresh);
    const scenario::KeepParsedTexts keep;
    read_all(kept);
    read_all(again);
    CHECK(kept == fresh);
    CHECK(again == fresh);
    CHECK(fresh[1] != fresh[0]);
    CHECK(fresh[1].find("t.toml:2:") != std::string::npos);
}
