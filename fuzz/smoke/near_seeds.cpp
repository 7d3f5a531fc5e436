// autarky: runs a fuzz target without libFuzzer: over the files of a folder, each whole, cut short and with a byte changed.
// SPDX-License-Identifier: Apache-2.0
//
// usage: fuzz_<name> FOLDER
// So the targets are built and run with every test; what they find beyond that needs libFuzzer (tools/memory.sh).
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace {

constexpr std::size_t n_variants = 16; // of each kind, spread over the file

void run(const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

/// The number of inputs.
int run_near(const std::string& seed) {
    run(seed);
    int n = 1;
    for (std::size_t k = 0; k < n_variants && k < seed.size(); ++k, n += 2) {
        const std::size_t at = seed.size() * k / n_variants;
        run(seed.substr(0, at));
        auto changed = seed;
        changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(1U << k % 8));
        run(changed);
    }
    return n;
}

} // namespace

int main(int argc, char** argv) {
    int n_seeds = 0, n_inputs = 0;
    for (int k = 1; k < argc; ++k)
        for (const auto& entry : std::filesystem::directory_iterator(argv[k])) {
            std::string seed(static_cast<std::size_t>(entry.file_size()), '\0');
            std::ifstream file(entry.path(), std::ios::binary);
            if (!file.read(seed.data(), static_cast<std::streamsize>(seed.size()))) {
                std::fprintf(stderr, "%s cannot be read\n", entry.path().c_str());
                return 1;
            }
            n_inputs += run_near(seed);
            ++n_seeds;
        }
    std::printf("%d inputs near %d seeds\n", n_inputs, n_seeds);
    return n_seeds > 0 ? 0 : 1; // without seeds nothing was tried
}
