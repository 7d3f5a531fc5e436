// autarky: the ready networks have the work and the parameters that were published for them.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "compute/network/convnets.hpp"
#include "compute/network/networks.hpp"

using namespace autarky::compute;

namespace {

struct Published {
    std::string_view name;
    double macs;      // 0: not published
    Count parameters; // 0: not published
};

Network ready(std::string_view name) {
    auto network = ready_network(name);
    REQUIRE_MESSAGE(network.has_value(), name);
    return *network;
}

double relative(double got, double expected) { return std::abs(got / expected - 1.0); }

// MACs: sums over layer tables derived by hand from the public configurations, which fix one convention:
// SurroundOcc's transposed convolutions are counted after zero insertion.
constexpr std::array totals{
    Published{"resnet-50", 4'089'184'256.0, 0},         Published{"resnet-101", 7'801'405'440.0, 0},
    Published{"regnet-y-400mf", 401'842'848.0, 0},      Published{"regnet-y-8gf", 8'473'070'592.0, 0},
    Published{"regnet-x-400mf", 413'812'608.0, 0},      Published{"resnet-50-8cam", 800'745'062'400.0, 0},
    Published{"hydranet-8cam", 1'658'677'469'184.0, 0}, Published{"bevformer-base", 1'830'352'896'000.0, 0},
    Published{"bevformer-tiny", 203'962'368'000.0, 0},  Published{"surroundocc", 2'317'191'577'600.0, 0},
    Published{"pi0", 2'186'161'897'472.0, 0},           Published{"openvla-7b", 2'156'958'232'576.0, 0},
    Published{"llama-2-7b-decode", 6'741'295'104.0, 0}, Published{"vad-base", 857'320'243'200.0, 0},
};

// torchvision model zoo: num_params of each weight file, to the last parameter.
constexpr std::array zoo{
    Published{"resnet-50", 4.089e9, 25'557'032},       Published{"resnet-101", 7.801e9, 44'549'160},
    Published{"regnet-x-400mf", 0.414e9, 5'495'976},   Published{"regnet-x-800mf", 0.8e9, 7'259'656},
    Published{"regnet-x-1.6gf", 1.603e9, 9'190'136},   Published{"regnet-x-3.2gf", 3.177e9, 15'296'552},
    Published{"regnet-x-8gf", 7.995e9, 39'572'648},    Published{"regnet-x-16gf", 15.941e9, 54'278'536},
    Published{"regnet-x-32gf", 31.736e9, 107'811'560}, Published{"regnet-y-400mf", 0.402e9, 4'344'144},
    Published{"regnet-y-800mf", 0.834e9, 6'432'512},   Published{"regnet-y-1.6gf", 1.612e9, 11'202'430},
    Published{"regnet-y-3.2gf", 3.176e9, 19'436'338},  Published{"regnet-y-8gf", 8.473e9, 39'381'472},
    Published{"regnet-y-16gf", 15.912e9, 83'590'140},  Published{"regnet-y-32gf", 32.28e9, 145'046'770},
};

} // namespace

TEST_CASE("the ready networks do the work that hand-derived layer tables give") {
    for (const auto& row : totals) {
        CAPTURE(row.name);
        // 0.1 %: the tables leave out pi0's image projection (1.8 GMAC) and VAD's attention weights
        CHECK(relative(static_cast<double>(macs(ready(row.name))), row.macs) < 1e-3);
    }
}

TEST_CASE("ResNet and RegNet have exactly the published parameters") {
    for (const auto& row : zoo) {
        CAPTURE(row.name);
        CHECK(parameters(ready(row.name)) == row.parameters);
        CHECK(relative(static_cast<double>(macs(ready(row.name))), row.macs) < 1.5e-3); // printed to three digits
    }
}

TEST_CASE("the members of the RegNet family that torchvision has not: parameters in millions as timm prints them") {
    struct Row {
        const char* name;
        double millions, giga;
    };
    // timm, results-imagenet.csv; multiply-adds of Radosavovic et al. 2020, tables of section 5, to their printed digit
    for (const auto& [name, millions, giga] :
         {Row{"regnet-x-200mf", 2.68, 0.2}, Row{"regnet-x-600mf", 6.20, 0.6}, Row{"regnet-x-4.0gf", 22.12, 4.0},
          Row{"regnetx_064", 26.21, 6.5}, Row{"regnet-x-12gf", 46.11, 12.1}, Row{"regnet-y-200mf", 3.16, 0.2},
          Row{"regnet-y-600mf", 6.06, 0.6}, Row{"regnety_040", 20.65, 4.0}, Row{"regnet-y-6.4gf", 30.58, 6.4},
          Row{"regnet-y-12gf", 51.82, 12.1}}) {
        CAPTURE(name);
        CHECK(std::abs(static_cast<double>(parameters(ready(name))) / 1e6 - millions) < 0.0051);
        CHECK(std::abs(static_cast<double>(macs(ready(name))) / 1e9 - giga) < 0.051);
    }
}

TEST_CASE("published sizes of the larger networks are met within their rounding") {
    CHECK(relative(static_cast<double>(parameters(ready("pi0"))), 3.24e9) < 0.01);         // Black et al. 2024: 3.3 B
    CHECK(relative(static_cast<double>(parameters(ready("openvla-7b"))), 7.54e9) < 0.005); // Hugging Face card: 7.54 B
    CHECK(relative(static_cast<double>(parameters(ready("llama-2-7b-decode"))), 6.738e9) < 0.001);
    CHECK(relative(static_cast<double>(parameters(ready("bevformer-base"))), 68.7e6) <
          0.03); // 68.7 M with the DCN offsets
}

TEST_CASE("a network is found whatever the case and the separators of its name") {
    for (const auto* name : {"ResNet50", "resnet_50", "resnet-50"})
        CHECK(ready(name).name == "resnet-50");
    CHECK(ready("regnet_y_1_6gf").name == "regnet-y-1.6gf");
    CHECK(ready("regnet_y_16gf").name == "regnet-y-16gf");
    CHECK(ready("BEVFormer").name == "bevformer-base");
    CHECK(ready("hydranet").name == "hydranet-8cam");
    std::string why;
    CHECK_FALSE(ready_network("resnet-49", &why).has_value());
    CHECK(why == "there is no ready network 'resnet-49'");
}

TEST_CASE("any member of the RegNet family is made from its numbers") {
    const auto by_numbers = ready("regnet-y:17,192,76.82,2.19,56");
    CHECK(macs(by_numbers) == macs(ready("regnet-y-8gf")));
    CHECK(parameters(by_numbers) == 39'381'472);
    CHECK(parameters(ready("regnet-y:17,192,76.82,2.19")) == 39'381'472); // the published member with these four
    std::string why;
    CHECK_FALSE(ready_network("regnet-y:17,192,76.82,2.2", &why).has_value());
    CHECK(why.find("a fifth one, the group width") != std::string::npos);
    CHECK_FALSE(ready_network("regnet-y:17,190,76.82,2.19,56", &why).has_value());
    CHECK(why == "the initial width must be a positive multiple of 8");
    CHECK_FALSE(ready_network("regnet-y:17,192,76.82", &why).has_value());
    CHECK(why == "a RegNet by its numbers is written regnet-y:DEPTH,INITIAL_WIDTH,SLOPE,MULTIPLIER,GROUP_WIDTH");
}

TEST_CASE("every ready network is made of layers with a sound shape") {
    for (const auto& name : ready_network_names())
        for (const auto& layer : ready(name).layers) {
            CAPTURE(layer.name);
            CHECK(shape_error(layer.shape).empty());
        }
}

TEST_CASE("a layer's work follows its shape") {
    // 3x3, stride 2, padding 1 at both ends on 56x56: 28x28 outputs; 28*28*128*9*64 = 57,802,752
    const Axis axis{.size = 56, .kernel = 3, .stride = 2, .padding = 2};
    const Convolution c{axis, axis, {}, 64, 128, 1};
    CHECK(axis.output() == 28);
    CHECK(macs_once(c) == 57'802'752);
    CHECK(parameters_once(c) == 73'728);
    CHECK(footprint(c).inputs == 56 * 56 * 64);
    // dilation 2 spans five: 56 - 5 + 1 = 52 without padding
    CHECK(Axis{.size = 56, .kernel = 3, .dilation = 2}.output() == 52);
    // depthwise: one filter a channel
    const Convolution depthwise{axis, axis, {}, 64, 64, 64};
    CHECK(macs_once(depthwise) == 28 * 28 * 64 * 9);
    CHECK(operator_name(depthwise) == "depthwise convolution");
    // prefill of 16 queries and 8 heads on one key head of width 32: Q K^T and P V, 16*8*16*32 each
    CHECK(macs_once(Attention{16, 16, 8, 1, 32}) == 2 * 16 * 8 * 16 * 32);
    CHECK(macs_once(Pooling{axis, axis, {}, 64}) == 0);
}

TEST_CASE("a shape that makes no sense says why") {
    const Axis good{.size = 8, .kernel = 3};
    CHECK(shape_error(Convolution{{.size = 2, .kernel = 3}, good, {}, 4, 4, 1}) ==
          "its window spans 3 in height, more than the 2 elements of the input");
    CHECK(shape_error(Convolution{good, good, {}, 6, 4, 4}) == "its 4 groups do not divide 6 channels and 4 filters");
    CHECK(shape_error(Matmul{.rows = 0}) == "it has a tensor without elements");
    CHECK(shape_error(Matmul{1'000'000'000, 1'000'000'000, 1'000'000'000, 1}) ==
          "its size is beyond what can be counted");
    CHECK(shape_error(Attention{1, 1, 8, 3, 64}) == "its key and value heads do not divide its query heads");
}
