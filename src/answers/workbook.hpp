// autarky: answers as workbooks: a sheet a table, and what two of them have beyond their tables.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "answers/catalogue.hpp"
#include "answers/entry.hpp"
#include "answers/explain.hpp"
#include "answers/run.hpp"
#include "answers/watch.hpp"
#include "show/workbook.hpp"

namespace autarky::answers {

/// A run and an explanation have a workbook of their own, every other answer a sheet for each of its tables. Throws InputError,
/// std::runtime_error.
show::Workbook workbook(const Reply& reply);

/// Verdict, bands, decomposition and drivers.
show::Workbook run_workbook(const RunAnswer& answer);
/// That with the scenario's inputs, sources and judged claims. Throws InputError.
show::Workbook whole_run_workbook(const Catalogue& catalogue, const RunQuestion& question, const RunAnswer& answer,
                                  const Watch& watch);
/// The tree with formulas that follow the inputs. Throws InputError where there is no value, or too much behind it.
show::Workbook explain_workbook(const ExplainAnswer& answer);

} // namespace autarky::answers
