// autarky: hostile text: limits with a sentence, no crash, no hang.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <chrono>
#include <fstream>
#include <sstream>

#include "mini.hpp"

using namespace autarky;
using test::read_text;

namespace {

std::string repeated(const std::string& part, std::size_t times) {
    std::string out;
    out.reserve(part.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        out += part;
    return out;
}

/// Reads within ten seconds, which leaves room for sanitizers; the work itself takes well under one.
test::Reading read_in_time(const std::string& text) {
    const auto start = std::chrono::steady_clock::now();
    auto r = read_text(text);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
    return r;
}

const std::string begin = "horizon.start = \"2026Q1\"\n";

} // namespace

TEST_CASE("a text above 8 MB is refused with a sentence") {
    const auto r = read_in_time("# " + std::string(10'000'000, 'x') + "\n");
    CHECK(r.findings == "t.toml: error[E0602]: the file has 10.0 MB, more than the 8 MB that a scenario may have\n     "
                        " = is this the right file?\n");
}

TEST_CASE("deep nesting is refused, however it is written") {
    for (const auto& text : {"a = " + std::string(100'000, '['), "a = " + repeated("{ b = ", 100'000),
                             "[" + repeated("a.", 100'000) + "a]\n", repeated("a.", 100'000) + "a = 1\n",
                             repeated("\"a\" . ", 100'000) + "a = 1\n"}) {
        const auto r = read_in_time(text);
        CHECK(r.findings.find("error[E0103]: lists or tables are nested more than 32 deep here") != std::string::npos);
    }
}

TEST_CASE("too many values are refused") {
    CHECK(read_in_time("a = [" + repeated("1,", 200'000) + "]\n")
              .findings.find("error[E0103]: the file has more than 100000 values") != std::string::npos);
    CHECK(read_in_time(repeated("[[claim]]\n", 150'000)).findings.find("error[E0103]") != std::string::npos);
}

TEST_CASE("tens of thousands of mistakes are collected in time, and twenty of them shown") {
    std::string keys = begin, rows = begin, sources = begin, patterns = begin + "use = [";
    for (int i = 0; i < 40'000; ++i) {
        keys += "k" + std::to_string(i) + " = 1\n";
        rows += "[process.p" + std::to_string(i) + "]\n";
    }
    for (int i = 0; i < 15'000; ++i)
        sources += "[process.p" + std::to_string(i) + "]\nprice = { is = \"1 USD/wafer\", source = \"x" +
                   std::to_string(i) + "\" }\n";
    for (int i = 0; i < 20'000; ++i)
        patterns += "\"process.x" + std::to_string(i) + "\", ";
    CHECK(read_in_time(keys).findings.find("... and 39980 more") != std::string::npos);
    CHECK(read_in_time(rows).findings.find("... and 39980 more") != std::string::npos);
    CHECK(!read_in_time(sources).ok);
    CHECK(read_in_time(patterns + "]\n").findings.find("use: the list has 20000 entries") != std::string::npos);
}

TEST_CASE("thousands of unfinished rows beside the whole catalogue are told in time") {
    std::ostringstream text;
    text << std::ifstream(AUTARKY_SOURCE_DIR "/scenarios/ai5.toml").rdbuf();
    auto request = test::text_request(text.str() + '\n');
    request.data_folder = AUTARKY_SOURCE_DIR;
    for (int i = 0; i < 6'000; ++i)
        *request.text += "[process.p" + std::to_string(i) + "]\nwafer_price = \"x USD/wafer\"\n";
    const auto start = std::chrono::steady_clock::now();
    const auto found = check(request);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
    CHECK(found.render().find("... and ") != std::string::npos);
}

TEST_CASE("many rows with references are read in time") {
    std::string text = begin + "[source.s]\ntitle = \"S\"\ngrade = \"assumption\"\n";
    for (int i = 0; i < 10'000; ++i) {
        const auto n = std::to_string(i);
        text += "[process.p" + n + "]\nsource = \"s\"\nprice = \"1 USD/wafer\"\n[site.s" + n + "]\nprocess = \"p" + n +
                "\"\n";
    }
    const auto r = read_in_time(text);
    CHECK(r.ok);
    CHECK(r.mini.site.size() == 10'000);
}

TEST_CASE("variants in their hundreds, and a mesh of variants, are handled in time") {
    std::string many, mesh;
    for (int i = 0; i < 300; ++i)
        many += "[variant.v" + std::to_string(i) + "]\n";
    CHECK(read_in_time(begin + many).findings.find("the scenario has 300 variants") != std::string::npos);
    for (int i = 0; i < 60; ++i) { // every one extends the two before it: 2^60 ways
        mesh += "[variant.v" + std::to_string(i) + "]\n";
        if (i > 1) mesh += "extends = [\"v" + std::to_string(i - 1) + "\", \"v" + std::to_string(i - 2) + "\"]\n";
    }
    const auto r = read_text(begin + mesh, {}, {"v59"});
    CHECK(r.ok);
    CHECK(std::count(r.tables.variant.begin(), r.tables.variant.end(), '+') == 59); // each once
}

TEST_CASE("a large group of correlations is answered in time") {
    std::string text = begin + "[source.s]\ntitle = \"S\"\ngrade = \"assumption\"\n", links;
    for (int i = 0; i < 70; ++i)
        text += "[process.p" + std::to_string(i) + "]\nsource = \"s\"\nprice = \"1 to 2 USD/wafer\"\n";
    for (int i = 1; i < 70; ++i)
        links += "[[correlation]]\nbetween = [\"process.p0.price\", \"process.p" + std::to_string(i) +
                 ".price\"]\nrho = 0.1\n";
    CHECK(read_in_time(text + links).findings.find("70 inputs are correlated with each other") != std::string::npos);
}

TEST_CASE("long words, long numbers and control characters are told, not choked on") {
    CHECK(!read_in_time(begin + "[process.a]\nprice = \"" + std::string(1'000'000, '9') + " USD/wafer\"\n").ok);
    CHECK(!read_in_time(begin + "[process.a]\nprice = \"1 " + std::string(1'000'000, 'x') + "\"\n").ok);
    CHECK(!read_in_time(begin + "[process.a]\nprice = \"" + repeated("truncate(", 100'000) + "\"\n").ok);
    CHECK(!read_in_time(begin + "[process.a]\nprice = \"discrete(" + repeated("1: 0.5, ", 100'000) + "\"\n").ok);
    CHECK(!read_in_time(begin + std::string("a = \"\0\"\n", 8)).ok);
    CHECK(!read_in_time(std::string(1'000'000, '\0')).ok);
    CHECK(!read_in_time("\xEF\xBB\xBF").ok); // only a byte order mark
    CHECK(!read_in_time("'''").ok);
    CHECK(!read_in_time("\"\"\"\\").ok);
    CHECK(!read_in_time("a = 1e").ok);
}

TEST_CASE("a series with thousands of knots is refused") {
    std::string knots;
    for (int i = 0; i < 2000; ++i)
        knots += "[\"2026Q1\", \"1 x\"], ";
    CHECK(read_in_time(begin + "[site.a]\nprocess = \"b\"\npremium = [" + knots + "]\n")
              .findings.find("the series has 2000 knots") != std::string::npos);
}
