#include "service/record_answer.h"

#include <future>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "service/class_overview.h"
#include "service/one_student_for_test.h"
#include "service/student_mastery.h"

namespace meno {
namespace {

class RecordAnswerTest : public OneStudent {
 protected:
  Result<AnswerOutcome> record(const RecordAnswer& ask) {
    std::promise<Result<AnswerOutcome>> promise;
    record_answer(*services_, ask,
                  [&promise](Result<AnswerOutcome> done) { promise.set_value(std::move(done)); });
    return promise.get_future().get();
  }

  static RecordAnswer ask(const std::string& event, const std::string& item, bool correct) {
    RecordAnswer ask;
    ask.event_id = event;
    ask.course_id = "maths";
    ask.student_id = "ann";
    ask.item_id = item;
    ask.correct = correct;
    return ask;
  }
};

double p_of(const AnswerOutcome& outcome) { return outcome.mastery.at(0).after.p_mastery; }

TEST_F(RecordAnswerTest, SaysWhatChangedAndWhatIsNext) {
  const Result<AnswerOutcome> outcome = record(ask("e1", "i1", true));
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_TRUE(outcome->recorded);
  EXPECT_TRUE(outcome->correct);
  EXPECT_FALSE(outcome->feedback);
  ASSERT_EQ(outcome->mastery.size(), 1U);
  EXPECT_GT(outcome->mastery[0].after.p_mastery, outcome->mastery[0].before.p_mastery);
  ASSERT_TRUE(outcome->next);
  EXPECT_FALSE(outcome->next->content);
}

TEST_F(RecordAnswerTest, TheSameEventAgainDescribesTheStoredAnswerAndChangesNothing) {
  const Result<AnswerOutcome> first = record(ask("e1", "i1", true));
  ASSERT_TRUE(record(ask("e2", "i2", false)));
  const Result<AnswerOutcome> again = record(ask("e1", "i1", true));
  ASSERT_TRUE(first);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_FALSE(again->recorded);
  EXPECT_EQ(p_of(*again), p_of(*first));
  EXPECT_EQ(again->mastery[0].before.p_mastery, first->mastery[0].before.p_mastery);
  EXPECT_EQ(store_->answers().count(), 2U);
}

TEST_F(RecordAnswerTest, TheSameEventWithAnotherContentIsAConflict) {
  ASSERT_TRUE(record(ask("e1", "i1", true)));
  const Result<AnswerOutcome> other = record(ask("e1", "i1", false));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ErrorKind::Conflict);
}

TEST_F(RecordAnswerTest, RefusesWhatIsNotThere) {
  RecordAnswer course = ask("e", "i1", true);
  course.course_id = "nowhere";
  EXPECT_EQ(record(course).error().kind, ErrorKind::NotFound);
  RecordAnswer student = ask("e", "i1", true);
  student.student_id = "nobody";
  EXPECT_EQ(record(student).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(record(ask("e", "i99", true)).error().kind, ErrorKind::NotFound);
  RecordAnswer text = ask("e", "i1", true);
  text.correct.reset();
  text.response = "3";
  EXPECT_EQ(record(text).error().kind, ErrorKind::InvalidInput);
  RecordAnswer future = ask("e", "i1", true);
  future.answered_at = kNow + std::chrono::hours(1);
  EXPECT_EQ(record(future).error().kind, ErrorKind::InvalidInput);
  EXPECT_EQ(store_->answers().count(), 0U);
}

TEST_F(RecordAnswerTest, PredictionsAreTheSameAfterARestart) {
  for (int k = 0; k < 40; ++k) {
    ASSERT_TRUE(record(ask(fmt::format("e{}", k), fmt::format("i{}", k % 4 + 1), k % 3 != 0)));
  }
  const Result<StudentMastery> before = student_mastery(*services_, "maths", "ann");
  restart();
  const Result<StudentMastery> after = student_mastery(*services_, "maths", "ann");
  ASSERT_TRUE(before);
  ASSERT_TRUE(after);
  ASSERT_EQ(after->skills.size(), 2U);
  for (std::size_t k = 0; k < before->skills.size(); ++k) {
    EXPECT_EQ(after->skills[k].p_mastery, before->skills[k].p_mastery);
    EXPECT_EQ(after->skills[k].low, before->skills[k].low);
    EXPECT_EQ(after->skills[k].answers, before->skills[k].answers);
  }
}

TEST_F(RecordAnswerTest, ManyThreadsOnOneStudentFollowTheOrderOfCommits) {
  std::mutex finishing_mutex;
  std::vector<std::jthread> finishing;  // replies are made in any order, on any thread
  services_->later = [&](std::function<void()> work) {
    const std::lock_guard lock(finishing_mutex);
    finishing.emplace_back(std::move(work));
  };
  std::mutex mutex;
  std::map<std::string, double> said;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t) {
      threads.emplace_back([&, t] {
        for (int k = 0; k < 50; ++k) {
          const Result<AnswerOutcome> done = record(
              ask(fmt::format("e{}-{}", t, k), fmt::format("i{}", k % 4 + 1), (t + k) % 2 == 0));
          const std::lock_guard lock(mutex);
          if (done && done->recorded) said[done->event_id] = p_of(*done);
        }
      });
    }
  }
  finishing.clear();
  ASSERT_EQ(said.size(), 400U);
  const Result<std::vector<StoredAnswer>> history = store_->answers().history("maths", "ann");
  ASSERT_TRUE(history);
  const auto course = services_->courses.find("maths");
  LearnerState replay(*course);
  for (const StoredAnswer& answer : *history) {
    const std::vector<MasteryChange> changes = replay.observe_change(answer, kNoResponseTime);
    EXPECT_EQ(changes.at(0).after.p_mastery, said.at(answer.event_id));
  }
}

TEST_F(RecordAnswerTest, AClassIsSeenWhole) {
  ASSERT_TRUE(enrol_student(*services_, anybody(),
                            {.course_id = "maths", .id = "bo", .display_name = "Bo"}));
  for (int k = 0; k < 6; ++k) ASSERT_TRUE(record(ask(fmt::format("e{}", k), "i1", false)));
  const Result<ClassOverview> overview = class_overview(*services_, anybody(), "maths");
  ASSERT_TRUE(overview) << overview.error().message;
  ASSERT_EQ(overview->students.size(), 2U);
  EXPECT_EQ(overview->students[0].student.answers, 6U);
  EXPECT_EQ(overview->students[0].evidence[0], 6U);
  EXPECT_TRUE(overview->students[0].mastery[0]);
  EXPECT_FALSE(overview->students[1].mastery[0]);
  ASSERT_FALSE(overview->needs_help.empty());
  EXPECT_EQ(overview->needs_help[0].member, 0U);
}

}  // namespace
}  // namespace meno
