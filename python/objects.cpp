// autarky: converts between values and Python objects; knows no question.
// SPDX-License-Identifier: Apache-2.0
#include "objects.hpp"

#include <fmt/format.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

namespace autarky::python {

void ObjectSink::put(const nb::object& value) {
    if (open_.empty())
        result_ = value;
    else if (auto& level = open_.back(); level.is_list)
        nb::borrow<nb::list>(level.holder).append(value);
    else
        level.holder[nb::str(level.key.c_str(), level.key.size())] = value;
}

void ObjectSink::begin_object(bool /*is_short*/) { open_.push_back({record_(), {}, false}); }
void ObjectSink::begin_list(bool /*is_short*/) { open_.push_back({nb::list(), {}, true}); }
void ObjectSink::key(std::string_view name) { open_.back().key = name; }
void ObjectSink::end_object() {
    const auto done = std::move(open_.back().holder);
    open_.pop_back();
    put(done);
}
void ObjectSink::end_list() { end_object(); }

void ObjectSink::null() { put(nb::none()); }
void ObjectSink::boolean(bool value) { put(nb::bool_(value)); }
void ObjectSink::integer(std::int64_t value) { put(nb::int_(value)); }
void ObjectSink::natural(std::uint64_t value) { put(nb::int_(value)); }
void ObjectSink::number(double value) { put(nb::float_(value)); }
void ObjectSink::text(std::string_view value) { put(nb::str(value.data(), value.size())); }

namespace {

[[noreturn]] void refuse_type(const std::string& field, nb::handle object) {
    const auto type = nb::cast<std::string>(object.type().attr("__name__"));
    throw nb::type_error(
        fmt::format("{}: a {} is no value; give a number, a text, True, False or a list of these", field, type)
            .c_str());
}

answers::Value whole_of(nb::handle object) {
    const auto number = nb::steal(PyNumber_Index(object.ptr()));
    if (!number.is_valid()) throw nb::python_error();
    int overflow = 0;
    const auto small = PyLong_AsLongLongAndOverflow(number.ptr(), &overflow);
    if (overflow == 0) return {static_cast<std::int64_t>(small)};
    const auto large = PyLong_AsUnsignedLongLong(number.ptr());
    if (PyErr_Occurred() == nullptr) return {static_cast<std::uint64_t>(large)};
    PyErr_Clear(); // beyond 64 bits: as text, which the field refuses in its own words
    return {nb::cast<std::string>(nb::str(number))};
}

} // namespace

answers::Value value_of(const std::string& field, nb::handle object) {
    if (PyBool_Check(object.ptr())) return {object.is(Py_True)};
    if (PyUnicode_Check(object.ptr())) return {nb::cast<std::string>(object)};
    if (PyFloat_Check(object.ptr())) return {PyFloat_AS_DOUBLE(object.ptr())};
    if (PyIndex_Check(object.ptr())) return whole_of(object); // int, and numpy's
    if (nb::hasattr(object, "__fspath__")) return value_of(field, object.attr("__fspath__")());
    if (PyList_Check(object.ptr()) || PyTuple_Check(object.ptr())) {
        answers::Values list;
        for (const auto one : object)
            list.push_back(value_of(field, one));
        return {std::move(list)};
    }
    if (nb::hasattr(object, "__float__") && !nb::hasattr(object, "__len__"))
        return {PyFloat_AsDouble(nb::steal(PyNumber_Float(object.ptr())).ptr())};
    refuse_type(field, object);
}

answers::Given given_of(const nb::dict& fields) {
    answers::Given given;
    for (const auto [key, object] : fields) {
        auto field = nb::cast<std::string>(key);
        auto value = value_of(field, object);
        given.emplace_back(std::move(field), std::move(value));
    }
    return given;
}

} // namespace autarky::python
