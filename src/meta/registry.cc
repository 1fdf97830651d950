// To add a learner: write meta/<name>/, add its row, run the contract tests.
#include "meta/registry.h"

#include <array>

#include <fmt/format.h>

#include "meta/adversarial/adversarial.h"
#include "meta/bayes/bayes.h"
#include "meta/direct/direct.h"
#include "meta/imaml/imaml.h"
#include "meta/maml/maml.h"
#include "meta/reptile/reptile.h"

namespace meno {
namespace {

constexpr std::array kLearners{
    LearnerEntry{"direct", "the mean loss of all training answers, no tasks", "Bottou 2010",
                 &make_direct},
    LearnerEntry{"reptile", "toward the mean of what tasks adapt to",
                 "Nichol, Achiam & Schulman 2018", &make_reptile},
    LearnerEntry{"maml", "the query's loss after the inner loop, differentiated through its steps",
                 "Finn, Abbeel & Levine 2017", &make_maml, "inner_rate=0.3"},
    LearnerEntry{"fomaml", "as maml, second derivatives taken as 0", "Finn, Abbeel & Levine 2017",
                 &make_fomaml},
    LearnerEntry{"anil", "as maml, the inner loop moves the model's read-out alone",
                 "Raghu, Raghu, Bengio & Vinyals 2020", &make_anil, "inner_rate=0.3"},
    LearnerEntry{"meta-sgd", "as maml, with a learnt inner rate per parameter",
                 "Li, Zhou, Chen & Li 2017", &make_meta_sgd, "inner_rate=0.3"},
    LearnerEntry{"imaml", "as maml, differentiated at the inner loop's fixed point, not its path",
                 "Rajeswaran, Finn, Kakade & Levine 2019", &make_imaml,
                 "inner_steps=400 inner_rate=0.02 inner_pull=100 cg_steps=60"},
    LearnerEntry{"bayes", "a Gaussian prior of tasks' parameters; a posterior for each task",
                 "Ravi & Beatson 2019", &make_bayes},
    LearnerEntry{"adversarial", "as direct, against a learnt generator of untrue histories", "Meno",
                 &make_adversarial},
};

}  // namespace

std::span<const LearnerEntry> learner_registry() { return kLearners; }

Result<const LearnerEntry*> find_learner(std::string_view name) {
  std::string known;
  for (const LearnerEntry& entry : kLearners) {
    if (entry.name == name) return &entry;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.name);
  }
  return invalid_input(fmt::format("learner \"{}\", expected one of: {}", name, known));
}

Result<InnerLoop> inner_loop(const LearnerSetup& learner, const ParamLayout& model,
                             ParamView learnt) {
  if (learnt.empty()) return learner.inner;
  const std::size_t expected = learner.own ? learner.own(model).size() : 0;
  if (learnt.size() != expected) {
    return invalid_input(
        fmt::format("{} parameters of the learner's own, expected {}", learnt.size(), expected));
  }
  return learner.with_learnt(learner.inner, learnt);
}

}  // namespace meno
