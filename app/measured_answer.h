#pragma once
// The answer to a lesson's question, from the runs that it names, and as lines of JSON between the
// process that makes them and the window.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/measured_run.h"
#include "core/lessons/lesson.h"

namespace golanes::app {

/// What was measured so far.
struct MeasuredAnswer {
    std::vector<std::string> measured;  ///< What each run gave.
    std::string token;                  ///< Of the last run; empty: it was a real one.
    std::string file;                   ///< Its recording, where one was asked for.
    bool timeless = false;              ///< It took no time on its clock.
};

/// Makes the runs; `progress` hears of each. `keep`: where the recording of a real run is written,
/// over what is there; empty: nowhere. Threads: see run_measured. Errors: bad words in the lesson,
/// nothing to measure, a file that cannot be written.
Result<MeasuredAnswer> measure_answer(const lessons::Lesson& lesson,
                                      const std::string& keep,
                                      const std::function<void(const MeasuredAnswer&)>& progress);

std::string answer_line(const MeasuredAnswer& answer);

/// The inverse. Empty: it is no such line.
std::optional<MeasuredAnswer> read_answer_line(const std::string& line);

}  // namespace golanes::app
