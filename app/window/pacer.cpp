#include "app/window/pacer.h"

#include <algorithm>

namespace golanes::app {

DurationNs Pacer::interval(TimeNs now) const {
    if (frame_.input_left || now - last_input_ < kSettling)
        return kInputFrame;
    if (frame_.animating || now - last_data_ < kDataFlow)
        return kLiveFrame;
    return frame_.text_field ? kTextFieldFrame : kIdleFrame;
}

DurationNs Pacer::remaining(TimeNs now) const {
    return std::max<DurationNs>(0, last_frame_ + interval(now) - now);
}

}  // namespace golanes::app
