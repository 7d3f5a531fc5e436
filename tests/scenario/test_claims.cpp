// autarky: claims and observations, read and checked.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "mini.hpp"

using namespace autarky;

namespace {

const std::string base = "horizon.start = \"2026Q1\"\n[source.s]\ntitle = \"S\"\ngrade = \"press\"\ndate = "
                         "2025\n[process.sf2]\nsource = \"s\"\nprice = \"1 to 2 USD/wafer\"\n"; // 8 lines

test::Reading read(const std::string& added) {
    auto request = test::text_request(base + added);
    request.metrics = {{"silicon.yield", "%"},
                       {"chip.unit_cost", "USD/chip"},
                       {"silicon.yield.<process>", "%"},
                       {"programme.tapeout", "date"}};
    return test::read(request);
}

} // namespace

TEST_CASE("a claim has its metric, its interval in base units and how it is compared") {
    const auto r = read(R"([[claim]]
id = "C1"
text = "A chip costs 500 to 800 USD"
metric = "chip.unit_cost"
at = "2027Q1"
stated = "0.5 to 0.8 kUSD/chip"
section = "2"
source = "s"
[[claim]]
id = "C2"
text = "The yield is above 70 %"
metric = "silicon.yield.sf2"
stated = "70 %"
compare = "at_least"
source = "s"
[[claim]]
id = "C3"
text = "Tape-out early in 2026"
metric = "programme.tapeout"
stated = "2026-01 to 2026-03"
compare = "about"
tolerance = "5 %"
source = "s"
[[claim]]
id = "C4"
text = "It is an alliance"
why = "no quantity"
source = "s"
)");
    REQUIRE_MESSAGE(r.ok, r.findings);
    REQUIRE(r.tables.claims.size() == 4);
    const auto& cost = r.tables.claims[0];
    CHECK(cost.at->text() == "2027Q1");
    CHECK(cost.low == 500.0);
    CHECK(cost.high == 800.0);
    CHECK(cost.unit == "kUSD/chip");
    CHECK(cost.unit_factor == 1000.0);
    CHECK(cost.written == "0.5 to 0.8 kUSD/chip");
    CHECK(cost.section == "2");
    CHECK(cost.comparison == Comparison::within);
    CHECK(r.tables.inputs.sources[static_cast<std::size_t>(cost.source)].id == "s");
    const auto& yield = r.tables.claims[1];
    CHECK(yield.low == 0.7);
    CHECK(yield.high == 0.7);
    CHECK(yield.comparison == Comparison::at_least);
    const auto& tapeout = r.tables.claims[2];
    CHECK(tapeout.low == 2026.0);
    CHECK(tapeout.high == doctest::Approx(2026.0 + 59.0 / 365.0));
    CHECK(tapeout.dim == units::time);
    CHECK(tapeout.tolerance == 0.05);
    CHECK(r.tables.claims[3].metric.empty());
    CHECK(r.tables.claims[3].why == "no quantity");
}

TEST_CASE("a claim about an unknown metric is an error") {
    CHECK(read("[[claim]]\nid = \"C1\"\ntext = \"T\"\nmetric = \"chip.unit_cots\"\nstated = \"5 USD/chip\"\nsource = "
               "\"s\"\n")
              .findings == "t.toml:12:10: error[E0307]: claim C1: there is no metric 'chip.unit_cots'\n"
                           "   12 | metric = \"chip.unit_cots\"\n"
                           "      |          ^~~~~~~~~~~~~~~~\n"
                           "      = did you mean 'chip.unit_cost'?\n");
    CHECK(
        read("[[claim]]\nid = \"C1\"\ntext = \"T\"\nmetric = \"silicon.yield.n3\"\nstated = \"5 %\"\nsource = \"s\"\n")
            .findings.find("there is no metric 'silicon.yield.n3'") != std::string::npos);
}

