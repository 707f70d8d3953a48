#pragma once

// LockOSThread: a goroutine that needs a thread of its own.

namespace golanes::rt {

/// Ties the calling goroutine to the thread it runs on, until as many unlock_os_thread(): it runs
/// on no other thread, and the thread runs no other goroutine. One that ends locked ends its
/// thread.
void lock_os_thread();

/// Takes one lock_os_thread() back; without one it does nothing.
void unlock_os_thread();

}  // namespace golanes::rt
