// Several servers over one database: what each learns of the others with its own appends, what it
// is told of, and who leads.
#include "store/postgres/neighbours.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "store/engine_for_test.h"
#include "store/postgres/postgres_store.h"

namespace meno {
namespace {

Result<Appended> append_to(Store& store, const std::string& event, const std::string& student) {
  std::promise<Result<Appended>> promise;
  store.answers().append(answer(event, student),
                         [&promise](Result<Appended> done) { promise.set_value(std::move(done)); });
  return promise.get_future().get();
}

/// Two servers.
class PostgresNeighbouring : public testing::Test {
 protected:
  void SetUp() override {
    if (!ClusterForTest::get().installed()) GTEST_SKIP() << "postgres is not installed";
    url_ = ClusterForTest::get().new_database();
    ASSERT_FALSE(url_.empty());
    one_ = opened();
    ASSERT_TRUE(one_->courses().add(small_course()));
    const std::vector<StoredStudent> students = {{.id = "ann", .display_name = "Ann"},
                                                 {.id = "bo", .display_name = "Bo"}};
    ASSERT_TRUE(one_->students().enrol("maths", students));
    two_ = opened();
  }

  std::unique_ptr<Store> opened() const {
    Result<std::unique_ptr<Store>> store = open_postgres_store(url_);
    EXPECT_TRUE(store) << store.error().message;
    return store ? *std::move(store) : nullptr;
  }

  std::string url_;
  std::unique_ptr<Store> one_;
  std::unique_ptr<Store> two_;
};

/// What a server has been told.
class Heard {
 public:
  explicit Heard(Store& store) : neighbours_(store.neighbours()) {
    neighbours_.listen([this](const StoreChange& change) {
      const std::lock_guard lock(mutex_);
      changes_.push_back(change);
    });
  }
  Heard(const Heard&) = delete;
  Heard& operator=(const Heard&) = delete;
  Heard(Heard&&) = delete;
  Heard& operator=(Heard&&) = delete;
  ~Heard() { neighbours_.listen({}); }

  bool has(StoreChange::What what, const std::string& course) {
    const std::lock_guard lock(mutex_);
    return std::any_of(changes_.begin(), changes_.end(), [&](const StoreChange& change) {
      return change.what == what && change.course_id == course;
    });
  }

