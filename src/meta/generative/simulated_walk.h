// What generators that answer by a formula share: the course they simulate, and one student's walk
// through it.
#pragma once

#include <functional>
#include <string_view>

#include "core/result.h"
#include "meta/generative/evidence_row.h"
#include "meta/generative/item_walk.h"

namespace meno {

/// A course as a generator remembers it.
struct SimulatedCourse {
  CourseCounts counts;
  ItemWalk walk;

  SimulatedCourse(std::span<const Sequence> students, double p_leave) : walk(students, p_leave) {
    for (const Sequence& student : students) counts.add(student);
  }
};

/// Errors: InvalidInput for a `leave` outside [0, 1]; `owner` names the generator.
Result<Done> check_leave(double leave, std::string_view owner);

/// The logit of a right answer, given what is known before it.
using AnswerLogit = std::function<double(const EvidenceRow& row)>;

/// Walks one student through the course, answers drawn from `logit`, at most `longest` of them (0:
/// as many as the walk has). Returns what was drawn as rows too.
EncodedStudent walk_student(const SimulatedCourse& course, const AnswerLogit& logit,
                            std::size_t longest, Rng& rng, History* student);

}  // namespace meno
