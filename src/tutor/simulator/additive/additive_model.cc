#include "tutor/simulator/additive/additive_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/link.h"
#include "tutor/simulator/fitting.h"

namespace meno {
namespace {

constexpr double kLongestGap = 200.0;  // answers; beyond it nothing more is forgotten
constexpr double kEasySd = 0.8;        // logits; penalties of what students share
constexpr double kBaseSd = 1.5;
constexpr double kGainSd = 0.15;
constexpr double kRate = 0.15;  // AdaGrad

/// What a student has done on one skill, and how he is apart from others on it.
struct OwnSkill {
  SkillId skill;
  double delta = 0.0;
  double weight = 0.0;    // sum of p (1 - p)
  double gradient = 0.0;  // of the log likelihood
  double answers = 0.0;
  double plain = 0.0;    // X without readiness
  double readied = 0.0;  // what ready_effect multiplies
  std::size_t last = 0;  // number of the answer, from 1
};

/// One answer with everything that does not move while the student's effects are sought.
struct Row {
  std::size_t first = 0;  // its skills are uses[first .. first + count)
  std::size_t count = 0;
  ItemId item;
  double correct = 0.0;
};
struct Use {
  std::size_t own = 0;  // index into the student's skills
  double plain = 0.0;
  double readied = 0.0;
  double gap = 0.0;  // log(1 + answers since), 0 before the first
};

/// AdaGrad's running squares for the shared parameters.
struct Squares {
  std::vector<double> base, gain, easy;
  double mean_gain = 0.1, ready = 0.1, forget = 0.1;
};

class Fit {
 public:
  Fit(const PracticeData& data, const FamilyFit& options, double power)
      : data_(data), options_(options), rng_(options.seed) {
    model_.power = power;
    const std::size_t skills = data.course.skills.size();
    const std::size_t items = data.course.items.size();
    model_.base.assign(skills, 0.0);
    model_.gain.assign(skills, mean_gain_);
    model_.easy.assign(items, 0.0);
    squares_.base.assign(skills, 1.0);
    squares_.gain.assign(skills, 1.0);
    squares_.easy.assign(items, 1.0);
    theta_.assign(data.students.size(), 0.0);
    delta_.resize(data.students.size());
    place_.assign(skills, kNowhere);
  }

  Result<AdditiveModel> run() {
    begin_bases();
    MENO_TRY_DONE(fit_in_epochs(
        data_, options_, rng_, [this](std::size_t student) { learn_from(student); },
        [this] { update_variances(); }));
    return model_;
  }

 private:
  static constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

  /// Every skill begins at the rate of right answers on it.
  void begin_bases() {
    struct Count {
      double right = 1.0;
      double all = 2.0;
    };
    std::vector<Count> counts(model_.base.size());
    for (const Sequence& student : data_.students) {
      for (std::size_t t = 0; t < student.size(); ++t) {
        const Event event = student[t];
        for (const SkillId skill : event.skills) {
          counts[skill.value].right += event.correct;
          counts[skill.value].all += 1.0;
        }
      }
    }
    for (std::size_t s = 0; s < counts.size(); ++s)
      model_.base[s] = std::log(counts[s].right / (counts[s].all - counts[s].right));
  }

  void learn_from(std::size_t student) {
    lay_out(student);
    for (int pass = 0; pass < 2; ++pass) newton(student);
    step_shared(student);
    for (std::size_t k = 0; k < own_.size(); ++k) {
      place_[own_[k].skill.value] = kNowhere;
      delta_[student][k] = own_[k].delta;
    }
  }

  std::size_t own_of(SkillId skill, std::size_t student) {
    std::size_t& at = place_[skill.value];
    if (at != kNowhere) return at;
    at = own_.size();
    if (delta_[student].size() <= at) delta_[student].resize(at + 1, 0.0);
    own_.push_back({.skill = skill, .delta = delta_[student][at]});
    return at;
  }

  double level(const OwnSkill& own) const {
    const double practised =
        model_.gain[own.skill.value] * (own.plain + model_.ready_effect * own.readied);
    return own.delta + model_.base[own.skill.value] + practised;
  }

  double ready(SkillId skill, std::size_t student) const {
    double least = 1.0;
    const auto needs = data_.graph.prerequisites(skill);
    for (const SkillId need : needs) {
      const std::size_t at = place_[need.value];
      const double logit = at == kNowhere ? model_.base[need.value] : level(own_[at]);
      least = std::min(least, sigmoid(theta_[student] + logit));
    }
    return needs.empty() ? 0.5 : least;
  }

  void lay_out(std::size_t student) {
    own_.clear();
    rows_.clear();
    uses_.clear();
    const Sequence& sequence = data_.students[student];
    for (std::size_t t = 0; t < sequence.size(); ++t) {
      const Event event = sequence[t];
      rows_.push_back({.first = uses_.size(),
                       .count = event.skills.size(),
                       .item = event.item,
                       .correct = event.correct});
      for (const SkillId skill : event.skills) {
        const std::size_t at = own_of(skill, student);
        const OwnSkill& own = own_[at];
        const double gap = std::min(kLongestGap, static_cast<double>(t + 1 - own.last));
        uses_.push_back({.own = at,
                         .plain = own.plain,
                         .readied = own.readied,
                         .gap = own.last == 0 ? 0.0 : std::log1p(gap - 1.0)});
        practise(own_[at], ready(skill, student), t + 1);
      }
    }
  }

  void practise(OwnSkill& own, double ready, std::size_t answer) const {
    const double step = std::pow(own.answers + 1.0, -model_.power);
    own.plain += step;
    own.readied += step * (2.0 * ready - 1.0);
    own.answers += 1.0;
    own.last = answer;
  }

