// Explanation: what one prediction is made of, in logits of P(right), so that every number adds up.
//
//   logit(prediction) = typical + difficulty + what the student has shown
//
// typical: the mean logit over the course's items for a student of whom nothing is known;
// difficulty: this item's logit for such a student, less that. What the student has shown is
// divided twice, each division summing to the same whole:
// - by evidence, where the model sees named evidence (models/attribution.h): Shapley values;
// - by answer, for every model: answers are of five kinds (right or wrong on the item's skills, on
//   what these build on, right or wrong elsewhere). The history is replayed with every choice of
//   kinds left in, in their order, and each kind gets its Shapley value of the logit at the time of
//   the last answer; what has changed since then is the time's:
//     logit(h, now) - logit(nothing) = sum over kinds phi + logit(h, now) - logit(h, at the last).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/text.h"
#include "models/tracker.h"
#include "tutor/learning_record.h"
#include "tutor/tutor_course.h"

namespace meno {

/// One named piece, e.g. {"wrong_here", -0.41}.
struct Contribution {
  std::string_view piece;
  Text name;           // what a teacher calls it
  double logit = 0.0;  // above 0: for a right answer
};

/// An answer without which the prediction would be another.
struct TellingAnswer {
  Attempt attempt;
  double logit = 0.0;  // with it, less without it
};

struct Explanation {
  double p_typical = 0.5;   // of the baseline, as a probability
  double typical = 0.0;     // and as a logit
  double difficulty = 0.0;  // of this item, over it
  double p_correct = 0.5;   // of the prediction
  double logit = 0.0;       // and as a logit
  Text text;                // the three of them in a sentence
  /// Everything but `typical`, so "item_difficulty" first. Empty for models without named evidence.
  std::vector<Contribution> by_evidence;
  std::vector<Contribution> by_answer;
  std::vector<TellingAnswer> telling;  // up to kTellingAnswers, the largest first
};

inline constexpr std::size_t kTellingAnswers = 3;
/// Of so many last answers on the item's skills, or on what they build on.
inline constexpr std::size_t kTriedAnswers = 20;
/// Older answers than so many are one piece, "earlier": the others are replayed some 50 times.
inline constexpr std::size_t kReplayedAnswers = 1000;

/// A past answer as it is replayed; `event.skills` must outlive the call.
struct PastEvent {
  Event event;
  std::string id;
};

/// What `tracker`, in which `history` [T >= 0] ended up, says of `target`; `model` made it.
/// O(T + items of the course, a sample of them where there are many).
Explanation explain(const OnlineModel& model, const Tracker& tracker,
                    std::span<const PastEvent> history, const Target& target,
                    const TutorCourse& course);

}  // namespace meno
