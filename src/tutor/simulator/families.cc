// To add a family: write simulator/<name>/, add its row, run contract_test.cc.
#include <array>
#include <string>

#include <fmt/format.h>

#include "tutor/simulator/additive/additive.h"
#include "tutor/simulator/learner_family.h"
#include "tutor/simulator/memory/memory.h"
#include "tutor/simulator/recurrent/recurrent.h"
#include "tutor/simulator/states/states.h"

namespace meno {
namespace {

constexpr std::array kFamilies{
    FamilyEntry{"additive", "ability, easiness and logarithmic gain by practice, with forgetting",
                "Cen, Koedinger & Junker 2006; Pavlik, Cen & Koedinger 2009", 64, &fit_additive},
    FamilyEntry{"states",
                "every skill known or not yet, learnt more readily after what it rests on",
                "Corbett & Anderson 1995; Käser et al. 2014", 64, &fit_states},
    FamilyEntry{"memory", "a few shared stores of knowledge that skills read and write in parts",
                "Zhang, Shi, King & Yeung 2017", 64, &fit_memory},
    FamilyEntry{"gru", "deep knowledge tracing answers by its own predictions",
                "Piech et al. 2015; Liu et al. 2019 (KES)", 1, &fit_gru_learner},
    FamilyEntry{"evidence", "the evidence model answers by its own predictions", "Meno", 1,
                &fit_evidence_learner},
};

}  // namespace

std::span<const FamilyEntry> family_registry() { return kFamilies; }

Result<const FamilyEntry*> find_family(std::string_view name) {
  std::string known;
  for (const FamilyEntry& entry : kFamilies) {
    if (entry.name == name) return &entry;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.name);
  }
  return invalid_input(fmt::format("learner family \"{}\", expected one of: {}", name, known));
}

}  // namespace meno