  double p_of(const Row& row, std::size_t student) const {
    double sum = 0.0;
    for (std::size_t k = row.first; k < row.first + row.count; ++k) {
      const Use& use = uses_[k];
      const OwnSkill& own = own_[use.own];
      sum += own.delta + model_.base[own.skill.value] - model_.forget * use.gap +
             model_.gain[own.skill.value] * (use.plain + model_.ready_effect * use.readied);
    }
    if (row.count > 0) sum /= static_cast<double>(row.count);
    return sigmoid(theta_[student] + sum + model_.easy[row.item.value]);
  }

  /// One Newton step on theta and all delta at once. An answer on several skills counts its share
  /// for each, which keeps the arrow shape.
  void newton(std::size_t student) {
    for (OwnSkill& own : own_) own.weight = own.gradient = 0.0;
    double bare_weight = 0.0;
    double bare_gradient = 0.0;
    for (const Row& row : rows_) {
      const double p = p_of(row, student);
      if (row.count == 0) {
        bare_weight += p * (1.0 - p);
        bare_gradient += row.correct - p;
      }
      const double share = 1.0 / static_cast<double>(std::max<std::size_t>(row.count, 1));
      for (std::size_t k = row.first; k < row.first + row.count; ++k) {
        own_[uses_[k].own].weight += share * p * (1.0 - p);
        own_[uses_[k].own].gradient += share * (row.correct - p);
      }
    }
    const double own_precision = 1.0 / (model_.own_sd * model_.own_sd);
    const double precision = 1.0 / (model_.ability_sd * model_.ability_sd);
    double curvature = precision + bare_weight;
    double slope = bare_gradient - precision * theta_[student];
    for (const OwnSkill& own : own_) {
      const double own_slope = own.gradient - own_precision * own.delta;
      const double kept = own_precision / (own_precision + own.weight);
      curvature += own.weight * kept;
      slope += own.gradient - (1.0 - kept) * own_slope;
    }
    const double move = std::clamp(slope / curvature, -1.5, 1.5);
    theta_[student] += move;
    for (OwnSkill& own : own_) {
      const double own_slope = own.gradient - own_precision * own.delta;
      own.delta +=
          std::clamp((own_slope - own.weight * move) / (own_precision + own.weight), -1.5, 1.5);
      moments_.own += own.delta * own.delta + 1.0 / (own_precision + own.weight);
      moments_.skills += 1.0;
    }
    moments_.ability += theta_[student] * theta_[student] + 1.0 / curvature;
    moments_.students += 1.0;
  }

  void step_shared(std::size_t student) {
    for (const Row& row : rows_) {
      const double error = row.correct - p_of(row, student);
      double& easy = model_.easy[row.item.value];
      // A penalty's share per answer: items are met `all / items` times on average.
      ascend(easy, squares_.easy[row.item.value], error - 0.02 * easy / (kEasySd * kEasySd), kRate);
      for (std::size_t k = row.first; k < row.first + row.count; ++k)
        step_skill(uses_[k], error / static_cast<double>(row.count));
    }
  }

  void step_skill(const Use& use, double error) {
    const std::size_t skill = own_[use.own].skill.value;
    double& base = model_.base[skill];
    double& gain = model_.gain[skill];
    const double practised = use.plain + model_.ready_effect * use.readied;
    ascend(base, squares_.base[skill], error - 0.005 * base / (kBaseSd * kBaseSd), kRate);
    const double off_mean = gain - mean_gain_;
    ascend(gain, squares_.gain[skill], error * practised - 0.01 * off_mean / (kGainSd * kGainSd),
           0.3 * kRate);
    gain = std::max(gain, 0.0);
    ascend(mean_gain_, squares_.mean_gain, error * practised, 0.1 * kRate);
    mean_gain_ = std::max(mean_gain_, 0.0);
    ascend(model_.ready_effect, squares_.ready, error * gain * use.readied, 0.3 * kRate);
    model_.ready_effect = std::clamp(model_.ready_effect, 0.0, 1.0);
    ascend(model_.forget, squares_.forget, -error * use.gap, 0.1 * kRate);
    model_.forget = std::max(model_.forget, 0.0);
  }

  void update_variances() {
    if (moments_.students > 0.0)
      model_.ability_sd = std::clamp(std::sqrt(moments_.ability / moments_.students), 0.1, 3.0);
    if (moments_.skills > 0.0)
      model_.own_sd = std::clamp(std::sqrt(moments_.own / moments_.skills), 0.1, 3.0);
    moments_ = {};
  }

  struct Moments {
    double ability = 0.0, students = 0.0, own = 0.0, skills = 0.0;
  };

  const PracticeData& data_;
  const FamilyFit& options_;
  Rng rng_;
  double mean_gain_ = 0.15;
  AdditiveModel model_;
  Squares squares_;
  Moments moments_;
  std::vector<double> theta_;               // [students]
  std::vector<std::vector<double>> delta_;  // [students][skills met], in order of first meeting
  std::vector<std::size_t> place_;          // [S] index into own_ of the student at hand
  std::vector<OwnSkill> own_;
  std::vector<Row> rows_;
  std::vector<Use> uses_;
};

}  // namespace

Result<AdditiveModel> fit_additive_model(const PracticeData& data, const FamilyFit& options,
                                         double power) {
  MENO_TRY_DONE(check_practice(data));
  Fit fit(data, options, power);
  return fit.run();
}

double practice_step(const AdditiveModel& model, double answers, double ready) {
  return (1.0 + model.ready_effect * (2.0 * ready - 1.0)) * std::pow(answers + 1.0, -model.power);
}

}  // namespace meno
