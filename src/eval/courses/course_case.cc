#include "eval/courses/course_case.h"

#include <cmath>

#include "core/parallel.h"
#include "meta/histories.h"
#include "models/link.h"

namespace meno {

Result<std::vector<MovedPrior>> move_priors(const ModelEntry& entry, const Options& model_options,
                                            std::span<const Prior> priors,
                                            std::span<const Sequence> support, int threads) {
  const CourseCohort cohort = cohort_of(support);
  std::vector<MovedPrior> moved(priors.size());
  for (std::size_t p = 0; p < priors.size(); ++p) {
    MENO_TRY(moved[p].model, moved_to(entry, model_options, *priors[p].model, cohort));
    moved[p].theta = priors[p].theta;
    moved[p].encoded = encode_all(*moved[p].model, cohort.windows, thread_count(threads));
    for (const auto& window : moved[p].encoded) moved[p].support.push_back(window.get());
  }
  return moved;
}

Predictions mean_of(std::vector<Predictions> all, std::span<const double> weights) {
  Predictions mean = std::move(all.front());
  const auto logit = [](double p) { return std::log(p / (1.0 - p)); };
  for (std::size_t i = 0; i < mean.size(); ++i) {
    double z = weights[0] * logit(mean.p_correct[i]);
    for (std::size_t k = 1; k < all.size(); ++k) z += weights[k] * logit(all[k].p_correct[i]);
    mean.p_correct[i] = open_sigmoid(z);
  }
  return mean;
}

}  // namespace meno
