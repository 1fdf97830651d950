#include "tutor/path/bandits.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "core/rng.h"

namespace meno {
namespace {

/// Calls body(index of the candidate) for every skill of the item that is one.
class Candidates {
 public:
  explicit Candidates(const PathTask& task) : task_(task) {
    for (std::size_t k = 0; k < task.candidates.size(); ++k) place_.emplace(task.candidates[k], k);
  }
  template <class Body>
  void each(ItemId item, const Body& body) const {
    for (const SkillId skill : task_.world.course.skills_of(item)) {
      const auto at = place_.find(skill);
      if (at != place_.end()) body(at->second);
    }
  }
  /// Candidates that candidate k rests on directly.
  std::vector<std::size_t> needs(std::size_t k) const {
    std::vector<std::size_t> found;
    for (const SkillId need : task_.world.graph.prerequisites(task_.candidates[k])) {
      const auto at = place_.find(need);
      if (at != place_.end()) found.push_back(at->second);
    }
    return found;
  }

 private:
  const PathTask& task_;
  std::unordered_map<SkillId, std::size_t> place_;
};

class Mastery final : public PathPolicy {
 public:
  explicit Mastery(const PathTask& task)
      : task_(task), candidates_(task), known_(task.candidates.size(), 0.5) {}
  SkillId next(std::size_t /*left*/) override {
    for (std::size_t k = 0; k < known_.size(); ++k)
      if (known_[k] < 0.95) return task_.candidates[k];
    const auto least = std::min_element(known_.begin(), known_.end());
    return task_.candidates[static_cast<std::size_t>(least - known_.begin())];
  }
  void observe(ItemId item, bool correct) override {
    candidates_.each(item, [&](std::size_t k) {
      const double if_known = known_[k] * (correct ? 0.9 : 0.1);
      const double if_not = (1.0 - known_[k]) * (correct ? 0.2 : 0.8);
      const double posterior = if_known / (if_known + if_not);
      known_[k] = posterior + (1.0 - posterior) * 0.3;
    });
  }

 private:
  const PathTask& task_;
  Candidates candidates_;
  std::vector<double> known_;
};

class Leitner final : public PathPolicy {
 public:
  explicit Leitner(const PathTask& task)
      : task_(task), candidates_(task), cards_(task.candidates.size()) {}
  SkillId next(std::size_t /*left*/) override {
    std::size_t best = 0;
    for (std::size_t k = 1; k < cards_.size(); ++k)
      if (before(cards_[k], cards_[best])) best = k;
    return task_.candidates[best];
  }
  void observe(ItemId item, bool correct) override {
    ++now_;
    candidates_.each(item, [&](std::size_t k) {
      cards_[k].box = correct ? std::min(cards_[k].box + 1, 4) : 0;
      cards_[k].due = now_ + (std::size_t{1} << static_cast<unsigned>(cards_[k].box));
    });
  }

 private:
  struct Card {
    int box = 0;
    std::size_t due = 0;
  };
  bool before(const Card& a, const Card& b) const {
    const bool a_due = a.due <= now_ + 1;
    const bool b_due = b.due <= now_ + 1;
    if (a_due != b_due) return a_due;
    if (a_due && a.box != b.box) return a.box < b.box;
    return a.due < b.due;
  }
  const PathTask& task_;
  Candidates candidates_;
  std::vector<Card> cards_;
  std::size_t now_ = 0;
};

class Zpdes final : public PathPolicy {
 public:
  explicit Zpdes(const PathTask& task)
      : task_(task), candidates_(task), arms_(task.candidates.size()), rng_(task.seed ^ 0x7a70) {}

  SkillId next(std::size_t /*left*/) override {
    std::vector<std::size_t> zone;
    for (std::size_t k = 0; k < arms_.size(); ++k)
      if (open(k) && arms_[k].streak < 3) zone.push_back(k);
    if (zone.empty()) return task_.candidates[rng_.below(arms_.size())];
    double total = 0.0;
    for (const std::size_t k : zone) total += arms_[k].quality;
    if (total <= 0.0 || rng_.chance(0.2)) return task_.candidates[zone[rng_.below(zone.size())]];
    double left = rng_.uniform() * total;
    for (const std::size_t k : zone) {
      left -= arms_[k].quality;
      if (left < 0.0) return task_.candidates[k];
    }
    return task_.candidates[zone.back()];
  }

  void observe(ItemId item, bool correct) override {
    candidates_.each(item, [&](std::size_t k) {
      Arm& arm = arms_[k];
      arm.streak = correct ? arm.streak + 1 : 0;
      arm.last.push_front(correct ? 1.0 : 0.0);
      if (arm.last.size() > 4) arm.last.pop_back();
      if (arm.last.size() < 2) return;
      const double newer = 0.5 * (arm.last[0] + arm.last[1]);
      const double older = arm.last.size() < 4 ? 0.0 : 0.5 * (arm.last[2] + arm.last[3]);
      arm.quality = std::max(0.7 * arm.quality + 0.3 * (newer - older), 0.0);
    });
  }

 private:
  struct Arm {
    std::deque<double> last;  // newest first
    double quality = 0.1;
    int streak = 0;
  };
  bool open(std::size_t k) const {
    const std::vector<std::size_t> needs = candidates_.needs(k);
    return std::all_of(needs.begin(), needs.end(), [this](std::size_t need) {
      double right = 0.0;
      const std::size_t count = std::min<std::size_t>(3, arms_[need].last.size());
      for (std::size_t t = 0; t < count; ++t) right += arms_[need].last[t];
      return right >= 2.0 || (count > 0 && count < 3 && right == static_cast<double>(count));
    });
  }
  const PathTask& task_;
  Candidates candidates_;
  std::vector<Arm> arms_;
  Rng rng_;
};

}  // namespace

std::unique_ptr<PathPolicy> make_mastery_policy(const PathTask& task) {
  return std::make_unique<Mastery>(task);
}
std::unique_ptr<PathPolicy> make_leitner_policy(const PathTask& task) {
  return std::make_unique<Leitner>(task);
}
std::unique_ptr<PathPolicy> make_zpdes_policy(const PathTask& task) {
  return std::make_unique<Zpdes>(task);
}

}  // namespace meno
