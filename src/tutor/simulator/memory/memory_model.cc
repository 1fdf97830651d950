#include "tutor/simulator/memory/memory_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/link.h"
#include "tutor/simulator/fitting.h"

namespace meno {
namespace {

constexpr double kRate = 0.1;
constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

struct Squares {
  std::vector<Stores> reads;
  std::vector<double> base, easy;
  double write = 1.0, mean_write = 1.0;
  std::vector<double> own_write;
};

/// A student's effects, kept between epochs.
struct Effects {
  double theta = 0.0;
  Stores stores{};
  std::vector<double> own;  // in order of first meeting
};

struct OwnSkill {
  std::size_t skill = 0;
  double written = 0.0;  // Y_s
  double slope = 0.0;
  double weight = 0.0;
};

class Fit {
 public:
  Fit(const PracticeData& data, const FamilyFit& options)
      : data_(data), options_(options), rng_(options.seed) {
    const std::size_t skills = data.course.skills.size();
    model_.base.assign(skills, 0.5);
    model_.easy.assign(data.course.items.size(), 0.0);
    model_.reads.assign(skills, Stores{});
    place_.assign(skills, kNowhere);
    effects_.resize(data.students.size());
    squares_.base.assign(skills, 1.0);
    squares_.easy.assign(data.course.items.size(), 1.0);
    Stores ones{};
    ones.fill(1.0);
    squares_.reads.assign(skills, ones);
    model_.own_write.assign(skills, mean_write_);
    squares_.own_write.assign(skills, 1.0);
    begin_reads();
  }

  Result<MemoryModel> run() {
    MENO_TRY_DONE(fit_in_epochs(
        data_, options_, rng_, [this](std::size_t student) { learn_from(student); },
        [this] { update_variances(); }));
    return model_;
  }

 private:
  void begin_reads() {
    for (const SkillId skill : data_.graph.topological_order()) {
      const auto needs = data_.graph.prerequisites(skill);
      Stores& reads = model_.reads[skill.value];
      for (double& read : reads) read = (needs.empty() ? 1.5 : 0.6) * rng_.normal();
      for (const SkillId need : needs) {
        for (std::size_t k = 0; k < kStores; ++k)
          reads[k] += model_.reads[need.value][k] / static_cast<double>(needs.size());
      }
    }
  }

  std::size_t own_of(std::size_t skill, Effects& effects) {
    std::size_t& at = place_[skill];
    if (at != kNowhere) return at;
    at = own_.size();
    if (effects.own.size() <= at) effects.own.push_back(0.0);
    own_.push_back({.skill = skill});
    return at;
  }

  /// One pass forward: predicts, steps what is shared, collects the slopes of the student's
  /// effects, then moves those.
  void learn_from(std::size_t student) {
    Effects& effects = effects_[student];
    own_.clear();
    written_ = {};
    slope_ = {};
    weight_ = {};
    const Sequence& sequence = data_.students[student];
    for (std::size_t t = 0; t < sequence.size(); ++t) answer(sequence[t], effects);
    move(effects);
    for (const OwnSkill& own : own_) place_[own.skill] = kNowhere;
  }

  double store(const Effects& effects, std::size_t k) const {
    return effects.theta + effects.stores[k] + model_.write * written_[k];
  }

  void answer(const Event& event, Effects& effects) {
    for (const SkillId skill : event.skills) {
      const double share = 1.0 / static_cast<double>(event.skills.size());
      const std::size_t at = own_of(skill.value, effects);
      const Stores weights = weights_of(model_, skill.value);
      double read = 0.0;
      for (std::size_t k = 0; k < kStores; ++k) read += weights[k] * store(effects, k);
      const double own = effects.own[at] + model_.own_write[skill.value] * own_[at].written;
      const double eta = read + own + model_.base[skill.value] + model_.easy[event.item.value];
      const double solved = sigmoid(eta);
      const double span = 1.0 - model_.guess - model_.slip;
      const double p = model_.guess + span * solved;
      const double inner = span * solved * (1.0 - solved);
      const double slope = share * (event.correct - p) * inner / (p * (1.0 - p));
      step_shared(event, skill.value, {.weights = weights, .read = read, .slope = slope}, effects,
                  at);
      const double weight = share * inner * inner / (p * (1.0 - p));
      for (std::size_t k = 0; k < kStores; ++k) {
        slope_[k] += slope * weights[k];
        weight_[k] += weight * weights[k];
      }
      own_[at].slope += slope;
      own_[at].weight += weight;
      write(weights, at);
    }
  }

  struct Reading {
    Stores weights;
    double read = 0.0;
    double slope = 0.0;
  };

