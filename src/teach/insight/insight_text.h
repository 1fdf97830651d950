// Insight text: what a teacher reads about an entry, in both languages. Every number in it is
// counted.
#pragma once

#include <optional>

#include "core/text.h"
#include "tutor/mastery/mastery.h"

namespace meno {

/// A reason and what could be done about it.
struct Advice {
  Text reason;
  Text suggestion;
};

/// Enough answers, but the skill is weak or does not come.
/// `practised` is where it shows; `root` the prerequisite to begin with, the same skill if none.
Advice struggling_advice(const SkillMastery& mastery, const SkillRecord& record,
                         const Text& practised, const Text& root);
/// `guesses` of the last `timed` timed answers were wrong and faster than reading takes.
Advice rapid_guessing_advice(int guesses, int timed);
/// Stopped `minutes` ago in the middle of a session.
Advice idle_advice(int minutes);
/// No answer for `days`; nullopt: none ever.
Advice absent_advice(std::optional<int> days);

}  // namespace meno
