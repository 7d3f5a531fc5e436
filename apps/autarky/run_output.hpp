// autarky: where the results of a run go: the summary to the reader, JSON to a program or a file.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "answers/run.hpp"
#include "autarky/output.hpp"
#include "autarky/program.hpp"
#include "show/workbook.hpp"

namespace autarky::cli {

struct ResultOptions {
    bool json = false, csv = false;
    std::string table, output;
};

/// `--json`, `--csv`, `--table NAME` and `-o FILE`; a file that is named .csv is CSV, .xlsx a workbook, any other JSON.
void add_result_options(Command& command, ResultOptions& options);

/// A line on standard error.
void complain(std::string_view line);

/// Opens the output at once, writes when there is something.
class ResultWriter {
public:
    explicit ResultWriter(const ResultOptions& options);

    /// Throws UsageError when the file is one that was read.
    void refuse_inputs() const {
        if (file_) file_->refuse_inputs();
    }
    /// JSON or CSV to the file if there is one, else to standard output when it is asked for; without that the summary to
    /// standard output. Gives Exit::numerical, and says so, when too many samples failed.
    /// `workbook` makes a workbook; without it, it has what the answer itself knows.
    Exit write(answers::RunAnswer answer,
               const std::function<show::Workbook(const answers::RunAnswer&)>& workbook = {});
    /// Bytes as they are, to the file.
    void write(std::string_view bytes);

private:
    const ResultOptions& options_;
    std::optional<OutputFile> file_;
};

} // namespace autarky::cli
