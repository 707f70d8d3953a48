// golanes_peer [--procs N] [--traced] [--scale N] [PROGRAM...]: runs them one after the other, each
// in a run of its own; without a program it lists them. A traced run is drained by a recorder and
// prints what its rings lost: a row counts only with lost = 0.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "app/recorder.h"
#include "core/runtime/run.h"
#include "tests/bench/peers/ours/peer.h"

namespace golanes::bench {

PeerMode& peer_mode() {
    static PeerMode mode;
    return mode;
}

long scaled(long n) {
    return std::max(8L, n / peer_mode().scale);
}

void emit(std::string_view name, double value, std::string_view unit) {
    std::printf("%.*s%s.p%d %.3f %.*s\n",
                static_cast<int>(name.size()),
                name.data(),
                peer_mode().is_traced ? "+trace" : "",
                peer_mode().procs,
                value,
                static_cast<int>(unit.size()),
                unit.data());
    std::fflush(stdout);
}

namespace {

std::vector<PeerProgram> all_programs() {
    std::vector<PeerProgram> all;
    for (const auto* part : {&switch_programs(), &spawn_programs(), &sync_programs()})
        all.insert(all.end(), part->begin(), part->end());
    return all;
}

// The kernel gives a ring its memory page by page at the first pass; what is measured is the
// passes after it.
void touch_rings(const trace::RunRegion& region, std::uint32_t events) {
    constexpr std::uint32_t kRings = 5;  // the control thread's, and those of the first Ms
    for (std::uint32_t i = 0; i < kRings; ++i) {
        for (std::uint32_t k = 0; k < events; ++k)
            region.ring(i).slot(k) = {};
    }
}

bool run(const PeerProgram& program) {
    const PeerMode& mode = peer_mode();
    trace::RegionOptions shape;
    shape.rings = 80;
    shape.ring_events = mode.is_traced ? 1U << 20 : 2;
    auto region = trace::RunRegion::create_anonymous(shape, process_tick_clock());
    if (!region) {
        std::fprintf(stderr, "golanes_peer: %s\n", region.error().message.c_str());
        return false;
    }
    if (mode.is_traced)
        touch_rings(region.value(), shape.ring_events);
    rt::RunSettings settings;
    settings.scheduler.procs = mode.procs;
    const auto level = mode.is_traced ? trace::Level::Scheduler : trace::Level::Off;
    rt::RunHost host(region.value(), level, false);
    app::Recorder recorder(region.value(), {}, {.builds_timeline = false});
    if (mode.is_traced)
        recorder.start();
    const rt::RunReport report = rt::run_program(host, settings, program.run);
    if (mode.is_traced) {
        recorder.stop();
        emit(std::string(program.name) + "_lost",
             static_cast<double>(recorder.snapshot().honesty.lost),
             "events");
    }
    if (report.status != trace::RunStatus::Ok)
        std::fprintf(stderr,
                     "golanes_peer: %.*s: %s\n",
                     static_cast<int>(program.name.size()),
                     program.name.data(),
                     report.message.c_str());
    return report.status == trace::RunStatus::Ok;
}

int run_named(const std::vector<std::string>& names) {
    const auto programs = all_programs();
    for (const std::string& name : names) {
        const auto program = std::find_if(
            programs.begin(), programs.end(), [&](const auto& p) { return p.name == name; });
        if (program == programs.end()) {
            std::fprintf(stderr, "golanes_peer: no program is called %s\n", name.c_str());
            return 2;
        }
        if (!run(*program))
            return 1;
    }
    return 0;
}

}  // namespace
}  // namespace golanes::bench

int main(int argc, char** argv) {
    using namespace golanes::bench;
    CLI::App cli("The peer programs on Golanes' runtime");
    std::vector<std::string> names;
    cli.add_option("--procs", peer_mode().procs, "Number of Ps")->check(CLI::Range(1, 256));
    cli.add_flag("--traced", peer_mode().is_traced, "Record everything");
    cli.add_option("--scale", peer_mode().scale, "Divide the counts")->check(CLI::Range(1, 1000));
    cli.add_option("program", names, "Which ones; none: list them");
    CLI11_PARSE(cli, argc, argv);
    if (names.empty()) {
        for (const PeerProgram& program : all_programs())
            std::printf("%.*s\n", static_cast<int>(program.name.size()), program.name.data());
        return 0;
    }
    const int result = run_named(names);
    std::fflush(stdout);
    _exit(result);
}
