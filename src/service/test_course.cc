#include "service/test_course.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "domain/dataset.h"
#include "service/simulated_data.h"
#include "store/store.h"

namespace meno {
namespace {

/// The latest answer to every item, oldest first.
AnswerSheet latest(AnswerSheet all) {
  std::unordered_set<ItemId> seen;
  AnswerSheet kept;
  for (auto answer = all.rbegin(); answer != all.rend(); ++answer)
    if (seen.insert(answer->item).second) kept.push_back(*answer);
  std::reverse(kept.begin(), kept.end());
  return kept;
}

AnswerSheet earliest(const AnswerSheet& all) {
  std::unordered_set<ItemId> seen;
  AnswerSheet kept;
  for (const SheetAnswer& answer : all)
    if (seen.insert(answer.item).second) kept.push_back(answer);
  return kept;
}

Result<TestCourse> from_dataset(const TestCourseAsk& ask) {
  MENO_TRY(const Dataset dataset, Dataset::open(ask.data));
  TestCourse made{.course = dataset.course(), .simulated = is_simulated(dataset)};
  for (const std::string& name : made.course.items.names())
    made.item_names.push_back(same_text(name));
  for (const std::string& name : made.course.skills.names())
    made.skill_names.push_back(same_text(name));
  bool found = ask.student.empty();
  for (std::size_t s = 0; s < dataset.students(); ++s) {
    const StudentId id(s);
    const Sequence answers = dataset.sequence(id);
    if (ask.student.empty() || dataset.student_name(id) != ask.student) {
      made.others.push_back(first_attempts(answers));
      continue;
    }
    found = true;
    for (std::size_t t = 0; t < answers.size(); ++t)
      made.own.push_back({answers[t].item, answers[t].correct > 0.5F});
    made.own = latest(std::move(made.own));
  }
  if (!found)
    return not_found(fmt::format("student \"{}\" is not in {}", ask.student, ask.data.string()));
  return made;
}

Result<std::string> course_of(Store& store, const TestCourseAsk& ask) {
  if (!ask.course.empty()) return ask.course;
  MENO_TRY(const std::vector<CourseSummary> all, store.courses().list());
  if (all.size() == 1) return all.front().id;
  return invalid_input(
      fmt::format("the store has {} courses, expected one or --course", all.size()));
}

void name_course(const StoredCourse& stored, TestCourse& made) {
  made.course.name = stored.id;
  made.simulated = stored.simulated;
  for (const StoredSkill& skill : stored.skills) {
    made.course.skills.intern(skill.id);
    made.skill_names.push_back(skill.name);
  }
  for (const StoredItem& item : stored.items) {
    made.course.items.intern(item.id);
    made.item_names.push_back(item.title);
    std::vector<SkillId>& skills = made.course.item_skills.emplace_back();
    for (const std::string& id : item.skills) skills.push_back(*made.course.skills.find(id));
    std::sort(skills.begin(), skills.end());
    skills.erase(std::unique(skills.begin(), skills.end()), skills.end());
  }
}

Result<AnswerSheet> stored_sheet(Store& store, const TestCourse& made, const std::string& student) {
  AnswerSheet sheet;
  MENO_TRY(const std::vector<StoredAnswer> answers,
           store.answers().history(made.course.name, student));
  for (const StoredAnswer& answer : answers)
    if (const auto item = made.course.items.find(answer.item_id))
      sheet.push_back({*item, answer.correct > 0.5});
  return sheet;
}

Result<TestCourse> from_store(const TestCourseAsk& ask) {
  if (!store_is_there(ask.store.string()))
    return not_found(fmt::format("{} is not there, expected a store", ask.store.string()));
  MENO_TRY(const std::unique_ptr<Store> store, open_store(ask.store.string()));
  MENO_TRY(const std::string course, course_of(*store, ask));
  return stored_test_course(*store, course, ask.student);
}

}  // namespace

Result<TestCourse> stored_test_course(Store& store, const std::string& course,
                                      const std::string& student) {
  MENO_TRY(const StoredCourse stored, store.courses().find(course));
  TestCourse made;
  name_course(stored, made);
  if (!stored.content.empty()) {
    MENO_TRY(made.content, ItemBank::load(stored.content, course));
  }
  if (!student.empty()) {
    MENO_TRY(const std::optional<StoredStudent> known, store.students().find(course, student));
    if (!known) {
      return not_found(
          fmt::format("student \"{}\" is not enrolled in course \"{}\"", student, course));
    }
  }
  MENO_TRY(const std::vector<StoredStudent> students, store.students().of_course(course));
  for (const StoredStudent& each : students) {
    MENO_TRY(AnswerSheet sheet, stored_sheet(store, made, each.id));
    if (each.id == student)
      made.own = latest(std::move(sheet));
    else
      made.others.push_back(earliest(sheet));
  }
  return made;
}

Result<TestCourse> load_test_course(const TestCourseAsk& ask) {
  if (ask.data.empty() == ask.store.empty())
    return invalid_input("expected a dataset folder or --store, and not both");
  return ask.data.empty() ? from_store(ask) : from_dataset(ask);
}

}  // namespace meno
