// autarky: the published cases of other silicon cost models.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/peers/cases.hpp"

#include <array>
#include <string>

#include "silicon/peers/inputs.hpp"

namespace autarky::silicon {
namespace {

struct Peer {
    std::string_view name;
    double (*quantity)(std::string_view, const CaseInputs&);
};
constexpr std::array peer_table{Peer{"actuary", peers::actuary_value}, Peer{"catch", peers::catch_value},
                                Peer{"ttm", peers::ttm_value},         Peer{"google", peers::google_value},
                                Peer{"cset", peers::cset_value},       Peer{"llmcompass", peers::llmcompass_value}};

} // namespace

std::vector<std::string_view> silicon_peers() {
    std::vector<std::string_view> names;
    for (const auto& peer : peer_table)
        names.push_back(peer.name);
    return names;
}

std::vector<ValidationCase> silicon_peer_cases(std::string_view peer, const std::filesystem::path& validation_folder) {
    for (const auto& known : peer_table)
        if (known.name == peer) return case_table(validation_folder / std::string(peer) / "cases.csv", known.quantity);
    return {};
}

} // namespace autarky::silicon
