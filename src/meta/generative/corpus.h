// Corpus: a cohort as a generator is trained on it, the course's own students and those of others.
#pragma once

#include <vector>

#include "meta/generative/evidence_row.h"
#include "meta/generative/generator.h"

namespace meno {

struct Corpus {
  std::vector<EncodedStudent> own;     // in a seeded order, each under the counts of those before
  std::vector<EncodedStudent> others;  // of small courses drawn from the sources, likewise
};

/// Without empty students. At most `longest` answers of a student, his first ones. Source courses
/// are drawn small, so that thin counts are met (domain/course_draw.h).
Corpus corpus_of(const GenerativeCohort& cohort, std::size_t longest);

/// Students in turn, in an order drawn anew each time all have had theirs.
class Turns {
 public:
  Turns(std::span<const EncodedStudent> students, Rng& rng);
  /// The next students, until they have `rows` answers between them: at least one.
  std::vector<const EncodedStudent*> next(std::size_t rows);

 private:
  std::vector<const EncodedStudent*> order_;
  std::size_t at_ = 0;
  Rng& rng_;
};

/// Answers of these students.
std::size_t answers_of(std::span<const EncodedStudent> students);

}  // namespace meno
