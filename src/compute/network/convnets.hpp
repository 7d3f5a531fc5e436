// autarky: convolutional networks written down by their published rules: ResNet and RegNet.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compute/network/builder.hpp"

namespace autarky::compute {

/// What a backbone hands on: the extent and channels of its last four stages (strides 4, 8, 16, 32).
struct Stages {
    std::array<Extent, 4> extent;
    std::array<Count, 4> channels;
};

/// Stem and four stages of bottleneck blocks, stride in the 3x3 convolution ("v1.5"); `blocks` is {3,4,6,3} for
/// ResNet-50, {3,4,23,3} for ResNet-101. Source: He et al., CVPR 2016, table 1; torchvision resnet.py.
Stages append_resnet(Builder& builder, Extent image, const std::array<int, 4>& blocks);

/// ResNet with pooling and a classifier of 1000 classes. Parameters as published: 25,557,032 and 44,549,160.
Network resnet(int depth, Extent image, Count cameras = 1, bool classifier = true);

/// The four numbers of the design space, the group width, and squeeze-and-excitation (0: a RegNetX).
struct RegNet {
    int depth = 0;           ///< blocks
    Count initial_width = 0; ///< w_0
    double slope = 0.0;      ///< w_a
    double multiplier = 0.0; ///< w_m
    Count group_width = 0;
    double squeeze = 0.0;       ///< share of the block's input width; 0.25 in RegNetY
    bool nearest_width = false; ///< widths become the nearest multiple of the group, even if more than a tenth below
};

struct RegNetStage {
    Count width = 0;
    Count group_width = 0;
    int depth = 0;
};

/// What is wrong with the numbers, in words; empty: they describe a network.
std::string regnet_error(const RegNet& rule);
/// Widths and depths of the stages. Source: Radosavovic et al., "Designing network design spaces", CVPR 2020, section 3.3.
std::vector<RegNetStage> regnet_stages(const RegNet& rule);
/// The published members ("regnet-y-8gf"), by name.
std::optional<RegNet> published_regnet(std::string_view name);
std::vector<std::string_view> published_regnet_names();
/// The published member with these four numbers and this squeeze; the group width does not count.
std::optional<RegNet> published_regnet(const RegNet& numbers);

Network regnet(const std::string& name, const RegNet& rule, Extent image, Count cameras = 1, bool classifier = true);

} // namespace autarky::compute
