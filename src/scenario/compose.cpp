// autarky: composes the effective scenario.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/compose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "input/files.hpp"
#include "input/parsed_texts.hpp"
#include "input/path.hpp"
#include "input/set_argument.hpp"
#include "scenario/select.hpp"
#include "scenario/variants.hpp"

namespace autarky::scenario {
namespace fs = std::filesystem;
namespace {

/// Lists of tables, to which every layer adds; an entry with an id that exists already replaces it.
constexpr std::string_view appended_keys[] = {"correlation", "claim", "observation"};

std::string id_of(const Node& item) {
    const Node* id = item.is_table() ? item.find("id") : nullptr;
    return id != nullptr && id->is_text() ? id->text : std::string{};
}

void append_list(Node& root, Node list, std::string_view key, const Place& place) {
    Node* base = root.find(key);
    if (base == nullptr || !base->is_array() || !list.is_array()) {
        if (base != nullptr)
            *base = std::move(list);
        else
            root.members.push_back({std::string(key), place, std::move(list)});
        return;
    }
    std::set<std::string> replaced;
    for (const auto& item : list.items)
        if (auto id = id_of(item); !id.empty()) replaced.insert(std::move(id));
    std::erase_if(base->items, [&](const Node& item) { return replaced.count(id_of(item)) == 1; });
    for (auto& item : list.items)
        base->items.push_back(std::move(item));
}

class Composer {
public:
    Composer(const LoadRequest& request, const Shape& shape, Texts& texts, Diagnostics& diagnostics)
        : request_(request),
          texts_(texts),
          diagnostics_(diagnostics),
          shape_(shape),
          selection_(shape, texts, diagnostics) {}

    Composition run() {
        data_ = request_.data_folder.empty() ? find_data_folder() : fs::path(request_.data_folder);
        out_.root.place.text = -1;
        for (const auto& file : catalogue_files(data_))
            if (auto node = read(file, "catalogue/" + file.filename().string(), {})) lay(std::move(*node));
        out_.first_scenario_text = static_cast<int>(texts_.texts.size());
        read_scenario();
        if (out_.is_readable) {
            apply_variants();
            for (const auto& file : request_.reports)
                add_reports(file);
            apply_sets();
            lay_chips_below();
            if (request_.whole_catalogue) selection_.take_everything(out_.root);
            selection_.prune(out_.root);
            out_.names = selection_.all_names();
        }
        return std::move(out_);
    }

private:
    /// `asked_at` is where the file is named, for the finding that it is missing.
    std::optional<Node> read(const fs::path& path, std::string name, const Place& asked_at, bool is_scenario = true) {
        auto file = read_file(path);
        if (!file.trouble.empty()) {
            const auto origin = asked_at.text >= 0 ? texts_.origin(asked_at) : Origin{name, 0, 0, 1};
            diagnostics_.error(
                origin, file.code, asked_at.text >= 0 ? fmt::format("'{}': {}", name, file.trouble) : file.trouble,
                file.code == std::string_view("E0601") && is_scenario ? scenario_hint(path.stem().string())
                                                                      : std::string{});
            out_.is_readable = false;
            return std::nullopt;
        }
        const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
        return parse({std::move(name), std::move(file.content), folder});
    }
    std::optional<Node> parse(Text text) {
        const int number = texts_.add(std::move(text));
        diagnostics_.remember_source(texts_.texts.back().name, texts_.texts.back().content);
        auto node = read_kept_toml(texts_, number, diagnostics_);
        if (!node)
            out_.is_readable = false;
        else
            stamp_citations(*node, texts_);
        return node;
    }
    [[nodiscard]] std::string scenario_hint(const std::string& name) const {
        const auto names = bundled_scenarios(data_);
        if (names.empty()) return data_.empty() ? "no data folder was found; AUTARKY_DATA names one" : "";
        auto hint = did_you_mean(name, {names.begin(), names.end()});
        return hint.empty() ? fmt::format("bundled scenarios are {}", fmt::join(names, ", ")) : hint;
    }

    /// Lays a file that holds observations and their sources, nothing else.
    void add_reports(const std::string& file) {
        auto node = read(file, file, {}, false);
        if (!node) return;
        for (const auto& member : node->members)
            if (member.key != "observation" && member.key != "source")
                diagnostics_.error(texts_.origin(member.place), "E0301",
                                   fmt::format("'{}' has no place in a file of observations", member.key),
                                   "it holds [[observation]] and [source.name] only");
        lay(std::move(*node));
    }

