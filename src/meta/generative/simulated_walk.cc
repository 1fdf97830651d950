#include "meta/generative/simulated_walk.h"

#include <fmt/format.h>

#include "models/link.h"

namespace meno {

Result<Done> check_leave(double leave, std::string_view owner) {
  if (leave >= 0.0 && leave <= 1.0) return Done{};
  return invalid_input(fmt::format("{}: leave {}, expected 0 to 1", owner, leave));
}

EncodedStudent walk_student(const SimulatedCourse& course, const AnswerLogit& logit,
                            std::size_t longest, Rng& rng, History* student) {
  EncodedStudent drawn;
  PastAnswers past;
  std::optional<ItemWalk::Place> at = course.walk.start(rng);
  while (at && (longest == 0 || drawn.correct.size() < longest)) {
    const Event real = course.walk.event(*at);
    Event event{.item = real.item, .skills = real.skills};
    drawn.rows.push_back(past.row(course.counts, event));
    const bool right = rng.chance(sigmoid(logit(drawn.rows.back())));
    event.correct = right ? 1.0F : 0.0F;
    drawn.correct.push_back(event.correct);
    past.observe(course.counts, event);
    if (student != nullptr) student->push_back(event);
    at = course.walk.next(*at, right, drawn.correct.size() - 1, rng);
  }
  return drawn;
}

}  // namespace meno
