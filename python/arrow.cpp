// autarky: writes the C structures of Arrow; what they point to lives until the last consumer has released it.
// SPDX-License-Identifier: Apache-2.0
#include "arrow.hpp"

#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The structures are those of the specification, which asks every producer to declare them itself under these names.
extern "C" {
struct ArrowSchema {
    const char *format, *name, *metadata;
    std::int64_t flags, n_children;
    ArrowSchema **children, *dictionary;
    void (*release)(ArrowSchema*);
    void* private_data;
};
struct ArrowArray {
    std::int64_t length, null_count, offset, n_buffers, n_children;
    const void** buffers;
    ArrowArray **children, *dictionary;
    void (*release)(ArrowArray*);
    void* private_data;
};
struct ArrowArrayStream {
    int (*get_schema)(ArrowArrayStream*, ArrowSchema*);
    int (*get_next)(ArrowArrayStream*, ArrowArray*);
    const char* (*get_last_error)(ArrowArrayStream*);
    void (*release)(ArrowArrayStream*);
    void* private_data;
};
}

namespace autarky::python {
namespace {

namespace nb = nanobind;

constexpr std::int64_t nullable = 2; // ARROW_FLAG_NULLABLE

struct Column {
    std::string name, metadata;
    const char* format = "g";
    std::int64_t length = 0, n_null = 0;
    std::vector<std::uint8_t> valid; ///< a bit a row
    std::vector<char> bytes;
    std::vector<std::int64_t> offsets; ///< of texts
    nb::object array;                  ///< owner of doubles that are not copied
    const void* values = nullptr;

    void note(bool is_there) {
        constexpr std::int64_t bits = 8;
        if (length % bits == 0) valid.push_back(0);
        if (is_there)
            valid.back() = static_cast<std::uint8_t>(valid.back() | 1U << static_cast<unsigned>(length % bits));
        else
            ++n_null;
        ++length;
    }
    [[nodiscard]] bool is_text() const { return format[0] == 'U'; }
};

struct Batch {
    std::vector<Column> columns;
    std::int64_t length = 0;

