// The end of a goroutine orders nothing, and neither does a Shared<T>, whose accesses are relaxed:
// who reads on that ground what the goroutine wrote has a race, and ThreadSanitizer must say so.
#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "tests/core/runtime/sanitizers/planted.h"

int main() {
    int written = 0;
    return golanes::test::run_planted(2, [&] {
        golanes::rt::Shared<int> is_written("is written");
        golanes::rt::go("writer", [&] {
            written = 1;
            is_written.store(1);
        });
        while (is_written.load() == 0) {
        }
        golanes::rt::outcome(written);
    });
}
