// autarky: what holds for every question and answer.
// SPDX-License-Identifier: Apache-2.0
//
// Strict JSON that fits its own schema, every key explained, the same bytes from the command line and from the library,
// tables, and text that fits 80 columns.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
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
#include "schema_check.hpp"

using namespace autarky;
using namespace autarky::answers;
using Json = nlohmann::json;

namespace {

const std::string scenario = std::string(AUTARKY_SOURCE_DIR) + "/tests/model/data/uncertain.toml";
const std::string data = AUTARKY_TEST_DATA_DIR;
/// Without a transformer, and with a line without a rating: criteria that cannot be judged.
const std::string feeder = data + "/feeder.json";
const std::string lv_network = AUTARKY_SOURCE_DIR "/catalogue/grid/feeders/cigre_lv.json";
const std::string batch = data + "/batch.json";

struct Example {
    std::string name, request, words; ///< words of the command line that ask the same
};

std::vector<Example> examples() {
    const auto about = [](const std::string& more) { return R"({"scenario": ")" + scenario + "\"" + more + "}"; };
    return {
        {"run", about(R"(, "samples": 64)"), "run " + scenario + " -n 64"},
        {"explain", about(R"(, "metric": "chip.unit_cost", "at": "2028Q1")"),
         "explain chip.unit_cost " + scenario + " --at 2028Q1"},
        {"explain", about(R"(, "metric": "npv")"), "explain npv " + scenario},
        {"metrics", R"({"glob": "grid.*"})", "metrics 'grid.*'"},
        {"audit", R"({"samples": 200})", "audit -n 200"},
        {"validate", R"({"peer": ["yield"]})", "validate --peer yield"},
        {"check", about(""), "check " + scenario},
        {"sources", about(""), "sources " + scenario},
        {"sources", about(R"(, "summary": true)"), "sources --summary " + scenario},
        {"code", R"({"code": "E0203"})", "code E0203"},
        {"new", R"({"device": "drone", "process": "sf2p", "no_robots": true})", ""},
        {"shard", about(R"(, "samples": 640, "shards": 7)"), ""},
        {"die", R"({"size": ["26x16.5"]})", "die 26x16.5"},
        {"die",
         R"({"size": ["26x16.5", "25.5x31.9:144/12"], "uncore_share": "40 %", "d0": "0.08 to 0.4", "wafer_price": 20000, "package": 30,
             "bins": "0:900,12:700"})",
         "die 26x16.5 25.5x31.9:144/12 --uncore-share '40 %' --d0 '0.08 to 0.4' --wafer-price 20000 --package 30 "
         "--bins 0:900,12:700"},
        {"die",
         R"({"size": ["26x16.5"], "d0": "0.08 to 0.4", "wafer_price": 20000, "package": 30, "solve": "price", "target": 900})",
         "die 26x16.5 --d0 '0.08 to 0.4' --wafer-price 20000 --package 30 --solve price --target 900"},
        {"die", R"({"area": 400, "process": "n5", "solve": "price", "target": 100})",
         "die --area 400 --process n5 --solve price --target 100"},
        {"die", R"({"size": ["20x20"], "d0": 9, "wafer_price": 20000, "solve": "price", "target": 1e-300})",
         "die 20x20 --d0 9 --wafer-price 20000 --solve price --target 1e-300"},
        {"package", R"({"die": ["13x16.4*2"], "d0": 0.1, "wafer_price": 20000, "kind": "interposer"})",
         "package '13x16.4*2' --d0 0.1 --wafer-price 20000 --kind interposer"},
        {"package", R"({"die": ["20x20*3"], "d0": 0.2, "wafer_price": 17000})",
         "package '20x20*3' --d0 0.2 --wafer-price 17000"},
        {"package",
         R"({"die": ["13x16.4*2"], "d0": 0.1, "wafer_price": 20000, "kind": "interposer", "carrier": "60x35",
             "panel": "510x515", "carrier_price": 4000, "seam_yield": 0.98})",
         "package '13x16.4*2' --d0 0.1 --wafer-price 20000 --kind interposer --carrier 60x35 --panel 510x515 "
         "--carrier-price 4000 --seam-yield 0.98"},
        {"reticle", R"({"design": ["8x6*2", "10x5"]})", "reticle '8x6*2' 10x5"},
        {"reticle",
         R"({"design": ["8x6*2", "10x5", "4x4*3"], "d0": 0.1, "wafer_price": 17000, "mask_set": 15000000, "wafers": 25})",
         "reticle '8x6*2' 10x5 '4x4*3' --d0 0.1 --wafer-price 17000 --mask-set 15000000 --wafers 25"},
        {"ttm",
         R"({"node": 7, "chips": 10e6, "transistors": 4.6e9, "unique": 514e6, "engineers": 100, "parallel": 0.6, "queue": 4})",
         "ttm --node 7 --chips 10e6 --transistors 4.6e9 --unique 514e6 --engineers 100 --parallel 0.6 --queue 4"},
        {"ttm", R"({"node": 65, "chips": 1e6, "transistors": 4.6e9, "unique": 0, "engineers": 1, "parallel": 0})",
         "ttm --node 65 --chips 1e6 --transistors 4.6e9 --unique 0 --engineers 1 --parallel 0"},
        {"mcdonald-siegel", R"({"r": 0.04, "delta": 0.04, "sigma": 0.2, "investment": 1, "value": 1.5})",
         "option mcdonald-siegel --r 0.04 --delta 0.04 --sigma 0.2 --investment 1 --value 1.5"},
        {"perpetual-put", R"({"S": 100, "K": 100, "r": 0.05, "sigma": 0.2})",
         "option perpetual-put --S 100 --K 100 --r 0.05 --sigma 0.2"},
        {"black-scholes", R"({"S": 42, "K": 40, "r": 0.1, "sigma": 0.2, "T": 0.5})",
         "option black-scholes --s 42 --k 40 --r 0.1 --sigma 0.2 --t 0.5"},
        {"margrabe", R"({"S1": 100, "S2": 90, "sigma1": 0.2, "sigma2": 0.2, "rho": 1, "T": 1})",
         "option margrabe --S1 100 --S2 90 --sigma1 0.2 --sigma2 0.2 --rho 1 --T 1"},
        {"crr", R"({"S": 100, "K": 100, "r": 0.05, "sigma": 0.2, "T": 1, "right": "put", "american": true})",
         "option crr --S 100 --K 100 --r 0.05 --sigma 0.2 --T 1 --right put --american"},
        {"newsvendor", R"({"mean": 500, "sd": 120, "price": 25, "cost": 12, "salvage": 5})",
         "option newsvendor --mean 500 --sd 120 --price 25 --cost 12 --salvage 5"},
        {"payoff", R"({"row": ["-40,60", "80,20"], "p": "0.3,0.7"})",
         "option payoff --row -40,60 --row 80,20 --p 0.3,0.7"},
        {"payoff", R"({"row": ["1,2"]})", "option payoff --row 1,2"},
        {"workload", "{}", "workload"},
        {"workload", R"({"name": "driving-vision"})", "workload driving-vision"},
        {"chip", "{}", "chip"},
        {"chip", R"({"chip": "hw3"})", "chip hw3"},
        {"chip", R"({"chip": "thor", "customer": ["driving-vision,planning", "robot-pi0"]})",
         "chip thor --customer driving-vision,planning --customer robot-pi0"},
        {"chip", R"({"array": "32x32", "dataflow": "ws", "layers": "resnet-50"})",
         "chip --array 32x32 --dataflow ws --layers resnet-50"},
        {"chip", R"({"chip": "thor", "workload": ["planning"], "precision": "q4_k", "activations": "bf16"})",
         "chip thor --workload planning --precision q4_k --activations bf16"},
        {"design", R"({"workload": ["driving-vision"], "node": [5]})", "design driving-vision --node 5"},
        {"export", "{}", "export"},
        {"export", R"({"chip": "thor", "date": "2023Q4", "history": true})", "export thor --date 2023Q4 --history"},
        {"export", R"({"chip": "h200", "date": "2026-01-15", "destination": "Macau"})",
         "export h200 --date 2026-01-15 --destination Macau"},
        {"export", R"({"tops": ["int8=400"], "data_centre": "yes", "destination": "AE", "headquarters": "CN"})",
         "export --tops int8=400 --data-centre yes --destination AE --headquarters CN"},
        {"export", R"({"frontier": true, "node": 5})", "export --frontier --node 5"},
        {"export", R"({"stack": 2.5})", "export --stack 2.5"},
        {"nation", R"({"region": "europe", "units": 80, "penetration": [0.5]})",
         "grid nation --region europe --units 80 --penetration 0.5"},
        {"nation", R"({"units": 80})", "grid nation --units 80"},
        {"cap", R"({"futures": 50})", "grid cap --futures 50"},
        {"futures", R"({"scenario": "dojo", "futures": 40})", "grid futures dojo --futures 40"},
        {"claims", "{}", "grid claims"},
        {"map", R"({"scenario": "dojo", "samples": 60, "columns": 3, "rows": 3})",
         "map --scenario dojo -n 60 --columns 3 --rows 3"},
        {"break-even", R"({"scenario": "dojo", "samples": 60})", "break-even dojo -n 60"},
        {"flip", about(R"(, "samples": 64)"), "flip " + scenario + " -n 64"},
        {"flip", about(R"(, "samples": 64, "input": ["chip.one.tapeout"])"),
         "flip " + scenario + " -n 64 --input chip.one.tapeout"},
        {"worth", about(R"(, "samples": 300)"), "worth " + scenario + " -n 300"},
        {"update", about(R"(, "samples": 512)"), "update " + scenario + " -n 512"},
        {"update", R"({"samples": 600, "since": "2024", "until": "2026-02"})",
         "update -n 600 --since 2024 --until 2026-02"},
        {"discover", R"({"samples": 400})", "discover -n 400"},
        {"discover", R"({"scenario": "ai5", "samples": 600, "pays": true, "boxes": 1, "most": 4})",
         "discover ai5 -n 600 --pays --boxes 1 --most 4"},
        {"sense", about(R"(, "samples": 64, "screening": 8, "most": 3)"),
         "sense " + scenario + " -n 64 --screening 8 --most 3"},
        {"sense", about(R"(, "metric": "chip.unit_cost", "at": "2028Q1", "screening": 8, "screen": true)"),
         "sense " + scenario + " --metric chip.unit_cost --at 2028Q1 --screening 8 --screen"},
        {"compare", about(R"(, "set": ["economy.discount_rate=\"12 %/year\""], "samples": 64)"),
         "compare " + scenario + " --set 'economy.discount_rate=\"12 %/year\"' -n 64"},
        {"manne", R"({"a": 0.7, "r": 0.1})", "option manne --a 0.7 --r 0.1"},
        {"anchor", about(R"(, "site": "home", "samples": 64)"), "anchor " + scenario + " --site home -n 64"},
        {"paths", R"({"scenario": "ai5", "path": ["taylor_expansion"], "samples": 16})",
         "paths ai5 --path taylor_expansion -n 16"},
        {"wafers", about(R"(, "fails": "home", "from": "2028Q1", "samples": 64)"),
         "wafers " + scenario + " --fails home --from 2028Q1 --samples 64"},
        {"stress", about(R"(, "event": ["strait_blockade", "memory_shortage@2028Q3"], "at": "2028Q1", "samples": 64)"),
         "stress " + scenario + " --event strait_blockade --event memory_shortage@2028Q3 --at 2028Q1 -n 64"},
        {"stress", about(R"(, "site": "home", "for": 0.5, "severity": 0.5, "samples": 64)"),
         "stress " + scenario + " --site home --for 0.5 --severity 0.5 -n 64"},
        {"stress", about(R"(, "site": "home", "severity": 0, "samples": 64)"),
         "stress " + scenario + " --site home --severity 0 -n 64"},
        {"plan", about(R"(, "futures": 6)"), "plan " + scenario + " --futures 6"},
        {"plan", about(R"(, "futures": 4, "risk_weight": 0, "until": "2028Q4", "most": 1, "seed": 2)"),
         "plan " + scenario + " --futures 4 --risk-weight 0 --until 2028Q4 --most 1 --seed 2"},
        {"plan", about(R"(, "futures": 2, "until": "2027Q4", "as": "mps")"),
         "plan " + scenario + " --futures 2 --until 2027Q4 --as mps"},
        {"list", "{}", "grid list"},
        {"host", R"({"street": "us-pole-25", "placements": 6, "devices": 3, "device": "both"})",
         "grid host us-pole-25 --placements 6 --devices 3 --device both"},
        {"host",
         R"({"street": "eu-station-400", "placements": 2, "homes": 40, "limit": 1.1, "managed": 0.5, "seed": 2})",
         "grid host eu-station-400 --placements 2 --homes 40 --limit 1.1 --managed 0.5 --seed 2"},
        {"host", R"({"street": "kerber_landnetz_kabel_1", "placements": 2, "a_load": 1})",
         "grid host kerber_landnetz_kabel_1 --placements 2 --a-load 1"},
        {"host", R"({"street": ")" + feeder + R"(", "placements": 2})", "grid host " + feeder + " --placements 2"},
        {"fix", R"({"street": "us-pole-25", "devices": 6})", "grid fix us-pole-25 --devices 6"},
        {"fix", R"({"street": "kerber_landnetz_kabel_1", "devices": 4, "placements": 2})",
         "grid fix kerber_landnetz_kabel_1 --devices 4 --placements 2"},
        {"flow", R"({"feeder": ")" + lv_network + "\"}", "grid flow " + lv_network},
        {"flow", R"({"feeder": ")" + feeder + R"(", "batch": ")" + batch + "\"}",
         "grid flow " + feeder + " --batch " + batch},
        {"flow", R"({"feeder": ")" + feeder + R"(", "batch": ")" + batch + R"(", "summary": true, "method": "linear"})",
         "grid flow " + feeder + " --batch " + batch + " --summary --method linear"},
        {"flow", R"({"feeder": ")" + data + R"(/phases.json"})", "grid flow " + data + "/phases.json"},
        {"flow", R"({"feeder": ")" + data + R"(/odd_feeder.json"})", "grid flow " + data + "/odd_feeder.json"},
        {"fault", R"({"feeder": ")" + feeder + "\"}", "grid fault " + feeder},
        {"fault", R"({"feeder": ")" + feeder + R"(", "currents": "smallest"})",
         "grid fault " + feeder + " --currents smallest"},
        {"age", R"({"target": [")" + data + R"(/day.csv"]})", "grid age " + data + "/day.csv"},
        {"age", R"({"target": ["eu-station-400"], "load": ")" + data + R"(/day.csv", "between": "line"})",
         "grid age eu-station-400 --load " + data + "/day.csv --between line"},
        {"age", R"({"load": ")" + data + R"(/day.csv", "model": "c57.91-ode", "start": "40"})",
         "grid age --load " + data + "/day.csv --model c57.91-ode --start 40"},
    };
}

