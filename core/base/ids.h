#pragma once
// Identifiers that every layer shares. Plain integers with names: they live inside 32-byte events.
#include <cstdint>

namespace golanes {

using GoroutineId = std::uint32_t;  ///< 1 is the main goroutine of a run; 0 is "none".
using ProcId = std::uint16_t;       ///< A P, from 0; kNoProc is "none".
using MachineId = std::uint32_t;    ///< An M (OS thread), from 1; 0 is "none".
using CpuId = std::uint16_t;     ///< A CPU of the machine, or a virtual core; kNoCpu is "unknown".
using PlaceId = std::uint16_t;   ///< An interned source place; 0 is "unknown".
using StringId = std::uint32_t;  ///< An interned string; 0 is the empty string.
using ObjectId =
    std::uint32_t;  ///< A channel, lock or shared variable of a run, from 1; 0 is "none".

inline constexpr ProcId kNoProc = 0xFFFF;
inline constexpr CpuId kNoCpu = 0xFFFF;
inline constexpr int kMaxProcs = 256;
inline constexpr int kCacheLineBytes = 64;

}  // namespace golanes
