// autarky: trees by the content of their texts.
// SPDX-License-Identifier: Apache-2.0
#include "input/parsed_texts.hpp"

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "input/toml.hpp"

namespace autarky::scenario {
namespace {

/// Content to keep at most; the catalogue and a scenario have 1.5 MB. A tree takes some ten times its text.
constexpr std::size_t most_bytes = 4'000'000;

struct Kept {
    std::string content;
    Node root;
};

/// Newest use first.
class Shelf {
public:
    void open() {
        const std::scoped_lock lock(mutex_);
        ++n_users_;
    }
    void close() {
        const std::scoped_lock lock(mutex_);
        if (--n_users_ > 0) return;
        kept_.clear();
        n_bytes_ = 0;
    }
    [[nodiscard]] std::shared_ptr<const Kept> find(const std::string& content) {
        const std::scoped_lock lock(mutex_);
        for (auto at = kept_.begin(); at != kept_.end(); ++at) {
            if ((*at)->content != content) continue; // texts of different size differ at once
            kept_.splice(kept_.begin(), kept_, at);
            return *at;
        }
        return nullptr;
    }
    void keep(const std::string& content, const Node& root) {
        const std::scoped_lock lock(mutex_);
        if (n_users_ == 0) return;
        kept_.push_front(std::make_shared<const Kept>(Kept{content, root}));
        for (n_bytes_ += content.size(); n_bytes_ > most_bytes; kept_.pop_back())
            n_bytes_ -= kept_.back()->content.size();
    }
    static Shelf& of_all() {
        static Shelf shelf;
        return shelf;
    }

private:
    std::mutex mutex_;
    int n_users_ = 0;
    std::size_t n_bytes_ = 0;
    std::list<std::shared_ptr<const Kept>> kept_;
};

/// Says of every place that it is in text number `text`.
void move_to(Node& node, int text) {
    node.place.text = text;
    for (auto& item : node.items)
        move_to(item, text);
    for (auto& member : node.members) {
        member.place.text = text;
        move_to(member.value, text);
    }
}

} // namespace

KeepParsedTexts::KeepParsedTexts() { Shelf::of_all().open(); }
KeepParsedTexts::~KeepParsedTexts() { Shelf::of_all().close(); }

std::optional<Node> read_kept_toml(const Texts& texts, int text, Diagnostics& diagnostics) {
    const auto& content = texts.texts[static_cast<std::size_t>(text)].content;
    if (const auto kept = Shelf::of_all().find(content)) {
        Node root = kept->root;
        move_to(root, text);
        return root;
    }
    auto root = read_toml(texts, text, diagnostics);
    if (root) Shelf::of_all().keep(content, *root);
    return root;
}

} // namespace autarky::scenario
