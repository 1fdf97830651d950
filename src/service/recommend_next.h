// Recommend: the next items for one student, each with its reason, and its exercise where the
// course has texts.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "service/services.h"
#include "teach/bank/bank.h"
#include "tutor/next_item/next_item.h"

namespace meno {

/// A worked example of the item bank.
struct SolvedExample {
  ItemContent content;
  Text right_answer;
  Text explanation;  // worked solution, one step a line
};

/// What could come before an exercise.
struct NextResource {
  SuggestedResource suggested;
  std::optional<SolvedExample> example{};  // where it shows an item solved
};

/// A recommendation together with the concrete exercise.
struct NextItem {
  Recommendation choice;
  std::uint32_t variant = 0;
  std::optional<ItemContent> content;             // absent when the course has no texts
  std::optional<BeliefBand> band = std::nullopt;  // of p_correct, where the run has a posterior
  std::optional<NextResource> resource = std::nullopt;  // to look at first
};

struct RecommendNext {
  std::string_view course_id;
  std::string_view student_id;
  std::size_t count = 1;
  std::optional<double> target = std::nullopt;  // what if this success rate were aimed at
  std::string_view request_id = {};             // kept with what is recommended
};

struct Recommendations {
  std::shared_ptr<const LiveCourse> course;  // the version that says so
  double target = 0.0;                       // the success rate aimed at
  std::vector<NextItem> items;
};

/// Best first. Errors: NotFound (course, student); Conflict when the rules of course and student
/// together leave nothing to recommend; InvalidInput for a target out of range; Unavailable.
Result<Recommendations> recommend_next(Services& services, const RecommendNext& ask);

/// What next_for() is asked.
struct NextWanted {
  TimePoint now = kNoTime;
  std::size_t count = 1;
  bool counterfactual = true;                   // of the first: some six rankings more
  std::optional<double> target = std::nullopt;  // instead of what student and teacher have set
  std::string_view request_id = {};             // kept with what is chosen, and of no effect on it
};

struct NextChosen {
  double target = 0.0;
  std::optional<std::int64_t> seed = std::nullopt;  // of the draw, where it explored
  std::vector<NextItem> items;
};

/// What would be chosen for a state under given guidance: a function of its arguments, so that what
/// was chosen once can be chosen again. Errors: those of the item bank, which would be a defect.
Result<NextChosen> chosen_for(std::string_view student_id, const LearnerState& state,
                              const StudentGuidance& guidance, const NextWanted& wanted);

/// The same for a state that the caller holds: under the rules of teachers, at the success rate
/// that is set (by the student, else by a teacher, else the usual one) and moved by what the
/// student has said of recommendations. The store keeps what was chosen and from what. Errors:
/// Conflict as recommend_next(); those of the item
/// bank, which would be a defect; Unavailable.
Result<NextChosen> next_for(Services& services, std::string_view student_id,
                            const LearnerState& state, const NextWanted& wanted);

/// The success rate that recommendations to a student aim at now. Errors: NotFound (course,
/// student); as Guidance::of().
Result<double> aimed_target(Services& services, std::string_view course_id,
                            std::string_view student_id);

}  // namespace meno
