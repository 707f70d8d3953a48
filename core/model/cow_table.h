#pragma once
// CowTable: a table indexed by a small id whose frozen copies cost a few pointers. The owner writes
// on; a block that a frozen copy shares is cloned before its first write.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace golanes::model {

/// Threads: one owner writes; copies made by freeze() are read anywhere and never change.
/// Invariants: a block whose epoch is the owner's present one is in no frozen copy; own_ names only
/// elements of such blocks.
template <typename T>
class CowTable {
 public:
    static constexpr std::size_t kBlockItems = 64;

    /// The element, made if it is not there yet. Owner only. The reference is good until the next
    /// write() of an element that does not exist.
    T& write(std::size_t id) {
        // Mostly the block is known to be the owner's.
        const std::size_t block = id / kBlockItems;
        if (block < own_.size() && id % kBlockItems < own_[block].size())
            return own_[block][id % kBlockItems];
        std::vector<T>& items = own_block(id / kBlockItems).items;
        const std::size_t offset = id % kBlockItems;
        if (offset >= items.size())
            items.resize(offset + 1);
        if (block >= own_.size())
            own_.resize(blocks_.size());
        own_[block] = items;
        return items[offset];
    }

    /// The element, or nullptr when nothing was ever written there or beyond it in its block.
    [[nodiscard]] const T* find(std::size_t id) const {
        const std::size_t block = id / kBlockItems;
        if (block >= blocks_.size() || !blocks_[block])
            return nullptr;
        const std::vector<T>& items = blocks_[block]->items;
        return id % kBlockItems < items.size() ? &items[id % kBlockItems] : nullptr;
    }

    /// A copy that never changes. Costs one pointer for 64 elements. Owner only.
    [[nodiscard]] CowTable freeze() {
        ++epoch_;
        own_.clear();
        return *this;
    }

    /// Calls f(id, element) for every element of every block, by id.
    template <typename F>
    void for_each(F&& f) const {
        for (std::size_t block = 0; block < blocks_.size(); ++block) {
            for (std::size_t i = 0; blocks_[block] && i < blocks_[block]->items.size(); ++i)
                f(block * kBlockItems + i, blocks_[block]->items[i]);
        }
    }

    /// Frees the blocks all of whose elements satisfy `gone`. Owner only.
    template <typename F>
    void drop_blocks_if(F&& gone) {
        for (std::shared_ptr<Block>& block : blocks_) {
            if (block && block->items.size() == kBlockItems &&
                std::all_of(block->items.begin(), block->items.end(), gone))
                block.reset();
        }
        own_.clear();
    }

    /// One more than the greatest id a block has room for.
    [[nodiscard]] std::size_t id_limit() const { return blocks_.size() * kBlockItems; }

 private:
    struct Block {
        std::uint64_t epoch = 0;
        std::vector<T> items;
    };

    Block& own_block(std::size_t index) {
        if (index >= blocks_.size())
            blocks_.resize(index + 1);
        std::shared_ptr<Block>& block = blocks_[index];
        if (!block) {
            block = std::make_shared<Block>();
            block->epoch = epoch_;
        } else if (block->epoch != epoch_) {
            block = std::make_shared<Block>(*block);
            block->epoch = epoch_;
        }
        return *block;
    }

    std::vector<std::shared_ptr<Block>> blocks_;
    std::vector<std::span<T>> own_;  ///< By block: the elements, where it is known to be unshared.
    std::uint64_t epoch_ = 0;
};

}  // namespace golanes::model
