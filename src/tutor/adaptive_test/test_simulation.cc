#include "tutor/adaptive_test/test_simulation.h"

#include <algorithm>

namespace meno {
namespace {

void count(const std::vector<ItemId>& items, double share, std::vector<double>& shares) {
  for (const ItemId item : items) shares[item.value] += share;
}

}  // namespace

Result<SimulatedTests> simulate_tests(const TestSetting& setting, std::span<const double> abilities,
                                      Rng rng) {
  const std::size_t items = setting.course.items.size();
  SimulatedTests all{.asked = std::vector<double>(items, 0.0),
                     .selected = std::vector<double>(items, 0.0)};
  const double share = 1.0 / static_cast<double>(std::max<std::size_t>(abilities.size(), 1));
  for (std::size_t u = 0; u < abilities.size(); ++u) {
    Rng own = rng.fork(u);
    MENO_TRY(TestSession session,
             TestSession::begin(setting.course, setting.method,
                                {setting.bank.begin(), setting.bank.end()}, setting.rules,
                                own.fork(0), {.irt = &setting.irt, .exposure = setting.exposure}));
    while (const auto item = session.next()) {
      const ItemCurve& curve = setting.irt.items[item->value].curve;
      session.answer(own.chance(curve.p_correct(abilities[u])));
    }
    const TestReport report = session.report();
    std::vector<ItemId> asked;
    for (const TestedItem& tested : report.items) asked.push_back(tested.item);
    count(asked, share, all.asked);
    count(asked, share, all.selected);
    std::vector<ItemId> only_kept_back = session.kept_back();
    std::erase_if(only_kept_back, [&asked](ItemId item) {
      return std::find(asked.begin(), asked.end(), item) != asked.end();
    });
    count(only_kept_back, share, all.selected);
    all.mean_questions += share * static_cast<double>(asked.size());
    if (report.above_cut.value_or(false)) all.above += share;
    if (report.stopped == StopReason::Classified) all.decided += share;
  }
  return all;
}

}  // namespace meno
