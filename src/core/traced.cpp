// autarky: the tape and its adjoint sweep.
// SPDX-License-Identifier: Apache-2.0
#include "core/traced.hpp"

#include <algorithm>
#include <utility>

namespace autarky {

Tape& Tape::current() {
    thread_local Tape tape;
    return tape;
}

std::int32_t Tape::push_input(double value, std::int32_t input) {
    const auto node = push(value, -1, 0.0);
    inputs_.push_back({node, input});
    return node;
}

void Tape::push_call(TapeCall call) { calls_.push_back(std::move(call)); }

// The memory goes too: the tape of a large scenario takes more than all that a run keeps.
void Tape::clear() { *this = {}; }

std::vector<double> Tape::adjoints(std::int32_t result) const {
    std::vector<double> adjoint(nodes_.size(), 0.0);
    if (result < 0) return adjoint;
    adjoint[static_cast<std::size_t>(result)] = 1.0;
    for (auto i = static_cast<std::size_t>(result) + 1; i-- > 0;) {
        if (adjoint[i] == 0.0) continue;
        for (std::size_t side = 0; side < 2; ++side) {
            const auto parent = nodes_[i].parent[side];
            if (parent >= 0) adjoint[static_cast<std::size_t>(parent)] += adjoint[i] * nodes_[i].partial[side];
        }
    }
    return adjoint;
}

std::vector<double> Tape::gradient(std::int32_t result, std::size_t n_inputs) const {
    const auto adjoint = adjoints(result);
    std::vector<double> out(n_inputs, 0.0);
    for (const auto& leaf : inputs_) {
        const auto input = static_cast<std::size_t>(leaf.input);
        if (input < n_inputs) out[input] += adjoint[static_cast<std::size_t>(leaf.node)];
    }
    return out;
}

const TapeCall* Tape::call_at(std::int32_t node) const {
    const auto found = std::lower_bound(calls_.begin(), calls_.end(), node,
                                        [](const TapeCall& call, std::int32_t at) { return call.node < at; });
    return found != calls_.end() && found->node == node ? &*found : nullptr;
}

std::int32_t Tape::input_at(std::int32_t node) const {
    const auto found = std::lower_bound(inputs_.begin(), inputs_.end(), node,
                                        [](const InputLeaf& leaf, std::int32_t at) { return leaf.node < at; });
    return found != inputs_.end() && found->node == node ? found->input : -1;
}

} // namespace autarky
