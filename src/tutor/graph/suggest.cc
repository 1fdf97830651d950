#include "tutor/graph/suggest.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/check.h"
#include "core/moments.h"
#include "models/link.h"

namespace meno {
namespace {

constexpr double kLeastVariance = 1e-4;

struct Pair {
  Moments mastered;
  Moments not_mastered;
  double before_first = 0.0;
};

using Pairs = std::unordered_map<std::uint64_t, Pair>;

std::uint64_t key(SkillId before, SkillId after) {
  return (std::uint64_t{before.value} << 32U) | after.value;
}

/// What one student has shown of one skill.
struct Shown {
  SkillId skill;
  double right = 0.0;
  double answers = 0.0;
  double first_residual = 0.0;  // of the first few answers
  double first_answers = 0.0;
  std::vector<std::pair<SkillId, bool>> behind;  // skills met before it, mastered by then or not
};

class Evidence {
 public:
  Evidence(const Course& course, std::span<const Sequence> students, const SuggestRules& rules)
      : rules_(rules), rate_(course.skills.size(), 0.0) {
    std::vector<double> answers(rate_.size(), 2.0);
    std::vector<double> right(rate_.size(), 1.0);
    for (const Sequence& student : students) {
      for (std::size_t t = 0; t < student.size(); ++t) {
        const Event event = student[t];
        for (const SkillId skill : event.skills) {
          right[skill.value] += event.correct;
          answers[skill.value] += 1.0;
        }
      }
    }
    for (std::size_t s = 0; s < rate_.size(); ++s)
      rate_[s] = std::log(right[s] / (answers[s] - right[s]));
    for (const Sequence& student : students) read(student);
  }

  const Pairs& pairs() const { return pairs_; }

 private:
  void read(const Sequence& student) {
    std::vector<Shown> shown;
    std::unordered_map<SkillId, std::size_t> place;
    double surprise_sum = 0.0;
    double weight = 0.0;
    for (std::size_t t = 0; t < student.size(); ++t) {
      const Event event = student[t];
      for (const SkillId skill : event.skills) {
        const auto [at, fresh] = place.emplace(skill, shown.size());
        if (fresh) shown.push_back(met(skill, shown));
        Shown& here = shown[at->second];
        const double ability = surprise_sum / (weight + 2.0);
        const double p = sigmoid(rate_[skill.value] + std::clamp(ability, -2.5, 2.5));
        if (here.first_answers < rules_.first_answers) {
          here.first_residual += event.correct - p;
          here.first_answers += 1.0;
        } else {
          // One Newton step of ability, from answers that no edge is judged by.
          surprise_sum += event.correct - sigmoid(rate_[skill.value]);
          weight += 0.2;
        }
        here.right += event.correct;
        here.answers += 1.0;
      }
    }
    add(shown);
  }

  Shown met(SkillId skill, const std::vector<Shown>& shown) const {
    Shown made{.skill = skill, .behind = {}};
    const std::size_t from = shown.size() > rules_.look_back ? shown.size() - rules_.look_back : 0;
    for (std::size_t k = from; k < shown.size(); ++k) {
      const Shown& other = shown[k];
      if (other.answers < 2.0) continue;
      made.behind.emplace_back(other.skill, other.right >= 0.75 * other.answers);
    }
    return made;
  }

  void add(const std::vector<Shown>& shown) {
    for (const Shown& after : shown) {
      const double residual = after.first_residual / after.first_answers;
      for (const auto& [before, mastered] : after.behind) {
        Pair& pair = pairs_[key(before, after.skill)];
        (mastered ? pair.mastered : pair.not_mastered).add(residual);
        pair.before_first += 1.0;
      }
    }
  }

