// Course embeddings: a course, told by some of its students, or one student, told by his first
// answers, as a point. Support -> what it shows of the course, of the prior's errors on it and of
// where the prior would move -> Embedding. Whose points lie near each other may share a start.
#pragma once

#include <span>
#include <vector>

#include "domain/task.h"
#include "models/student_model.h"

namespace meno {

/// A point, of the same length whatever the support.
using Embedding = std::vector<double>;

/// The raw numbers of a support: what is in its answers (descriptors), the standardised residuals
/// of `theta` there, and slope and squared slopes of its loss by the read-out (the diagonal of the
/// empirical Fisher information over students). Every window is a whole history, `support` the same
/// windows encoded in the same order by the model moved to them, so that nothing of what is
/// embedded depends on answers outside the support. An empty support has the numbers of no answers.
/// Source of the last part: Achille et al. 2019, arXiv:1902.03545 (Task2Vec), there of a probe
/// network for images and of all its layers; the rest is Meno's.
Embedding raw_embedding(const StudentModel& model, ParamView theta, std::span<const Window> windows,
                        Batch support);

/// Two raw embeddings of the same course, from disjoint halves of its students.
struct EmbeddedHalves {
  Embedding first;
  Embedding second;
};

/// Where raw embeddings become comparable: every number is standardised over known courses and
/// weighs by its reliability, the share of its variance that halves of a course have in common; the
/// three parts (descriptors, residuals, slopes) weigh alike.
class EmbeddingSpace {
 public:
  /// Of at least 2 courses, embedded under one theta.
  explicit EmbeddingSpace(std::span<const EmbeddedHalves> courses);

  Embedding place(const Embedding& raw) const;

 private:
  Embedding mean_;
  Embedding weight_;  // reliability / standard deviation, and the part's share; 0 where nothing is
                      // in common
};

/// Euclidean, of two placed embeddings.
double distance(const Embedding& a, const Embedding& b);

/// The mean point of at least one.
Embedding centre_of(std::span<const Embedding> points);

}  // namespace meno
