// autarky: reads configuration files of SCALE-Sim.
// SPDX-License-Identifier: Apache-2.0
#include "compute/mapping/array_config.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>

#include "core/visible.hpp"

namespace autarky::compute {
namespace {

constexpr std::string_view architecture = "architecture_presets";

/// What becomes of a key.
enum class Use {
    read,
    name,      ///< what the run is called
    stalls,    ///< it only decides how long an array waits for its memories, which cycles of the arrays leave out
    addresses, ///< it only decides which addresses a trace shows
    layers,    ///< the layers come from elsewhere
    sparsity,
};
struct KnownKey {
    std::string_view section, key;
    Use use;
};
constexpr std::array known_keys{
    KnownKey{"general", "run_name", Use::name},
    KnownKey{architecture, "ArrayHeight", Use::read},
    KnownKey{architecture, "ArrayWidth", Use::read},
    KnownKey{architecture, "IfmapSramSzkB", Use::read},
    KnownKey{architecture, "FilterSramSzkB", Use::read},
    KnownKey{architecture, "OfmapSramSzkB", Use::read},
    KnownKey{architecture, "Dataflow", Use::read},
    KnownKey{architecture, "IfmapOffset", Use::addresses},
    KnownKey{architecture, "FilterOffset", Use::addresses},
    KnownKey{architecture, "OfmapOffset", Use::addresses},
    KnownKey{architecture, "Bandwidth", Use::stalls},
    KnownKey{architecture, "MemoryBanks", Use::stalls},
    KnownKey{architecture, "ReadRequestBuffer", Use::stalls},
    KnownKey{architecture, "WriteRequestBuffer", Use::stalls},
    KnownKey{"layout", "IfmapCustomLayout", Use::stalls},
    KnownKey{"layout", "IfmapSRAMBankBandwidth", Use::stalls},
    KnownKey{"layout", "IfmapSRAMBankNum", Use::stalls},
    KnownKey{"layout", "IfmapSRAMBankPort", Use::stalls},
    KnownKey{"layout", "FilterCustomLayout", Use::stalls},
    KnownKey{"layout", "FilterSRAMBankBandwidth", Use::stalls},
    KnownKey{"layout", "FilterSRAMBankNum", Use::stalls},
    KnownKey{"layout", "FilterSRAMBankPort", Use::stalls},
    KnownKey{"network_presets", "TopologyCsvLoc", Use::layers},
    KnownKey{"sparsity", "SparsitySupport", Use::sparsity},
    KnownKey{"sparsity", "SparseRep", Use::sparsity},
    KnownKey{"sparsity", "OptimizedMapping", Use::sparsity},
    KnownKey{"sparsity", "BlockSize", Use::sparsity},
    KnownKey{"sparsity", "RandomNumberGeneratorSeed", Use::sparsity},
    KnownKey{"run_presets", "InterfaceBandwidth", Use::stalls},
    KnownKey{"run_presets", "UseRamulatorTrace", Use::stalls},
};

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\f\v";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

struct Entry {
    std::string section, key, value;
    Origin at;
};

class Reader {
public:
    Reader(std::string_view content, std::string file, Diagnostics& diagnostics)
        : file_(std::move(file)), diagnostics_(diagnostics) {
        if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
        std::string section;
        for (std::size_t number = 1; !content.empty(); ++number) {
            const auto end = std::min(content.find('\n'), content.size());
            add_line(content.substr(0, end), number, section);
            content.remove_prefix(std::min(end + 1, content.size()));
        }
    }

    ArrayConfig config() {
        ArrayConfig out;
        out.array.rows = whole("ArrayHeight", largest_side);
        out.array.columns = whole("ArrayWidth", largest_side);
        out.buffers.ifmap = kilobytes("IfmapSramSzkB");
        out.buffers.filter = kilobytes("FilterSramSzkB");
        out.buffers.ofmap = kilobytes("OfmapSramSzkB");
        out.array.dataflow = dataflow();
        refuse_sparsity();
        out.remarks = remarks();
        return out;
    }

private:
    static constexpr Count largest_side = 65'536;

    void error(Origin at, std::string message, std::string hint = {}) {
        diagnostics_.error(std::move(at), "E0716", std::move(message), std::move(hint));
    }

    void add_line(std::string_view line, std::size_t number, std::string& section) {
        const auto text = trimmed(line);
        if (text.empty() || text.front() == '#' || text.front() == ';') return;
        const Origin at{file_, number, 1, std::max<std::size_t>(1, visible(text).size())};
        if (text.front() == '[') {
            const auto close = text.find(']');
            if (close == std::string_view::npos) return error(at, "this section has no ']'");
            section = text.substr(1, close - 1);
            return;
        }
        const auto sign = text.find_first_of(":=");
        if (sign == std::string_view::npos)
            return error(at, fmt::format("'{}' is no 'key: value'", visible(text)), "comments begin with #");
        Entry entry{section, std::string(trimmed(text.substr(0, sign))), std::string(trimmed(text.substr(sign + 1))),
                    at};
        if (const auto* before = find(entry.section, entry.key))
            return error(at, fmt::format("{} is given twice, first in line {}", visible(entry.key), before->at.line));
        entries_.push_back(std::move(entry));
    }

    [[nodiscard]] const Entry* find(std::string_view section, std::string_view key) const {
        const auto found = std::ranges::find_if(
            entries_, [&](const Entry& e) { return e.section == section && lower(e.key) == lower(key); });
        return found == entries_.end() ? nullptr : &*found;
    }

