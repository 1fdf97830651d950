// Exposure control: no item is asked of more than a given share of students. Simulated students
// take the test; of each item it is counted how often it was selected, P(S), and what must be kept
// of that for P(asked) to stay within the limit,
//   K = most / P(S) where P(S) > most, else 1,
// until the limit holds: keeping items back makes others be selected more often, so it goes in
// rounds. A student whom the lottery does not let be asked an item is not asked it for the whole
// test. Source: Sympson & Hetter 1985; convergence as in van der Linden 2003 (Journal of
// Educational and Behavioral Statistics 28). Departures: as many items as a test has keep K = 1, or
// some test might end with nothing to ask (Sympson & Hetter's own remedy); each round takes the
// mean of the old and new P(S), which damps their swinging; the round with the lowest largest
// share is kept; and K aims a standard error below the limit.
#pragma once

#include "tutor/adaptive_test/test_simulation.h"

namespace meno {

struct ExposurePlan {
  double most = 0.25;
  std::size_t students = 500;  // simulated, a round
  int rounds = 12;
};

/// Errors: InvalidInput for a share that the bank cannot hold (with n items and tests of m
/// questions some item is asked of m / n at least); those of TestSession::begin.
Result<ExposureControl> calibrate_exposure(const TestSetting& setting, const ExposurePlan& plan,
                                           Rng rng);

}  // namespace meno
