// A kept state and the answers since are what a replay of all answers is, to the last bit; of
// anything that does not match exactly no use is made.
#include <cstdlib>
#include <filesystem>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "service/drawn_school_for_test.h"

namespace meno {
namespace {

constexpr std::size_t kAnswers = 600;

class KeptState : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-kept-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    school_ = std::make_unique<DrawnSchool>(folder_, prior_, World::HardOrEasy, 3);
    school_->enrol(2);
    std::vector<StoredAnswer> answers;
    for (std::size_t k = 0; k < kAnswers; ++k) {
      answers.push_back(school_->answer(0));
      if (k % 3 == 0) answers.back().hints_used = 1;
      if (k % 2 == 0) answers.back().response_ms = 1'200;  // faster than anyone reads
      if (k % 50 != 20 && k + 1 < kAnswers) continue;
      ASSERT_TRUE(school_->store().answers().append_many(answers));
      answers.clear();
      if (k % 50 == 20) say(k);
    }
    course_ = *school_->services().courses.find(DrawnSchool::kCourse);
  }
  void TearDown() override {
    school_.reset();
    std::filesystem::remove_all(folder_);
  }

  void say(std::size_t step) {
    StoredFeedback said;
    said.event_id = fmt::format("f{}", step);
    said.course_id = DrawnSchool::kCourse;
    said.student_id = "s0";
    said.item_id = "i1";
    said.kind = step % 100 == 20 ? "too_hard" : "swap";
    std::promise<void> written;
    school_->store().feedback().append(said, [&written](const Result<AppendedFeedback>& done) {
      EXPECT_TRUE(done);
      written.set_value();
    });
    written.get_future().wait();
  }

  /// What the stored answers up to the one with number `until` say, by replay from `state` on.
  void replay(LearnerState& state, std::size_t until) const {
    const auto answers = *school_->store().answers().history(DrawnSchool::kCourse, "s0");
    const auto said = *school_->store().feedback().of_student(DrawnSchool::kCourse, "s0");
    const auto take = [&] {
      for (const StoredFeedback& one : said) {
        if (one.no > state.last_feedback() && one.after_seq <= state.last_seq()) state.take(one);
      }
    };
    for (std::size_t k = 0; k < until; ++k) {
      if (answers[k].seq <= state.last_seq()) continue;
      take();
      state.observe(answers[k], kNoResponseTime);
    }
    take();
  }

  /// Everything that predictions and recommendations are made from.
  std::vector<double> essence(const LearnerState& state) const {
    std::vector<double> said;
    const Course& course = course_->tutor().course();
    for (std::size_t k = 0; k < course.items.size(); ++k) {
      const ItemId item(k);
      const Target target{.item = item, .skills = course.skills_of(item), .at = kNoTime};
      double p = 0.0;
      state.tracker().p_correct(std::span(&target, 1), std::span(&p, 1));
      const ItemRecord& met = state.record().item(item);
      said.insert(said.end(), {p, static_cast<double>(met.times), met.last_correct ? 1.0 : 0.0,
                               static_cast<double>(met.last_answer),
                               static_cast<double>(met.last_at.time_since_epoch().count()),
                               state.feedback().freshness(item)});
    }
    for (const SkillId skill : course_->skills()) {
      const SkillRecord& record = state.record().skill(skill);
      said.insert(said.end(),
                  {static_cast<double>(record.answers), static_cast<double>(record.right),
                   static_cast<double>(record.hints), static_cast<double>(record.streak),
                   static_cast<double>(record.run), static_cast<double>(record.outcomes),
                   static_cast<double>(record.last_at.time_since_epoch().count()),
                   state.feedback().interest(skill)});
      for (const Attempt& attempt : record.attempts)
        said.push_back(static_cast<double>(std::hash<std::string>()(attempt.event_id)));
    }
    const LearningRecord& all = state.record();
    said.insert(
        said.end(),
        {static_cast<double>(all.answers()), static_cast<double>(all.right()),
         static_cast<double>(all.rapid_guesses()), static_cast<double>(all.recent_rapid_guesses()),
         static_cast<double>(all.recent_timed()), static_cast<double>(all.recent_wrong()),
         static_cast<double>(all.streak()), state.feedback().target_shift(),
         static_cast<double>(state.last_seq()), static_cast<double>(state.last_feedback())});
    return said;
  }

  std::optional<StoredState> stored() const {
    return *school_->store().states().find(DrawnSchool::kCourse, "s0");
  }

  /// As a server that has just started sees the student.
  std::vector<double> served_anew() const {
    LiveStudents students(school_->store());
    std::vector<double> said;
    EXPECT_TRUE((*students.find(course_, "s0"))->now([&](const LearnerState& state) {
      said = essence(state);
    }));
    return said;
  }

  std::filesystem::path folder_;
  meno::Run prior_ = small_prior();
  std::unique_ptr<DrawnSchool> school_;
  std::shared_ptr<const LiveCourse> course_;
};

TEST_F(KeptState, WithTheAnswersSinceIsAReplayOfAll) {
  LearnerState all(course_);
  replay(all, kAnswers);
  for (const std::size_t kept_after : {std::size_t{1}, std::size_t{20}, std::size_t{21},
                                       std::size_t{256}, std::size_t{571}, kAnswers}) {
    LearnerState before(course_);
    replay(before, kept_after);
    const std::optional<StoredState> kept = before.saved();
    ASSERT_TRUE(kept);
    LearnerState state(course_);
    const Result<Done> restored = state.restore(*kept);
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(essence(state), essence(before)) << kept_after;
    replay(state, kAnswers);
    EXPECT_EQ(essence(state), essence(all)) << kept_after;
  }
}

TEST_F(KeptState, GrowsWithWhatWasMetAndNotWithTheAnswers) {
  LearnerState half(course_);
  replay(half, kAnswers / 2);
  LearnerState all(course_);
  replay(all, kAnswers);
  EXPECT_LE(all.saved()->content.size(), half.saved()->content.size() + 200);
}

TEST_F(KeptState, IsWrittenBesideRequestsAndUsedByTheNextServer) {
  const std::vector<double> replayed = served_anew();
  LiveStudents students(school_->store());
  ASSERT_TRUE((*students.find(course_, "s0"))->now([](const LearnerState&) {}));
  for (int tries = 0; tries < 3'000 && !stored(); ++tries)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ASSERT_TRUE(stored());
  EXPECT_EQ(served_anew(), replayed);
  // That it is used shows when it says something else: the state of nobody's answers.
  StoredState other = *LearnerState(course_).saved();
  other.upto = stored()->upto;
  school_->store().states().keep(DrawnSchool::kCourse, "s0", other);
  for (int tries = 0; tries < 3'000 && stored()->content != other.content; ++tries)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_NE(served_anew(), replayed);
}

TEST_F(KeptState, ThatIsOfAnotherModelOrDamagedIsNotUsed) {
  LearnerState all(course_);
  replay(all, kAnswers);
  const StoredState kept = *all.saved();
  StoredState other_model = kept;
  other_model.version += "x";
  EXPECT_FALSE(LearnerState(course_).restore(other_model));
  for (std::size_t at = 0; at < kept.content.size(); at += 97) {
    StoredState damaged = kept;
    damaged.content[at] = static_cast<char>(damaged.content[at] ^ 1);
    EXPECT_FALSE(LearnerState(course_).restore(damaged)) << at;
  }
  for (std::size_t size = 0; size < kept.content.size(); size += 101) {
    StoredState cut = kept;
    cut.content.resize(size);
    EXPECT_FALSE(LearnerState(course_).restore(cut)) << size;
  }
}

}  // namespace
}  // namespace meno
