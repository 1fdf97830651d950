// Tests of simulated students on a calibrated bank: how long they are, whom they call above the
// cut, and how often each item is asked. Every figure here is of simulated students, who answer by
// the very curves that the test believes: what a bank's misfit adds is not in them.
#pragma once

#include <span>
#include <vector>

#include "tutor/adaptive_test/session.h"

namespace meno {

/// What is tested by. Views must outlive the call.
struct TestSetting {
  const Course& course;
  const TestMethod& method;
  const IrtBank& irt;
  std::span<const ItemId> bank;
  TestRules rules;
  const ExposureControl* exposure = nullptr;
};

struct SimulatedTests {
  double mean_questions = 0.0;
  double above = 0.0;            // share called above the cut
  double decided = 0.0;          // share of tests that the cut ended, before the longest
  std::vector<double> asked;     // [items] share of students
  std::vector<double> selected;  // [items] share who were asked it, or would have been
};

/// One test a student of the abilities. Errors: those of TestSession::begin.
Result<SimulatedTests> simulate_tests(const TestSetting& setting, std::span<const double> abilities,
                                      Rng rng);

}  // namespace meno
