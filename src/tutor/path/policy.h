// PathPolicy: decides which skill a student practises next on the way to his goals. It sees his
// answers and what is public of the course; never what he truly knows, nor by which family he was
// drawn. Meno's planner stands in one list with what it is measured against (policies.cc).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "tutor/simulator/additive/additive_model.h"
#include "tutor/simulator/engagement.h"
#include "tutor/simulator/environment.h"

namespace meno {

/// What every policy knows of the course: learnt from students who are in no simulated family.
struct PathWorld {
  const Course& course;
  const SkillGraph& graph;
  const SkillItems& items;
  AdditiveModel model;    // the planner's
  double keep = 1.0;      // of its belief
  double foreseen = 0.0;  // nats, one answer ahead, of students kept back to choose both
  Engagement engagement;
  std::vector<double> rate;      // [S] of right answers
  std::vector<double> position;  // [S] mean place in students' orders of first meeting, in [0, 1]
  /// Weights of `reinforce` (learned_policy.h), where it has been trained.
  std::optional<std::array<double, 10>> reinforced{};
};

/// The power of practice and what a belief keeps are chosen by how well one student in five is
/// foreseen from the others. Errors: those of fit_additive_model. `data`, its course and graph, and
/// `items` must outlive it.
Result<PathWorld> make_path_world(const PracticeData& data, const SkillItems& items,
                                  const FamilyFit& options);

/// One student's errand.
struct PathTask {
  const PathWorld& world;
  std::vector<SkillId> goals;
  std::vector<SkillId> candidates;  // goals and what they rest on, in topological order
  std::size_t steps = 20;           // he will answer so many questions
  double mastery_at = 1.0;          // a skill is done there; 1: every gain counts to the end
  std::uint64_t seed = 0;
};

class PathPolicy {
 public:
  virtual ~PathPolicy() = default;
  /// One of the task's candidates. `left` answers remain, this one among them.
  virtual SkillId next(std::size_t left) = 0;
  /// An answer, whether the policy asked for it or it came before.
  virtual void observe(ItemId item, bool correct) = 0;
};

struct PolicyEntry {
  std::string_view name;
  std::string_view summary;
  std::string_view source;
  /// `task` must outlive the policy. Null for `clairvoyant`, which is none (clairvoyant.h).
  std::unique_ptr<PathPolicy> (*make)(const PathTask& task);
};

std::span<const PolicyEntry> policy_registry();

/// One of them, or the ceiling `clairvoyant`. Errors: InvalidInput naming the policies there are.
Result<const PolicyEntry*> find_policy(std::string_view name);

}  // namespace meno
