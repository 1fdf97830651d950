#include "store/sql_recommendations.h"

#include <utility>

#include <fmt/format.h>

#include "store/sql_rows.h"

namespace meno {
namespace {

constexpr std::string_view kSql = "recommendations";

/// Rows that may wait for the disk; what comes beyond them is lost.
constexpr std::size_t kMostWaiting = 50'000;

std::optional<double> optional_real(const Query& query, int column) {
  return query.is_null(column) ? std::nullopt : std::optional(query.real(column));
}

StoredRecommendation row_of(const Query& query) {
  StoredRecommendation row;
  row.no = static_cast<std::uint64_t>(query.integer(0));
  row.course_id = query.text(1);
  row.student_id = query.text(2);
  row.context = std::make_shared<const DecisionContext>(
      DecisionContext{.hash = query.text(3), .document = query.text(4)});
  row.made_at = TimePoint{std::chrono::milliseconds(query.integer(5))};
  row.answers = static_cast<std::uint64_t>(query.integer(6));
  row.feedback = static_cast<std::uint64_t>(query.integer(7));
  row.wanted = static_cast<std::uint32_t>(query.integer(8));
  row.counterfactual = query.integer(9) != 0;
  row.asked_target = optional_real(query, 10);
  row.own_target = optional_real(query, 11);
  if (!query.is_null(12)) row.seed = query.integer(12);
  row.chosen = query.text(13);
  row.digest = query.text(14);
  row.request_id = query.text(15);
  return row;
}

Uptake uptake_of(const Query& query) {
  return {.run = query.text(0),
          .reason = query.text(1),
          .said = query.text(2),
          .count = static_cast<std::uint64_t>(query.integer(3))};
}

Result<std::int64_t> feedback_known(Connection& connection, const StoredRecommendation& row) {
  if (row.last_feedback == 0) return static_cast<std::int64_t>(row.feedback);
  MENO_TRY(Query query, connection.query(kSql, "feedback_until"));
  query.bind(1, row.course_id).bind(2, row.student_id);
  MENO_TRY_DONE(query.bind(3, static_cast<std::int64_t>(row.last_feedback)).step());
  return query.integer(0);
}

/// False when its context or its student is not there.
Result<bool> insert(Connection& connection, const StoredRecommendation& row,
                    std::int64_t feedback) {
  MENO_TRY(Query query, connection.query(kSql, "append"));
  query.bind(1, row.course_id).bind(2, row.student_id).bind(3, row.context->hash);
  query.bind(4, std::int64_t{row.made_at.time_since_epoch().count()});
  query.bind(5, static_cast<std::int64_t>(row.answers)).bind(6, feedback);
  query.bind(7, std::int64_t{row.wanted}).bind(8, std::int64_t{row.counterfactual});
  query.bind_optional(9, row.asked_target).bind_optional(10, row.own_target);
  query.bind_optional(11, row.seed).bind(12, row.chosen).bind(13, row.digest);
  query.bind(14, row.request_id);
  MENO_TRY_DONE(query.step());
  return query.added_row().has_value();
}

/// A student who has gone meanwhile has no recommendations.
Result<Done> append_one(Connection& connection, const StoredRecommendation& row) {
  MENO_TRY(const std::int64_t feedback, feedback_known(connection, row));
  MENO_TRY(const bool added, insert(connection, row, feedback));
  if (added) return Done{};
  {
    MENO_TRY(Query context, connection.query(kSql, "add_context"));
    MENO_TRY_DONE(context.bind(1, row.context->hash).bind(2, row.context->document).step());
  }
  MENO_TRY_DONE(insert(connection, row, feedback));
  return Done{};
}

}  // namespace

SqlRecommendations::Rows SqlRecommendations::take() {
  const std::lock_guard lock(mutex_);
  riding_ = false;
  return std::exchange(waiting_, {});
}

void SqlRecommendations::append(StoredRecommendation recommendation) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= kMostWaiting) {
      ++lost_;
      return;
    }
    waiting_.push_back(std::move(recommendation));
    if (std::exchange(riding_, true)) return;
  }
  const auto rows = std::make_shared<std::optional<Rows>>();
  writer_.ride({.work = [this, rows](Connection& connection) -> Result<Done> {
                  if (!*rows) *rows = take();  // once: a batch may be run again
                  for (const StoredRecommendation& row : **rows) {
                    MENO_TRY_DONE(append_one(connection, row));
                  }
                  return Done{};
                },
                .done =
                    [this, rows](const Result<Done>& result) {
                      if (result) return;
                      if (!*rows) *rows = take();
                      lost_ += (*rows)->size();
                    },
                .compound = true});
}

Result<Done> SqlRecommendations::flush() {
  // Whatever rides goes before or with this.
  return writer_.run([](Connection& /*connection*/) -> Result<Done> { return Done{}; });
}

Result<StoredRecommendation> SqlRecommendations::find(std::uint64_t no) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "find"));
  MENO_TRY(const bool found, query.bind(1, static_cast<std::int64_t>(no)).step());
  if (found) return row_of(query);
  return not_found(fmt::format("recommendation {}, expected one that the store keeps", no));
}

Result<std::vector<StoredRecommendation>> SqlRecommendations::of_student(
    std::string_view course_id, std::string_view student_id, std::uint64_t before,
    std::size_t most) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "of_student"));
  query.bind(1, course_id).bind(2, student_id).bind(3, static_cast<std::int64_t>(before));
  return rows_of(query.bind(4, static_cast<std::int64_t>(most)), &row_of);
}

Result<std::vector<StoredRecommendation>> SqlRecommendations::since(std::uint64_t after,
                                                                    std::size_t most) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "since"));
  query.bind(1, static_cast<std::int64_t>(after)).bind(2, static_cast<std::int64_t>(most));
  return rows_of(query, &row_of);
}

Result<std::vector<Uptake>> SqlRecommendations::uptake(std::string_view course_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "uptake"));
  return rows_of(query.bind(1, course_id), &uptake_of);
}

}  // namespace meno
