#pragma once
// Claims: what articles say about concurrency, in our words, with our verdict and the measurement
// that shows it. The table is assets/claims/claims.tsv; `golanes claims` measures it here and now.
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace golanes::lessons {

enum class Verdict {
    True,
    Partly,      ///< True with a condition that `why` names.
    False,       ///< The measurement shows that.
    Definition,  ///< A choice of words: `why` says what shows it.
};

struct Claim {
    std::string_view article;  ///< A file name.
    std::string_view en;
    std::string_view zh;
    Verdict verdict = Verdict::True;
    std::string_view scenario;
    std::string_view run;       ///< Words of the command line behind the scenario.
    std::string_view measure;   ///< app/measure.h.
    std::string_view expected;  ///< "= 1", "!= ok", "< 1000", ">= 2"; what our verdict rests on.
    std::string_view why_en;
    std::string_view why_zh;
};

/// "true", "partly", "false", "definition".
std::string_view verdict_text(Verdict verdict);

/// Reads the table: a line of headings, then a claim a line, ten columns with tabs between.
/// Errors: names the line.
Result<std::vector<Claim>> parse_claims(std::string_view text);

/// Whether what was measured is what was expected. Numbers are compared as numbers where the
/// operator is an inequality, else texts. Errors: an expectation that is not understood, a
/// measurement that is no number.
Result<bool> holds(std::string_view expected, std::string_view measured);

/// The table that this program was built with. Static.
std::string_view claims_table();

}  // namespace golanes::lessons
