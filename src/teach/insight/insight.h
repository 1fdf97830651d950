// Class insight: whom to see first, about what and why; and the heat map of a class.
//
// Kinds, each with its own chip, because they want different things from a teacher:
// - struggling: enough answers on a skill within `recent_days`, and either the skill is weak, or
//   `wrong_streak` wrong answers in a row, or `spinning_answers` answers with the estimate still
//   below `spinning_below` (wheel-spinning, Beck & Gong 2013, AIED). Where a prerequisite under it
//   is weak too, the suggestion is to begin with the lowest of those.
// - rapid_guessing: at least `rapid_least` rapid guesses among the last 20 answers, and at least
//   `rapid_share` of those that came with a response time.
// - idle: answered within `session_minutes`, stopped `idle_minutes` ago, while a classmate works
// on.
// - absent: no answer for `absent_days` (or none ever) although the class has been active since.
//
// Without times nobody is called idle or absent. One entry a student: the first kind, in the order
// above, that applies. The list goes by kind, then by urgency, then by the order given.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "domain/skill_graph.h"
#include "tutor/learning_record.h"
#include "tutor/mastery/mastery.h"

namespace meno {

enum class HelpKind { Struggling, RapidGuessing, Idle, Absent };

/// The kind in replies, e.g. "rapid_guessing".
std::string_view name_of(HelpKind kind);

struct InsightRules {
  std::size_t most = 10;
  double recent_days = 14.0;
  int wrong_streak = 4;
  std::uint32_t spinning_answers = 15;
  double spinning_below = 0.7;
  int rapid_least = 3;
  double rapid_share = 0.2;
  double idle_minutes = 5.0;
  double session_minutes = 45.0;
  double absent_days = 7.0;
};

/// One student of the class. `mastery` is [S], by skill id (mastery_of_all).
struct ClassMember {
  const LearningRecord& record;
  std::span<const SkillMastery> mastery;
};

struct NeedsHelp {
  std::size_t member = 0;  // index into the class as given
  HelpKind kind = HelpKind::Struggling;
  std::optional<SkillId> skill{};
  Text reason{};                     // one line; says "this student", never a name
  Text suggestion{};                 // what a teacher could do
  std::uint32_t evidence_count = 0;  // answers the reason rests on
  double urgency = 0.0;              // orders entries of one kind; larger is sooner
};

/// At most `rules.most` students, most urgent first.
std::vector<NeedsHelp> needs_help(std::span<const ClassMember> members, const SkillGraph& graph,
                                  std::span<const Text> skill_names, TimePoint now,
                                  const InsightRules& rules = {});

/// One cell per skill: p_mastery, or nothing where there is not enough evidence.
std::vector<std::optional<double>> heat_map_row(std::span<const SkillMastery> mastery);

}  // namespace meno
