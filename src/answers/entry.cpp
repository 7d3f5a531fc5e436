// autarky: replies as JSON and tables.
// SPDX-License-Identifier: Apache-2.0
#include "answers/entry.hpp"

#include <fmt/format.h>

#include "show/schema.hpp"

namespace autarky::answers {

void Reply::write_json(show::Out out) const {
    show::JsonWriter writer(std::move(out));
    walk(writer);
    writer.finish();
}

std::string Reply::json() const {
    std::string text;
    write_json([&text](std::string_view part) { text += part; });
    return text;
}

std::vector<show::Table> Reply::tables() const {
    show::TableCollector collector;
    walk(collector);
    return std::move(collector).tables();
}

std::string Entry::schema() const { return fmt::format("autarky.{}/{}", name, version); }
std::string Entry::answer_schema() const { return show::json_schema(answer(), schema(), summary); }
std::string Entry::request_schema() const {
    return answers::request_schema(question(), fmt::format("autarky.{}.request/{}", name, version), summary);
}

} // namespace autarky::answers
