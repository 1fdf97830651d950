// Recommendations kept and made again: through answers, feedback, rules, exploration, a trial, a
// swap and a restart. All students are simulated.
#include "service/replay_recommendation.h"

#include <future>
#include <limits>

#include <gtest/gtest.h>

#include "core/json.h"
#include "service/drawn_school_for_test.h"
#include "service/record_answer.h"
#include "service/record_feedback.h"

namespace meno {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kAll = std::numeric_limits<std::int64_t>::max();

class ReplayTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "meno-replay-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    school_ = std::make_unique<DrawnSchool>(folder_, prior_, World::HardOrEasy, 7);
    school_->enrol(8);
  }
  void TearDown() override {
    school_.reset();
    fs::remove_all(folder_);
  }

  Services& services() { return school_->services(); }

  std::optional<NextItem> answer(std::size_t student, NextDetail detail = NextDetail::Full) {
    const StoredAnswer drawn = school_->answer(student);
    RecordAnswer ask;
    ask.event_id = drawn.event_id;
    ask.course_id = drawn.course_id;
    ask.student_id = drawn.student_id;
    ask.item_id = drawn.item_id;
    ask.correct = drawn.correct > 0.5;
    ask.answered_at = drawn.answered_at;
    ask.response_ms = 900;
    ask.next = detail;
    std::promise<Result<AnswerOutcome>> promise;
    record_answer(services(), ask,
                  [&promise](Result<AnswerOutcome> done) { promise.set_value(std::move(done)); });
    const Result<AnswerOutcome> done = promise.get_future().get();
    EXPECT_TRUE(done);
    return done ? done->next : std::nullopt;
  }

  void say(std::size_t student, const char* kind, const std::string& item, int number) {
    std::promise<bool> promise;
    record_feedback(services(),
                    {.event_id = fmt::format("f{}", number),
                     .course_id = DrawnSchool::kCourse,
                     .student_id = fmt::format("s{}", student),
                     .item_id = item,
                     .kind = kind,
                     .given_at = {}},
                    [&promise](const Result<FeedbackOutcome>& done) {
                      promise.set_value(static_cast<bool>(done));
                    });
    EXPECT_TRUE(promise.get_future().get());
  }

  void rule(const std::string& rules, const std::string& student = "") {
    const auto course = services().courses.find(DrawnSchool::kCourse);
    const auto parsed = parse_rules(rules);
    ASSERT_TRUE(parsed) << parsed.error().message;
    const Result<Done> set =
        services().guidance.set_rules(*course, student, *parsed, SystemClock().now());
    ASSERT_TRUE(set) << set.error().message;
  }

  void lesson(int& number) {
    for (std::size_t round = 0; round < 6; ++round) {
      for (std::size_t s = 0; s < 8; ++s) {
        const auto next =
            answer(s, s % 2 == 0 ? NextDetail::Full : NextDetail::WithoutCounterfactual);
        if (!next || (s + round) % 3 != 0) continue;
        const auto course = *services().courses.find(DrawnSchool::kCourse);
        const char* const kinds[] = {"swap", "dismiss", "too_hard", "too_easy", "accept"};
        say(s, kinds[static_cast<std::size_t>(number) % 5], course->item_name(next->choice.item),
            number);
        ++number;
      }
    }
    for (std::size_t s = 0; s < 8; ++s) {
      const std::string student = fmt::format("s{}", s);
      const auto several =
          recommend_next(services(), {.course_id = DrawnSchool::kCourse,
                                      .student_id = student,
                                      .count = 3,
                                      .target = s == 3 ? std::optional(0.61) : std::nullopt});
      EXPECT_TRUE(several);
    }
  }

  /// How many there are; each must come out the same.
  std::size_t replay_all() {
    EXPECT_TRUE(school_->store().recommendations().flush());
    const auto rows = school_->store().recommendations().since(0, 100'000);
    EXPECT_TRUE(rows);
    RecommendationReplay replay(services());
    for (const StoredRecommendation& row : *rows) {
      const auto again = replay.replay(row);
      if (!again) {
        ADD_FAILURE() << row.no << ": " << again.error().message;
        continue;
      }
      EXPECT_TRUE(again->identical) << row.no << ": " << again->difference;
    }
    return rows->size();
  }

  fs::path folder_;
  const meno::Run prior_ = small_prior();
  std::unique_ptr<DrawnSchool> school_;
};

meno::Run shifted(const meno::Run& run, double by) {
  meno::Run other = run;
  for (double& value : other.theta) value += by;
  return other;
}

