#include "meta/prior/growing.h"

#include "meta/prior/prior.h"

namespace meno {

Options grown_options(Options prior_options) {
  prior_options["skill_vectors"] = "true";
  return prior_options;
}

void begin_from(TrainOptions& training, const StudentModel& prior, ParamView theta) {
  training.ancestor = ancestor_of(prior, theta);
  training.rate = PriorOptions().training.rate;
}

}  // namespace meno
