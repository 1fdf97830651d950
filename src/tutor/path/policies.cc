// To add a policy: write it beside its like, add its row, run contract_test.cc.
#include <array>
#include <string>

#include <fmt/format.h>

#include "tutor/path/bandits.h"
#include "tutor/path/curricula.h"
#include "tutor/path/learned_policy.h"
#include "tutor/path/model_based.h"
#include "tutor/path/policy.h"

namespace meno {
namespace {

constexpr std::array kPolicies{
    PolicyEntry{"plan", "receding-horizon beam search with rollouts over the belief", "Meno",
                &make_plan_policy},
    PolicyEntry{"random", "any of the goals or what they rest on", "", &make_random_policy},
    PolicyEntry{"fixed", "the same number of questions on each, in the course's order", "",
                &make_fixed_policy},
    PolicyEntry{"topological", "after what it rests on, on to the next after two right in a row",
                "", &make_topological_policy},
    PolicyEntry{"greedy", "the goal answered worst so far", "", &make_greedy_policy},
    PolicyEntry{"lookahead", "largest expected gain of one answer, under the planner's belief",
                "e.g. Clement et al. 2014; Zhou et al. 2018", &make_lookahead_policy},
    PolicyEntry{"mastery", "in order, each until knowledge tracing says .95",
                "Corbett & Anderson 1995", &make_mastery_policy},
    PolicyEntry{"leitner", "lowest box first; right moves up, wrong back to the first",
                "Leitner 1972; Reddy et al. 2016", &make_leitner_policy},
    PolicyEntry{"zpdes", "bandit over the zone of proximal development, paid by progress",
                "Clement, Roy, Oudeyer & Lopes 2015", &make_zpdes_policy},
    PolicyEntry{"zone", "P(right) nearest .85 under the planner's belief",
                "Wilson, Shenhav, Straccia & Cohen 2019", &make_zone_policy},
    PolicyEntry{"fringe", "a skill not yet mastered whose prerequisites are",
                "Falmagne, Cosyn, Doignon & Thiery 2006", &make_fringe_policy},
    PolicyEntry{"reinforce", "trained by reinforcement on simulated students of other families",
                "Williams 1992; Doroudi, Aleven & Brunskill 2019", &make_reinforce_policy},
};

constexpr PolicyEntry kCeiling{"clairvoyant", "sees what the student knows: a ceiling, no policy",
                               "", nullptr};

}  // namespace

std::span<const PolicyEntry> policy_registry() { return kPolicies; }

Result<const PolicyEntry*> find_policy(std::string_view name) {
  if (name == kCeiling.name) return &kCeiling;
  std::string known;
  for (const PolicyEntry& entry : kPolicies) {
    if (entry.name == name) return &entry;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.name);
  }
  return invalid_input(fmt::format("policy \"{}\", expected one of: {}", name, known));
}

}  // namespace meno