    /// A key of the architecture, which must be there.
    const Entry* needed(std::string_view key) {
        const auto* entry = find(architecture, key);
        if (entry == nullptr)
            error({file_, 0, 0, 1}, fmt::format("{} is missing in [{}]", key, architecture),
                  fmt::format("{}: {}", key, key == "Dataflow" ? "ws" : "32"));
        return entry;
    }

    Count whole(std::string_view key, Count most) {
        const auto* entry = needed(key);
        if (entry == nullptr) return 1;
        Count n = 0;
        const auto* end = entry->value.data() + entry->value.size();
        const auto [stop, trouble] = std::from_chars(entry->value.data(), end, n);
        if (trouble == std::errc{} && stop == end && n >= 1 && n <= most) return n;
        error(entry->at, fmt::format("{} is '{}'", key, visible(entry->value)),
              fmt::format("a whole number from 1 to {}, nothing behind it", most));
        return 1;
    }
    Count kilobytes(std::string_view key) {
        constexpr Count largest = Count{1} << 30;
        return product(1024, whole(key, largest));
    }

    Dataflow dataflow() {
        const auto* entry = needed("Dataflow");
        if (entry == nullptr) return Dataflow::output_stationary;
        const auto found = dataflow_named(entry->value);
        if (!found)
            error(entry->at, fmt::format("Dataflow is '{}'", visible(entry->value)),
                  "os (outputs stay), ws (weights stay) or is (inputs stay)");
        return found.value_or(Dataflow::output_stationary);
    }

    void refuse_sparsity() {
        const auto* entry = find("sparsity", "SparsitySupport");
        if (entry != nullptr && lower(entry->value) == "true")
            error(entry->at, "SparsitySupport is true, and sparse arrays are not modelled",
                  "SparsitySupport: false counts the dense work");
    }

    [[nodiscard]] bool is_on(std::string_view section, std::string_view key, std::string_view value) const {
        const auto* entry = find(section, key);
        return entry != nullptr && lower(entry->value) == value;
    }

    [[nodiscard]] std::vector<std::string> remarks() const {
        std::vector<std::string> out, unused, unknown;
        for (const auto& e : entries_) {
            const auto known = std::ranges::find_if(
                known_keys, [&](const KnownKey& k) { return k.section == e.section && lower(k.key) == lower(e.key); });
            if (known == known_keys.end())
                unknown.push_back(visible(fmt::format("[{}] {}", e.section, e.key)) + hint_for(e));
            else if (known->use != Use::read && known->use != Use::name)
                unused.emplace_back(known->key);
        }
        if (!unknown.empty()) out.push_back(fmt::format("unknown and not used: {}", fmt::join(unknown, ", ")));
        if (is_on("run_presets", "InterfaceBandwidth", "user"))
            out.emplace_back(
                "InterfaceBandwidth is USER: waiting for that bandwidth is not counted, cycles are the arrays'");
        for (const std::string_view key : {"IfmapCustomLayout", "FilterCustomLayout"})
            if (is_on("layout", key, "true"))
                out.push_back(fmt::format("{} is True: conflicts of banks are not counted", key));
        if (is_on("run_presets", "UseRamulatorTrace", "true"))
            out.emplace_back("UseRamulatorTrace is True: no DRAM trace is taken");
        if (!unused.empty()) out.push_back(fmt::format("not used: {}", fmt::join(unused, ", ")));
        return out;
    }
    static std::string hint_for(const Entry& e) {
        std::vector<std::string_view> candidates;
        for (const auto& known : known_keys)
            if (known.section == e.section) candidates.push_back(known.key);
        const auto hint = did_you_mean(e.key, candidates);
        return hint.empty() ? std::string{} : fmt::format(" ({})", hint);
    }

    std::string file_;
    Diagnostics& diagnostics_;
    std::vector<Entry> entries_;
};

/// Of two operands the one that fits is read once; else one stays in parts.
Count least_read(Count inputs, Count weights, const ArrayBuffers& buffers) {
    const Count once = sum(inputs, weights);
    if (inputs <= buffers.ifmap || weights <= buffers.filter) return once;
    return std::min(sum(inputs, product(weights, ceiling_division(inputs, buffers.ifmap))),
                    sum(weights, product(inputs, ceiling_division(weights, buffers.filter))));
}

} // namespace

bool is_array_config(std::string_view content, std::string_view file) {
    return lower(file).ends_with(".cfg") || content.find("[architecture_presets]") != std::string_view::npos;
}

ArrayConfig read_array_config(std::string_view content, const std::string& file, Diagnostics& diagnostics) {
    diagnostics.remember_source(file, std::string(content));
    return Reader(content, file, diagnostics).config();
}

ArrayTraffic array_traffic(const Array& array, const ArrayBuffers& buffers, const Layer& layer) {
    ArrayTraffic total;
    for (const auto& p : products(layer.shape)) {
        const auto m = mapping(array, p);
        const Count sums = product(m.streamed, std::min(m.columns, array.columns));
        const bool is_folded = array.dataflow != Dataflow::output_stationary && m.row_folds > 1;
        const Count back = is_folded && sums > buffers.ofmap ? product(p.outputs(), m.row_folds - 1) : 0;
        total.read = sum(total.read, sum(least_read(p.inputs, p.weights, buffers), back));
        total.written = sum(total.written, sum(p.outputs(), back));
    }
    return {product(total.read, layer.executions()), product(total.written, layer.executions())};
}

} // namespace autarky::compute
