#include "http/metric_page.h"

#include <array>

#include <gtest/gtest.h>

namespace meno {
namespace {

TEST(MetricPage, WritesFamiliesInOrderAndCumulativeHistograms) {
  constexpr std::array kBounds = {0.5, 2.0};
  Tally tally(kBounds);
  for (const double value : {0.25, 0.25, 1.0, 5.0}) tally.add(value);
  MetricPage page;
  page.counter("asked_total", "Asked").add(3.0, {{"by", "a \"b\"\n\\"}});
  page.gauge("empty", "Nothing yet");
  page.histogram("wait_seconds", "Waited").add(tally.figures(), {{"at", "x"}});
  EXPECT_EQ(page.text(),
            "# HELP asked_total Asked\n"
            "# TYPE asked_total counter\n"
            "asked_total{by=\"a \\\"b\\\"\\n\\\\\"} 3\n"
            "# HELP empty Nothing yet\n"
            "# TYPE empty gauge\n"
            "# HELP wait_seconds Waited\n"
            "# TYPE wait_seconds histogram\n"
            "wait_seconds_count{at=\"x\"} 4\n"
            "wait_seconds_sum{at=\"x\"} 6.5\n"
            "wait_seconds_bucket{at=\"x\",le=\"0.5\"} 2\n"
            "wait_seconds_bucket{at=\"x\",le=\"2\"} 3\n"
            "wait_seconds_bucket{at=\"x\",le=\"+Inf\"} 4\n");
}

}  // namespace
}  // namespace meno
