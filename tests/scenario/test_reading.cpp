// autarky: what reading a scenario gives: entities, inputs, streams, sources, defaults.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "mini.hpp"

using namespace autarky;
using test::read_text;

namespace {

const std::string full = R"(schema = "autarky/1"
title = "A small one"
[horizon]
start = "2026Q1"
end = "2030Q4"
[economy]
price_year = 2025
decision = 2026-04-15
[price_index]
values = [[2020, 100.0], [2023, 120.0], [2025, 125]]
[exchange_rate.EUR]
values = [[2023, 1.08], [2025, 1.10]]
[source.report]
title = "A report"
date = "2025-10"
grade = "press"
url = "https://example.org"
[source.guess]
title = "Our guess"
grade = "assumption"
[process.sf2]
source = "report"
foundry = "Samsung"
kind = "gate_all_around"
mature = true
price = { is = "18_000 to 22_000 USD/wafer", source = "guess", at = "p. 12", note = "a band", asof = "2025-10-17", grade = "rumour" }
defects = "0.2 1/cm^2"
yield = "60 to 80 %"
clustering = 3
shift = -0.5
[process.n3]
price = { is = "20_000 USD/wafer", source = "report" }
[site.taylor]
source = "report"
process = "sf2"
backup = "n3"
capacity = [["2026Q2", "2_000 wafer/month"], ["2027Q4", "10_000 to 20_000 wafer/month"], ["2030-01-01", "20_000 to 40_000 wafer/month", "guess"]]
premium = "1.1 x"
[site.empty]
process = "n3"
)";

} // namespace

TEST_CASE("a scenario fills its entities") {
    const auto r = read_text(full);
    REQUIRE_MESSAGE(r.ok, r.findings);
    CHECK(r.tables.name == "t");
    CHECK(r.tables.title == "A small one");
    CHECK(r.mini.horizon.start.text() == "2026Q1");
    CHECK(r.mini.economy.price_year == 2025);
    CHECK(r.mini.process.names == std::vector<std::string>{"sf2", "n3"});
    const auto& sf2 = r.mini.process[0];
    CHECK(sf2.foundry == "Samsung");
    CHECK(sf2.kind == test::Kind::gate_all_around);
    CHECK(sf2.mature);
    const auto& taylor = r.mini.site[0];
    CHECK(taylor.process.index == 0);
    CHECK(taylor.backup.index == 1);
    CHECK(r.mini.site[1].backup.index == -1);
    CHECK(r.mini.site[1].capacity.dates.empty());
    CHECK(taylor.capacity.dates == std::vector<double>{2026.25, 2027.75, 2030.0});
    CHECK(taylor.premium.dates == std::vector<double>{0.0}); // a constant holds always
}

TEST_CASE("every number is a row of the inputs with unit, source, grade, remarks and place") {
    const auto r = read_text(full);
    const auto& price = r.input("process.sf2.price");
    CHECK(price.dim == decltype("USD/wafer"_u)::dim);
    CHECK(price.unit == "USD/wafer");
    CHECK(price.written == "18_000 to 22_000 USD/wafer");
    CHECK(price.distribution.family == Family::lognormal);
    CHECK(r.tables.inputs.sources[static_cast<std::size_t>(price.source)].id == "guess");
    CHECK(price.grade == Grade::rumour); // its own, not the source's
    CHECK(price.at == "p. 12");
    CHECK(price.note == "a band");
    CHECK(price.as_of == "2025-10-17");
    CHECK(price.origin.file == "t.toml");
    CHECK(price.origin.line == 26);
    CHECK(price.origin.column == 16);
    CHECK(r.mini.process[0].price.raw().input == static_cast<int>(&price - r.tables.inputs.rows.data()));
    const auto& defects = r.input("process.sf2.defects"); // the heading's source
    CHECK(r.tables.inputs.sources[static_cast<std::size_t>(defects.source)].id == "report");
    CHECK(defects.grade == Grade::press);
    CHECK(defects.stream == -1);
    CHECK(r.value("process.sf2.shift") == -0.5);
    CHECK(r.value("economy.decision") == doctest::Approx(2026.0 + 104.0 / 365.0).epsilon(1e-15));
}

TEST_CASE("what the file leaves out is a default, listed as such") {
    const auto r = read_text(full);
    const auto& clustering = r.input("process.n3.clustering");
    CHECK(clustering.is_default);
    CHECK(clustering.source == -1);
    CHECK(clustering.distribution.family == Family::lognormal); // a default may be uncertain
    CHECK(clustering.stream >= 0);
    const auto& defaults = r.tables.defaults;
    const auto listed = [&](std::string_view path) {
        return std::any_of(defaults.begin(), defaults.end(), [&](const DefaultValue& d) { return d.path == path; });
    };
    CHECK(listed("process.n3.clustering"));
    CHECK(listed("economy.growth"));
    CHECK(!listed("process.sf2.clustering"));
    CHECK(!listed("site.empty.backup")); // "nothing" is no value
}

