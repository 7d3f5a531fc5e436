// autarky: named variants of a scenario: `[variant.<name>]` with title, extends, source, use and set.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/diagnostics.hpp"
#include "input/node.hpp"

namespace autarky::scenario {

/// The variants of a document, checked when made: keys, unknown bases, circles.
class Variants {
public:
    Variants(Node table, const Texts& texts, Diagnostics& diagnostics);

    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    /// The named variants and all that they extend, bases first, each once. Unknown names are findings.
    [[nodiscard]] std::vector<const Member*> in_order(const std::vector<std::string>& asked);

private:
    enum class Mark { unseen, open, done };

    [[nodiscard]] int index_of(std::string_view name) const;
    void check_keys(const Member& member);
    void visit(int variant, std::vector<Mark>& marks, std::vector<int>& chain, std::vector<const Member*>* order);
    [[nodiscard]] std::string hint_for(std::string_view name) const;

    Node table_;
    const Texts& texts_;
    Diagnostics& diagnostics_;
    std::vector<std::string> names_;
    bool is_checking_ = true;
};

} // namespace autarky::scenario
