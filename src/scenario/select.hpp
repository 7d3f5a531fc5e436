// autarky: which rows of the catalogue take part in a scenario.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/diagnostics.hpp"
#include "input/node.hpp"
#include "input/shape.hpp"

namespace autarky::scenario {

/// Rows that are named, by headings, by `use` and by references; the rest is taken out.
class Selection {
public:
    Selection(const Shape& shape, const Texts& texts, Diagnostics& diagnostics)
        : shape_(shape), texts_(texts), diagnostics_(diagnostics) {}

    /// Every row that has a heading in this layer.
    void name_rows_of(const Node& layer);
    /// The row that a path leads to, or the rows of a table that is set at once.
    void name_path(const std::vector<std::string>& keys, const Place& place, const Node& value);
    /// A `use` list; it acts on the merged document, in `prune`.
    void add_use(const Node& use);
    /// Every row of the merged document.
    void take_everything(const Node& root);
    /// Whether a pattern of a `use` list speaks of this table.
    [[nodiscard]] bool uses(std::string_view table) const;
    /// Takes out of the merged document what is not named, and, with a warning, what refers to a row that a `use` took out.
    void prune(Node& root);
    /// Names of all rows of the merged document by table, also of those that `prune` took out.
    [[nodiscard]] std::map<std::string, std::vector<std::string>, std::less<>> all_names() const;

private:
    using Rows = std::set<std::string, std::less<>>;
    struct Step {            ///< in the order of the layers
        std::string pattern; ///< of a `use`; else empty
        Place place;
        std::string table, row; ///< of a heading
    };

    struct FoundRow {
        std::string table, row, name;
        Place place;
    };

    void list_rows(const Node& root);
    void apply_pattern(const Step& step);
    void report_no_fit(const Step& step, const std::string& pattern);
    void follow_references(const Node& root);
    void follow(const Shape& shape, const Node& entity, const Node& root);
    void take(std::string_view table, const std::string& row, const Node& root);
    void drop_what_refers();
    /// What an entity refers to that `use` takes out: "site 'taylor'", its key in front; empty: nothing.
    [[nodiscard]] std::string lost_reference(const Shape& shape, const Node& entity) const;

    const Shape& shape_;
    const Texts& texts_;
    Diagnostics& diagnostics_;
    std::vector<Step> steps_;
    std::map<std::string, Rows, std::less<>> named_, out_;
    std::vector<FoundRow> rows_;                           ///< of the merged document
    std::unordered_map<std::string, const Node*> by_name_; ///< "process.sf2" to its row
};

} // namespace autarky::scenario
