// autarky: the generic reader: entities, tables, references, remarks.
// SPDX-License-Identifier: Apache-2.0
#include "input/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

#include "core/calendar.hpp"
#include "core/word_row.hpp"
#include "input/suggest.hpp"

namespace autarky::scenario {
namespace {

std::string joined(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}
/// What a field wants, for the hint of a missing or mistyped one.
std::string wanted(const FieldShape& field) {
    switch (field.kind) {
    case FieldKind::number: return fmt::format("{} = \"... {}\"", field.key, field.unit);
    case FieldKind::date: return fmt::format("{} = \"2026Q2\"", field.key);
    case FieldKind::series: return fmt::format("{} = {{ series = [[\"2026Q1\", \"... {}\"]] }}", field.key, field.unit);
    case FieldKind::text: return fmt::format("{} = \"...\"", field.key);
    case FieldKind::boolean: return fmt::format("{} = true", field.key);
    case FieldKind::integer: return fmt::format("{} = 1", field.key);
    case FieldKind::choice: return fmt::format("{} is one of {}", field.key, fmt::join(field.choices, ", "));
    case FieldKind::quarter: return fmt::format("{} = \"2026Q1\"", field.key);
    case FieldKind::reference: return fmt::format("{} = the name of a row of '{}'", field.key, field.target);
    case FieldKind::section: return fmt::format("[{}]", field.key);
    case FieldKind::table: return fmt::format("[{}.name]", field.key);
    }
    return {};
}
std::string written_text(const Node& node) {
    switch (node.kind) {
    case NodeKind::integer: return fmt::format("{}", node.integer);
    case NodeKind::real: return fmt::format("{}", node.real);
    case NodeKind::boolean: return node.boolean ? "true" : "false";
    default: return node.text;
    }
}
/// The value itself, also of `{ is = ... }`.
const Node& bare(const Node& value) {
    const Node* is = value.is_table() ? value.find("is") : nullptr;
    return is != nullptr ? *is : value;
}

} // namespace

void Reader::error(const Place& place, const char* code, std::string message, std::string hint) {
    diagnostics_.error(texts_.origin(place), code, std::move(message), std::move(hint));
}
int Reader::new_stream(const std::string& name) {
    inputs_.streams.push_back(name);
    return static_cast<int>(inputs_.streams.size()) - 1;
}

const std::vector<std::string>* Reader::rows_of(std::string_view table) const {
    const auto found = rows_.find(table);
    return found == rows_.end() ? nullptr : &found->second;
}

void Reader::read(const Shape& shape, const Node& root, void* scenario, const std::vector<std::string_view>& reserved) {
    root_ = &root;
    if (const Node* horizon = root.find(horizon_key); horizon != nullptr && horizon->is_table())
        if (const Node* start = horizon->find(horizon_start_key))
            if (const auto quarter = parse_quarter(bare(*start).text)) start_ = quarter->start();
    Place place = root.place;
    place.line = 0;
    read_entity(shape, root, place, scenario, {}, reserved);
    resolve_references();
    report_unsourced();
}

void Reader::read_entity(const Shape& shape, const Node& table, const Place& place, void* entity,
                         const std::string& path, const std::vector<std::string_view>& reserved) {
    for (const auto& field : shape.fields) {
        const auto given = std::find_if(table.members.begin(), table.members.end(),
                                        [&](const Member& member) { return member.key == field.key; });
        void* member = field.member(entity);
        const auto field_path = joined(path, field.key);
        if (field.computed() &&
            read_computed(field, table, given == table.members.end() ? nullptr : &*given, place, member, field_path))
            continue;
        if (given != table.members.end())
            read_field(field, *given, member, field_path);
        else if (field.kind == FieldKind::section)
            read_entity(*field.inner, Node{}, place, member, field_path, {});
        else if (field.kind == FieldKind::table)
            rows_[field_path] = {};
        else if (field.fallback != nullptr)
            read_fallback(field, field.fallback, member, field_path, place);
        else
            error(place, "E0302", fmt::format("{} needs '{}'", path.empty() ? "the scenario" : path, field.key),
                  fmt::format("{}   ({})", wanted(field), field.doc));
    }
    for (const auto& member : table.members)
        if (shape.find(member.key) == nullptr) report_unknown_key(shape, member, path, reserved);
}

void Reader::report_unknown_key(const Shape& shape, const Member& member, const std::string& path,
                                const std::vector<std::string_view>& reserved) {
    if (std::find(reserved.begin(), reserved.end(), member.key) != reserved.end()) return;
    if (!path.empty() && member.key == "source" && member.value.is_text()) return; // cites for the whole row
    std::vector<std::string_view> known(reserved);
    for (const auto& field : shape.fields)
        known.push_back(field.key);
    auto hint = suggestion(member.key, known, diagnostics_);
    if (hint.empty() && known.size() <= 8) hint = fmt::format("known are {}", fmt::join(known, ", "));
    if (hint.empty()) hint = "'autarky schema' lists the keys";
    error(member.place, "E0301",
          path.empty() ? fmt::format("unknown key '{}'", member.key)
                       : fmt::format("unknown key '{}' in {}", member.key, path),
          std::move(hint));
}

void Reader::read_field(const FieldShape& field, const Member& given, void* member, const std::string& path) {
    const Node& value = given.value;
    if (field.kind == FieldKind::section || field.kind == FieldKind::table) {
        if (!value.is_table())
            error(value.place, "E0207", fmt::format("{}: needs a table, not {}", path, kind_name(value.kind)),
                  wanted(field));
        else if (field.kind == FieldKind::section)
            read_entity(*field.inner, value, given.place, member, path, {});
        else
            read_rows(field, value, member, path);
        return;
    }
    const bool is_number =
        field.kind == FieldKind::number || field.kind == FieldKind::date || field.kind == FieldKind::series;
    const auto remarks = read_remarks(value, path, field.kind == FieldKind::series);
    if (value.is_table() && !is_value_table(value)) {
        error(given.place, "E0207", fmt::format("{}: the table has no 'is'", path), wanted(field));
        return;
    }
    if (!is_number) {
        read_plain(field, bare(value), member, path);
        return;
    }
    if (!remarks.is_cited) {
        const auto row = path.substr(0, path.rfind('.'));
        if (unsourced_.empty() || unsourced_.back().path != row) unsourced_.push_back({row, given.place, 0});
        ++unsourced_.back().count;
    }
    if (field.kind == FieldKind::series) {
        const Node* series = value.is_table() ? value.find("series") : nullptr;
        const Node* persistence = value.is_table() ? value.find("persistence") : nullptr;
        read_series(field, series != nullptr ? *series : bare(value), member, path, remarks, persistence);
    } else if (value.is_table() && value.find("is") == nullptr) {
        error(given.place, "E0207", fmt::format("{}: a series is given where one value is wanted", path),
              wanted(field));
    } else {
        field.set_number(member, read_number(field, bare(value), path, remarks));
    }
}

/// A number that may follow from another key of its row: true when that settles it.
bool Reader::read_computed(const FieldShape& field, const Node& table, const Member* given, const Place& place,
                           void* member, const std::string& path) {
    const Node* written = given == nullptr ? nullptr : &bare(given->value);
    const bool asks = written != nullptr && written->is_text() && written->text == "computed";
    if (given != nullptr && !asks) return false;
    const auto rule = *field.computed();
    const auto row = path.substr(0, path.rfind('.'));
    const Node* from = table.find(rule.from);
    const bool has_from = from != nullptr && !(bare(*from).is_text() && bare(*from).text.empty());
    if (has_from) {
        Node value;
        value.kind = NodeKind::text;
        value.text = field.unit == "1" ? "1" : fmt::format("1 {}", field.unit);
        value.place = given == nullptr ? from->place : given->value.place;
        if (field.kind == FieldKind::series)
            set_constant_series(field, value, member, path, {});
        else
            field.set_number(member, read_number(field, value, path, {}));
        auto& input = inputs_.rows.back();
        input.is_computed = true;
        input.written = "computed";
        input.note = fmt::format("follows from {}.{}", row, rule.from);
    } else if (asks) {
        error(given->value.place, "E0302",
              fmt::format("{} is to be computed, but {} names no {}", path, row, rule.from),
              fmt::format("{} = the name of a row of '{}'", rule.from, rule.from));
    } else if (rule.is_required) {
        error(place, "E0302", fmt::format("{} needs '{}'", row, field.key),
              fmt::format("{}   ({}), or an {} from which it follows", wanted(field), field.doc, rule.from));
    } else {
        read_fallback(field, rule.otherwise, member, path, place);
    }
    return true;
}

void Reader::read_fallback(const FieldShape& field, std::string_view text, void* member, const std::string& path,
                           const Place& place) {
    Node value;
    value.kind = NodeKind::text;
    value.text = text;
    value.place = place;
    Remarks remarks;
    remarks.is_default = true;
    switch (field.kind) {
    case FieldKind::number:
    case FieldKind::date: field.set_number(member, read_number(field, value, path, remarks)); break;
    case FieldKind::series:
        if (!value.text.empty()) set_constant_series(field, value, member, path, remarks);
        break;
    case FieldKind::boolean: field.set_number(member, value.text == "true" ? 1 : 0); break;
    case FieldKind::integer: field.set_number(member, std::atoi(value.text.c_str())); break;
    case FieldKind::reference:
        if (!value.text.empty()) error(place, "E0304", fmt::format("{}: a reference has no default", path));
        break;
    default: read_plain(field, value, member, path);
    }
    if (!value.text.empty()) defaults_.push_back({path, value.text});
}

void Reader::read_rows(const FieldShape& field, const Node& table, void* member, const std::string& path) {
    std::vector<std::string> names;
    names.reserve(table.members.size());
    for (const auto& row : table.members)
        names.push_back(row.key);
    field.set_rows(member, names);
    for (std::size_t i = 0; i < table.members.size(); ++i) {
        const auto& row = table.members[i];
        const auto row_path = joined(path, row.key);
        if (row.value.is_table())
            read_entity(*field.inner, row.value, row.place, field.row(member, i), row_path, {});
        else
            error(row.value.place, "E0207",
                  fmt::format("{}: needs a table, not {}", row_path, kind_name(row.value.kind)),
                  fmt::format("[{}]", row_path));
    }
    rows_[path] = std::move(names);
}

Reader::Remarks Reader::read_remarks(const Node& value, const std::string& path, bool is_series) {
    static const std::vector<std::string_view> of_value{"is", "source", "at", "note", "asof", "grade"};
    static const std::vector<std::string_view> of_series{"series", "is",   "source", "at",
                                                         "note",   "asof", "grade",  "persistence"};
    Remarks remarks;
    if (value.citation >= 0) {
        const auto& citation = texts_.citations[static_cast<std::size_t>(value.citation)];
        remarks.is_cited = true;
        remarks.source = sources_.cite(citation.source, citation.place, path, inputs_.sources);
    }
    std::optional<Grade> grade;
    for (const auto& [key, place, remark] : value.members) {
        const auto& known = is_series ? of_series : of_value;
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            if (is_value_table(value) || key != "series")
                error(place, "E0301", fmt::format("unknown key '{}' in {}", key, path),
                      suggestion(key, known, diagnostics_));
            continue;
        }
        if (key == "is" || key == "series" || key == "persistence") continue;
        if (key == "grade") {
            grade = read_grade(remark, path, texts_, diagnostics_);
        } else if (key == "source" && remark.is_text()) {
            remarks.is_cited = true;
            remarks.source = sources_.cite(remark.text, remark.place, path, inputs_.sources);
        } else if (key == "note" && remark.is_text()) {
            remarks.note = remark.text;
        } else if (key == "at" && remark.is_text()) {
            remarks.at = remark.text;
        } else if (key == "asof" &&
                   (remark.is_text() || remark.kind == NodeKind::date || remark.kind == NodeKind::integer)) {
            remarks.as_of = written_text(remark);
            if (!parse_date(remarks.as_of))
                error(remark.place, "E0210", fmt::format("{}: asof '{}' is no date", path, remarks.as_of),
                      "write 2025, \"2025-10\" or \"2025-10-17\"");
        } else {
            error(remark.place, "E0207",
                  fmt::format("{}: '{}' needs a text, not {}", path, key, kind_name(remark.kind)));
        }
    }
    if (remarks.source >= 0) remarks.grade = inputs_.sources[static_cast<std::size_t>(remarks.source)].grade;
    if (grade) remarks.grade = *grade;
    return remarks;
}

