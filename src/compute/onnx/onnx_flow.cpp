// autarky: runs through an ONNX graph in its order: branches are decided, loops counted, functions put in their places.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "compute/onnx/onnx_flow_values.hpp"

namespace autarky::compute {
namespace {

class Flow : FlowValues {
public:
    explicit Flow(const FlowRequest& request) : FlowValues(request) {}

    OnnxGraph run(const Body& main) {
        graph_.name = main.name;
        add_values(main, {});
        for (const auto& input : main.inputs)
            if (const auto found = graph_.declared.find(input); found != graph_.declared.end())
                graph_.shapes.emplace(input, found->second);
        walk(main.nodes, Scope{}, 1, graph_.nodes);
        if (main.outputs.empty())
            graph_.wanted.clear();
        else
            graph_.wanted.insert(main.outputs.begin(), main.outputs.end());
        return std::move(graph_);
    }

private:
    void walk(const Nodes& nodes, const Scope& scope, Count repeats, Nodes& into) {
        for (const auto& node : nodes) {
            if (++n_passed_ > most_nodes) {
                if (n_passed_ == most_nodes + 1)
                    error(node, "E0710", fmt::format("with its loops the graph has more than {} nodes", most_nodes));
                return;
            }
            auto here = node;
            if (scope.outer != nullptr || !scope.own.empty()) rename(here, scope);
            here.repeats = repeats;
            if (const auto function = node.bodies.find("function"); function != node.bodies.end())
                call(here, *function->second, scope, into);
            else if (node.op == "If")
                branch(here, scope, into);
            else if (node.op == "Loop")
                loop(here, scope, into);
            else if (node.op == "Scan")
                scan(here, scope, into);
            else
                pass(here, into);
        }
    }
    void call(const GraphNode& node, const Body& body, const Scope& outer, Nodes& into) {
        auto scope = enter(body, node, outer, false);
        for (std::size_t i = 0; i < body.inputs.size(); ++i)
            scope.own[body.inputs[i]] = i < node.inputs.size() ? node.inputs[i] : std::string{};
        walk(body.nodes, scope, node.repeats, into);
        for (std::size_t i = 0; i < std::min(body.outputs.size(), node.outputs.size()); ++i)
            if (!node.outputs[i].empty()) same(node, scope(body.outputs[i]), node.outputs[i], into);
    }

    void branch(const GraphNode& node, const Scope& outer, Nodes& into) {
        const auto yes = node.bodies.find("then_branch"), no = node.bodies.find("else_branch");
        if (yes == node.bodies.end() || no == node.bodies.end()) return error(node, "E0711", "it lacks a branch");
        const auto take = [&](const Body& body, Nodes& to) {
            const auto scope = enter(body, node, outer, true);
            walk(body.nodes, scope, node.repeats, to);
            std::vector<std::string> outputs;
            for (const auto& output : body.outputs)
                outputs.push_back(scope(output));
            return outputs;
        };
        std::vector<std::string> outputs;
        const auto decided = number_in(node, 0);
        if (!decided && !node.inputs.empty()) graph_.wanted.insert(node.inputs[0]);
        if (decided) {
            outputs = take(*decided != 0.0 ? *yes->second : *no->second, into);
        } else {
            Nodes first, second;
            outputs = take(*yes->second, first);
            auto others = take(*no->second, second);
            const bool takes_first = work_of(graph_, first) >= work_of(graph_, second);
            if (!takes_first) outputs = std::move(others);
            auto& taken = takes_first ? first : second;
            if (work_of(graph_, first) != work_of(graph_, second))
                remark(fmt::format("If '{}' is decided by data: its dearer branch ({}) is counted", node.name,
                                   takes_first ? "then" : "else"));
            into.insert(into.end(), std::make_move_iterator(taken.begin()), std::make_move_iterator(taken.end()));
        }
        for (std::size_t i = 0; i < std::min(outputs.size(), node.outputs.size()); ++i) {
            if (node.outputs[i].empty()) continue;
            same(node, outputs[i], node.outputs[i], into);
            if (!decided) forget_content(node.outputs[i]);
        }
    }

