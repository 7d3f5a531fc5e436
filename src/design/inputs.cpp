// autarky: chips and workloads of the catalogue, or of a file.
// SPDX-License-Identifier: Apache-2.0
#include "design/inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/refuse.hpp"
#include "design/document.hpp"
#include "engine/sampler.hpp"
#include "input/files.hpp"
#include "input/shape.hpp"

namespace autarky::design {
namespace {

constexpr std::uint64_t seed = 42;

/// Files of the catalogue: a table of rows under the key of their kind.
struct ChipDocument {
    Table<compute::Accelerator<Uncertain>> accelerator;
};
constexpr auto describe(Type<ChipDocument> /*type*/) {
    return fields(table("accelerator", &ChipDocument::accelerator, "Chips that run networks"));
}
struct WorkloadDocument {
    Table<compute::Workload<Uncertain>> workload;
};
constexpr auto describe(Type<WorkloadDocument> /*type*/) {
    return fields(table("workload", &WorkloadDocument::workload, "Networks at a rate, with a deadline"));
}

/// What differs between the two kinds.
struct Kind {
    std::string key, folder, noun;
};
const Kind chip_kind{"accelerator", "accelerators", "chip"};
const Kind workload_kind{"workload", "workloads", "workload"};

std::string with_underscores(std::string name) {
    std::ranges::replace(name, '-', '_');
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name;
}

std::vector<std::filesystem::path> files_of(const Kind& kind, const std::string& data_folder) {
    const auto data = data_folder_or_default(data_folder);
    return scenario::files_with(".toml", data / "catalogue" / kind.folder);
}

/// Names of the headings `[key.name]` of a text, in order.
std::vector<std::string> headings(const std::string& text, const Kind& kind) {
    std::vector<std::string> names;
    const auto start = fmt::format("[{}.", kind.key);
    for (std::size_t at = text.find(start); at != std::string::npos; at = text.find(start, at + 1)) {
        const bool begins_line = at == 0 || text[at - 1] == '\n';
        const auto end = text.find_first_of("].\n", at + start.size());
        if (!begins_line || end == std::string::npos || text[end] != ']') continue;
        names.push_back(text.substr(at + start.size(), end - at - start.size()));
    }
    return names;
}

std::vector<std::string> names_of(const Kind& kind, const std::string& data_folder) {
    std::vector<std::string> names;
    for (const auto& file : files_of(kind, data_folder))
        for (auto& name : headings(scenario::read_file(file).content, kind))
            names.push_back(std::move(name));
    std::ranges::sort(names);
    return names;
}

/// File and row that a name stands for.
struct Location {
    std::filesystem::path file;
    std::string row;
};

Location in_file(const std::string& file, std::string row, const Kind& kind) {
    const auto content = scenario::read_file(file);
    if (!content.trouble.empty()) refuse({file, 0, 0, 1}, content.code, content.trouble, {});
    const auto rows = headings(content.content, kind);
    if (row.empty() && rows.size() == 1) return {file, rows.front()};
    if (rows.empty())
        refuse({file, 0, 0, 1}, "E0301", fmt::format("the file describes no {}", kind.noun),
               fmt::format("begin with [{}.NAME]", kind.key));
    if (row.empty())
        refuse({file, 0, 0, 1}, "E0304", fmt::format("the file describes {} {}s", rows.size(), kind.noun),
               fmt::format("say which: {}:NAME", file));
    row = with_underscores(std::move(row));
    if (std::ranges::find(rows, row) == rows.end())
        refuse({file, 0, 0, 1}, "E0304", fmt::format("the file has no {} '{}'", kind.noun, row),
               did_you_mean(row, {rows.begin(), rows.end()}));
    return {file, row};
}

Location locate(const std::string& name, const Kind& kind, const std::string& data_folder) {
    const auto suffix = name.find(".toml");
    if (suffix != std::string::npos) {
        const auto colon = name.find(':', suffix);
        return in_file(name.substr(0, colon), colon == std::string::npos ? std::string{} : name.substr(colon + 1),
                       kind);
    }
    const auto row = with_underscores(name);
    for (const auto& file : files_of(kind, data_folder)) {
        const auto rows = headings(scenario::read_file(file).content, kind);
        if (std::ranges::find(rows, row) != rows.end()) return {file, row};
    }
    const auto known = names_of(kind, data_folder);
    auto hint = did_you_mean(row, {known.begin(), known.end()});
    if (hint.empty()) hint = fmt::format("known: {}", fmt::join(known, ", "));
    refuse({"", 0, 0, 1}, "E0304", fmt::format("there is no {} '{}'", kind.noun, name), std::move(hint));
}

template <template <class> class E> E<double> valued(const E<Uncertain>& entity, const std::vector<double>& values) {
    E<double> result{};
    map_reading(entity, result,
                [&values](const Uncertain& from, double& to) { to = values[static_cast<std::size_t>(from.input)]; });
    return result;
}

template <template <class> class E, class Doc>
CatalogueEntry<E> load_entry(const std::string& name, const Kind& kind, const std::string& data_folder,
                             Table<E<Uncertain>> Doc::* rows) {
    const auto at = locate(name, kind, data_folder);
    Doc document;
    auto inputs = read_document(data_folder_or_default(data_folder), {at.file}, scenario::shape_of<Doc>(), &document);
    const auto& found = document.*rows;
    const auto row = std::ranges::find(found.names, at.row) - found.names.begin();
    CatalogueEntry<E> entry{at.row, at.file.string(), found[static_cast<std::size_t>(row)], std::move(inputs)};
    return entry;
}

} // namespace

template <template <class> class E> E<double> CatalogueEntry<E>::median() const {
    return valued(entity, engine::Sampler(inputs, seed).medians());
}
template <template <class> class E> E<double> CatalogueEntry<E>::draw(std::uint64_t index) const {
    return valued(entity, engine::Sampler(inputs, seed).sample(index));
}
template struct CatalogueEntry<compute::Accelerator>;
template struct CatalogueEntry<compute::Workload>;

std::vector<std::string> chip_names(const std::string& data_folder) { return names_of(chip_kind, data_folder); }
std::vector<std::string> workload_names(const std::string& data_folder) { return names_of(workload_kind, data_folder); }

std::optional<WorkloadEntry> workload_of_network(const std::string& network, const std::string& data_folder) {
    WorkloadDocument document;
    const auto files = files_of(workload_kind, data_folder);
    auto inputs =
        read_document(data_folder_or_default(data_folder), files, scenario::shape_of<WorkloadDocument>(), &document);
    const auto& rows = document.workload;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].network == network) return WorkloadEntry{rows.names[i], {}, rows[i], std::move(inputs)};
    return std::nullopt;
}

bool is_workload(const std::string& name, const std::string& data_folder) {
    const auto names = workload_names(data_folder);
    return std::ranges::find(names, with_underscores(name)) != names.end();
}

ChipEntry load_chip(const std::string& name, const std::string& data_folder) {
    return load_entry<compute::Accelerator>(name, chip_kind, data_folder, &ChipDocument::accelerator);
}
WorkloadEntry load_workload(const std::string& name, const std::string& data_folder) {
    return load_entry<compute::Workload>(name, workload_kind, data_folder, &WorkloadDocument::workload);
}

} // namespace autarky::design
