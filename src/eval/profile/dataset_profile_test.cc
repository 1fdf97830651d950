#include "eval/profile/dataset_profile.h"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "core/json.h"
#include "eval/profile/profile_json.h"
#include "eval/report/profile_report.h"
#include "eval/synthetic_school_for_test.h"

namespace meno {
namespace {

constexpr TimePoint kNow{std::chrono::hours(500'000)};

DatasetProfile profile(const SyntheticSchool& school) {
  return profile_of("synthetic", "hash", school.course, school.source, kNow);
}

const Warning* find(const DatasetProfile& p, std::string_view code) {
  for (const Warning& warning : p.warnings) {
    if (warning.code == code) return &warning;
  }
  return nullptr;
}

std::size_t total(const Histogram& histogram) {
  return std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::size_t{0});
}

/// Replaces the students by these histories.
void set_students(SyntheticSchool& school, const std::vector<std::vector<Event>>& students) {
  school.histories.clear();
  school.source.students.clear();
  for (const auto& events : students) {
    History& history = school.histories.emplace_back();
    for (const Event& event : events) history.push_back(event);
  }
  for (const History& history : school.histories) school.source.students.push_back(history.view());
}

const SkillId kSkill{0U};

Event answer(std::uint32_t item, bool right, TimePoint at = kNoTime) {
  return {.item = ItemId(item), .skills = {&kSkill, 1}, .correct = right ? 1.0F : 0.0F, .at = at};
}

TEST(DatasetProfile, CountsWhatIsThere) {
  const auto school = synthetic_school(150, 5);
  const DatasetProfile p = profile(*school);
  std::size_t answers = 0;
  for (const Sequence& history : school->source.students) answers += history.size();
  EXPECT_EQ(p.students, 150u);
  EXPECT_EQ(p.answers, answers);
  EXPECT_EQ(total(p.answers_per_student.histogram), 150u);
  EXPECT_EQ(total(p.activity.answers), answers);
  EXPECT_EQ(total(p.response_s.histogram), answers);
  EXPECT_EQ(p.response_s.count, answers);
  EXPECT_NEAR(p.sparsity, 1.0 - static_cast<double>(p.student_item_pairs) / (150.0 * 12.0), 1e-12);
  EXPECT_EQ(to_json(p).at("answers"), answers);
}

TEST(DatasetProfile, WarnsOfRowsThatCopyTheRowBefore) {
  const auto school = synthetic_school(1, 1);
  set_students(*school, {{answer(1, true), answer(1, true), answer(2, false), answer(2, false),
                          answer(3, true)}});
  const DatasetProfile p = profile(*school);
  const Warning* const leak = find(p, "copy_leak");
  ASSERT_NE(leak, nullptr);
  EXPECT_EQ(leak->count, 2u);
  EXPECT_EQ(find(p, "duplicated_rows"), nullptr)
      << "without times rows cannot be told to be duplicates";
}

TEST(DatasetProfile, TakesDisagreeingRepeatsForRealAttempts) {
  const auto school = synthetic_school(1, 1);
  set_students(*school, {{answer(1, false), answer(1, true), answer(2, true), answer(2, true)}});
  const DatasetProfile p = profile(*school);
  EXPECT_EQ(find(p, "copy_leak"), nullptr);
  EXPECT_NE(find(p, "repeated_attempts"), nullptr);
}

TEST(DatasetProfile, WarnsOfEachTrap) {
  const auto school = synthetic_school(1, 1);
  const TimePoint at{std::chrono::hours(450'000)};
  std::vector<Event> all_right;
  for (std::uint32_t i = 0; i < 10; ++i)
    all_right.push_back(answer(i, true, at + std::chrono::minutes(i)));
  std::vector<Event> faulty{answer(1, true, at), answer(1, true, at),
                            answer(2, false, at - std::chrono::hours(1)),
                            answer(3, false, kNow + std::chrono::hours(1)), answer(4, true)};
  faulty[0].skills = {};
  faulty[1].skills = {};
  faulty[2].response_ms = 4'000'000;
  set_students(*school, {all_right, all_right, faulty});
  school->labels = {0, 1, 0};
  school->source.labels = {"train", "test"};
  school->source.label_of = school->labels;
  const DatasetProfile p = profile(*school);
  const std::vector<std::pair<const char*, std::size_t>> expected = {
      {"constant_students", 2}, {"twin_students", 1},   {"split_overlap", 1},
      {"unknown_skills", 2},    {"duplicated_rows", 1}, {"backward_times", 1},
      {"impossible_times", 1},  {"missing_times", 1},   {"response_times", 1},
      {"tiny", p.answers}};
  for (const auto& [code, count] : expected) {
    const Warning* const warning = find(p, code);
    ASSERT_NE(warning, nullptr) << code;
    EXPECT_EQ(warning->count, count) << code;
    EXPECT_FALSE(warning->text.zh_cn.empty()) << code;
  }
}

TEST(DatasetProfile, FindsNothingWrongWithSoundData) {
  const auto school = synthetic_school(300, 9);
  for (const Warning& warning : profile(*school).warnings) {
    EXPECT_EQ(warning.code, "repeated_attempts") << "items are drawn at random, so some repeat";
  }
}

TEST(Activity, KeepsStretchesWithoutAnswers) {
  const auto school = synthetic_school(1, 1);
  const TimePoint day{std::chrono::sys_days{std::chrono::year{2024} / 2 / 27}};
  set_students(*school, {{answer(1, true, day), answer(2, true, day + std::chrono::days(3))}});
  const Activity activity = profile(*school).activity;
  EXPECT_EQ(activity.unit, "day");
  EXPECT_EQ(activity.answers.names,
            (std::vector<std::string>{"2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01"}));
  EXPECT_EQ(activity.answers.counts, (std::vector<std::size_t>{1, 0, 0, 1}));
}

TEST(Distribution, DoublesFromBarToBar) {
  const Distribution d = distribution_of({1.0, 2.0, 3.0, 4.0, 9.0});
  EXPECT_EQ(d.histogram.names, (std::vector<std::string>{"1", "2–3", "4–7", "8–15"}));
  EXPECT_EQ(d.histogram.counts, (std::vector<std::size_t>{1, 2, 1, 1}));
  EXPECT_DOUBLE_EQ(d.median, 3.0);
  EXPECT_DOUBLE_EQ(d.mean, 3.8);
}

TEST(ProfileReport, IsSelfContainedInEitherLanguage) {
  const auto school = synthetic_school(50, 2);
  for (const Language language : {Language::En, Language::ZhCn}) {
    const std::string html = profile_report(profile(*school), language);
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_EQ(html.find("http"), std::string::npos);
    EXPECT_NE(html.find(language == Language::En ? "Difficulty" : "难度"), std::string::npos);
  }
}

}  // namespace
}  // namespace meno
