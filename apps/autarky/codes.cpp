// autarky: the meanings of exit codes and of the program's own message codes.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/codes.hpp"

#include <array>

namespace autarky::cli {

std::span<const ExitMeaning> exit_meanings() {
    static constexpr std::array rows{ExitMeaning{Exit::ok, "done"},
                                     ExitMeaning{Exit::gate, "a requested gate failed"},
                                     ExitMeaning{Exit::usage, "the command line makes no sense"},
                                     ExitMeaning{Exit::input, "the scenario or another input is invalid"},
                                     ExitMeaning{Exit::numerical, "more than 0.1 % of the samples failed"},
                                     ExitMeaning{Exit::io, "a file could not be read or written"},
                                     ExitMeaning{Exit::interrupted, "interrupted; what was finished is reported"}};
    return rows;
}

std::span<const ProgramCode> program_codes() {
    static constexpr std::array rows{
        ProgramCode{"E0502", "a command or an option of that name does not exist"},
        ProgramCode{"E0503", "a word that the command does not know what to do with"},
        ProgramCode{"E0504", "a value that makes no sense for its option, or options that do not go together"},
        ProgramCode{"E0505", "there is nothing of that name: no such metric, region, street, ..."},
        ProgramCode{"E0506", "an argument or the value of an option is missing"},
        ProgramCode{"E0611", "standard output is full or gone"},
        ProgramCode{"E0612", "a file cannot be written: a folder that does not exist, no permission, a full disk"},
        ProgramCode{"E0613", "there is not enough memory"},
        ProgramCode{"E0614", "a part of a run cannot be read"},
        ProgramCode{"E0615", "a file is no part of a run, or it is damaged"},
        ProgramCode{"E0616", "parts do not make one run: another run's, given twice, overlapping, missing"},
        ProgramCode{"E0617", "a store of finished samples cannot be opened, read or written"},
        ProgramCode{"E0699", "a mistake of the program"}};
    return rows;
}

} // namespace autarky::cli
