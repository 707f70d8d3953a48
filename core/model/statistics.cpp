#include "core/model/statistics.h"

#include "core/model/range_statistics.h"

namespace golanes::model {

Statistics statistics(const Timeline& timeline, TimeNs t0, TimeNs t1) {
    return range_statistics(timeline, t0, t1).sums;
}

}  // namespace golanes::model
