// What a recommendation was made from, and what was said of it, as the store keeps them: enough to
// make it again and to see that nothing differs.
//
// A context is {"program", "run", "course", "candidates", "rules", "student_rules",
// "resources"}: the
// version of Meno, of the model and of the course's content,
// a hash of the items that could be recommended, the rules of teachers and the course's resources.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "service/recommend_next.h"
#include "store/recommendations.h"

namespace meno {

/// `work` is what teachers have laid down comes to.
std::shared_ptr<const DecisionContext> decision_context(const Taught& taught, const WorkRules& work,
                                                        const LiveCourse& course);

/// What was chosen, as the store keeps it; `no` is the store's to give.
StoredRecommendation recommendation_of(std::string_view student_id, const LearnerState& state,
                                       const StudentGuidance& guidance, const NextWanted& wanted,
                                       const NextChosen& chosen);

}  // namespace meno
