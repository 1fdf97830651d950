#include "domain/split.h"

#include <deque>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "core/rng.h"

namespace meno {
namespace {

constexpr std::size_t kNobody = 0;

/// Random students whose every answer is known by (student, row).
struct School {
  std::deque<History> histories;
  std::vector<std::uint8_t> labels;
  std::vector<ClassId> classes;
  std::vector<SchoolId> schools;
  SplitSource source;
};

TimePoint minute(std::uint64_t m) { return TimePoint{std::chrono::minutes(m)}; }

std::unique_ptr<School> school_of(std::uint64_t seed, std::vector<std::string> labels) {
  auto school = std::make_unique<School>();
  Rng rng(seed);
  const std::size_t students = 40 + rng.below(80);
  for (std::size_t s = 0; s < students; ++s) {
    History& history = school->histories.emplace_back();
    const std::size_t answers = rng.chance(0.1) ? kNobody : 1 + rng.below(60);
    std::uint64_t at = rng.below(1000);
    const double ability = rng.uniform();
    for (std::size_t t = 0; t < answers; ++t) {
      at += rng.below(50);
      history.push_back({.item = ItemId(rng.below(20)),
                         .skills = {},
                         .correct = rng.chance(ability) ? 1.0F : 0.0F,
                         .at = minute(at)});
    }
    school->labels.push_back(
        static_cast<std::uint8_t>(rng.below(std::max<std::size_t>(1, labels.size()))));
    school->classes.push_back(rng.chance(0.1) ? ClassId() : ClassId(rng.below(12)));
    school->schools.push_back(rng.chance(0.1) ? SchoolId() : SchoolId(rng.below(5)));
  }
  for (const History& history : school->histories) {
    school->source.students.push_back(history.view());
  }
  school->source.labels = std::move(labels);
  if (!school->source.labels.empty()) school->source.label_of = school->labels;
  school->source.class_of = school->classes;
  school->source.school_of = school->schools;
  return school;
}

std::vector<std::string> akt_labels() {
  return {"trainonly", "test1", "test2", "test3", "test4", "test5"};
}

std::set<StudentId> students_in(const std::vector<Stretch>& role) {
  std::set<StudentId> students;
  for (const Stretch& stretch : role) students.insert(stretch.student);
  return students;
}

template <class T>
bool disjoint(const std::set<T>& a, const std::set<T>& b) {
  return std::none_of(a.begin(), a.end(), [&](const T& x) { return b.count(x) > 0; });
}

/// The values `value_of` takes on a role's students are taken by no other role's.
template <class ValueOf>
void expect_apart(const Split& split, const ValueOf& value_of) {
  using Value = decltype(value_of(StudentId()));
  const auto values = [&](const std::vector<Stretch>& role) {
    std::set<Value> found;
    for (const Stretch& stretch : role) found.insert(value_of(stretch.student));
    return found;
  };
  EXPECT_TRUE(disjoint(values(split.train), values(split.valid))) << split.name;
  EXPECT_TRUE(disjoint(values(split.train), values(split.test))) << split.name;
  EXPECT_TRUE(disjoint(values(split.valid), values(split.test))) << split.name;
}

void expect_whole_students(const Split& split, const SplitSource& source) {
  expect_apart(split, [](StudentId student) { return student; });
  for (const auto* role : {&split.train, &split.valid, &split.test}) {
    EXPECT_FALSE(role->empty()) << split.name;
    for (const Stretch& stretch : *role) {
      EXPECT_EQ(stretch.from, 0u);
      EXPECT_EQ(stretch.to, source.students[stretch.student.value].size());
    }
  }
}

std::size_t with_answers(const SplitSource& source) {
  return static_cast<std::size_t>(std::count_if(source.students.begin(), source.students.end(),
                                                [](const Sequence& h) { return !h.empty(); }));
}

std::size_t placed(const Split& split) {
  return split.train.size() + split.valid.size() + split.test.size();
}

class AnySchool : public testing::TestWithParam<std::uint64_t> {};

TEST_P(AnySchool, AktFoldsShareNoStudentAndCoverAll) {
  const auto school = school_of(GetParam(), akt_labels());
  std::multiset<StudentId> tested;
  for (int fold = 1; fold <= 5; ++fold) {
    const auto split = split_akt(school->source, fold);
    ASSERT_TRUE(split) << split.error().message;
    expect_whole_students(*split, school->source);
    EXPECT_EQ(placed(*split), with_answers(school->source));
    for (const StudentId s : students_in(split->test)) {
      tested.insert(s);
      EXPECT_EQ(school->labels[s.value], fold);
    }
    for (const StudentId s : students_in(split->valid))
      EXPECT_EQ(school->labels[s.value], fold % 5 + 1);
  }
  EXPECT_EQ(std::set<StudentId>(tested.begin(), tested.end()).size(), tested.size());
}

TEST_P(AnySchool, FixedSplitValidatesOnTrainStudentsOnly) {
  const auto school = school_of(GetParam(), {"train", "test"});
  const auto split = split_fixed(school->source, {.seed = GetParam()});
  ASSERT_TRUE(split) << split.error().message;
  expect_whole_students(*split, school->source);
  for (const StudentId s : students_in(split->valid)) EXPECT_EQ(school->labels[s.value], 0);
  for (const StudentId s : students_in(split->test)) EXPECT_EQ(school->labels[s.value], 1);
  EXPECT_EQ(split->left_out, 0u);
}

TEST_P(AnySchool, StudentFoldsShareNoStudentAndCoverEachOnce) {
  const auto school = school_of(GetParam(), {});
  std::multiset<StudentId> tested;
  for (int fold = 1; fold <= 5; ++fold) {
    const auto split = split_students(school->source, {.fold = fold, .seed = GetParam()});
    ASSERT_TRUE(split) << split.error().message;
    expect_whole_students(*split, school->source);
    for (const StudentId s : students_in(split->test)) tested.insert(s);
  }
  EXPECT_EQ(tested.size(), with_answers(school->source));
  EXPECT_EQ(std::set<StudentId>(tested.begin(), tested.end()).size(), tested.size());
}

TEST_P(AnySchool, TimeSplitScoresNothingBeforeWhatItLearntFrom) {
  const auto school = school_of(GetParam(), {});
  const auto split = split_by_time(school->source, {});
  ASSERT_TRUE(split) << split.error().message;
  const auto scored = [&](const std::vector<Stretch>& role) {
    std::vector<TimePoint> times;
    for (const Stretch& s : role) {
      for (std::size_t t = s.from; t < s.to; ++t)
        times.push_back(school->source.students[s.student.value][t].at);
    }
    std::sort(times.begin(), times.end());
    return times;
  };
  const auto train = scored(split->train);
  const auto valid = scored(split->valid);
  const auto test = scored(split->test);
  EXPECT_LT(train.back(), valid.front());
  EXPECT_LT(valid.back(), test.front());
  std::size_t answers = 0;
  for (const Sequence& history : school->source.students) answers += history.size();
  EXPECT_EQ(train.size() + valid.size() + test.size(), answers);
}

TEST_P(AnySchool, GroupSplitSharesNoSchoolAndNoClass) {
  const auto school = school_of(GetParam(), {});
  for (const int folds : {0, 3}) {
    for (int fold = 1; fold <= 3; ++fold) {
      const auto by_school =
          split_groups(school->source, {Grouping::School, folds, fold, GetParam()});
      ASSERT_TRUE(by_school) << by_school.error().message;
      expect_whole_students(*by_school, school->source);
      expect_apart(*by_school, [&](StudentId s) { return school->schools[s.value]; });
      EXPECT_EQ(placed(*by_school) + by_school->left_out, with_answers(school->source));
      const auto by_class =
          split_groups(school->source, {Grouping::Class, folds, fold, GetParam()});
      ASSERT_TRUE(by_class) << by_class.error().message;
      expect_apart(*by_class, [&](StudentId s) { return school->classes[s.value]; });
    }
  }
}

TEST_P(AnySchool, SplitsTheSameForOneSeed) {
  const auto school = school_of(GetParam(), {});
  const auto once = split_students(school->source, {.seed = 7});
  const auto again = split_students(school->source, {.seed = 7});
  const auto other = split_students(school->source, {.seed = 8});
  ASSERT_TRUE(once && again && other);
  EXPECT_EQ(once->train, again->train);
  EXPECT_EQ(once->valid, again->valid);
  EXPECT_EQ(once->test, again->test);
  EXPECT_NE(once->test, other->test);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnySchool, testing::Range<std::uint64_t>(0, 12));

TEST(StudentSplit, StratifiesByLengthAndRate) {
  std::deque<History> histories;
  SplitSource source;
  Rng rng(3);
  for (int s = 0; s < 500; ++s) {  // two kinds of students, half of each long and half of each good
    History& history = histories.emplace_back();
    const std::size_t answers = s % 2 == 0 ? 5 : 50;
    for (std::size_t t = 0; t < answers; ++t) {
      history.push_back({.item = ItemId(t), .skills = {}, .correct = s % 4 < 2 ? 1.0F : 0.0F});
    }
  }
  for (const History& history : histories) source.students.push_back(history.view());
  for (int fold = 1; fold <= 5; ++fold) {
    const auto split = split_students(source, {.fold = fold, .seed = 1});
    ASSERT_TRUE(split);
    std::size_t answers = 0;
    double right = 0.0;
    for (const Stretch& s : split->test) {
      answers += s.to;
      right += static_cast<double>(s.to) *
               static_cast<double>(source.students[s.student.value][0].correct);
    }
    EXPECT_EQ(split->test.size(), 100u);
    EXPECT_NEAR(static_cast<double>(answers), 2750.0, 91.0);  // at most two students off
    EXPECT_NEAR(right / static_cast<double>(answers), 0.5, 0.04);
  }
}

TEST(Split, SaysWhatIsWrongInOneSentence) {
  const auto school = school_of(1, {"train", "test"});
  const auto untimed = school_of(1, {});
  untimed->source.class_of = {};
  EXPECT_EQ(
      split_akt(school->source, 1).error().message,
      "protocol akt: the students are labelled train, test, expected test1 to test5 and trainonly");
  EXPECT_EQ(
      split_fixed(untimed->source, {}).error().message,
      "protocol gervet: the source fixes no split, expected students labelled train and test");
  EXPECT_EQ(split_students(school->source, {.fold = 6}).error().message,
            "fold 6, expected one from 1 to 5");
  EXPECT_FALSE(split_students(school->source, {.valid_share = 0.7}));
  EXPECT_FALSE(split_groups(untimed->source, {.by = Grouping::Class}));
  EXPECT_FALSE(split_courses(2, 1, 0));
}

TEST(CourseSplit, NamesEveryCourseOnce) {
  for (int fold = 1; fold <= 6; ++fold) {
    const auto split = split_courses(6, fold, 4);
    ASSERT_TRUE(split);
    std::set<std::size_t> all(split->train.begin(), split->train.end());
    all.insert(split->valid.front());
    all.insert(split->test.front());
    EXPECT_EQ(all.size(), 6u);
    EXPECT_EQ(split->test.front(), static_cast<std::size_t>(fold - 1));
  }
}

}  // namespace
}  // namespace meno
