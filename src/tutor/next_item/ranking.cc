#include "tutor/next_item/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/check.h"

namespace meno {
namespace {

constexpr double kGapValue = 1.0;
constexpr double kReviewBase = 0.4;
constexpr double kReviewRange = 0.6;
constexpr double kPracticeBase = 0.6;
constexpr double kPracticeRange = 0.3;
constexpr double kExploreBase = 0.5;
constexpr double kExplorePerAnswer = 0.05;
constexpr double kStretchValue = 0.2;
constexpr double kExploreWidening = 2.0;
constexpr double kUnknownReadiness = 0.8;
constexpr double kWeakReadiness = 0.25;
constexpr double kLeastFreshness = 0.02;
constexpr std::uint32_t kFreeRun = 2;
constexpr double kRunFactor = 0.8;
constexpr double kSameSkillFactor = 0.5;
constexpr double kLeastHalfLifeDays = 1.0;
constexpr double kMostHalfLifeDays = 270.0;

// One student against one course. Everything per skill is worked out once, before the candidates.
class Ranker {
 public:
  Ranker(const Snapshot& student, const TutorCourse& course, const NextItemRules& rules)
      : student_(student), course_(course), rules_(rules) {}

  Ranking rank(std::span<const ItemId> candidates, std::size_t count) {
    const std::vector<double> p_candidates = look(candidates);
    const std::size_t skills = course_.graph().skills();
    readiness_.resize(skills);
    variety_.resize(skills);
    result_.motives.resize(skills);
    for (std::size_t s = 0; s < skills; ++s) {
      readiness_[s] = readiness(SkillId(s));
      variety_[s] = variety(SkillId(s));
      result_.motives[s] = motive(SkillId(s));
    }
    std::vector<ScoredItem> scored;
    scored.reserve(candidates.size());
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      scored.push_back(score(candidates[c], c, p_candidates[c]));
    }
    keep_best(std::move(scored), count);
    return std::move(result_);
  }

 private:
  // Asks the model once for all probes and candidates; keeps the mastery, returns the candidates'
  // p.
  std::vector<double> look(std::span<const ItemId> candidates) {
    const Probes& probes = course_.probes();
    std::vector<Target> targets;
    for (std::size_t s = 0; s < probes.skills(); ++s) {
      const auto of_skill = probes.of(SkillId(s));
      targets.insert(targets.end(), of_skill.begin(), of_skill.end());
    }
    const std::size_t first_candidate = targets.size();
    targets.reserve(first_candidate + candidates.size());
    for (const ItemId item : candidates) {
      targets.push_back({.item = item, .skills = course_.course().skills_of(item)});
    }
    for (Target& target : targets) target.at = student_.now;
    std::vector<double> p_correct(targets.size());
    student_.tracker.p_correct(targets, p_correct);
    const std::span<const double> all(p_correct);
    std::size_t next = 0;
    for (std::size_t s = 0; s < probes.skills(); ++s) {
      const SkillId skill(s);
      const std::size_t count = probes.of(skill).size();
      result_.mastery.push_back(mastery_from(skill, all.subspan(next, count),
                                             student_.record.skill(skill), student_.now,
                                             rules_.mastery));
      next += count;
    }
    return {p_correct.begin() + static_cast<std::ptrdiff_t>(first_candidate), p_correct.end()};
  }

  MasteryState state(SkillId skill) const { return result_.mastery[skill.value].state; }

  double readiness(SkillId skill) const {
    const SkillMastery& here = result_.mastery[skill.value];
    const SkillRecord& record = student_.record.skill(skill);
    const bool copes = 2 * record.right > record.answers && here.answers > 0;
    double least = 1.0;
    for (const SkillId before : course_.graph().prerequisites(skill)) {
      if (state(before) == MasteryState::Weak) least = std::min(least, kWeakReadiness);
      if (state(before) == MasteryState::NotEnoughEvidence && !copes) {
        least = std::min(least, kUnknownReadiness);
      }
    }
    return least;
  }

  // .8 per answer beyond the second of an unbroken run on the skill.
  double variety(SkillId skill) const {
    const SkillRecord& record = student_.record.skill(skill);
    if (record.last_answer != student_.record.answers() || record.run <= kFreeRun) return 1.0;
    return std::pow(kRunFactor, record.run - kFreeRun);
  }

  // A skill that waits for `weak`: practised but not mastered, or with all its other prerequisites
  // in order. The first by id; unknown if none.
  SkillId waiting_for(SkillId weak) const {
    const auto dependents = course_.graph().dependents(weak);
    const auto waits = [&](SkillId after) {
      if (state(after) == MasteryState::Mastered) return false;
      if (student_.record.skill(after).answers > 0) return true;
      const auto before = course_.graph().prerequisites(after);
      return std::all_of(before.begin(), before.end(), [&](SkillId other) {
        return other == weak || state(other) == MasteryState::Learning ||
               state(other) == MasteryState::Mastered;
      });
    };
    const auto found = std::find_if(dependents.begin(), dependents.end(), waits);
    return found == dependents.end() ? SkillId() : *found;
  }

