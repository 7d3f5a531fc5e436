// autarky: rules, destinations and published chips of catalogue/export, ready to be tried.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "answers/catalogue.hpp"
#include "market/export/judge.hpp"

namespace autarky::answers {

/// A published chip, in one reading.
struct ReadChip {
    market::licensing::Commodity item;
    std::string product;
    int node = 0;                    ///< nm; 0: not published
    Grade grade = Grade::assumption; ///< the weakest of its figures
};

struct ExportLibrary {
    market::licensing::RuleBook book;
    std::map<std::string, market::licensing::Destination, std::less<>> destinations; ///< by ISO 3166-1 alpha-2
    std::string groups_source;   ///< of the country groups, with its date and grade
    std::vector<ReadChip> chips; ///< in the order of the file

    /// Readings of a product, or the one of that name. Throws InputError (field "chip") with a suggestion.
    [[nodiscard]] std::vector<const ReadChip*> readings(const std::string& name) const;
    /// By code or name in any case; a country of ISO 3166-1 without a row of its own is in no group that the rules look at.
    /// Throws InputError about `field` with a suggestion.
    [[nodiscard]] market::licensing::Destination destination(const std::string& name, std::string_view field) const;
    /// "2023-11-17" of a day on which a rule begins, binds or ends.
    [[nodiscard]] std::string day_text(double day) const;
};

/// Reads the files of catalogue/export. Throws InputError with all findings: no date (E0302), overlapping rules (E0431), ...
std::shared_ptr<const ExportLibrary> read_export_library(const Catalogue& catalogue);

} // namespace autarky::answers
