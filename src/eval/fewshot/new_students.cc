#include "eval/fewshot/new_students.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace meno {
namespace {

/// Enough to choose a setting by; more cost time that the test needs.
constexpr std::size_t kValidStudents = 200;

std::vector<std::uint32_t> rows_between(std::size_t from, std::size_t to) {
  std::vector<std::uint32_t> rows;
  for (std::size_t t = from; t < to; ++t) rows.push_back(static_cast<std::uint32_t>(t));
  return rows;
}

FewShotTask task_of(StudentId student, const Sequence& history, const Stage& stage, bool late) {
  const std::size_t end = std::min(history.size(), stage.to);
  FewShotQuery query{
      .student = student,
      .window = {.events = late ? history : history.part(0, end), .from = stage.from},
      .rows = {rows_between(stage.from, end)}};
  if (late) query.rows.push_back(rows_between(std::max(kLate, stage.from), history.size()));
  FewShotTask task{.support = {}, .queries = {std::move(query)}};
  if (stage.answers > 0) task.support.push_back({.events = history.part(0, stage.answers)});
  return task;
}

std::vector<FewShotTask> tasks_of(const SplitSource& source, std::span<const Stretch> role,
                                  const Stage& stage, bool late, std::size_t at_most) {
  std::vector<FewShotTask> tasks;
  for (const Stretch& stretch : role) {
    const Sequence history = source.students[stretch.student.value].part(0, stretch.to);
    if (history.size() <= stage.from || tasks.size() >= at_most) continue;
    tasks.push_back(task_of(stretch.student, history, stage, late));
  }
  return tasks;
}

}  // namespace

Result<Round> student_round(const SplitSource& source, const Split& split, const Stage& stage,
                            bool late, std::shared_ptr<const StudentModel> model) {
  Round round{.answers = stage.answers,
              .bands = late ? std::size_t{2} : std::size_t{1},
              .model = std::move(model),
              .valid = tasks_of(source, split.valid, stage, false, kValidStudents),
              .test = tasks_of(source, split.test, stage, late, split.test.size())};
  if (!round.test.empty()) return round;
  return invalid_input(
      fmt::format("answers {}: none of {} test students has more than {} answers, expected one",
                  stage.answers, split.test.size(), stage.from));
}

}  // namespace meno
