// Yields, ping-pong, channels, select.
#include <array>
#include <atomic>
#include <memory>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/select.h"
#include "core/runtime/sync.h"
#include "tests/bench/peers/ours/peer.h"

namespace golanes::bench {
namespace {

double yield_run(int goroutines, long each) {
    rt::WaitGroup wg;
    const rt::Chan<int> start(0);
    for (int i = 0; i < goroutines; ++i) {
        wg.add(1);
        rt::go("", [&wg, start, each] {
            start.recv();
            for (long j = 0; j < each; ++j)
                rt::gosched();
            wg.done();
        });
    }
    rt::sleep(kMillisecond);
    const StopWatch watch;
    start.close();
    wg.wait();
    return watch.ns_per(each * goroutines);
}

void yields() {
    emit("yield2", yield_run(2, scaled(2'000'000)), "ns/yield");
    emit("yield100", yield_run(100, scaled(40'000)), "ns/yield");
}

double ping_pong(long n) {
    const rt::Chan<int> ping(0);
    const rt::Chan<int> pong(0);
    const rt::Chan<bool> done(0);
    rt::go("", [ping, pong, done] {
        while (const auto value = ping.recv())
            pong.send(*value);
        done.close();
    });
    const StopWatch watch;
    for (int i = 0; i < n; ++i) {
        ping.send(i);
        pong.recv();
    }
    const double each = watch.ns_per(n);
    ping.close();
    done.recv();
    return each;
}

void one_pair() {
    emit("pingpong", ping_pong(scaled(1'000'000)), "ns/roundtrip");
}

void eight_pairs() {
    const long n = scaled(500'000);
    const StopWatch watch;
    rt::WaitGroup wg;
    for (int i = 0; i < 8; ++i) {
        wg.add(1);
        rt::go("", [&wg, n] {
            ping_pong(n / 4);
            wg.done();
        });
    }
    wg.wait();
    emit("pingpong_8pairs", watch.ns_per(2 * n), "ns/roundtrip(aggregate)");
}

double throughput(std::size_t capacity, int producers, int consumers, long total) {
    const rt::Chan<int> channel(capacity);
    rt::WaitGroup sending;
    rt::WaitGroup receiving;
    std::atomic<long> sum{0};
    const StopWatch watch;
    for (int c = 0; c < consumers; ++c) {
        receiving.add(1);
        rt::go("", [&, channel] {
            long mine = 0;
            while (const auto value = channel.recv())
                mine += *value;
            sum.fetch_add(mine);
            receiving.done();
        });
    }
    for (int p = 0; p < producers; ++p) {
        sending.add(1);
        rt::go("", [&, channel] {
            for (int i = 0; i < total / producers; ++i)
                channel.send(i);
            sending.done();
        });
    }
    sending.wait();
    channel.close();
    receiving.wait();
    return watch.ns_per(total);
}

void channels() {
    emit("chan_unbuf_1p1c", throughput(0, 1, 1, scaled(2'000'000)), "ns/item");
    emit("chan128_1p1c", throughput(128, 1, 1, scaled(10'000'000)), "ns/item");
    emit("chan128_4p4c", throughput(128, 4, 4, scaled(8'000'000)), "ns/item");
    const rt::Chan<int> channel(1);
    const long n = scaled(20'000'000);
    const StopWatch watch;
    for (int i = 0; i < n; ++i) {
        channel.send(i);
        channel.recv();
    }
    emit("chan_send_recv_self", watch.ns_per(n), "ns/pair");
}

using FourChannels = std::array<rt::Chan<int>, 4>;

FourChannels four(std::size_t capacity) {
    return {rt::Chan<int>(capacity),
            rt::Chan<int>(capacity),
            rt::Chan<int>(capacity),
            rt::Chan<int>(capacity)};
}

void select_one(const FourChannels& c, long& sum) {
    const auto add = [&sum](std::optional<int> value) {
        sum += *value;
    };
    rt::select(rt::on_recv(c[0], add),
               rt::on_recv(c[1], add),
               rt::on_recv(c[2], add),
               rt::on_recv(c[3], add));
}

void select_ready() {
    const FourChannels c = four(1);
    const long n = scaled(5'000'000);
    long sum = 0;
    const StopWatch watch;
    for (int i = 0; i < n; ++i) {
        c[static_cast<std::size_t>(i) & 3U].send(i);
        select_one(c, sum);
    }
    emit("select4_ready(send+select)", watch.ns_per(n), "ns/op");
    const StopWatch second;
    const auto add = [&sum](std::optional<int> value) {
        sum += *value;
    };
    for (int i = 0; i < n; ++i)
        rt::select(rt::on_recv(c[0], add),
                   rt::on_recv(c[1], add),
                   rt::on_recv(c[2], add),
                   rt::on_recv(c[3], add),
                   rt::on_default());
    emit("select4_default", second.ns_per(n), "ns/op");
}

void select_block() {
    const FourChannels u = four(0);
    const long n = scaled(1'000'000);
    const rt::Chan<long> done(0);
    const StopWatch watch;
    rt::go("", [u, n, done] {
        long sum = 0;
        for (long i = 0; i < n; ++i)
            select_one(u, sum);
        done.send(sum);
    });
    for (int i = 0; i < n; ++i)
        u[static_cast<std::size_t>(i) & 3U].send(i);
    done.recv();
    emit("select4_block_1p", watch.ns_per(n), "ns/op");
    const StopWatch second;
    for (std::size_t p = 0; p < 4; ++p)
        rt::go("", [u, n, p] {
            for (int i = 0; i < n / 4; ++i)
                u[p].send(i);
        });
    long sum = 0;
    for (long i = 0; i < n / 4 * 4; ++i)
        select_one(u, sum);
    emit("select4_block_4p", second.ns_per(n), "ns/op");
}

void selects() {
    select_ready();
    select_block();
}

}  // namespace

const std::vector<PeerProgram>& switch_programs() {
    static const std::vector<PeerProgram> programs{{"yield", &yields},
                                                   {"pingpong", &one_pair},
                                                   {"pingpong2", &eight_pairs},
                                                   {"chan", &channels},
                                                   {"select", &selects}};
    return programs;
}

}  // namespace golanes::bench
