// Foreknowledge: all that is learnt from the sources before the target is met. Priors, what
// learners made of one, starts for courses of one kind, and the space in which courses are
// compared.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "meta/embedding/known_courses.h"
#include "meta/prior/course_tasks.h"
#include "meta/prior/prior.h"

namespace meno {

/// A start for courses of one kind: of the first prior's model, after further training on that kind
/// alone.
struct Specialist {
  std::string kind;
  Params theta;
  Embedding home;  // the centre of the kind's known courses
};

struct Foreknowledge {
  std::vector<Prior> priors;
  std::vector<CourseLearner> learners;
  std::vector<Specialist> specialists;
  std::vector<KnownCourses> known;      // empty where nobody asked for a map
  std::optional<EmbeddingSpace> space;  // of `known`
  double reach = 1.0;  // root mean square distance of a known course from its kind's centre
};

/// What the rows to be made need.
struct Wanted {
  int priors = 0;
  std::vector<std::string> learners = {};
  bool specialists = false;  // and the space
  bool space = false;
};

struct ForeknowledgeOptions {
  PriorOptions prior = {};
  CourseTaskPlan tasks = {};
  EmbeddingPlan embedding = {};
  int specialist_epochs = 3;
  std::uint64_t seed = 0;
  int threads = 0;  // 0: all cores. Parts are learnt side by side, each on one thread
};

/// Errors: as learn_prior, learn_to_adapt and embed_known_courses.
Result<Foreknowledge> learn_from_sources(const ModelEntry& entry, const Options& model_options,
                                         std::span<const CourseSource> sources,
                                         const Wanted& wanted, const ForeknowledgeOptions& options);

}  // namespace meno
