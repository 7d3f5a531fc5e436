// autarky: pictures of the grid study as SVG text.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "grid/feeder/flow_summary.hpp"
#include "show/drawing.hpp"
#include "show/markup.hpp"

namespace autarky::grid {
namespace {

constexpr std::array inks{"#1f6fb4", "#c8402a", "#2f8f4e", "#8a55a8", "#b57a13", "#3aa0a8", "#7a7a7a", "#d0508a"};

std::string words(double x, double y, const std::string& text, const char* extra = "") {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, y, extra, show::escaped(text));
}

/// Ticks of hours stand where clocks have them.
double hour_step(double range) {
    for (const double step : {1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 48.0, 168.0})
        if (range <= 10.0 * step) return step;
    return 24.0 * std::ceil(range / 240.0);
}

/// Names of the lines in rows above the diagram, where no line runs through them; `y` moves to the last row.
std::string legend_of(const std::vector<DrawnLine>& lines, double left, double right, double& y) {
    constexpr double letter = 6.2; // of 12 px sans-serif, roughly
    std::string out;
    double x = left;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const double width = 52 + letter * static_cast<double>(lines[i].name.size());
        if (x > left && x + width > right) x = left, y += 17;
        out += fmt::format("<path d=\"M{:.1f} {:.1f}h18\" stroke=\"{}\" stroke-width=\"3\"{}/>\n", x, y - 4,
                           inks[i % inks.size()], lines[i].dashed ? " stroke-dasharray=\"5 4\"" : "");
        out += words(x + 23, y, lines[i].name);
        x += width;
    }
    return out;
}

/// A step of 1, 2 or 5 times a power of ten that cuts `range` into some five parts.
double round_step(double range) {
    const double raw = range / 5.0;
    const double power = std::pow(10.0, std::floor(std::log10(raw))); // only where ticks stand
    for (const double step : {1.0, 2.0, 5.0})
        if (raw <= step * power) return step * power;
    return 10.0 * power;
}

} // namespace

std::string drawn(const Diagram& diagram) {
    constexpr double width = 720, height = 440, left = 64, right = 16, bottom = 68;
    constexpr double longest_h = 96.0, day_h = 24.0; // beyond some days nobody reads hours
    double legend_end = 44;
    const std::string legend = legend_of(diagram.lines, left, width - right, legend_end);
    const double top = legend_end + 16;
    double x0 = std::numeric_limits<double>::max(), x1 = -x0, y0 = diagram.y_from_zero ? 0.0 : x0, y1 = -x0;
    for (const DrawnLine& line : diagram.lines)
        for (const auto& [x, y] : line.points) {
            x0 = std::min(x0, x), x1 = std::max(x1, x);
            y0 = std::min(y0, y), y1 = std::max(y1, y);
        }
    if (!(x1 > x0)) x1 = x0 + 1.0;
    if (!(y1 > y0)) y1 = y0 + 1.0;
    const bool in_days = diagram.in_hours && x1 - x0 > longest_h;
    const double unit = in_days ? day_h : 1.0; // of the axis, in units of x
    const double step_y = round_step(y1 - y0);
    const double step_x = unit * (diagram.in_hours && !in_days ? hour_step(x1 - x0) : round_step((x1 - x0) / unit));
    y1 = std::ceil(y1 / step_y - 1e-9) * step_y;
    y0 = std::floor(y0 / step_y + 1e-9) * step_y;
    const auto at_x = [&](double x) { return left + (x - x0) / (x1 - x0) * (width - left - right); };
    const auto at_y = [&](double y) { return height - bottom - (y - y0) / (y1 - y0) * (height - top - bottom); };
    std::string out =
        show::drawing(width, height, diagram.title, 12.0) + show::drawing_title(left, 22, diagram.title, 15.0) + legend;
    for (double y = y0; y <= y1 + 0.5 * step_y; y += step_y) {
        out += fmt::format("<path d=\"M{:.1f} {:.1f}H{:.1f}\" class=\"faint\"/>\n", left, at_y(y), width - right);
        out += words(left - 6, at_y(y) + 4, fmt::format("{:g}", std::fabs(y) < 1e-9 * step_y ? 0.0 : y),
                     "text-anchor=\"end\"");
    }
    for (double x = std::ceil(x0 / step_x - 1e-9) * step_x; x <= x1 + 1e-9; x += step_x)
        out += words(at_x(x), height - bottom + 18, fmt::format("{:g}", std::fabs(x) < 1e-9 * step_x ? 0.0 : x / unit),
                     "text-anchor=\"middle\"");
    out += words(0.5 * (left + width - right), height - bottom + 38, in_days ? "day" : diagram.x_label,
                 "text-anchor=\"middle\"");
    out += fmt::format("<text transform=\"translate(14 {:.1f}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n",
                       0.5 * (top + height - bottom), show::escaped(diagram.y_label));
    for (std::size_t i = 0; i < diagram.lines.size(); ++i) {
        const DrawnLine& line = diagram.lines[i];
        std::string path;
        for (const auto& [x, y] : line.points)
            path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", at_x(x), at_y(y));
        const char* ink = inks[i % inks.size()];
        out += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"{}/>\n", path, ink,
                           line.dashed ? " stroke-dasharray=\"5 4\"" : "");
    }
    return out + show::drawing_source(left, height - 8, diagram.of) + "</svg>\n";
}

