#include "store/sql_courses.h"

#include <unordered_map>

#include <fmt/format.h>

namespace meno {
namespace {

constexpr std::string_view kSql = "courses";

using Positions = std::unordered_map<std::string, std::int64_t>;

Result<Done> insert(Query& query) {
  MENO_TRY_DONE(query.step());
  query.reset();
  return Done{};
}

Result<std::int64_t> position_of(const Positions& positions, const std::string& skill,
                                 const std::string& wanted_by) {
  const auto found = positions.find(skill);
  if (found != positions.end()) return found->second;
  return invalid_input(fmt::format("\"{}\" names the skill \"{}\", expected a skill of its course",
                                   wanted_by, skill));
}

Result<std::int64_t> add_course(Connection& connection, const StoredCourse& course) {
  MENO_TRY(Query known, connection.query(kSql, "find"));
  MENO_TRY(const bool taken, known.bind(1, course.id).step());
  if (taken)
    return conflict(fmt::format("course \"{}\" is there already, expected a new id", course.id));
  MENO_TRY(Query query, connection.query(kSql, "add"));
  query.bind(1, course.id).bind(2, course.name.en).bind(3, course.name.zh_cn);
  query.bind(4, std::int64_t{course.simulated}).bind(5, course.content);
  MENO_TRY_DONE(query.step());
  return query.added_row().value_or(0);
}

Result<Done> add_skills(Connection& connection, std::int64_t course_no, const StoredCourse& course,
                        const Positions& positions) {
  MENO_TRY(Query skills, connection.query(kSql, "add_skill"));
  MENO_TRY(Query edges, connection.query(kSql, "add_prerequisite"));
  std::int64_t position = 0;
  for (const StoredSkill& skill : course.skills) {
    const std::optional<std::string> strand_en =
        skill.strand ? std::optional(skill.strand->en) : std::nullopt;
    const std::optional<std::string> strand_zh =
        skill.strand ? std::optional(skill.strand->zh_cn) : std::nullopt;
    skills.bind(1, course_no).bind(2, position).bind(3, skill.id).bind(4, skill.name.en);
    skills.bind(5, skill.name.zh_cn).bind_optional(6, strand_en).bind_optional(7, strand_zh);
    MENO_TRY_DONE(insert(skills));
    for (const std::string& needed : skill.prerequisites) {
      MENO_TRY(const std::int64_t needs, position_of(positions, needed, skill.id));
      edges.bind(1, course_no).bind(2, position).bind(3, needs);
      MENO_TRY_DONE(insert(edges));
    }
    ++position;
  }
  return Done{};
}

Result<Done> add_items(Connection& connection, std::int64_t course_no, const StoredCourse& course,
                       const Positions& positions) {
  MENO_TRY(Query items, connection.query(kSql, "add_item"));
  MENO_TRY(Query links, connection.query(kSql, "add_item_skill"));
  std::int64_t position = 0;
  for (const StoredItem& item : course.items) {
    items.bind(1, course_no).bind(2, position).bind(3, item.id).bind(4, item.title.en);
    MENO_TRY_DONE(insert(items.bind(5, item.title.zh_cn)));
    for (const std::string& skill : item.skills) {
      MENO_TRY(const std::int64_t needs, position_of(positions, skill, item.id));
      links.bind(1, course_no).bind(2, position).bind(3, needs);
      MENO_TRY_DONE(insert(links));
    }
    ++position;
  }
  return Done{};
}

Result<Done> read_skills(Connection& connection, std::int64_t course_no, StoredCourse& course) {
  MENO_TRY(Query skills, connection.query(kSql, "skills"));
  skills.bind(1, course_no);
  while (true) {
    MENO_TRY(const bool more, skills.step());
    if (!more) break;
    StoredSkill skill{.id = skills.text(0),
                      .name = {skills.text(1), skills.text(2)},
                      .strand = {},
                      .prerequisites = {}};
    if (!skills.is_null(3)) skill.strand = Text{skills.text(3), skills.text(4)};
    course.skills.push_back(std::move(skill));
  }
  MENO_TRY(Query edges, connection.query(kSql, "prerequisites"));
  edges.bind(1, course_no);
  while (true) {
    MENO_TRY(const bool more, edges.step());
    if (!more) return Done{};
    course.skills.at(static_cast<std::size_t>(edges.integer(0)))
        .prerequisites.push_back(course.skills.at(static_cast<std::size_t>(edges.integer(1))).id);
  }
}

Result<Done> read_items(Connection& connection, std::int64_t course_no, StoredCourse& course) {
  MENO_TRY(Query items, connection.query(kSql, "items"));
  items.bind(1, course_no);
  while (true) {
    MENO_TRY(const bool more, items.step());
    if (!more) break;
    course.items.push_back(
        {.id = items.text(0), .title = {items.text(1), items.text(2)}, .skills = {}});
  }
  MENO_TRY(Query links, connection.query(kSql, "item_skills"));
  links.bind(1, course_no);
  while (true) {
    MENO_TRY(const bool more, links.step());
    if (!more) return Done{};
    course.items.at(static_cast<std::size_t>(links.integer(0)))
        .skills.push_back(course.skills.at(static_cast<std::size_t>(links.integer(1))).id);
  }
}

}  // namespace

Result<std::vector<CourseSummary>> SqlCourses::list() {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "list"));
  std::vector<CourseSummary> courses;
  while (true) {
    MENO_TRY(const bool more, query.step());
    if (!more) return courses;
    courses.push_back({.id = query.text(0),
                       .name = {query.text(1), query.text(2)},
                       .simulated = query.integer(3) != 0,
                       .has_content = query.integer(4) != 0,
                       .skills = static_cast<std::uint64_t>(query.integer(5)),
                       .items = static_cast<std::uint64_t>(query.integer(6)),
                       .students = static_cast<std::uint64_t>(query.integer(7))});
  }
}

Result<StoredCourse> SqlCourses::find(std::string_view course_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "find"));
  MENO_TRY(const bool found, query.bind(1, course_id).step());
  if (!found)
    return not_found(
        fmt::format("course \"{}\", expected one that GET /v1/courses lists", course_id));
  StoredCourse course{.id = std::string(course_id),
                      .name = {query.text(1), query.text(2)},
                      .simulated = query.integer(3) != 0,
                      .content = query.text(4),
                      .skills = {},
                      .items = {}};
  const std::int64_t course_no = query.integer(0);
  MENO_TRY_DONE(read_skills(*reader, course_no, course));
  MENO_TRY_DONE(read_items(*reader, course_no, course));
  return course;
}

Result<Done> SqlCourses::add(const StoredCourse& course) {
  Positions positions;
  for (const StoredSkill& skill : course.skills) {
    positions.emplace(skill.id, static_cast<std::int64_t>(positions.size()));
  }
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY(const std::int64_t course_no, add_course(connection, course));
    MENO_TRY_DONE(add_skills(connection, course_no, course, positions));
    return add_items(connection, course_no, course, positions);
  });
}

}  // namespace meno
