// autarky: finds the steps behind the lines of an explanation.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/written_lines.hpp"

#include <algorithm>
#include <bit>
#include <unordered_map>
#include <utility>

namespace autarky::analysis {
namespace {

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

/// Whether a call of the derivation is this one of the record.
bool is_same(const TapeCall& traced, const TapeCall& written, const Tape& tape, const Working& working) {
    const auto value_of = [](const auto& values, std::int32_t at) {
        return values[static_cast<std::size_t>(at)].value;
    };
    return traced.formula == written.formula && traced.arguments.size() == written.arguments.size() &&
           same_bits(value_of(tape.nodes(), traced.node), value_of(working.steps(), written.node)) &&
           std::equal(traced.arguments.begin(), traced.arguments.end(), written.arguments.begin(),
                      [](const auto& a, const auto& b) { return same_bits(a.value, b.value); });
}

/// Finds the steps. Both readings come to the same named formulas in the same order; the record has some more, of terms that
/// are zero in this case and could be something in another one.
class Lines {
public:
    Lines(const Tape& tape, const Working& working, const Inputs& inputs) : working_(working), inputs_(inputs) {
        std::size_t next = 0;
        for (const auto& call : tape.calls()) {
            auto at = next;
            while (at < working.calls().size() && !is_same(call, working.calls()[at], tape, working))
                ++at;
            if (at == working.calls().size()) continue;
            call_of_.emplace(call.node, at);
            next = at + 1;
        }
        for (std::size_t i = 0; i < working.steps().size(); ++i) {
            const auto& step = working.steps()[i];
            if (step.operation == Operation::input)
                input_of_.emplace(static_cast<std::size_t>(step.of[0].value), static_cast<std::int32_t>(i));
        }
    }

    std::vector<WrittenLine> of(const Reason& root, std::int32_t result) {
        add(root, 0, result);
        return std::move(lines_);
    }

private:
    void add(const Reason& reason, std::size_t level, std::int32_t step) {
        const bool stands_for_it =
            step >= 0 && same_bits(working_.steps()[static_cast<std::size_t>(step)].value, reason.value);
        lines_.push_back({&reason, level, stands_for_it ? step : -1});
        const auto call = call_of_.find(reason.node);
        const auto* arguments =
            call == call_of_.end() || reason.formula == nullptr ? nullptr : &working_.calls()[call->second].arguments;
        for (std::size_t i = 0; i < reason.parts.size(); ++i) {
            const bool is_argument = arguments != nullptr && i < arguments->size();
            const auto& part = reason.parts[i];
            add(part, level + 1, is_argument ? (*arguments)[i].node : step_of(part));
        }
    }
    [[nodiscard]] std::int32_t step_of(const Reason& part) const {
        if (part.input != nullptr) {
            const auto row = static_cast<std::size_t>(part.input - inputs_.rows.data());
            const auto found = input_of_.find(row);
            return found == input_of_.end() ? -1 : found->second;
        }
        const auto call = call_of_.find(part.node);
        return call == call_of_.end() ? -1 : working_.calls()[call->second].node;
    }

    const Working& working_;
    const Inputs& inputs_;
    std::unordered_map<std::int32_t, std::size_t> call_of_;
    std::unordered_map<std::size_t, std::int32_t> input_of_;
    std::vector<WrittenLine> lines_;
};

} // namespace

std::vector<WrittenLine> written_lines(const Reason& root, std::int32_t result, const Tape& tape,
                                       const Working& working, const Inputs& inputs) {
    return Lines(tape, working, inputs).of(root, result);
}

} // namespace autarky::analysis
