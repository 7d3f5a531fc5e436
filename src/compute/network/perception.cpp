// autarky: camera networks that build a bird's-eye view or an occupancy volume.
// SPDX-License-Identifier: Apache-2.0
#include "compute/network/perception.hpp"

#include <array>
#include <vector>

#include <fmt/format.h>

#include "compute/network/convnets.hpp"

namespace autarky::compute {
namespace {

constexpr Count cameras = 6; // nuScenes
constexpr Count heads = 8;
constexpr Count bev_width = 256;
constexpr Count ffn_width = 512;

/// Each bird's-eye cell is seen by 1.26 cameras on average: the padded queries a camera of the released checkpoints,
/// 8,400 of 40,000, times six cameras.
constexpr Count visible(Count cells) { return cells * 126 / 100; }

/// Feature pyramid: a 1x1 and a 3x3 convolution a level, and one more level by a 3x3 with stride 2.
std::vector<Extent> append_pyramid(Builder& b, const Stages& stages, const std::vector<std::size_t>& levels,
                                   Count width, bool extra) {
    std::vector<Extent> result;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const auto stage = levels[i];
        const auto at =
            b.plain_conv(fmt::format("fpn.lateral{}", i), stages.extent[stage], stages.channels[stage], width, 1);
        result.push_back(b.plain_conv(fmt::format("fpn.output{}", i), at, width, width, 3));
    }
    if (extra) result.push_back(b.plain_conv("fpn.extra", result.back(), width, width, 3, 2));
    return result;
}

Count pixels(const std::vector<Extent>& maps) {
    Count total = 0;
    for (const auto& map : maps)
        total += map.pixels();
    return total;
}

/// Deformable attention over a map of `source` positions: value projection, offsets, weights, sampling, output.
struct Deformable {
    Count source, queries, outputs;
    Count width = bev_width;
    Count query_width = bev_width; ///< of the vector that predicts offsets and weights
    Count samples = 4;             ///< points x levels a head
    Count maps = 1;                ///< sets of samples (two in temporal attention: now and before)
};

void append_deformable(Builder& b, const std::string& name, const Deformable& d) {
    const Count places = heads * d.samples * d.maps;
    b.matmul(name + ".value", d.source, d.width, d.width, true);
    b.matmul(name + ".offsets", d.queries, 2 * places, d.query_width, true);
    b.matmul(name + ".weights", d.queries, places, d.query_width, true);
    b.gelu(name + ".softmax", product(d.queries, places));
    b.add(name + ".sample",
          Sampling{d.queries, heads, d.samples * d.maps, d.width / heads, product(d.source, d.width)});
    b.matmul(name + ".output", d.outputs, d.width, d.width, true);
}

void append_feed_forward(Builder& b, const std::string& name, Count tokens, Count width, Count hidden) {
    b.matmul(name + "1", tokens, hidden, width, true);
    b.add(name + ".relu", Activation{product(tokens, hidden)});
    b.matmul(name + "2", tokens, width, hidden, true);
}

void append_norms(Builder& b, Count n, Count tokens, Count width) {
    for (Count i = 0; i < n; ++i)
        b.norm(fmt::format("norm{}", i), product(tokens, width), 2 * width);
}

/// One encoder layer: temporal self-attention, spatial cross-attention, feed-forward.
void append_bev_encoder(Builder& b, Count cells, Count image_tokens, Count levels) {
    append_deformable(
        b, "tsa", {.source = 2 * cells, .queries = cells, .outputs = cells, .query_width = 2 * bev_width, .maps = 2});
    append_deformable(b, "sca",
                      {.source = image_tokens, .queries = visible(cells), .outputs = cells, .samples = 8 * levels});
    append_feed_forward(b, "ffn", cells, bev_width, ffn_width);
    append_norms(b, 3, cells, bev_width);
}

/// One decoder layer of object or map queries over the bird's-eye view.
void append_query_decoder(Builder& b, Count queries, Count cells) {
    b.matmul("sa.qkv", queries, 3 * bev_width, bev_width, true);
    b.attention("sa", {queries, queries, heads, heads, bev_width / heads});
    b.matmul("sa.output", queries, bev_width, bev_width, true);
    append_deformable(b, "ca", {.source = cells, .queries = queries, .outputs = queries});
    append_feed_forward(b, "ffn", queries, bev_width, ffn_width);
    append_norms(b, 3, queries, bev_width);
}

struct BevFormer {
    std::string name;
    Extent image;
    std::array<int, 4> blocks;
    std::vector<std::size_t> levels; ///< backbone stages that feed the pyramid
    bool extra_level;
    Count cells;
    Count encoder_layers;
};

Network bevformer(const BevFormer& rule) {
    Builder b(rule.name, "fundamentalvision/BEVFormer@66b65f3");
    b.parallel = cameras;
    b.prefix = "backbone.";
    const auto stages = append_resnet(b, rule.image, rule.blocks);
    b.prefix = "";
    const auto maps = append_pyramid(b, stages, rule.levels, bev_width, rule.extra_level);
    b.once();
    b.prefix = "encoder.";
    b.blocks(rule.encoder_layers);
    append_bev_encoder(b, rule.cells, cameras * pixels(maps), static_cast<Count>(maps.size()));
    b.prefix = "decoder.";
    b.blocks(6);
    append_query_decoder(b, 900, rule.cells);
    b.prefix = "head.";
    b.blocks(12); // two matmuls each after six decoder layers
    b.matmul("classes", 900, bev_width, bev_width, true);
    b.matmul("boxes", 900, bev_width, bev_width, true);
    b.once();
    b.prefix = "";
    b.add("bev_queries", Lookup{rule.cells, bev_width, rule.cells});
    b.add("object_queries", Lookup{900, 2 * bev_width, 900});
    return std::move(b).finish();
}

/// Kernel `k` in three directions; an even kernel keeps the extent, as after zero insertion.
void append_conv3d(Builder& b, const std::string& name, Extent plane, Count depth, Count channels, Count filters,
                   Count k) {
    const auto axis = [k](Count size) { return Axis{.size = size, .kernel = k, .padding = k - 1}; };
    b.add(name, Convolution{axis(plane.height), axis(plane.width), axis(depth), channels, filters, 1});
}

void append_occupancy_level(Builder& b, Extent image_map, Extent plane, Count depth, Count width, Count points) {
    const Count cells = product(plane.pixels(), depth);
    append_deformable(b, "ca",
                      {.source = cameras * image_map.pixels(),
                       .queries = cells,
                       .outputs = cells,
                       .width = width,
                       .query_width = width,
                       .samples = points});
    append_feed_forward(b, "ffn", cells, width, 2 * width);
    append_norms(b, 2, cells, width);
    append_conv3d(b, "conv3d.0", plane, depth, width, width, 3);
    append_conv3d(b, "conv3d.1", plane, depth, width, width, 3);
}

Network vad(const std::string& name, Extent image, const std::vector<std::size_t>& levels, bool extra, Count cells,
            Count layers) {
    Builder b(name, "hustvl/VAD@1688c4b");
    b.parallel = cameras;
    b.prefix = "backbone.";
    const auto stages = append_resnet(b, image, {3, 4, 6, 3});
    b.prefix = "";
    const auto maps = append_pyramid(b, stages, levels, bev_width, extra);
    b.once();
    b.prefix = "encoder.";
    b.blocks(layers);
    append_bev_encoder(b, cells, cameras * pixels(maps), static_cast<Count>(maps.size()));
    b.prefix = "agents.";
    b.blocks(6);
    append_query_decoder(b, 300, cells);
    b.prefix = "map."; // 100 vectors of 20 points
    append_query_decoder(b, 2000, cells);
    b.once();
    b.prefix = "";
    b.add("bev_queries", Lookup{cells, bev_width, cells});
    return std::move(b).finish();
}

} // namespace