namespace {

/// Where each node stands: depth from the source, and a row of its own for each leaf.
class Tree {
public:
    explicit Tree(const std::vector<FeederBranch>& branches) {
        for (std::size_t i = 0; i < branches.size(); ++i) {
            if (branches[i].open) continue;
            near_[branches[i].from].emplace_back(i, branches[i].to);
            near_[branches[i].to].emplace_back(i, branches[i].from);
        }
    }
    void grow(int root) {
        // Depth first without recursion: a feeder may be a thousand nodes deep.
        struct Visit {
            int node;
            std::size_t next = 0;
            double first_row = -1.0, last_row = -1.0;
        };
        std::vector<Visit> path{{root}};
        place[root] = {0.0, 0.0};
        while (!path.empty()) {
            Visit& visit = path.back();
            const auto& around = near_[visit.node];
            bool deeper = false;
            while (visit.next < around.size()) {
                const auto [branch, to] = around[visit.next++];
                if (place.contains(to)) continue;
                in_tree.insert(branch);
                place[to] = {static_cast<double>(path.size()), 0.0};
                path.push_back({to});
                deeper = true;
                break;
            }
            if (deeper) continue;
            const double row = visit.first_row < 0.0 ? rows++ : 0.5 * (visit.first_row + visit.last_row);
            place[visit.node].second = row;
            deepest = std::max(deepest, place[visit.node].first);
            path.pop_back();
            if (path.empty()) break;
            if (path.back().first_row < 0.0) path.back().first_row = row;
            path.back().last_row = row;
        }
    }

    std::map<int, std::pair<double, double>> place;
    std::set<std::size_t> in_tree; ///< places of branches in the list
    double rows = 0.0, deepest = 0.0;

private:
    std::map<int, std::vector<std::pair<std::size_t, int>>> near_; ///< place of the branch, other end
};

struct LoadingClass {
    double to;
    const char *ink, *name;
};
constexpr std::array loading_classes{LoadingClass{0.5, "#2f8f4e", "to 50 %"}, LoadingClass{0.8, "#8fb31f", "to 80 %"},
                                     LoadingClass{1.0, "#e0a000", "to 100 % of the rating"},
                                     LoadingClass{std::numeric_limits<double>::infinity(), "#c8261a", "above"}};
constexpr const char* no_rating_ink = "#999";

const char* loading_ink(double loading) {
    if (!(loading >= 0.0)) return no_rating_ink;
    return std::ranges::find_if(loading_classes, [loading](const LoadingClass& c) { return loading <= c.to; })->ink;
}

std::string swatch(double& x, double y, const std::string& style, const std::string& name) {
    std::string out = fmt::format("<path d=\"M{:.1f} {:.1f}h20\" stroke-width=\"4\" {}/>\n", x, y - 4, style) +
                      words(x + 25, y, name);
    x += 42 + 6.6 * static_cast<double>(name.size());
    return out;
}

/// Two rows: what the colours mean, and what is worst.
std::string feeder_head(const FlowResult& result, std::size_t scenario, const FeederFacts& facts, bool any_dashed) {
    const FlowSummary summary = summary_of(result, scenario, facts);
    std::string title = "Loading of the feeder";
    if (result.n_scenarios > 1) title += fmt::format(", scenario {}", scenario);
    if (summary.loading_by_current_max_branch)
        title += fmt::format(": at most {:.0f} % (branch {})", 100.0 * summary.loading_by_current_max,
                             *summary.loading_by_current_max_branch);
    if (summary.u_min_node)
        title += fmt::format("; lowest voltage {:.3f} pu (node {})", summary.u_min_pu, *summary.u_min_node);
    std::string out = show::drawing_title(30, 22, title, 15.0);
    double x = 30;
    for (const LoadingClass& c : loading_classes)
        out += swatch(x, 44, fmt::format("stroke=\"{}\"", c.ink), c.name);
    out += swatch(x, 44, fmt::format("stroke=\"{}\"", no_rating_ink), "no rating");
    if (any_dashed) out += swatch(x, 44, "class=\"line\" stroke-dasharray=\"4 3\"", "open, or closes a mesh");
    return out;
}

/// Of a node by phase the lowest.
std::string voltage_text(const FlowComponent& nodes, std::size_t scenario, std::size_t node) {
    const FlowColumn* column = nodes.find("u_pu");
    double lowest = std::numeric_limits<double>::infinity();
    for (std::size_t phase = 0; column && phase < column->width; ++phase)
        lowest = std::min(lowest, nodes.at("u_pu", scenario, node, phase));
    return fmt::format("{:.4f} pu", lowest);
}

} // namespace

