// StudentGenerator: real students of a course -> made-up ones. The list of generators; adding one:
// meta/generative/<name>.{h,cc}, a row in registry.cc, a line in docs/generative.md.
//
//   cohort of training students -> fit -> StudentGenerator -> draw_students -> Sequences
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/options.h"
#include "core/result.h"
#include "core/rng.h"
#include "domain/sequence.h"

namespace meno {

/// Whom a generator may learn from. The owners of the sequences must outlive the generator.
struct GenerativeCohort {
  std::vector<Sequence> students;  // of the course to be simulated; at least one has answers
  /// Other courses' students, one list per course: how students learn, whatever the items. May be
  /// empty; a generator that cannot use them ignores them.
  std::vector<std::vector<Sequence>> sources = {};
  std::uint64_t seed = 0;
};

/// A fitted generator. Everything it draws is simulated. Thread-safe.
class StudentGenerator {
 public:
  virtual ~StudentGenerator() = default;
  /// Appends one student's answers, at least one, on items and skills of the course, without times.
  virtual void draw(Rng& rng, History& student) const = 0;
};

struct GeneratorEntry {
  std::string_view name;
  std::string_view summary;
  std::string_view source;  // author year
  /// The same cohort and options give the same generator. Errors: InvalidInput for an unknown or
  /// bad option or a cohort without answers; Unavailable on Ctrl-C.
  Result<std::unique_ptr<const StudentGenerator>> (*fit)(const Options& options,
                                                         const GenerativeCohort& cohort);
  bool copies = false;  // what it draws are real students' answers as they were
};

std::span<const GeneratorEntry> generator_registry();

/// Errors: InvalidInput naming the generators there are.
Result<const GeneratorEntry*> find_generator(std::string_view name);

/// Errors: InvalidInput when nobody in the cohort has answered.
Result<Done> check_cohort(const GenerativeCohort& cohort);

/// Appends student `index` of those that the seed gives.
void draw_student(const StudentGenerator& generator, std::size_t index, std::uint64_t seed,
                  History& student);

/// Students 0 to `count` - 1.
std::deque<History> draw_students(const StudentGenerator& generator, std::size_t count,
                                  std::uint64_t seed);

}  // namespace meno
