// autarky: tests of the command `die` as other programs and people meet it.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "outcome.hpp"

namespace {

nlohmann::json json_of(const std::string& arguments) {
    const Outcome outcome = run(arguments + " --json");
    CAPTURE(outcome.text);
    REQUIRE(outcome.exit == 0);
    return nlohmann::json::parse(outcome.text);
}

} // namespace

TEST_CASE("die: the keys that other programs read, with the known figures") {
    const auto j =
        json_of("--width 26 --height 16.5 --wafer 300 --edge 3 --scribe 0.1 --notch 0 --field 26x33 --d0 0.2 "
                "--alpha 3 --units 16 --unit-area 14.746875 --uncore 193.05 --spares 1 --wafer-price 20000");
    CHECK(j["gross_dies"]["optimised"] == 132);
    CHECK(j["gross_dies"]["die_centred"] == 131);
    CHECK(j["gross_dies"]["street_centred"] == 132);
    CHECK(j["gross_dies"]["area_bound"].get<double>() == doctest::Approx(164.769).epsilon(1e-5));
    CHECK(j["gross_dies"]["closed_form"].get<double>() == doctest::Approx(125.311).epsilon(1e-5));
    CHECK(j["field"]["dies"] == 1);
    CHECK(j["field"]["shots"] == 132);
    CHECK(j["field"]["utilisation"].get<double>() == doctest::Approx(0.5));
    CHECK(j["yield"]["poisson"].get<double>() == doctest::Approx(0.424009).epsilon(1e-6));
    CHECK(j["yield"]["negative_binomial"].get<double>() == doctest::Approx(0.470194).epsilon(1e-6));
    CHECK(j["yield"]["harvested"].get<double>() == doctest::Approx(0.645405).epsilon(1e-6));
    for (const auto* model : {"murphy", "seeds", "rectangular", "moore", "bose_einstein"})
        CHECK(j["yield"][model].is_number());
    CHECK(j["good_dies"].get<double>() == doctest::Approx(132.0 * 0.470194).epsilon(1e-5));
    CHECK(std::round(j["cost"]["die"].get<double>()) == 322.0);
}

TEST_CASE("die: a unit behind both sides holds for both") {
    const auto wanted = json_of("10x10 --d0 0.1")["gross_dies"];
    for (const auto* size : {"\"1x1 cm\"", "\"1 cm x 1 cm\"", "\"1cm x 10 mm\"", "\"10 X 10\"", "\"10*10 mm\""})
        CHECK(json_of(std::string(size) + " --d0 0.1")["gross_dies"] == wanted);
}

TEST_CASE("die: without a density or a price their parts are null, not made up") {
    const auto j = json_of("26x16.5");
    for (const auto* key :
         {"poisson", "murphy", "seeds", "rectangular", "moore", "bose_einstein", "negative_binomial", "harvested"}) {
        REQUIRE(j["yield"].contains(key)); // a program that reads a known key finds it
        CHECK(j["yield"][key].is_null());
    }
    CHECK(j["good_dies"].is_null());
    CHECK(j["cost"].at("die").is_null());
    const auto without_price = json_of("26x16.5 --d0 0.1");
    CHECK(without_price["yield"].at("poisson").is_number());
    CHECK(without_price["cost"].at("die").is_null());
}

TEST_CASE("die: bad input names the field and ends with the code for invalid input") {
    struct Row {
        const char* arguments;
        const char* words;
    };
    const std::array rows{Row{"--width 0 --height 10", "width is 0"},
                          Row{"--width -3 --height 10", "width is -3"},
                          Row{"--width 300 --height 300", "larger than the wafer"},
                          Row{"28.5x28.5", "2.5 mm too wide"},
                          Row{"10x10 --scribe 20", "scribe of 20 mm"},
                          Row{"10x10 --d0=-0.1", "d0 is -0.1"},
                          Row{"10x10 --alpha 0", "alpha is 0"},
                          Row{"10x10 --sort-coverage 1.2", "sort-coverage is 1.2"},
                          Row{"10x10 --units 4 --uncore-share 0.2 --spares 5", "spares (5) are more than units (4)"},
                          Row{"10x10 --respins 1", "mask-set is missing"},
                          Row{"10x10 --process n99", "the catalogue has no process 'n99'"},
                          Row{"10x10 --spares 1", "units is missing"},
                          Row{"10x10 --d0 \"0.1 /mm3\"", "d0"},
                          Row{"10x10 --d0 \"0.3 to 0.1\"", "does not rise"},
                          Row{"10x10 --d0 0.1 --wafer-price 9000 --premium=-2", "premium is -2"},
                          Row{"10x10 --process n3 --date 2001Q1", "date: 2001Q1 lies before"},
                          Row{"\"1 cm x 1\"", "the second side of '1 cm x 1' has no unit"},
                          Row{"ten", "is no size"}};
    for (const auto& row : rows) {
        const Outcome outcome = run(row.arguments);
        CAPTURE(row.arguments);
        CAPTURE(outcome.text);
        CHECK(outcome.exit == 3);
        CHECK(outcome.text.find(row.words) != std::string::npos);
        CHECK(outcome.text.find("error[E0") != std::string::npos);
    }
    CHECK(run("").exit == 2);
    CHECK(run("10x10 --solve beauty --target 3").exit == 2);
    CHECK(run("10x10 --solve d0").exit == 2);
    for (const auto* idle : {"--target 5", "--date 2027Q1", "--aspect 2", "--volume 1e6", "--nre 1e6"}) {
        const Outcome outcome = run(std::string("10x10 --d0 0.1 --wafer-price 9000 ") + idle);
        CAPTURE(outcome.text);
        CHECK(outcome.exit == 2);
        CHECK(outcome.text.find("changes nothing without") != std::string::npos);
    }
    // one finding for one mistake
    const Outcome area = run("--area -4");
    CHECK(area.text.find("error") == area.text.rfind("error"));
}

