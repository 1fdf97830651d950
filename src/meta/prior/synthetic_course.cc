#include "meta/prior/synthetic_course.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "models/link.h"

namespace meno {
namespace {

double between(double low, double high, Rng& rng) { return low + (high - low) * rng.uniform(); }

std::size_t log_between(double low, double high, Rng& rng) {
  return static_cast<std::size_t>(std::exp(between(std::log(low), std::log(high + 1.0), rng)));
}

/// What all students of a school meet.
struct Curriculum {
  SchoolTraits traits;
  std::vector<double> ease;  // [items], of the skill and the item; items of a skill are neighbours

  Curriculum(const SchoolTraits& school, Rng& rng) : traits(school) {
    for (std::size_t s = 0; s < traits.skills; ++s) {
      const double skill = traits.level + traits.skill_sd * rng.normal();
      for (std::size_t i = 0; i < traits.items_per_skill; ++i) {
        ease.push_back(skill + traits.item_sd * rng.normal());
      }
    }
  }
  std::size_t skill_of(std::size_t item) const { return item / traits.items_per_skill; }
};

/// One simulated student, answer by answer.
class Pupil {
 public:
  Pupil(const Curriculum& school, Rng& rng)
      : school_(school),
        traits_(school.traits),
        ability_(traits_.ability_sd * rng.normal()),
        item_(rng.chance(traits_.p_in_order) ? 0 : rng.below(school.ease.size())) {}

  std::size_t item() const { return item_; }

  bool answer(Rng& rng) {
    const std::size_t skill = school_.skill_of(item_);
    const auto [at_skill, new_skill] =
        skills_.try_emplace(skill, OnSkill{.own = traits_.own_skill_sd * rng.normal()});
    const auto [at_item, new_item] =
        items_.try_emplace(item_, OnItem{.stuck = traits_.stuck_sd * rng.normal()});
    drift_ = 0.9 * drift_ + 0.43 * traits_.drift_sd * rng.normal();
    OnItem& tried = at_item->second;
    const double logit = school_.ease[item_] + ability_ + drift_ + at_skill->second.own +
                         traits_.gain_skill * std::log2(1.0 + at_skill->second.answers) +
                         tried.stuck + traits_.gain_retry * tried.wrong +
                         (tried.right ? traits_.gain_repeat : 0.0);
    const double p = traits_.p_guess + (1.0 - traits_.p_guess - traits_.p_slip) * sigmoid(logit);
    const bool right = rng.chance(p);
    at_skill->second.answers += 1.0;
    if (right) tried.right = true;
    if (!right) tried.wrong += 1.0;
    move_on(right, rng);
    return right;
  }

 private:
  struct OnSkill {
    double own = 0.0;
    double answers = 0.0;
  };
  struct OnItem {
    double stuck = 0.0;
    double wrong = 0.0;
    bool right = false;
  };

  void move_on(bool right, Rng& rng) {
    if (rng.chance(right ? traits_.p_retry_right : traits_.p_retry_wrong)) return;
    const std::size_t size = traits_.items_per_skill;
    const std::size_t skill = school_.skill_of(item_);
    if (rng.chance(traits_.p_stay)) {
      const std::size_t next = item_ % size + 1;
      item_ = skill * size + (rng.chance(traits_.p_in_order) ? next % size : rng.below(size));
      if (next < size || !rng.chance(traits_.p_in_order)) return;
    }
    const std::size_t after =
        rng.chance(traits_.p_in_order) ? (skill + 1) % traits_.skills : rng.below(traits_.skills);
    item_ = after * size + (rng.chance(traits_.p_in_order) ? 0 : rng.below(size));
  }

  const Curriculum& school_;
  const SchoolTraits& traits_;
  double ability_;
  double drift_ = 0.0;
  std::size_t item_;
  std::unordered_map<std::size_t, OnSkill> skills_;
  std::unordered_map<std::size_t, OnItem> items_;
};

}  // namespace

SchoolTraits random_traits(Rng& rng) {
  const bool again = rng.chance(0.6);  // schools that let students try again
  return {.skills = log_between(1, 150, rng),
          .items_per_skill = rng.chance(0.3) ? 1 : log_between(1, 60, rng),
          .level = 0.7 + 0.9 * rng.normal(),
          .ability_sd = between(0.3, 1.4, rng),
          .own_skill_sd = between(0.0, 0.9, rng),
          .skill_sd = between(0.1, 1.2, rng),
          .item_sd = between(0.1, 1.4, rng),
          .stuck_sd = between(0.0, 3.0, rng),
          .drift_sd = between(0.0, 0.8, rng),
          .gain_skill = between(-0.05, 0.5, rng),
          .gain_retry = between(-0.3, 1.2, rng),
          .gain_repeat = between(-0.2, 3.0, rng),
          .p_guess = between(0.0, 0.3, rng),
          .p_slip = between(0.0, 0.15, rng),
          .p_retry_wrong = again ? 1.0 - std::pow(rng.uniform(), 2.0) : 0.0,  // often nearly always
          .p_retry_right = again && rng.chance(0.4) ? between(0.0, 0.5, rng) : 0.0,
          .p_stay = between(0.0, 1.0, rng),
          .p_in_order = rng.chance(0.5) ? between(0.8, 1.0, rng) : between(0.0, 1.0, rng),
          .median_answers = log_between(15, 250, rng)};
}

DrawnCourse synthetic_course(const SchoolTraits& traits, std::size_t students, std::size_t longest,
                             std::size_t first_id, Rng& rng) {
  const Curriculum school(traits, rng);
  DrawnCourse course;
  for (std::size_t s = 0; s < students; ++s) {
    Pupil pupil(school, rng);
    const double answers =
        static_cast<double>(traits.median_answers) * std::exp(0.7 * rng.normal());
    const auto count = std::clamp<std::size_t>(static_cast<std::size_t>(answers), 2, longest);
    History& history = course.students.emplace_back();
    for (std::size_t t = 0; t < count; ++t) {
      const std::size_t item = pupil.item();
      const SkillId skills[] = {SkillId(school.skill_of(item) + first_id)};
      history.push_back({.item = ItemId(item + first_id),
                         .skills = skills,
                         .correct = pupil.answer(rng) ? 1.0F : 0.0F});
    }
  }
  return course;
}

}  // namespace meno
