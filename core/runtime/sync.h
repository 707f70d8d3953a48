#pragma once
// Locks for goroutines: everything a scenario needs of package sync. A goroutine that waits is
// parked; its M goes on.
#include "core/runtime/barrier.h"
#include "core/runtime/mutex.h"
#include "core/runtime/wait_group.h"
