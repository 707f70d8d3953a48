#pragma once
// TwinChoice: what the second run of a comparison is to differ in: another number of Ps, another
// policy; or a recording from a file.
#include <cstdint>
#include <optional>

#include "ui/panels/context.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class TwinChoice {
 public:
    /// Draws the controls; a press emits the command.
    void draw(const Context& context);

 private:
    enum class Kind { Procs, Policy, File };

    void draw_kinds();
    void draw_procs(const FrameInput& input);
    void draw_policy(const FrameInput& input);
    void draw_button(const Context& context) const;
    void choose_policy(const FrameInput& input, std::size_t index);

    Kind kind_ = Kind::Procs;
    int procs_ = 0;  ///< 0: not chosen yet.
    std::optional<std::size_t> policy_;
    std::int64_t policy_value_ = 0;
};

}  // namespace golanes::ui
