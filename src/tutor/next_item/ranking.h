// Ranking: the arithmetic of next_item.h, apart from its words: one look at a student, then scores.
#pragma once

#include <span>
#include <vector>

#include "tutor/next_item/next_item.h"

namespace meno {

/// Why a skill is worth practising now, and how much.
struct Motive {
  ReasonCode code = ReasonCode::Stretch;
  double value = 0.0;
  SkillId unlocks{};  // prerequisite_gap only
};

/// A candidate with its score; `candidate` is its index in the list that was ranked.
struct ScoredItem {
  std::size_t candidate = 0;
  double p_correct = 0.5;
  double score = 0.0;
  SkillId focus;
};

/// A student seen at one moment: mastery and motive of every skill, score of every candidate.
struct Ranking {
  std::vector<SkillMastery> mastery;  // [S]
  std::vector<Motive> motives;        // [S]
  std::vector<ScoredItem> best;       // best first
};

/// What a ranking looks at: a student, real or supposed, at one moment.
struct Snapshot {
  const Tracker& tracker;
  const LearningRecord& record;
  TimePoint now = kNoTime;
};

/// Ranks `candidates` and keeps the best `count`.
Ranking rank(const Snapshot& student, const TutorCourse& course, std::span<const ItemId> candidates,
             std::size_t count, const NextItemRules& rules);

/// 2^(-days / h): the chance that what was learnt is still there. 1 without times.
double recall(const SkillRecord& record, TimePoint now);

}  // namespace meno
