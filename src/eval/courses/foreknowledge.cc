#include "eval/courses/foreknowledge.h"

#include <cmath>

#include "core/parallel.h"

namespace meno {
namespace {

/// `count` values made side by side, or the first error.
template <class T, class Make>
Result<std::vector<T>> side_by_side(std::size_t count, int threads, const Make& make) {
  std::vector<std::optional<Result<T>>> made(count);
  parallel_for(count, thread_count(threads), [&](std::size_t i) { made[i] = make(i); });
  std::vector<T> values;
  for (auto& one : made) {
    if (!*one) return one->error();
    values.push_back(std::move(**one));
  }
  return values;
}

/// The options of a training on one thread.
PriorOptions alone(const ForeknowledgeOptions& options, std::uint64_t index) {
  PriorOptions own = options.prior;
  own.training.seed = mix64(options.seed) + index;
  own.training.threads = 1;
  return own;
}

/// Root mean square distance of known courses from their kind's centre.
double reach_of(const EmbeddingSpace& space, std::span<const KnownCourses> known) {
  double squares = 0.0;
  double count = 0.0;
  for (const KnownCourses& kind : known) {
    const std::vector<Embedding> points = placed(space, kind);
    const Embedding centre = centre_of(points);
    for (const Embedding& point : points) squares += std::pow(distance(point, centre), 2.0);
    count += static_cast<double>(points.size());
  }
  return std::sqrt(squares / count);
}

}  // namespace

Result<Foreknowledge> learn_from_sources(const ModelEntry& entry, const Options& model_options,
                                         std::span<const CourseSource> sources,
                                         const Wanted& wanted,
                                         const ForeknowledgeOptions& options) {
  Foreknowledge known;
  MENO_TRY(known.priors, side_by_side<Prior>(static_cast<std::size_t>(wanted.priors),
                                             options.threads, [&](std::size_t p) {
                                               return learn_prior(entry, model_options, sources,
                                                                  alone(options, p));
                                             }));
  if (wanted.priors == 0) return known;
  const Prior& first = known.priors.front();
  CourseTaskPlan tasks = options.tasks;
  tasks.seed = mix64(options.seed ^ 0x7a5c5U);
  MENO_TRY(known.learners,
           side_by_side<CourseLearner>(wanted.learners.size(), options.threads, [&](std::size_t l) {
             return learn_to_adapt(entry, model_options, first, sources, wanted.learners[l], tasks);
           }));
  if (!wanted.specialists && !wanted.space) return known;
  EmbeddingPlan embedding = options.embedding;
  embedding.seed = options.seed;
  MENO_TRY(known.known, embed_known_courses(entry, model_options, first, sources, embedding));
  known.space = space_of(known.known);
  known.reach = reach_of(*known.space, known.known);
  if (!wanted.specialists) return known;
  MENO_TRY(auto thetas,
           side_by_side<Params>(known.known.size(), options.threads, [&](std::size_t k) {
             PriorOptions own = alone(options, 1000 + k);
             own.training.epochs = options.specialist_epochs;
             const auto kind =
                 k < sources.size() ? sources.subspan(k, 1) : std::span<const CourseSource>();
             return specialised(entry, model_options, first, kind, own);
           }));
  for (std::size_t k = 0; k < thetas.size(); ++k) {
    known.specialists.push_back({.kind = known.known[k].name,
                                 .theta = std::move(thetas[k]),
                                 .home = centre_of(placed(*known.space, known.known[k]))});
  }
  return known;
}

}  // namespace meno
