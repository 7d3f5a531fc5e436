// autarky: runs a fuzz target without libFuzzer: over the files of a folder and over what is near and less near to them.
// SPDX-License-Identifier: Apache-2.0
//
// usage: fuzz_<name> FOLDER N           as a test
//        fuzz_<name> FOLDER 0 SEED S    for S seconds, as tools/fuzz.sh does with a seed a day
// Each file whole, cut short and with a byte changed; then N inputs that are made of the files by chance, the same ones every
// time for a seed. So the targets are built and run with every test; what lies further off needs libFuzzer (tools/fuzz.sh),
// which sees the branches that an input takes. An input that ends the program is written to fuzz_found in its folder.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace {

constexpr std::size_t n_variants = 16; // of each kind, spread over the file

std::string_view at_work; ///< the input that the target has

extern "C" void on_end(int signal) {
    const int file = open("fuzz_found", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file >= 0 && write(file, at_work.data(), at_work.size()) >= 0) close(file);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void run(const std::string& input) {
    at_work = input;
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

/// Numbers without order, the same on every machine (SplitMix64).
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    /// 0 to n - 1; 0 for n = 0.
    std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(next() % n); }

private:
    std::uint64_t state_;
};

/// What readers of numbers, text and lists stumble over.
constexpr std::array<std::string_view, 20> odd{
    "0",    "-1",   "1e308",    "-1e308",          "1e-320", "nan", "inf", "9223372036854775808",
    "\"",   "\\u0", "\xff",     "\xef\xbb\xbf",    "\r\n",   ",",   "[",   "{",
    "null", "''",   "\x80\x80", "\x7f\xff\xff\xff"};

/// One change: a bit, a byte, a piece gone, doubled, put in from another seed, or an odd word.
void change(std::string& input, const std::vector<std::string>& seeds, Chance& chance) {
    const std::size_t at = chance.below(input.size());
    const std::size_t length = 1 + chance.below(std::min<std::size_t>(64, input.size() - at));
    switch (chance.below(7)) {
    case 0:
        if (!input.empty()) input[at] = static_cast<char>(input[at] ^ static_cast<char>(1U << chance.below(8)));
        break;
    case 1:
        if (!input.empty()) input[at] = static_cast<char>(chance.below(256));
        break;
    case 2: input.erase(at, length); break;
    case 3: input.insert(at, input.substr(at, length)); break;
    case 4: input.insert(at, odd[chance.below(odd.size())]); break;
    case 5: input.replace(at, std::min(length, input.size() - at), odd[chance.below(odd.size())]); break;
    default: {
        const auto& other = seeds[chance.below(seeds.size())];
        input.insert(at, other.substr(chance.below(other.size()), length));
    }
    }
}

/// `go_on`: whether after so many there is another. The number of inputs.
template <class GoOn> long run_by_chance(const std::vector<std::string>& seeds, Chance chance, const GoOn& go_on) {
    long n = 0;
    for (; go_on(n); ++n) {
        auto input = seeds[chance.below(seeds.size())];
        for (std::size_t changes = 1 + chance.below(4); changes > 0; --changes)
            change(input, seeds, chance);
        run(input);
    }
    return n;
}

std::vector<std::string> seeds_of(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> out;
    for (const auto& path : files) {
        auto& seed = out.emplace_back(static_cast<std::size_t>(std::filesystem::file_size(path)), '\0');
        std::ifstream file(path, std::ios::binary);
        if (!file.read(seed.data(), static_cast<std::streamsize>(seed.size()))) {
            std::fprintf(stderr, "%s cannot be read\n", path.c_str());
            std::exit(1);
        }
    }
    return out;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3 && argc != 5) return 2;
    for (const int end : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL})
        std::signal(end, on_end);
    const auto seeds = seeds_of(argv[1]);
    constexpr std::uint64_t usual_seed = 20261130;
    const bool is_timed = argc == 5;
    const long wanted = std::atol(argv[2]), seconds = is_timed ? std::atol(argv[4]) : 0;
    if (seeds.empty() || (is_timed ? seconds : wanted) <= 0) return 1; // nothing would be tried
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::seconds(seconds);
    int n_near = 0;
    for (const auto& seed : seeds)
        n_near += run_near(seed);
    const Chance chance(is_timed ? std::strtoull(argv[3], nullptr, 10) : usual_seed);
    const long n = run_by_chance(seeds, chance, [&](long k) { return is_timed ? Clock::now() < end : k < wanted; });
    std::printf("%d inputs near %zu seeds, %ld made of them by chance\n", n_near, seeds.size(), n);
    return 0;
}