Network bevformer_base() {
    return bevformer({"bevformer-base", {928, 1600}, {3, 4, 23, 3}, {1, 2, 3}, true, 200 * 200, 6});
}
Network bevformer_tiny() { return bevformer({"bevformer-tiny", {480, 800}, {3, 4, 6, 3}, {3}, false, 50 * 50, 3}); }

Network surroundocc() {
    Builder b("surroundocc", "weiyithu/SurroundOcc@419bf5b");
    b.parallel = cameras;
    b.prefix = "backbone.";
    const auto stages = append_resnet(b, {928, 1600}, {3, 4, 23, 3});
    b.prefix = "";
    const auto maps = append_pyramid(b, stages, {1, 2, 3}, 512, false);
    b.once();
    const std::array<Count, 3> layers{1, 3, 6};
    for (std::size_t level = 0; level < 3; ++level) {
        const Count shrink = Count{1} << level;
        b.prefix = fmt::format("occupancy{}.", level);
        b.blocks(layers[level]);
        append_occupancy_level(b, maps[level], {100 / shrink, 100 / shrink}, 8 / shrink, 128 * shrink, 2 * shrink);
    }
    b.once();
    b.prefix = "decoder.";
    append_conv3d(b, "0", {25, 25}, 2, 512, 256, 3);
    append_conv3d(b, "1.up", {50, 50}, 4, 256, 256, 2);
    append_conv3d(b, "2", {50, 50}, 4, 256, 128, 3);
    append_conv3d(b, "3.up", {100, 100}, 8, 128, 128, 2);
    append_conv3d(b, "4", {100, 100}, 8, 128, 64, 3);
    append_conv3d(b, "5.up", {200, 200}, 16, 64, 64, 2);
    append_conv3d(b, "6", {200, 200}, 16, 64, 32, 3);
    append_conv3d(b, "classes", {200, 200}, 16, 32, 17, 1);
    return std::move(b).finish();
}

Network vad_base() { return vad("vad-base", {736, 1280}, {1, 2, 3}, true, 200 * 200, 6); }
Network vad_tiny() { return vad("vad-tiny", {384, 640}, {3}, false, 100 * 100, 3); }

} // namespace autarky::compute