  void step_shared(const Event& event, std::size_t skill, const Reading& reading,
                   const Effects& effects, std::size_t at) {
    double& base = model_.base[skill];
    ascend(base, squares_.base[skill], reading.slope - 0.003 * base, kRate);
    double& easy = model_.easy[event.item.value];
    ascend(easy, squares_.easy[event.item.value], reading.slope - 0.03 * easy, kRate);
    double shared = 0.0;
    for (std::size_t k = 0; k < kStores; ++k) {
      shared += reading.weights[k] * written_[k];
      const double off = store(effects, k) - reading.read;
      ascend(model_.reads[skill][k], squares_.reads[skill][k],
             reading.slope * reading.weights[k] * off, kRate);
    }
    ascend(model_.write, squares_.write, reading.slope * shared, 0.3 * kRate);
    model_.write = std::clamp(model_.write, 0.0, 3.0);
    const double written = reading.slope * own_[at].written;
    ascend(mean_write_, squares_.mean_write, written, 0.3 * kRate);
    double& own_write = model_.own_write[skill];
    ascend(own_write, squares_.own_write[skill], written - 0.02 * (own_write - mean_write_), kRate);
    own_write = std::clamp(own_write, 0.0, 4.0);
  }

  void write(const Stores& weights, std::size_t at) {
    for (std::size_t k = 0; k < kStores; ++k) {
      written_[k] *= 1.0 - model_.fade;
      written_[k] += weights[k] * model_.store_rate * (1.0 - written_[k]);
    }
    own_[at].written += model_.own_rate * (1.0 - own_[at].written);
  }

  /// A damped Newton step on each effect as if the others stood still.
  void move(Effects& effects) {
    double slope = -effects.theta / (model_.ability_sd * model_.ability_sd);
    double weight = 1.0 / (model_.ability_sd * model_.ability_sd);
    for (std::size_t k = 0; k < kStores; ++k) {
      slope += slope_[k];
      weight += weight_[k];
    }
    effects.theta += std::clamp(0.6 * slope / weight, -1.0, 1.0);
    moments_.theta += effects.theta * effects.theta + 1.0 / weight;
    for (std::size_t k = 0; k < kStores; ++k) {
      const double precision = 1.0 / (model_.store_sd * model_.store_sd);
      const double curvature = precision + weight_[k];
      effects.stores[k] +=
          std::clamp(0.4 * (slope_[k] - precision * effects.stores[k]) / curvature, -1.0, 1.0);
      moments_.store += (effects.stores[k] * effects.stores[k] + 1.0 / curvature) / kStores;
    }
    for (std::size_t at = 0; at < own_.size(); ++at) {
      const double precision = 1.0 / (model_.own_sd * model_.own_sd);
      const double curvature = precision + own_[at].weight;
      double& own = effects.own[at];
      own += std::clamp(0.4 * (own_[at].slope - precision * own) / curvature, -1.0, 1.0);
      moments_.own += own * own + 1.0 / curvature;
      moments_.skills += 1.0;
    }
    moments_.students += 1.0;
  }

  void update_variances() {
    const auto sd = [](double sum, double count) {
      return std::clamp(std::sqrt(sum / std::max(count, 1.0)), 0.1, 3.0);
    };
    model_.ability_sd = sd(moments_.theta, moments_.students);
    model_.store_sd = sd(moments_.store, moments_.students);
    model_.own_sd = sd(moments_.own, moments_.skills);
    moments_ = {};
  }

  struct Moments {
    double theta = 0.0, store = 0.0, own = 0.0, students = 0.0, skills = 0.0;
  };

  const PracticeData& data_;
  const FamilyFit& options_;
  Rng rng_;
  double mean_write_ = 0.4;
  MemoryModel model_;
  Squares squares_;
  Moments moments_;
  std::vector<Effects> effects_;  // [students]
  std::vector<std::size_t> place_;
  std::vector<OwnSkill> own_;
  Stores written_{};  // X
  Stores slope_{};
  Stores weight_{};
};

}  // namespace

Stores weights_of(const MemoryModel& model, std::size_t skill) {
  Stores weights = model.reads[skill];
  const double top = *std::max_element(weights.begin(), weights.end());
  double sum = 0.0;
  for (double& weight : weights) sum += weight = std::exp(weight - top);
  for (double& weight : weights) weight /= sum;
  return weights;
}

Result<MemoryModel> fit_memory_model(const PracticeData& data, const FamilyFit& options) {
  MENO_TRY_DONE(check_practice(data));
  return Fit(data, options).run();
}

}  // namespace meno
