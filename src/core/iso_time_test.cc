#include "core/iso_time.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

TEST(IsoTime, WritesWhatItReads) {
  for (const char* text :
       {"1970-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z", "2026-11-23T21:00:00.040Z"}) {
    const Result<TimePoint> time = parse_iso_time(text, "t");
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(iso_time(*time), text);
  }
  EXPECT_EQ(parse_iso_time("2026-11-23T21:00:00Z", "t")->time_since_epoch().count(),
            1'795'467'600'000);
  EXPECT_EQ(iso_time(*parse_iso_time("2026-01-01T00:00:00.5Z", "t")), "2026-01-01T00:00:00.500Z");
}

TEST(IsoTime, RefusesWhatIsNoUtcTime) {
  for (const char* text :
       {"", "now", "2026-11-23", "2026-11-23T21:00:00", "2026-11-23T21:00:00+08:00",
        "2026-02-30T00:00:00Z", "1969-12-31T23:59:59Z", "2026-11-23T24:00:00Z",
        "2026-11-23T21:60:00Z", "2026-11-23T21:00:00.Z", "2026-11-23 21:00:00Z",
        "-026-11-23T21:00:00Z", "2026-11-23T21:00:00.00a0Z"}) {
    EXPECT_FALSE(parse_iso_time(text, "t")) << text;
  }
}

}  // namespace
}  // namespace meno