 private:
  Neighbours& neighbours_;
  std::mutex mutex_;
  std::vector<StoreChange> changes_;
};

/// Waits, with a limit that only a broken program reaches.
template <class Holds>
testing::AssertionResult soon(Holds holds) {
  for (int tries = 0; tries < 3'000; ++tries) {
    if (holds()) return testing::AssertionSuccess();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return testing::AssertionFailure() << "not within 30 seconds";
}

TEST_F(PostgresNeighbouring, LearnWhatTheStudentHadBeforeAnAnswer) {
  const Result<Appended> first = append_to(*one_, "e1", "ann");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->before, EnrolmentMark{});
  ASSERT_TRUE(append_to(*two_, "other", "bo"));
  const Result<Appended> second = append_to(*two_, "e2", "ann");
  ASSERT_TRUE(second);
  EXPECT_EQ(second->before, (EnrolmentMark{.seq = first->answer.seq, .feedback = 0}));
  std::promise<Result<AppendedFeedback>> promise;
  one_->feedback().append(feedback("f1", "swap"), [&promise](Result<AppendedFeedback> done) {
    promise.set_value(std::move(done));
  });
  const Result<AppendedFeedback> said = promise.get_future().get();
  ASSERT_TRUE(said);
  EXPECT_EQ(said->before, (EnrolmentMark{.seq = second->answer.seq, .feedback = 0}));
  const EnrolmentMark now{.seq = second->answer.seq, .feedback = said->feedback.no};
  EXPECT_EQ(append_to(*two_, "e3", "ann")->before, now);
  EXPECT_TRUE(soon([&] { return one_->answers().count() == 4; }));
  EXPECT_EQ(two_->students().count(), 2U);
}

TEST_F(PostgresNeighbouring, KnowAnEventThatTheOtherHasRecorded) {
  ASSERT_TRUE(append_to(*one_, "e1", "ann"));
  EXPECT_FALSE(append_to(*two_, "e1", "ann")->recorded);
  StoredAnswer another = answer("e1", "ann");
  another.fingerprint = "another";
  std::promise<Result<Appended>> promise;
  two_->answers().append(another,
                         [&promise](Result<Appended> done) { promise.set_value(std::move(done)); });
  EXPECT_EQ(promise.get_future().get().error().kind, ErrorKind::Conflict);
}

TEST_F(PostgresNeighbouring, WriteInOneOrderOfSeqWhichIsThatOfCommits) {
  constexpr std::size_t kEach = 1'500;
  std::atomic<std::size_t> done{0};
  const auto send = [&done](Store& store, const std::string& name) {
    for (std::size_t k = 0; k < kEach; ++k) {
      store.answers().append(answer(fmt::format("{}{}", name, k)), [&done](const auto& appended) {
        EXPECT_TRUE(appended);
        ++done;
      });
    }
  };
  std::jthread a([&] { send(*one_, "a"); });
  std::jthread b([&] { send(*two_, "b"); });
  // Whoever sees an answer has seen all with smaller numbers: none appears behind the last.
  std::uint64_t last = 0;
  std::size_t seen = 0;
  for (bool all_written = false; seen < 2 * kEach && !all_written;) {
    all_written = done == 2 * kEach;  // before the look: what is not in it will never be
    const auto some = one_->answers().since(last, 10'000);
    ASSERT_TRUE(some) << some.error().message;
    seen += some->size();
    if (!some->empty()) last = some->back().seq;
  }
  EXPECT_EQ(seen, 2 * kEach);
  while (done < 2 * kEach) std::this_thread::yield();  // it is told of commits a moment later
}

TEST_F(PostgresNeighbouring, HearWhatTheOtherChangesAndNothingOfTheirOwn) {
  Heard one(*one_);
  Heard two(*two_);
  ASSERT_TRUE(soon([&] { return one.has(StoreChange::What::Everything, ""); }));
  ASSERT_TRUE(soon([&] { return two.has(StoreChange::What::Everything, ""); }));
  StoredSetting setting{
      .course_id = "maths", .student_id = "", .name = "rules", .document = "{}", .changed_at = {}};
  ASSERT_TRUE(one_->settings().put(setting));
  ASSERT_TRUE(one_->served_runs().append(
      {.course_id = "maths", .action = "swap", .version = "v", .base = "b", .figures = "{}"}));
  EXPECT_TRUE(soon([&] { return two.has(StoreChange::What::Settings, "maths"); }));
  EXPECT_TRUE(soon([&] { return two.has(StoreChange::What::ServedRuns, "maths"); }));
  ASSERT_TRUE(two_->settings().put(setting));
  EXPECT_TRUE(soon([&] { return one.has(StoreChange::What::Settings, "maths"); }));
  EXPECT_FALSE(one.has(StoreChange::What::ServedRuns, "maths"));
}

TEST_F(PostgresNeighbouring, HaveOneLeaderAndAnotherWhenItIsGone) {
  ASSERT_TRUE(soon([&] { return one_->neighbours().leading(); }));
  for (int tick = 0; tick < 100; ++tick) {
    EXPECT_FALSE(two_->neighbours().leading());
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  one_.reset();
  EXPECT_TRUE(soon([&] { return two_->neighbours().leading(); }));
}

TEST_F(PostgresNeighbouring, LetNobodyInWhoNeedsTheStoreAlone) {
  const auto alone = open_postgres_store(url_, StoreUse::Alone);
  ASSERT_FALSE(alone);
  EXPECT_EQ(alone.error().kind, ErrorKind::Conflict);
  one_.reset();
  two_.reset();
  const auto now = open_postgres_store(url_, StoreUse::Alone);
  ASSERT_TRUE(now) << now.error().message;
  const auto another = open_postgres_store(url_);
  ASSERT_FALSE(another);
  EXPECT_EQ(another.error().kind, ErrorKind::Conflict);
}

}  // namespace
}  // namespace meno
