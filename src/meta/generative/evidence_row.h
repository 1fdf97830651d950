// What a generator knows when a simulated student meets an item: counts of the course, and the
// student's own past. Nothing in a row names an item, a skill or a student.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/flat_map.h"
#include "domain/sequence.h"

namespace meno {

/// One row, in this order: 1; ease of the item and of its skills (logits, /2); how well the item is
/// known; the student's wins and fails on the skills and on the item, his last answer on the item
/// (+1, -1, 0), whether the item was just missed or just solved, answers so far; and, from
/// kOwnEvidence on, his ability so far, of late, and on the skills (logits, shrunk).
inline constexpr std::size_t kEvidence = 15;
/// Rows cut here say nothing of the student but what he did on the item and its skills.
inline constexpr std::size_t kOwnEvidence = 12;
using EvidenceRow = std::array<double, kEvidence>;

/// Answers and right ones of a course, per item and skill; rates are shrunk toward the skill's, and
/// those toward the course's, by five answers each (the choice of models/evidence).
class CourseCounts {
 public:
  void add(const Sequence& student);

  /// Logit of the rate of right answers on the item, and on its skills (mean over them).
  double item_ease(const Event& event) const;
  double skill_ease(std::span<const SkillId> skills) const;
  double answers_on(ItemId item) const;

 private:
  struct Count {
    double right = 0.0;
    double all = 0.0;
  };
  double skill_rate(std::span<const SkillId> skills) const;

  Count total_;
  FlatMap<std::uint32_t, Count> items_;
  FlatMap<std::uint32_t, Count> skills_;
};

/// One student's past, answer by answer.
class PastAnswers {
 public:
  /// `event.correct` is not read.
  EvidenceRow row(const CourseCounts& course, const Event& event) const;
  void observe(const CourseCounts& course, const Event& event);

 private:
  struct Past {
    double right = 0.0;
    double wrong = 0.0;
    double last = 0.0;      // +1 right, -1 wrong
    double residual = 0.0;  // sum of answer - p
    double spread = 0.0;    // sum of p (1 - p)
  };
  static double ability(const Past& past) { return past.residual / (1.0 + past.spread); }

  Past all_;
  double recent_ = 0.0;
  ItemId last_item_;
  FlatMap<std::uint32_t, Past> items_;
  FlatMap<std::uint32_t, Past> skills_;
};

/// A student as rows [T] and answers [T].
struct EncodedStudent {
  std::vector<EvidenceRow> rows;
  std::vector<double> correct;
};
EncodedStudent encoded_student(const CourseCounts& course, const Sequence& student,
                               std::size_t longest);

/// Each student under the counts of those before him, which is what a generator knows of a course
/// when it simulates somebody new: counts that hold his own answers, or lack only them, would give
/// them away. `longest` bounds the answers of a student, his first ones.
std::vector<EncodedStudent> encoded_in_turn(std::span<const Sequence> students,
                                            std::size_t longest);

}  // namespace meno
