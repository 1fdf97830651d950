#include "service/benchmark_replay.h"

#include <string>

#include <fmt/format.h>

#include "core/json.h"

namespace meno {
namespace {

void add_interval(Json& row, const std::string& name, const std::optional<Interval>& interval) {
  row[name + "_low"] = interval ? Json(interval->low) : Json(nullptr);
  row[name + "_high"] = interval ? Json(interval->high) : Json(nullptr);
}

Json row_of(const ReplayedPolicy& policy, const ReplayedPolicy& logged, std::size_t students,
            const Bootstrap& bootstrap) {
  const std::vector<double> once(students, 1.0);
  const PolicyValue value = policy_value(policy.decisions, once);
  const auto gain = [&](std::span<const double> weight) -> std::optional<double> {
    return policy_value(policy.decisions, weight).doubly -
           policy_value(logged.decisions, weight).doubly;
  };
  Json row{{"policy", policy.name},         {"ips", value.ips},
           {"snips", value.snips},          {"direct", value.direct},
           {"doubly_robust", value.doubly}, {"gain", *gain(once)}};
  add_interval(row, "snips",
               interval_of(
                   students,
                   [&](std::span<const double> weight) -> std::optional<double> {
                     return policy_value(policy.decisions, weight).snips;
                   },
                   bootstrap));
  add_interval(row, "doubly_robust",
               interval_of(
                   students,
                   [&](std::span<const double> weight) -> std::optional<double> {
                     return policy_value(policy.decisions, weight).doubly;
                   },
                   bootstrap));
  add_interval(row, "gain", interval_of(students, gain, bootstrap));
  const Overlap overlap = overlap_of(policy.decisions);
  row["effective_decisions"] = overlap.effective;
  row["mean_weight"] = overlap.mean_weight;
  row["most_weight"] = overlap.most_weight;
  row["agreement"] = overlap.agreement;
  return row;
}

Json limits_of(const ReplayPlan& plan) {
  return Json::array(
      {"propensities are estimated from other students' records: nobody wrote them down, and what "
       "moved a choice without standing in the records (a teacher, a curriculum) biases every "
       "figure",
       fmt::format("only choices that the records make with probability {} or more are judged; of "
                   "anything else they say nothing",
                   plan.least_propensity),
       "one decision is changed and the student goes on as recorded: no figure is about a whole "
       "path under a policy",
       fmt::format("the reward looks {} answers ahead and only at what was asked there; learning "
                   "that shows later, or on skills that did not come, is not seen",
                   plan.horizon),
       "intervals hold the logging policy, the reward model and the student model as fitted"});
}

}  // namespace

Result<Json> benchmark_replay(const BenchmarkReplay& ask) {
  MENO_TRY(const Dataset dataset, Dataset::open(ask.data));
  MENO_TRY(ReplayReport report, replay(dataset, ask.plan));
  const std::vector<double> tenths{0.0, 0.1, 0.5, 0.9};
  Json quantiles = Json::array();
  for (const double q : tenths) quantiles.push_back(quantile(report.propensities, q));
  const auto choices = static_cast<double>(report.choices);
  Json document{
      {"problem", "replay"},
      {"simulated", false},
      {"data", dataset.course().name},
      {"seed", ask.plan.seed},
      {"students", report.students},
      {"decisions", report.propensities.size()},
      {"reward", fmt::format("over the next {} answers{}: mean of right minus the rate of other "
                             "students on that skill",
                             ask.plan.horizon,
                             report.fresh_items_only ? ", those on items not met before" : "")},
      {"logging",
       {{"choices_each", report.mean_choices},
        {"nats", report.surprise},
        {"unsupported", static_cast<double>(report.unsupported) / choices},
        {"unrewarded", static_cast<double>(report.unrewarded) / choices},
        {"propensity_least_tenth_median_nine_tenths", quantiles}}},
      {"intervals", "95 %, students drawn with replacement"},
      {"limits", limits_of(ask.plan)},
      {"rows", Json::array()}};
  for (const ReplayedPolicy& policy : report.policies) {
    document["rows"].push_back(
        row_of(policy, report.policies.front(), report.students, ask.bootstrap));
  }
  return document;
}

}  // namespace meno