    /// Rounds that the file or the reader tells; none, with a finding, where nobody does.
    std::optional<Count> rounds_of(const GraphNode& node, const Body& body, const Scope& outer) {
        if (const auto given = request_.open_dimensions.find(node.name); given != request_.open_dimensions.end()) {
            if (request_.used != nullptr) request_.used->insert(given->first);
            return given->second;
        }
        constexpr double most_rounds = 1e6; // beyond it is how exporters write "until the condition says so"
        const auto most = number_in(node, 0);
        const auto start = number_in(node, 1);
        if (start && *start == 0.0) return 0;
        const bool bounded = most && *most <= most_rounds;
        const bool has_condition =
            node.inputs.size() > 1 && !node.inputs[1].empty(); // without it the body's is ignored
        if (bounded && (!has_condition || goes_on(body))) return std::max<Count>(0, static_cast<Count>(*most));
        if (!has_condition) return ask_rounds(node);
        if (const auto counted = rounds_by_condition(node, body, outer, bounded ? static_cast<Count>(*most) : -1))
            return counted;
        if (bounded) {
            if (*most > 1.0)
                remark(fmt::format("Loop '{}' may end before its {} rounds; all are counted", node.name, *most));
            return std::max<Count>(0, static_cast<Count>(*most));
        }
        return ask_rounds(node);
    }
    std::optional<Count> ask_rounds(const GraphNode& node) {
        error(node, "E0712", "nothing tells how many rounds it makes",
              fmt::format("give them: --dimension {}=10", node.name));
        return std::nullopt;
    }
    /// Rounds until the condition of the body says no, where it follows from constants and shapes.
    std::optional<Count> rounds_by_condition(const GraphNode& node, const Body& body, const Scope& outer, Count most) {
        if (goes_on(body)) return std::nullopt;
        const auto carried = static_cast<std::ptrdiff_t>(body.inputs.size()) - 2;
        std::vector<std::string> state(node.inputs.begin() + 2, node.inputs.begin() + 2 + carried);
        Nodes unused;
        const Count limit = most_unrolled / size_of(body);
        std::optional<Count> rounds;
        for (Count i = 0; i <= limit && !rounds && n_passed_ < most_nodes; ++i) {
            if (i == most) {
                rounds = i;
                break;
            }
            const auto scope = one_round(node, body, state, i, outer, unused);
            GraphNode asked;
            asked.inputs = {scope(body.outputs[0])};
            const auto goes = number_in(asked, 0);
            if (!goes) break;
            if (*goes == 0.0) rounds = i + 1;
        }
        return rounds;
    }
    /// Nodes and values that a round adds.
    static Count size_of(const Body& body) { return static_cast<Count>(body.nodes.size() + body.stored.size()) + 1; }
    /// The condition of the body is always true, or that of the loop's start.
    static bool goes_on(const Body& body) {
        const auto* name = &body.outputs.front();
        for (auto node = body.nodes.rbegin(); node != body.nodes.rend(); ++node)
            if (node->op == "Identity" && node->outputs.front() == *name && node->inputs.size() == 1)
                name = &node->inputs.front();
        if (*name == body.inputs[1]) return true;
        const auto stored = std::ranges::find(body.stored, *name, &StoredValue::name);
        return stored != body.stored.end() && stored->integers && *stored->integers == Dimensions{1};
    }

    /// One round: its values by the body's names, and what it made.
    struct Round {
        Scope scope;
        Nodes nodes;
    };

