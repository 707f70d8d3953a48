// One goroutine frees what another still reads: AddressSanitizer must say so.
#include <memory>

#include "core/runtime/runtime.h"
#include "tests/core/runtime/sanitizers/planted.h"

int main() {
    return golanes::test::run_planted(1, [] {
        auto owned = std::make_unique<int>(1);
        const volatile int* const seen = owned.get();
        golanes::rt::go("frees", [&] { owned.reset(); });
        golanes::rt::gosched();
        golanes::rt::outcome(*seen);
    });
}
