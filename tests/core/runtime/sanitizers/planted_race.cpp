// Two goroutines change one plain variable at the same time: ThreadSanitizer must say so.
#include <atomic>

#include "core/runtime/runtime.h"
#include "tests/core/runtime/sanitizers/planted.h"

int main() {
    int racy = 0;
    std::atomic<int> arrived{0};
    return golanes::test::run_planted(2, [&] {
        const auto collide = [&] {
            arrived.fetch_add(1, std::memory_order_relaxed);  // relaxed: it orders nothing
            while (arrived.load(std::memory_order_relaxed) < 2) {
            }
            for (int i = 0; i < 1000; ++i)
                ++racy;
        };
        golanes::rt::go("other", collide);
        collide();
    });
}
