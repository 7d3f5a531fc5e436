// autarky: reads layer tables in four formats, told apart by their header.
// SPDX-License-Identifier: Apache-2.0
#include "compute/network/layer_table.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "compute/network/table_row.hpp"

namespace autarky::compute {
namespace {

/// Lower case; blanks become underscores; what follows a bracket is a remark.
std::string header_word(std::string_view text) {
    std::string word;
    text = text.substr(0, text.find('('));
    while (!text.empty()) {
        const char c = text.front();
        const auto blank = blank_at_start(text);
        if (blank > 0 || c == '-' || c == '_')
            word += '_';
        else
            word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        text.remove_prefix(std::max<std::size_t>(1, blank));
    }
    while (word.ends_with('_'))
        word.pop_back();
    return word;
}

enum class Format { own, products, scalesim_convolution, scalesim_product, unknown };

Format format_of(const std::vector<std::string>& columns) {
    const auto has = [&](std::string_view name) { return std::ranges::find(columns, name) != columns.end(); };
    if (has("operator")) return Format::own;
    if (has("op") && has("m") && has("n") && has("k")) return Format::products;
    if (columns.size() > 1 && columns[1].starts_with("ifmap_")) // by position: some headers call the height a width
        return Format::scalesim_convolution;
    if (columns.size() > 3 && columns[1] == "m" && columns[2] == "n" && columns[3] == "k")
        return Format::scalesim_product;
    return Format::unknown;
}

Axis axis_of(TableRow& row, std::string_view direction, Count size, Count default_kernel) {
    const auto of = [&](std::string_view what) { return fmt::format("{}_{}", what, direction); };
    Axis axis;
    axis.size = size;
    axis.kernel = row.number(of("kernel"), row.number("kernel", default_kernel));
    axis.stride = row.number(of("stride"), row.number("stride", 1));
    axis.padding = 2 * row.number(of("padding"), row.number("padding", 0, 0), 0);
    axis.dilation = row.number(of("dilation"), row.number("dilation", 1));
    return axis;
}

struct Window {
    Axis height, width, depth;
};

/// A table without a depth column describes images: kernel and padding do not reach into a third direction.
Window window_of(TableRow& row) {
    Window w;
    w.height = axis_of(row, "height", row.required("height"), 1);
    w.width = axis_of(row, "width", row.required("width"), 1);
    const Count depth = row.number("depth", 0);
    if (depth > 0) w.depth = axis_of(row, "depth", depth, 1);
    return w;
}

Shape convolution_of(TableRow& row, bool depthwise) {
    const auto w = window_of(row);
    Convolution c{w.height, w.width, w.depth, row.required("channels"), 1, 1};
    c.filters = depthwise ? row.number("filters", c.channels) : row.required("filters");
    c.groups = depthwise ? c.channels : row.number("groups", 1);
    c.bias = row.number("bias", 0, 0) > 0;
    return c;
}

Shape matmul_of(TableRow& row) {
    Matmul m{row.required("rows"), row.required("columns"), row.required("reduction"), row.number("batch", 1)};
    m.weights = row.number("learned", 1, 0) > 0;
    m.biases = row.number("bias", 0, 0) > 0 ? m.columns : 0;
    return m;
}

Shape attention_of(TableRow& row) {
    Attention a;
    a.queries = row.required("queries");
    a.context = row.number("context", a.queries);
    a.heads = row.required("heads");
    a.kv_heads = row.number("kv_heads", a.heads);
    a.head_width = row.required("head_width");
    return a;
}

Shape sampling_of(TableRow& row) {
    return Sampling{row.required("queries"), row.required("heads"), row.required("samples"), row.required("head_width"),
                    row.required("elements")};
}

Shape pooling_of(TableRow& row) {
    const auto w = window_of(row);
    return Pooling{w.height, w.width, w.depth, row.required("channels")};
}

struct Operator {
    std::string_view name;
    Shape (*read)(TableRow&);
};
constexpr std::array operators{
    Operator{"convolution", [](TableRow& r) { return convolution_of(r, false); }},
    Operator{"depthwise", [](TableRow& r) { return convolution_of(r, true); }},
    Operator{"matmul", matmul_of},
    Operator{"attention", attention_of},
    Operator{"sampling", sampling_of},
    Operator{"pooling", pooling_of},
    Operator{"normalisation",
             [](TableRow& r) -> Shape { return Normalisation{r.required("elements"), r.number("learned", 0, 0)}; }},
    Operator{"activation", [](TableRow& r) -> Shape { return Activation{r.required("elements")}; }},
    Operator{"exponential",
             [](TableRow& r) -> Shape { return Activation{r.required("elements"), ActivationKind::exponential}; }},
    Operator{"elementwise",
             [](TableRow& r) -> Shape { return Elementwise{r.required("elements"), r.number("operands", 2)}; }},
    Operator{
        "lookup",
        [](TableRow& r) -> Shape { return Lookup{r.required("rows"), r.required("columns"), r.number("queries", 1)}; }},
};

/// The layer of a row in our own format.
Layer own_layer(TableRow& row) {
    Layer layer;
    layer.name = row.text("layer");
    const auto name = row.text("operator");
    const auto* found = std::ranges::find(operators, name, &Operator::name);
    if (found == operators.end()) {
        std::vector<std::string_view> known;
        for (const auto& op : operators)
            known.push_back(op.name);
        row.error("operator", "E0704", fmt::format("there is no operator '{}'", name), did_you_mean(name, known));
        return layer;
    }
    layer.shape = found->read(row);
    layer.parallel = row.number("parallel", 1);
    layer.repeats = row.number("repeats", 1);
    layer.weight_sets = row.number("weight_sets", layer.repeats, 0);
    row.report_unused(fmt::format("the operator '{}'", name));
    return layer;
}

/// A row `layer,op,M,N,K,groups_or_batch,count`; the columns behind are results, not inputs.
Layer product_layer(TableRow& row) {
    Layer layer;
    layer.name = row.text("layer");
    const auto op = row.text("op");
    if (op != "conv" && op != "gemm")
        row.error("op", "E0704", fmt::format("there is no operator '{}'", op), "a table of products has conv and gemm");
    Matmul m{row.required("m"), row.required("n"), row.required("k"), row.number("groups_or_batch", 1)};
    m.weights = row.number("params_per_instance", 1, 0) > 0;
    layer.shape = m;
    layer.repeats = row.number("count", 1);
    return layer;
}

/// Columns by position: after the strides what the header names, then what SCALE-Sim takes for the sparsity. A header with
/// two strides is one that SCALE-Sim writes itself: its rows end with the two numbers of the sparsity.
std::vector<std::string> scalesim_columns(Format format, const std::vector<std::string>& header) {
    std::vector<std::string> columns{"layer", "M", "N", "K"};
    if (format == Format::scalesim_convolution)
        columns = {"layer",        "ifmap height", "ifmap width", "filter height",
                   "filter width", "channels",     "num filter",  "strides"};
    bool two_strides = false;
    for (std::size_t i = columns.size(); i < header.size(); ++i) {
        const bool stride = header[i].starts_with("stride");
        two_strides = two_strides || stride;
        columns.emplace_back(stride                           ? "stride width"
                             : header[i].starts_with("batch") ? "batch"
                             : header[i].starts_with("spars") ? "sparsity ratio"
                                                              : "remark");
    }
    if (std::ranges::find(columns, "sparsity ratio") == columns.end()) columns.emplace_back("sparsity ratio");
    if (two_strides) {
        columns.back() = "sparsity kept";
        columns.emplace_back("sparsity of");
    }
    return columns;
}

void refuse_sparsity(TableRow& row, bool is_named) {
    const auto kept = row.text("sparsity kept"), of = row.text("sparsity of");
    if (!kept.empty() && kept != of && kept != "1:1")
        row.error("sparsity kept", "E0702", fmt::format("sparsity {}:{} is not supported", kept, of), "write 1, 1");
    const auto ratio = row.text("sparsity ratio");
    const bool is_remark = !is_named && ratio.find_first_of("0123456789") != 0; // "#dw" behind the last comma
    if (!ratio.empty() && ratio != "1:1" && !is_remark)
        row.error("sparsity ratio", "E0702",
                  ratio.find(':') != std::string::npos
                      ? fmt::format("sparsity {} is not supported", ratio)
                      : fmt::format("'{}' stands where no column is named; SCALE-Sim takes it for a sparsity", ratio),
                  ratio.find(':') != std::string::npos
                      ? "write 1:1, or leave it out"
                      : "name the column in the header (Batch Size, Sparsity), or leave it out");
}

/// SCALE-Sim knows no padding and counts a last window that hangs over the edge.
Layer scalesim_layer(TableRow& row, Format format, bool names_sparsity) {
    Layer layer;
    layer.name = row.text("layer");
    refuse_sparsity(row, names_sparsity);
    layer.parallel = row.number("batch", 1);
    if (format == Format::scalesim_product) {
        layer.shape = Matmul{row.required("M"), row.required("N"), row.required("K")};
        return layer;
    }
    const Count stride = row.required("strides");
    Convolution c;
    c.height = {.size = row.required("ifmap height"), .kernel = row.required("filter height"), .stride = stride};
    c.width = {.size = row.required("ifmap width"),
               .kernel = row.required("filter width"),
               .stride = row.number("stride width", stride)};
    c.height.partial_window = c.width.partial_window = true;
    c.channels = row.required("channels");
    c.filters = row.required("num filter");
    if (layer.name.find("DP") != std::string::npos) {
        c.filters = product(c.filters, c.channels);
        c.groups = c.channels;
    }
    layer.shape = c;
    return layer;
}

void append(Network& network, Layer layer, Depthwise depthwise, Diagnostics& diagnostics, const Origin& origin) {
    auto* c = std::get_if<Convolution>(&layer.shape);
    if (depthwise == Depthwise::one_layer || c == nullptr || c->groups == 1) {
        network.layers.push_back(std::move(layer));
        return;
    }
    constexpr Count most_layers = 200'000;
    if (c->groups + static_cast<Count>(network.layers.size()) > most_layers) {
        diagnostics.error(origin, "E0702", fmt::format("{} channels make too many layers", c->groups));
        return;
    }
    const Count groups = c->groups;
    c->filters /= groups;
    c->channels = c->groups = 1;
    for (Count i = 0; i < groups; ++i) {
        network.layers.push_back(layer);
        network.layers.back().name = fmt::format("{}Channel_{}", layer.name, i);
    }
}

void check_header(const Line& header, const std::vector<std::string>& columns, const std::string& file,
                  Diagnostics& diagnostics) {
    const auto& known = layer_table_columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& cell = header.cells[i];
        const Origin origin{file, header.number, cell.column, cell.length};
        if (std::ranges::find(known, columns[i]) == known.end())
            diagnostics.error(origin, "E0701", fmt::format("there is no column '{}'", cell.text),
                              did_you_mean(columns[i], known));
        else if (std::find(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(i), columns[i]) !=
                 columns.begin() + static_cast<std::ptrdiff_t>(i))
            diagnostics.error(origin, "E0701", fmt::format("the column '{}' is there twice", cell.text));
    }
}

} // namespace

