#include "ui/panels/wait_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ui/panels/reason_words.h"
#include "ui/panels/tr.h"

namespace golanes::ui {
namespace {

/// The cases of a select: "to receive from tasks or to send to results".
std::string case_words(const std::vector<model::WaitCase>& cases) {
    std::string text;
    for (const model::WaitCase& one : cases) {
        const char* words = one.is_send ? tr("to send to {0}") : tr("to receive from {0}");
        text += (text.empty() ? "" : tr(" or ")) + fmt::format(fmt::runtime(words), one.object);
    }
    return text;
}

template <typename... T>
std::string say(const char* form, const T&... values) {
    return fmt::format(fmt::runtime(form), values...);
}

std::string lock_words(const model::WaitFact& fact) {
    if (fact.holders.empty())
        return say(tr("It wants the lock {0}, which was taken. It goes on when it gets the lock."),
                   fact.object);
    const std::string holders = fmt::format("{}", fmt::join(fact.holders, ", "));
    if (fact.held_for_reading)
        return say(
            tr("It wants the lock {0}, which {1} read under. It goes on when they are done."),
            fact.object,
            holders);
    return say(tr("It wants the lock {0}, which {1} holds. It goes on when {1} unlocks it."),
               fact.object,
               holders);
}

}  // namespace

std::string wait_words(const model::WaitFact& fact) {
    std::string text;
    if (!fact.cases.empty())
        text = fmt::format(fmt::runtime(tr("{0} waits in {1} {2}")),
                           fact.goroutine,
                           reason_words(fact.reason),
                           case_words(fact.cases));
    else if (fact.object.empty())
        text = fmt::format(
            fmt::runtime(tr("{0} waits in {1}")), fact.goroutine, reason_words(fact.reason));
    else
        text = fmt::format(fmt::runtime(tr("{0} waits in {1} on {2}")),
                           fact.goroutine,
                           reason_words(fact.reason),
                           fact.object);
    if (!fact.holders.empty())
        text += fmt::format(
            fmt::runtime(fact.held_for_reading ? tr(", read by {0}") : tr(", held by {0}")),
            fmt::join(fact.holders, ", "));
    return fact.place.empty() ? text : text + ", " + fact.place;
}

std::string why_words(const model::WaitFact& fact) {
    using enum trace::WaitReason;
    switch (fact.kind) {
        case ChanReceive:
            return say(tr("It wants a value from {0}, and none is there. It goes on when somebody "
                          "sends to {0} or closes it."),
                       fact.object);
        case ChanSend:
            return say(tr("It wants to send to {0}, and there is no room. It goes on when somebody "
                          "receives from {0}."),
                       fact.object);
        case ChanReceiveNil:
        case ChanSendNil:
            return tr("Its channel is nil: it waits for ever.");
        case Select:
            return say(tr("It waits for the first of these: {0}. It goes on when one can be done."),
                       case_words(fact.cases));
        case SelectNoCases:
            return tr("Its select has no case: it waits for ever.");
        case Sleep:
            return tr("It sleeps. A timer makes it runnable again.");
        case MutexLock:
        case RWMutexLock:
        case RWMutexRLock:
            return lock_words(fact);
        case WaitGroupWait:
            return say(tr("It waits until the counter of {0} is 0: until all the others have said "
                          "that they are done."),
                       fact.object);
        case CondWait:
            return say(tr("It waits until somebody signals {0}."), fact.object);
        case Blocking:
            return tr("It is in a blocking call: the operating system answers it.");
        case Barrier:
            return say(tr("It waits at {0} until all the others have come there."), fact.object);
        default:
            return {};
    }
}

}  // namespace golanes::ui
