// Fuzzes course.json: whatever reads as a course writes and reads as the same one.
#include <cstdint>
#include <cstdlib>

#include "core/json.h"
#include "domain/course.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto json = meno::parse_json(text, "fuzz");
  if (!json) return 0;
  const auto course = meno::course_from_json(*json, "fuzz");
  if (!course) return 0;
  const auto again = meno::course_from_json(meno::to_json(*course), "fuzz");
  if (!again || again->items.size() != course->items.size()) std::abort();
  return 0;
}
