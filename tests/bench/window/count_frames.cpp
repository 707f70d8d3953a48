// Put before the program with LD_PRELOAD: counts the frames that it shows in the file that
// GOLANES_FRAMES names, so that the window is measured as it is, with no counter of its own.
#include <atomic>
#include <cstdint>
#include <cstdlib>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace {

using Counter = std::atomic<std::uint64_t>;

Counter* open_counter() {
    const char* path = std::getenv("GOLANES_FRAMES");  // NOLINT(concurrency-mt-unsafe)
    const int file = path == nullptr ? -1 : open(path, O_RDWR | O_CLOEXEC);
    if (file < 0)
        return nullptr;
    void* memory = mmap(nullptr, sizeof(Counter), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    return memory == MAP_FAILED ? nullptr : static_cast<Counter*>(memory);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): GLFW's function, which it stands before
extern "C" void glfwSwapBuffers(void* window) {
    static const auto kNext =
        reinterpret_cast<void (*)(void*)>(dlsym(RTLD_NEXT, "glfwSwapBuffers"));
    static Counter* const kCounter = open_counter();
    kNext(window);
    if (kCounter != nullptr)
        kCounter->fetch_add(1, std::memory_order_relaxed);
}
