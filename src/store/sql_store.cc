#include "store/sql_store.h"

#include <utility>

#include "store/row_count.h"
#include "store/sql_accounts.h"
#include "store/sql_answers.h"
#include "store/sql_audit.h"
#include "store/sql_courses.h"
#include "store/sql_feedback.h"
#include "store/sql_links.h"
#include "store/sql_listings.h"
#include "store/sql_model_runs.h"
#include "store/sql_recommendations.h"
#include "store/sql_replies.h"
#include "store/sql_roster.h"
#include "store/sql_served_runs.h"
#include "store/sql_settings.h"
#include "store/sql_student_states.h"
#include "store/sql_students.h"
#include "store/writer.h"

namespace meno {
namespace {

struct Rows {
  std::uint64_t count = 0;
  std::uint64_t last = 0;
};

Result<Rows> rows_of(Connection& connection, std::string_view noun) {
  MENO_TRY(Query query, connection.query(noun, "grown"));
  MENO_TRY_DONE(query.bind(1, std::int64_t{0}).step());
  return Rows{.count = static_cast<std::uint64_t>(query.integer(0)),
              .last = static_cast<std::uint64_t>(query.integer(1))};
}

class SqlStore final : public Store {
 public:
  SqlStore(Readers::Open open_reader, std::unique_ptr<Connection> writer,
           std::shared_ptr<const void> guard, std::function<Result<Done>()> present,
           std::unique_ptr<Neighbours> neighbours, const Rows& students, const Rows& answers)
      : guard_(std::move(guard)),
        present_(std::move(present)),
        readers_(std::move(open_reader)),
        student_count_(readers_, "students", writer->shared(), students.count, students.last),
        answer_count_(readers_, "answers", writer->shared(), answers.count, answers.last),
        writer_(std::move(writer)),
        courses_(readers_, writer_),
        students_(readers_, writer_, student_count_),
        answers_(readers_, writer_, answer_count_),
        served_runs_(readers_, writer_),
        feedback_(readers_, writer_),
        settings_(readers_, writer_),
        recommendations_(readers_, writer_),
        model_runs_(readers_, writer_),
        roster_(readers_, writer_),
        accounts_(readers_, writer_),
        links_(readers_, writer_),
        audit_(readers_, writer_),
        replies_(writer_),
        listings_(readers_),
        states_(readers_, writer_),
        neighbours_(std::move(neighbours)) {}
  SqlStore(const SqlStore&) = delete;
  SqlStore& operator=(const SqlStore&) = delete;
  SqlStore(SqlStore&&) = delete;
  SqlStore& operator=(SqlStore&&) = delete;
  ~SqlStore() override {
    neighbours_.reset();
    writer_.stop();
  }  // while answers_, which its last jobs use, is still there

  CourseStore& courses() override { return courses_; }
  StudentStore& students() override { return students_; }
  AnswerStore& answers() override { return answers_; }
  ServedRunStore& served_runs() override { return served_runs_; }
  FeedbackStore& feedback() override { return feedback_; }
  SettingStore& settings() override { return settings_; }
  RecommendationStore& recommendations() override { return recommendations_; }
  ModelRunStore& model_runs() override { return model_runs_; }
  RosterStore& roster() override { return roster_; }
  AccountStore& accounts() override { return accounts_; }
  LinkStore& links() override { return links_; }
  AuditStore& audit() override { return audit_; }
  ReplyStore& replies() override { return replies_; }
  ListingStore& listings() override { return listings_; }
  StudentStateStore& states() override { return states_; }
  Neighbours& neighbours() override { return *neighbours_; }
  Result<Done> check() override {
    if (present_) {
      MENO_TRY_DONE(present_());
    }
    MENO_TRY(const Readers::Lease reader, readers_.lend());
    MENO_TRY_DONE(reader->integer("SELECT count(*) FROM course"));
    return Done{};
  }
  StoreFigures figures() const override {
    StoreFigures figures = writer_.figures();
    figures.failed_reads = readers_.failed();
    return figures;
  }

 private:
  std::shared_ptr<const void> guard_;
  std::function<Result<Done>()> present_;
  Readers readers_;
  RowCount student_count_;
  RowCount answer_count_;
  Writer writer_;
  SqlCourses courses_;
  SqlStudents students_;
  SqlAnswers answers_;
  SqlServedRuns served_runs_;
  SqlFeedback feedback_;
  SqlSettings settings_;
  SqlRecommendations recommendations_;
  SqlModelRuns model_runs_;
  SqlRoster roster_;
  SqlAccounts accounts_;
  SqlLinks links_;
  SqlAudit audit_;
  SqlReplies replies_;
  SqlListings listings_;
  SqlStudentStates states_;
  std::unique_ptr<Neighbours> neighbours_;
};

}  // namespace

Result<std::unique_ptr<Store>> make_sql_store(Readers::Open open_reader,
                                              std::unique_ptr<Connection> writer,
                                              std::shared_ptr<const void> guard,
                                              std::function<Result<Done>()> present,
                                              std::unique_ptr<Neighbours> neighbours) {
  MENO_TRY(const Rows students, rows_of(*writer, "students"));
  MENO_TRY(const Rows answers, rows_of(*writer, "answers"));
  return std::unique_ptr<Store>(
      std::make_unique<SqlStore>(std::move(open_reader), std::move(writer), std::move(guard),
                                 std::move(present), std::move(neighbours), students, answers));
}

}  // namespace meno
