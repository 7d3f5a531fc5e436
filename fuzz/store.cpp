// autarky: fuzz target: a file as run store is used or refused; what its rows hold is read or refused.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "engine/run_store.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace autarky::engine;
    namespace fs = std::filesystem;
    static const fs::path folder = fs::temp_directory_path() / ("autarky-fuzz-" + std::to_string(getpid()));
    fs::create_directories(folder);
    const auto file = folder / "store";
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
    try {
        RunStore store(file);
        for (const StoredPiece& piece : store.pieces()) {
            const auto state = store.load(piece.key);
            if (state) store.save(piece.key, *state);
        }
    } catch (const StoreError&) {
    }
    for (const char* ending : {"", "-wal", "-shm", "-journal"})
        fs::remove(file.string() + ending);
    return 0;
}
