// autarky: reads some files of the catalogue into one described struct.
// SPDX-License-Identifier: Apache-2.0
#include "design/document.hpp"

#include <fmt/format.h>

#include <utility>

#include "input/files.hpp"
#include "input/read.hpp"
#include "input/toml.hpp"
#include "scenario/compose.hpp"

namespace autarky::design {
namespace {

constexpr int price_year = 2025;

/// Adds a file to the tree; false, with a finding, when it cannot be read or is no TOML.
bool lay_file(const std::filesystem::path& file, scenario::Texts& texts, scenario::Node& root,
              Diagnostics& diagnostics) {
    const auto name = file.string();
    auto content = scenario::read_file(file);
    if (!content.trouble.empty()) {
        diagnostics.error({name, 0, 0, 1}, content.code, std::move(content.trouble));
        return false;
    }
    const int number = texts.add({name, std::move(content.content), file.parent_path().string()});
    diagnostics.remember_source(name, texts.texts.back().content);
    auto node = scenario::read_toml(texts, number, diagnostics);
    if (!node) return false;
    scenario::stamp_citations(*node, texts);
    scenario::overlay(root, std::move(*node));
    return true;
}

} // namespace

std::filesystem::path data_folder_or_default(const std::string& folder) {
    return folder.empty() ? scenario::find_data_folder() : std::filesystem::path(folder);
}

Inputs read_document(const std::filesystem::path& data, const std::vector<std::filesystem::path>& files,
                     const scenario::Shape& shape, void* target) {
    InputError findings;
    auto& diagnostics = findings.diagnostics;
    scenario::Texts texts;
    scenario::Node root;
    bool sound = true;
    for (const auto* shared : {"sources.toml", "prices.toml"})
        sound = lay_file(data / "catalogue" / shared, texts, root, diagnostics) && sound;
    for (const auto& file : files)
        sound = lay_file(file, texts, root, diagnostics) && sound;
    if (!sound) throw std::move(findings);
    scenario::Prices prices;
    prices.price_year = price_year;
    prices.read(root, texts, diagnostics);
    scenario::SourceTable sources(root, texts, diagnostics);
    Inputs inputs;
    scenario::Reader reader(texts, prices, sources, inputs, diagnostics);
    reader.read(shape, root, target, scenario::reserved_keys());
    if (diagnostics.has_errors()) throw std::move(findings);
    return inputs;
}

} // namespace autarky::design
