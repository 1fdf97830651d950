// The list of test methods: a response model and a rule of what to ask next.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/result.h"
#include "tutor/adaptive_test/examinee.h"
#include "tutor/irt/answer_sheet.h"
#include "tutor/irt/factor_bank.h"
#include "tutor/irt/irt_bank.h"

namespace meno {

/// What methods are made from. Views must outlive the methods.
struct Calibrated {
  const Course* course = nullptr;
  std::span<const AnswerSheet> train;
  std::span<const AnswerSheet> valid;  // chooses when to stop learning; may be empty
  IrtBank irt = {};
  FactorBank factors = {};
  std::uint64_t seed = 0;
};
/// Calibrates all response models on `train`. Errors: those of calibrate_irt.
Result<Calibrated> calibrate(const Course& course, std::span<const AnswerSheet> train,
                             std::span<const AnswerSheet> valid, std::uint64_t seed);

struct TestMethodEntry {
  std::string_view name;
  std::string_view summary;
  std::string_view source;
  std::unique_ptr<TestMethod> (*make)(const Calibrated&);
};

/// In the order of `meno benchmark adaptive-test`.
std::span<const TestMethodEntry> test_methods();
/// Errors: InvalidInput naming the known ones.
Result<const TestMethodEntry*> find_test_method(std::string_view name);

}  // namespace meno
