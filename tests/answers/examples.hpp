// autarky: a question of each kind, as a request and as words of the command line.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace autarky::test {

struct Example {
    std::string name, request, words; ///< words of the command line that ask the same
};

std::vector<Example> examples();

/// A folder of files that they ask about.
std::string data();
std::string lv_network();

} // namespace autarky::test
