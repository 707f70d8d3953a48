#include "ui/panels/reason_words.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "ui/panels/tr.h"

namespace golanes::ui {
namespace {

/// Go's words, so that the catalogue holds them.
constexpr std::array kGoWords{tr_later("chan receive"),
                              tr_later("chan send"),
                              tr_later("chan receive (nil chan)"),
                              tr_later("chan send (nil chan)"),
                              tr_later("select"),
                              tr_later("select (no cases)"),
                              tr_later("sleep"),
                              tr_later("sync.Mutex.Lock"),
                              tr_later("sync.RWMutex.RLock"),
                              tr_later("sync.RWMutex.Lock"),
                              tr_later("sync.WaitGroup.Wait"),
                              tr_later("sync.Cond.Wait"),
                              tr_later("blocking call"),
                              tr_later("panicwait"),
                              tr_later("Goexit"),
                              tr_later("barrier"),
                              tr_later("gosched"),
                              tr_later("preempted"),
                              tr_later("world stopped"),
                              tr_later("handed a lock over"),
                              tr_later("idle"),
                              tr_later("hand-off"),
                              tr_later("removed"),
                              tr_later("Shared"),
                              tr_later("Barrier"),
                              tr_later("Timer")};

std::string words_for(std::string_view go_words) {
    const auto known = std::find(kGoWords.begin(), kGoWords.end(), go_words);
    return known == kGoWords.end() ? std::string(go_words) : std::string(tr(*known));
}

}  // namespace

std::string reason_words(trace::WaitReason reason) {
    return words_for(trace::wait_reason_text(reason));
}

std::string reason_words(trace::StopReason reason) {
    return words_for(trace::stop_reason_text(reason));
}

std::string reason_words(trace::ProcStopReason reason) {
    return words_for(trace::proc_stop_reason_text(reason));
}

std::string reason_words(std::string_view go_words) {
    return words_for(go_words);
}

std::string object_kind_words(trace::ObjectKind kind) {
    return words_for(trace::object_kind_text(kind));
}

}  // namespace golanes::ui
