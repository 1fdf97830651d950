#include "domain/samplers.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace meno {
namespace {

/// Answers [from, to) of `window` scored, with as much context before them as fits in `longest`
/// events.
Window cut(const Window& window, std::size_t from, std::size_t to, std::size_t longest) {
  const std::size_t begin = std::min(from, to > longest ? to - longest : 0);
  Window part = window;
  part.events = window.events.part(begin, to - begin);
  part.from = from - begin;
  part.state_from = 0;
  return part;
}

/// How many of `n` >= 2 candidates adapt and how many judge: as asked, or in the asked proportion
/// when there are fewer.
std::pair<std::size_t, std::size_t> shares(std::size_t n, const TaskShape& shape) {
  const std::size_t asked = std::max<std::size_t>(1, shape.support);
  const std::size_t judged = std::max<std::size_t>(1, shape.query);
  if (n >= asked + judged) return {asked, judged};
  const std::size_t support = std::clamp<std::size_t>(n * asked / (asked + judged), 1, n - 1);
  return {support, n - support};
}

/// One student: his first answers adapt, those that follow judge.
class StudentSampler final : public TaskSampler {
 public:
  StudentSampler(const TaskPool& pool, const TaskShape& shape) : pool_(&pool), shape_(shape) {
    for (std::size_t w = 0; w < pool.windows.size(); ++w) {
      if (pool.windows[w].scored() >= 2) eligible_.push_back(w);
    }
  }
  std::size_t size() const override { return eligible_.size(); }
  Task task(std::size_t index, Rng& /*rng*/) const override {
    const Window& whole = pool_->windows[eligible_[index]];
    const std::size_t support = std::clamp<std::size_t>(shape_.support, 1, whole.scored() - 1);
    const std::size_t middle = whole.from + support;
    const std::size_t end =
        std::min(whole.events.size(), middle + std::max<std::size_t>(1, shape_.query));
    return {{cut(whole, whole.from, middle, shape_.longest_window)},
            {cut(whole, middle, end, shape_.longest_window)}};
  }

 private:
  const TaskPool* pool_;
  TaskShape shape_;
  std::vector<std::size_t> eligible_;
};

/// Several students: some adapt, others judge. `members_[g]` are the windows that can take part in
/// group g, and `window_of` says which stretch of a member is scored.
class ManyStudentsSampler : public TaskSampler {
 public:
  std::size_t size() const override { return members_.size(); }
  Task task(std::size_t index, Rng& rng) const override {
    std::vector<std::size_t> members = members_[index];
    const auto [support, query] = shares(members.size(), shape_);
    for (std::size_t i = 0; i < support + query; ++i) {
      std::swap(members[i], members[i + rng.below(members.size() - i)]);
    }
    Task task;
    for (std::size_t i = 0; i < support + query; ++i) {
      auto& side = i < support ? task.support : task.query;
      side.push_back(window_of(index, pool_->windows[members[i]], rng));
    }
    return task;
  }

 protected:
  ManyStudentsSampler(const TaskPool& pool, const TaskShape& shape) : pool_(&pool), shape_(shape) {}
  virtual Window window_of(std::size_t group, const Window& whole, Rng& rng) const = 0;

  /// Takes groups of two members or more, in order of label. Labels of groups taken are returned.
  std::vector<std::uint32_t> take(
      std::map<std::uint32_t, std::vector<std::size_t>>&& members_by_label) {
    std::vector<std::uint32_t> labels;
    for (auto& [label, members] : members_by_label) {
      if (members.size() < 2) continue;
      labels.push_back(label);
      members_.push_back(std::move(members));
    }
    return labels;
  }
  const TaskPool& pool() const { return *pool_; }
  const TaskShape& shape() const { return shape_; }

 private:
  const TaskPool* pool_;
  TaskShape shape_;
  std::vector<std::vector<std::size_t>> members_;
};

/// A class, a school or a course: whole histories of its students.
class GroupSampler final : public ManyStudentsSampler {
 public:
  template <class LabelOf>
  GroupSampler(const TaskPool& pool, const TaskShape& shape, const LabelOf& label_of)
      : ManyStudentsSampler(pool, shape) {
    std::map<std::uint32_t, std::vector<std::size_t>> members;
    for (std::size_t w = 0; w < pool.windows.size(); ++w) {
      const std::uint32_t label = label_of(w);
      if (label != ClassId().value && pool.windows[w].scored() > 0) members[label].push_back(w);
    }
    take(std::move(members));
  }

 private:
  Window window_of(std::size_t /*group*/, const Window& whole, Rng& /*rng*/) const override {
    const std::size_t end = std::min(whole.events.size(), whole.from + shape().longest_window);
    return cut(whole, whole.from, end, shape().longest_window);
  }
};

/// A skill or an item: one run of consecutive answers on it per student, with the student's
/// context.
class ThingSampler final : public ManyStudentsSampler {
 public:
  enum class Thing { Skill, Item };

