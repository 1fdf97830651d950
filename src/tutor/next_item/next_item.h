// Next item: ranks what a student could practise now, best first, and says why in words that can be
// checked.
//
// score = value(motive) * fit * readiness * freshness * variety, each factor in [0, 1] but for the
// value of due_soon.
//
// motive: why the item's focus skill (the one of its skills with the lowest estimate) is worth
// practising. The most valuable of those that apply wins, and its code is the reason given:
// - due_soon, 1 + max(0, 1 - days left / 14), from 14 days before the date that a teacher set for
//   the skill, or for one that it comes before, until 14 days after: the skill is not mastered.
//   Past the date it is 2.
// - prerequisite_gap, 1: the skill is weak, and a skill already practised or next in line needs it.
// - review_forgetting, .4 + .6 (1 - recall): the skill is past weak, but its
//   recall = 2^(-days / h) has fallen below review_recall;
//   h = 2^(1 + sqrt(1 + right) - sqrt(1 + wrong)) days, kept within [1, 270].
// - practice_zone, .6 + .3 (1 - p_mastery): the skill is weak or being learnt.
// - explore_not_enough_evidence, .5 + .05 answers: what was begun is finished first.
// - stretch, .2: the skill is mastered; the reason that is left when everything is.
//
// fit: 1 / (1 + ((p_correct - target) / width)^2), highest where success is likely but not sure. A
// stretch aims lower; an exploration is judged twice as broadly, its p_correct being itself unsure.
//
// readiness: the least over the direct prerequisites of the item's skills. Mastered or learning 1,
// weak .25, not enough evidence .8 (1 once more than half of the answers on the skill were right).
//
// freshness: from .02 just after the item was answered to 1 after `repeat_gap` more answers; less
// where the student has put it off (feedback_record.h).
//
// variety: .8 for every answer in a row on the focus skill beyond the second, and halved for each
// item of the same focus skill that stands higher in the same list; times the student's interest in
// the skill (feedback_record.h).
//
// An order set by a teacher comes before all this: while one of its skills that has candidates is
// not mastered, only the items of the first such skill are ranked, and of them those that need no
// later skill of the order where there are any. The reason given is then teacher_order. A skill
// that is not mastered after `order_attempts` answers on it, or whose own date has passed, no
// longer holds the rest up: its turn is over, and the reason says so.
//
// Exploration by Thompson sampling: the candidates are ranked for a student drawn from what is
// believed of him (`Learner::sampled`). What that ranking puts higher than the usual one is given
// as explore_uncertain, with the usual estimates. Source: Thompson 1933, Biometrika 25.
//
// Sources: the zone of proximal development, Vygotsky 1978; the 85 % rule, Wilson, Shenhav,
// Straccia & Cohen 2019, Nature Communications 10:4646 (errors near 15.87 % teach a gradient
// learner most; the default target sits below it, since p_correct is itself an estimate);
// half-life regression, Settles & Meeder 2016, ACL (the form of h; its coefficients are ours);
// interleaving, Rohrer & Taylor 2007, Instructional Science 35. The values of the motives are
// choices of ours: an order among good reasons, to be replaced by measured gains once replays of
// logged practice allow it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "models/tracker.h"
#include "tutor/learning_record.h"
#include "tutor/mastery/mastery.h"
#include "tutor/next_item/feedback_record.h"
#include "tutor/tutor_course.h"

namespace meno {

enum class ReasonCode {
  PrerequisiteGap,
  PracticeZone,
  ReviewForgetting,
  ExploreNotEnoughEvidence,
  Stretch,
  DueSoon,
  TeacherOrder,
  ExploreUncertain,
};

/// The code in replies, e.g. "prerequisite_gap".
std::string_view name_of(ReasonCode code);

/// A date that a teacher set.
struct DueDate {
  TimePoint at = kNoTime;  // kNoTime: none
  SkillId skill{};         // the one it was set for, which may come after the one that has it
};

struct NextItemRules {
  double target = 0.78;  // the success rate aimed at; the learner's slider, sensible in [.5, .95]
  double width = 0.12;   // how quickly fit falls off around it
  double stretch_target = 0.6;  // aimed at when everything is mastered
  double review_recall = 0.7;   // below it a skill is due
  int repeat_gap = 15;          // answers until an item is as good as new
  int most_trials =
      3;  // supposed answers tried per direction for the counterfactual; 0 leaves it empty
  MasteryRules mastery{};
  std::span<const DueDate> due{};    // [S], or empty where no date is set
  std::span<const SkillId> order{};  // the teacher's, first to last
  int order_attempts = 40;           // answers on a skill of the order until its turn is over
};

/// One student at one moment. All referents must outlive the call.
struct Learner {
  const Tracker& tracker;
  const LearningRecord& record;
  TimePoint now = kNoTime;
  const FeedbackRecord* feedback = nullptr;  // null: none was given
  const Tracker* sampled = nullptr;          // a draw of the student, to explore; null: do not
};

/// Why an item was chosen: never a bare score.
struct Reason {
  ReasonCode code = ReasonCode::PracticeZone;
  SkillMastery mastery{};  // of the skill it is about
  SkillId unlocks{};  // prerequisite_gap: the skill that needs this one; due_soon: the one whose
                      // date it is
  TimePoint due = kNoTime;  // due_soon: the date
  SkillId passed_over{};    // teacher_order: the last skill before it whose turn ended unmastered
  Text text{};              // one or two sentences naming skill, estimate, band and evidence count
  std::vector<Attempt> evidence{};  // up to kKeptAttempts past answers on the skill, newest first
  Text counterfactual{};  // the smallest change found that would alter the choice, by trying it
};

struct Recommendation {
  ItemId item;
  double p_correct = 0.5;
  double score = 0.0;
  Reason reason;
};

/// The best `count` of `candidates` (each with at least one skill), best first; fewer when there
/// are fewer candidates. Equal scores go by the order of `candidates`. Predicts those candidates
/// whose score could matter (ranking.h); the counterfactual of the first costs up to 2 *
/// most_trials more rankings.
std::vector<Recommendation> next_items(const Learner& learner, const TutorCourse& course,
                                       std::span<const ItemId> candidates, std::size_t count,
                                       const NextItemRules& rules = {});

}  // namespace meno
