// autarky: reads power-grid-model's JSON in every form that people save it in, and gives the one form that it is defined in.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/feeder_document.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/file_kind.hpp"
#include "grid/feeder/library_names.hpp"
#include "grid/feeder/update_keys.hpp"

namespace autarky::grid {
namespace {

using nlohmann::json;

constexpr const char* form_hint =
    R"(a feeder is {"version": "1.0", "type": "input", "is_batch": false, "attributes": {}, "data": {"node": [...], ...}})";

/// The text with NaN as null and Infinity as the format's "inf", outside of strings; counts both.
std::string without_nan(const std::string& text, std::size_t& n_nan) {
    std::string out;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const std::string_view rest = std::string_view(text).substr(i);
        if (in_string && c == '\\' && i + 1 < text.size()) {
            out += text.substr(i++, 2);
        } else if (!in_string && rest.starts_with("NaN")) {
            out += "null", i += 2, ++n_nan;
        } else if (!in_string && rest.starts_with("-Infinity")) {
            out += "\"-inf\"", i += 8;
        } else if (!in_string && rest.starts_with("Infinity")) {
            out += "\"inf\"", i += 7;
        } else {
            if (c == '"') in_string = !in_string;
            out += c;
        }
    }
    return out;
}

void say_nan(std::size_t n, const std::string& file, Diagnostics& findings) {
    if (n > 0)
        findings.warning({file, 0, 0, 0}, "W0411", fmt::format("NaN stands {} times; it is read as null: not given", n),
                         "JSON has no NaN; save null, or leave the attribute out");
}

std::optional<json> parsed(const std::string& text, const std::string& file, Diagnostics& findings) {
    if (const char* why = other_than_text(text)) {
        findings.error({file, 0, 0, 0}, "E0801", why, "a feeder is power-grid-model's input JSON");
        return std::nullopt;
    }
    std::size_t n_nan = 0;
    const std::string clean = without_nan(text, n_nan);
    try {
        json document = json::parse(clean);
        say_nan(n_nan, file, findings);
        return document;
    } catch (const json::parse_error& error) {
        findings.remember_source(file, clean);
        findings.error(place_of_byte(clean, file, error.byte == 0 ? 0 : error.byte - 1), "E0801",
                       "this is no valid JSON here", "a feeder is power-grid-model's input JSON");
    } catch (const json::out_of_range& error) {
        const std::string why = error.what(); // "[...] number overflow parsing '1e400'"
        findings.error({file, 0, 0, 0}, "E0205", why.substr(std::min(why.find("] ") + 2, why.size())),
                       "numbers are below 1.8e308");
    }
    return std::nullopt;
}

/// A name as a message shows it: long and odd ones are cut and cleaned.
std::string shown(const std::string& name) {
    constexpr std::size_t longest = 40;
    std::string out;
    for (const char c : name.substr(0, longest))
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    return name.size() > longest ? out + "..." : out;
}

class Rows {
public:
    Rows(const std::string& file, Diagnostics& findings) : file_(file), findings_(findings) {}

    json all(const json& data, const json& header) {
        json out = json::object();
        for (const auto& [component, given] : data.items()) {
            const LibraryComponent* known = library_component("input", component);
            if (!known && !library_components("input").empty()) {
                unknown_component(component);
                continue;
            }
            json rows = spelled_out(component, given, header);
            for (std::size_t i = 0; i < rows.size(); ++i)
                clean(component, known, rows[i], i);
            if (!rows.empty()) out[component] = std::move(rows);
        }
        for (const auto& [names, found] : unknown_)
            say_unknown_attribute(names.first, names.second, found);
        return out;
    }

private:
    void error(const char* code, const std::string& message, const std::string& hint) {
        findings_.error({file_, 0, 0, 0}, code, message, hint);
    }
    void unknown_component(const std::string& name) {
        std::vector<std::string_view> names;
        for (const LibraryComponent& component : library_components("input"))
            names.push_back(component.name);
        const std::string suggestion = did_you_mean(name, names);
        error("E0304", fmt::format("there is no component '{}'", shown(name)),
              suggestion.empty() ? fmt::format("{}", fmt::join(names, ", ")) : suggestion);
    }
    struct Unknown {
        std::size_t rows = 0;
        std::string suggestion{};
    };
    /// The likely name is one that the row does not have already.
    void unknown(const std::string& component, const LibraryComponent& known, const json& row,
                 const std::string& attribute) {
        Unknown& found = unknown_[{component, attribute}];
        if (found.rows++ > 0) return;
        std::vector<std::string_view> names;
        for (const LibraryAttribute& one : known.attributes)
            if (!row.contains(one.name)) names.push_back(one.name);
        found.suggestion = did_you_mean(attribute, names);
    }
    void say_unknown_attribute(const std::string& component, const std::string& attribute, const Unknown& found) {
        std::vector<std::string_view> names;
        for (const LibraryAttribute& known : library_component("input", component)->attributes)
            names.push_back(known.name);
        findings_.warning({file_, 0, 0, 0}, "W0410",
                          fmt::format("{} has no '{}'; it is ignored{}", component, shown(attribute),
                                      found.rows > 1 ? fmt::format(" in {} rows", found.rows) : ""),
                          found.suggestion.empty() ? fmt::format("a {} has {}", component, fmt::join(names, ", "))
                                                   : found.suggestion);
    }

