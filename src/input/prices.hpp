// autarky: money of other years and currencies, counted in USD of the scenario's price year.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/diagnostics.hpp"
#include "core/units.hpp"
#include "input/node.hpp"

namespace autarky::scenario {

/// A price index and exchange rates by year, given as data: `[price_index] values = [[2023, 304.7], ...]` and
/// `[exchange_rate.EUR] values = [[2023, 1.081], ...]` (USD a unit).
class Prices {
public:
    int price_year = 0; ///< 0: the scenario has none, so nothing can be converted

    /// Reads both tables of a document; findings go to `diagnostics`.
    void read(const Node& root, const Texts& texts, Diagnostics& diagnostics);

    /// Whether money of `year` can be counted in that of others; without any index only its own is asked for.
    [[nodiscard]] bool covers(int year) const { return index_.empty() || index_.contains(year); }
    /// The last year of the index, 0 without one.
    [[nodiscard]] int last_year() const { return index_.empty() ? 0 : index_.rbegin()->first; }
    [[nodiscard]] bool knows_currency(std::string_view code) const;
    /// USD of the price year for one unit of `currency` of `year` (0: of the price year); nothing if the data lack it.
    [[nodiscard]] std::optional<double> factor(std::string_view currency, int year) const;
    /// "2015 to 2025", the years that the index covers, for messages.
    [[nodiscard]] std::string covered_years(std::string_view currency) const;

private:
    using ByYear = std::map<int, double>;
    static ByYear read_years(const Node& table, const std::string& path, const Texts& texts, Diagnostics& diagnostics);

    ByYear index_;
    std::map<std::string, ByYear, std::less<>> rates_;
};

/// A unit as written in a file, which may name a currency and its year: "USD2023/wafer", "MEUR2024".
struct WrittenUnit {
    Unit unit{};
    std::string text; ///< as written
};

/// What is wrong with a text, at byte `at`.
struct TextError {
    std::string code;
    std::string message;
    std::string hint;
    std::size_t at = 0;
    std::size_t length = 1;
};

/// Reads a unit; `at` is its place inside the whole text, for the error that it throws (a TextError).
WrittenUnit read_unit(std::string_view text, std::size_t at, std::string_view expected, const Prices& prices);

} // namespace autarky::scenario
