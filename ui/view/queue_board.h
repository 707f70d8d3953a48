#pragma once
// Queue board: all run queues at one moment as tokens in rows: the global queue, then each P with
// the goroutine that runs, the one in runnext, and the ring, head first. Pure layout, in pixels of
// the board (0, 0 = top left); ui/panels/queues_panel paints it.
#include <cstdint>
#include <vector>

#include "core/model/timeline.h"
#include "ui/view/viewport.h"

namespace golanes::view {

enum class Slot : std::uint8_t { Running, Runnext, Ring, Global };

/// A goroutine in its place.
struct Token {
    GoroutineId g = 0;
    Slot slot = Slot::Ring;
    ProcId p = kNoProc;       ///< kNoProc: the global queue.
    std::uint32_t place = 0;  ///< Ring and global queue: 0 is the head, taken next.
    float x0 = 0;
    float y0 = 0;
    float x1 = 0;
    float y1 = 0;
};

/// The global queue (p is kNoProc) or a P.
struct BoardRow {
    ProcId p = kNoProc;
    MachineId machine = 0;     ///< The M that holds the P; 0: none.
    GoroutineId running = 0;   ///< 0: the P is idle.
    GoroutineId runnext = 0;   ///< 0: empty.
    std::uint32_t length = 0;  ///< Goroutines in the ring or the global queue.
    std::uint32_t hidden = 0;  ///< Of these, how many have no room at the end.
    float top = 0;
    float height = 0;
};

/// Lengths in pixels.
struct BoardStyle {
    float width = 700;
    float height = 300;  ///< Rows take more lines for long queues while there is room.
    float label_px = 90;
    float slot_px = 90;  ///< Width of the columns "running" and "runnext".
    float token_px = 44;
    float line_px = 26;  ///< Height of a token.
    float gap_px = 4;
};

struct QueueBoard {
    std::vector<BoardRow> rows;
    std::vector<Token> tokens;
    float running_x = 0;  ///< Left edges of the columns.
    float runnext_x = 0;
    float queue_x = 0;
    float height = 0;
};

/// Lays the board out (cleared first).
void build_queue_board(const model::Queues& queues, const BoardStyle& style, QueueBoard& out);

/// The moment in the range at which most goroutines stood in run queues, the earliest of several.
/// Looks at the last few hundred thousand events of the range only.
TimeNs fullest_moment(const model::Timeline& timeline, TimeRange range);

}  // namespace golanes::view