TEST_F(ReplayTest, EveryRecommendationComesOutTheSameAfterEverythingThatChangesThem) {
  int number = 0;
  lesson(number);
  rule(R"({"forbidden_items":["i1"],"repeat_gap":4})");
  rule(R"({"exploration":true,"order":["fractions"]})", "s5");
  ASSERT_TRUE(
      services().guidance.set_target(DrawnSchool::kCourse, "s2", 0.55, SystemClock().now()));
  lesson(number);
  const std::string trial =
      *school_->versions().register_run(DrawnSchool::kCourse, shifted(prior_, 0.4), "retrained");
  ASSERT_TRUE(school_->versions().begin_trial(DrawnSchool::kCourse, trial, 0.5, Json::object()));
  lesson(number);
  ASSERT_TRUE(school_->versions().withdraw(DrawnSchool::kCourse, trial, Json::object()));
  const auto place = (*services().courses.find(DrawnSchool::kCourse))->served().place;
  ASSERT_TRUE(
      school_->versions().swap(DrawnSchool::kCourse, shifted(prior_, -0.3), place, Json::object()));
  lesson(number);
  const std::size_t before = replay_all();
  EXPECT_GT(before, 4U * (48U + 8U));
  school_->restart();
  EXPECT_EQ(replay_all(), before);
  lesson(number);
  EXPECT_GT(replay_all(), before);

  std::map<std::string, int> runs;
  const auto kept = *school_->store().recommendations().since(0, 100'000);
  for (const StoredRecommendation& row : kept)
    ++runs[parse_json(row.context->document, "")->at("run").get<std::string>()];
  EXPECT_EQ(runs.size(), 3U) << "the given run, the one on trial and the one swapped in";
  EXPECT_TRUE(runs.contains(trial));
  const auto explored =
      school_->store().recommendations().of_student(DrawnSchool::kCourse, "s5", kAll, 5);
  EXPECT_TRUE(explored->front().seed);
}

TEST_F(ReplayTest, SaysWhatDiffersWhenSomebodyHasChangedWhatWasKept) {
  answer(0);
  ASSERT_TRUE(school_->store().recommendations().flush());
  StoredRecommendation row = school_->store().recommendations().since(0, 1)->front();
  RecommendationReplay replay(services());
  StoredRecommendation words = row;
  words.digest = "another";
  EXPECT_NE(replay.replay(words)->difference.find("other words"), std::string::npos);
  StoredRecommendation item = row;
  item.chosen = "[[\"i0\",1,0.5,\"stretch\"]]";
  EXPECT_NE(replay.replay(item)->difference.find("expected [[\"i0\""), std::string::npos);
  StoredRecommendation earlier = row;
  earlier.answers = 0;
  EXPECT_FALSE(replay.replay(earlier)->identical);
  StoredRecommendation later = row;
  later.answers = 2;
  EXPECT_EQ(replay.replay(later).error().kind, ErrorKind::Conflict);
}

TEST_F(ReplayTest, HistoryIsTheStudentsOwn) {
  answer(0);
  answer(1);
  const auto history = recommendation_history(services(), DrawnSchool::kCourse, "s0", kAll, 10);
  ASSERT_TRUE(history);
  ASSERT_EQ(history->size(), 1U);
  const std::uint64_t no = history->front().no;
  EXPECT_TRUE(find_recommendation(services(), DrawnSchool::kCourse, "s0", no));
  EXPECT_EQ(find_recommendation(services(), DrawnSchool::kCourse, "s1", no).error().kind,
            ErrorKind::NotFound);
  EXPECT_EQ(
      recommendation_history(services(), DrawnSchool::kCourse, "nobody", kAll, 10).error().kind,
      ErrorKind::NotFound);
}

TEST_F(ReplayTest, UptakeCountsFeedbackForTheRecommendationThatItWasAbout) {
  const auto first = answer(0);
  const auto course = *services().courses.find(DrawnSchool::kCourse);
  const std::string item = course->item_name(first->choice.item);
  say(0, "dismiss", item, 1);
  say(0, "swap", item, 2);  // of what is no longer recommended
  answer(0);
  ASSERT_TRUE(school_->store().recommendations().flush());
  std::uint64_t made = 0;
  std::map<std::string, std::uint64_t> said;
  const auto uptake = *school_->store().recommendations().uptake(DrawnSchool::kCourse);
  for (const Uptake& row : uptake) {
    EXPECT_EQ(row.run, school_->base());
    row.said.empty() ? made += row.count : said[row.said] += row.count;
  }
  EXPECT_EQ(made, 4U) << "after two answers and two feedbacks";
  EXPECT_EQ(said["dismiss"], 1U);
  EXPECT_EQ(said["swap"], 0U);
}

}  // namespace
}  // namespace meno
