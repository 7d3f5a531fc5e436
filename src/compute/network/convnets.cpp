// autarky: ResNet and RegNet by their published rules.
// SPDX-License-Identifier: Apache-2.0
#include "compute/network/convnets.hpp"

#include "core/real.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace autarky::compute {
namespace {

constexpr Count n_classes = 1000;

struct NamedRegNet {
    std::string_view name;
    RegNet rule;
};

// Radosavovic et al. 2020, tables of section 5. Widths are made multiples of the group as torchvision's regnet.py does; the
// members that it has not (the last mark), as their own pycls does.
constexpr std::array published{
    NamedRegNet{"regnet-x-200mf", {13, 24, 36.44, 2.49, 8, 0.0, true}},
    NamedRegNet{"regnet-x-400mf", {22, 24, 24.48, 2.54, 16, 0.0}},
    NamedRegNet{"regnet-x-600mf", {16, 48, 36.97, 2.24, 24, 0.0, true}},
    NamedRegNet{"regnet-x-800mf", {16, 56, 35.73, 2.28, 16, 0.0}},
    NamedRegNet{"regnet-x-1.6gf", {18, 80, 34.01, 2.25, 24, 0.0}},
    NamedRegNet{"regnet-x-3.2gf", {25, 88, 26.31, 2.25, 48, 0.0}},
    NamedRegNet{"regnet-x-4gf", {23, 96, 38.65, 2.43, 40, 0.0, true}},
    NamedRegNet{"regnet-x-6.4gf", {17, 184, 60.83, 2.07, 56, 0.0, true}},
    NamedRegNet{"regnet-x-8gf", {23, 80, 49.56, 2.88, 120, 0.0}},
    NamedRegNet{"regnet-x-12gf", {19, 168, 73.36, 2.37, 112, 0.0, true}},
    NamedRegNet{"regnet-x-16gf", {22, 216, 55.59, 2.1, 128, 0.0}},
    NamedRegNet{"regnet-x-32gf", {23, 320, 69.86, 2.0, 168, 0.0}},
    NamedRegNet{"regnet-y-200mf", {13, 24, 36.44, 2.49, 8, 0.25, true}},
    NamedRegNet{"regnet-y-400mf", {16, 48, 27.89, 2.09, 8, 0.25}},
    NamedRegNet{"regnet-y-600mf", {15, 48, 32.54, 2.32, 16, 0.25, true}},
    NamedRegNet{"regnet-y-800mf", {14, 56, 38.84, 2.4, 16, 0.25}},
    NamedRegNet{"regnet-y-1.6gf", {27, 48, 20.71, 2.65, 24, 0.25}},
    NamedRegNet{"regnet-y-3.2gf", {21, 80, 42.63, 2.66, 24, 0.25}},
    NamedRegNet{"regnet-y-4gf", {22, 96, 31.41, 2.24, 64, 0.25, true}},
    NamedRegNet{"regnet-y-6.4gf", {25, 112, 33.22, 2.27, 72, 0.25, true}},
    NamedRegNet{"regnet-y-8gf", {17, 192, 76.82, 2.19, 56, 0.25}},
    NamedRegNet{"regnet-y-12gf", {19, 168, 73.36, 2.37, 112, 0.25, true}},
    NamedRegNet{"regnet-y-16gf", {18, 200, 106.23, 2.48, 112, 0.25}},
    NamedRegNet{"regnet-y-32gf", {20, 232, 115.89, 2.53, 232, 0.25}},
    NamedRegNet{"regnet-y-128gf", {27, 456, 160.83, 2.52, 264, 0.25}},
};

/// The multiple of `divisor` nearest to `width`, the even one at a tie, at least one.
Count nearest(Count width, Count divisor) {
    const double multiple = std::nearbyint(static_cast<double>(width) / static_cast<double>(divisor));
    return std::max<Count>(1, std::lrint(multiple)) * divisor;
}

/// The multiple of `divisor` nearest to `width`, never more than a tenth below it.
Count divisible(Count width, Count divisor) {
    const Count rounded = std::max(divisor, (width + divisor / 2) / divisor * divisor);
    return 10 * rounded < 9 * width ? rounded + divisor : rounded;
}

/// Squeeze-and-excitation: pool, two 1x1 layers with bias, scale.
void append_squeeze(Builder& b, const std::string& name, Extent at, Count width, Count squeezed) {
    b.global_pool(name + ".pool", at, width);
    b.matmul(name + ".fc1", 1, squeezed, width, true);
    b.matmul(name + ".fc2", 1, width, squeezed, true);
    b.sum_of(name + ".scale", product(at.pixels(), width));
}

Extent append_regnet_block(Builder& b, const std::string& name, Extent in, Count from, const RegNetStage& stage,
                           Count stride, double squeeze) {
    const Count width = stage.width;
    if (from != width || stride != 1) b.conv(name + ".proj", in, from, width, 1, stride, 1, false);
    b.conv(name + ".a", in, from, width, 1);
    const Extent out = b.conv(name + ".b", in, width, width, 3, stride, width / stage.group_width);
    if (squeeze > 0.0)
        append_squeeze(b, name + ".se", out, width,
                       std::max<Count>(1, std::lrint(squeeze * static_cast<double>(from))));
    b.conv(name + ".c", out, width, width, 1, 1, 1, false);
    b.sum_of(name + ".add", product(out.pixels(), width));
    return out;
}

Extent append_resnet_block(Builder& b, const std::string& name, Extent in, Count from, Count width, Count stride) {
    b.conv(name + ".conv1", in, from, width, 1);
    const Extent out = b.conv(name + ".conv2", in, width, width, 3, stride);
    b.conv(name + ".conv3", out, width, 4 * width, 1, 1, 1, false);
    if (from != 4 * width) b.conv(name + ".downsample", in, from, 4 * width, 1, stride, 1, false);
    b.sum_of(name + ".add", product(out.pixels(), 4 * width));
    return out;
}

} // namespace

