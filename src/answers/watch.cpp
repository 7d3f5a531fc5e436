// autarky: threads of a watch, and what becomes of findings.
// SPDX-License-Identifier: Apache-2.0
#include "answers/watch.hpp"

#include <algorithm>
#include <thread>

namespace autarky::answers {

unsigned Watch::n_threads() const { return threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency()); }

void Watch::settle(const Diagnostics& findings) const {
    if (findings.has_errors()) throw InputError{findings};
    if (!findings.empty() && notice) notice(findings);
}

Watch keeping_notices(const Watch& watch, Diagnostics& kept) {
    Watch out = watch;
    out.notice = [&kept, pass_on = watch.notice](const Diagnostics& findings) {
        kept.merge(findings);
        if (pass_on) pass_on(findings);
    };
    return out;
}

} // namespace autarky::answers
