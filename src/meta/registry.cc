// To add a learner: write meta/<name>/, add its row, run the contract tests.
#include "meta/registry.h"

#include <array>

#include <fmt/format.h>

#include "meta/direct/direct.h"
#include "meta/reptile/reptile.h"

namespace meno {
namespace {

constexpr std::array kLearners{
    LearnerEntry{"direct", "the mean loss of all training answers, no tasks", "Bottou 2010",
                 &make_direct},
    LearnerEntry{"reptile", "toward the mean of what tasks adapt to",
                 "Nichol, Achiam & Schulman 2018", &make_reptile},
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

}  // namespace meno
