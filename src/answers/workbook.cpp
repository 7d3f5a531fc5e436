// autarky: answers as workbooks.
// SPDX-License-Identifier: Apache-2.0
#include "answers/workbook.hpp"

#include <set>
#include <string>
#include <utility>

#include "show/sheet_collector.hpp"

namespace autarky::answers {

show::Workbook workbook(const Reply& reply) {
    if (reply.schema() == run_entry.schema()) return run_workbook(reply.as<RunAnswer>());
    if (reply.schema() == explain_entry.schema()) return explain_workbook(reply.as<ExplainAnswer>());
    show::SheetCollector collector;
    reply.walk(collector);
    show::Workbook out;
    out.sheets = std::move(collector).sheets(reply.shape());
    std::set<std::string> taken;
    for (auto& sheet : out.sheets)
        sheet.name = show::sheet_name(sheet.name, taken);
    return out;
}

} // namespace autarky::answers
