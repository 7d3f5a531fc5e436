// autarky: keeps the trees of files that a long-lived program reads again and again.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/diagnostics.hpp"
#include "input/node.hpp"

namespace autarky::scenario {

/// While one of these lives, read_kept_toml() remembers what texts parse to. A tree is found by the text's whole content, so a
/// file that was changed is parsed anew, whatever its date says. For all threads.
class KeepParsedTexts {
public:
    KeepParsedTexts();
    KeepParsedTexts(const KeepParsedTexts&) = delete;
    KeepParsedTexts& operator=(const KeepParsedTexts&) = delete;
    ~KeepParsedTexts();
};

/// As read_toml() with its usual limits: the same tree, the same findings.
std::optional<Node> read_kept_toml(const Texts& texts, int text, Diagnostics& diagnostics);

} // namespace autarky::scenario
