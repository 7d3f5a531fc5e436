// autarky: price years and currencies.
// SPDX-License-Identifier: Apache-2.0
#include "input/prices.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <vector>

namespace autarky::scenario {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A currency inside a unit: `prefix` k, M, B or nothing, the code, and the year or 0.
struct Currency {
    std::string_view prefix, code;
    int year = 0;
};

std::optional<Currency> currency_of(std::string_view name, const Prices& prices) {
    const auto known = [&prices](std::string_view code) { return code == "USD" || prices.knows_currency(code); };
    if (known(name)) return Currency{{}, name, 0};
    if (name.size() == 4 && std::string_view("kMB").find(name[0]) != std::string_view::npos && known(name.substr(1)))
        return Currency{name.substr(0, 1), name.substr(1), 0};
    return std::nullopt;
}

double number_of(const Node& node) {
    return node.kind == NodeKind::integer ? static_cast<double>(node.integer) : node.real;
}
bool is_number(const Node& node) { return node.kind == NodeKind::integer || node.kind == NodeKind::real; }

/// A unit with its currency years taken out, and where each remaining byte was.
struct Plain {
    std::string text;
    std::vector<std::size_t> from;
    double factor = 1.0;

    void append(std::string_view part, std::size_t at) {
        for (std::size_t i = 0; i < part.size(); ++i) {
            text += part[i];
            from.push_back(at + i);
        }
    }
};

std::string unit_hint(std::string_view culprit, std::string_view expected) {
    if (culprit.size() == 1 && std::string_view("kKMBG").find(culprit[0]) != std::string_view::npos)
        return "a number has no suffix: write its zeros, or a unit such as kUSD";
    std::vector<std::string_view> names;
    for (const auto& row : unit_table)
        names.push_back(row.name);
    auto hint = did_you_mean(culprit, names);
    if (!hint.empty()) hint += ' ';
    return hint + fmt::format("expected a unit such as '{}'", expected);
}

} // namespace

Prices::ByYear Prices::read_years(const Node& table, const std::string& path, const Texts& texts,
                                  Diagnostics& diagnostics) {
    ByYear years;
    const Node* values = table.is_table() ? table.find("values") : nullptr;
    if (values == nullptr || !values->is_array()) {
        diagnostics.error(texts.origin(table.place), "E0207", fmt::format("{}: needs a list 'values'", path),
                          "values = [[2023, 304.7], [2024, 313.7]]");
        return years;
    }
    for (const auto& row : values->items) {
        const bool is_pair = row.is_array() && row.items.size() == 2 && row.items[0].kind == NodeKind::integer &&
                             is_number(row.items[1]) && number_of(row.items[1]) > 0.0 &&
                             std::isfinite(number_of(row.items[1]));
        if (!is_pair || row.items[0].integer < 1900 || row.items[0].integer > 2200) {
            diagnostics.error(texts.origin(row.place), "E0207",
                              fmt::format("{}: not a year with a positive number", path),
                              "each row is [year, number], such as [2023, 304.7]");
            continue;
        }
        years[static_cast<int>(row.items[0].integer)] = number_of(row.items[1]);
    }
    return years;
}

void Prices::read(const Node& root, const Texts& texts, Diagnostics& diagnostics) {
    if (const Node* table = root.find("price_index")) index_ = read_years(*table, "price_index", texts, diagnostics);
    const Node* rates = root.find("exchange_rate");
    if (rates == nullptr || !rates->is_table()) return;
    for (const auto& member : rates->members)
        rates_[member.key] = read_years(member.value, "exchange_rate." + member.key, texts, diagnostics);
}

bool Prices::knows_currency(std::string_view code) const { return rates_.find(code) != rates_.end(); }

std::optional<double> Prices::factor(std::string_view currency, int year) const {
    if (year == 0 && currency == "USD") return 1.0;
    const int written_year = year == 0 ? price_year : year;
    double rate = 1.0;
    if (currency != "USD") {
        const auto rates = rates_.find(currency);
        if (rates == rates_.end()) return std::nullopt;
        const auto found = rates->second.find(written_year);
        if (found == rates->second.end()) return std::nullopt;
        rate = found->second;
    }
    if (written_year == price_year) return rate;
    const auto then = index_.find(written_year);
    const auto now = index_.find(price_year);
    if (then == index_.end() || now == index_.end()) return std::nullopt;
    return rate * now->second / then->second;
}

std::string Prices::covered_years(std::string_view currency) const {
    const auto text = [](const ByYear& years) {
        return years.empty() ? std::string("no year")
                             : fmt::format("{} to {}", years.begin()->first, years.rbegin()->first);
    };
    auto out = "the price index covers " + text(index_);
    if (const auto rates = rates_.find(currency); rates != rates_.end())
        out += fmt::format(", the rate of {} {}", currency, text(rates->second));
    return out;
}

WrittenUnit read_unit(std::string_view text, std::size_t at, std::string_view expected, const Prices& prices) {
    Plain plain;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && is_letter(text[end]))
            ++end;
        if (end == i) {
            plain.append(text.substr(i, 1), i);
            ++i;
            continue;
        }
        const auto name = text.substr(i, end - i);
        auto currency = currency_of(name, prices);
        std::size_t digits = end;
        while (digits < text.size() && is_digit(text[digits]))
            ++digits;
        if (!currency || (currency->code == "USD" && digits == end)) {
            plain.append(name, i);
            i = end;
            continue;
        }
        for (std::size_t k = end; k < digits && k < end + 5; ++k)
            currency->year = 10 * currency->year + (text[k] - '0');
        const auto factor =
            digits == end || digits - end == 4 ? prices.factor(currency->code, currency->year) : std::nullopt;
        if (!factor)
            throw TextError{
                "E0212",
                fmt::format("'{}' cannot be counted in USD of {}", text.substr(i, digits - i), prices.price_year),
                prices.covered_years(currency->code), at + i, digits - i};
        const auto before = plain.text.find_last_not_of(' ');
        const bool divides = before != std::string::npos && plain.text[before] == '/';
        plain.factor *= divides ? 1.0 / *factor : *factor;
        plain.append(currency->prefix, i);
        for (const char c : std::string_view("USD")) {
            plain.text += c;
            plain.from.push_back(i);
        }
        i = digits;
    }
    const auto parsed = parse_unit(plain.text);
    if (!parsed.ok) {
        const std::size_t where = parsed.position < plain.from.size() ? plain.from[parsed.position] : text.size();
        const std::string culprit(parsed.culprit);
        auto whole = culprit.empty()         ? fmt::format("'{}' ends where a unit was expected", text)
                     : is_letter(culprit[0]) ? culprit == text ? fmt::format("unknown unit '{}'", culprit)
                                                               : fmt::format("unknown unit '{}' in '{}'", culprit, text)
                                             : fmt::format("unexpected '{}' in the unit '{}'", culprit, text);
        throw TextError{"E0203", std::move(whole), unit_hint(culprit, expected), at + where,
                        std::max<std::size_t>(culprit.size(), 1)};
    }
    Unit unit = parsed.unit;
    unit.factor *= plain.factor;
    return {unit, std::string(text)};
}

} // namespace autarky::scenario
