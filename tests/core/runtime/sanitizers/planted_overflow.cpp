// A goroutine writes one element beyond an array on its stack: AddressSanitizer must say so.
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/sanitizers/planted.h"

int main(int argc, char** /*argv*/) {
    return golanes::test::run_planted(1, [argc] {
        golanes::rt::WaitGroup wg;
        wg.add(1);
        golanes::rt::go("writer", [&] {
            golanes::rt::gosched();  // it comes back to its own stack
            volatile int array[8] = {};
            volatile int index = 7 + argc;
            array[index] = 1;
            golanes::rt::outcome(array[0]);
            wg.done();
        });
        wg.wait();
    });
}
