// autarky: a small scenario with one field of every kind, and the ways to read it in a test.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

#include "core/describe.hpp"
#include "core/quantities.hpp"
#include "input/shape.hpp"
#include "scenario/load.hpp"

namespace autarky::test {

enum class Kind { planar, gate_all_around };
constexpr std::array<std::string_view, 2> choices(Type<Kind> /*type*/) { return {"planar", "gate_all_around"}; }

struct Horizon {
    Quarter start, end;
};
constexpr auto describe(Type<Horizon> /*type*/) {
    return fields(plain_field("start", &Horizon::start, "First quarter"),
                  plain_field("end", &Horizon::end, "Last quarter", "2035Q4"));
}

template <class R> struct Economy {
    int price_year = 0;
    Date<R> decision;
    PerYear<R> growth;
};
template <class R> constexpr auto describe(Type<Economy<R>> /*type*/) {
    using E = Economy<R>;
    return fields(plain_field("price_year", &E::price_year, "Price year", "2025"),
                  date_field("decision", &E::decision, "Decision", "2026Q1"),
                  field("growth", &E::growth, "%/year"_u, "Growth", Range::rate, "0 %/year"));
}

template <class R> struct Process {
    std::string foundry;
    Kind kind = Kind::planar;
    bool mature = false;
    WaferPrice<R> price;
    DefectDensity<R> defects;
    R yield{}, clustering{}, shift{};
    Money<R> masks;
};
template <class R> constexpr auto describe(Type<Process<R>> /*type*/) {
    using P = Process<R>;
    return fields(plain_field("foundry", &P::foundry, "Who runs it", ""),
                  plain_field("kind", &P::kind, "Transistor", "planar"),
                  plain_field("mature", &P::mature, "Mature", "false"),
                  field("price", &P::price, "USD/wafer"_u, "Price of a wafer", Range::positive),
                  field("defects", &P::defects, "1/cm^2"_u, "Defect density", Range::nonnegative, "0.1 1/cm^2"),
                  field("yield", &P::yield, "%"_u, "Yield", Range::fraction, "90 %"),
                  field("clustering", &P::clustering, "1"_u, "Clustering", Range::positive, "2 to 5"),
                  field("shift", &P::shift, "1"_u, "Any number", Range::any, "0"),
                  field("masks", &P::masks, "MUSD"_u, "Mask set", Range::nonnegative, "0 MUSD"));
}

template <class R> struct Site {
    Reference process, backup;
    Series<WaferRate<R>> capacity;
    Series<R> premium;
};
template <class R> constexpr auto describe(Type<Site<R>> /*type*/) {
    using S = Site<R>;
    return fields(reference("process", &S::process, "process", "Process that runs there"),
                  reference("backup", &S::backup, "process", "Another one", ""),
                  field("capacity", &S::capacity, "wafer/month"_u, "Capacity", Range::nonnegative, "", Before::zero),
                  field("premium", &S::premium, "x"_u, "Premium", Range::positive, "1 x", Before::error));
}

template <class R> struct Mini {
    Horizon horizon;
    Economy<R> economy;
    Table<Process<R>> process;
    Table<Site<R>> site;
};
template <class R> constexpr auto describe(Type<Mini<R>> /*type*/) {
    using M = Mini<R>;
    return fields(section("horizon", &M::horizon, "Horizon"), section("economy", &M::economy, "Economy"),
                  table("process", &M::process, "Processes"), table("site", &M::site, "Sites"));
}

/// What reading gave: the entities and tables, or the rendered findings (warnings too).
struct Reading {
    Mini<Uncertain> mini;
    LoadedTables tables;
    std::string findings;
    bool ok = false;

    /// The input of that path; the test fails without it.
    [[nodiscard]] const Input& input(std::string_view path) const {
        for (const auto& row : tables.inputs.rows)
            if (row.path == path) return row;
        throw std::runtime_error("no input " + std::string(path) + "\n" + findings);
    }
    [[nodiscard]] bool has(std::string_view path) const {
        return std::any_of(tables.inputs.rows.begin(), tables.inputs.rows.end(),
                           [&](const Input& row) { return row.path == path; });
    }
    [[nodiscard]] double value(std::string_view path) const { return input(path).distribution.parameters.at(0); }
};

inline Reading read(const LoadRequest& request) {
    Reading out;
    try {
        out.tables = load_tables(request, scenario::shape_of<Mini<Uncertain>>(), &out.mini);
        out.findings = out.tables.warnings.render();
        out.ok = true;
    } catch (const InputError& error) {
        out.findings = error.diagnostics.render();
    }
    return out;
}

/// A request for a scenario given as text, without any catalogue.
inline LoadRequest text_request(std::string text, std::vector<std::string> sets = {},
                                std::vector<std::string> variants = {}) {
    LoadRequest request;
    request.scenario = "t.toml";
    request.text = std::move(text);
    request.sets = std::move(sets);
    request.variants = std::move(variants);
    request.data_folder = "/nonexistent";
    return request;
}
inline Reading read_text(std::string text, std::vector<std::string> sets = {}, std::vector<std::string> variants = {}) {
    return read(text_request(std::move(text), std::move(sets), std::move(variants)));
}

/// Rendered findings without the warnings.
inline std::string errors_only(const std::string& rendered) {
    std::string out;
    bool keeps = true;
    for (std::size_t at = 0; at < rendered.size();) {
        const auto end = std::min(rendered.find('\n', at), rendered.size() - 1) + 1;
        const auto line = rendered.substr(at, end - at);
        at = end;
        if (line[0] != ' ') keeps = line.find("warning[") == std::string::npos;
        if (keeps) out += line;
    }
    return out;
}

/// A folder with files that vanishes with the test.
class Folder {
public:
    explicit Folder(const std::vector<std::pair<std::string, std::string>>& files) {
        static int number = 0;
        path_ = std::filesystem::temp_directory_path() /
                ("autarky-test-" + std::to_string(getpid()) + "-" + std::to_string(++number));
        for (const auto& [name, content] : files) {
            std::filesystem::create_directories((path_ / name).parent_path());
            std::ofstream(path_ / name, std::ios::binary) << content;
        }
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string path(const std::string& name = {}) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

} // namespace autarky::test
