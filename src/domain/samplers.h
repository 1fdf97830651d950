// Task samplers: what counts as one few-shot problem. A sampler draws Tasks from the students of
// one role of a split; everything downstream sees only windows. Support and query never share a
// scored answer, and wherever a task spans several students it adapts on some and is judged on
// others.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "domain/split.h"
#include "domain/task.h"

namespace meno {

/// The histories tasks are drawn from. Group labels are [W] or empty; without `course` all windows
/// are one course. Windows may carry cross-fitting folds, which tasks keep.
struct TaskPool {
  std::vector<Window> windows;
  std::vector<std::uint32_t> course;
  std::vector<ClassId> class_of;
  std::vector<SchoolId> school_of;
};

/// The students of one role, with their classes and schools.
TaskPool task_pool(const SplitSource& source, std::span<const Stretch> role);

/// How large tasks are. For the student sampler the numbers count answers, for item and skill
/// windows on that item or skill, for class, school and course students.
struct TaskShape {
  std::size_t support = 10;
  std::size_t query = 20;  // at most; at least 1 is found or the task is not drawn
  std::size_t longest_window =
      200;  // events kept per window, context included: the last ones before what is scored
};

/// Thread-safe; views into a pool that outlives it.
class TaskSampler {
 public:
  virtual ~TaskSampler() = default;
  /// The number of different things (students, skills, ...) that can become a task.
  virtual std::size_t size() const = 0;
  /// A task about thing `index` in [0, size()). Support and query are both non-empty.
  virtual Task task(std::size_t index, Rng& rng) const = 0;
  /// A task about a thing chosen uniformly.
  Task sample(Rng& rng) const { return task(rng.below(size()), rng); }
};

struct SamplerEntry {
  std::string_view name;  // student, skill, item, class, school, course
  std::string_view summary;
  std::unique_ptr<const TaskSampler> (*make)(const TaskPool& pool, const TaskShape& shape);
  bool of_one_student =
      false;  // each task is about one window of the pool, and each window one task
};
std::span<const SamplerEntry> sampler_registry();

/// Errors: InvalidInput for an unknown name, or when the pool holds nothing that could become such
/// a task.
Result<std::unique_ptr<const TaskSampler>> make_sampler(std::string_view name, const TaskPool& pool,
                                                        const TaskShape& shape);

}  // namespace meno
