#pragma once
// AllocationWatch: the largest single allocation of this process since the watch began. Counts
// operator new; under AddressSanitizer, which brings its own, it sees nothing and reports 0.
#include <cstddef>

namespace golanes::recording::test {

/// Threads: one watch at a time.
class AllocationWatch {
 public:
    AllocationWatch();
    [[nodiscard]] std::size_t largest() const;
};

}  // namespace golanes::recording::test
