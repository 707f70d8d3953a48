#pragma once
// What makes `for (int v : ch)` work: Go's range over a channel.
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

#include "core/trace/where.h"

namespace golanes::rt {

template <typename T>
class Chan;

/// Receives at every step; equal to the end once the channel is closed and drained.
template <typename T>
class ChanIterator {
 public:
    using iterator_concept = std::input_iterator_tag;
    using difference_type = std::ptrdiff_t;
    using value_type = T;

    ChanIterator(const Chan<T>& channel, const trace::Where& where)
        : channel_(channel), where_(where), value_(channel_.recv(where_)) {}

    T& operator*() const { return *value_; }

    ChanIterator& operator++() {
        value_.reset();  // the last value does not outlive its turn
        if (auto next = channel_.recv(where_))
            value_.emplace(std::move(*next));
        return *this;
    }

    void operator++(int) { ++*this; }

    friend bool operator==(const ChanIterator& it, std::default_sentinel_t /*end*/) {
        return !it.value_.has_value();
    }

 private:
    Chan<T> channel_;
    trace::Where where_;
    mutable std::optional<T> value_;
};

}  // namespace golanes::rt
