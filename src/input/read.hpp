// autarky: reads an entity from a tree, guided by its shape alone.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/diagnostics.hpp"
#include "input/inputs.hpp"
#include "input/node.hpp"
#include "input/prices.hpp"
#include "input/quantity_text.hpp"
#include "input/shape.hpp"
#include "input/sources.hpp"

namespace autarky::scenario {

/// Where a quarter of the scenario tells when it begins, and its price year.
inline constexpr std::string_view horizon_start_key = "start", horizon_key = "horizon";
inline constexpr std::string_view price_year_key = "price_year", economy_key = "economy";

class Reader {
public:
    Reader(const Texts& texts, const Prices& prices, SourceTable& sources, Inputs& inputs, Diagnostics& diagnostics)
        : texts_(texts), prices_(prices), sources_(sources), inputs_(inputs), diagnostics_(diagnostics) {}

    /// Reads the whole document into `scenario`; `reserved` are the keys of the document that are no entities.
    void read(const Shape& shape, const Node& root, void* scenario, const std::vector<std::string_view>& reserved);

    /// Names that a reference may suggest, beside the rows that take part.
    void suggest_from(std::map<std::string, std::vector<std::string>, std::less<>> names) { known_ = std::move(names); }
    [[nodiscard]] const std::vector<DefaultValue>& defaults() const { return defaults_; }
    /// Names of the rows of a table, or null.
    [[nodiscard]] const std::vector<std::string>* rows_of(std::string_view table) const;

private:
    /// Remarks that stand beside a value.
    struct Remarks {
        int source = -1;
        bool is_cited = false; ///< also when there is no such source
        bool is_default = false;
        Grade grade = Grade::assumption;
        std::string note{}, at{}, as_of{};
    };
    struct PendingReference {
        const FieldShape* field;
        void* member;
        std::string path;
        const Node* value;
    };
    /// Values of one row that name no source.
    struct Unsourced {
        std::string path;
        Place first;
        int count = 0;
    };

    void read_entity(const Shape& shape, const Node& table, const Place& place, void* entity, const std::string& path,
                     const std::vector<std::string_view>& reserved);
    void read_field(const FieldShape& field, const Member& given, void* member, const std::string& path);
    bool read_computed(const FieldShape& field, const Node& table, const Member* given, const Place& place,
                       void* member, const std::string& path);
    void read_fallback(const FieldShape& field, std::string_view text, void* member, const std::string& path,
                       const Place& place);
    void read_rows(const FieldShape& field, const Node& table, void* member, const std::string& path);
    void read_plain(const FieldShape& field, const Node& value, void* member, const std::string& path);
    void read_series(const FieldShape& field, const Node& value, void* member, const std::string& path,
                     const Remarks& remarks, const Node* persistence);
    int read_number(const FieldShape& field, const Node& value, const std::string& path, const Remarks& remarks);
    Remarks read_remarks(const Node& value, const std::string& path, bool is_series);
    std::optional<double> knot_date(const Node& knot, const std::string& path);
    void set_constant_series(const FieldShape& field, const Node& value, void* member, const std::string& path,
                             const Remarks& remarks);
    void draw_series(const std::vector<int>& rows, const std::string& path, std::optional<double> persistence);
    void resolve_references();
    void report_unknown_key(const Shape& shape, const Member& member, const std::string& path,
                            const std::vector<std::string_view>& reserved);
    void report_unsourced();
    void error(const Place& place, const char* code, std::string message, std::string hint = {});
    int new_stream(const std::string& name);

    const Texts& texts_;
    const Prices& prices_;
    SourceTable& sources_;
    Inputs& inputs_;
    Diagnostics& diagnostics_;
    std::vector<DefaultValue> defaults_;
    std::vector<PendingReference> references_;
    std::vector<Unsourced> unsourced_;
    std::map<std::string, std::vector<std::string>, std::less<>> rows_, known_;
    std::optional<double> start_; ///< decimal year at which the horizon begins
    const Node* root_ = nullptr;
};

} // namespace autarky::scenario
