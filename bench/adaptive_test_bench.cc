// One step of an adaptive test (choose among the open items, take the answer) on a thousand items
// of forty skills, method by method; the limit is 1 ms. Students are simulated.
#include <algorithm>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/rng.h"
#include "tutor/adaptive_test/registry.h"
#include "tutor/irt/simulated_bank_for_test.h"

namespace meno {
namespace {

constexpr std::size_t kItems = 1000;
constexpr std::size_t kSkills = 40;
constexpr std::size_t kQuestions = 20;

const SimulatedBank& school() {
  static const SimulatedBank bank = simulated_bank(kItems, 200, kSkills, 0.05, 1);
  return bank;
}

const Calibrated& calibrated() {
  static const Calibrated all = *calibrate(school().course, school().sheets, {}, 1);
  return all;
}

void step(benchmark::State& state, const TestMethodEntry& entry) {
  const auto method = entry.make(calibrated());
  std::vector<ItemId> bank;
  for (std::size_t i = 0; i < kItems; ++i) bank.emplace_back(i);
  std::vector<double> worth(bank.size());
  std::unique_ptr<Examinee> examinee;
  std::size_t asked = kQuestions;
  for (auto _ : state) {
    if (asked == kQuestions) {
      state.PauseTiming();
      examinee = method->begin(bank, Rng(1));
      asked = 0;
      state.ResumeTiming();
    }
    examinee->worth(bank, worth);
    const auto best = std::max_element(worth.begin(), worth.end()) - worth.begin();
    examinee->observe(bank[static_cast<std::size_t>(best)], ++asked % 2 == 0);
  }
}

const bool registered = [] {
  for (const TestMethodEntry& entry : test_methods())
    benchmark::RegisterBenchmark(("step/" + std::string(entry.name)).c_str(),
                                 [&entry](benchmark::State& state) { step(state, entry); });
  return true;
}();

}  // namespace
}  // namespace meno