    void loop(const GraphNode& node, const Scope& outer, Nodes& into) {
        const auto found = node.bodies.find("body");
        if (found == node.bodies.end() || found->second->inputs.size() < 2 ||
            found->second->outputs.size() + 1 < found->second->inputs.size() ||
            node.inputs.size() < found->second->inputs.size())
            return error(node, "E0711", "its body does not fit it");
        const auto& body = *found->second;
        const std::size_t carried = body.inputs.size() - 2;
        const auto rounds = rounds_of(node, body, outer);
        if (!rounds) return;
        std::vector<std::string> state(node.inputs.begin() + 2,
                                       node.inputs.begin() + 2 + static_cast<std::ptrdiff_t>(carried));
        auto all = every_round(node, body, state, *rounds, outer);
        const bool unrolls = !all.first && *rounds > 0 && product(*rounds, size_of(body)) <= most_unrolled;
        std::vector<std::string> last;
        if (unrolls) {
            last = round_by_round(node, body, std::move(state), *rounds, outer, into);
        } else {
            auto& round = all.second;
            for (std::size_t i = 1; i < body.outputs.size(); ++i)
                last.push_back(*rounds == 0 && i <= carried ? state[i - 1] : round.scope(body.outputs[i]));
            into.insert(into.end(), std::make_move_iterator(round.nodes.begin()),
                        std::make_move_iterator(round.nodes.end()));
        }
        for (std::size_t i = 0; i < std::min(last.size(), node.outputs.size()); ++i) {
            if (node.outputs[i].empty()) continue;
            if (i >= carried) {
                stacked(node, last[i], node.outputs[i], 0, *rounds, into);
                continue;
            }
            same(node, last[i], node.outputs[i], into);
            if (!unrolls && last[i] != state_name(node, i)) forget_content(node.outputs[i]);
        }
    }
    static const std::string& state_name(const GraphNode& node, std::size_t i) { return node.inputs[i + 2]; }
    static constexpr Count most_unrolled = 20'000; ///< nodes

    /// The values of all rounds lie side by side along an axis.
    void stack(const std::string& value, Dimensions shape, Count axis, Count rounds) {
        const auto rank = static_cast<Count>(shape.size()) + 1;
        if (axis < 0) axis += rank;
        if (axis < 0 || axis >= rank) return;
        shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), rounds);
        if (sizes_in_range(shape)) graph_.shapes[value] = std::move(shape);
    }

    /// `to` is what every round makes as `from`, side by side; the file declares its shape for all of them together.
    void stacked(const GraphNode& node, const std::string& from, const std::string& to, Count axis, Count rounds,
                 Nodes& into) {
        auto declared = graph_.declared.extract(to);
        same(node, from, to, into);
        forget_content(to);
        if (const auto* shape = graph_.shape(from); shape != nullptr)
            stack(to, *shape, axis, rounds);
        else if (declared)
            graph_.shapes[to] = declared.mapped();
        if (declared) graph_.declared.insert(std::move(declared));
    }

    /// The body once for all rounds; whether each round is alike: every shape is known, and what is carried over keeps its.
    std::pair<bool, Round> every_round(const GraphNode& node, const Body& body, const std::vector<std::string>& state,
                                       Count rounds, const Scope& outer) {
        Round round{enter(body, node, outer, true), {}};
        graph_.shapes[round.scope(body.inputs[0])] = {};
        graph_.shapes[round.scope(body.inputs[1])] = {};
        for (std::size_t i = 0; i < state.size(); ++i) {
            if (body.outputs[i + 1] == body.inputs[i + 2])
                round.scope.own[body.inputs[i + 2]] = state[i]; // never changed
            else if (const auto* shape = graph_.shape(state[i]))
                graph_.shapes[round.scope(body.inputs[i + 2])] = *shape;
        }
        walk(body.nodes, round.scope, product(node.repeats, rounds), round.nodes);
        for (const auto& output : body.outputs) // what one round leaves the next one may need
            graph_.wanted.insert(round.scope(output));
        bool alike = std::ranges::all_of(round.nodes, [this](const GraphNode& made) {
            return std::ranges::all_of(made.outputs, [this](const std::string& output) {
                return output.empty() || graph_.shape(output) != nullptr;
            });
        });
        for (std::size_t i = 0; i < state.size(); ++i) {
            const auto *before = graph_.shape(state[i]), *behind = graph_.shape(round.scope(body.outputs[i + 1]));
            alike = alike && before != nullptr && behind != nullptr && *before == *behind;
        }
        return {alike, std::move(round)};
    }