int Reader::read_number(const FieldShape& field, const Node& value, const std::string& path, const Remarks& remarks) {
    const Expected expected{field.dim, field.kind == FieldKind::date ? "date" : field.unit, field.range,
                            field.kind == FieldKind::date};
    const auto written = written_text(value);
    std::variant<QuantityText, TextError> outcome;
    if (value.is_text() || (value.kind == NodeKind::date && expected.is_date)) {
        const auto& folder = value.place.text >= 0 ? texts_.of(value.place).folder : std::string{};
        outcome = read_quantity(value.text, expected, prices_, folder);
    } else if (value.kind == NodeKind::integer || value.kind == NodeKind::real) {
        const double x = value.kind == NodeKind::integer ? static_cast<double>(value.integer) : value.real;
        outcome = read_bare_number(x, written, expected);
    } else {
        error(
            value.place, "E0207",
            fmt::format("{}: needs a {}, not {}", path, expected.is_date ? "date" : "quantity", kind_name(value.kind)),
            wanted(field));
        return -1;
    }
    if (const auto* trouble = std::get_if<TextError>(&outcome)) {
        const auto place = value.is_text() && !remarks.is_default
                               ? place_inside(texts_, value, trouble->at, trouble->length)
                               : value.place;
        error(place, trouble->code.c_str(), fmt::format("{}: {}", path, trouble->message), trouble->hint);
        return -1;
    }
    auto& quantity = std::get<QuantityText>(outcome);
    if (!quantity.cut.empty())
        diagnostics_.warning(
            texts_.origin(value.place), "W0216", fmt::format("{}: {}", path, quantity.cut),
            "truncate(..., low, high) says that it is meant; pert and lognormal keep inside by themselves");
    Input input;
    input.path = path;
    input.dim = field.dim;
    input.unit = std::move(quantity.unit);
    input.unit_factor = quantity.unit_factor;
    input.written = written;
    input.distribution = std::move(quantity.distribution);
    if (input.distribution.family != Family::constant && field.kind != FieldKind::series)
        input.stream = new_stream(path);
    input.source = remarks.source;
    input.note = remarks.note;
    input.is_default = remarks.is_default;
    input.origin = texts_.origin(value.place);
    input.grade = remarks.grade;
    input.at = remarks.at;
    input.as_of = remarks.as_of;
    inputs_.rows.push_back(std::move(input));
    return static_cast<int>(inputs_.rows.size()) - 1;
}

