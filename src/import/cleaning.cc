#include "import/cleaning.h"

#include <fmt/format.h>

namespace meno {
namespace {

bool is_known(const AnswerRow& row) { return !row.student.empty() && !row.item.empty(); }

}  // namespace

Result<Done> check(const Cleaning& cleaning) {
  if (!cleaning.missing.empty() && cleaning.missing != "refuse" && cleaning.missing != "drop") {
    return invalid_input(
        fmt::format("missing is \"{}\", expected refuse or drop", cleaning.missing));
  }
  const std::string& times = cleaning.bad_times;
  if (times != "refuse" && times != "blank" && times != "keep") {
    return invalid_input(fmt::format("bad-times is \"{}\", expected refuse, blank or keep", times));
  }
  if (cleaning.max_response_ms < 0) {
    return invalid_input(fmt::format("max-response-ms is {}, expected 0 (no limit) or more",
                                     cleaning.max_response_ms));
  }
  return Done{};
}

bool Cleaner::impossible(TimePoint at) const {
  return at != kNoTime &&
         (at < TimePoint(std::chrono::milliseconds(0)) || at > now_ + std::chrono::hours(24));
}

bool Cleaner::outlying(std::int32_t response_ms) const {
  return response_ms != kNoResponseTime &&
         (response_ms < 0 ||
          (cleaning_.max_response_ms > 0 && response_ms > cleaning_.max_response_ms));
}

Result<Done> Cleaner::accept(const Place& place, const AnswerRow& row) {
  if (!is_known(row)) {
    missing(place, row.student.empty() ? "student" : "item");
    return Done{};
  }
  const bool as_it_is = !outlying(row.response_ms) && !impossible(row.at) && row.split.empty();
  return as_it_is ? pass_on(row) : accept_changed(place, row);
}

Result<Done> Cleaner::accept_changed(const Place& place, const AnswerRow& row) {
  const bool bad_time = impossible(row.at) && cleaning_.bad_times != "keep";
  if (bad_time && cleaning_.bad_times == "refuse") {
    refuse(place, "time", "impossible time, expected 1970 to tomorrow",
           fmt::format("{} ms since 1970", row.at.time_since_epoch().count()), 1);
    return Done{};
  }
  if (!row.split.empty() && writer_.contradicts_split(row.student, row.split)) {
    writer_.forget_splits();
    report_.note("the source's split cuts through students, so it was left out");
  }
  if (!bad_time && !outlying(row.response_ms)) return pass_on(row);
  AnswerRow changed = row;
  if (bad_time) {
    changed.at = kNoTime;
    report_.count("times_blanked");
  }
  if (outlying(row.response_ms)) {
    changed.response_ms = kNoResponseTime;
    report_.count("response_times_blanked");
  }
  return pass_on(changed);
}

Result<Done> Cleaner::pass_on(const AnswerRow& row) {
  ++accepted_;
  return writer_.add(row);
}

Result<Done> Cleaner::declare_item(std::string_view item,
                                   const std::vector<std::string_view>& skills) {
  return writer_.declare_item(item, skills);
}

void Cleaner::refuse(const Place& place, std::string_view column, std::string_view reason,
                     std::string_view value, std::uint64_t rows) {
  report_.refuse(place, column, reason, value, rows);
}

void Cleaner::missing(const Place& place, std::string_view column) {
  if (cleaning_.missing == "drop") return report_.count(fmt::format("missing_{}", column));
  report_.refuse(place, column, "missing, expected a value", "", 1);
}

void Cleaner::note(const std::string& sentence) { report_.note(sentence); }

}  // namespace meno