    void lay(Node layer) {
        for (const auto key : appended_keys) {
            const auto found =
                std::find_if(layer.members.begin(), layer.members.end(), [&](const Member& m) { return m.key == key; });
            if (found == layer.members.end()) continue;
            append_list(out_.root, std::move(found->value), key, found->place);
            layer.members.erase(found);
        }
        for (const auto& field : shape_.fields) {
            const Node* table = field.kind == FieldKind::table ? layer.find(field.key) : nullptr;
            if (table == nullptr || !table->is_table()) continue;
            for (const auto& row : table->members)
                outdate(field, row.key, row.value);
        }
        overlay(out_.root, std::move(layer));
    }

    /// Takes out of a row below what follows from the keys that this layer gives it.
    void outdate(const FieldShape& table, std::string_view row, const Node& layer) {
        for (const auto& member : layer.members)
            outdate(table, row, member.key, member.value);
    }
    void outdate(const FieldShape& table, std::string_view row, std::string_view key, const Node& value) {
        const Node* is = value.is_table() ? value.find("is") : &value;
        const FieldShape* from = table.inner->find(key);
        if (from == nullptr || from->kind != FieldKind::reference || is == nullptr || is->text.empty()) return;
        Node* rows = out_.root.find(table.key);
        Node* below = rows == nullptr ? nullptr : rows->find(row);
        if (below == nullptr) return;
        for (const auto& field : table.inner->fields)
            if (const auto rule = field.computed(); rule && rule->from == key) below->erase(field.key);
    }
    void outdate(const Path& path, const Node& value) {
        const auto& keys = path.keys;
        const auto* table = shape_.find(keys.front());
        if (table == nullptr || table->kind != FieldKind::table) return;
        if (keys.size() == 3) outdate(*table, keys[1], keys[2], value);
        if (keys.size() == 2) outdate(*table, keys[1], value);
    }

    /// The accelerators and workloads of the catalogue go below everything else, when anything may need them: few scenarios
    /// do, and reading takes time. Else the merchants of the catalogue name no accelerators.
    void lay_chips_below() {
        const auto names_one = [this](std::string_view table, int first_text) {
            const Node* rows = out_.root.find(table);
            if (rows == nullptr || !rows->is_table()) return false;
            for (const auto& row : rows->members)
                for (const auto key : {"accelerator", "workload", "also_runs"})
                    if (const Node* value = row.value.find(key); value != nullptr && value->place.text >= first_text)
                        return true;
            return false;
        };
        const bool is_needed = names_one("chip", 0) || names_one("vehicle", 0) || names_one("robot", 0) ||
                               names_one("outlet", 0) || names_one("merchant", out_.first_scenario_text) ||
                               out_.root.find("accelerator") != nullptr || out_.root.find("workload") != nullptr ||
                               selection_.uses("accelerator") || selection_.uses("workload") ||
                               request_.whole_catalogue;
        if (!is_needed || shape_.find("accelerator") == nullptr) {
            if (Node* merchants = out_.root.find("merchant"); merchants != nullptr)
                for (auto& row : merchants->members)
                    row.value.erase("accelerator");
            return;
        }
        Node below;
        below.place.text = -1;
        for (const auto& file : compute_files(data_)) {
            const auto name =
                fmt::format("catalogue/{}/{}", file.parent_path().filename().string(), file.filename().string());
            if (auto node = read(file, name, {})) overlay(below, std::move(*node));
        }
        overlay(below, std::move(out_.root));
        out_.root = std::move(below);
    }

    void read_scenario() {
        const std::string asked = request_.scenario.empty() ? "ai5" : request_.scenario;
        std::optional<Node> node;
        const fs::path file(asked);
        out_.name = file.stem().string();
        std::error_code error;
        if (request_.text) {
            node = parse({asked, *request_.text, {}});
        } else if (file.has_parent_path() || file.extension() == ".toml" || fs::is_regular_file(file, error)) {
            node = read(file, asked, {});
            stack_.push_back(fs::weakly_canonical(file, error));
        } else {
            out_.name = asked;
            const auto bundled = data_ / "scenarios" / (asked + ".toml");
            if (!fs::exists(bundled, error)) {
                diagnostics_.error({}, "E0601", fmt::format("there is no scenario '{}'", asked), scenario_hint(asked));
                out_.is_readable = false;
                return;
            }
            node = read(bundled, fmt::format("scenarios/{}.toml", asked), {});
            stack_.push_back(fs::weakly_canonical(bundled, error));
        }
        if (node) lay_scenario(std::move(*node));
    }

