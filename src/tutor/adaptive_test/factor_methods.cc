#include "tutor/adaptive_test/factor_methods.h"

#include <algorithm>
#include <cmath>

#include "tutor/adaptive_test/factor_state.h"

namespace meno {
namespace {

class FactorExaminee : public Examinee {
 public:
  FactorExaminee(const FactorBank& bank, std::span<const ItemId> items, bool choose, Cohort cohort,
                 Rng rng)
      : state_(bank, items, cohort), choose_(choose), rng_(rng) {}

  void worth(std::span<const ItemId> candidates, std::span<double> worth) override {
    if (choose_) {
      state_.expected_gain(candidates, worth);
      return;
    }
    for (double& one : worth) one = rng_.uniform();
  }
  void observe(ItemId item, bool correct) override { state_.observe(item, correct); }
  double p_correct(ItemId item) const override { return meno::p_correct(state_.logit(item)); }
  AbilityEstimate ability() const override { return state_.ability(); }

 private:
  FactorState state_;
  bool choose_;
  Rng rng_;
};

class FactorMethod : public TestMethod {
 public:
  FactorMethod(const FactorBank& bank, bool choose, Cohort cohort)
      : bank_(bank), choose_(choose), cohort_(cohort) {}
  std::unique_ptr<Examinee> begin(std::span<const ItemId> items, Rng rng) const override {
    return std::make_unique<FactorExaminee>(bank_, items, choose_, cohort_, rng);
  }

 private:
  const FactorBank& bank_;
  bool choose_;
  Cohort cohort_;
};

}  // namespace

std::unique_ptr<TestMethod> make_random_factors(const Calibrated& calibrated) {
  return std::make_unique<FactorMethod>(calibrated.factors, false, Cohort::Asked);
}
std::unique_ptr<TestMethod> make_expected_loss(const Calibrated& calibrated) {
  return std::make_unique<FactorMethod>(calibrated.factors, true, Cohort::Asked);
}
std::unique_ptr<TestMethod> make_expected_loss_bank(const Calibrated& calibrated) {
  return std::make_unique<FactorMethod>(calibrated.factors, true, Cohort::Bank);
}

}  // namespace meno