    /// Rows as objects, from rows as objects or lists, or from columns.
    json spelled_out(const std::string& component, const json& given, const json& header) {
        if (given.is_object()) return from_columns(component, given);
        if (!given.is_array()) {
            error("E0801", fmt::format("data/{} is no list", component), "every component is a list of elements");
            return json::array();
        }
        json out = json::array();
        for (std::size_t i = 0; i < given.size(); ++i) {
            const json& row = given[i];
            if (row.is_object()) {
                out.push_back(row);
            } else if (!row.is_array()) {
                error("E0801", fmt::format("data/{}/{} is no object", component, i),
                      "an element is an object, or a list of as many values as \"attributes\" names");
                return json::array();
            } else if (!header.contains(component) || !header[component].is_array()) {
                error("E0801",
                      fmt::format("data/{}/{} is a list, and \"attributes\" names no {}", component, i, component),
                      fmt::format(R"(add "attributes": {{"{}": ["id", ...]}}, in the order of the values)", component));
                return json::array();
            } else if (header[component].size() != row.size()) {
                error("E0801",
                      fmt::format("data/{}/{} has {} values, \"attributes\" names {}", component, i, row.size(),
                                  header[component].size()),
                      "every row has as many values as its header");
                return json::array();
            } else {
                json spelled = json::object();
                for (std::size_t k = 0; k < row.size(); ++k)
                    if (header[component][k].is_string()) spelled[header[component][k].get<std::string>()] = row[k];
                out.push_back(std::move(spelled));
            }
        }
        return out;
    }
    json from_columns(const std::string& component, const json& columns) {
        json out = json::array();
        std::optional<std::size_t> size;
        for (const auto& [attribute, values] : columns.items()) {
            if (!values.is_array() || values.size() != size.value_or(values.size())) {
                error(
                    "E0801",
                    fmt::format("data/{}/{} is no column of {} values", component, shown(attribute), size.value_or(0)),
                    "a component is a list of elements, or columns of equal length");
                return json::array();
            }
            size = values.size();
            out.get_ref<json::array_t&>().resize(*size, json::object());
            for (std::size_t i = 0; i < *size; ++i)
                out[i][attribute] = values[i];
        }
        return out;
    }

    /// The name of an element or of another one, by what the library calls them: what a build without it goes by.
    static bool is_id(std::string_view key) {
        return key == "id" || key.find("node") != std::string_view::npos || key.ends_with("_object");
    }
    void clean(const std::string& component, const LibraryComponent* known, json& row, std::size_t index) {
        for (auto cell = row.begin(); cell != row.end();) {
            const LibraryAttribute* attribute = known ? known->find(cell.key()) : nullptr;
            if (known && !attribute) {
                if (!is_bookkeeping(cell.key())) unknown(component, *known, row, cell.key());
                cell = row.erase(cell);
            } else if (cell->is_null()) {
                cell = row.erase(cell);
            } else {
                const bool whole = attribute ? attribute->is_whole : is_id(cell.key());
                number(fmt::format("{}[{}]", component, index), cell.key(), whole, *cell);
                ++cell;
            }
        }
    }
    void number(const std::string& place, const std::string& attribute, bool whole, json& value) {
        if (value.is_array() && !whole) {
            for (json& phase : value)
                if (!phase.is_null()) number(place, attribute, false, phase);
            return;
        }
        if (value.is_boolean()) value = value.get<bool>() ? 1 : 0;
        if (value == json("inf") || value == json("-inf") || value == json("+inf")) return;
        if (!value.is_number()) {
            error("E0205",
                  value.is_string()
                      ? fmt::format("{}: {} is the text \"{}\"", place, attribute, shown(value.get<std::string>()))
                      : fmt::format("{}: {} is no number", place, attribute),
                  whole ? "a whole number without quotes, such as 3" : "a number without quotes");
            value = nullptr;
            return;
        }
        if (whole) whole_number(place, attribute, value);
    }
    void whole_number(const std::string& place, const std::string& attribute, json& value) {
        const double x = value.get<double>();
        constexpr double largest = std::numeric_limits<std::int32_t>::max();
        if (x != std::floor(x)) {
            error("E0205", fmt::format("{}: {} is {}", place, attribute, x), "a whole number");
            value = nullptr;
        } else if (std::fabs(x) > largest) {
            error("E0205", fmt::format("{}: {} is {:.0f}, beyond the largest of 32 bits", place, attribute, x),
                  "ids run from -2147483647 to 2147483647; number the elements anew");
            value = nullptr;
        } else {
            value = static_cast<std::int64_t>(x);
        }
    }

