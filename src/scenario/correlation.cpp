// autarky: correlation groups and their Cholesky factors.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/correlation.hpp"

#include <fmt/format.h>
#include <sleef.h>

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/real.hpp"
#include "input/path.hpp"
#include "input/suggest.hpp"

namespace autarky::scenario {
namespace {

using Matrix = Eigen::MatrixXd;
constexpr double pi = 3.14159265358979323846;
/// Smallest share of a variance that may be left over: below it the factor has no accuracy.
constexpr double least_variance = 1e-9;
constexpr std::size_t most_streams = 64; ///< of one group

double rank_correlation(double normal_score) { return 6.0 / pi * std::asin(0.5 * normal_score); }

struct Pair {
    int first = 0, second = 0; ///< streams
    double rho = 0.0;          ///< rank correlation
    std::string name;          ///< "a and b"
    Place place{};
};

bool is_positive_definite(const Matrix& matrix) {
    const Eigen::LLT<Matrix> factor(matrix);
    return factor.info() == Eigen::Success &&
           factor.matrixL().toDenseMatrix().diagonal().array().square().minCoeff() > least_variance;
}

/// Two members of a group with the correlation of their normal scores.
struct Edge {
    Eigen::Index i = 0, j = 0;
    double r = 0.0;
};

/// The correlation matrix with the given entries and the largest determinant: what is not given follows from what is
/// (Dempster 1972, covariance selection, by iterative proportional scaling). Nothing if the entries contradict.
std::optional<Matrix> completed(Eigen::Index n, const std::vector<Edge>& edges) {
    constexpr double exact = 1e-13, good_enough = 1e-9;
    Matrix sigma = Matrix::Identity(n, n);
    if (static_cast<Eigen::Index>(edges.size()) == n * (n - 1) / 2) { // nothing is left open
        for (const auto& [i, j, r] : edges)
            sigma(i, j) = sigma(j, i) = r;
        return is_positive_definite(sigma) ? std::optional(sigma) : std::nullopt;
    }
    // Near the edge of what is feasible the scaling is slow: small groups, which are the usual ones, get many sweeps.
    const double one_sweep = static_cast<double>(edges.size()) * static_cast<double>(n * n);
    const int most_sweeps = static_cast<int>(std::clamp(2e7 / one_sweep, 300.0, 20'000.0));
    double error = 1.0;
    for (int sweep = 0; sweep < most_sweeps && error > exact; ++sweep) {
        error = 0.0;
        for (const auto& [i, j, r] : edges) {
            Eigen::Matrix2d now, target;
            now << sigma(i, i), sigma(i, j), sigma(j, i), sigma(j, j);
            target << 1.0, r, r, 1.0;
            const Eigen::Matrix2d wrong = target - now;
            error = std::max(error, wrong.cwiseAbs().maxCoeff());
            Eigen::Matrix<double, Eigen::Dynamic, 2> columns(n, 2);
            columns << sigma.col(i), sigma.col(j);
            const Eigen::Matrix<double, Eigen::Dynamic, 2> regression = columns * now.inverse();
            sigma += regression * wrong * regression.transpose();
        }
    }
    if (!(error < good_enough)) return std::nullopt;
    sigma = (0.5 * (sigma + sigma.transpose())).eval();
    sigma.diagonal().setOnes();
    for (const auto& [i, j, r] : edges)
        sigma(i, j) = sigma(j, i) = r;
    return is_positive_definite(sigma) ? std::optional(sigma) : std::nullopt;
}

/// How many of the edges, from the first, can hold together.
std::size_t feasible_count(Eigen::Index n, const std::vector<Edge>& edges) {
    std::size_t good = 0, bad = edges.size(); // feasibility is lost once and for all
    while (bad - good > 1) {
        const std::size_t middle = good + (bad - good) / 2;
        const auto end = edges.begin() + static_cast<std::ptrdiff_t>(middle);
        (completed(n, {edges.begin(), end}) ? good : bad) = middle;
    }
    return good;
}

/// The feasible value of the last edge that is nearest to the one that it has; the others hold together.
double nearest_feasible(Eigen::Index n, std::vector<Edge> edges) {
    const Edge asked = edges.back();
    edges.pop_back();
    const auto rest = completed(n, edges);
    double good = rest ? (*rest)(asked.i, asked.j) : 0.0, bad = asked.r; // feasible values are an interval
    edges.push_back(asked);
    constexpr int steps = 12;
    for (int step = 0; step < steps; ++step) {
        edges.back().r = 0.5 * (good + bad);
        (completed(n, edges) ? good : bad) = edges.back().r;
    }
    return good;
}

class Correlations {
public:
    Correlations(const Node& root, int first_scenario_text, const Texts& texts, Inputs& inputs,
                 Diagnostics& diagnostics)
        : root_(root),
          first_scenario_text_(first_scenario_text),
          texts_(texts),
          inputs_(inputs),
          diagnostics_(diagnostics) {
        for (std::size_t i = 0; i < inputs.streams.size(); ++i)
            streams_.emplace(inputs.streams[i], static_cast<int>(i));
        for (const auto& group : inputs.groups)
            for (const int stream : group.streams)
                taken_.emplace(stream, group.name);
    }

    void run() {
        const Node* list = root_.find("correlation");
        if (list == nullptr) return;
        if (!list->is_array()) {
            error(list->place, "E0207", "correlation: needs a list of tables", "[[correlation]]");
            return;
        }
        for (const auto& item : list->items)
            read(item);
        for (auto& pairs : groups_of_pairs())
            add_group(pairs);
    }

private:
    void error(const Place& place, const char* code, std::string message, std::string hint = {}) {
        diagnostics_.error(texts_.origin(place), code, std::move(message), std::move(hint));
    }

    void read(const Node& item) {
        static const std::vector<std::string_view> keys{"between", "rho", "note", "source"};
        if (!item.is_table()) return error(item.place, "E0207", "correlation: needs a table", "[[correlation]]");
        for (const auto& member : item.members)
            if (std::find(keys.begin(), keys.end(), member.key) == keys.end())
                error(member.place, "E0301", fmt::format("unknown key '{}' in correlation", member.key),
                      suggestion(member.key, keys, diagnostics_));
        const Node* between = item.find("between");
        const Node* rho = item.find("rho");
        if (between == nullptr || !between->is_array() || between->items.size() < 2 || between->items.size() > 20)
            return error(between != nullptr ? between->place : item.place, "E0302",
                         "correlation needs 'between', a list of two inputs or more",
                         "between = [\"process.sf2.wafer_price\", \"process.n2.wafer_price\"]");
        if (rho == nullptr || (rho->kind != NodeKind::real && rho->kind != NodeKind::integer))
            return error(rho != nullptr ? rho->place : item.place, "E0302",
                         "correlation needs 'rho', a rank correlation", "rho = 0.6");
        const double value = rho->kind == NodeKind::real ? rho->real : static_cast<double>(rho->integer);
        if (!(value > -1.0 && value < 1.0))
            return error(rho->place, "E0214", fmt::format("correlation: rho {} is not between -1 and 1", value),
                         "inputs that always move together are one input");
        std::vector<std::pair<int, std::string_view>> drawn; // one that is certain leaves the others as they are
        for (const auto& name : between->items)
            if (const auto stream = stream_of(name)) drawn.emplace_back(*stream, name.text);
        for (std::size_t i = 0; i < drawn.size(); ++i)
            for (std::size_t j = i + 1; j < drawn.size(); ++j)
                add_pair({drawn[i].first, drawn[j].first, value,
                          fmt::format("{} and {}", drawn[i].second, drawn[j].second), rho->place});
    }

    std::optional<int> stream_of(const Node& name) {
        if (!name.is_text()) {
            error(name.place, "E0207", "correlation: needs the path of an input");
            return std::nullopt;
        }
        if (const auto found = streams_.find(name.text); found != streams_.end()) {
            const auto other = taken_.find(found->second);
            if (other == taken_.end()) return found->second;
            error(name.place, "E0207", fmt::format("correlation: '{}' belongs to a series with persistence", name.text),
                  "such a series is a group of its own");
            return std::nullopt;
        }
        // The catalogue speaks of the usual case, where an input is uncertain, and of rows that are not taken.
        if (name.place.text < first_scenario_text_) return std::nullopt;
        const auto is_it = [&name, knots = name.text + "["](const Input& input) {
            return input.path == name.text || input.path.starts_with(knots);
        };
        if (std::any_of(inputs_.rows.begin(), inputs_.rows.end(), is_it)) {
            diagnostics_.warning(
                texts_.origin(name.place), "W0215",
                fmt::format("correlation: '{}' is certain here, so it correlates with nothing", name.text));
            return std::nullopt;
        }
        if (names_unread_value(root_, name.text, diagnostics_)) return std::nullopt;
        std::vector<std::string_view> known;
        for (const auto& [path, stream] : streams_)
            known.push_back(path);
        auto hint = suggestion(name.text, known, diagnostics_);
        if (hint.empty()) hint = "'autarky sources' lists the inputs";
        error(name.place, "E0304", fmt::format("correlation: there is no input '{}'", name.text), std::move(hint));
        return std::nullopt;
    }

    void add_pair(Pair pair) {
        if (pair.first == pair.second)
            return error(pair.place, "E0214", fmt::format("correlation: {} are one draw", pair.name));
        const auto same = std::ranges::find_if(pairs_, [&pair](const Pair& other) {
            return std::minmax(other.first, other.second) == std::minmax(pair.first, pair.second);
        });
        if (same == pairs_.end()) {
            pairs_.push_back(std::move(pair));
        } else if (same->place.text != pair.place.text) {
            *same = std::move(pair); // what lies on top replaces, as with every other key
        } else {
            const auto other = texts_.origin(same->place);
            error(pair.place, "E0214", fmt::format("correlation: {} are correlated twice", pair.name),
                  fmt::format("the other one is in line {}; keep one of the two", other.line));
        }
    }

    /// Pairs that are connected by shared streams, each group in file order.
    std::vector<std::vector<Pair>> groups_of_pairs() const {
        std::map<int, int> group_of; // stream to group
        std::vector<std::vector<Pair>> groups;
        for (const auto& pair : pairs_) {
            const auto a = group_of.find(pair.first), b = group_of.find(pair.second);
            int target = a != group_of.end()   ? a->second
                         : b != group_of.end() ? b->second
                                               : static_cast<int>(groups.size());
            if (target == static_cast<int>(groups.size())) groups.emplace_back();
            if (a != group_of.end() && b != group_of.end() && a->second != b->second) {
                target = std::min(a->second, b->second);
                const int from = std::max(a->second, b->second);
                auto& into = groups[static_cast<std::size_t>(target)];
                auto& moved = groups[static_cast<std::size_t>(from)];
                into.insert(into.end(), moved.begin(), moved.end());
                moved.clear();
                for (auto& [stream, group] : group_of)
                    if (group == from) group = target;
            }
            group_of[pair.first] = group_of[pair.second] = target;
            groups[static_cast<std::size_t>(target)].push_back(pair);
        }
        std::erase_if(groups, [](const auto& group) { return group.empty(); });
        return groups;
    }

    void add_group(const std::vector<Pair>& pairs) {
        CorrelationGroup group;
        std::map<int, Eigen::Index> index;
        for (const auto& pair : pairs)
            for (const int stream : {pair.first, pair.second})
                if (index.emplace(stream, static_cast<Eigen::Index>(index.size())).second)
                    group.streams.push_back(stream);
        if (group.streams.size() > most_streams)
            return error(pairs[0].place, "E0213",
                         fmt::format("{} inputs are correlated with each other", group.streams.size()),
                         fmt::format("a group may have {}", most_streams));
        const auto n = static_cast<Eigen::Index>(index.size());
        std::vector<Edge> edges;
        for (const auto& pair : pairs)
            edges.push_back({index.at(pair.first), index.at(pair.second), normal_score_correlation(pair.rho)});
        const auto matrix = completed(n, edges);
        if (!matrix) return report_infeasible(n, pairs, edges);
        const Matrix factor = Eigen::LLT<Matrix>(*matrix).matrixL();
        for (Eigen::Index i = 0; i < n; ++i)
            for (Eigen::Index j = 0; j < n; ++j)
                group.factor.push_back(factor(i, j));
        group.name = inputs_.streams[static_cast<std::size_t>(group.streams[0])];
        inputs_.groups.push_back(std::move(group));
    }

    /// Names the first entry that contradicts those before it, and the nearest value that it may have.
    void report_infeasible(Eigen::Index n, const std::vector<Pair>& pairs, std::vector<Edge> edges) {
        const auto culprit = feasible_count(n, edges);
        edges.resize(culprit + 1);
        const auto& pair = pairs[culprit];
        const double rho = rounded_inwards(rank_correlation(nearest_feasible(n, std::move(edges))), pair.rho);
        error(pair.place, "E0213",
              fmt::format("correlation: {} cannot be {} given the correlations before it", pair.name, pair.rho),
              fmt::format("the nearest feasible value is {}", rho));
    }
    /// To 1/100, away from the value that was asked for.
    static double rounded_inwards(double rho, double asked) {
        constexpr double steps = 100.0;
        const double rounded = (asked > rho ? std::floor(rho * steps) : std::ceil(rho * steps)) / steps;
        return rounded + 0.0; // no minus zero
    }

    const Node& root_;
    int first_scenario_text_;
    const Texts& texts_;
    Inputs& inputs_;
    Diagnostics& diagnostics_;
    std::map<std::string, int, std::less<>> streams_;
    std::map<int, std::string> taken_;
    std::vector<Pair> pairs_;
};

} // namespace

double normal_score_correlation(double rho) { return 2.0 * Sleef_finz_sind1_u10purecfma(pi * rho / 6.0); }

void read_correlations(const Node& root, int first_scenario_text, const Texts& texts, Inputs& inputs,
                       Diagnostics& diagnostics) {
    Correlations(root, first_scenario_text, texts, inputs, diagnostics).run();
}

} // namespace autarky::scenario