TEST_CASE("claims that are incomplete or contradict themselves are told") {
    const auto told = [](const std::string& lines) {
        return read("[[claim]]\nid = \"C1\"\ntext = \"T\"\nsource = \"s\"\n" + lines).findings;
    };
    CHECK(told("metric = \"chip.unit_cost\"\nstated = \"5 mm\"\n") ==
          "t.toml:14:13: error[E0204]: claim C1: 'mm' does not fit a quantity in USD/chip\n"
          "   14 | stated = \"5 mm\"\n"
          "      |             ^~\n"
          "      = expected a unit such as 'USD/chip'\n");
    CHECK(told("metric = \"chip.unit_cost\"\nstated = 5\n").find("claim C1: '5' has no unit") != std::string::npos);
    CHECK(told("metric = \"chip.unit_cost\"\nstated = \"8 to 5 USD/chip\"\n").find("does not rise") !=
          std::string::npos);
    CHECK(
        told("metric = \"chip.unit_cost\"\nstated = \"pert(1, 2, 3) USD/chip\"\n").find("'pert' is no stated value") !=
        std::string::npos);
    CHECK(told("metric = \"chip.unit_cost\"\n").find("claim C1 needs 'stated'") != std::string::npos);
    CHECK(told("at = \"2027\"\n").find("claim C1: '2027' is no quarter") != std::string::npos);
    CHECK(told("compare = \"atleast\"\n").find("claim C1: 'atleast' is no choice for 'compare'") != std::string::npos);
    CHECK(told("compare = \"about\"\n").find("claim C1 needs 'tolerance'") != std::string::npos);
    CHECK(told("foo = 1\n").find("unknown key 'foo' in claim C1") != std::string::npos);
    CHECK(told("[[claim]]\nid = \"C1\"\ntext = \"T\"\nsource = \"s\"\n").find("claim 'C1' is given twice") !=
          std::string::npos);
    CHECK(read("[[claim]]\nid = \"C1\"\n").findings.find("claim C1 needs 'text'") != std::string::npos);
    CHECK(read("[[claim]]\nid = \"C1\"\ntext = \"T\"\nsource = \"nobody\"\n")
              .findings.find("claim C1: there is no source 'nobody'") != std::string::npos);
    CHECK(read("[[claim]]\nid = \"C1\"\ntext = \"T\"\n").findings.find("claim C1 needs 'source'") != std::string::npos);
}

TEST_CASE("a claim may take a metric off and be given an event or another claim") {
    const std::string first = "[[claim]]\nid = \"C1\"\ntext = \"T\"\nsource = \"s\"\nmetric = \"silicon.yield\"\n"
                              "stated = \"5 %\"\n";
    const auto second = [&](const std::string& lines) {
        return read(first + "[[claim]]\nid = \"C2\"\ntext = \"T\"\nsource = \"s\"\n" + lines);
    };
    const std::string judged = "metric = \"silicon.yield\"\nstated = \"5 %\"\n";
    const auto good = second(judged + "less = \"silicon.yield\"\ngiven = \"C1\"\n");
    REQUIRE_MESSAGE(good.ok, good.findings);
    CHECK(good.tables.claims[1].less == "silicon.yield");
    CHECK(good.tables.claims[1].given == "C1");
    const auto told = [&](const std::string& lines) { return second(lines).findings; };
    CHECK(told(judged + "given = \"C11\"\n").find("there is no event or claim 'C11' to be given") != std::string::npos);
    CHECK(told(judged + "given = \"C11\"\n").find("did you mean 'C1'?") != std::string::npos);
    CHECK(told(judged + "given = \"C2\"\n").find("no event or claim 'C2'") != std::string::npos); // itself
    CHECK(told(judged + "given = \"event.crisis\"\n").find("no event or claim 'event.crisis'") != std::string::npos);
    CHECK(told(judged + "less = \"chip.unit_cost\"\n").find("a difference needs two metrics of one unit") !=
          std::string::npos);
    CHECK(told(judged + "less = \"silicon.yeild\"\n").find("there is no metric 'silicon.yeild'") != std::string::npos);
    CHECK(told("given = \"C1\"\n").find("claim C2: 'given' needs 'metric'") != std::string::npos);
    CHECK(told("less = \"silicon.yield\"\n").find("claim C2: 'less' needs 'metric'") != std::string::npos);
}

