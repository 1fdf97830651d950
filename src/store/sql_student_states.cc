#include "store/sql_student_states.h"

#include <memory>
#include <utility>

#include "store/sql_enrolment.h"

namespace meno {
namespace {

constexpr std::string_view kSql = "student_states";

struct Keeping {
  std::string course_id;
  std::string student_id;
  StoredState state;
};

Result<Done> keep_in(Connection& connection, const Keeping& keeping) {
  MENO_TRY(const std::int64_t enrolment,
           enrolment_of(connection, keeping.course_id, keeping.student_id));
  MENO_TRY(Query query, connection.query(kSql, "keep"));
  const StoredState& state = keeping.state;
  query.bind(1, enrolment).bind(2, state.version);
  query.bind(3, static_cast<std::int64_t>(state.upto.seq));
  query.bind(4, static_cast<std::int64_t>(state.upto.feedback)).bind(5, state.content);
  MENO_TRY_DONE(query.step());
  return Done{};
}

}  // namespace

Result<std::optional<StoredState>> SqlStudentStates::find(std::string_view course_id,
                                                          std::string_view student_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "find"));
  MENO_TRY(const bool found, query.bind(1, course_id).bind(2, student_id).step());
  if (!found) return std::optional<StoredState>();
  return std::optional(
      StoredState{.version = query.text(0), .upto = mark_in(query, 1), .content = query.text(3)});
}

void SqlStudentStates::keep(std::string course_id, std::string student_id, StoredState state) {
  const auto keeping = std::make_shared<const Keeping>(Keeping{.course_id = std::move(course_id),
                                                               .student_id = std::move(student_id),
                                                               .state = std::move(state)});
  writer_.submit(
      {.work = [keeping](Connection& connection) { return keep_in(connection, *keeping); },
       .done = [](const Result<Done>&) {}});
}

}  // namespace meno
