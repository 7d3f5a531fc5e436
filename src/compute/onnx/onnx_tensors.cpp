// autarky: values that an ONNX file stores: shape, kind of numbers, content of short lists.
// SPDX-License-Identifier: Apache-2.0
#include "compute/onnx/onnx_tensors.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

#include <onnx/onnx_pb.h>

namespace autarky::compute {
namespace {

std::optional<Count> element_count(const onnx::TensorProto& tensor) {
    Count n = 1;
    for (const auto d : tensor.dims()) {
        if (d < 0) return std::nullopt;
        n = product(n, d);
    }
    return n <= static_cast<Count>(longest_content) ? std::optional<Count>{n} : std::nullopt;
}

/// Numbers of a short tensor, from its list or its raw bytes (little-endian, as this machine).
template <class T, class List, class To>
bool take_content(const onnx::TensorProto& tensor, Count n, const List& list, std::vector<To>& to) {
    const auto count = static_cast<std::size_t>(n);
    if (tensor.raw_data().size() == count * sizeof(T) && count > 0) {
        std::vector<T> raw(count);
        std::memcpy(raw.data(), tensor.raw_data().data(), count * sizeof(T));
        to.assign(raw.begin(), raw.end());
        return true;
    }
    if (static_cast<std::size_t>(list.size()) != count) return false;
    to.assign(list.begin(), list.end());
    return true;
}

/// A number of the format IEEE binary16.
double from_half(std::uint16_t bits) {
    const int exponent = (bits >> 10) & 0x1F;
    const int fraction = bits & 0x3FF;
    const double size = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(fraction + 1024, exponent - 25);
    return (bits & 0x8000) != 0 ? -size : size;
}

struct Format {
    int type; ///< TensorProto.DataType; the newest ones are unknown to older libraries, so by number
    Stored kind;
    Count bits;
};
constexpr Format formats[] = {
    {1, Stored::real, 32},   {2, Stored::packed, 8},  {3, Stored::packed, 8},  {4, Stored::packed, 16},
    {5, Stored::packed, 16}, {6, Stored::whole, 32},  {7, Stored::whole, 64},  {8, Stored::other, 8},
    {9, Stored::other, 8},   {10, Stored::real, 16},  {11, Stored::real, 64},  {12, Stored::whole, 32},
    {13, Stored::whole, 64}, {14, Stored::real, 64},  {15, Stored::real, 128}, {16, Stored::real, 16},
    {17, Stored::real, 8},   {18, Stored::real, 8},   {19, Stored::real, 8},   {20, Stored::real, 8},
    {21, Stored::packed, 4}, {22, Stored::packed, 4}, {23, Stored::real, 4},   {24, Stored::real, 8},
    {25, Stored::packed, 2}, {26, Stored::packed, 2},
};

Format format_of(int type) {
    for (const auto& format : formats)
        if (format.type == type) return format;
    return {type, Stored::other, 0};
}

/// A list that an attribute spells out.
template <class List> StoredValue listed(const std::string& name, const List& list, bool scalar) {
    StoredValue value;
    value.name = name;
    value.shape = scalar ? Dimensions{} : Dimensions{static_cast<Count>(list.size())};
    return value;
}

} // namespace

std::optional<Dimensions> integers_of(const onnx::TensorProto& tensor) {
    const auto n = element_count(tensor);
    Dimensions out;
    if (!n) return std::nullopt;
    using T = onnx::TensorProto;
    const bool taken =
        (tensor.data_type() == T::INT64 && take_content<std::int64_t>(tensor, *n, tensor.int64_data(), out)) ||
        (tensor.data_type() == T::INT32 && take_content<std::int32_t>(tensor, *n, tensor.int32_data(), out)) ||
        (tensor.data_type() == T::INT16 && take_content<std::int16_t>(tensor, *n, tensor.int32_data(), out)) ||
        (tensor.data_type() == T::INT8 && take_content<std::int8_t>(tensor, *n, tensor.int32_data(), out)) ||
        ((tensor.data_type() == T::BOOL || tensor.data_type() == T::UINT8) &&
         take_content<std::uint8_t>(tensor, *n, tensor.int32_data(), out));
    return taken ? std::optional{std::move(out)} : std::nullopt;
}

std::optional<std::vector<double>> reals_of(const onnx::TensorProto& tensor) {
    const auto n = element_count(tensor);
    std::vector<double> out;
    if (!n) return std::nullopt;
    using T = onnx::TensorProto;
    if (tensor.data_type() == T::FLOAT && take_content<float>(tensor, *n, tensor.float_data(), out)) return out;
    if (tensor.data_type() == T::DOUBLE && take_content<double>(tensor, *n, tensor.double_data(), out)) return out;
    std::vector<std::uint16_t> halves;
    if (tensor.data_type() != T::FLOAT16 || !take_content<std::uint16_t>(tensor, *n, tensor.int32_data(), halves))
        return std::nullopt;
    std::ranges::transform(halves, std::back_inserter(out), from_half);
    return out;
}

StoredValue stored_value(const std::string& name, const onnx::TensorProto& tensor) {
    StoredValue value;
    value.name = name;
    value.external = tensor.data_location() == onnx::TensorProto::EXTERNAL;
    Dimensions dimensions(tensor.dims().begin(), tensor.dims().end());
    const bool sound = std::ranges::all_of(dimensions, [](Count d) { return d >= 0 && d <= largest_dimension; });
    if (sound) value.shape = std::move(dimensions);
    const auto format = format_of(tensor.data_type());
    value.kind = format.kind;
    value.bits = format.bits;
    value.integers = integers_of(tensor);
    value.reals = reals_of(tensor);
    return value;
}

std::optional<StoredValue> constant_value(const onnx::NodeProto& node) {
    if (node.op_type() != "Constant" || node.output_size() == 0) return std::nullopt;
    const auto& name = node.output(0);
    for (const auto& attribute : node.attribute()) {
        if (attribute.has_t()) return stored_value(name, attribute.t());
        const auto& key = attribute.name();
        if (attribute.has_sparse_tensor()) {
            StoredValue value;
            value.name = name;
            value.shape = Dimensions(attribute.sparse_tensor().dims().begin(), attribute.sparse_tensor().dims().end());
            value.kind = format_of(attribute.sparse_tensor().values().data_type()).kind;
            return value;
        }
        if (key == "value_int" || key == "value_ints") {
            Dimensions content(attribute.ints().begin(), attribute.ints().end());
            if (key == "value_int") content.assign(1, attribute.i());
            auto value = listed(name, content, key == "value_int");
            value.kind = Stored::whole;
            if (content.size() <= longest_content) value.integers = std::move(content);
            return value;
        }
        if (key == "value_float" || key == "value_floats") {
            std::vector<double> content(attribute.floats().begin(), attribute.floats().end());
            if (key == "value_float") content.assign(1, static_cast<double>(attribute.f()));
            auto value = listed(name, content, key == "value_float");
            value.kind = Stored::real;
            value.bits = 32;
            if (content.size() <= longest_content) value.reals = std::move(content);
            return value;
        }
        if (key == "value_string" || key == "value_strings")
            return listed(name, attribute.strings(), key == "value_string");
    }
    return std::nullopt;
}

} // namespace autarky::compute