  Motive motive(SkillId skill) const {
    const SkillMastery& here = result_.mastery[skill.value];
    if (here.state == MasteryState::NotEnoughEvidence) {
      return {.code = ReasonCode::ExploreNotEnoughEvidence,
              .value = kExploreBase + kExplorePerAnswer * here.answers};
    }
    const Motive practice{.code = ReasonCode::PracticeZone,
                          .value = kPracticeBase + kPracticeRange * (1.0 - here.p_mastery)};
    if (here.state == MasteryState::Weak) {
      const SkillId unlocks = waiting_for(skill);
      if (!unlocks.known()) return practice;
      return {.code = ReasonCode::PrerequisiteGap, .value = kGapValue, .unlocks = unlocks};
    }
    const Motive otherwise = here.state == MasteryState::Mastered
                                 ? Motive{.code = ReasonCode::Stretch, .value = kStretchValue}
                                 : practice;
    const double left = recall(student_.record.skill(skill), student_.now);
    const double review = kReviewBase + kReviewRange * (1.0 - left);
    if (left >= rules_.review_recall || review <= otherwise.value) return otherwise;
    return {.code = ReasonCode::ReviewForgetting, .value = review};
  }

  double fit(double p_correct, ReasonCode code) const {
    const double target = code == ReasonCode::Stretch ? rules_.stretch_target : rules_.target;
    const double wide = code == ReasonCode::ExploreNotEnoughEvidence ? kExploreWidening : 1.0;
    const double off = (p_correct - target) / (rules_.width * wide);
    return 1.0 / (1.0 + off * off);
  }

  double freshness(ItemId item) const {
    const ItemRecord& record = student_.record.item(item);
    if (record.times == 0) return 1.0;
    const double since = static_cast<double>(student_.record.answers() - record.last_answer);
    return std::clamp(since / std::max(1, rules_.repeat_gap), kLeastFreshness, 1.0);
  }

  ScoredItem score(ItemId item, std::size_t candidate, double p_correct) const {
    const auto skills = course_.course().skills_of(item);
    MENO_CHECK(!skills.empty(), "a candidate without a skill");
    SkillId focus = skills.front();
    double ready = 1.0;
    for (const SkillId skill : skills) {
      ready = std::min(ready, readiness_[skill.value]);
      if (result_.mastery[skill.value].p_mastery < result_.mastery[focus.value].p_mastery) {
        focus = skill;
      }
    }
    const Motive& why = result_.motives[focus.value];
    return {.candidate = candidate,
            .p_correct = p_correct,
            .score = why.value * fit(p_correct, why.code) * ready * freshness(item) *
                     variety_[focus.value],
            .focus = focus};
  }

  // Greedy: a skill that is already in the list counts half, then a quarter, and so on.
  void keep_best(std::vector<ScoredItem> scored, std::size_t count) {
    std::vector<double> factor(readiness_.size(), 1.0);
    std::vector<bool> taken(scored.size(), false);
    for (std::size_t k = 0; k < std::min(count, scored.size()); ++k) {
      std::size_t best = scored.size();
      double best_score = -1.0;
      for (std::size_t c = 0; c < scored.size(); ++c) {
        const double now = scored[c].score * factor[scored[c].focus.value];
        if (taken[c] || now <= best_score) continue;
        best = c;
        best_score = now;
      }
      taken[best] = true;
      factor[scored[best].focus.value] *= kSameSkillFactor;
      scored[best].score = best_score;
      result_.best.push_back(scored[best]);
    }
  }

  const Snapshot& student_;
  const TutorCourse& course_;
  const NextItemRules& rules_;
  std::vector<double> readiness_;  // [S]
  std::vector<double> variety_;    // [S]
  Ranking result_;
};

}  // namespace

// Source of the form: Settles & Meeder 2016, half-life regression.
double recall(const SkillRecord& record, TimePoint now) {
  if (record.last_at == kNoTime || now == kNoTime || now <= record.last_at) return 1.0;
  const double days =
      std::chrono::duration<double, std::ratio<86400>>(now - record.last_at).count();
  const double right = record.right;
  const double wrong = record.answers - record.right;
  const double half_life =
      std::clamp(std::exp2(1.0 + std::sqrt(1.0 + right) - std::sqrt(1.0 + wrong)),
                 kLeastHalfLifeDays, kMostHalfLifeDays);
  return std::exp2(-days / half_life);
}

Ranking rank(const Snapshot& student, const TutorCourse& course, std::span<const ItemId> candidates,
             std::size_t count, const NextItemRules& rules) {
  return Ranker(student, course, rules).rank(candidates, count);
}

}  // namespace meno
