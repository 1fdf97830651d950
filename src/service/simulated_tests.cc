#include "service/simulated_tests.h"

#include <algorithm>
#include <array>

#include "core/json.h"
#include "tutor/adaptive_test/exposure.h"
#include "tutor/adaptive_test/registry.h"

namespace meno {
namespace {

std::vector<ItemId> most_answered(const IrtBank& irt, std::size_t count) {
  std::vector<ItemId> items;
  for (std::size_t i = 0; i < irt.items.size(); ++i)
    if (irt.items[i].answers > 0) items.emplace_back(i);
  std::stable_sort(items.begin(), items.end(), [&](ItemId a, ItemId b) {
    return irt.items[a.value].answers > irt.items[b.value].answers;
  });
  items.resize(std::min(items.size(), count));
  return items;
}

std::vector<double> drawn_abilities(std::size_t count, Rng rng) {
  std::vector<double> abilities;
  for (std::size_t u = 0; u < count; ++u) abilities.push_back(rng.normal());
  return abilities;
}

double largest(const std::vector<double>& shares) {
  return *std::max_element(shares.begin(), shares.end());
}

/// A limit, on other simulated students than it was calibrated on.
Result<Json> exposure_row(TestSetting setting, std::string_view selector, const SimulateTests& ask,
                          Rng rng) {
  const std::vector<double> students = drawn_abilities(ask.students, rng.fork(0));
  MENO_TRY(const SimulatedTests before, simulate_tests(setting, students, rng.fork(1)));
  MENO_TRY(const ExposureControl control,
           calibrate_exposure(setting, {.most = *ask.exposure}, rng.fork(2)));
  setting.exposure = &control;
  MENO_TRY(const SimulatedTests after, simulate_tests(setting, students, rng.fork(3)));
  return Json{{"selector", selector},
              {"most", *ask.exposure},
              {"largest_before", largest(before.asked)},
              {"largest", largest(after.asked)},
              {"mean_questions", after.mean_questions}};
}

Result<Json> classification_rows(TestSetting setting, const SimulateTests& ask, Rng rng) {
  Json rows = Json::array();
  setting.rules.cut = ask.cut;
  setting.rules.indifference = ask.indifference;
  setting.rules.error_below = ask.error;
  setting.rules.error_above = ask.error;
  constexpr std::array kAway{-2.0, -1.0, 0.0, 1.0, 2.0};
  for (const Classify rule : {Classify::Band, Classify::Sprt, Classify::Glr}) {
    setting.rules.classify = rule;
    for (const double away : kAway) {
      const double ability = *ask.cut + away * ask.indifference;
      const std::vector<double> students(ask.students, ability);
      MENO_TRY(const SimulatedTests tests,
               simulate_tests(setting, students, rng.fork(rows.size())));
      rows.push_back({{"rule", name_of(rule)},
                      {"ability", ability},
                      {"above", tests.above},
                      {"mean_questions", tests.mean_questions},
                      {"decided", tests.decided}});
    }
  }
  return rows;
}

}  // namespace

Result<Json> simulated_tests(const Dataset& dataset, const SimulateTests& ask) {
  if (!ask.exposure && !ask.cut) return Json();
  std::vector<AnswerSheet> sheets;
  for (std::size_t s = 0; s < dataset.students(); ++s)
    sheets.push_back(first_attempts(dataset.sequence(StudentId(s))));
  MENO_TRY(const Calibrated calibrated, calibrate(dataset.course(), sheets, {}, ask.seed));
  const std::vector<ItemId> bank = most_answered(calibrated.irt, ask.bank);
  Json document{{"simulated", true},         {"bank", bank.size()},
                {"longest", ask.longest},    {"students", ask.students},
                {"exposure", Json::array()}, {"classification", Json::array()}};
  const Rng rng(ask.seed);
  for (const std::string_view selector : {"fisher", "expected-loss"}) {
    MENO_TRY(const TestMethodEntry* const entry, find_test_method(selector));
    const auto method = entry->make(calibrated);
    const TestSetting setting{.course = dataset.course(),
                              .method = *method,
                              .irt = calibrated.irt,
                              .bank = bank,
                              .rules = {.shortest = 1, .longest = ask.longest}};
    if (ask.exposure) {
      MENO_TRY(Json row, exposure_row(setting, selector, ask, rng.fork(0)));
      document["exposure"].push_back(std::move(row));
    }
    if (ask.cut && selector == "fisher") {
      MENO_TRY(document["classification"], classification_rows(setting, ask, rng.fork(1)));
    }
  }
  return document;
}

}  // namespace meno