    Batch() = default;
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;
    /// The last consumer may release it on any thread.
    ~Batch() {
        const nb::gil_scoped_acquire acquired;
        columns.clear();
    }
};
using Shared = std::shared_ptr<const Batch>;

/// Pairs as Arrow wants them: their number, then for each text its length and its bytes.
std::string metadata_of(const nb::dict& pairs) {
    std::string out;
    const auto number = [&out](std::size_t value) {
        const auto narrow = static_cast<std::int32_t>(value);
        out.append(reinterpret_cast<const char*>(&narrow), sizeof narrow);
    };
    number(nb::len(pairs));
    for (const auto [key, value] : pairs)
        for (const auto& text : {nb::cast<std::string>(key), nb::cast<std::string>(value)}) {
            number(text.size());
            out += text;
        }
    return out;
}

void fill_numbers(Column& column, nb::handle values) {
    const auto array = nb::cast<nb::ndarray<const double, nb::ndim<1>, nb::c_contig, nb::device::cpu>>(values, false);
    for (std::size_t i = 0; i < array.shape(0); ++i)
        column.note(!std::isnan(array.data()[i]));
    column.array = nb::borrow(values);
    column.values = array.data();
}

template <class T> void fill_whole(Column& column, nb::handle values) {
    for (const auto one : values) {
        const T value = one.is_none() ? T{} : nb::cast<T>(one);
        column.bytes.insert(column.bytes.end(), reinterpret_cast<const char*>(&value),
                            reinterpret_cast<const char*>(&value) + sizeof value);
        column.note(!one.is_none());
    }
}

void fill_booleans(Column& column, nb::handle values) {
    Column bits; // are packed like the bits of validity
    for (const auto one : values) {
        bits.note(one.is(Py_True));
        column.note(!one.is_none());
    }
    column.bytes.assign(bits.valid.begin(), bits.valid.end());
}

void fill_texts(Column& column, nb::handle values) {
    column.offsets.push_back(0);
    for (const auto one : values) {
        if (!one.is_none()) {
            const auto text = nb::cast<std::string>(one);
            column.bytes.insert(column.bytes.end(), text.begin(), text.end());
        }
        column.offsets.push_back(static_cast<std::int64_t>(column.bytes.size()));
        column.note(!one.is_none());
    }
}

Column column_of(nb::handle described) {
    Column out;
    out.name = nb::cast<std::string>(described[0]);
    out.metadata = metadata_of(nb::cast<nb::dict>(described[1]));
    const auto kind = nb::cast<std::string>(described[2]);
    const nb::object values = described[3];
    if (kind == "number")
        fill_numbers(out, values);
    else if (kind == "integer")
        out.format = "l", fill_whole<std::int64_t>(out, values);
    else if (kind == "natural")
        out.format = "L", fill_whole<std::uint64_t>(out, values);
    else if (kind == "boolean")
        out.format = "b", fill_booleans(out, values);
    else if (kind == "text")
        out.format = "U", fill_texts(out, values);
    else
        throw nb::value_error(("there is no kind '" + kind + "' of a column").c_str());
    if (out.values == nullptr) out.values = out.bytes.data();
    return out;
}

/// What a schema or an array of ours keeps; children may be moved away and released on their own.
template <class S> struct Kept {
    Shared batch;
    std::vector<S> children;
    std::vector<S*> pointers;
    std::array<const void*, 3> buffers{};
};

template <class S> void release(S* one) {
    auto* kept = static_cast<Kept<S>*>(one->private_data);
    for (auto& child : kept->children)
        if (child.release != nullptr) child.release(&child);
    one->release = nullptr;
    delete kept;
}

template <class S> S owned(const Shared& batch, std::size_t n_children) {
    auto* kept = new Kept<S>{batch, std::vector<S>(n_children), {}, {}};
    for (auto& child : kept->children)
        kept->pointers.push_back(&child);
    S out{};
    out.n_children = static_cast<std::int64_t>(n_children);
    out.children = n_children > 0 ? kept->pointers.data() : nullptr;
    out.release = &release<S>;
    out.private_data = kept;
    return out;
}

ArrowSchema schema_of(const Shared& batch) {
    auto out = owned<ArrowSchema>(batch, batch->columns.size());
    out.format = "+s";
    out.name = "";
    for (std::size_t i = 0; i < batch->columns.size(); ++i) {
        const auto& column = batch->columns[i];
        auto& child = *out.children[i];
        child = owned<ArrowSchema>(batch, 0);
        child.format = column.format;
        child.name = column.name.c_str();
        child.metadata = column.metadata.data();
        child.flags = nullable;
    }
    return out;
}

ArrowArray leaf_of(const Shared& batch, const Column& column) {
    auto out = owned<ArrowArray>(batch, 0);
    auto& buffers = static_cast<Kept<ArrowArray>*>(out.private_data)->buffers;
    buffers = {column.n_null > 0 ? column.valid.data() : nullptr, column.values, nullptr};
    if (column.is_text()) buffers = {buffers[0], column.offsets.data(), column.values};
    out.length = column.length;
    out.null_count = column.n_null;
    out.n_buffers = column.is_text() ? 3 : 2;
    out.buffers = buffers.data();
    return out;
}

ArrowArray array_of(const Shared& batch) {
    auto out = owned<ArrowArray>(batch, batch->columns.size());
    out.length = batch->length;
    out.n_buffers = 1;
    out.buffers = static_cast<Kept<ArrowArray>*>(out.private_data)->buffers.data();
    for (std::size_t i = 0; i < batch->columns.size(); ++i)
        *out.children[i] = leaf_of(batch, batch->columns[i]);
    return out;
}

struct Opened {
    Shared batch;
    bool is_read = false;
};

ArrowArrayStream stream_of(Shared batch) {
    ArrowArrayStream out{};
    out.private_data = new Opened{std::move(batch)};
    out.get_schema = [](ArrowArrayStream* stream, ArrowSchema* to) {
        *to = schema_of(static_cast<Opened*>(stream->private_data)->batch);
        return 0;
    };
    out.get_next = [](ArrowArrayStream* stream, ArrowArray* to) {
        auto& opened = *static_cast<Opened*>(stream->private_data);
        *to = std::exchange(opened.is_read, true) ? ArrowArray{} : array_of(opened.batch);
        return 0;
    };
    out.get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
    out.release = [](ArrowArrayStream* stream) {
        delete static_cast<Opened*>(stream->private_data);
        stream->release = nullptr;
    };
    return out;
}

} // namespace

nb::capsule arrow_stream(const nb::list& columns) {
    auto batch = std::make_shared<Batch>();
    for (const auto described : columns)
        batch->columns.push_back(column_of(described));
    for (const auto& column : batch->columns) {
        if (column.length != batch->columns.front().length)
            throw nb::value_error(("column '" + column.name + "' has another length than the first").c_str());
        batch->length = column.length;
    }
    return nb::capsule(new ArrowArrayStream(stream_of(std::move(batch))), "arrow_array_stream",
                       [](void* held) noexcept {
                           auto* stream = static_cast<ArrowArrayStream*>(held);
                           if (stream->release != nullptr) stream->release(stream); // else a consumer took it over
                           delete stream;
                       });
}

} // namespace autarky::python