TEST_CASE("all knots of a series share one stream, named by the series") {
    const auto r = read_text(full);
    const auto& second = r.input("site.taylor.capacity[2027Q4]");
    const auto& third = r.input("site.taylor.capacity[2030-01-01]");
    CHECK(r.input("site.taylor.capacity[2026Q2]").stream == -1);
    REQUIRE(second.stream >= 0);
    CHECK(second.stream == third.stream);
    CHECK(r.tables.inputs.streams[static_cast<std::size_t>(second.stream)] == "site.taylor.capacity");
    CHECK(r.tables.inputs.sources[static_cast<std::size_t>(third.source)].id == "guess"); // the knot's own
    CHECK(r.tables.inputs.groups.empty());
}

TEST_CASE("persistence makes the knots of a series an AR(1)") {
    const auto r =
        read_text("horizon.start = \"2026Q1\"\n[source.s]\ntitle = \"S\"\ngrade = \"assumption\"\n[process.a]\nsource "
                  "= \"s\"\nprice = \"1 USD/wafer\"\n"
                  "[site.x]\nsource = \"s\"\nprocess = \"a\"\n[site.x.premium]\nsource = \"s\"\npersistence = 0.8\n"
                  "series = [[\"2026Q1\", \"1 to 2 x\"], [\"2027Q1\", \"1 x\"], [\"2028Q1\", \"1 to 3 x\"], "
                  "[\"2029Q1\", \"1 to 4 x\"]]\n");
    REQUIRE_MESSAGE(r.ok, r.findings);
    REQUIRE(r.tables.inputs.groups.size() == 1);
    const auto& group = r.tables.inputs.groups[0];
    REQUIRE(group.streams.size() == 3);
    CHECK(r.tables.inputs.streams[static_cast<std::size_t>(group.streams[1])] == "site.x.premium[2028Q1]");
    // The certain knot between the first two uncertain ones counts as a step: 0.8^2 = 0.64, then 0.8.
    const auto& f = group.factor;
    const auto correlation = [&f](std::size_t i, std::size_t j) {
        return f[3 * i] * f[3 * j] + f[3 * i + 1] * f[3 * j + 1] + f[3 * i + 2] * f[3 * j + 2];
    };
    CHECK(correlation(0, 0) == doctest::Approx(1.0).epsilon(1e-14));
    CHECK(correlation(1, 1) == doctest::Approx(1.0).epsilon(1e-14));
    CHECK(correlation(2, 2) == doctest::Approx(1.0).epsilon(1e-14));
    CHECK(correlation(0, 1) == doctest::Approx(0.64).epsilon(1e-14));
    CHECK(correlation(1, 2) == doctest::Approx(0.8).epsilon(1e-14));
    CHECK(correlation(0, 2) == doctest::Approx(0.512).epsilon(1e-14));
    CHECK(f[1] == 0.0);
    CHECK(f[2] == 0.0);
    CHECK(f[5] == 0.0);
}

