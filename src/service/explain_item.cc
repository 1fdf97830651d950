#include "service/explain_item.h"

#include <utility>

#include <fmt/format.h>

namespace meno {
namespace {

/// A student at one moment, apart from the one who goes on answering.
struct Still {
  std::shared_ptr<const LiveCourse> course;
  std::unique_ptr<Tracker> tracker;
  LearningRecord record;
  std::uint64_t last_seq = 0;
  TimePoint now = kNoTime;

  Learner learner() const { return {.tracker = *tracker, .record = record, .now = now}; }
};

Result<Still> still(Services& services, std::string_view course_id, std::string_view student_id) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> course, services.courses.find(course_id));
  MENO_TRY(const std::shared_ptr<LiveStudent> student, services.students.find(course, student_id));
  Still copy;
  MENO_TRY_DONE(student->now([&](const LearnerState& state) {
    copy.course = state.course();
    copy.tracker = state.tracker().clone();
    copy.record = state.record();
    copy.last_seq = state.last_seq();
    copy.now = services.clock.now();
  }));
  return copy;
}

Result<ItemId> practisable_item(const LiveCourse& course, std::string_view id) {
  MENO_TRY(const ItemId item, course.find_item(id));
  if (course.skills_of(item).empty())
    return invalid_input(fmt::format("item \"{}\" has no skill, expected one or more", id));
  return item;
}

Target target_of(const Still& student, ItemId item) {
  return {.item = item, .skills = student.course->skills_of(item), .at = student.now};
}

/// The answers that made up `student`.
Result<std::vector<PastEvent>> past_of(Services& services, const Still& student,
                                       std::string_view student_id) {
  MENO_TRY(const std::vector<StoredAnswer> answers,
           services.store.answers().history(student.course->id(), student_id));
  std::vector<PastEvent> past;
  past.reserve(answers.size());
  for (const StoredAnswer& answer : answers) {
    if (answer.seq > student.last_seq) break;  // came after the moment
    past.push_back({.event = event_of(answer, *student.course), .id = answer.event_id});
  }
  return past;
}

/// The item that is asked about becomes the choice; what is recommended is noted beside it.
Result<Recommendation> choice_of(const Still& student, std::string_view item_id,
                                 ItemExplanation& made) {
  const TutorCourse& tutor = student.course->tutor();
  const Learner learner = student.learner();
  std::vector<Recommendation> best = next_items(learner, tutor, tutor.practisable(), 1);
  if (best.empty())
    return invalid_input(fmt::format("course \"{}\" has no item with a skill, expected one or more",
                                     student.course->id()));
  made.recommended = best.front().item;
  if (item_id.empty()) return std::move(best.front());
  MENO_TRY(const ItemId item, practisable_item(*student.course, item_id));
  if (item == made.recommended) return std::move(best.front());
  NextItemRules rules;
  rules.most_trials = 0;
  return std::move(next_items(learner, tutor, {&item, 1}, 1, rules).front());
}

}  // namespace

Result<ItemExplanation> explain_item(Services& services, const ExplainItem& ask) {
  MENO_TRY(const Still student, still(services, ask.course_id, ask.student_id));
  ItemExplanation made;
  made.course = student.course;
  MENO_TRY(Recommendation choice, choice_of(student, ask.item_id, made));
  made.item = choice.item;
  made.reason = std::move(choice.reason);
  MENO_TRY(const std::vector<PastEvent> past, past_of(services, student, ask.student_id));
  const Target target = target_of(student, made.item);
  const TutorCourse& tutor = student.course->tutor();
  made.explanation =
      explain(*student.course->served().model, *student.tracker, past, target, tutor);
  const Learner learner = student.learner();
  made.if_right = what_if(learner, tutor, {.items = {&target, 1}, .correct = true});
  made.if_wrong = what_if(learner, tutor, {.items = {&target, 1}, .correct = false});
  return made;
}

Result<WhatIfReply> what_if(Services& services, const WhatIfAsk& ask) {
  if (ask.skill_id.empty() == ask.item_id.empty())
    return invalid_input("expected exactly one of a skill and an item");
  if (ask.answers < 1 || ask.answers > kMostSupposed)
    return invalid_input(fmt::format("{} answers, expected 1 to {}", ask.answers, kMostSupposed));
  MENO_TRY(const Still student, still(services, ask.course_id, ask.student_id));
  const TutorCourse& tutor = student.course->tutor();
  std::vector<Target> items;
  if (ask.skill_id.empty()) {
    MENO_TRY(const ItemId item, practisable_item(*student.course, ask.item_id));
    items.push_back(target_of(student, item));
  } else {
    const std::optional<SkillId> skill = student.course->skill(ask.skill_id);
    if (!skill) {
      return not_found(fmt::format("skill \"{}\", expected a skill of course \"{}\"", ask.skill_id,
                                   student.course->id()));
    }
    const auto probes = tutor.probes().of(*skill);
    items.assign(probes.begin(), probes.end());
    if (items.empty()) {
      return invalid_input(
          fmt::format("skill \"{}\" has no item, so nothing can be answered on it", ask.skill_id));
    }
  }
  return WhatIfReply{
      .course = student.course,
      .what = what_if(student.learner(), tutor,
                      {.items = items, .answers = ask.answers, .correct = ask.correct})};
}

}  // namespace meno
