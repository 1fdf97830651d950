#include "eval/profile/activity.h"

#include <fmt/format.h>

#include "eval/profile/dataset_profile.h"

namespace meno {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

enum class Unit { Day, Week, Month, Year };

Unit unit_for(sys_days first, sys_days last) {
  const auto days = (last - first).count();
  if (days <= 62) return Unit::Day;
  if (days <= 730) return Unit::Week;
  return days <= 3650 ? Unit::Month : Unit::Year;
}

/// First day of the stretch that holds `day`.
sys_days start_of(sys_days day, Unit unit) {
  const year_month_day date(day);
  switch (unit) {
    case Unit::Day:
      return day;
    case Unit::Week:
      return day - (std::chrono::weekday(day) - std::chrono::Monday);
    case Unit::Month:
      return sys_days(date.year() / date.month() / 1);
    case Unit::Year:
      break;
  }
  return sys_days(date.year() / 1 / 1);
}

sys_days next_after(sys_days start, Unit unit) {
  constexpr int kMoreThanAMonth = 32;
  constexpr int kMoreThanAYear = 367;
  switch (unit) {
    case Unit::Day:
      return start + std::chrono::days(1);
    case Unit::Week:
      return start + std::chrono::days(7);
    case Unit::Month:
      return start_of(start + std::chrono::days(kMoreThanAMonth), unit);
    case Unit::Year:
      break;
  }
  return start_of(start + std::chrono::days(kMoreThanAYear), unit);
}

const char* name_of_unit(Unit unit) {
  switch (unit) {
    case Unit::Day:
      return "day";
    case Unit::Week:
      return "week";
    case Unit::Month:
      return "month";
    case Unit::Year:
      break;
  }
  return "year";
}

std::string iso_date(sys_days day) {
  const year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace

Activity DayCounts::activity() const {
  Activity found;
  if (days_.empty()) return found;
  const Unit unit = unit_for(days_.begin()->first, days_.rbegin()->first);
  found.unit = name_of_unit(unit);
  found.first = first_;
  found.last = last_;
  auto day = days_.begin();
  for (sys_days start = start_of(day->first, unit); day != days_.end();
       start = next_after(start, unit)) {
    std::size_t answers = 0;
    for (; day != days_.end() && day->first < next_after(start, unit); ++day)
      answers += day->second;
    found.answers.names.push_back(iso_date(start));
    found.answers.counts.push_back(answers);
  }
  return found;
}

}  // namespace meno