const std::vector<std::string_view>& layer_table_columns() {
    static const std::vector<std::string_view> columns{
        "layer",         "operator",     "height",          "width",          "depth",          "channels",
        "filters",       "kernel",       "kernel_height",   "kernel_width",   "kernel_depth",   "stride",
        "stride_height", "stride_width", "stride_depth",    "padding",        "padding_height", "padding_width",
        "padding_depth", "dilation",     "dilation_height", "dilation_width", "dilation_depth", "groups",
        "bias",          "rows",         "columns",         "reduction",      "batch",          "learned",
        "queries",       "context",      "heads",           "kv_heads",       "head_width",     "samples",
        "elements",      "operands",     "parallel",        "repeats",        "weight_sets"};
    return columns;
}

Network read_layer_table(std::string_view text, const std::string& file, Diagnostics& diagnostics,
                         Depthwise depthwise) {
    Network network;
    network.name = file;
    network.source = file;
    const auto lines = read_csv(text, file, diagnostics);
    if (lines.empty()) {
        diagnostics.error({file, 1, 1, 1}, "E0701", "the layer table is empty");
        return network;
    }
    std::vector<std::string> columns;
    for (const auto& cell : lines.front().cells)
        columns.push_back(header_word(cell.text));
    const auto format = format_of(columns);
    if (format == Format::unknown) {
        diagnostics.error({file, lines.front().number, 1, 1}, "E0701", "this header is none of a layer table",
                          "start with 'layer,operator,...', 'layer,op,M,N,K,...', 'Layer name, IFMAP Height, ...' or "
                          "'Layer, M, N, K'");
        return network;
    }
    if (format == Format::own) check_header(lines.front(), columns, file, diagnostics);
    const bool by_position = format == Format::scalesim_convolution || format == Format::scalesim_product;
    const auto names = by_position ? scalesim_columns(format, columns) : columns;
    const bool names_sparsity =
        std::ranges::any_of(columns, [](const std::string& column) { return column.starts_with("spars"); });
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto& line = lines[i];
        if (line.cells.size() > names.size()) {
            const auto& extra = line.cells[names.size()];
            diagnostics.error({file, line.number, extra.column, extra.length}, "E0701",
                              fmt::format("this line has {} cells, the header {}", line.cells.size(), names.size()));
            continue;
        }
        TableRow row(names, line, file, diagnostics);
        auto layer = format == Format::own        ? own_layer(row)
                     : format == Format::products ? product_layer(row)
                                                  : scalesim_layer(row, format, names_sparsity);
        if (!row.ok()) continue;
        if (const auto error = shape_error(layer.shape); !error.empty())
            row.error("layer", "E0711", fmt::format("layer '{}': {}", layer.name, error));
        else
            append(network, std::move(layer), by_position ? depthwise : Depthwise::one_layer, diagnostics,
                   {file, line.number, 1, 1});
    }
    if (lines.size() == 1 && !diagnostics.has_errors())
        diagnostics.error({file, lines.front().number, 1, 1}, "E0701", "the layer table has a header and no layers");
    return network;
}

} // namespace autarky::compute
