// How often a watch of drift cries wolf, and how soon it sees the wolf. All streams are simulated.
#include "service/drift_watch.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "service/prequential.h"

namespace meno {
namespace {

struct Stream {
  double shift = 0.0;      // of the logit of the truth against the model, from `from` on
  double sharpness = 1.0;  // likewise: the truth's logit is so much the model's
  std::size_t from = 0;
  std::size_t answers = 4000;
};

/// Students of different abilities on items of different difficulties; the model is somewhat too
/// sure throughout, as models are. The answer that raised the alarm, or nullopt.
std::optional<std::size_t> alarm_at(const Stream& stream, std::uint64_t seed,
                                    DriftKind* kind = nullptr) {
  Rng rng(seed);
  DriftWatch watch;
  for (std::size_t k = 0; k < stream.answers; ++k) {
    const double logit = 2.0 * rng.normal() + 0.8;
    const bool changed = k >= stream.from;
    const double truth =
        0.9 * logit * (changed ? stream.sharpness : 1.0) + (changed ? stream.shift : 0.0);
    const double correct = rng.chance(1.0 / (1.0 + std::exp(-truth))) ? 1.0 : 0.0;
    const auto raised = watch.add(1.0 / (1.0 + std::exp(-logit)), correct);
    if (!raised) continue;
    if (kind != nullptr) *kind = *raised;
    return k;
  }
  return std::nullopt;
}

TEST(DriftWatchTest, StationaryStreamsRaiseNextToNoAlarm) {
  int alarms = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) alarms += alarm_at({}, seed) ? 1 : 0;
  RecordProperty("alarms_of_300", alarms);
  EXPECT_LE(alarms, 6) << "of 300 streams of 4,000 answers (2 %)";
}

TEST(DriftWatchTest, SeesThatStudentsHaveBecomeWorseThanForeseen) {
  std::vector<std::size_t> delays;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    DriftKind kind{};
    const auto at = alarm_at({.shift = -1.2, .from = 1500}, seed, &kind);
    ASSERT_TRUE(at);
    ASSERT_GE(*at, 1500U);
    EXPECT_EQ(kind, DriftKind::Overestimates);
    delays.push_back(*at - 1500);
  }
  std::sort(delays.begin(), delays.end());
  RecordProperty("median_delay", static_cast<int>(delays[20]));
  EXPECT_LE(delays[20], 400U);
}

TEST(DriftWatchTest, SeesThatTheModelHasBecomeTooSureThoughItsMeanIsRight) {
  int seen = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    DriftKind kind{};
    if (!alarm_at({.sharpness = 0.2, .from = 1500}, seed, &kind)) continue;
    ++seen;
    EXPECT_EQ(kind, DriftKind::Surprise);
  }
  EXPECT_GE(seen, 18);
}

TEST(DriftWatchTest, HarderItemsAloneAreNoDrift) {
  Rng rng(3);
  DriftWatch watch;
  for (int k = 0; k < 4000; ++k) {
    const double p = k < 2000 ? 0.85 : 0.55;  // what is foreseen, and right
    EXPECT_FALSE(watch.add(p, rng.chance(p) ? 1.0 : 0.0)) << k;
  }
}

TEST(DriftWatchTest, RaisesOneAlarmOnly) {
  DriftWatch watch({.reference = 10});
  int alarms = 0;
  for (int k = 0; k < 10; ++k) watch.add(0.5, k % 2);
  for (int k = 0; k < 5000; ++k) alarms += watch.add(0.9, 0.0) ? 1 : 0;
  EXPECT_EQ(alarms, 1);
  EXPECT_TRUE(std::isfinite(watch.evidence()));
}

}  // namespace
}  // namespace meno