void Reader::read_plain(const FieldShape& field, const Node& value, void* member, const std::string& path) {
    const auto mistyped = [&](std::string_view what) {
        error(value.place, "E0207", fmt::format("{}: needs {}, not {}", path, what, kind_name(value.kind)),
              wanted(field));
    };
    switch (field.kind) {
    case FieldKind::text:
        if (!value.is_text()) return mistyped("a text");
        field.set_text(member, value.text);
        break;
    case FieldKind::boolean:
        if (value.kind != NodeKind::boolean) return mistyped("true or false");
        field.set_number(member, value.boolean ? 1 : 0);
        break;
    case FieldKind::integer: {
        constexpr std::int64_t largest = std::numeric_limits<int>::max();
        if (value.kind == NodeKind::real && value.real == std::floor(value.real) && std::abs(value.real) < largest)
            return error(value.place, "E0207", fmt::format("{}: needs a whole number, not a real one", path),
                         fmt::format("{} = {:.0f}", field.key, value.real));
        if (value.kind != NodeKind::integer) return mistyped("a whole number");
        if (value.integer < -largest || value.integer > largest)
            return error(value.place, "E0205", fmt::format("{}: {} is too large", path, value.integer));
        field.set_number(member, static_cast<int>(value.integer));
        break;
    }
    case FieldKind::quarter: {
        const auto quarter = value.is_text() ? parse_quarter(value.text) : std::nullopt;
        if (!quarter)
            return error(value.place, "E0210", fmt::format("{}: '{}' is no quarter", path, written_text(value)),
                         wanted(field));
        field.set_number(member, quarter->index);
        break;
    }
    case FieldKind::choice: {
        if (!value.is_text()) return mistyped("a text");
        const auto row = row_of_word(value.text, field.choices);
        if (!row) {
            auto hint = suggestion(value.text, field.choices, diagnostics_);
            if (!hint.empty()) hint += ' ';
            return error(value.place, "E0211", fmt::format("{}: '{}' is no choice", path, value.text),
                         hint + wanted(field));
        }
        field.set_number(member, static_cast<int>(*row));
        break;
    }
    case FieldKind::reference:
        if (!value.is_text()) return mistyped("the name of a row");
        if (!value.text.empty() || field.fallback == nullptr) references_.push_back({&field, member, path, &value});
        break;
    default: break;
    }
}

void Reader::report_unsourced() {
    for (const auto& row : unsourced_)
        diagnostics_.warning(
            texts_.origin(row.first), "W0309",
            row.count == 1 ? fmt::format("{}: one value has no source and counts as an assumption", row.path)
                           : fmt::format("{}: {} values have no source and count as assumptions", row.path, row.count),
            "name one beside the value, or for the whole heading: source = \"an-id\"");
}

} // namespace autarky::scenario