Reply ask(const Example& example) {
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
    const auto all = examples();
    for (const auto& example : all)
        shown.insert(example.name);
    for (const auto* entry : questions())
        CHECK_MESSAGE(shown.contains(entry->name), entry->name);
}

TEST_CASE("JSON is strict, fits its own schema, and its tables have no ragged rows") {
    for (const auto& example : examples()) {
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
    const auto odd = asked(data + "/odd_feeder.json");
    const auto json = Json::parse(odd.json());
    std::vector<std::string> codes;
    for (const auto& warning : json.at("warnings")) {
        codes.push_back(warning.at("code"));
        CHECK(warning.at("severity") == "warning");
        CHECK(warning.at("file") == data + "/odd_feeder.json");
    }
    CHECK(codes == std::vector<std::string>{"W0410", "W0414"});
    CHECK(odd.json().rfind("\"warnings\"") > odd.json().rfind("\"branches\""));
    const auto plain = asked(lv_network);
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
    for (const auto& example : examples())
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
    for (const auto& example : examples()) {
        if (example.name == "design") continue; // two sweeps are long
        if (example.words.empty()) continue;    // what these write is no JSON
        CAPTURE(example.words);
        CHECK(printed(example.words + " --json") == ask(example).json());
    }
}

TEST_CASE("text fits 80 columns, and has no number that is none") {
    for (const auto& example : examples()) {
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
    for (const auto& example : examples()) {
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