std::string drawn_feeder(const FlowResult& result, std::size_t scenario, const FeederFacts& facts,
                         const std::string& of) {
    Tree tree(facts.branches);
    const FlowComponent* nodes = result.find("node");
    if (!nodes || nodes->id.empty()) return show::drawing(10, 10, "empty feeder") + "</svg>\n";
    if (facts.source_node) tree.grow(*facts.source_node);
    for (const int id : nodes->id)
        if (!tree.place.contains(id)) tree.grow(id);
    std::map<int, double> loading;
    for (const FlowComponent& component : result.components)
        if (component.find("loading"))
            for (std::size_t e = 0; e < component.id.size(); ++e)
                loading[component.id[e]] = loading_by_current(component, scenario, e, facts);
    const double step_x = std::max(4.0, std::min(60.0, 1100.0 / std::max(tree.deepest, 1.0)));
    const double step_y = std::max(4.0, std::min(18.0, 900.0 / std::max(tree.rows, 1.0)));
    const double width = 60 + step_x * tree.deepest, height = 118 + step_y * tree.rows;
    const auto at = [&](int node) {
        const auto [depth, row] = tree.place.at(node);
        return std::pair(30 + step_x * depth, 76 + step_y * row);
    };
    std::string out = show::drawing(std::max(width, 760.0), height, "feeder by loading", 12.0) +
                      feeder_head(result, scenario, facts, tree.in_tree.size() < facts.branches.size());
    const auto fullest = summary_of(result, scenario, facts).loading_by_current_max_branch;
    std::string worst_branch;
    for (std::size_t i = 0; i < facts.branches.size(); ++i) {
        const FeederBranch& branch = facts.branches[i];
        const auto [xa, ya] = at(branch.from);
        const auto [xb, yb] = at(branch.to);
        const auto found = loading.find(branch.id);
        const double value = found == loading.end() ? std::numeric_limits<double>::quiet_NaN() : found->second;
        const std::string said = branch.open    ? "open"
                                 : value >= 0.0 ? fmt::format("{:.1f} %", 100.0 * value)
                                                : "no rating";
        out += fmt::format("<path d=\"M{:.1f} {:.1f}V{:.1f}H{:.1f}\" fill=\"none\" stroke=\"{}\" "
                           "stroke-width=\"3\"{}><title>branch {}: {}</title></path>\n",
                           xa, ya, yb, xb, branch.open ? no_rating_ink : loading_ink(value),
                           tree.in_tree.contains(i) ? "" : " stroke-dasharray=\"4 3\"", branch.id, said);
        if (fullest == branch.id) { // beside the mark of the source its name stands below
            const bool is_at_source = branch.from == facts.source_node || branch.to == facts.source_node;
            worst_branch = words(std::min(xa, xb) + 4, yb + (is_at_source ? 16 : -6),
                                 fmt::format("branch {}: {}", branch.id, said), "font-weight=\"bold\"");
        }
    }
    const std::vector<int> without_source = dead_nodes_of(result, scenario);
    const std::set<int> dead(without_source.begin(), without_source.end());
    const double radius = step_x < 12.0 ? 1.3 : 2.5; // so that colours show between dots
    for (std::size_t e = 0; e < nodes->id.size(); ++e) {
        const auto [x, y] = at(nodes->id[e]);
        const bool is_dead = dead.contains(nodes->id[e]);
        out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:g}\" class=\"line {}\"><title>node {}: "
                           "{}</title></circle>\n",
                           x, y, radius, is_dead ? "page" : "ink", nodes->id[e],
                           is_dead ? "dead" : voltage_text(*nodes, scenario, e));
    }
    if (facts.source_node && tree.place.contains(*facts.source_node)) {
        const auto [x, y] = at(*facts.source_node);
        out +=
            fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"10\" height=\"10\" class=\"ink\"/>\n", x - 5, y - 5);
        out += words(x - 18, y - 9, "source");
    }
    out += worst_branch;
    return out + show::drawing_source(30, height - 8, of) + "</svg>\n";
}

} // namespace autarky::grid
