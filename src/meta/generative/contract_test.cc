// What every row of the registry of generators must obey. Those of ids, seeds and earlier students
// have failed on bugs planted in draw_student.
#include <set>

#include <gtest/gtest.h>

#include "core/interrupt.h"
#include "meta/generative/generator.h"
#include "meta/generative/made_up_for_test.h"

namespace meno {
namespace {

/// Small and quick; every generator reads the options that are its own.
Options quick(std::string_view name) {
  if (name == "vae") return *parse_options({"latent=2", "hidden=4", "steps=30"});
  if (name == "gan")
    return *parse_options({"latent=2", "hidden=4", "steps=30", "rounds=4", "students=6"});
  return {};
}

std::vector<float> answers_of(const std::deque<History>& students) {
  std::vector<float> all;
  for (const History& student : students) {
    for (std::size_t t = 0; t < student.size(); ++t) {
      all.push_back(static_cast<float>(student.view()[t].item.value));
      all.push_back(student.view()[t].correct);
    }
  }
  return all;
}

class EveryGenerator : public testing::TestWithParam<GeneratorEntry> {
 protected:
  std::unique_ptr<const StudentGenerator> fitted(std::uint64_t seed) const {
    auto generator =
        GetParam().fit(quick(GetParam().name), {.students = views_of(students_), .seed = seed});
    EXPECT_TRUE(generator) << (generator ? "" : generator.error().message);
    return std::move(*generator);
  }

  std::deque<History> students_ = made_up_students(25, 15, 1);
};

TEST_P(EveryGenerator, DrawsAnswersOnItemsOfTheCourseWithTheirSkills) {
  std::set<std::uint32_t> items;
  std::size_t longest = 0;
  for (const History& student : students_) {
    longest = std::max(longest, student.size());
    for (std::size_t t = 0; t < student.size(); ++t) items.insert(student.view()[t].item.value);
  }
  for (const History& student : draw_students(*fitted(1), 30, 2)) {
    ASSERT_GT(student.size(), 0U);
    EXPECT_LE(student.size(), longest);
    for (std::size_t t = 0; t < student.size(); ++t) {
      const Event event = student.view()[t];
      EXPECT_TRUE(items.contains(event.item.value));
      ASSERT_EQ(event.skills.size(), 1U);
      EXPECT_EQ(event.skills[0].value, event.item.value % kMadeUpSkills);
      EXPECT_TRUE(event.correct == 0.0F || event.correct == 1.0F);
      EXPECT_EQ(event.at, kNoTime);
      EXPECT_FALSE(event.label);
    }
  }
}

TEST_P(EveryGenerator, TheSameSeedGivesTheSameStudents) {
  const std::vector<float> once = answers_of(draw_students(*fitted(1), 10, 2));
  EXPECT_EQ(once, answers_of(draw_students(*fitted(1), 10, 2)));
  EXPECT_NE(once, answers_of(draw_students(*fitted(1), 10, 3)));
}

TEST_P(EveryGenerator, AStudentDoesNotDependOnHowManyAreDrawn) {
  const auto generator = fitted(1);
  const std::vector<float> few = answers_of(draw_students(*generator, 3, 2));
  std::vector<float> many = answers_of(draw_students(*generator, 8, 2));
  many.resize(few.size());
  EXPECT_EQ(few, many);
}

TEST_P(EveryGenerator, AnswersAsOftenRightAsTheStudentsItLearntFrom) {
  const auto rate = [](const std::deque<History>& students) {
    double right = 0.0;
    double all = 0.0;
    for (const History& student : students) {
      for (std::size_t t = 0; t < student.size(); ++t) right += student.view()[t].correct;
      all += static_cast<double>(student.size());
    }
    return right / all;
  };
  EXPECT_NEAR(rate(draw_students(*fitted(1), 150, 2)), rate(students_), 0.12);
}

TEST_P(EveryGenerator, LearnsFromOneStudentWhoWasAlwaysRight) {
  std::deque<History> one;
  for (std::size_t t = 0; t < 3; ++t)
    add_answer(one.empty() ? one.emplace_back() : one[0], t, true);
  const auto generator = GetParam().fit(quick(GetParam().name), {.students = views_of(one)});
  ASSERT_TRUE(generator) << generator.error().message;
  for (const History& student : draw_students(**generator, 20, 1)) EXPECT_GE(student.size(), 1U);
}

TEST_P(EveryGenerator, TellsBadRequestsInOneSentence) {
  const auto fit = GetParam().fit;
  EXPECT_EQ(fit({}, {.students = {}}).error().message,
            "0 students without answers, expected at least 1 with some");
  const std::deque<History> silent(2);
  EXPECT_EQ(fit({}, {.students = views_of(silent)}).error().message,
            "2 students without answers, expected at least 1 with some");
  EXPECT_EQ(fit({{"nonsense", "1"}}, {.students = views_of(students_)}).error().kind,
            ErrorKind::InvalidInput);
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryGenerator, testing::ValuesIn(generator_registry()),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Generators, AnUnknownNameIsToldWithTheKnownOnes) {
  EXPECT_EQ(find_generator("oracle").error().message,
            "generator \"oracle\", expected one of: bootstrap, irt, vae, gan");
}

TEST(Generators, RefuseWhatCannotBe) {
  const std::deque<History> students = made_up_students(5, 5, 1);
  const auto message = [&](std::string_view name, const char* setting) {
    return (**find_generator(name))
        .fit(*parse_options({setting}), {.students = views_of(students)})
        .error()
        .message;
  };
  EXPECT_EQ(message("irt", "leave=1.5"), "irt: leave 1.5, expected 0 to 1");
  EXPECT_EQ(message("vae", "latent=0"),
            "vae: latent 0 and hidden 24, expected 1 to 64 and 1 to 1024");
  EXPECT_NE(message("gan", "discount=2").find("discount 2"), std::string::npos);
}

TEST(Generators, AnInterruptIsHeard) {
  const std::deque<History> students = made_up_students(5, 5, 1);
  set_interrupted(true);
  for (const char* name : {"vae", "gan"}) {
    const auto fitted = (**find_generator(name)).fit({}, {.students = views_of(students)});
    EXPECT_EQ(fitted.error().kind, ErrorKind::Unavailable) << name;
  }
  set_interrupted(false);
}

}  // namespace
}  // namespace meno
