// Simulated students: made up, for demonstrations and tests, never to be mistaken for people. Each
// has abilities by strand, knowledge that rests on prerequisites, learns by practice, forgets,
// slips, guesses, and prefers some misconceptions.
//
// Model (logits throughout; ours, in the spirit of additive factors and of power-law forgetting):
//   know = prior + lasting + fresh            fresh decays with the days, half of it becomes
//   lasting p_solve = sigmoid(know - difficulty)      p_correct = guess + (1 - guess - slip)
//   p_solve
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/rng.h"

namespace meno {

struct PracticeSkill {
  std::size_t strand = 0;
  int grade = 5;                   // school year it is taught in
  std::vector<std::size_t> needs;  // prerequisites; smaller indices only
};

struct PracticeItem {
  std::size_t skill = 0;
  double difficulty = 0.0;                  // logits; 0 is a standard item
  int choices = 0;                          // 0: a typed number
  std::vector<std::size_t> misconceptions;  // one per wrong option
};

/// What is practised. Indices into the vectors are the ids used in answers.
struct PracticeCourse {
  std::vector<PracticeSkill> skills;  // every skill after its prerequisites
  std::vector<PracticeItem> items;    // at least one per skill
  std::size_t strands = 0;
  std::size_t misconceptions = 0;
};

enum class LearnerKind { Steady, Quick, Struggling, Forgetful, Careless, RapidGuesser, Idle };

/// e.g. "rapid guesser".
std::string_view name_of(LearnerKind kind);

/// A learner type: about half steady; rapid guessers and idlers are a minority (about 1 in 14
/// each).
LearnerKind draw_learner_kind(Rng& rng);

struct SimulatedAnswer {
  std::size_t item = 0;
  std::uint32_t variant = 0;
  bool correct = false;
  /// Which of the item's wrong options was given; nullopt when right, or wrong without a known
  /// reason.
  std::optional<std::size_t> wrong_option;
  TimePoint at = kNoTime;  // increasing
  std::int32_t response_ms = 0;
  std::int32_t hints_used = 0;
};

struct SimulatedStudent {
  LearnerKind kind = LearnerKind::Steady;
  std::vector<double> prior;  // [skills] knowledge before the first answer, logits
  std::vector<double> final;  // [skills] and after the last: what a perfect model would say
  std::vector<SimulatedAnswer> answers;
};

/// When and how much is practised.
struct PracticePlan {
  TimePoint begin = kNoTime;       // midnight before the first day
  int days = 42;                   // six weeks
  int grade = 7;                   // school year of the student
  double sessions_per_week = 4.0;  // of a steady student
  double answers_per_session = 8.0;
  double topic_share = 0.6;      // of the answers are on the week's topic of the class
  std::uint64_t class_seed = 1;  // students with one class seed have the same topics
};

/// Everything one student does. The same arguments give the same answers on every machine.
SimulatedStudent simulate_student(const PracticeCourse& course, const PracticePlan& plan,
                                  LearnerKind kind, Rng& rng);

}  // namespace meno
