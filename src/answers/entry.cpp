// autarky: replies as JSON and tables.
// SPDX-License-Identifier: Apache-2.0
#include "answers/entry.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "answers/findings.hpp"
#include "show/described_tables.hpp"
#include "show/schema.hpp"

namespace autarky::answers {

namespace {

bool is_list(const show::RecordShape& answer) {
    return std::ranges::any_of(answer.items, [](const show::ItemShape& item) { return item.is_whole; });
}

} // namespace

void Reply::walk(show::Sink& sink) const {
    WarningSink warning(sink, warnings_);
    verbs_->walk(answer_.get(), schema_, warning);
}

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
    verbs_->walk(answer_.get(), schema_, collector);
    return show::described(std::move(collector).tables(), shape());
}

std::string Entry::schema() const { return fmt::format("autarky.{}/{}", name, version); }
std::string Entry::answer_schema() const {
    auto shape = answer();
    const auto& warned = show::record_shape<Warned>().items;
    if (!is_list(shape)) shape.items.insert(shape.items.end(), warned.begin(), warned.end());
    return show::json_schema(shape, schema(), summary);
}
std::string Entry::request_schema() const {
    return answers::request_schema(question(), fmt::format("autarky.{}.request/{}", name, version), summary);
}

} // namespace autarky::answers