Stages append_resnet(Builder& builder, Extent image, const std::array<int, 4>& blocks) {
    Extent at = builder.conv("conv1", image, 3, 64, 7, 2);
    at = builder.max_pool("maxpool", at, 64, 3, 2);
    Stages stages{};
    Count from = 64;
    for (std::size_t s = 0; s < 4; ++s) {
        const Count width = Count{64} << s;
        for (int i = 0; i < blocks[s]; ++i) {
            at = append_resnet_block(builder, fmt::format("layer{}.{}", s + 1, i), at, from, width,
                                     i == 0 && s > 0 ? 2 : 1);
            from = 4 * width;
        }
        stages.extent[s] = at;
        stages.channels[s] = from;
    }
    return stages;
}

Network resnet(int depth, Extent image, Count cameras, bool classifier) {
    Builder b(fmt::format("resnet-{}", depth), "He et al., CVPR 2016; torchvision resnet.py (stride in the 3x3)");
    b.parallel = cameras;
    const auto stages = append_resnet(b, image, {3, 4, depth == 101 ? 23 : 6, 3});
    if (classifier) {
        b.global_pool("avgpool", stages.extent[3], stages.channels[3]);
        b.matmul("fc", 1, n_classes, stages.channels[3], true);
    }
    return std::move(b).finish();
}

std::string regnet_error(const RegNet& rule) {
    if (rule.depth < 1 || rule.depth > 1000) return "the depth must lie between 1 and 1000 blocks";
    if (rule.initial_width < 8 || rule.initial_width % 8 != 0)
        return "the initial width must be a positive multiple of 8";
    if (rule.initial_width > 100'000) return "the initial width must be at most 100000";
    if (!(rule.slope >= 0.0 && rule.slope < 1e5)) return "the width slope must lie between 0 and 100000";
    if (!(rule.multiplier > 1.0 && rule.multiplier < 1e3)) return "the width multiplier must be above 1";
    if (rule.group_width < 1 || rule.group_width > 100'000) return "the group width must lie between 1 and 100000";
    return {};
}

std::vector<RegNetStage> regnet_stages(const RegNet& rule) {
    std::vector<RegNetStage> stages;
    const auto w0 = static_cast<double>(rule.initial_width);
    for (int block = 0; block < rule.depth; ++block) {
        // u_j = w_0 + w_a j; s_j = log(u_j / w_0) / log w_m, rounded; w_j = w_0 w_m^s_j, rounded to a multiple of 8
        const double linear = w0 + rule.slope * block;
        const double power = std::nearbyint(log(linear / w0) / log(rule.multiplier));
        const auto width = 8 * std::lrint(w0 * pow(rule.multiplier, power) / 8.0);
        if (stages.empty() || stages.back().width != width) stages.push_back({width, rule.group_width, 0});
        ++stages.back().depth;
    }
    for (auto& stage : stages) {
        stage.group_width = std::min(stage.group_width, stage.width);
        stage.width =
            rule.nearest_width ? nearest(stage.width, stage.group_width) : divisible(stage.width, stage.group_width);
    }
    return stages;
}

std::optional<RegNet> published_regnet(std::string_view name) {
    for (const auto& member : published)
        if (member.name == name) return member.rule;
    return std::nullopt;
}

std::optional<RegNet> published_regnet(const RegNet& numbers) {
    for (const auto& [name, rule] : published)
        if (rule.depth == numbers.depth && rule.initial_width == numbers.initial_width && rule.slope == numbers.slope &&
            rule.multiplier == numbers.multiplier && rule.squeeze == numbers.squeeze)
            return rule;
    return std::nullopt;
}

std::vector<std::string_view> published_regnet_names() {
    std::vector<std::string_view> names;
    names.reserve(published.size());
    for (const auto& member : published)
        names.push_back(member.name);
    return names;
}

Network regnet(const std::string& name, const RegNet& rule, Extent image, Count cameras, bool classifier) {
    Builder b(name, "Radosavovic et al., CVPR 2020; torchvision regnet.py");
    b.parallel = cameras;
    Extent at = b.conv("stem", image, 3, 32, 3, 2);
    Count from = 32;
    int index = 0;
    for (const auto& stage : regnet_stages(rule)) {
        ++index;
        for (int i = 0; i < stage.depth; ++i) {
            at = append_regnet_block(b, fmt::format("s{}.{}", index, i), at, from, stage, i == 0 ? 2 : 1, rule.squeeze);
            from = stage.width;
        }
    }
    if (classifier) {
        b.global_pool("avgpool", at, from);
        b.matmul("fc", 1, n_classes, from, true);
    }
    return std::move(b).finish();
}

} // namespace autarky::compute
