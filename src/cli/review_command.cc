// meno review: the skills a student should go over again, and the work of each day.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/arguments.h"
#include "cli/served.h"
#include "core/iso_time.h"
#include "core/json.h"
#include "service/review_queue.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};

/// "sat=0.5" or "sun" (no work at all) -> the share of that weekday. Errors: InvalidInput.
Result<Done> take_easy_day(const std::string& word, ReviewRules& rules) {
  const std::size_t equals = word.find('=');
  const auto day = std::find(kWeekdays.begin(), kWeekdays.end(), word.substr(0, equals));
  if (day == kWeekdays.end()) {
    return invalid_input(fmt::format("easy day \"{}\", expected e.g. sat=0.5 or sun, one of: {}",
                                     word, fmt::join(kWeekdays, ", ")));
  }
  double share = 0.0;
  if (equals != std::string::npos && !CLI::detail::lexical_cast(word.substr(equals + 1), share)) {
    return invalid_input(fmt::format("easy day \"{}\", expected a share from 0 to 1", word));
  }
  rules.share[static_cast<std::size_t>(day - kWeekdays.begin())] = share;
  return Done{};
}

std::string date_of(double day) {
  const TimePoint at = TimePoint{} + std::chrono::milliseconds(std::llround(day * 86400e3));
  return iso_time(at).substr(0, 10);
}

Json document_of(const ServedArguments& arguments, const Served& served, const ReviewQueue& queue,
                 const ReviewRules& rules) {
  Json document{{"student", arguments.student},
                {"course", served.course},
                {"simulated", queue.course->stored().simulated},
                {"retention", rules.retention},
                {"tests_of_memory", queue.tests},
                {"reviews", Json::array()},
                {"load", Json::array()},
                {"later", queue.schedule.later}};
  for (const ScheduledReview& review : queue.schedule.reviews) {
    document["reviews"].push_back({{"skill", queue.course->skill_name(SkillId(review.card))},
                                   {"p_recall", review.p_recall},
                                   {"due", date_of(review.due)},
                                   {"day", date_of(static_cast<double>(review.day))},
                                   {"p_recall_then", review.p_recall_then}});
  }
  for (std::size_t d = 0; d < queue.schedule.load.size(); ++d) {
    document["load"].push_back({{"day", date_of(queue.today + static_cast<double>(d))},
                                {"reviews", queue.schedule.load[d]}});
  }
  return document;
}

std::string text_of(const Json& document) {
  std::string text;
  for (const Json& review : document.at("reviews")) {
    text += fmt::format("{}  {:<32} recall now {:.2f}, due {}\n",
                        review.at("day").get<std::string>(), review.at("skill").get<std::string>(),
                        review.at("p_recall").get<double>(), review.at("due").get<std::string>());
  }
  if (text.empty()) text = "nothing to go over again\n";
  return text + fmt::format(
                    "{} more are due later; due: {:.0f} % of what was recalled after the last "
                    "practice is left",
                    document.at("later").get<std::size_t>(),
                    100.0 * document.at("retention").get<double>());
}

}  // namespace

int review_command(int argc, const char* const* argv) {
  ServedArguments arguments;
  ReviewRules rules;
  std::vector<std::string> easy_days;
  Served served;
  Invocation call("review", "The skills a student should go over again, and when.");
  add_served_options(call.app(), arguments);
  call.app()
      .add_option("--days", rules.days, "of the schedule, today first")
      ->capture_default_str();
  call.app()
      .add_option("--retention", rules.retention,
                  "share of what was recalled after practice at which a skill is due")
      ->capture_default_str();
  call.app()
      .add_option("--most", rules.most, "reviews on a usual day; 0: any number")
      ->capture_default_str();
  call.app()
      .add_option("--easy-days", easy_days, "weekdays with less work or none, e.g. sat=0.5,sun")
      ->delimiter(',');
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        for (const std::string& word : easy_days) {
          MENO_TRY_DONE(take_easy_day(word, rules));
        }
        MENO_TRY_DONE(open_served(arguments, served));
        MENO_TRY(const ReviewQueue queue,
                 review_queue(*served.services, {.course_id = served.course,
                                                 .student_id = arguments.student,
                                                 .rules = rules}));
        return document_of(arguments, served, queue, rules);
      },
      &text_of);
}

}  // namespace meno
