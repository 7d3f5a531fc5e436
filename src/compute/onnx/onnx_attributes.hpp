// autarky: which attributes an ONNX operator has, and what is said of those that it has not.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/diagnostics.hpp"

namespace onnx {
class AttributeProto;
class FunctionProto;
class NodeProto;
} // namespace onnx

namespace autarky::compute {

/// An operator and its attributes: "name:kind", with the first and the last operator set where not all have it
/// ("axes:I-12", "allowzero:i14-"). Kinds are those of kind_of().
struct OperatorAttributes {
    std::string_view op, attributes;
};
/// Of every ONNX operator, and of those of com.microsoft that are read; ascending by name.
std::span<const OperatorAttributes> operator_attributes();

/// What an attribute holds: i a whole number, f a number, s a text, t a tensor, g a graph, x a sparse tensor, p a type; a
/// capital for a list of them; 0 for nothing that is known. Files of the first version do not state it: what is there tells.
char kind_of(const onnx::AttributeProto& attribute);

/// Attributes of a local function that have a value where a call gives none (FunctionProto.attribute_proto, field 11, which
/// libonnx before 1.13 keeps among the unknown fields).
std::vector<onnx::AttributeProto> defaults_of(const onnx::FunctionProto& function);

/// Looks at the attributes of a model's nodes, and says once for all nodes of an operator what is wrong.
class AttributeCheck {
public:
    /// `op` as GraphNode::op, `name` of the node, `set` the operator set that its domain has here (0: not said).
    void look_at(const onnx::NodeProto& node, const std::string& op, const std::string& name, long set);
    /// The call of a local function; `defaults`: see defaults_of().
    void look_at(const onnx::NodeProto& call, const onnx::FunctionProto& function,
                 const std::vector<onnx::AttributeProto>& defaults, const std::string& op, const std::string& name);
    /// An attribute that the operator has not, in none of its sets (W0717) or not in this one (W0718), and one that holds
    /// another kind of value (E0717).
    void tell(const std::string& file, Diagnostics& diagnostics) const;

private:
    struct Found {
        std::string first_node{};
        std::size_t nodes = 0;
        std::string code{}, message{}, hint{};
    };
    std::map<std::pair<std::string, std::string>, Found> odd_; ///< by operator and attribute

    void add(const std::string& op, const std::string& attribute, const std::string& node, Found finding);
};

} // namespace autarky::compute
