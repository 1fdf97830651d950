// Splits by time: what came before a moment is learnt from, what came after is scored with all
// before it as context.
#include <algorithm>

#include <fmt/format.h>

#include "domain/split.h"
#include "domain/split_checks.h"

namespace meno {
namespace {

/// The moment that leaves `share` of the answers behind it, from at most a million evenly spaced
/// answers.
TimePoint moment_leaving(std::vector<TimePoint>& times, double share) {
  const auto rank = static_cast<std::size_t>((1.0 - share) * static_cast<double>(times.size()));
  const auto at = times.begin() + static_cast<std::ptrdiff_t>(std::min(rank, times.size() - 1));
  std::nth_element(times.begin(), at, times.end());
  return *at;
}

std::vector<TimePoint> sample_of_times(const SplitSource& source) {
  std::size_t answers = 0;
  for (const Sequence& history : source.students) answers += history.size();
  const std::size_t step = 1 + answers / 1'000'000;
  std::vector<TimePoint> times;
  std::size_t row = 0;
  for (const Sequence& history : source.students) {
    for (std::size_t t = 0; t < history.size(); ++t, ++row) {
      const TimePoint at = row % step == 0 ? history[t].at : kNoTime;
      if (at != kNoTime) times.push_back(at);
    }
  }
  return times;
}

/// Number of answers before `moment`; the history is oldest first.
std::size_t answers_before(const Sequence& history, TimePoint moment) {
  std::size_t t = 0;
  while (t < history.size() && history[t].at < moment) ++t;
  return t;
}

bool fully_timed(const Sequence& history) {
  for (std::size_t t = 0; t < history.size(); ++t) {
    if (history[t].at == kNoTime || (t > 0 && history[t].at < history[t - 1].at)) return false;
  }
  return true;
}

}  // namespace

Result<Split> split_by_time(const SplitSource& source, const TimeSplit& ask) {
  if (!(ask.test_share > 0.0 && ask.valid_share > 0.0 && ask.test_share + ask.valid_share < 1.0)) {
    return invalid_input(
        fmt::format("time shares {} valid and {} test, expected above 0 and together below 1",
                    ask.valid_share, ask.test_share));
  }
  std::vector<TimePoint> times = sample_of_times(source);
  if (times.empty()) {
    return invalid_input("split by time: the answers have no times, expected a source with times");
  }
  const TimePoint test_at = ask.test_at ? *ask.test_at : moment_leaving(times, ask.test_share);
  const TimePoint valid_at =
      ask.valid_at ? *ask.valid_at : moment_leaving(times, ask.test_share + ask.valid_share);
  Split split{.name = "time"};
  for (std::size_t s = 0; s < source.students.size(); ++s) {
    const Sequence& history = source.students[s];
    if (history.empty()) continue;
    if (!fully_timed(history)) {
      ++split.left_out;
      continue;
    }
    const std::size_t test = answers_before(history, test_at);
    const std::size_t valid = std::min(test, answers_before(history, valid_at));
    if (valid > 0) split.train.push_back({StudentId(s), 0, valid});
    if (test > valid) split.valid.push_back({StudentId(s), valid, test});
    if (history.size() > test) split.test.push_back({StudentId(s), test, history.size()});
  }
  MENO_TRY_DONE(check_roles(split));
  return split;
}

}  // namespace meno
