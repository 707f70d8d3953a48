#include "core/trace/region.h"

#include <cerrno>
#include <climits>
#include <new>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/futex.h"

namespace golanes::trace {
namespace {

constexpr std::uint64_t kMagic =
    0x35306E6F69676552ULL;  // "Region05": bump the digits with the layout
constexpr std::uint64_t kPage = 4096;

constexpr std::uint64_t round_up(std::uint64_t value) {
    return (value + kPage - 1) / kPage * kPage;
}

std::uint64_t ring_bytes(std::uint32_t events) {
    return round_up(sizeof(RingHeader)) + round_up(std::uint64_t{events} * sizeof(Event));
}

struct Layout {
    std::uint64_t rings, string_offsets, string_bytes, places, total;
};

Layout layout_of(const RegionOptions& options) {
    Layout layout{};
    layout.rings = round_up(sizeof(RegionHeader));
    layout.string_offsets = layout.rings + options.rings * ring_bytes(options.ring_events);
    layout.string_bytes =
        layout.string_offsets +
        round_up((std::uint64_t{options.max_strings} + 1) * sizeof(std::uint32_t));
    layout.places = layout.string_bytes + round_up(options.string_bytes);
    layout.total =
        layout.places + round_up(std::uint64_t{options.max_places} * sizeof(StoredPlace));
    return layout;
}

Error system_error(const char* what) {
    return {fmt::format("{}: {}", what, std::generic_category().message(errno))};
}

}  // namespace

Result<RunRegion> RunRegion::map(int fd, std::size_t bytes) {
    const int flags =
        fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE : MAP_SHARED | MAP_NORESERVE;
    void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags, fd, 0);
    if (memory == MAP_FAILED) {
        const Error error = system_error("no memory for a run region");
        if (fd >= 0)
            close(fd);
        return error;
    }
    return RunRegion(static_cast<RegionHeader*>(memory), bytes, fd);
}

Result<RunRegion> RunRegion::create(int fd, const RegionOptions& options, const TickClock& clock) {
    GOLANES_CHECK((options.ring_events & (options.ring_events - 1)) == 0,
                  "ring_events is a power of two");
    const Layout layout = layout_of(options);
    auto region = map(fd, layout.total);
    if (!region.ok())
        return region;
    auto* header =
        new (region->header_) RegionHeader{};  // the mapping is zero pages: rings start empty
    header->shape.total_bytes = layout.total;
    header->shape.ring_count = options.rings;
    header->shape.ring_events = options.ring_events;
    header->shape.max_strings = options.max_strings;
    header->shape.string_bytes = options.string_bytes;
    header->shape.max_places = options.max_places;
    header->shape.rings_offset = layout.rings;
    header->shape.string_offsets_offset = layout.string_offsets;
    header->shape.string_bytes_offset = layout.string_bytes;
    header->shape.places_offset = layout.places;
    header->shape.clock = clock;
    header->string_count = 1;  // number 0 is the empty string and the empty place
    header->place_count = 1;
    header->shape.magic = kMagic;
    region->shape_ = header->shape;
    return region;
}

Result<RunRegion> RunRegion::create_anonymous(const RegionOptions& options,
                                              const TickClock& clock) {
    return create(-1, options, clock);
}

Result<RunRegion> RunRegion::create_shared(const RegionOptions& options, const TickClock& clock) {
    const int fd = memfd_create("golanes-run", MFD_CLOEXEC);
    if (fd < 0)
        return system_error("cannot make shared memory for a run");
    if (ftruncate(fd, static_cast<off_t>(layout_of(options).total)) != 0) {
        const Error error = system_error("cannot size the shared memory of a run");
        close(fd);
        return error;
    }
    return create(fd, options, clock);
}

Result<RunRegion> RunRegion::attach(int fd) {
    struct stat info {};

    if (fstat(fd, &info) != 0 || info.st_size < static_cast<off_t>(sizeof(RegionHeader)))
        return Error{fmt::format(
            "descriptor {} is not a run region; this verb is started by the window only", fd)};
    auto region = map(fd, static_cast<std::size_t>(info.st_size));
    if (!region.ok())
        return Error{
            fmt::format("descriptor {} cannot be a run region: {}", fd, region.error().message)};
    region->shape_ = region->header().shape;
    if (region->shape_.magic != kMagic || region->shape_.total_bytes != region->bytes_)
        return Error{fmt::format("descriptor {} holds no run region of this version", fd)};
    return region;
}

RunRegion::RunRegion(RunRegion&& other) noexcept
    : header_(std::exchange(other.header_, nullptr)),
      shape_(other.shape_),
      bytes_(other.bytes_),
      fd_(std::exchange(other.fd_, -1)) {}

RunRegion& RunRegion::operator=(RunRegion&& other) noexcept {
    if (this != &other) {
        release();
        header_ = std::exchange(other.header_, nullptr);
        shape_ = other.shape_;
        bytes_ = other.bytes_;
        fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
}

RunRegion::~RunRegion() {
    release();
}

void RunRegion::release() noexcept {
    if (header_ != nullptr)
        munmap(header_, bytes_);
    if (fd_ >= 0)
        close(fd_);
    header_ = nullptr;
    fd_ = -1;
}

RingView RunRegion::ring(std::uint32_t index) const {
    const std::uint64_t start = shape_.rings_offset + index * ring_bytes(shape_.ring_events);
    return {
        at<RingHeader>(start), at<Event>(start + round_up(sizeof(RingHeader))), shape_.ring_events};
}

RingView RunRegion::claim_ring(MachineId m) const {
    // Relaxed: the number alone is what is shared; readers look at all rings below it.
    const std::uint32_t index = header_->rings_used.fetch_add(1, std::memory_order_relaxed);
    if (index >= shape_.ring_count) {
        header_->rings_used.store(shape_.ring_count, std::memory_order_relaxed);
        return {&header_->ringless, nullptr, 0};
    }
    RingView view = ring(index);
    view.header->machine.store(m, std::memory_order_relaxed);
    return view;
}

void notify_control(Control& control) {
    // Release pairs with the acquire of the run's control thread: it sees the knobs set before.
    control.command.fetch_add(1, std::memory_order_release);
    futex_wake(control.command, INT_MAX, FutexScope::Shared);
}

std::uint32_t request_step(Control& control,
                           StepKind kind,
                           std::uint64_t argument,
                           std::uint64_t count) {
    control.step_kind.store(static_cast<std::uint32_t>(kind), std::memory_order_relaxed);
    control.step_argument.store(argument, std::memory_order_relaxed);
    control.step_count.store(count, std::memory_order_relaxed);
    // Release pairs with the run's acquire: it reads the three above after this.
    const std::uint32_t number = control.step_sequence.fetch_add(1, std::memory_order_release) + 1;
    notify_control(control);
    return number;
}

}  // namespace golanes::trace
