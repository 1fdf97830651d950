#include "meta/embedding/known_courses.h"

#include "meta/histories.h"
#include "meta/prior/course_feed.h"

namespace meno {
namespace {

/// One drawn course, every second student of it on the other side.
Result<EmbeddedHalves> embed_halves(const ModelEntry& entry, const Options& model_options,
                                    const Prior& prior, const DrawnCourse& course) {
  std::vector<Sequence> halves[2];
  for (std::size_t s = 0; s < course.students.size(); ++s)
    halves[s % 2].push_back(course.students[s].view());
  EmbeddedHalves embedded_halves;
  MENO_TRY(embedded_halves.first, embedded(entry, model_options, prior, halves[0]));
  MENO_TRY(embedded_halves.second, embedded(entry, model_options, prior, halves[1]));
  return embedded_halves;
}

Result<KnownCourses> embed_kind(const ModelEntry& entry, const Options& model_options,
                                const Prior& prior, std::span<const CourseSource> source,
                                const EmbeddingPlan& plan, Rng rng) {
  const CoursePlan draw{.fewest = plan.fewest,
                        .most = plan.most,
                        .longest = plan.longest,
                        .p_unknown = 0.0,
                        .p_other_grain = 0.0,
                        .p_synthetic = source.empty() ? 1.0 : 0.0};
  KnownCourses kind;
  for (std::size_t c = 0; c < plan.courses; ++c) {
    const PreparedCourse drawn = prepare_course(source, draw, 0, rng);
    MENO_TRY(kind.courses.emplace_back(), embed_halves(entry, model_options, prior, drawn.course));
  }
  return kind;
}

}  // namespace

Result<Embedding> embedded(const ModelEntry& entry, const Options& model_options,
                           const Prior& prior, std::span<const Sequence> students) {
  const CourseCohort cohort = cohort_of(students);
  MENO_TRY(const auto model, moved_to(entry, model_options, *prior.model, cohort));
  const auto encoded = encode_all(*model, cohort.windows, 1);
  return raw_embedding(*model, prior.theta, cohort.windows, views_of(encoded));
}

Result<std::vector<KnownCourses>> embed_known_courses(const ModelEntry& entry,
                                                      const Options& model_options,
                                                      const Prior& prior,
                                                      std::span<const CourseSource> sources,
                                                      const EmbeddingPlan& plan) {
  const Rng rng(mix64(plan.seed ^ 0xe4bedU));
  std::vector<KnownCourses> kinds;
  for (std::size_t s = 0; s <= sources.size(); ++s) {
    const bool made_up = s == sources.size();
    const auto source = made_up ? std::span<const CourseSource>() : sources.subspan(s, 1);
    MENO_TRY(kinds.emplace_back(),
             embed_kind(entry, model_options, prior, source, plan, rng.fork(s)));
    kinds.back().name = made_up ? std::string(kMadeUp) : sources[s].name;
    kinds.back().source = s;
  }
  return kinds;
}

EmbeddingSpace space_of(std::span<const KnownCourses> kinds) {
  std::vector<EmbeddedHalves> all;
  for (const KnownCourses& kind : kinds)
    all.insert(all.end(), kind.courses.begin(), kind.courses.end());
  return EmbeddingSpace(all);
}

std::vector<Embedding> placed(const EmbeddingSpace& space, const KnownCourses& kind) {
  std::vector<Embedding> points;
  for (const EmbeddedHalves& course : kind.courses) {
    const Embedding halves[] = {space.place(course.first), space.place(course.second)};
    points.push_back(centre_of(halves));
  }
  return points;
}

}  // namespace meno