    /// The file that it extends first, then itself.
    void lay_scenario(Node node) {
        if (const Node* base = node.find("extends")) {
            if (base->is_text())
                lay_base(*base);
            else
                diagnostics_.error(texts_.origin(base->place), "E0207",
                                   fmt::format("extends: needs the name of a file, not {}", kind_name(base->kind)),
                                   "extends = \"base.toml\"");
        }
        node.erase("extends");
        selection_.name_rows_of(node);
        if (const Node* use = node.find("use")) selection_.add_use(*use);
        node.erase("use");
        lay(std::move(node));
    }
    void lay_base(const Node& base) {
        const auto& from = texts_.of(base.place);
        if (from.folder.empty()) {
            diagnostics_.error(texts_.origin(base.place), "E0605",
                               "extends: a scenario that is no file cannot extend one");
            out_.is_readable = false;
            return;
        }
        const bool is_file = fs::path(base.text).extension() == ".toml";
        const auto path = is_file ? fs::path(from.folder) / base.text : data_ / "scenarios" / (base.text + ".toml");
        const auto name = is_file ? (fs::path(from.name).parent_path() / base.text).lexically_normal().string()
                                  : fmt::format("scenarios/{}.toml", base.text);
        if (is_file && !may_name(from.folder, path, data_)) {
            diagnostics_.error(texts_.origin(base.place), "E0605", fmt::format("'{}': {}", base.text, outside_folder),
                               outside_folder_hint);
            out_.is_readable = false;
            return;
        }
        std::error_code error;
        const auto canonical = fs::weakly_canonical(path, error);
        if (std::find(stack_.begin(), stack_.end(), canonical) != stack_.end()) {
            std::string chain;
            for (const auto& file : stack_)
                chain += file.filename().string() + " -> ";
            diagnostics_.error(
                texts_.origin(base.place), "E0306",
                fmt::format("extends goes round in a circle: {}{}", chain, canonical.filename().string()),
                "a base file extends nothing of its heirs");
            out_.is_readable = false;
            return;
        }
        stack_.push_back(canonical);
        if (auto node = read(path, name, base.place)) lay_scenario(std::move(*node));
        stack_.pop_back();
    }

    void apply_variants() {
        Node table;
        if (Node* found = out_.root.find("variant")) table = std::move(*found);
        out_.root.erase("variant");
        Variants variants(std::move(table), texts_, diagnostics_);
        out_.known_variants = variants.names();
        for (const Member* variant : variants.in_order(request_.variants)) {
            out_.variants.push_back(variant->key);
            if (const Node* set = variant->value.find("set"); set != nullptr && set->is_table()) {
                for (const auto& member : set->members)
                    if (const auto path = parse_path(member.key)) outdate(*path, member.value);
                for (const auto& member : set->members)
                    set_value(member.key, member.place, member.value);
            }
            if (const Node* use = variant->value.find("use")) selection_.add_use(*use);
        }
    }
    void set_value(const std::string& key, const Place& place, const Node& value) {
        const auto path = parse_path(key);
        if (!path) {
            diagnostics_.error(texts_.origin(place), "E0501", fmt::format("'{}' is no path", key),
                               "a path is table.row.key, such as process.sf2.wafer_price");
            return;
        }
        selection_.name_path(path->keys, place, value);
        set_path(out_.root, *path, place, value, texts_, diagnostics_);
    }

    void apply_sets() {
        std::vector<std::optional<SetArgument>> sets;
        sets.reserve(request_.sets.size());
        for (std::size_t i = 0; i < request_.sets.size(); ++i)
            sets.push_back(read_set_argument(request_.sets[i], i + 1, texts_, diagnostics_));
        for (const auto& set : sets)
            if (set) outdate(set->path, set->value);
        for (auto& set : sets) {
            if (!set) continue;
            if (set->path.keys.front() == "use") {
                selection_.add_use(set->value);
                continue;
            }
            const bool is_list = set->path.keys.size() == 1 &&
                                 std::find(std::begin(appended_keys), std::end(appended_keys), set->path.keys[0]) !=
                                     std::end(appended_keys);
            if (is_list) {
                append_list(out_.root, std::move(set->value), set->path.keys[0], set->place);
                continue;
            }
            selection_.name_path(set->path.keys, set->place, set->value);
            set_path(out_.root, set->path, set->place, std::move(set->value), texts_, diagnostics_);
        }
    }

    const LoadRequest& request_;
    Texts& texts_;
    Diagnostics& diagnostics_;
    const Shape& shape_;
    Selection selection_;
    Composition out_;
    fs::path data_;
    std::vector<fs::path> stack_; ///< files that extend each other, the scenario first
};

} // namespace

const std::vector<std::string_view>& reserved_keys() {
    static const std::vector<std::string_view> keys{"schema", "title",       "note",        "extends",
                                                    "use",    "source",      "variant",     "correlation",
                                                    "claim",  "observation", "price_index", "exchange_rate"};
    return keys;
}

Composition compose(const LoadRequest& request, const Shape& shape, Texts& texts, Diagnostics& diagnostics) {
    return Composer(request, shape, texts, diagnostics).run();
}

} // namespace autarky::scenario
