// autarky: what the codes of questions mean.
// SPDX-License-Identifier: Apache-2.0
#include "answers/codes.hpp"

#include <array>

namespace autarky::answers {

std::span<const QuestionCode> question_codes() {
    static constexpr std::array rows{
        QuestionCode{"E0502", "a command or an option of that name does not exist, or a request has such a field"},
        QuestionCode{"E0503", "a word that the command does not know what to do with"},
        QuestionCode{"E0504", "a value that makes no sense for its option, or options that do not go together"},
        QuestionCode{"E0505", "there is nothing of that name: no such metric, region, street, ..."},
        QuestionCode{"E0506",
                     "an argument or the value of an option is missing, or an option changes nothing as it stands"},
        QuestionCode{"E0507", "a request that is no JSON object"},
        QuestionCode{"E0508",
                     "what is asked for cannot be had: no plan holds what its terms demand, or none was found in time"},
        QuestionCode{"E0509", "this build was made without a library that the question needs"},
        QuestionCode{"E0611", "standard output is full or gone"},
        QuestionCode{"E0612", "a file cannot be written: a folder that does not exist, no permission, a full disk"},
        QuestionCode{"E0613", "there is not enough memory"},
        QuestionCode{"E0614", "a part of a run cannot be read"},
        QuestionCode{"E0615", "a file is no part of a run, or it is damaged"},
        QuestionCode{"E0616", "parts do not make one run: another run's, given twice, overlapping, missing"},
        QuestionCode{"E0617", "a store of finished samples cannot be opened, read or written"},
        QuestionCode{"E0618", "the system refuses something: no more threads, no more open files, no right"},
        QuestionCode{"E0621", "the port that the page's server was told to use is taken or not allowed"},
        QuestionCode{"E0622", "a request to the page's server without its key, or from another site"},
        QuestionCode{"E0623", "a request that the page's server has no answer to"},
        QuestionCode{"E0624", "the page's server works on as many questions as it can"},
        QuestionCode{"E0625",
                     "a file that was dropped on the page cannot be kept: too large, or there is no place for it"},
        QuestionCode{"E0699", "a mistake of the program"}};
    return rows;
}

} // namespace autarky::answers
