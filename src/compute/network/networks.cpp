// autarky: the ready networks, by name.
// SPDX-License-Identifier: Apache-2.0
#include "compute/network/networks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

#include <fmt/format.h>

#include "compute/network/convnets.hpp"
#include "compute/network/perception.hpp"
#include "compute/network/policies.hpp"

namespace autarky::compute {
namespace {

constexpr Extent imagenet{224, 224};
constexpr Extent camera{960, 1280}; // 1.2 megapixels, the cameras of the HW3 generation

struct Ready {
    std::string_view name;
    Network (*make)();
};

constexpr std::array fixed{
    Ready{"resnet-50", [] { return resnet(50, imagenet); }},
    Ready{"resnet-101", [] { return resnet(101, imagenet); }},
    Ready{"resnet-50-8cam", [] { return resnet(50, camera, 8, false); }},
    // Eight cameras through one shared RegNet backbone, the shape shown at Tesla AI Day 2021; the real widths are not public.
    Ready{"hydranet-8cam", [] { return regnet("hydranet-8cam", *published_regnet("regnet-y-8gf"), camera, 8, false); }},
    Ready{"bevformer-base", bevformer_base},
    Ready{"bevformer-tiny", bevformer_tiny},
    Ready{"surroundocc", surroundocc},
    Ready{"vad-base", vad_base},
    Ready{"vad-tiny", vad_tiny},
    Ready{"pi0", pi0},
    Ready{"openvla-7b", openvla_7b},
    Ready{"llama-2-7b-decode", [] { return llama2_7b_decode(512); }},
};

/// Other names that people use.
struct Alias {
    std::string_view name, stands_for;
};
constexpr std::array aliases{Alias{"bevformer", "bevformer-base"},
                             Alias{"vad", "vad-base"},
                             Alias{"openvla", "openvla-7b"},
                             Alias{"hydranet", "hydranet-8cam"},
                             Alias{"regnet-y-8gf-8cam", "hydranet-8cam"},
                             Alias{"pi-0", "pi0"},
                             Alias{"llama-2-7b", "llama-2-7b-decode"}};

/// Lower case without hyphens, underscores and spaces; the point of "1.6gf" stays.
std::string key_of(std::string_view name) {
    std::string key;
    for (const char c : name) {
        if (c == '-' || c == '_' || c == ' ') continue;
        key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return key;
}

std::optional<std::vector<double>> numbers(std::string_view list) {
    std::vector<double> result;
    while (true) {
        const auto comma = std::min(list.find(','), list.size());
        double value = 0.0;
        const std::string item(list.substr(0, comma));
        const char* const stop = item.data() + item.size();
        const auto [end, error] = std::from_chars(item.data(), stop, value);
        if (error != std::errc{} || end != stop) return std::nullopt;
        result.push_back(value);
        if (comma == list.size()) return result;
        list.remove_prefix(comma + 1);
    }
}

/// "regnety_016" is timm's spelling of regnet-y-1.6gf: hundreds of millions of multiply-adds.
std::string timm_spelling(std::string_view regnet_name) {
    constexpr std::string_view head = "regnet-y-";
    const bool is_giga = regnet_name.ends_with("gf");
    const auto size = numbers(regnet_name.substr(head.size(), regnet_name.size() - head.size() - 2));
    const double hundreds = size ? size->front() * (is_giga ? 10.0 : 0.01) : 0.0;
    return fmt::format("regnet{}{:03.0f}", regnet_name[head.size() - 2], hundreds);
}

/// "regnet_y_1_6gf" is torchvision's spelling of regnet-y-1.6gf.
std::string torchvision_spelling(std::string_view regnet_name) {
    std::string text(regnet_name);
    std::ranges::replace(text, '-', '_');
    std::ranges::replace(text, '.', '_');
    return text;
}

std::optional<Network> regnet_by_numbers(std::string_view name, std::string& why) {
    const auto colon = name.find(':');
    const auto family = key_of(name.substr(0, colon));
    const auto given = numbers(name.substr(colon + 1));
    if ((family != "regnetx" && family != "regnety") || !given || given->size() < 4 || given->size() > 5) {
        why = "a RegNet by its numbers is written regnet-y:DEPTH,INITIAL_WIDTH,SLOPE,MULTIPLIER,GROUP_WIDTH";
        return std::nullopt;
    }
    const auto whole = [](double x) { return x >= 0.0 && x < 1e6 ? static_cast<Count>(x) : Count{-1}; };
    const auto& n = *given;
    RegNet rule{static_cast<int>(whole(n[0])), whole(n[1]), n[2], n[3], 0, family == "regnety" ? 0.25 : 0.0};
    const auto member = published_regnet(rule);
    if (member && (n.size() == 4 || whole(n[4]) == member->group_width)) {
        rule = *member;
    } else if (n.size() == 5) {
        rule.group_width = whole(n[4]);
    } else {
        why = "no published RegNet has these four numbers; a fifth one, the group width, makes it any member of the "
              "family";
        return std::nullopt;
    }
    why = regnet_error(rule);
    if (!why.empty()) return std::nullopt;
    return regnet(std::string(name), rule, imagenet);
}

} // namespace

std::vector<std::string> ready_network_names() {
    std::vector<std::string> names;
    names.reserve(fixed.size() + published_regnet_names().size());
    for (const auto& ready : fixed)
        names.emplace_back(ready.name);
    for (const auto& name : published_regnet_names())
        names.emplace_back(name);
    return names;
}

std::optional<Network> ready_network(std::string_view name, std::string* why) {
    std::string reason;
    std::string& told = why != nullptr ? *why : reason;
    if (name.find(':') != std::string_view::npos) return regnet_by_numbers(name, told);
    auto key = key_of(name);
    if (key.ends_with(".0gf")) key.erase(key.size() - 4, 2); // "8.0gf" in the paper
    for (const auto& alias : aliases)
        if (key_of(alias.name) == key) key = key_of(alias.stands_for);
    for (const auto& ready : fixed)
        if (key_of(ready.name) == key) return ready.make();
    for (const auto& member : published_regnet_names())
        if (key_of(member) == key || torchvision_spelling(member) == name || timm_spelling(member) == key)
            return regnet(std::string(member), *published_regnet(member), imagenet);
    told = fmt::format("there is no ready network '{}'", name);
    return std::nullopt;
}

} // namespace autarky::compute
