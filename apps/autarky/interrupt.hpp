// autarky: Ctrl-C: the first one asks the work to stop, the second one ends the program at once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace autarky::cli {

/// While it lives, the first Ctrl-C only sets a mark. One at a time.
class InterruptWatch {
public:
    InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;
    ~InterruptWatch();

    [[nodiscard]] static bool is_interrupted();
};

/// A file that the second Ctrl-C removes before it ends the program; null: none.
void remove_at_second_interrupt(const char* path);

} // namespace autarky::cli
