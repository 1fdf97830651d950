#include "tutor/adaptive_test/exposure.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace meno {
namespace {

std::vector<double> standard_abilities(std::size_t count, Rng rng) {
  std::vector<double> abilities;
  for (std::size_t u = 0; u < count; ++u) abilities.push_back(rng.normal());
  return abilities;
}

/// Of the bank's items, the mean share that tests of this length ask.
double least_exposure(const TestSetting& setting) {
  return static_cast<double>(setting.rules.longest) /
         static_cast<double>(std::max<std::size_t>(setting.bank.size(), 1));
}

/// A standard error below the limit, since what is counted is counted on so many students; no
/// nearer than half way to what the bank can hold.
double aimed_at(const TestSetting& setting, const ExposurePlan& plan) {
  const double error =
      std::sqrt(plan.most * (1.0 - plan.most) / static_cast<double>(plan.students));
  return std::max(plan.most - error, 0.5 * (plan.most + least_exposure(setting)));
}

/// Sets K = 1 for the items that are kept back least until a whole test can always be asked.
void leave_a_test(const TestSetting& setting, std::vector<double>& keep) {
  const std::size_t length =
      std::min(setting.bank.size(), static_cast<std::size_t>(setting.rules.longest));
  std::vector<ItemId> order(setting.bank.begin(), setting.bank.end());
  std::stable_sort(order.begin(), order.end(),
                   [&](ItemId a, ItemId b) { return keep[a.value] > keep[b.value]; });
  for (std::size_t k = 0; k < length; ++k) keep[order[k].value] = 1.0;
}

Result<Done> check(const TestSetting& setting, const ExposurePlan& plan) {
  const double least = least_exposure(setting);
  if (plan.most > least && plan.most <= 1.0) return Done{};
  return invalid_input(
      fmt::format("an exposure of {:.3g}, expected more than {:.3g} (tests of {} questions from {} "
                  "items) and at "
                  "most 1",
                  plan.most, least, setting.rules.longest, setting.bank.size()));
}

}  // namespace

Result<ExposureControl> calibrate_exposure(const TestSetting& setting, const ExposurePlan& plan,
                                           Rng rng) {
  MENO_TRY_DONE(check(setting, plan));
  const std::size_t items = setting.course.items.size();
  ExposureControl control{.most = plan.most, .keep = std::vector<double>(items, 1.0)};
  ExposureControl best = control;
  best.largest = 2.0;
  std::vector<double> selected(items, 0.0);
  const double aim = aimed_at(setting, plan);
  for (int round = 0; round < plan.rounds; ++round) {
    TestSetting now = setting;
    now.exposure = &control;
    const Rng drawn = rng.fork(static_cast<std::uint64_t>(round));
    MENO_TRY(const SimulatedTests tests,
             simulate_tests(now, standard_abilities(plan.students, drawn.fork(0)), drawn.fork(1)));
    control.largest = *std::max_element(tests.asked.begin(), tests.asked.end());
    if (control.largest < best.largest) best = control;
    for (std::size_t i = 0; i < items; ++i) {
      selected[i] = round == 0 ? tests.selected[i] : 0.5 * selected[i] + 0.5 * tests.selected[i];
      control.keep[i] = selected[i] > aim ? aim / selected[i] : 1.0;
    }
    leave_a_test(setting, control.keep);
  }
  return best;
}

}  // namespace meno
