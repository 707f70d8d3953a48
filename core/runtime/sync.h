#pragma once
// Everything a scenario needs of packages sync and sync/atomic. A goroutine that waits is parked;
// its M goes on.
#include "core/runtime/atomic.h"
#include "core/runtime/barrier.h"
#include "core/runtime/cond.h"
#include "core/runtime/mutex.h"
#include "core/runtime/once.h"
#include "core/runtime/rwmutex.h"
#include "core/runtime/wait_group.h"
