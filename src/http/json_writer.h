// JsonWriter: replies straight into a string, commas by itself. Keys and structure are ours; text
// is escaped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/text.h"

namespace meno {

class JsonWriter {
 public:
  JsonWriter() { out_.reserve(kUsualBytes); }

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  /// The next value's name; only inside an object.
  JsonWriter& key(std::string_view name);

  JsonWriter& text(std::string_view value);
  JsonWriter& integer(std::int64_t value);
  /// Six decimals at most: probabilities and estimates. A number that is not finite would be a Bug.
  JsonWriter& number(double value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  /// {"en": ..., "zh-CN": ...}
  JsonWriter& both(const Text& value);
  /// ISO 8601 UTC with milliseconds, null for kNoTime.
  JsonWriter& time(TimePoint value);

  /// The finished document.
  std::string take() { return std::move(out_); }

 private:
  /// An answer's reply with its next item: smaller ones waste some, larger ones grow.
  static constexpr std::size_t kUsualBytes = 4096;

  void separate();

  std::string out_;
  bool first_ =
      true;  // nothing stands yet in the innermost object or array, or a key has just been written
};

}  // namespace meno
