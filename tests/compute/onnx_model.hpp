// autarky: writes ONNX models down for tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>

#include <google/protobuf/unknown_field_set.h>
#include <onnx/onnx_pb.h>

#include "compute/onnx/onnx_reader.hpp"

namespace autarky::compute {

/// Writes a model down, node by node.
class Model {
public:
    Model() {
        model_.set_ir_version(8);
        model_.add_opset_import()->set_version(15);
        model_.mutable_graph()->set_name("test");
    }
    Model& input(const std::string& name, std::initializer_list<int> sizes) {
        declare(*model_.mutable_graph()->add_input(), name, sizes);
        return *this;
    }
    /// The last dimension of `name` is open and called `called`.
    Model& open_input(const std::string& name, std::initializer_list<int> sizes, const std::string& called) {
        input(name, sizes);
        auto& shape =
            *model_.mutable_graph()->mutable_input()->rbegin()->mutable_type()->mutable_tensor_type()->mutable_shape();
        shape.add_dim()->set_dim_param(called);
        return *this;
    }
    Model& weights(const std::string& name, std::initializer_list<int> sizes) {
        auto& tensor = *model_.mutable_graph()->add_initializer();
        tensor.set_name(name);
        tensor.set_data_type(onnx::TensorProto::FLOAT);
        for (const int size : sizes)
            tensor.add_dims(size);
        return *this;
    }
    Model& integers(const std::string& name, std::initializer_list<int> values) {
        weights(name, {static_cast<int>(values.size())});
        auto& tensor = *model_.mutable_graph()->mutable_initializer()->rbegin();
        tensor.set_data_type(onnx::TensorProto::INT64);
        for (const int value : values)
            tensor.add_int64_data(value);
        return *this;
    }
    Model& reals(const std::string& name, std::initializer_list<float> values) {
        weights(name, {static_cast<int>(values.size())});
        for (const float value : values)
            model_.mutable_graph()->mutable_initializer()->rbegin()->add_float_data(value);
        return *this;
    }
    /// One more output of the node written last.
    Model& output(const std::string& name) {
        model_.mutable_graph()->mutable_node()->rbegin()->add_output(name);
        return *this;
    }
    Model& declared(const std::string& name, std::initializer_list<int> sizes) {
        declare(*model_.mutable_graph()->add_output(), name, sizes);
        return *this;
    }
    Model& node(const std::string& op, std::initializer_list<std::string> inputs, const std::string& output) {
        auto& node = *model_.mutable_graph()->add_node();
        const auto dot = op.rfind('.'); // "com.microsoft.FusedMatMul"
        if (dot != std::string::npos) node.set_domain(op.substr(0, dot));
        node.set_op_type(dot == std::string::npos ? op : op.substr(dot + 1));
        node.set_name(op + "_" + output);
        for (const auto& input : inputs)
            node.add_input(input);
        node.add_output(output);
        return *this;
    }
    Model& with(const std::string& attribute, std::initializer_list<int> values) {
        auto& made = *model_.mutable_graph()->mutable_node()->rbegin()->add_attribute();
        made.set_name(attribute);
        made.set_type(onnx::AttributeProto::INTS);
        for (const int value : values)
            made.add_ints(value);
        return *this;
    }
    Model& with(const std::string& attribute, const std::string& text) {
        auto& made = *model_.mutable_graph()->mutable_node()->rbegin()->add_attribute();
        made.set_name(attribute);
        made.set_type(onnx::AttributeProto::STRING);
        made.set_s(text);
        return *this;
    }
    Model& with(const std::string& attribute, int value) {
        auto& made = *model_.mutable_graph()->mutable_node()->rbegin()->add_attribute();
        made.set_name(attribute);
        made.set_type(onnx::AttributeProto::INT);
        made.set_i(value);
        return *this;
    }
    /// A list of numbers that are no whole ones.
    Model& with_reals(const std::string& attribute, std::initializer_list<float> values) {
        auto& made = *model_.mutable_graph()->mutable_node()->rbegin()->add_attribute();
        made.set_name(attribute);
        made.set_type(onnx::AttributeProto::FLOATS);
        for (const float value : values)
            made.add_floats(value);
        return *this;
    }
    /// A stored list of whole numbers.
    Model& with_tensor(const std::string& attribute, std::initializer_list<int> values) {
        auto& made = *model_.mutable_graph()->mutable_node()->rbegin()->add_attribute();
        made.set_name(attribute);
        made.set_type(onnx::AttributeProto::TENSOR);
        made.mutable_t()->set_data_type(onnx::TensorProto::INT64);
        made.mutable_t()->add_dims(static_cast<int>(values.size()));
        for (const int value : values)
            made.mutable_t()->add_int64_data(value);
        return *this;
    }
    /// The value of an attribute of the node written last is that of the function's attribute.
    Model& with_ref(const std::string& attribute, const std::string& of_function) {
        auto& made = *model_.mutable_graph()->mutable_node()->rbegin()->add_attribute();
        made.set_name(attribute);
        made.set_type(onnx::AttributeProto::INTS);
        made.set_ref_attr_name(of_function);
        return *this;
    }
    Model& set(int version) {
        model_.mutable_opset_import(0)->set_version(version);
        return *this;
    }
    /// Attributes of the node written last do not say what they hold, as in files of the first version.
    Model& untyped() {
        for (auto& attribute : *model_.mutable_graph()->mutable_node()->rbegin()->mutable_attribute())
            attribute.clear_type();
        return *this;
    }
    /// The function written last has an attribute; one with values takes them where a call gives none.
    Model& function_attribute(const std::string& name, std::initializer_list<int> values = {}) {
        auto& function = *model_.mutable_functions()->rbegin();
        if (values.size() == 0) {
            function.add_attribute(name);
            return *this;
        }
        onnx::AttributeProto made;
        made.set_name(name);
        made.set_type(onnx::AttributeProto::INTS);
        for (const int value : values)
            made.add_ints(value);
        constexpr int attribute_proto = 11; // of FunctionProto; older libraries do not name it
        function.mutable_unknown_fields()->AddLengthDelimited(attribute_proto, made.SerializeAsString());
        return *this;
    }
    /// A graph inside the node written last: a branch, the body of a loop.
    Model& with(const std::string& attribute, const Model& inner) {
        auto& made = *model_.mutable_graph()->mutable_node()->rbegin()->add_attribute();
        made.set_name(attribute);
        made.set_type(onnx::AttributeProto::GRAPH);
        *made.mutable_g() = inner.model_.graph();
        return *this;
    }
    /// A local function: the nodes of `body`, its inputs and outputs by name.
    Model& function(const std::string& domain, const std::string& name, const Model& body) {
        auto& made = *model_.add_functions();
        made.set_domain(domain);
        made.set_name(name);
        for (const auto& value : body.model_.graph().input())
            made.add_input(value.name());
        for (const auto& value : body.model_.graph().output())
            made.add_output(value.name());
        *made.mutable_node() = body.model_.graph().node();
        return *this;
    }
    /// An input or output of a body: its name alone.
    Model& takes(const std::string& name) {
        model_.mutable_graph()->add_input()->set_name(name);
        return *this;
    }
    Model& gives(const std::string& name) {
        model_.mutable_graph()->add_output()->set_name(name);
        return *this;
    }
    /// The output is declared with a shape of no dimensions.
    Model& gives_scalar(const std::string& name) {
        declare(*model_.mutable_graph()->add_output(), name, {});
        return *this;
    }
    /// Dimension `i` of the input written last is open.
    Model& open(int i, const std::string& called) {
        auto& shape =
            *model_.mutable_graph()->mutable_input()->rbegin()->mutable_type()->mutable_tensor_type()->mutable_shape();
        shape.mutable_dim(i)->Clear();
        if (!called.empty()) shape.mutable_dim(i)->set_dim_param(called);
        return *this;
    }
    Model& scalar(const std::string& name, std::int64_t value) {
        auto& tensor = *model_.mutable_graph()->add_initializer();
        tensor.set_name(name);
        tensor.set_data_type(onnx::TensorProto::INT64);
        tensor.add_int64_data(value);
        return *this;
    }
    /// Stored numbers of another type: onnx::TensorProto::INT8, or 22 for int4, which older libraries do not name.
    Model& stored(const std::string& name, std::initializer_list<int> sizes, int type) {
        weights(name, sizes);
        model_.mutable_graph()->mutable_initializer()->rbegin()->set_data_type(type);
        return *this;
    }
    Model& with_far_end(const std::string& attribute) {
        with(attribute, {0});
        model_.mutable_graph()->mutable_node()->rbegin()->mutable_attribute()->rbegin()->set_ints(
            0, std::numeric_limits<std::int64_t>::max());
        return *this;
    }
    [[nodiscard]] std::string bytes() const { return model_.SerializeAsString(); }

private:
    static void declare(onnx::ValueInfoProto& value, const std::string& name, std::initializer_list<int> sizes) {
        value.set_name(name);
        auto& type = *value.mutable_type()->mutable_tensor_type();
        type.set_elem_type(onnx::TensorProto::FLOAT);
        type.mutable_shape();
        for (const int size : sizes)
            type.mutable_shape()->add_dim()->set_dim_value(size);
    }
    onnx::ModelProto model_;
};

inline Network read(const Model& model, const OpenDimensions& open_dimensions = {}) {
    Diagnostics diagnostics;
    auto network = read_onnx(model.bytes(), "net.onnx", diagnostics, open_dimensions);
    for (const auto& found : diagnostics.items()) // models of several operator sets at once are read all the same
        CHECK_MESSAGE(found.code == "W0718", diagnostics.render());
    return network;
}

/// The same where choices are said.
inline Network read_with_remarks(const Model& model, const OpenDimensions& open_dimensions = {}) {
    auto network = read(model, open_dimensions);
    CHECK_FALSE(network.remarks.empty());
    return network;
}

inline std::string finding(const std::string& bytes) {
    Diagnostics diagnostics;
    (void)read_onnx(bytes, "net.onnx", diagnostics);
    REQUIRE_MESSAGE(diagnostics.items().size() == 1, diagnostics.render());
    return diagnostics.items().front().code + " " + diagnostics.items().front().message;
}

} // namespace autarky::compute
