// autarky: fuzz target: an ONNX model is read or refused, and what was read can be counted.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <google/protobuf/stubs/logging.h>

#include "compute/mapping/systolic.hpp"
#include "compute/onnx/onnx_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace autarky;
    using namespace autarky::compute;
    static const google::protobuf::LogSilencer silence;
    Diagnostics diagnostics;
    const auto network = read_onnx({reinterpret_cast<const char*>(bytes), size}, "fuzz.onnx", diagnostics);
    (void)diagnostics.render();
    if (network.layers.size() <= 64) (void)run({32, 16, Dataflow::weight_stationary}, network);
    return 0;
}