  const SuggestRules& rules_;
  std::vector<double> rate_;  // [S] logits
  Pairs pairs_;
};

std::vector<SuggestedEdge> strong(const Pairs& pairs, const SuggestRules& rules) {
  std::vector<SuggestedEdge> edges;
  for (const auto& [ids, pair] : pairs) {
    const auto least = static_cast<double>(rules.min_students);
    if (pair.mastered.count < least || pair.not_mastered.count < least) continue;
    const SkillId before(static_cast<std::uint32_t>(ids >> 32U));
    const SkillId after(static_cast<std::uint32_t>(ids & 0xFFFFFFFFU));
    const auto back = pairs.find(key(after, before));
    const double other_way = back == pairs.end() ? 0.0 : back->second.before_first;
    SuggestedEdge edge{.before = before,
                       .after = after,
                       .order = pair.before_first / (pair.before_first + other_way),
                       .lift = pair.mastered.mean() - pair.not_mastered.mean(),
                       .mastered = static_cast<std::size_t>(pair.mastered.count),
                       .not_mastered = static_cast<std::size_t>(pair.not_mastered.count)};
    edge.z =
        edge.lift /
        std::sqrt(std::max(pair.mastered.variance(), kLeastVariance) / pair.mastered.count +
                  std::max(pair.not_mastered.variance(), kLeastVariance) / pair.not_mastered.count);
    if (edge.order >= rules.min_order && edge.z >= rules.min_z) edges.push_back(edge);
  }
  std::sort(edges.begin(), edges.end(), [](const SuggestedEdge& a, const SuggestedEdge& b) {
    if (a.z != b.z) return a.z > b.z;
    return std::pair(a.before, a.after) < std::pair(b.before, b.after);
  });
  return edges;
}

/// Who comes before whom, growing edge by edge.
class Order {
 public:
  explicit Order(const SkillGraph& known) : before_(known.skills()) {
    for (std::size_t s = 0; s < before_.size(); ++s) {
      const auto needs = known.prerequisites(SkillId(s));
      before_[s].assign(needs.begin(), needs.end());
    }
  }
  bool reaches(SkillId before, SkillId after) const {
    std::vector<bool> seen(before_.size(), false);
    std::vector<SkillId> open{after};
    while (!open.empty()) {
      const SkillId here = open.back();
      open.pop_back();
      if (here == before) return true;
      for (const SkillId need : before_[here.value]) {
        if (seen[need.value]) continue;
        seen[need.value] = true;
        open.push_back(need);
      }
    }
    return false;
  }
  std::size_t needs(SkillId skill) const { return before_[skill.value].size(); }
  void add(SkillId before, SkillId after) { before_[after.value].push_back(before); }

 private:
  std::vector<std::vector<SkillId>> before_;
};

}  // namespace

std::vector<SuggestedEdge> suggest_edges(const Course& course, std::span<const Sequence> students,
                                         const SkillGraph& known, const SuggestRules& rules) {
  const Evidence evidence(course, students, rules);
  Order order(known);
  std::vector<SuggestedEdge> kept;
  for (const SuggestedEdge& edge : strong(evidence.pairs(), rules)) {
    if (order.needs(edge.after) >= rules.most_per_skill) continue;
    if (order.reaches(edge.after, edge.before) || order.reaches(edge.before, edge.after)) continue;
    order.add(edge.before, edge.after);
    kept.push_back(edge);
  }
  return kept;
}

SkillGraph with_edges(const Course& course, const SkillGraph& known,
                      std::span<const SuggestedEdge> edges) {
  std::vector<Prerequisite> all;
  const auto name = [&course](SkillId id) { return course.skills.name(id); };
  for (std::size_t s = 0; s < known.skills(); ++s) {
    for (const SkillId need : known.prerequisites(SkillId(s)))
      all.push_back({.before = name(need), .after = name(SkillId(s))});
  }
  for (const SuggestedEdge& edge : edges)
    all.push_back({.before = name(edge.before), .after = name(edge.after)});
  Result<SkillGraph> graph = SkillGraph::make(course.skills, all);
  MENO_CHECK(graph.has_value(), "suggested edges run in a circle");
  return *std::move(graph);
}

}  // namespace meno
