// autarky: power-grid-model's C interface: handles that free themselves, errors that are thrown.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <power_grid_model_c.h>

#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

namespace autarky::grid::pgm {

template <auto destroy> struct Destroyer {
    template <class T> void operator()(T* owned) const { destroy(owned); }
};
using Handle = std::unique_ptr<PGM_Handle, Destroyer<PGM_destroy_handle>>;
using Model = std::unique_ptr<PGM_PowerGridModel, Destroyer<PGM_destroy_model>>;
using Options = std::unique_ptr<PGM_Options, Destroyer<PGM_destroy_options>>;
using ConstDataset = std::unique_ptr<PGM_ConstDataset, Destroyer<PGM_destroy_dataset_const>>;
using MutableDataset = std::unique_ptr<PGM_MutableDataset, Destroyer<PGM_destroy_dataset_mutable>>;
using Deserializer = std::unique_ptr<PGM_Deserializer, Destroyer<PGM_destroy_deserializer>>;
using Buffer = std::unique_ptr<void, Destroyer<PGM_destroy_buffer>>;

/// An error that the library reported; it never leaves the files that include this one.
struct LibraryError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The library tells every exception as a sentence; that there is no memory is no fault of the data.
inline void rethrow_no_memory(std::string_view message) {
    if (message.find("std::bad_alloc") != std::string_view::npos) throw std::bad_alloc();
}

/// A handle, and the check that follows every call through it.
class Session {
public:
    Session() : handle_(PGM_create_handle()) {}
    operator PGM_Handle*() const { return handle_.get(); } // NOLINT(*-explicit-*)
    template <class T> T checked(T result) const {
        check();
        return result;
    }
    void check() const {
        if (PGM_error_code(handle_.get()) == PGM_no_error) return;
        std::string message = PGM_error_message(handle_.get());
        PGM_clear_error(handle_.get());
        rethrow_no_memory(message);
        while (!message.empty() && (message.back() == '\n' || message.back() == ' '))
            message.pop_back();
        throw LibraryError(message);
    }

private:
    Handle handle_;
};

} // namespace autarky::grid::pgm
