// LearnerFamily: one theory of how students learn, fitted to real answers, from which simulated
// students are drawn. Several families that differ in kind stand side by side (families.cc), so
// that a policy cannot win by sharing the model of those it is judged on. Nobody drawn from a
// family is a person: whatever is written about them says "simulated".
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "domain/course.h"
#include "domain/sequence.h"
#include "domain/skill_graph.h"

namespace meno {

/// One simulated student while he practises. Not thread-safe.
class SimulatedLearner {
 public:
  virtual ~SimulatedLearner() = default;
  /// The truth, which only a judge may read: P(a right answer on `item`, if it came now), in (0,
  /// 1).
  virtual double p_correct(ItemId item) const = 0;
  /// What answering does to him: he has answered `item`, has seen whether it was right, and goes
  /// on.
  virtual void practise(ItemId item, bool correct, Rng& rng) = 0;
  /// The same student once more, who goes on independently.
  virtual std::unique_ptr<SimulatedLearner> clone() const = 0;
};

/// A fitted family. Immutable and thread-safe; the course and graph it was fitted on must outlive
/// it.
class LearnerFamily {
 public:
  virtual ~LearnerFamily() = default;
  /// A student at the beginning of the course. The same state of `rng` gives the same student.
  virtual std::unique_ptr<SimulatedLearner> new_learner(Rng& rng) const = 0;
};

/// What families are fitted on. Views that must outlive the family.
struct PracticeData {
  const Course& course;
  const SkillGraph& graph;         // over the course's skills; may have no edges
  std::vector<Sequence> students;  // oldest answer first
};

struct FamilyFit {
  std::uint64_t seed = 0;
  int epochs = 12;  // passes over the data of those fitted step by step
  int threads = 1;
};

struct FamilyEntry {
  std::string_view name;
  std::string_view summary;
  std::string_view source;
  /// How many draws a particle filter needs to follow a real student: 1 where every student begins
  /// alike.
  std::size_t particles;
  /// Errors: InvalidInput without answers, or what fitting reports; Unavailable on Ctrl-C.
  Result<std::unique_ptr<const LearnerFamily>> (*fit)(const PracticeData& data,
                                                      const FamilyFit& options);
};

/// The list of families.
std::span<const FamilyEntry> family_registry();

/// Errors: InvalidInput naming the families there are.
Result<const FamilyEntry*> find_family(std::string_view name);

}  // namespace meno
