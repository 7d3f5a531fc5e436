// autarky: pictures of the grid study as SVG text.
// SPDX-License-Identifier: Apache-2.0
#include "grid/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

namespace autarky::grid {
namespace {

constexpr std::array inks{"#1f6fb4", "#c8402a", "#2f8f4e", "#8a55a8", "#b57a13", "#3aa0a8", "#7a7a7a", "#d0508a"};

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else
            out += c;
    }
    return out;
}

std::string opened(double width, double height, const std::string& title) {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:g} {:g}\" font-family=\"sans-serif\" "
        "font-size=\"12\" role=\"img\"><title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        width, height, escaped(title));
}

std::string words(double x, double y, const std::string& text, const char* extra = "") {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, y, extra, escaped(text));
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
    constexpr double width = 720, height = 420, left = 64, right = 16, top = 40, bottom = 48;
    double x0 = std::numeric_limits<double>::max(), x1 = -x0, y0 = diagram.y_from_zero ? 0.0 : x0, y1 = -x0;
    for (const DrawnLine& line : diagram.lines)
        for (const auto& [x, y] : line.points) {
            x0 = std::min(x0, x), x1 = std::max(x1, x);
            y0 = std::min(y0, y), y1 = std::max(y1, y);
        }
    if (!(x1 > x0)) x1 = x0 + 1.0;
    if (!(y1 > y0)) y1 = y0 + 1.0;
    const double step_y = round_step(y1 - y0), step_x = round_step(x1 - x0);
    y1 = std::ceil(y1 / step_y - 1e-9) * step_y;
    y0 = std::floor(y0 / step_y + 1e-9) * step_y;
    const auto at_x = [&](double x) { return left + (x - x0) / (x1 - x0) * (width - left - right); };
    const auto at_y = [&](double y) { return height - bottom - (y - y0) / (y1 - y0) * (height - top - bottom); };
    std::string out =
        opened(width, height, diagram.title) + words(left, 22, diagram.title, "font-size=\"15\" font-weight=\"bold\"");
    for (double y = y0; y <= y1 + 0.5 * step_y; y += step_y) {
        out += fmt::format("<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"#ddd\"/>\n", left, at_y(y), width - right);
        out += words(left - 6, at_y(y) + 4, fmt::format("{:g}", std::fabs(y) < 1e-9 * step_y ? 0.0 : y),
                     "text-anchor=\"end\"");
    }
    for (double x = std::ceil(x0 / step_x - 1e-9) * step_x; x <= x1 + 1e-9; x += step_x)
        out += words(at_x(x), height - bottom + 18, fmt::format("{:g}", std::fabs(x) < 1e-9 * step_x ? 0.0 : x),
                     "text-anchor=\"middle\"");
    out += words(0.5 * (left + width - right), height - 10, diagram.x_label, "text-anchor=\"middle\"");
    out += fmt::format("<text transform=\"translate(14 {:.1f}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n",
                       0.5 * (top + height - bottom), escaped(diagram.y_label));
    for (std::size_t i = 0; i < diagram.lines.size(); ++i) {
        const DrawnLine& line = diagram.lines[i];
        std::string path;
        for (const auto& [x, y] : line.points)
            path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", at_x(x), at_y(y));
        const char* ink = inks[i % inks.size()];
        out += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>\n", path, ink);
        const double y = top + 14 + 16 * static_cast<double>(i);
        out += fmt::format("<path d=\"M{:.1f} {:.1f}h18\" stroke=\"{}\" stroke-width=\"3\"/>\n", left + 12, y - 4, ink);
        out += words(left + 36, y, line.name);
    }
    return out + "</svg>\n";
}

namespace {

/// Where each node stands: depth from the source, and a row of its own for each leaf.
class Tree {
public:
    explicit Tree(const std::map<int, std::pair<int, int>>& ends) {
        for (const auto& [branch, nodes] : ends) {
            near_[nodes.first].emplace_back(branch, nodes.second);
            near_[nodes.second].emplace_back(branch, nodes.first);
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
    std::set<int> in_tree;
    double rows = 0.0, deepest = 0.0;

private:
    std::map<int, std::vector<std::pair<int, int>>> near_;
};

const char* loading_ink(double loading) {
    if (!(loading >= 0.0)) return "#999";
    if (loading > 1.0) return "#c8261a";
    if (loading > 0.8) return "#d9a400";
    return loading > 0.5 ? "#7fae2b" : "#2f8f4e";
}

} // namespace

std::string drawn_feeder(const FlowResult& result, std::size_t scenario, const std::map<int, std::pair<int, int>>& ends,
                         int source_node) {
    Tree tree(ends);
    const FlowComponent* nodes = result.find("node");
    if (!nodes || nodes->id.empty()) return opened(10, 10, "empty feeder") + "</svg>\n";
    tree.grow(source_node);
    for (const int id : nodes->id)
        if (!tree.place.contains(id)) tree.grow(id);
    std::map<int, double> loading;
    for (const FlowComponent& component : result.components)
        if (component.find("loading"))
            for (std::size_t e = 0; e < component.id.size(); ++e)
                loading[component.id[e]] = component.at("loading", scenario, e);
    const double step_x = std::max(4.0, std::min(60.0, 1100.0 / std::max(tree.deepest, 1.0)));
    const double step_y = std::max(4.0, std::min(18.0, 900.0 / std::max(tree.rows, 1.0)));
    const double width = 60 + step_x * tree.deepest, height = 70 + step_y * tree.rows;
    const auto at = [&](int node) {
        const auto [depth, row] = tree.place.at(node);
        return std::pair(30 + step_x * depth, 50 + step_y * row);
    };
    std::string out = opened(std::max(width, 420.0), height, "feeder by loading");
    out += words(12, 20, "loading: green below 0.8, yellow to 1, red above");
    for (const auto& [branch, pair] : ends) {
        if (!tree.place.contains(pair.first) || !tree.place.contains(pair.second)) continue;
        const auto [xa, ya] = at(pair.first);
        const auto [xb, yb] = at(pair.second);
        const auto found = loading.find(branch);
        const double value = found == loading.end() ? -1.0 : found->second;
        out += fmt::format("<path d=\"M{:.1f} {:.1f}V{:.1f}H{:.1f}\" fill=\"none\" stroke=\"{}\" "
                           "stroke-width=\"3\"{}><title>branch {}: "
                           "{:.1f} %</title></path>\n",
                           xa, ya, yb, xb, loading_ink(value),
                           tree.in_tree.contains(branch) ? "" : " stroke-dasharray=\"4 3\"", branch, 100.0 * value);
    }
    for (std::size_t e = 0; e < nodes->id.size(); ++e) {
        const auto [x, y] = at(nodes->id[e]);
        out += fmt::format(
            "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.5\" fill=\"#333\"><title>node {}: {:.4f} pu</title></circle>\n",
            x, y, nodes->id[e], nodes->at("u_pu", scenario, e));
    }
    return out + "</svg>\n";
}

} // namespace autarky::grid
