// autarky: robot policies and the language model inside them.
// SPDX-License-Identifier: Apache-2.0
#include "compute/network/policies.hpp"

#include <fmt/format.h>

#include "compute/network/builder.hpp"

namespace autarky::compute {
namespace {

/// A pre-normalised vision transformer.
struct Vision {
    std::string name;
    Count tokens, width, depth, hidden, heads;
    bool layer_scale = false; ///< two more learned vectors a block
};

constexpr Count patch_values = 14 * 14 * 3;

/// `images` run on the same weights at the same time.
void append_vision(Builder& b, const Vision& v, Count images, Count extra_learned_tokens = 0) {
    b.once();
    b.prefix = v.name + ".";
    b.parallel = images;
    b.matmul("patches", v.tokens, v.width, patch_values, true);
    b.add("positions", Lookup{v.tokens + extra_learned_tokens, v.width, v.tokens});
    b.blocks(v.depth);
    b.norm("norm0", product(v.tokens, v.width), (v.layer_scale ? 3 : 2) * v.width);
    b.matmul("qkv", v.tokens, 3 * v.width, v.width, true);
    b.attention("attention", {v.tokens, v.tokens, v.heads, v.heads, v.width / v.heads});
    b.matmul("output", v.tokens, v.width, v.width, true);
    b.norm("norm1", product(v.tokens, v.width), (v.layer_scale ? 3 : 2) * v.width);
    b.matmul("fc1", v.tokens, v.hidden, v.width, true);
    b.gelu("gelu", product(v.tokens, v.hidden));
    b.matmul("fc2", v.tokens, v.width, v.hidden, true);
    b.sum_of("residual", product(v.tokens, v.width), 3);
    b.once();
}

/// Decoder blocks with a gated feed-forward layer and no biases.
struct Decoder {
    std::string name;
    Count width, hidden, heads, kv_heads, head_width;
};

/// `repeats` and `weight_sets` are the caller's: decode steps run the weights of the prefill again.
void append_decoder(Builder& b, const Decoder& d, Count tokens, Count context) {
    b.prefix = d.name + ".";
    b.norm("norm0", product(tokens, d.width), d.width);
    b.matmul("q", tokens, d.heads * d.head_width, d.width);
    b.matmul("kv", tokens, 2 * d.kv_heads * d.head_width, d.width);
    b.attention("attention", {tokens, context, d.heads, d.kv_heads, d.head_width});
    b.matmul("output", tokens, d.width, d.heads * d.head_width);
    b.norm("norm1", product(tokens, d.width), d.width);
    b.matmul("up_gate", tokens, 2 * d.hidden, d.width);
    b.gelu("gate", product(tokens, d.hidden));
    b.sum_of("gated", product(tokens, d.hidden));
    b.matmul("down", tokens, d.width, d.hidden);
    b.sum_of("residual", product(tokens, d.width), 3);
}

const Vision siglip{"siglip", 256, 1152, 27, 4304, 16, false}; // So400m/14 at 224x224
constexpr Count llama_width = 4096, llama_depth = 32;

Decoder llama(std::string name) { return {std::move(name), llama_width, 11008, 32, 32, 128}; }

} // namespace

Network pi0() {
    constexpr Count images = 3, text = 48, horizon = 50, flow_steps = 10, depth = 18, gemma = 2048, expert = 1024;
    constexpr Count prefix = images * 256 + text, suffix = horizon + 1; // the state is a token too
    constexpr Count action_values = 32;
    Builder b("pi0", "Physical-Intelligence/openpi@15a9616");
    append_vision(b, siglip, images);
    b.prefix = "";
    b.parallel = images;
    b.matmul("image_projection", 256, gemma, 1152, true);
    b.once();
    b.add("text_embedding", Lookup{257'152, gemma, text});
    b.blocks(depth);
    append_decoder(b, {"prefix", gemma, 16384, 8, 1, 256}, prefix, prefix);
    b.repeats = depth * flow_steps;
    append_decoder(b, {"expert", expert, 4096, 8, 1, 256}, suffix, prefix + suffix);
    b.once();
    b.prefix = "";
    b.repeats = flow_steps;
    b.matmul("action_in", horizon, expert, action_values, true);
    b.matmul("action_out", horizon, action_values, expert, true);
    return std::move(b).finish();
}

Network openvla_7b() {
    constexpr Count prefill = 290, action_tokens = 7, vocabulary = 32'064, fused = 1024 + 1152;
    Builder b("openvla-7b", "openvla/openvla@c8f03f4");
    append_vision(b, {"dinov2", 261, 1024, 24, 4096, 16, true}, 1); // 256 patches, a class token and four registers
    append_vision(b, siglip, 1);
    b.prefix = "projector.";
    b.matmul("fc1", 256, 4 * fused, fused, true);
    b.gelu("gelu1", 256 * 4 * fused);
    b.matmul("fc2", 256, llama_width, 4 * fused, true);
    b.gelu("gelu2", 256 * llama_width);
    b.matmul("fc3", 256, llama_width, llama_width, true);
    b.prefix = "";
    b.add("text_embedding", Lookup{vocabulary, llama_width, prefill - 256 + action_tokens});
    b.blocks(llama_depth);
    append_decoder(b, llama("prefill"), prefill, prefill);
    b.repeats = llama_depth * action_tokens;
    b.weight_sets = 0;
    append_decoder(b, llama("decode"), 1, prefill + 4); // mean context over the seven tokens
    b.once();
    b.prefix = "";
    b.repeats = action_tokens;
    b.matmul("lm_head", 1, vocabulary, llama_width);
    return std::move(b).finish();
}

Network llama2_7b_decode(Count context) {
    Builder b("llama-2-7b-decode", "Touvron et al. 2023, Llama 2");
    b.add("text_embedding", Lookup{32'000, llama_width, 1});
    b.blocks(llama_depth);
    append_decoder(b, llama("block"), 1, context);
    b.once();
    b.prefix = "";
    b.matmul("lm_head", 1, 32'000, llama_width);
    return std::move(b).finish();
}

} // namespace autarky::compute
