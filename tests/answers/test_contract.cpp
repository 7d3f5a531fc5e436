// autarky: what holds for every question and answer.
// SPDX-License-Identifier: Apache-2.0
//
// Strict JSON that fits its own schema, every key explained, the same bytes from the command line and from the library,
// tables, and text that fits 80 columns.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "answers/questions.hpp"
#include "examples.hpp"
#include "schema_check.hpp"

using namespace autarky;
using namespace autarky::answers;
using Json = nlohmann::json;

namespace {

Reply ask(const test::Example& example) {
    static const Catalogue catalogue;
    const auto* entry = find_question(example.name);
    REQUIRE_MESSAGE(entry != nullptr, example.name);
    return entry->ask(*entry, catalogue, given_in_json(example.request), {});
}

std::string printed(const std::string& words) {
    std::FILE* pipe =
        popen(("'" AUTARKY_PROGRAM "' " + words + " 2>/dev/null").c_str(), "r"); // warnings are no part of it
    REQUIRE(pipe != nullptr);
    std::string out;
    std::array<char, 65536> chunk{};
    for (std::size_t n = 0; (n = std::fread(chunk.data(), 1, chunk.size(), pipe)) > 0;)
        out.append(chunk.data(), n);
    pclose(pipe);
    return out;
}

/// Calls `see` for every item of a shape, records opened once.
void for_each_item(const show::RecordShape& shape, std::set<const show::RecordShape*>& seen,
                   const std::function<void(const show::ItemShape&)>& see) {
    if (!seen.insert(&shape).second) return;
    for (const auto& item : shape.items) {
        see(item);
        const auto* value = &item.value;
        while (!value->element.empty())
            value = &value->element.front();
        if (value->kind == show::Kind::record) for_each_item(value->record(), seen, see);
    }
}

} // namespace

TEST_CASE("every question has an example here") {
    std::set<std::string_view> shown{
        "surface"}; // makes a table of the catalogue for minutes; its parts have tests of their own
    const auto all = test::examples();
    for (const auto& example : all)
        shown.insert(example.name);
    for (const auto* entry : questions())
        CHECK_MESSAGE(shown.contains(entry->name), entry->name);
}

TEST_CASE("JSON is strict, fits its own schema, and its tables have no ragged rows") {
    for (const auto& example : test::examples()) {
        CAPTURE(example.words);
        const auto* entry = find_question(example.name);
        const auto reply = ask(example);
        const auto json = Json::parse(reply.json()); // strict: no NaN, no infinity, no stray byte
        const auto schema = Json::parse(entry->answer_schema());
        const auto broken = test::violations(json, schema, schema);
        CHECK_MESSAGE(broken.empty(), (broken.empty() ? "" : broken.front()));
        if (json.is_object()) CHECK(json.at("schema") == entry->schema());
        for (const auto& table : reply.tables())
            for (const auto& row : table.rows)
                CHECK(row.size() == table.columns.size());
    }
}

TEST_CASE("what was odd about the input stands at the end of the answer, and is no table of it") {
    const auto* entry = find_question("flow");
    const auto asked = [&](const std::string& file) {
        return entry->ask(*entry, Catalogue(), given_in_json(R"({"feeder": ")" + file + "\"}"), {});
    };
    const auto odd = asked(test::data() + "/odd_feeder.json");
    const auto json = Json::parse(odd.json());
    std::vector<std::string> codes;
    for (const auto& warning : json.at("warnings")) {
        codes.push_back(warning.at("code"));
        CHECK(warning.at("severity") == "warning");
        CHECK(warning.at("file") == test::data() + "/odd_feeder.json");
    }
    CHECK(codes == std::vector<std::string>{"W0410", "W0414"});
    CHECK(odd.json().rfind("\"warnings\"") > odd.json().rfind("\"branches\""));
    const auto plain = asked(test::lv_network());
    CHECK_FALSE(Json::parse(plain.json()).contains("warnings"));
    CHECK(odd.tables().size() == plain.tables().size());
}

