#pragma once
// select: waits for the first of several channel operations, as Go's statement does.
//
//     rt::select(rt::on_recv(in, [&](std::optional<int> value) { ... }),
//                rt::on_send(out, 7, [&] { ... }),
//                rt::on_default([&] { ... }));
//
// Of several that are ready, each is equally likely. A time limit is a case that receives from a
// timer's channel. For a number of cases known only at run time there is SelectList.
#include <array>
#include <concepts>
#include <cstddef>

#include "core/runtime/select_case.h"
#include "core/runtime/select_list.h"

namespace golanes::rt {

/// Waits for ever: a select without cases.
[[noreturn]] inline void select(const Where& where = Where::here()) {
    block_forever(trace::WaitReason::SelectNoCases, where);
}

template <typename C>
inline constexpr bool kIsDefaultCase = false;
template <typename F>
inline constexpr bool kIsDefaultCase<DefaultCase<F>> = true;

/// Performs one of the cases, runs its function and returns its place among the arguments. Cases on
/// nil channels are never ready. Without a default it waits until a case is; with nothing but nil
/// channels for ever. In the picture it waits at the first case's place.
/// Errors: panics when it sends on a closed channel.
template <std::derived_from<SelectCase> First, std::derived_from<SelectCase>... Rest>
std::size_t select(First&& first, Rest&&... rest) {
    constexpr std::size_t kCases = 1 + sizeof...(Rest);
    static_assert(
        (std::size_t{kIsDefaultCase<First>} + ... + std::size_t{kIsDefaultCase<Rest>}) <= 1,
        "multiple defaults in select");
    static_assert(kCases <= kMaxSelectCases, "select: too many cases (max 65536)");
    std::array<SelectNote, kCases> notes{SelectNote{&first}, SelectNote{&rest}...};
    std::array<ChanCore*, kCases> channels;
    std::array<Lock*, kCases> locks;
    return run_select({notes, channels, locks});
}

}  // namespace golanes::rt