    const std::string& file_;
    Diagnostics& findings_;
    std::map<std::pair<std::string, std::string>, Unknown> unknown_;
};

/// An object that has nothing but components, with no heading around them.
bool is_bare(const json& document) {
    return document.is_object() && !document.contains("data") &&
           std::ranges::any_of(document.items(), [](const auto& item) {
               return library_component("input", item.key()) && (item.value().is_array() || item.value().is_object());
           });
}

} // namespace

Origin place_of_byte(const std::string& text, const std::string& file, std::size_t byte) {
    byte = std::min(byte, text.size());
    const auto begin = text.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(byte);
    const auto line = static_cast<std::size_t>(std::count(begin, end, '\n')) + 1;
    const std::size_t before = byte == 0 ? std::string::npos : text.rfind('\n', byte - 1);
    return {file, line, before == std::string::npos ? byte + 1 : byte - before, 1};
}

FeederDocument::FeederDocument(nlohmann::json data) : data_(std::make_unique<json>(std::move(data))) {}
FeederDocument::~FeederDocument() = default;

std::unique_ptr<FeederDocument> FeederDocument::read(const std::string& text, const std::string& file,
                                                     Diagnostics& findings) {
    const std::optional<json> document = parsed(text, file, findings);
    if (!document) return nullptr;
    const bool bare = is_bare(*document);
    const bool is_input = document->is_object() && document->value("type", json("input")) == json("input");
    if (!bare && (!is_input || !document->contains("data") || !document->at("data").is_object() ||
                  document->value("is_batch", json(false)) != json(false))) {
        const bool is_update = document->is_object() && document->value("type", json()) == json("update");
        findings.error({file, 1, 1, 1}, "E0801",
                       is_update ? "this is an update, not a feeder"
                                 : "this is no feeder: an object of type \"input\" with an object \"data\" is expected",
                       form_hint);
        return nullptr;
    }
    if (!bare)
        for (const auto& [key, value] : document->items())
            if (!is_heading(key) && !is_bookkeeping(key) && !(is_note(key) && value.is_string()))
                findings.warning({file, 0, 0, 0}, "W0410", unknown_heading(shown(key)), heading_hint);
    const json header = bare ? json::object() : document->value("attributes", json::object());
    const bool had_errors = findings.has_errors();
    json data =
        Rows(file, findings).all(bare ? *document : document->at("data"), header.is_object() ? header : json::object());
    if (findings.has_errors() && !had_errors) return nullptr;
    return std::make_unique<FeederDocument>(std::move(data));
}

const json& FeederDocument::rows(std::string_view component) const {
    static const json none = json::array();
    const auto found = data_->find(component);
    return found == data_->end() ? none : *found;
}

std::string FeederDocument::text() const {
    return json{
        {"version", "1.0"}, {"type", "input"}, {"is_batch", false}, {"attributes", json::object()}, {"data", *data_}}
        .dump();
}

std::string repaired_update(const std::string& text, const std::string& file, Diagnostics& findings) {
    std::size_t n_nan = 0;
    const std::string clean = without_nan(text, n_nan);
    json document = json::parse(clean, nullptr, false);
    if (document.is_discarded()) return text; // the library says where
    say_nan(n_nan, file, findings);
    if (document.is_array()) document = {{"data", std::move(document)}};
    if (!document.is_object() || !document.contains("data")) return clean;
    const auto add = [&document](const char* key, json value) {
        if (!document.contains(key)) document[key] = std::move(value);
    };
    add("version", "1.0");
    add("type", "update");
    add("is_batch", document["data"].is_array());
    add("attributes", json::object());
    return document.dump();
}

} // namespace autarky::grid