  ThingSampler(const TaskPool& pool, const TaskShape& shape, Thing thing)
      : ManyStudentsSampler(pool, shape), thing_(thing) {
    std::map<std::uint32_t, std::vector<std::size_t>> members;
    for (std::size_t w = 0; w < pool.windows.size(); ++w) {
      const Window& window = pool.windows[w];
      for (std::size_t t = window.from; t < window.events.size(); ++t) {
        note(window.events[t], w, members);
      }
    }
    things_ = take(std::move(members));
  }

 private:
  void note(const Event& event, std::size_t w,
            std::map<std::uint32_t, std::vector<std::size_t>>& members) const {
    const auto add = [&](std::uint32_t label) {
      auto& list = members[label];
      if (list.empty() || list.back() != w) list.push_back(w);
    };
    if (thing_ == Thing::Item) return add(event.item.value);
    for (const SkillId skill : event.skills) add(skill.value);
  }

  bool is_about(const Event& event, std::uint32_t thing) const {
    if (thing_ == Thing::Item) return event.item.value == thing;
    return std::find(event.skills.begin(), event.skills.end(), SkillId(thing)) !=
           event.skills.end();
  }

  Window window_of(std::size_t group, const Window& whole, Rng& rng) const override {
    const std::uint32_t thing = things_[group];
    std::vector<std::pair<std::size_t, std::size_t>> runs;  // [first, last + 1)
    for (std::size_t t = whole.from; t < whole.events.size(); ++t) {
      if (!is_about(whole.events[t], thing)) continue;
      if (!runs.empty() && runs.back().second == t) {
        ++runs.back().second;
      } else {
        runs.emplace_back(t, t + 1);
      }
    }
    const auto [from, to] = runs[rng.below(runs.size())];
    const std::size_t end = std::min(to, from + shape().longest_window);
    return cut(whole, from, end, shape().longest_window);
  }

  Thing thing_;
  std::vector<std::uint32_t> things_;
};

using Made = std::unique_ptr<const TaskSampler>;

Made by_student(const TaskPool& pool, const TaskShape& shape) {
  return std::make_unique<StudentSampler>(pool, shape);
}
Made by_skill(const TaskPool& pool, const TaskShape& shape) {
  return std::make_unique<ThingSampler>(pool, shape, ThingSampler::Thing::Skill);
}
Made by_item(const TaskPool& pool, const TaskShape& shape) {
  return std::make_unique<ThingSampler>(pool, shape, ThingSampler::Thing::Item);
}
Made by_class(const TaskPool& pool, const TaskShape& shape) {
  return std::make_unique<GroupSampler>(pool, shape, [&](std::size_t w) {
    return pool.class_of.empty() ? ClassId().value : pool.class_of[w].value;
  });
}
Made by_school(const TaskPool& pool, const TaskShape& shape) {
  return std::make_unique<GroupSampler>(pool, shape, [&](std::size_t w) {
    return pool.school_of.empty() ? SchoolId().value : pool.school_of[w].value;
  });
}
Made by_course(const TaskPool& pool, const TaskShape& shape) {
  return std::make_unique<GroupSampler>(pool, shape, [&](std::size_t w) {
    return pool.course.empty() ? std::uint32_t{0} : pool.course[w];
  });
}

constexpr std::array kSamplers{
    SamplerEntry{"student", "a student's first answers, then the next", &by_student, true},
    SamplerEntry{"skill", "answers on one skill, by some students, then by others", &by_skill},
    SamplerEntry{"item", "answers on one item, by some students, then by others", &by_item},
    SamplerEntry{"class", "some students of a class, then others of it", &by_class},
    SamplerEntry{"school", "some students of a school, then others of it", &by_school},
    SamplerEntry{"course", "some students of a course, then others of it", &by_course},
};

}  // namespace

TaskPool task_pool(const SplitSource& source, std::span<const Stretch> role) {
  TaskPool pool;
  pool.windows = windows_of(source, role);
  for (const Stretch& stretch : role) {
    if (!source.class_of.empty()) pool.class_of.push_back(source.class_of[stretch.student.value]);
    if (!source.school_of.empty())
      pool.school_of.push_back(source.school_of[stretch.student.value]);
  }
  return pool;
}

std::span<const SamplerEntry> sampler_registry() { return kSamplers; }

Result<std::unique_ptr<const TaskSampler>> make_sampler(std::string_view name, const TaskPool& pool,
                                                        const TaskShape& shape) {
  std::string known;
  for (const SamplerEntry& entry : kSamplers) {
    known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.name);
    if (entry.name != name) continue;
    Made sampler = entry.make(pool, shape);
    if (sampler->size() > 0) return sampler;
    return invalid_input(
        fmt::format("task sampler {}: none of {} students can become such a task, expected two "
                    "students or answers in a group",
                    name, pool.windows.size()));
  }
  return invalid_input(fmt::format("task sampler \"{}\", expected one of {}", name, known));
}

}  // namespace meno