TEST_CASE("an observation has date, value, error, bias, area and kind") {
    const auto r = read(R"([[observation]]
id = "y1"
date = "2026-04"
of = "process.sf2"
metric = "silicon.yield"
value = "55 %"
error = "3 %"
bias = "5 %"
area = "150 mm^2"
yield_kind = "total"
grade = "rumour"
source = "s"
note = "N"
[[observation]]
date = 2026
metric = "process.sf2.price"
value = "1.1 to 1.3 USD/wafer"
source = "s"
[[observation]]
date = 2026-04-15
metric = "programme.tapeout"
value = "2026-04-15"
error = "30 day"
source = "s"
)");
    REQUIRE_MESSAGE(r.ok, r.findings);
    REQUIRE(r.tables.observations.size() == 3);
    const auto& first = r.tables.observations[0];
    CHECK(first.date == doctest::Approx(2026.0 + 90.0 / 365.0));
    CHECK(first.value == 0.55);
    CHECK(first.error == 0.03);
    CHECK(first.bias == 0.05);
    CHECK(first.area == 150.0);
    CHECK(first.yield_kind == YieldKind::total);
    CHECK(first.grade == Grade::rumour);
    const auto& second = r.tables.observations[1]; // an interval is the 5th to the 95th percentile
    CHECK(second.value == doctest::Approx(1.2));
    CHECK(second.error == doctest::Approx(0.2 / (2.0 * 1.6448536269514722)));
    CHECK(second.grade == Grade::press);
    CHECK(r.tables.observations[2].error == doctest::Approx(30.0 / 365.0));
}

TEST_CASE("observations about unknown things are told") {
    CHECK(read("[[observation]]\ndate = 2026\nof = \"process.sf3\"\nmetric = \"silicon.yield\"\nvalue = \"5 "
               "%\"\nsource = \"s\"\n")
              .findings.find("observation #1: there is no row 'process.sf3'") != std::string::npos);
    CHECK(read("[[observation]]\ndate = 2026\nmetric = \"silicon.yeild\"\nvalue = \"5 %\"\nsource = \"s\"\n")
              .findings.find("observation #1: there is no metric 'silicon.yeild'") != std::string::npos);
    CHECK(read("[[observation]]\nmetric = \"silicon.yield\"\nvalue = \"5 %\"\nsource = \"s\"\n")
              .findings.find("observation #1 needs 'date'") != std::string::npos);
    CHECK(read("[[observation]]\ndate = 2026\nmetric = \"silicon.yield\"\nvalue = \"5 %\"\narea = \"-5 mm^2\"\nsource "
               "= \"s\"\n")
              .findings.find("the area must be above zero") != std::string::npos);
}

