#include "service/record_feedback.h"

#include <cmath>
#include <future>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "service/one_student_for_test.h"
#include "service/record_answer.h"

namespace meno {
namespace {

class RecordFeedbackTest : public OneStudent {
 protected:
  Result<FeedbackOutcome> say(const std::string& event, const std::string& item,
                              const std::string& kind) {
    std::promise<Result<FeedbackOutcome>> promise;
    record_feedback(
        *services_,
        {.event_id = event,
         .course_id = "maths",
         .student_id = "ann",
         .item_id = item,
         .kind = kind,
         .given_at = {}},
        [&promise](Result<FeedbackOutcome> done) { promise.set_value(std::move(done)); });
    return promise.get_future().get();
  }

  bool answer(const std::string& event, bool correct) {
    RecordAnswer ask;
    ask.event_id = event;
    ask.course_id = "maths";
    ask.student_id = "ann";
    ask.item_id = "i1";
    ask.correct = correct;
    std::promise<bool> promise;
    record_answer(*services_, ask, [&promise](const Result<AnswerOutcome>& done) {
      promise.set_value(static_cast<bool>(done));
    });
    return promise.get_future().get();
  }
};

TEST_F(RecordFeedbackTest, IsTakenOnceAndOutlivesARestartBetweenItsAnswers) {
  const auto first = say("f1", "i1", "too_easy");
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_NEAR(first->target, 0.73, 1e-12);
  for (int k = 0; k < 10; ++k) ASSERT_TRUE(answer(fmt::format("e{}", k), true));
  const auto second = say("f2", "i2", "too_easy");
  const double expected = 0.78 - 0.05 * std::exp2(-0.5) - 0.05;
  EXPECT_NEAR(second->target, expected, 1e-12);
  EXPECT_FALSE(say("f2", "i2", "too_easy")->recorded);
  restart();
  EXPECT_NEAR(*aimed_target(*services_, "maths", "ann"), expected, 1e-12);
  EXPECT_NEAR(say("f2", "i2", "too_easy")->target, expected, 1e-12);
  EXPECT_EQ(say("f2", "i2", "swap").error().kind, ErrorKind::Conflict);
  EXPECT_EQ(say("f3", "i2", "louder").error().kind, ErrorKind::InvalidInput);
  EXPECT_EQ(say("f3", "i9", "swap").error().kind, ErrorKind::NotFound);
}

TEST_F(RecordFeedbackTest, ManyThreadsOfAnswersAndFeedbackFollowTheOrderOfCommits) {
  std::mutex mutex;
  std::vector<std::jthread> finishing;  // replies are made in any order, on any thread
  services_->later = [&](std::function<void()> work) {
    const std::lock_guard lock(mutex);
    finishing.emplace_back(std::move(work));
  };
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 6; ++t) {
      threads.emplace_back([&, t] {
        for (int k = 0; k < 20; ++k) {
          const std::string event = fmt::format("{}-{}", t, k);
          const char* const kind = (t + k) % 3 == 0 ? "too_easy" : "too_hard";
          EXPECT_TRUE(t % 2 == 0 ? answer(event, k % 2 == 0)
                                 : static_cast<bool>(say(event, "i2", kind)));
        }
      });
    }
  }
  finishing.clear();
  const double live = *aimed_target(*services_, "maths", "ann");
  restart();
  EXPECT_EQ(*aimed_target(*services_, "maths", "ann"), live);
}

}  // namespace
}  // namespace meno
