// autarky: reads power-grid-model's JSON in every form that people save it in, and gives the one form that it is defined in.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "core/diagnostics.hpp"

namespace autarky::grid {

/// A feeder as rows of named values: {component: [{attribute: value}]}, without nulls, unknown names and empty lists.
class FeederDocument {
public:
    /// Null, with findings, when the text is no feeder. Read are: the format itself (rows as objects, or as lists under
    /// "attributes"); components without the heading "data", "version", "type", as power-grid-model-ds and -io save them;
    /// a component as columns, {"id": [1, 2], "u_rated": [400, 400]}; NaN where null is meant (W0411); Infinity; true and
    /// false for 1 and 0; 3.0 for a whole number. What a writer adds for itself (id_reference, pgm_input, pp_input) is kept
    /// out of the way. Refused by name: unknown components (E0304), rows of the wrong length, texts where numbers belong, ids
    /// beyond 32 bits. Unknown attributes are said (W0410).
    static std::unique_ptr<FeederDocument> read(const std::string& text, const std::string& file,
                                                Diagnostics& findings);
    explicit FeederDocument(nlohmann::json data);
    ~FeederDocument();
    FeederDocument(const FeederDocument&) = delete;
    FeederDocument& operator=(const FeederDocument&) = delete;

    [[nodiscard]] const nlohmann::json& data() const { return *data_; }
    /// Rows of a component; an empty list when it has none.
    [[nodiscard]] const nlohmann::json& rows(std::string_view component) const;
    /// The document in power-grid-model's own format, by rows.
    [[nodiscard]] std::string text() const;

private:
    std::unique_ptr<nlohmann::json> data_;
};

/// An update in power-grid-model's own format. The text itself when the library takes it as it is; else NaN is null (W0411),
/// and version and type are added to {"data": [...]} and to a bare list of scenarios.
std::string repaired_update(const std::string& text, const std::string& file, Diagnostics& findings);

/// Line and column of a byte of a text.
Origin place_of_byte(const std::string& text, const std::string& file, std::size_t byte);

} // namespace autarky::grid