TEST_CASE("money of another year or currency counts in USD of the price year") {
    const auto with_price = [](const std::string& price) {
        auto text = full;
        text.replace(text.find("18_000 to 22_000 USD/wafer"), 26, price);
        return read_text(text);
    };
    CHECK(with_price("12_000 USD2023/wafer").value("process.sf2.price") ==
          doctest::Approx(12'000.0 * 125.0 / 120.0).epsilon(1e-14));
    CHECK(with_price("12 kUSD2020/wafer").value("process.sf2.price") ==
          doctest::Approx(12'000.0 * 1.25).epsilon(1e-14));
    CHECK(with_price("12_000 EUR2023/wafer").value("process.sf2.price") ==
          doctest::Approx(12'000.0 * 1.08 * 125.0 / 120.0).epsilon(1e-14));
    CHECK(with_price("12_000 EUR/wafer").value("process.sf2.price") == doctest::Approx(12'000.0 * 1.10).epsilon(1e-14));
    CHECK(with_price("12_000 USD2025/wafer").value("process.sf2.price") == 12'000.0);
    const auto old = with_price("12_000 USD1990/wafer");
    CHECK(test::errors_only(old.findings) ==
          "t.toml:26:24: error[E0212]: process.sf2.price: 'USD1990' cannot be counted in USD of 2025\n"
          "   26 | price = { is = \"12_000 USD1990/wafer\", source = \"guess\", at = \"p. 12\", note = "
          "\"a band\", asof = \"2025-10-17\", grade = \"rumour\" }\n"
          "      |                        ^~~~~~~\n"
          "      = the price index covers 2020 to 2025\n");
}

TEST_CASE("values without a source are a warning for each heading, and assumptions") {
    const auto r = read_text("horizon.start = \"2026Q1\"\n[process.a]\nprice = \"1 USD/wafer\"\nyield = \"50 %\"\n");
    REQUIRE_MESSAGE(r.ok, r.findings);
    CHECK(r.findings == "t.toml:3:1: warning[W0309]: process.a: 2 values have no source and count as assumptions\n"
                        "    3 | price = \"1 USD/wafer\"\n"
                        "      | ^~~~~\n"
                        "      = name one beside the value, or for the whole heading: source = \"an-id\"\n");
    CHECK(r.input("process.a.price").grade == Grade::assumption);
    CHECK(r.input("process.a.price").source == -1);
}

TEST_CASE("an empirical distribution reads a file beside the scenario") {
    const test::Folder folder(
        {{"s.toml",
          "horizon.start = \"2026Q1\"\n[process.a]\nprice = { is = 'empirical(\"prices.csv\") kUSD/wafer' }\n"},
         {"prices.csv", "price\n# a remark\n12.5\n10\n\n11\n"}});
    LoadRequest request;
    request.scenario = folder.path("s.toml");
    request.data_folder = "/nonexistent";
    const auto r = test::read(request);
    REQUIRE_MESSAGE(r.ok, r.findings);
    const auto& d = r.input("process.a.price").distribution;
    CHECK(d.family == Family::empirical);
    CHECK(d.parameters == std::vector<double>{10'000.0, 11'000.0, 12'500.0});
}

TEST_CASE(
    "a sample loses no line to what spreadsheets write: a mark, commas, quotes; a line that is no number is told") {
    const auto sample = [](const std::string& content) {
        const test::Folder folder(
            {{"s.toml", "horizon.start = \"2026Q1\"\n[process.a]\nprice = 'empirical(\"x.csv\") USD/wafer'\n"},
             {"x.csv", content}});
        LoadRequest request;
        request.scenario = folder.path("s.toml");
        request.data_folder = "/nonexistent";
        auto r = test::read(request);
        return r.ok ? r.input("process.a.price").distribution.parameters : std::vector<double>{};
    };
    const std::vector<double> wanted{8000.0, 9000.0, 10'000.0};
    CHECK(sample("\xEF\xBB\xBF"
                 "8000\n9000\n10000\n") == wanted);
    CHECK(sample("8000,\r\n9000,\r\n10000,,\r\n") == wanted);
    CHECK(sample("price\n\"8,000\"\n\"9,000\"\n\"10,000\"\n") == wanted);
    CHECK(sample("8000;\n 9000\n10000").size() == 3);
    CHECK(sample("8000 USD\n9000\n10000\n").empty()); // no heading: it begins as a number
    CHECK(sample("8000,9000\n10000\n11000\n").empty());
}

TEST_CASE("the hash is that of the content, not of its layout") {
    const auto hash = read_text(full).tables.sha256;
    CHECK(hash.size() == 64);
    CHECK(read_text("# a remark\n\n" + full + "\n# another\n").tables.sha256 == hash);
    auto changed = full;
    changed.replace(changed.find("-0.5"), 4, "-0.6");
    CHECK(read_text(changed).tables.sha256 != hash);
    CHECK(read_text(full, {"process.sf2.shift=-0.5"}).tables.sha256 != hash); // another source
    auto unused = full;
    unused += "[source.never_cited]\ntitle = \"T\"\ngrade = \"paper\"\ndate = 2020\n";
    CHECK(read_text(unused).tables.sha256 == hash);
}

TEST_CASE("letters of every script stand in texts, remarks and quoted keys, and are refused in bare keys") {
    const std::string letters = "\u00e9 \u0444 \u025d \u304b \u63a8";
    const auto fine = read_text("# " + letters + "\nhorizon.start = \"2026Q1\"\ntitle = \"\"\"" + letters + " \\\n  " +
                                letters + "\"\"\"\" # " + letters + "\n");
    REQUIRE_MESSAGE(fine.ok, fine.findings);
    CHECK(fine.tables.title == letters + " " + letters + "\"");
    for (const std::string key : {"variant\u00e9", "\u0444", "x\u025d", "\u304b", "\u63a8"}) {
        const auto told = [](const std::string& heading) {
            return read_text("horizon.start = \"2026Q1\"\n[" + heading + "]\n").findings;
        };
        CHECK(told(key).find("error[E0101]") != std::string::npos);
        CHECK(told("\"" + key + "\"").find("error[E0301]") != std::string::npos);
    }
}