TEST_CASE("a report says what its value means, whom it leans on, and may still be to come") {
    const auto r = read(R"([[observation]]
id = "counted"
date = 2026
metric = "silicon.yield"
value = 150
says = "count"
trials = "13_317"
source = "s"
[[observation]]
id = "copied"
date = 2026
metric = "silicon.yield"
value = "55 to 60 %"
says = "between"
error = "2 %"
source = "s"
[[observation]]
id = "leaning"
date = 2026
metric = "chip.unit_cost"
value = "500 USD/chip"
says = "relative"
error = "20 %"
group = "press"
correlation = "70 %"
source = "s"
[[observation]]
watch = "the next yield"
date = 2027
metric = "process.sf2.price"
error = "0.1 USD/wafer"
source = "s"
)");
    REQUIRE_MESSAGE(r.ok, r.findings);
    const auto& all = r.tables.observations;
    REQUIRE(all.size() == 4);
    CHECK(all[0].says == Says::count);
    CHECK(all[0].value == 150.0);
    CHECK(all[0].trials == 13'317.0);
    CHECK(all[1].low == doctest::Approx(0.55));
    CHECK(all[1].high == doctest::Approx(0.60));
    CHECK(all[2].error == doctest::Approx(0.2));
    CHECK(all[2].correlation == doctest::Approx(0.7));
    CHECK(all[3].watch == "the next yield");
    CHECK(all[3].unit == "USD/wafer");
    CHECK(all[3].day == "2027");
}

TEST_CASE("a report that contradicts itself, or is told twice, is refused") {
    const auto told = [](const std::string& keys, const std::string& more = "") {
        return read("[[observation]]\nid = \"r\"\ndate = 2026\nmetric = \"silicon.yield\"\nsource = \"s\"\n" + keys +
                    "\n" + more)
            .findings;
    };
    const auto has = [](const std::string& findings, const char* part) {
        CHECK_MESSAGE(findings.find(part) != std::string::npos, findings);
    };
    has(told("value = 5\nsays = \"count\""), "'trials' above 0 and says = \"count\" belong together");
    has(told("value = \"5 %\"\ntrials = 7"), "'trials' above 0 and says = \"count\" belong together");
    has(told("value = 9\nsays = \"count\"\ntrials = 7"), "a count must lie between 0 and 'trials'");
    has(told("value = \"5 %\"\nsays = \"between\""), "'between' needs an interval");
    has(told("value = \"5 %\"\nsays = \"surely\""), "'surely' is no choice for 'says'");
    has(told("value = \"5 %\"\nerror = \"1 %\"\ngroup = \"g\""), "'group' and 'correlation' belong together");
    has(told("value = \"5 %\"\nerror = \"1 %\"\ncorrelation = \"50 %\""), "'group' and 'correlation' belong together");
    has(told("value = \"5 %\"\nerror = \"1 %\"\ngroup = \"g\"\ncorrelation = 1"), "at least 0 and below 1");
    has(told("value = \"5 %\"\nsays = \"at_most\"\ngroup = \"g\"\ncorrelation = 0.5"), "lean on each other");
    has(told("value = \"5 %\"\nwatch = \"w\""), "a reading to watch has no value yet");
    has(told("value = \"5 %\"\nended = \"no more\""), "only a reading to watch can have ended");
    has(told("error = \"1 %\""), "observation r needs 'value'");
    has(told("value = \"5 to 7 %\"\nsays = \"between\""), "'between' needs an 'error'");
    has(told("value = \"5 %\"\nerror = \"1 to 3 %\""), "'error' needs one value, not a band");
    has(told("watch = \"w\""), "a reading to watch needs an 'error'");
    has(told("watch = \"w\"\nerror = \"1 %\"\nsays = \"at_least\""), "a reading to watch is 'about' or 'relative'");
    has(told("value = \"5 %\"\nerror = \"1 %\"\nknown = \"soon\""), "'soon' is no date");
    has(read("[[observation]]\ndate = 2026\nmetric = \"chip.unit_cost\"\nvalue = \"5 USD/chip\"\narea = \"9 "
             "mm^2\"\nsource = \"s\"\n")
            .findings,
        "'area' belongs to a yield");
    const std::string leaning = "value = \"5 %\"\nerror = \"1 %\"\ngroup = \"g\"\n";
    has(told(leaning + "correlation = 0.5",
             "[[observation]]\nid = \"q\"\ndate = 2027\nmetric = \"silicon.yield\"\nsource = \"s\"\n" + leaning +
                 "correlation = 0.7"),
        "the group 'g' has two correlations, 0.5 and 0.7");
    const std::string report = "value = \"5 %\"\nerror = \"1 %\"";
    const std::string again = "date = 2026\nmetric = \"silicon.yield\"\nsource = \"s\"\n" + report;
    has(told(report, "[[observation]]\nid = \"r\"\n" + again), "this id is given twice");
    has(told(report, "[[observation]]\nid = \"other\"\n" + again), "the same report is given twice");
}

TEST_CASE("a file of reports adds observations and their sources, nothing else") {
    const test::Folder folder(
        {{"scenarios/one.toml", "horizon.start = \"2026Q1\"\n"},
         {"good.toml",
          "[source.mine]\ntitle = \"M\"\ngrade = \"press\"\ndate = 2026\n[[observation]]\ndate = 2026\nmetric = "
          "\"silicon.yield\"\nvalue = \"5 %\"\nerror = \"1 %\"\nsource = \"mine\"\n"},
         {"bad.toml", "[process.n3]\nprice = \"1 USD/wafer\"\n"}});
    LoadRequest request;
    request.data_folder = folder.path();
    request.scenario = "one";
    request.metrics = {{"silicon.yield", "%"}};
    request.reports = {folder.path() + "/good.toml"};
    const auto good = test::read(request);
    REQUIRE_MESSAGE(good.ok, good.findings);
    CHECK(good.tables.observations.size() == 1);
    request.reports = {folder.path() + "/bad.toml"};
    CHECK(test::read(request).findings.find("'process' has no place in a file of observations") != std::string::npos);
    request.reports = {folder.path() + "/none.toml"};
    CHECK(!test::read(request).ok);
}

TEST_CASE("an input that could not be read is told once, not again where something names it") {
    const auto r = read("masks = \"5 kg\"\n[[observation]]\ndate = 2026\nmetric = \"process.sf2.masks\"\nvalue = "
                        "\"5 MUSD\"\nsource = \"s\"\n[[correlation]]\nbetween = [\"process.sf2.masks\", "
                        "\"process.sf2.price\"]\nrho = 0.5\n");
    CHECK(r.findings.find("t.toml:9:") != std::string::npos);
    CHECK(r.findings.find("process.sf2.masks: ") != std::string::npos);
    CHECK(r.findings.find("there is no") == std::string::npos);
}

TEST_CASE("an observation of the catalogue about a row that takes no part is left out") {
    const test::Folder folder(
        {{"catalogue/c.toml", "[process.n3]\nprice = \"1 USD/wafer\"\n[[observation]]\ndate = 2026\nof = "
                              "\"process.n3\"\nmetric = \"silicon.yield\"\nvalue = \"5 %\"\nsource = \"s\"\n"
                              "[source.s]\ntitle = \"S\"\ngrade = \"paper\"\ndate = 2020\n"},
         {"scenarios/with.toml", "horizon.start = \"2026Q1\"\n[process.n3]\n"},
         {"scenarios/without.toml", "horizon.start = \"2026Q1\"\n"}});
    LoadRequest request;
    request.data_folder = folder.path();
    request.scenario = "with";
    CHECK(test::read(request).tables.observations.size() == 1);
    request.scenario = "without";
    const auto without = test::read(request);
    CHECK(without.ok);
    CHECK(without.tables.observations.empty());
}

TEST_CASE("a scenario replaces a claim of its base by id") {
    const test::Folder folder(
        {{"base.toml", base + "[[claim]]\nid = \"C1\"\ntext = \"Old\"\nsource = \"s\"\n[[claim]]\nid = \"C2\"\ntext = "
                              "\"Kept\"\nsource = \"s\"\n"},
         {"heir.toml", "extends = \"base.toml\"\n[[claim]]\nid = \"C1\"\ntext = \"New\"\nsource = \"s\"\n"}});
    LoadRequest request;
    request.scenario = folder.path("heir.toml");
    request.data_folder = "/nonexistent";
    const auto r = test::read(request);
    REQUIRE_MESSAGE(r.ok, r.findings);
    REQUIRE(r.tables.claims.size() == 2);
    CHECK(r.tables.claims[0].text == "Kept");
    CHECK(r.tables.claims[1].text == "New");
}