TEST_CASE("die: units may be written, and mean the same as without") {
    CHECK(json_of("--width \"2.6 cm\" --height \"16500 um\" --d0 \"0.002 1/mm^2\"") ==
          json_of("--width 26 --height 16.5 --d0 0.2"));
}

TEST_CASE("die: several dies side by side show that the half reticle spreads less") {
    const auto j = json_of("--compare 26x16.5,25.5x31.9:144/12 --uncore-share \"40 %\" --d0 \"0.08 to 0.4\" "
                           "--wafer-price 20_000");
    REQUIRE(j["dies"].size() == 2);
    const double half = j["dies"][0]["spread"]["plain"]["ratio"];
    const double full = j["dies"][1]["spread"]["plain"]["ratio"];
    const double full_harvested = j["dies"][1]["spread"]["harvested"]["ratio"];
    CHECK(half < full);
    CHECK(full_harvested < full);
    CHECK(j["dies"][0]["spread"]["yield_model_share"].get<double>() > 0.0);
    const Outcome table = run("26x16.5 25.5x31.9 --d0 \"0.08 to 0.4\" --wafer-price 20_000");
    CHECK(table.exit == 0);
    CHECK(table.text.find("95 % over 5 %") != std::string::npos);
}

TEST_CASE("die: solving finds the density at which the printed cost holds, or says why there is none") {
    const auto j = json_of("26x16.5 --wafer-price 20_000 --solve d0 --target 226.25");
    CHECK(j["solve"]["value"].get<double>() == doctest::Approx(0.1).epsilon(1e-4));
    const auto none = json_of("26x16.5 --wafer-price 20_000 --solve d0 --target 100");
    CHECK(none["solve"]["value"].is_null());
    CHECK(none["solve"]["reason"].get<std::string>().find("even without defects") != std::string::npos);
    const auto volume =
        json_of("26x16.5 --d0 0.1 --wafer-price 20_000 --nre \"300 MUSD\" --solve volume --target 376.25");
    CHECK(volume["solve"]["value"].get<double>() == doctest::Approx(2e6).epsilon(1e-4));
}

TEST_CASE("die: wafers that the line lost are paid for, but their dies are neither sorted nor shipped") {
    // By hand: 132 dies, yield (1 + 0.429 / 3)^-3 = 0.66967; finished wafers cost 20000 / 0.9.
    const double yield = std::pow(1.143, -3.0);
    const double sorted = (20000.0 / 0.9 / 132.0 + 4.0) / std::sqrt(yield);
    const std::string words = "26x16.5 --d0 0.1 --wafer-price 20000 --line-yield 0.9 --sort-test 4 --final-coverage 0 ";
    const auto half = json_of(words + "--sort-coverage 0.5");
    CHECK(half["cost"]["known_good_die"].get<double>() == doctest::Approx(sorted).epsilon(1e-12));
    CHECK(half["cost"]["escapes"].get<double>() == doctest::Approx(1.0 - std::sqrt(yield)).epsilon(1e-9));
    CHECK(json_of(words)["cost"]["escapes"].get<double>() == doctest::Approx(0.0));
    const auto unsorted = json_of(words + "--sort-coverage 0");
    CHECK(unsorted["cost"]["escapes"].get<double>() == doctest::Approx(1.0 - yield).epsilon(1e-9));
}

