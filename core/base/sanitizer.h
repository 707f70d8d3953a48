#pragma once
// Which sanitizer this build has: g++ and clang say it in different words. And what keeps a
// compiler from remembering an address of the thread across a switch of stacks.

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GOLANES_ASAN 1
#endif
#if __has_feature(thread_sanitizer)
#define GOLANES_TSAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define GOLANES_ASAN 1
#endif
#if defined(__SANITIZE_THREAD__)
#define GOLANES_TSAN 1
#endif

/// A function whose body no caller may know: not inlined, cloned or found to be constant.
#if defined(__clang__)
#define GOLANES_OPAQUE __attribute__((noinline, optnone))
#else
#define GOLANES_OPAQUE __attribute__((noinline, noipa))
#endif

namespace golanes {

#if defined(GOLANES_ASAN)
inline constexpr bool kUnderAsan = true;
#else
inline constexpr bool kUnderAsan = false;
#endif
#if defined(GOLANES_TSAN)
inline constexpr bool kUnderTsan = true;
#else
inline constexpr bool kUnderTsan = false;
#endif

}  // namespace golanes
