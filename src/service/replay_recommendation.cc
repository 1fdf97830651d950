#include "service/replay_recommendation.h"

#include <span>

#include <fmt/format.h>

#include "core/json.h"
#include "service/course_versions.h"
#include "service/decision_context.h"

namespace meno {
namespace {

Result<std::string> text_in(const Json& document, const char* field) {
  const auto found = document.find(field);
  if (found != document.end() && found->is_string()) return found->get<std::string>();
  return invalid_input(fmt::format("a kept context has no \"{}\", expected a text", field));
}

Result<TeachingRules> rules_in(const Json& document, const char* field) {
  const auto found = document.find(field);
  if (found != document.end()) return parse_rules(found->dump());
  return invalid_input(fmt::format("a kept context has no \"{}\", expected rules", field));
}

Result<std::vector<CourseResource>> resources_in(const Json& document) {
  const auto found = document.find("resources");
  if (found != document.end()) return parse_resources(found->dump());
  return invalid_input("a kept context has no \"resources\", expected those of the course");
}

Result<std::shared_ptr<const ServedModel>> model_of(const Services& services,
                                                    const std::string& course_id,
                                                    const std::string& version) {
  if (services.versions != nullptr) return services.versions->model_of(course_id, version);
  if (services.courses.base()->version == version) return services.courses.base();
  return not_found(fmt::format("run {}, expected {}, the only one here", version,
                               services.courses.base()->version));
}

/// The student as the recommendation knew him.
Result<LearnerState> state_for(Store& store, const StoredRecommendation& stored,
                               const std::shared_ptr<const LiveCourse>& course) {
  MENO_TRY(const std::vector<StoredAnswer> answers,
           store.answers().history(stored.course_id, stored.student_id));
  MENO_TRY(const std::vector<StoredFeedback> said,
           store.feedback().of_student(stored.course_id, stored.student_id));
  if (answers.size() < stored.answers || said.size() < stored.feedback) {
    return conflict(fmt::format(
        "the store has {} answers and {} feedbacks of the student, expected the {} and {} that "
        "recommendation {} was made from",
        answers.size(), said.size(), stored.answers, stored.feedback, stored.no));
  }
  LearnerState state(course);
  const auto observe = [&state](const StoredAnswer& answer) {
    state.observe(answer, kNoResponseTime);  // which no recommendation depends on
  };
  in_their_order(std::span(answers).first(stored.answers), std::span(said).first(stored.feedback),
                 state.last_seq(), observe,
                 [&state](const StoredFeedback& feedback) { state.take(feedback); });
  return state;
}

Result<StudentGuidance> guidance_for(const StoredRecommendation& stored, const Json& document,
                                     const LiveCourse& course) {
  MENO_TRY(const TeachingRules of_course, rules_in(document, "rules"));
  MENO_TRY(const TeachingRules of_student, rules_in(document, "student_rules"));
  MENO_TRY(const std::vector<CourseResource> resources, resources_in(document));
  const Taught taught{of_course, of_student, resources};
  MENO_TRY(WorkRules work, work_rules(taught, course));
  StudentGuidance guidance;
  guidance.context = decision_context(taught, work, course);
  guidance.rules = std::make_shared<const WorkRules>(std::move(work));
  guidance.target = stored.own_target;
  return guidance;
}

std::string difference_of(const StoredRecommendation& then, const StoredRecommendation& now,
                          const Json& document) {
  if (then.chosen == now.chosen && then.digest == now.digest && then.seed == now.seed) return "";
  const std::string program = document.value("program", "");
  const std::string by =
      program == MENO_VERSION
          ? ""
          : fmt::format(" (it was made by version {}, this is {})", program, MENO_VERSION);
  if (then.chosen != now.chosen)
    return fmt::format("it is {} now, expected {} as then{}", now.chosen, then.chosen, by);
  return fmt::format("the same items with other words or numbers beside them{}", by);
}

}  // namespace

Result<std::shared_ptr<const LiveCourse>> RecommendationReplay::course_of(
    const StoredRecommendation& stored, const std::string& version) {
  const std::pair key(stored.course_id, version);
  if (const auto found = courses_.find(key); found != courses_.end()) return found->second;
  MENO_TRY(std::shared_ptr<const ServedModel> model,
           model_of(services_, stored.course_id, version));
  MENO_TRY(StoredCourse course, services_.store.courses().find(stored.course_id));
  MENO_TRY(std::shared_ptr<const LiveCourse> live,
           LiveCourse::make(std::move(course), std::move(model), nullptr));
  return courses_.emplace(key, std::move(live)).first->second;
}

Result<ReplayedRecommendation> RecommendationReplay::replay(const StoredRecommendation& stored) {
  MENO_TRY(const Json document, parse_json(stored.context->document, "a kept context"));
  MENO_TRY(const std::string version, text_in(document, "run"));
  MENO_TRY(const std::string content, text_in(document, "course"));
  ReplayedRecommendation replayed;
  MENO_TRY(replayed.course, course_of(stored, version));
  if (replayed.course->content_version() != content) {
    return conflict(fmt::format("course \"{}\" is no longer what recommendation {} was made from",
                                stored.course_id, stored.no));
  }
  MENO_TRY(const LearnerState state, state_for(services_.store, stored, replayed.course));
  MENO_TRY(const StudentGuidance guidance, guidance_for(stored, document, *replayed.course));
  const NextWanted wanted{.now = stored.made_at,
                          .count = stored.wanted,
                          .counterfactual = stored.counterfactual,
                          .target = stored.asked_target};
  MENO_TRY(NextChosen chosen, chosen_for(stored.student_id, state, guidance, wanted));
  replayed.again = recommendation_of(stored.student_id, state, guidance, wanted, chosen);
  replayed.items = std::move(chosen.items);
  replayed.difference = difference_of(stored, replayed.again, document);
  replayed.identical = replayed.difference.empty();
  return replayed;
}

Result<std::vector<StoredRecommendation>> recommendation_history(Services& services,
                                                                 std::string_view course_id,
                                                                 std::string_view student_id,
                                                                 std::uint64_t before,
                                                                 std::size_t most) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> course, services.courses.find(course_id));
  MENO_TRY(const std::optional<StoredStudent> enrolled,
           services.store.students().find(course_id, student_id));
  if (!enrolled) return not_enrolled(student_id, course_id);
  MENO_TRY_DONE(services.store.recommendations().flush());
  return services.store.recommendations().of_student(course_id, student_id, before, most);
}

Result<StoredRecommendation> find_recommendation(Services& services, std::string_view course_id,
                                                 std::string_view student_id, std::uint64_t no) {
  MENO_TRY_DONE(services.store.recommendations().flush());
  MENO_TRY(StoredRecommendation found, services.store.recommendations().find(no));
  if (found.course_id == course_id && found.student_id == student_id) return found;
  return not_found(fmt::format("recommendation {}, expected one to student \"{}\" in course \"{}\"",
                               no, student_id, course_id));
}

}  // namespace meno
