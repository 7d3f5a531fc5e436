// autarky: findings as every face hands them on.
// SPDX-License-Identifier: Apache-2.0
#include "answers/findings.hpp"

#include "show/json.hpp"

namespace autarky::answers {
namespace {

struct Findings {
    const Diagnostics* all;
};
constexpr auto describe(Type<Findings> /*type*/) {
    return fields(
        item("findings", [](const Findings& f) { return f.all->sorted(); }, "In the order of the text").whole());
}

} // namespace

std::string findings_json(const Diagnostics& findings) { return show::json_text(Findings{&findings}, {}); }

void WarningSink::end_object() {
    if (--depth_ == 0 && !warnings_.empty()) show::walk_items(Warned{warnings_.sorted()}, to_);
    to_.end_object();
}

} // namespace autarky::answers
