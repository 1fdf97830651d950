// Use case: one step of an adaptive test over the network. Nothing of a test is kept here: whoever
// takes it holds the answers so far, so it survives a restart and goes on at any server.
#pragma once

#include <string>
#include <vector>

#include "service/services.h"
#include "service/test_course.h"
#include "tutor/adaptive_test/registry.h"
#include "tutor/adaptive_test/session.h"

namespace meno {

/// A course's items, calibrated. Does not move: `calibrated` and `method` view into it.
struct TestBank {
  std::unique_ptr<const TestCourse> test;
  std::unique_ptr<const Calibrated> calibrated;
  std::unique_ptr<const TestMethod> method;  // expected-loss
  std::vector<double> asked;                 // [items] answers they were calibrated on
  std::size_t answers = 0;                   // their sum
};

struct TestStepAsk {
  std::string course_id;
  std::string student_id;           // "": somebody new
  std::vector<std::string> skills;  // ids or names; all items when empty
  struct Answer {
    std::string item_id;
    bool correct = false;
  };
  std::vector<Answer> answers;  // so far, in order
  int known = 0;                // a progress test begins with so many latest answers of the student
  double elapsed_s = 0.0;       // since its beginning
  bool end = false;             // stop it here
  std::uint64_t seed = 0;       // of what is drawn, beside the student's id; the same at each step
  TestRules rules;
};

/// Everybody meets an item in this variant, so that results compare.
inline constexpr std::uint32_t kTestVariant = 1;
/// Where more items may be asked, those answered most often: the choice looks at every pair.
inline constexpr std::size_t kLargestTestBank = 1000;

/// From so many on, what one of them answered no longer tells on the bank.
inline constexpr std::size_t kFewStudents = 40;

struct TestStep {
  std::shared_ptr<const LiveCourse> course;
  std::shared_ptr<const TestBank> bank;
  std::optional<ItemId> question;      // of the course; nullopt once the test is over
  std::optional<ItemContent> content;  // of the question, in kTestVariant; absent without texts
  TestReport report;                   // so far, in the ids of bank->test->course
};

/// Items are calibrated once per version of the course (KeptByCourse), on everybody's first
/// attempts; without the student's own where fewer than kFewStudents have some. Exposure control is
/// calibrated for tests of the whole bank. Errors: NotFound (course, student, item, a skill, naming
/// near ones); InvalidInput for rules out of range, an answer to an item that may not be asked or
/// was answered before, a course in which nobody has answered yet, or `known` without a student;
/// Unavailable.
Result<TestStep> test_step(Services& services, const TestStepAsk& ask);

}  // namespace meno
