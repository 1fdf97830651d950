// StudentState: everything the evidence keeps of one student. One small record per skill and item
// met, updated in O(1).
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/flat_map.h"
#include "domain/event.h"

namespace meno::evidence {

/// A mean in which every step back counts `decay` times less, shrunk to 0 by one
/// pseudo-observation.
struct DecayedMean {
  float sum = 0.0F;
  float weight = 0.0F;

  void add(float decay, float value) {
    weight = weight * decay + 1.0F;
    sum = sum * decay + value;
  }
  float mean() const { return sum / (weight + 1.0F); }
};

inline constexpr std::array kStudentDecays{.5F, .7F, .9F, .97F, .99F};
inline constexpr std::array kSkillDecays{.4F, .7F, .9F, .98F};
inline constexpr std::array kEloDecays{.7F, .95F};      // of residuals against the Elo forecast
inline constexpr std::array kContextDecays{.8F, .97F};  // of residuals against the context forecast

/// What the student did on one skill. For items with several skills the records of all of them are
/// averaged (`joined`).
struct SkillState {
  float answers = 0.0F;
  float right = 0.0F;
  int last = -1;                        // number of the student's last answer on it
  float streak = 0.0F;                  // right answers in a row; negative for wrong ones
  std::array<std::int8_t, 5> recent{};  // last five answers, newest first: 1, -1, 0 for none
  std::array<DecayedMean, 4> residual;
  std::array<DecayedMean, 2> elo_residual;
  std::array<float, 2> ability{};  // Elo, added to the student's own
  TimePoint at = kNoTime;
};

struct ItemState {
  std::int32_t answers = 0;
  std::int32_t right = 0;
  std::int32_t last = -1;
  std::array<std::int8_t, 2> recent{};
  TimePoint at = kNoTime;
};

/// One of the last answers.
struct PastAnswer {
  std::uint64_t item = 0;
  std::uint64_t skills = 0;  // skills_key
  bool right = false;
};

struct StudentState {
  FlatMap<std::uint32_t, SkillState> skills;
  FlatMap<std::uint32_t, ItemState> items;
  std::array<DecayedMean, 5> residual;
  std::array<DecayedMean, 2> elo_residual;
  std::array<DecayedMean, 2> context_residual;
  std::array<float, 2> ability{};
  float repeated = 0.0F;  // decayed share of answers on items met before
  int answers = 0;
  int right = 0;
  int streak = 0;
  int item_run = 0;  // how many times in a row the last item was answered
  int skill_run = 0;
  int wrong_run = 0;  // wrong answers within item_run
  std::array<PastAnswer, 3> past{};
  std::array<std::int8_t, 10> recent{};  // 1 right, -1 wrong, 0 none; newest first
  // Time, where the source has it.
  TimePoint at = kNoTime;
  int session_answers = 0;
  float log_response_mean = 0.0F;  // decayed mean of log seconds
  float log_response_last = 0.0F;  // last answer's deviation from it
  int responses = 0;
};

/// One number for a set of skills: the id for a single one, a hash for several, a constant for
/// none.
std::uint64_t skills_key(std::span<const SkillId> skills);

/// The student's record on a target's skills as one record: the record itself for one skill; for
/// several, means of the numbers and the recent answers of the skill practised last. A blank record
/// for skills not met yet.
SkillState joined(const StudentState& student, std::span<const SkillId> skills);

/// The forecasts made before an answer; the residuals against them are the evidence it leaves.
struct Forecast {
  float item = .5F;  // course rate of the item
  float elo_slow = .5F;
  float elo_fast = .5F;
  float context = .5F;
};

/// Takes one answer into account. `event.correct` may be soft: counts and residuals take the
/// fraction, runs and histories the rounded answer.
void observe(StudentState& student, const Event& event, const Forecast& forecast);

}  // namespace meno::evidence
