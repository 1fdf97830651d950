// The logging policy: which skill comes next in the records, learnt from students other than those
// who are replayed. Nobody wrote down how likely each choice was, so the propensities that replay
// divides by are estimates.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "domain/sequence.h"

namespace meno {

/// The skill that an answer is about: its first; unknown where it has none.
inline SkillId skill_of(const Event& event) {
  return event.skills.empty() ? SkillId() : event.skills.front();
}

/// Where a student stands when the next skill is chosen.
struct ChoiceContext {
  SkillId last;        // answered just before
  bool right = false;  // was that answer
  int run = 1;         // answers in a row on that skill, this one among them
};

/// After an answer to a skill that follows `before`.
inline ChoiceContext after(const ChoiceContext& before, const Event& event) {
  const SkillId skill = skill_of(event);
  return {.last = skill,
          .right = event.correct >= 0.5F,
          .run = skill == before.last ? before.run + 1 : 1};
}

/// P(next skill | context, skills met so far) as a mixture: the same skill again; what usually
/// follows the last skill; a skill met before, alike; any skill by how often it is answered. The
/// weights differ with the context, since a wrong answer is often tried again and a skill is left
/// after some right ones: fitted by expectation maximisation (Dempster, Laird & Rubin 1977) on one
/// student in five, whose transitions are not counted.
class LoggingPolicy {
 public:
  /// `students` need not be in any order. Answers without a skill are passed over.
  LoggingPolicy(std::size_t skills, std::span<const Sequence> students);

  /// P(skill) for every skill, [S], summing to 1. `met[s]`: was it answered before; the context's
  /// last skill is one of those.
  std::vector<double> next(const ChoiceContext& context, const std::vector<bool>& met) const;

 private:
  using Parts = std::array<double, 4>;
  Parts parts(std::size_t skill, std::size_t last, const std::vector<bool>& met,
              double met_count) const;
  void count(const Sequence& student);
  void fit_weights(std::span<const Sequence> students);

  std::size_t skills_;
  std::vector<std::vector<double>> follows_;  // [S, S] times t followed s, s != t
  std::vector<double> left_;                  // [S] times s was followed by another
  std::vector<double> popular_;               // [S] times answered, + 1
  double answers_ = 0.0;                      // their sum
  static constexpr std::size_t kContexts = 8;
  static std::size_t number_of(const ChoiceContext& context);
  std::array<Parts, kContexts> weights_;
};

}  // namespace meno
