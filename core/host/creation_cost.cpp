#include "core/host/creation_cost.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

#include "core/base/clock.h"
#include "core/host/child.h"
#include "core/host/limits.h"
#include "core/host/status.h"

namespace golanes::host {
namespace {

std::int64_t resident_bytes() {
    const auto status = status_of();
    return status.ok() ? status->resident_bytes : 0;
}

// Threads that wait until they are let go, and are joined then.
class Crowd {
 public:
    ~Crowd() {
        lets_go_.store(true, std::memory_order_release);  // pairs with the wait below
        lets_go_.notify_all();
        for (std::thread& thread : threads_)
            thread.join();
    }

    Crowd() = default;
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    /// Returns the errno that ended it; 0: all are there.
    int grow_to(int count) {
        try {
            while (size() < count)
                threads_.emplace_back([this] { live(); });
        } catch (const std::system_error& error) {
            return error.code().value();
        }
        while (living_.load(std::memory_order_acquire) < size())
            std::this_thread::yield();
        return 0;
    }

    [[nodiscard]] int size() const { return static_cast<int>(threads_.size()); }

 private:
    void live() {
        living_.fetch_add(1, std::memory_order_release);  // pairs with grow_to
        lets_go_.wait(false, std::memory_order_acquire);
    }

    std::atomic<int> living_{0};
    std::atomic<bool> lets_go_{false};
    std::vector<std::thread> threads_;
};

}  // namespace

CreationCost process_cost(int count) {
    CreationCost cost;
    cost.each_bytes = -1;
    const TimeNs begin = monotonic_ns();
    for (; cost.made < count; ++cost.made) {
        int error = 0;
        auto child = Child::start(Task::Leave, &error);
        if (!child.ok()) {
            cost.limit = limit_hit(read_limits(), error, 1);
            break;
        }
        if (auto end = child->wait(); !end.ok())
            break;
    }
    cost.each_ns = (monotonic_ns() - begin) / std::max(1, cost.made);
    auto living = Child::start(Task::Stay);
    if (living.ok()) {
        if (const auto status = status_of(living->id()); status.ok())
            cost.each_bytes = status->resident_bytes;
    }
    return cost;
}

CreationCost threads_at_once(int count) {
    CreationCost cost;
    const std::int64_t before = resident_bytes();
    const TimeNs begin = monotonic_ns();
    Crowd crowd;
    const int error = crowd.grow_to(count);
    cost.made = crowd.size();
    cost.each_ns = (monotonic_ns() - begin) / std::max(1, cost.made);
    cost.each_bytes = (resident_bytes() - before) / std::max(1, cost.made);
    if (error != 0)
        cost.limit = limit_hit(read_limits(), error, cost.made);
    return cost;
}

CreationCost thread_cost(int count) {
    CreationCost cost = threads_at_once(count);
    const TimeNs begin = monotonic_ns();
    try {
        for (int i = 0; i < count; ++i)
            std::thread([] {}).join();
        cost.each_ns = (monotonic_ns() - begin) / std::max(1, count);
    } catch (const std::system_error& error) {
        cost.limit = limit_hit(read_limits(), error.code().value(), 1);
    }
    return cost;
}

}  // namespace golanes::host
