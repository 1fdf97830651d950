#include "store/sql_store.h"

#include <utility>

#include "store/sql_accounts.h"
#include "store/sql_answers.h"
#include "store/sql_audit.h"
#include "store/sql_courses.h"
#include "store/sql_feedback.h"
#include "store/sql_roster.h"
#include "store/sql_served_runs.h"
#include "store/sql_settings.h"
#include "store/sql_students.h"
#include "store/writer.h"

namespace meno {
namespace {

struct Counts {
  std::uint64_t students = 0;
  std::uint64_t answers = 0;
};

class SqlStore final : public Store {
 public:
  SqlStore(Readers::Open open_reader, std::unique_ptr<Connection> writer,
           std::shared_ptr<const void> guard, std::function<Result<Done>()> present,
           const Counts& counts)
      : guard_(std::move(guard)),
        present_(std::move(present)),
        readers_(std::move(open_reader)),
        writer_(std::move(writer)),
        courses_(readers_, writer_),
        students_(readers_, writer_, counts.students),
        answers_(readers_, writer_, counts.answers),
        served_runs_(readers_, writer_),
        feedback_(readers_, writer_),
        settings_(readers_, writer_),
        roster_(readers_, writer_),
        accounts_(readers_, writer_),
        audit_(readers_, writer_) {}
  SqlStore(const SqlStore&) = delete;
  SqlStore& operator=(const SqlStore&) = delete;
  SqlStore(SqlStore&&) = delete;
  SqlStore& operator=(SqlStore&&) = delete;
  ~SqlStore() override {
    writer_.stop();
  }  // while answers_, which its last jobs use, is still there

  CourseStore& courses() override { return courses_; }
  StudentStore& students() override { return students_; }
  AnswerStore& answers() override { return answers_; }
  ServedRunStore& served_runs() override { return served_runs_; }
  FeedbackStore& feedback() override { return feedback_; }
  SettingStore& settings() override { return settings_; }
  RosterStore& roster() override { return roster_; }
  AccountStore& accounts() override { return accounts_; }
  AuditStore& audit() override { return audit_; }
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
  Writer writer_;
  SqlCourses courses_;
  SqlStudents students_;
  SqlAnswers answers_;
  SqlServedRuns served_runs_;
  SqlFeedback feedback_;
  SqlSettings settings_;
  SqlRoster roster_;
  SqlAccounts accounts_;
  SqlAudit audit_;
};

}  // namespace

Result<std::unique_ptr<Store>> make_sql_store(Readers::Open open_reader,
                                              std::unique_ptr<Connection> writer,
                                              std::shared_ptr<const void> guard,
                                              std::function<Result<Done>()> present) {
  MENO_TRY(const std::int64_t students, writer->integer("SELECT count(*) FROM student"));
  MENO_TRY(const std::int64_t answers, writer->integer("SELECT count(*) FROM answer"));
  const Counts counts{.students = static_cast<std::uint64_t>(students),
                      .answers = static_cast<std::uint64_t>(answers)};
  return std::unique_ptr<Store>(std::make_unique<SqlStore>(
      std::move(open_reader), std::move(writer), std::move(guard), std::move(present), counts));
}

}  // namespace meno
