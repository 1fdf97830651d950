#include "import/record/record.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "import/values.h"

namespace meno {

std::string_view RecordReader::field(std::span<const std::string_view> fields,
                                     Meaning meaning) const {
  const std::size_t at = plan_[meaning];
  return at < fields.size() ? trimmed(fields[at]) : std::string_view();
}

bool RecordReader::take_answer(const Place& place, std::span<const std::string_view> fields) {
  const std::string_view text = field(fields, Meaning::Correct);
  if (is_missing(text)) {
    sink_.missing(place, name_of(Meaning::Correct));
    return false;
  }
  std::optional<float> correct;
  if (full_score_ == 1.0) {
    correct = parse_answer(text);
  } else if (const std::optional<double> score = parse_number(text)) {
    const double share = *score / full_score_;
    if (share >= 0.0 && share <= 1.0) correct = static_cast<float>(share);
  }
  if (!correct) {
    sink_.refuse(place, name_of(Meaning::Correct),
                 full_score_ == 1.0 ? std::string("not an answer, expected 0 to 1, true or false")
                                    : fmt::format("not a score, expected 0 to {}", full_score_),
                 text, 1);
    return false;
  }
  row_.correct = *correct;
  return true;
}

bool RecordReader::take_time(const Place& place, std::span<const std::string_view> fields) {
  row_.at = kNoTime;
  row_.order = kNoOrder;
  row_.response_ms = kNoResponseTime;
  if (const std::string_view text = field(fields, Meaning::Time); !is_missing(text)) {
    const std::optional<TimePoint> at = parse_time(text);
    if (!at) {
      sink_.refuse(place, name_of(Meaning::Time),
                   "not a time, expected a number since 1970 or an ISO 8601 date", text, 1);
      return false;
    }
    row_.at = *at;
  }
  row_.order = parse_integer(field(fields, Meaning::Order)).value_or(kNoOrder);
  if (const std::string_view text = field(fields, Meaning::Response); !is_missing(text)) {
    const std::optional<std::int64_t> ms = parse_duration_ms(text, plan_.response_unit_ms);
    if (!ms) sink_.note("some response times are no numbers and count as unknown");
    // Below zero and beyond 24 days are outlying, and blanked (and counted) by the cleaning.
    constexpr std::int64_t kLeast = std::numeric_limits<std::int32_t>::min();
    const std::int64_t value = ms.value_or(kNoResponseTime);
    const bool fits = value >= 0 && value <= std::numeric_limits<std::int32_t>::max();
    row_.response_ms =
        fits || !ms ? static_cast<std::int32_t>(value) : static_cast<std::int32_t>(kLeast);
  }
  return true;
}

void RecordReader::take_names(std::span<const std::string_view> fields) {
  row_.student = field(fields, Meaning::Student);
  if (is_missing(row_.student)) row_.student = {};
  row_.split = field(fields, Meaning::Split);
  row_.klass = field(fields, Meaning::Class);
  row_.school = field(fields, Meaning::School);
  row_.item = field(fields, plan_.has(Meaning::Item) ? Meaning::Item : Meaning::Skill);
  if (is_missing(row_.item)) row_.item = {};
  if (plan_.item_part < fields.size() && !row_.item.empty()) {
    item_ = fmt::format("{} / {}", row_.item, trimmed(fields[plan_.item_part]));
    row_.item = item_;
  }
}

/// The skills of a cell, "[1, 2]" and "'a'" included.
void RecordReader::take_skills(std::string_view list) {
  row_.skills.clear();
  if (is_missing(list)) return;
  if (plan_.skill_separator.empty()) {
    row_.skills.push_back(list);
    return;
  }
  if (list.starts_with('[') && list.ends_with(']')) list = list.substr(1, list.size() - 2);
  split_list(list, plan_.skill_separator[0], row_.skills);
  for (std::string_view& skill : row_.skills) {
    while (skill.starts_with('\'') || skill.starts_with('"')) skill.remove_prefix(1);
    while (skill.ends_with('\'') || skill.ends_with('"')) skill.remove_suffix(1);
  }
}

Result<Done> RecordReader::take(const Place& place, std::span<const std::string_view> fields) {
  if (!take_answer(place, fields) || !take_time(place, fields)) return Done{};
  take_names(fields);
  if (plan_.has(Meaning::Skill)) {
    take_skills(field(fields, Meaning::Skill));
  } else {
    row_.skills.assign(1, row_.item);  // a source with one id per answer: it serves as both
  }
  return sink_.accept(place, row_);
}

}  // namespace meno
