// autarky: reads the tables of published cases and computes each of them.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/peers/cases.hpp"

#include <array>
#include <charconv>
#include <fstream>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "silicon/peers/inputs.hpp"

namespace autarky::silicon {
namespace {

using Compute = double (*)(std::string_view, const peers::CaseInputs&);

struct Peer {
    std::string_view name;
    Compute compute;
};
constexpr std::array peer_table{Peer{"actuary", peers::actuary_value}, Peer{"catch", peers::catch_value},
                                Peer{"ttm", peers::ttm_value},         Peer{"google", peers::google_value},
                                Peer{"cset", peers::cset_value},       Peer{"llmcompass", peers::llmcompass_value}};

/// Cells of a line of comma-separated values; a cell may be quoted, with "" for a quote.
std::vector<std::string> cells(std::string_view line) {
    std::vector<std::string> result(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
            result.back() += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            result.emplace_back();
        } else if (c != '\r') {
            result.back() += c;
        }
    }
    return result;
}

double number(const std::string& text, const char* what) {
    double value = 0.0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (trouble != std::errc{} || end != text.data() + text.size())
        throw peers::CaseError(fmt::format("{} is '{}', which is no number", what, text));
    return value;
}

/// The columns of a table: case, quantity, inputs, expected, tolerance ("1e-9" relative or "abs 0.005"), note.
ValidationCase computed(const std::vector<std::string>& row, const std::string& source, Compute compute) {
    ValidationCase result;
    result.name = row[0];
    result.source = source;
    result.note = row.size() > 5 ? row[5] : "";
    try {
        if (row.size() < 5) throw peers::CaseError("fewer than five columns");
        result.expected = number(row[3], "expected");
        result.relative = !row[4].starts_with("abs ");
        result.tolerance = number(result.relative ? row[4] : row[4].substr(4), "tolerance");
        result.got = compute(row[1], peers::CaseInputs(row[2]));
        return judged(std::move(result));
    } catch (const peers::CaseError& error) {
        result.note = fmt::format("not computed: {}", error.what());
        result.pass = false;
        return result;
    }
}

} // namespace

std::vector<std::string_view> silicon_peers() {
    std::vector<std::string_view> names;
    for (const auto& peer : peer_table)
        names.push_back(peer.name);
    return names;
}

std::vector<ValidationCase> silicon_peer_cases(std::string_view peer, const std::filesystem::path& validation_folder) {
    std::vector<ValidationCase> result;
    for (const auto& known : peer_table) {
        if (known.name != peer) continue;
        const auto path = validation_folder / std::string(peer) / "cases.csv";
        std::ifstream file(path);
        if (!file)
            return {{.name = std::string(peer), .source = path.string(), .note = "not computed: cannot be read"}};
        std::string source;
        std::string line;
        bool header = true;
        while (std::getline(file, line)) {
            if (line.starts_with("# source: "))
                source = line.substr(10);
            else if (line.empty() || line.front() == '#')
                continue;
            else if (std::exchange(header, false))
                continue;
            else
                result.push_back(computed(cells(line), source, known.compute));
        }
    }
    return result;
}

} // namespace autarky::silicon
