// To add a test method: write it in this folder, add its row.
#include "tutor/adaptive_test/registry.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tutor/adaptive_test/bobcat.h"
#include "tutor/adaptive_test/factor_methods.h"
#include "tutor/adaptive_test/irt_methods.h"

namespace meno {
namespace {

constexpr std::array kMethods{
    TestMethodEntry{"random", "calibrated IRT, any item", "baseline", &make_random},
    TestMethodEntry{"fisher", "calibrated IRT, maximum information at the estimate", "Lord 1980",
                    &make_fisher},
    TestMethodEntry{"kl", "calibrated IRT, posterior-weighted Kullback-Leibler information",
                    "Chang & Ying 1996; van der Linden 1998", &make_kl},
    TestMethodEntry{"bobcat", "selector and response model learnt together (bilevel)",
                    "Ghosh & Lan 2021", &make_bobcat},
    TestMethodEntry{"random-factors", "abilities by skill, any item", "ours", &make_random_factors},
    TestMethodEntry{"expected-loss", "abilities by skill, least expected loss on the test's items",
                    "ours", &make_expected_loss},
    TestMethodEntry{"expected-loss-bank", "the same, told who usually answers the test's items",
                    "ours", &make_expected_loss_bank},
};

}  // namespace

Result<Calibrated> calibrate(const Course& course, std::span<const AnswerSheet> train,
                             std::span<const AnswerSheet> valid, std::uint64_t seed) {
  Calibrated all{.course = &course, .train = train, .valid = valid, .seed = seed};
  MENO_TRY(all.irt, calibrate_irt(course, train, {}));
  MENO_TRY(all.factors, calibrate_factors(course, train, {.seed = seed}));
  return all;
}

std::span<const TestMethodEntry> test_methods() { return kMethods; }

Result<const TestMethodEntry*> find_test_method(std::string_view name) {
  const auto* const found =
      std::find_if(kMethods.begin(), kMethods.end(),
                   [&](const TestMethodEntry& entry) { return entry.name == name; });
  if (found != kMethods.end()) return found;
  std::vector<std::string_view> names;
  names.reserve(kMethods.size());
  for (const TestMethodEntry& entry : kMethods) names.push_back(entry.name);
  return invalid_input(
      fmt::format("selector \"{}\", expected one of: {}", name, fmt::join(names, ", ")));
}

}  // namespace meno
