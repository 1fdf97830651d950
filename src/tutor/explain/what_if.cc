#include "tutor/explain/what_if.h"

#include <algorithm>
#include <memory>

namespace meno {
namespace {

std::vector<SkillId> skills_of(std::span<const Target> items) {
  std::vector<SkillId> skills;
  for (const Target& item : items)
    skills.insert(skills.end(), item.skills.begin(), item.skills.end());
  std::sort(skills.begin(), skills.end());
  skills.erase(std::unique(skills.begin(), skills.end()), skills.end());
  return skills;
}

double p_of(const Tracker& tracker, Target target, TimePoint now) {
  target.at = now;
  double p = 0.5;
  tracker.p_correct({&target, 1}, {&p, 1});
  return p;
}

}  // namespace

WhatIf what_if(const Learner& learner, const TutorCourse& course, const Supposed& supposed) {
  const std::vector<SkillId> skills = skills_of(supposed.items);
  WhatIf made;
  made.answers = supposed.answers;
  made.correct = supposed.correct;
  made.before = mastery_of(skills, learner.tracker, learner.record, course.probes(), learner.now);
  made.p_before = p_of(learner.tracker, supposed.items.front(), learner.now);

  const std::unique_ptr<Tracker> tracker = learner.tracker.clone();
  LearningRecord record = learner.record;
  for (int n = 0; n < supposed.answers; ++n) {
    const Target& item = supposed.items[static_cast<std::size_t>(n) % supposed.items.size()];
    const Event event{.item = item.item,
                      .skills = item.skills,
                      .correct = supposed.correct ? 1.0F : 0.0F,
                      .at = learner.now};
    tracker->observe(event);
    record.observe(event, {});
  }
  made.after = mastery_of(skills, *tracker, record, course.probes(), learner.now);
  made.p_after = p_of(*tracker, supposed.items.front(), learner.now);
  NextItemRules rules;
  rules.most_trials = 0;
  made.next = next_items({.tracker = *tracker, .record = record, .now = learner.now}, course,
                         course.practisable(), 1, rules);
  return made;
}

}  // namespace meno