/// Paths of all keys: ".cases[].years[].year"; names that a scenario or a file gives are "<name>".
void add_keys(const Json& json, const std::string& path, std::set<std::string>& keys) {
    static const std::set<std::string> with_names{"metrics", "binding", "unsupported", "never_used_by_reason_mm2"};
    if (json.is_array())
        for (const auto& one : json)
            add_keys(one, path + "[]", keys);
    if (!json.is_object()) return;
    const bool is_named = with_names.contains(path.substr(path.rfind('.') + 1));
    for (const auto& [key, value] : json.items()) {
        const auto inner = path + "." + (is_named ? "<name>" : key);
        keys.insert(inner);
        add_keys(value, inner, keys);
    }
}

TEST_CASE("keys that programs rely on since November 2026 are still there") {
    std::map<std::string, std::set<std::string>> keys;
    for (const auto& example : test::examples())
        add_keys(Json::parse(ask(example).json()), "", keys[example.name]);
    std::ifstream file(AUTARKY_TEST_DATA_DIR "/keys.txt");
    std::size_t n = 0;
    for (std::string name, key; file >> name >> key; ++n)
        CHECK_MESSAGE(keys[name].contains(key), (name + " " + key));
    CHECK(n > 600);
}

TEST_CASE("every key of every answer says what it is, and every number has a unit") {
    for (const auto* entry : questions()) {
        std::set<const show::RecordShape*> seen;
        for_each_item(entry->answer(), seen, [&](const show::ItemShape& item) {
            CAPTURE(std::string(entry->name) + "." + std::string(item.key));
            CHECK_FALSE(item.doc.empty());
            auto kind = item.value.kind;
            for (const auto* value = &item.value; !value->element.empty(); value = &value->element.front())
                kind = value->element.front().kind;
            const bool is_number =
                kind == show::Kind::number || kind == show::Kind::integer || kind == show::Kind::natural;
            CHECK(is_number == !item.unit.empty());
        });
        for (const auto& field : entry->question().fields)
            CHECK_MESSAGE(!field.doc.empty(), field.key);
    }
}

TEST_CASE("the command line prints the bytes of the library") {
    for (const auto& example : test::examples()) {
        if (example.name == "design") continue; // two sweeps are long
        if (example.words.empty()) continue;    // what these write is no JSON
        CAPTURE(example.words);
        CHECK(printed(example.words + " --json") == ask(example).json());
    }
}

