#include "tutor/explain/explanation.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/shapley.h"
#include "models/attribution.h"
#include "tutor/explain/explanation_text.h"

namespace meno {
namespace {

/// A mean over more items than this moves in the third decimal of a logit only.
constexpr std::size_t kTypicalItems = 500;

/// Kinds of answers, then what is not one of them.
constexpr std::array<std::string_view, 5> kKinds{"right_here", "wrong_here", "builds_on",
                                                 "right_elsewhere", "wrong_elsewhere"};
constexpr std::size_t kBuildsOn = 2;
constexpr std::size_t kElsewhere = 3;
constexpr std::size_t kEveryKind = (std::size_t{1} << kKinds.size()) - 1;

/// A model may round to certainty, which has no logit.
double logit_of(double p) {
  const double unsure = std::clamp(p, 1e-12, 1.0 - 1e-12);
  return std::log(unsure) - std::log1p(-unsure);
}

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

/// The history once more, with some of it left out.
class Replay {
 public:
  Replay(const OnlineModel& model, std::span<const PastEvent> history, const Target& target,
         const TutorCourse& course)
      : earlier_(model.new_student()),
        target_(target),
        at_(history.empty() ? target.at : history.back().event.at) {
    const std::size_t first =
        history.size() > kReplayedAnswers ? history.size() - kReplayedAnswers : 0;
    for (const PastEvent& past : history.first(first)) earlier_->observe(past.event);
    recent_ = history.subspan(first);
    std::vector<SkillId> builds_on;
    for (const SkillId skill : target.skills) {
      const auto before = course.graph().ancestors(skill);
      builds_on.insert(builds_on.end(), before.begin(), before.end());
    }
    for (const PastEvent& past : recent_) kind_.push_back(kind_of(past.event, builds_on));
  }

  /// With the answers before those that are replayed alone.
  double earlier() const { return logit(*earlier_, target_, at_); }

  /// [kKinds]
  std::array<double, kKinds.size()> by_kind() const {
    std::array<double, kEveryKind + 1> value{};
    for (std::size_t kinds = 0; kinds <= kEveryKind; ++kinds) value[kinds] = replayed(kinds);
    std::array<double, kKinds.size()> shares{};
    shapley(value, shares);
    return shares;
  }

  /// Those of the last on the item's skills, or on what they build on, that tell most.
  std::vector<TellingAnswer> telling() const {
    std::vector<TellingAnswer> found;
    const double whole = replayed(kEveryKind);
    for (std::size_t t = recent_.size(); t-- > 0 && found.size() < kTriedAnswers;) {
      if (kind_[t] >= kElsewhere) continue;
      const PastEvent& past = recent_[t];
      found.push_back({.attempt = {.event_id = past.id,
                                   .item = past.event.item,
                                   .correct = past.event.correct >= 0.5F,
                                   .at = past.event.at},
                       .logit = whole - replayed(kEveryKind, t)});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const TellingAnswer& a, const TellingAnswer& b) {
                       return std::abs(a.logit) > std::abs(b.logit);
                     });
    found.resize(std::min(kTellingAnswers, found.size()));
    return found;
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::size_t kind_of(const Event& event, std::span<const SkillId> builds_on) const {
    const std::size_t wrong = event.correct >= 0.5F ? 0 : 1;
    if (share_a_skill(event.skills, target_.skills)) return wrong;
    return share_a_skill(event.skills, builds_on) ? kBuildsOn : kElsewhere + wrong;
  }

  /// The logit at the last answer after those of `kinds`, less the one at `without`.
  double replayed(std::size_t kinds, std::size_t without = kNone) const {
    const std::unique_ptr<Tracker> tracker = earlier_->clone();
    for (std::size_t t = 0; t < recent_.size(); ++t) {
      if ((kinds >> kind_[t] & 1U) != 0 && t != without) tracker->observe(recent_[t].event);
    }
    return logit(*tracker, target_, at_);
  }

  std::unique_ptr<Tracker> earlier_;
  Target target_;
  TimePoint at_;
  std::span<const PastEvent> recent_;
  std::vector<std::size_t> kind_;  // of each of recent_
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

  const Replay replay(model, history, target, course);
  const auto shares = replay.by_kind();
  const double earlier = replay.earlier();
  made.by_answer.push_back(named("item_difficulty", made.difficulty));
  const auto add = [&](std::string_view piece, double logit) {
    if (logit != 0.0) made.by_answer.push_back(named(piece, logit));
  };
  double then = earlier;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    add(kKinds[k], shares[k]);
    then += shares[k];
  }
  add("earlier", earlier - of_unknown);
  add("time", made.logit - then);
  made.telling = replay.telling();
  return made;
}

}  // namespace meno
