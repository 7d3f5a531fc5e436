// autarky: the names that a batch of updates uses, without reading its values.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/update_keys.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace autarky::grid {
namespace {

/// Follows the text by its names alone: { "data": [ { component: [ { attribute: ..., and in the compact form
/// { "attributes": { component: [ attribute, ...
class Names final : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit Names(std::set<std::pair<std::string, std::string>>& found) : found_(found) {}

    bool key(std::string& name) override {
        if (depth_ == at_root) {
            in_data_ = name == "data", in_header_ = name == "attributes";
            if (!is_heading(name) && !is_note(name)) found_.insert({"", name});
        }
        if (in_header_ && depth_ == in_header) component_ = name;
        if (in_data_ && depth_ == at_scenario) component_ = name;
        // A batch repeats its few names millions of times: look before copying.
        if (in_data_ && depth_ == at_element && (name != last_.second || component_ != last_.first)) {
            last_ = {component_, name};
            found_.insert(last_);
        }
        return true;
    }
    bool start_object(std::size_t /*size*/) override { return ++depth_, true; }
    bool end_object() override { return --depth_, true; }
    bool start_array(std::size_t /*size*/) override { return ++depth_, true; }
    bool end_array() override { return --depth_, true; }
    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number_integer(std::int64_t /*value*/) override { return true; }
    bool number_unsigned(std::uint64_t /*value*/) override { return true; }
    bool number_float(double /*value*/, const std::string& /*text*/) override { return true; }
    bool string(std::string& value) override {
        if (in_header_ && depth_ == in_header + 1) found_.insert({component_, value});
        return true;
    }
    bool binary(nlohmann::json::binary_t& /*value*/) override { return true; }
    bool parse_error(std::size_t /*place*/, const std::string& /*token*/,
                     const nlohmann::json::exception& /*error*/) override {
        found_.clear();
        return false;
    }

private:
    static constexpr int at_root = 1, in_header = 2, at_scenario = 3, at_element = 5;
    std::set<std::pair<std::string, std::string>>& found_;
    std::pair<std::string, std::string> last_;
    std::string component_;
    int depth_ = 0;
    bool in_data_ = false, in_header_ = false;
};

} // namespace

bool is_heading(std::string_view key) {
    return key == "version" || key == "type" || key == "is_batch" || key == "attributes" || key == "data";
}

bool is_note(std::string_view key) {
    constexpr std::array<std::string_view, 8> notes{"source", "title",   "name",    "note",
                                                    "notes",  "comment", "licence", "license"};
    return std::ranges::find(notes, key) != notes.end();
}

std::string unknown_heading(std::string_view key) {
    return fmt::format("'{}' is no key of power-grid-model's JSON; it is ignored", key);
}

std::set<std::pair<std::string, std::string>> update_keys(const std::string& text) {
    std::set<std::pair<std::string, std::string>> found;
    Names names(found);
    nlohmann::json::sax_parse(text, &names);
    return found;
}

} // namespace autarky::grid