TEST_CASE("die: a reported yield with its area gives the density; without an area it is refused") {
    // published conversions at 120 mm^2 and alpha 3: 50 % means 0.650, 60 % means 0.464 defects per cm^2
    const auto half = json_of("26x16.5 --reported-yield \"50 %\" --reported-area 120");
    CHECK(half["d0_per_cm2"].get<double>() == doctest::Approx(0.650).epsilon(1e-3));
    CHECK(half["yield"]["negative_binomial"].get<double>() == doctest::Approx(0.139).epsilon(5e-3));
    CHECK(json_of("26x16.5 --reported-yield 0.6 --reported-area 120")["d0_per_cm2"].get<double>() ==
          doctest::Approx(0.464).epsilon(1e-3));
    // the die of which it was reported has that yield again, beside losses of other kinds
    const auto again = json_of("10x12 --reported-yield 0.54 --reported-area \"1.2 cm^2\" --parametric-yield 0.9");
    CHECK(again["yield"]["negative_binomial"].get<double>() * 0.9 == doctest::Approx(0.54).epsilon(1e-9));
    const auto range = json_of("26x16.5 --reported-yield \"50 to 65 %\" --reported-area 120 --wafer-price 20_000");
    CHECK(range["spread"]["plain"]["ratio"].get<double>() > 1.2);
    for (const auto* wrong : {"--reported-yield 0.5", "--reported-yield 1.2 --reported-area 120",
                              "--reported-yield 0 --reported-area 120", "--reported-yield 0.5 --reported-area 0",
                              "--reported-yield 0.95 --reported-area 120 --parametric-yield 0.9"}) {
        const Outcome outcome = run(std::string("26x16.5 ") + wrong);
        CAPTURE(wrong);
        CHECK(outcome.exit == 3);
        CHECK(outcome.text.find("reported-") != std::string::npos);
        CHECK(outcome.text.find("nan") == std::string::npos);
    }
    CHECK(run("26x16.5 --reported-yield 0.5 --reported-area 120 --d0 0.1").exit == 2);
}

TEST_CASE("die: test by time costs what its tester costs") {
    const std::string words = "20x13 --d0 0.15 --wafer-price 9000 ";
    CHECK(json_of(words + "--tester-rate 360 --sort-time 30 --final-time \"2 min\"")["cost"] ==
          json_of(words + "--sort-test 3 --final-test 12")["cost"]);
    CHECK(run(words + "--sort-time 30").text.find("sort-time: it changes nothing without --tester-rate") !=
          std::string::npos);
    CHECK(run(words + "--tester-rate=-3 --sort-time 30").exit == 2);
}

TEST_CASE("die: a solved price is that of --wafer-price, at a site with a premium too") {
    const std::string words = "20x13 --d0 0.15 --premium \"10 %\" --wafer-price ";
    const auto j = json_of(words + "9000 --solve price --target 61.5");
    const double price = j["solve"]["value"];
    CHECK(json_of(words + std::to_string(price))["cost"]["die"].get<double>() == doctest::Approx(61.5).epsilon(1e-6));
}

TEST_CASE("die: a process of the catalogue gives density, price and masks, whatever the case of its name") {
    const auto j = json_of("26x16.5 --process N5");
    CHECK(j["d0_per_cm2"].get<double>() > 0.0);
    CHECK(j["cost"]["die"].get<double>() > 0.0);
    CHECK(j["remarks"][0].get<std::string>().find("process n5 of TSMC") != std::string::npos);
    CHECK(j == json_of("26x16.5 --process n5"));
    const auto later = json_of("26x16.5 --process sf2 --date 2029Q1");
    CHECK(later["d0_per_cm2"].get<double>() <
          json_of("26x16.5 --process sf2 --date 2026Q2")["d0_per_cm2"].get<double>());
}

TEST_CASE("die: the drawing is written whole, and as text to standard output") {
    const auto file = std::filesystem::temp_directory_path() / "autarky_test_wafer.svg";
    CHECK(run("20x20 --d0 0.2 --svg " + file.string()).exit == 0);
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    std::filesystem::remove(file);
    CHECK(text.str().starts_with("<svg "));
    CHECK(text.str().ends_with("</svg>\n"));
    CHECK(run("20x20 --d0 0.2 --svg -").text == text.str());
    CHECK(run("20x20 --svg /nonexistent/wafer.svg").exit == 5);
}

TEST_CASE("inches and thousandths of them are read, for both sides") {
    for (const auto* size : {"'1x1 in'", "'1 inch x 1 inch'", "'1000x1000 mil'", "'25.4x25.4'"}) {
        const Outcome outcome = run(std::string(size) + " --json");
        CAPTURE(outcome.text);
        REQUIRE(outcome.exit == 0);
        CHECK(nlohmann::json::parse(outcome.text).at("area_mm2").get<double>() ==
              doctest::Approx(645.16).epsilon(1e-12));
    }
}