    /// The rounds one behind the other; what the last one left.
    std::vector<std::string> round_by_round(const GraphNode& node, const Body& body, std::vector<std::string> state,
                                            Count rounds, const Scope& outer, Nodes& into) {
        std::vector<std::string> scans;
        for (Count i = 0; i < rounds && n_passed_ < most_nodes && !request_.diagnostics.has_errors(); ++i) {
            const auto scope = one_round(node, body, state, i, outer, into);
            scans.clear();
            for (std::size_t k = state.size() + 1; k < body.outputs.size(); ++k)
                scans.push_back(scope(body.outputs[k]));
            graph_.wanted.insert(scans.begin(), scans.end());
        }
        state.insert(state.end(), scans.begin(), scans.end());
        return state;
    }
    /// One round with all that is known of its state, which moves on.
    Scope one_round(const GraphNode& node, const Body& body, std::vector<std::string>& state, Count i,
                    const Scope& outer, Nodes& into) {
        ++n_passed_;
        auto scope = enter(body, node, outer, true);
        set_number(scope(body.inputs[0]), i);
        set_number(scope(body.inputs[1]), 1);
        for (std::size_t k = 0; k < state.size(); ++k)
            scope.own[body.inputs[k + 2]] = state[k];
        walk(body.nodes, scope, node.repeats, into);
        for (std::size_t k = 0; k < state.size(); ++k)
            state[k] = scope(body.outputs[k + 1]);
        return scope;
    }
    void set_number(const std::string& value, Count number) {
        graph_.shapes[value] = {};
        graph_.integers[value] = {number};
        graph_.constants.insert(value);
    }

    void scan(const GraphNode& node, const Scope& outer, Nodes& into) {
        const auto found = node.bodies.find("body");
        const Count scanned = node.number("num_scan_inputs", 0);
        if (found == node.bodies.end() || scanned < 1 || scanned > static_cast<Count>(node.inputs.size()) ||
            node.inputs.size() != found->second->inputs.size())
            return error(node, "E0711", "its body does not fit it");
        const auto& body = *found->second;
        const std::size_t states = node.inputs.size() - static_cast<std::size_t>(scanned);
        const auto axis_of = [&node](const std::string& key, std::size_t i) {
            const auto list = node.lists.find(key);
            return list != node.lists.end() && i < list->second.size() ? list->second[i] : Count{0};
        };
        auto scope = enter(body, node, outer, true);
        std::optional<Count> rounds;
        for (std::size_t i = 0; i < node.inputs.size(); ++i) {
            const auto* shape = graph_.shape(node.inputs[i]);
            if (shape == nullptr) continue;
            auto one = *shape;
            if (i >= states) {
                const auto rank = static_cast<Count>(one.size());
                auto axis = axis_of("scan_input_axes", i - states);
                if (axis < 0) axis += rank;
                if (axis < 0 || axis >= rank) return error(node, "E0711", "it goes along an axis that is not there");
                rounds = one[static_cast<std::size_t>(axis)];
                one.erase(one.begin() + static_cast<std::ptrdiff_t>(axis));
            }
            graph_.shapes[scope(body.inputs[i])] = std::move(one);
        }
        if (!rounds) { // what follows says so; the shape of what it goes along is unknown
            into.push_back(node);
            return;
        }
        walk(body.nodes, scope, product(node.repeats, *rounds), into);
        for (std::size_t i = 0; i < std::min(body.outputs.size(), node.outputs.size()); ++i) {
            const auto made = scope(body.outputs[i]);
            graph_.wanted.insert(made);
            if (node.outputs[i].empty()) continue;
            if (i >= states) {
                stacked(node, made, node.outputs[i], axis_of("scan_output_axes", i - states), *rounds, into);
                continue;
            }
            same(node, made, node.outputs[i], into);
            forget_content(node.outputs[i]);
        }
    }
};

} // namespace

OnnxGraph flow_through(const Body& main, const FlowRequest& request) { return Flow(request).run(main); }

} // namespace autarky::compute
