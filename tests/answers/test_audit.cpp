// autarky: the audit as it is asked for: its filters, its JSON and the explanation of a claim.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "answers/audit.hpp"
#include "answers/explain.hpp"

using namespace autarky;
using Json = nlohmann::json;

namespace {

Json asked(const answers::Entry& entry, Json question) {
    question["scenario"] = std::string(AUTARKY_SOURCE_DIR) + "/tests/model/data/claims.toml";
    if (&entry == &answers::audit_entry) question["samples"] = 300;
    return Json::parse(entry.ask(entry, answers::Catalogue(), answers::given_in_json(question.dump()), {}).json());
}

std::string refused(const answers::Entry& entry, const Json& question) {
    try {
        asked(entry, question);
    } catch (const InputError& error) {
        return error.diagnostics.render();
    }
    return "not refused";
}

std::string ids(const Json& rows) {
    std::string out;
    for (const auto& row : rows)
        out += row["id"].get<std::string>() + " ";
    return out;
}

} // namespace

TEST_CASE("an audit shows the claims of a section, and those with a word in them") {
    CHECK(ids(asked(answers::audit_entry, {})) == "T1 T2 T3 T4 T5 T6 ");
    CHECK(ids(asked(answers::audit_entry, {{"section", "2"}})) == "T4 T5 ");
    CHECK(ids(asked(answers::audit_entry, {{"section", "notes"}})) == "T6 ");
    CHECK(ids(asked(answers::audit_entry, {{"word", "COIN"}})) == "T2 ");
    CHECK(ids(asked(answers::audit_entry, {{"word", "merchant.list"}, {"section", "1"}})) == "T1 T2 T3 ");
    CHECK(ids(asked(answers::audit_entry, {{"word", "T6"}})) == "T6 ");
}

TEST_CASE("a word of the audit's own shows the claims that were judged so, and all of them together are all claims") {
    std::size_t n = 0;
    for (const char* word : {"holds", "leans", "open", "unlikely", "Fails", "cannot be judged"}) {
        const auto rows = asked(answers::audit_entry, {{"word", word}});
        n += rows.size();
        for (const auto& row : rows)
            CHECK(row["verdict"] == (std::string(word) == "Fails" ? "fails" : word));
    }
    CHECK(n == 6);
}

TEST_CASE("a scenario without a claim has an audit without a row") {
    const Json question{{"scenario", std::string(AUTARKY_SOURCE_DIR) + "/tests/model/data/uncertain.toml"},
                        {"samples", 100}};
    const auto reply = answers::audit_entry.ask(answers::audit_entry, answers::Catalogue(),
                                                answers::given_in_json(question.dump()), {});
    CHECK(Json::parse(reply.json()) == Json::array());
}

TEST_CASE("a section or a word that no claim has is refused with what there is") {
    auto told = refused(answers::audit_entry, {{"section", "3"}});
    CHECK(told.find("no claim is of section '3'") != std::string::npos);
    told = refused(answers::audit_entry, {{"section", "ntoes"}});
    CHECK(told.find("did you mean 'notes'?") != std::string::npos);
    told = refused(answers::audit_entry, {{"word", "alliancee"}});
    CHECK(told.find("no claim has 'alliancee' in it") != std::string::npos);
    CHECK(told.find("did you mean 'alliance'?") != std::string::npos);
    told = refused(answers::audit_entry, {{"word", "coin"}, {"section", "2"}});
    CHECK(told.find("no claim of section 2 has 'coin' in it") != std::string::npos);
}

TEST_CASE("the JSON of an audit says on what a claim was judged and how sure its verdict is") {
    const auto rows = asked(answers::audit_entry, {});
    CHECK(rows[0]["section"] == "1");
    CHECK(rows[0]["only_if"].get<std::string>().starts_with("merchant.first.list_price is at least"));
    CHECK(rows[0]["border"] == 0.5);
    CHECK(rows[0]["futures"] == 300);
    CHECK(rows[2]["less"] == "merchant.list_price");
    CHECK(rows[2]["verdict"] == "holds");
    CHECK(rows[2]["border"].is_null());
    CHECK(rows[2]["only_if"].is_null());
    CHECK(rows[3]["given"] == "T1");
    CHECK(rows[5]["verdict"] == "cannot be judged");
    CHECK(rows[5]["why"] == "a motive");
}

TEST_CASE("a claim is explained by its metric in its quarter") {
    const auto by_claim = asked(answers::explain_entry, {{"metric", "T1"}});
    const auto by_metric = asked(answers::explain_entry, {{"metric", "merchant.list_price"}, {"at", "2026Q4"}});
    CHECK(by_claim["claim"]["id"] == "T1");
    CHECK(by_claim["claim"]["stated"] == "828.016 USD/chip");
    CHECK(by_claim["claim"]["compare"] == "at_least");
    CHECK(by_claim["metric"] == "merchant.list_price");
    CHECK(by_claim["tree"] == by_metric["tree"]);
    CHECK_FALSE(by_metric.contains("claim"));
    CHECK(asked(answers::explain_entry, {{"metric", "T1"}, {"at", "2027Q1"}})["quarter"] == "2027Q1");
    CHECK(refused(answers::explain_entry, {{"metric", "T6"}}).find("claim T6 has no metric: It is an alliance") !=
          std::string::npos);
    CHECK(refused(answers::explain_entry, {{"metric", "T9"}}).find("there is no metric or claim 'T9'") !=
          std::string::npos);
}
