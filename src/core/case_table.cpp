// autarky: reads tables of published cases and computes each of them.
// SPDX-License-Identifier: Apache-2.0
#include "core/case_table.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <sstream>
#include <utility>

namespace autarky {

CaseInputs::CaseInputs(std::string_view text) {
    std::istringstream words{std::string(text)};
    words.exceptions(std::ios::badbit); // a stream would end the text where memory runs out
    std::string word;
    while (words >> word) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos) throw CaseError("input '" + word + "' has no '='");
        values_[word.substr(0, equals)] = word.substr(equals + 1);
    }
}

const std::string& CaseInputs::word(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) throw CaseError("input '" + name + "' is missing");
    return found->second;
}

double CaseInputs::number(const std::string& name) const {
    const std::string& text = word(name);
    double value = 0.0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (trouble != std::errc{} || end != text.data() + text.size())
        throw CaseError("input '" + name + "' is '" + text + "', which is no number");
    return value;
}

double CaseInputs::number_or(const std::string& name, double fallback) const {
    return values_.contains(name) ? number(name) : fallback;
}

namespace {

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
        throw CaseError(fmt::format("{} is '{}', which is no number", what, text));
    return value;
}

/// The columns of a table: case, quantity, inputs, expected, tolerance ("1e-9" relative or "abs 0.005"), note.
ValidationCase computed(const std::vector<std::string>& row, const std::string& source, const CaseQuantity& compute) {
    ValidationCase result;
    result.name = row[0];
    result.source = source;
    result.note = row.size() > 5 ? row[5] : "";
    try {
        if (row.size() < 5) throw CaseError("fewer than five columns");
        result.expected = number(row[3], "expected");
        result.relative = !row[4].starts_with("abs ");
        result.tolerance = number(result.relative ? row[4] : row[4].substr(4), "tolerance");
        result.got = compute(row[1], CaseInputs(row[2]));
        return judged(std::move(result));
    } catch (const CaseError& error) {
        result.note = fmt::format("not computed: {}", error.what());
        result.pass = false;
        return result;
    }
}

} // namespace

std::vector<ValidationCase> case_table(const std::filesystem::path& path, const CaseQuantity& quantity) {
    std::ifstream file(path);
    if (!file)
        return {{.name = path.parent_path().filename().string(),
                 .source = path.string(),
                 .note = "not computed: cannot be read"}};
    file.exceptions(std::ios::badbit);
    std::vector<ValidationCase> result;
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
            result.push_back(computed(cells(line), source, quantity));
    }
    return result;
}

} // namespace autarky
