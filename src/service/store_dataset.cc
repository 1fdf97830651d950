#include "service/store_dataset.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "service/simulated_data.h"

namespace meno {
namespace {

constexpr std::size_t kBatch = 20000;

std::string id_of(const Course& course) {
  std::string id = course.name.empty() ? "course" : course.name;
  std::replace_if(
      id.begin(), id.end(),
      [](unsigned char c) { return std::isalnum(c) == 0 && c != '-' && c != '_' && c != '.'; },
      '-');
  return id;
}

StoredCourse stored(const Course& course, const std::string& id, bool simulated) {
  StoredCourse made{.id = id,
                    .name = same_text(course.name),
                    .simulated = simulated,
                    .content = {},
                    .skills = {},
                    .items = {}};
  for (const std::string& name : course.skills.names())
    made.skills.push_back({.id = name, .name = same_text(name), .strand = {}, .prerequisites = {}});
  for (std::size_t k = 0; k < course.items.size(); ++k) {
    const std::string& name = course.items.name(ItemId(k));
    StoredItem item{.id = name, .title = same_text(name), .skills = {}};
    for (const SkillId skill : course.skills_of(ItemId(k)))
      item.skills.push_back(course.skills.name(skill));
    made.items.push_back(std::move(item));
  }
  return made;
}

struct Given {
  Event event;
  std::size_t number = 1;
  TimePoint otherwise = kNoTime;  // when the event has no time
};

StoredAnswer stored(const Course& course, const std::string& course_id, const std::string& student,
                    const Given& given) {
  StoredAnswer answer;
  answer.event_id = fmt::format("{}/{}/{}", course_id, student, given.number);
  answer.course_id = course_id;
  answer.student_id = student;
  answer.item_id = course.items.name(given.event.item);
  answer.correct = given.event.correct;
  answer.answered_at = given.event.at == kNoTime ? given.otherwise : given.event.at;
  if (given.event.response_ms != kNoResponseTime) answer.response_ms = given.event.response_ms;
  answer.fingerprint = "imported";
  return answer;
}

}  // namespace

Result<std::string> store_dataset(Store& store, const Dataset& dataset, TimePoint now) {
  const Course& course = dataset.course();
  std::string id = id_of(course);
  MENO_TRY(const std::vector<CourseSummary> there, store.courses().list());
  const bool known = std::any_of(there.begin(), there.end(),
                                 [&id](const CourseSummary& one) { return one.id == id; });
  if (known) return id;
  const bool simulated = is_simulated(dataset);
  MENO_TRY_DONE(store.courses().add(stored(course, id, simulated)));
  std::vector<StoredStudent> students;
  for (std::size_t s = 0; s < dataset.students(); ++s) {
    const std::string& name = dataset.student_name(StudentId(s));
    students.push_back({.id = name, .display_name = name, .simulated = simulated});
  }
  MENO_TRY_DONE(store.students().enrol(id, students));
  std::vector<StoredAnswer> batch;
  for (std::size_t s = 0; s < dataset.students(); ++s) {
    const Sequence sequence = dataset.sequence(StudentId(s));
    for (std::size_t t = 0; t < sequence.size(); ++t)
      batch.push_back(stored(course, id, students[s].id,
                             {.event = sequence[t],
                              .number = t + 1,
                              .otherwise = now - std::chrono::minutes(sequence.size() - 1 - t)}));
    if (batch.size() < kBatch && s + 1 < dataset.students()) continue;
    MENO_TRY_DONE(store.answers().append_many(batch));
    batch.clear();
  }
  return id;
}

}  // namespace meno
