#include "tutor/explain/explanation.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/attribution.h"
#include "tutor/explain/explanation_text.h"

namespace meno {
namespace {

/// A mean over more items than this moves in the third decimal of a logit only.
constexpr std::size_t kTypicalItems = 500;

constexpr std::array<std::string_view, 8> kAnswerPieces{
    "right_here",      "wrong_here",      "right_before", "wrong_before",
    "right_elsewhere", "wrong_elsewhere", "time",         "earlier"};
constexpr std::size_t kTime = 6;
constexpr std::size_t kEarlier = 7;

double logit_of(double p) { return std::log(p) - std::log1p(-p); }

double logit(const Tracker& tracker, Target target, TimePoint at) {
  target.at = at;
  double p = 0.5;
  tracker.p_correct({&target, 1}, {&p, 1});
  return logit_of(p);
}

double typical_logit(const Tracker& unknown, const TutorCourse& course) {
  const auto items = course.practisable();
  std::vector<Target> targets;
  const std::size_t stride = std::max<std::size_t>(1, items.size() / kTypicalItems);
  for (std::size_t k = 0; k < items.size(); k += stride)
    targets.push_back({.item = items[k], .skills = course.course().skills_of(items[k])});
  if (targets.empty()) return 0.0;
  std::vector<double> p(targets.size());
  unknown.p_correct(targets, p);
  double sum = 0.0;
  for (const double each : p) sum += logit_of(each);
  return sum / static_cast<double>(p.size());
}

bool share_a_skill(std::span<const SkillId> a, std::span<const SkillId> b) {
  return std::any_of(a.begin(), a.end(), [b](SkillId skill) {
    return std::find(b.begin(), b.end(), skill) != b.end();
  });
}

/// The history once more, each answer counted for what it changed.
class Replay {
 public:
  Replay(const OnlineModel& model, const Target& target, const TutorCourse& course)
      : tracker_(model.new_student()), target_(target), last_(logit(*tracker_, target, target.at)) {
    for (const SkillId skill : target.skills) {
      const auto before = course.graph().ancestors(skill);
      builds_on_.insert(builds_on_.end(), before.begin(), before.end());
    }
  }

  /// Answers that count as one.
  void take_together(std::span<const PastEvent> events) {
    if (events.empty()) return;
    for (const PastEvent& past : events) tracker_->observe(past.event);
    add(kEarlier, logit(*tracker_, target_, events.back().event.at));
  }

  void take(const PastEvent& past) {
    add(kTime, logit(*tracker_, target_, past.event.at));
    tracker_->observe(past.event);
    const double change = add(piece_of(past.event), logit(*tracker_, target_, past.event.at));
    telling_.push_back({.attempt = {.event_id = past.id,
                                    .item = past.event.item,
                                    .correct = past.event.correct >= 0.5F,
                                    .at = past.event.at},
                        .logit = change});
  }

  /// Nothing more comes: `now` is the logit of the prediction.
  std::array<double, kAnswerPieces.size()> end(double now) {
    add(kTime, now);
    return sums_;
  }

  std::vector<TellingAnswer> telling() {
    const std::size_t count = std::min(kTellingAnswers, telling_.size());
    std::partial_sort(telling_.begin(), telling_.begin() + static_cast<std::ptrdiff_t>(count),
                      telling_.end(), [](const TellingAnswer& a, const TellingAnswer& b) {
                        return std::abs(a.logit) > std::abs(b.logit);
                      });
    telling_.resize(count);
    return std::move(telling_);
  }

 private:
  double add(std::size_t piece, double logit) {
    const double change = logit - last_;
    sums_[piece] += change;
    last_ = logit;
    return change;
  }

  std::size_t piece_of(const Event& event) const {
    const std::size_t wrong = event.correct >= 0.5F ? 0 : 1;
    if (share_a_skill(event.skills, target_.skills)) return wrong;
    return (share_a_skill(event.skills, builds_on_) ? 2 : 4) + wrong;
  }

  std::unique_ptr<Tracker> tracker_;
  Target target_;
  double last_;
  std::vector<SkillId> builds_on_;
  std::array<double, kAnswerPieces.size()> sums_{};
  std::vector<TellingAnswer> telling_;
};

Contribution named(std::string_view piece, double logit) {
  return {.piece = piece, .name = name_of_piece(piece), .logit = logit};
}

std::vector<Contribution> by_evidence(const Tracker& tracker, const Target& target,
                                      double difficulty) {
  std::vector<Contribution> made;
  const FeatureAttribution* const explains = attribution_of(tracker);
  if (explains == nullptr) return made;
  std::vector<double> logits(explains->pieces().size());
  explains->attribute(target, logits);
  made.push_back(named("item_difficulty", difficulty));
  for (std::size_t g = 0; g < logits.size(); ++g)
    made.push_back(named(explains->pieces()[g], logits[g]));
  return made;
}

double p_of(double logit) { return 1.0 / (1.0 + std::exp(-logit)); }

}  // namespace

Explanation explain(const OnlineModel& model, const Tracker& tracker,
                    std::span<const PastEvent> history, const Target& target,
                    const TutorCourse& course) {
  const auto unknown = model.new_student();
  Explanation made;
  made.typical = typical_logit(*unknown, course);
  made.p_typical = p_of(made.typical);
  const double of_unknown = logit(*unknown, target, target.at);
  made.difficulty = of_unknown - made.typical;
  made.logit = logit(tracker, target, target.at);
  made.p_correct = p_of(made.logit);
  made.text = explanation_text(made.p_typical, p_of(of_unknown), made.p_correct,
                               course.item_name(target.item));
  made.by_evidence = by_evidence(tracker, target, made.difficulty);

  Replay replay(model, target, course);
  const std::size_t earlier =
      history.size() > kReplayedAnswers ? history.size() - kReplayedAnswers : 0;
  replay.take_together(history.first(earlier));
  for (const PastEvent& past : history.subspan(earlier)) replay.take(past);
  const auto sums = replay.end(made.logit);
  made.by_answer.push_back(named("item_difficulty", made.difficulty));
  for (std::size_t k = 0; k < sums.size(); ++k)
    if (sums[k] != 0.0) made.by_answer.push_back(named(kAnswerPieces[k], sums[k]));
  made.telling = replay.telling();
  return made;
}

}  // namespace meno
