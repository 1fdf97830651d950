// Use case: calibrate a course's items on everybody else's answers and give one student an adaptive
// test: `meno test`.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "core/json_fwd.h"
#include "service/test_course.h"
#include "tutor/adaptive_test/session.h"

namespace meno {

struct GiveTest {
  TestCourseAsk course;
  std::vector<std::string> skills = {};  // names; all items when empty
  std::string selector = "expected-loss";
  TestRules rules;
  int known = 0;  // a progress test begins with so many latest answers of the student; 0: placement
  std::uint64_t seed = 0;
  bool chinese = false;
  /// Standard input holds all answers beforehand, {"item_id","correct"} a line, and only those
  /// items are asked. Otherwise questions are written and answered one by one.
  bool scripted = false;
};

/// {"student","course","simulated","selector","calibration":{"students","answers","items"},
/// "questions","stopped","stopped_text","ability":{"mean","sd","low","high"},"above_cut",
/// "skills":[{"skill","name","asked","right","p_correct"}],"items":[{"item","name","correct",
/// "p_before","ability","sd"}]}. Questions go to `out`, answers come from `in`; `elapsed_s` is
/// asked for the time since the beginning. Errors: those of load_test_course, calibrate and
/// TestSession::begin; InvalidInput for a line that is no answer; NotFound for an unknown skill or
/// item.
Result<Json> give_test(const GiveTest& ask, std::istream& in, std::ostream& out,
                       const std::function<double()>& elapsed_s);

}  // namespace meno