TEST_CASE("text fits 80 columns, and has no number that is none") {
    for (const auto& example : test::examples()) {
        CAPTURE(example.words);
        const auto text = with_field_names(ask(example).text({80, false, false}));
        std::string_view rest = text;
        while (!rest.empty()) {
            const auto end = std::min(rest.find('\n'), rest.size());
            CHECK_MESSAGE(show::cells(rest.substr(0, end)) <= 80, std::string(rest.substr(0, end)));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        CHECK_FALSE(std::regex_search(text, std::regex("\\b(nan|inf)\\b")));
        CHECK(text.find('\x0E') == std::string::npos); // every mark of a field has its name
    }
}

TEST_CASE("findings about a question name its field") {
    const auto field_of = [](const char* name, const char* request) -> std::string {
        const auto* entry = find_question(name);
        try {
            (void)entry->ask(*entry, Catalogue(), given_in_json(request), {});
            return "nothing";
        } catch (const InputError& error) {
            return error.diagnostics.items().front().field;
        }
    };
    CHECK(field_of("nation", R"({"managed": 1.5})") == "managed");
    CHECK(field_of("die", R"({"size": ["10x10"], "target": 5})") == "target");
    CHECK(field_of("chip", R"({"chip": "hw3", "as": "scalesim"})") == "as");
    CHECK(field_of("host", R"({"street": "us-pole-25", "devices": 40})") == "devices");
    CHECK(field_of("host", R"({"street": "us-pole-25", "region": "us"})") == "region");
    CHECK(field_of("fix", R"({"street": "us-pole-25", "placements": 3})") == "placements");
    CHECK(field_of("flow", R"({"feeder": "nowhere"})") == "feeder");
    CHECK(field_of("flow", R"({"feeder": "cigre_lv", "symmetric": true, "asymmetric": true})") == "asymmetric");
    CHECK(field_of("age", R"({})") == "load");
    CHECK(field_of("age", R"({"load": "day.csv", "start": "warm"})") == "start");
    CHECK(field_of("age", R"({"target": ["nowhere"], "load": "day.csv"})") == "target");
    CHECK(field_of("explain", R"({"metric": "npv", "at": "2028Q5"})") == "at");
    CHECK(field_of("flip", R"({"input": ["chip.nowhere"]})") == "input");
    CHECK(field_of("stress", R"({"event": ["strait_blokade"]})") == "event");
    CHECK(field_of("stress", R"({})") == "event");
    CHECK(field_of("stress", R"({"severity": 0.5})") == "severity");
    CHECK(field_of("worth", R"({"samples": 3})") == "samples");
    CHECK(field_of("plan", R"({"scenario": "ai5", "least": 2, "most": 1})") == "least");
    CHECK(field_of("plan", R"({"scenario": "ai5", "without": ["samsung_tailor_sf2"]})") == "without");
    CHECK(field_of("plan", R"({"scenario": "ai5", "until": "2050Q1"})") == "until");
    CHECK(field_of("plan", R"({"scenario": "ai5", "cvar_level": 1.2})") == "cvar_level");
    CHECK(field_of("design", R"({"workload": ["resnet-50"], "deadline": 0})") == "deadline");
}

TEST_CASE("a list that a question needs and that holds nothing is missing, whatever the question") {
    std::size_t lists = 0;
    for (const auto* entry : questions())
        for (const auto& field : entry->question().fields) {
            if (!field.is_required || !field.is_list) continue;
            ++lists;
            CAPTURE(entry->name);
            Given given;
            for (const auto& other : entry->question().fields) // nothing else is missing
                if (other.is_required && other.key != field.key) given.emplace_back(other.key, Value{std::string("1")});
            given.emplace_back(field.key, Value{Values{}});
            try {
                (void)entry->ask(*entry, Catalogue(), given, {});
                FAIL("it was answered");
            } catch (const InputError& error) {
                const auto& all = error.diagnostics.items();
                CHECK(std::any_of(all.begin(), all.end(), [&](const Diagnostic& one) {
                    return one.field == field.key && one.code == "E0506";
                }));
            }
        }
    CHECK(lists > 0);
}

/// Probabilities that stand beside a count of no sample or future.
void add_baseless(const Json& json, std::vector<std::string>& found) {
    if (!json.is_structured()) return;
    bool is_baseless = false;
    for (const char* count : {"samples", "futures"})
        is_baseless = is_baseless || (json.is_object() && json.contains(count) && json[count] == 0);
    for (const auto& [key, value] : json.items()) {
        if (is_baseless && key.starts_with("p_") && !value.is_null()) found.push_back(key);
        add_baseless(value, found);
    }
}

TEST_CASE("a question that is stopped before a future is finished has no probability of none") {
    std::stop_source stopped;
    stopped.request_stop();
    const Watch watch{.progress = {}, .stop = stopped.get_token(), .threads = 1, .notice = {}};
    std::size_t n_refused = 0;
    for (const auto& example : test::examples()) {
        CAPTURE(example.name + " " + example.request);
        const auto* entry = find_question(example.name);
        const auto& shape = entry->question();
        if (shape.find("samples") == nullptr && shape.find("futures") == nullptr) continue;
        try {
            std::vector<std::string> found;
            add_baseless(Json::parse(entry->ask(*entry, Catalogue(), given_in_json(example.request), watch).json()),
                         found);
            CHECK_MESSAGE(found.empty(), (found.empty() ? "" : found.front()));
        } catch (const InputError&) { // the faces say that it was stopped
            ++n_refused;
        }
    }
    CHECK(n_refused > 5);
}
