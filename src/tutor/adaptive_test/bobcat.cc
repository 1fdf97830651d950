#include "tutor/adaptive_test/bobcat.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/interrupt.h"
#include "models/link.h"
#include "tutor/adaptive_test/bobcat_model.h"

namespace meno {
namespace {

constexpr int kEpochs = 40;
constexpr int kPatience = 5;
constexpr std::size_t kQuestions = 10;  // asked per student in training, as in the paper's longest
constexpr double kModelRate = 0.02;     // AdaGrad, of the response model

struct Learnt {
  BilevelIrt model;
  AskingPolicy policy;
};

/// A student's sheet, a fifth of it set aside to be foreseen.
struct Trial {
  AnswerSheet open;
  AnswerSheet foreseen;
};
Trial draw_trial(AnswerSheet sheet, Rng& rng) {
  rng.shuffle(std::span(sheet));
  const auto cut = sheet.end() - static_cast<std::ptrdiff_t>((sheet.size() + 4) / 5);
  return {.open = {sheet.begin(), cut}, .foreseen = {cut, sheet.end()}};
}

std::vector<ItemId> items_of(std::span<const SheetAnswer> sheet) {
  std::vector<ItemId> items;
  for (const SheetAnswer& answer : sheet) items.push_back(answer.item);
  return items;
}

void softmax(std::span<double> scores) {
  const double top = *std::max_element(scores.begin(), scores.end());
  double total = 0.0;
  for (double& score : scores) total += score = std::exp(score - top);
  for (double& score : scores) score /= total;
}

std::size_t drawn(std::span<const double> p, Rng& rng) {
  double left = rng.uniform();
  for (std::size_t c = 0; c + 1 < p.size(); ++c) {
    left -= p[c];
    if (left < 0.0) return c;
  }
  return p.size() - 1;
}

class BobcatTraining {
 public:
  explicit BobcatTraining(const Calibrated& calibrated)
      : train_(calibrated.train),
        valid_(calibrated.valid),
        seed_(calibrated.seed),
        rng_(mix64(calibrated.seed ^ 0x626f62)),
        now_{.model = start_of(calibrated),
             .policy = AskingPolicy(calibrated.irt.items.size(), rng_.fork(0))},
        easiness_square_(calibrated.irt.items.size(), 0.0) {
    if (!valid_.empty()) return;
    const std::size_t kept = train_.size() - train_.size() / 5;
    valid_ = train_.subspan(kept);
    train_ = train_.first(kept);
  }

  Learnt run() {
    Learnt best = now_;
    double least = valid_loss();
    int since = 0;
    for (int epoch = 0; epoch < kEpochs && since < kPatience && !interrupted(); ++epoch) {
      std::vector<std::size_t> order(train_.size());
      std::iota(order.begin(), order.end(), std::size_t{0});
      rng_.shuffle(std::span(order));
      for (const std::size_t u : order) {
        if (train_[u].size() > 1) learn_from(draw_trial(train_[u], rng_));
      }
      const double loss = valid_loss();
      ++since;
      if (loss >= least) continue;
      least = loss;
      best = now_;
      since = 0;
    }
    return best;
  }

 private:
  static BilevelIrt start_of(const Calibrated& calibrated) {
    BilevelIrt model;
    for (const IrtItem& item : calibrated.irt.items) model.easiness.push_back(item.curve.easiness);
    return model;
  }

  void learn_from(Trial trial) {
    AnswerSheet answers;
    while (!trial.open.empty() && answers.size() < kQuestions) {
      const std::vector<ItemId> candidates = items_of(trial.open);
      std::vector<double> p(candidates.size());
      now_.policy.scores(answers, candidates, p);
      softmax(p);
      const std::size_t chosen = drawn(p, rng_);
      AnswerSheet after = answers;
      after.push_back(trial.open[chosen]);
      const AdaptedAbility ability = adapted_with_gradient(now_.model, after, trial.open);
      const double by_ability = descend_model(trial.foreseen, after, ability);
      // d loss / d score_c of a softmax whose draw stands for its probabilities
      double mean = 0.0;
      for (std::size_t c = 0; c < p.size(); ++c) mean += p[c] * by_ability * ability.by_weight[c];
      for (std::size_t c = 0; c < p.size(); ++c) p[c] *= by_ability * ability.by_weight[c] - mean;
      now_.policy.descend(answers, candidates, p);
      answers = std::move(after);
      trial.open.erase(trial.open.begin() + static_cast<std::ptrdiff_t>(chosen));
    }
  }

  /// A step of the response model. Returns the loss's derivative by the adapted ability.
  double descend_model(const AnswerSheet& foreseen, const AnswerSheet& answers,
                       const AdaptedAbility& ability) {
    const double share = 1.0 / static_cast<double>(foreseen.size());
    double by_ability = 0.0;
    for (const SheetAnswer& answer : foreseen) {
      const double p = sigmoid(ability.value + now_.model.easiness[answer.item.value]);
      const double by = (p - (answer.correct ? 1.0 : 0.0)) * share;
      by_ability += by;
      move(now_.model.easiness[answer.item.value], easiness_square_[answer.item.value], by);
    }
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const std::size_t item = answers[i].item.value;
      move(now_.model.easiness[item], easiness_square_[item], by_ability * ability.by_easiness[i]);
    }
    move(now_.model.start, start_square_, by_ability * ability.by_start);
    move(now_.model.log_rate, rate_square_, by_ability * ability.by_log_rate);
    return by_ability;
  }

  static void move(double& value, double& square, double by) {
    square += by * by;
    value -= kModelRate * by / std::sqrt(square + 1e-3);
  }

  /// Mean log loss on validation students after every number of questions, best items asked.
  double valid_loss() const {
    double loss = 0.0;
    double count = 0.0;
    for (std::size_t u = 0; u < valid_.size(); ++u) {
      Rng rng = Rng(seed_).fork(u);
      Trial trial = draw_trial(valid_[u], rng);
      AnswerSheet answers;
      std::vector<double> scores(trial.open.size());
      while (!trial.open.empty() && answers.size() < kQuestions) {
        scores.resize(trial.open.size());
        now_.policy.scores(answers, items_of(trial.open), scores);
        const auto best = std::max_element(scores.begin(), scores.end()) - scores.begin();
        answers.push_back(trial.open[static_cast<std::size_t>(best)]);
        trial.open.erase(trial.open.begin() + best);
        const double ability = now_.model.adapted(answers);
        for (const SheetAnswer& answer : trial.foreseen) {
          const double p = sigmoid(ability + now_.model.easiness[answer.item.value]);
          loss -= std::log(std::max(answer.correct ? p : 1.0 - p, 1e-12));
          count += 1.0;
        }
      }
    }
    return count > 0.0 ? loss / count : 0.0;
  }

  std::span<const AnswerSheet> train_;
  std::span<const AnswerSheet> valid_;
  std::uint64_t seed_;
  Rng rng_;
  Learnt now_;
  std::vector<double> easiness_square_;
  double start_square_ = 0.0;
  double rate_square_ = 0.0;
};

class BobcatExaminee : public Examinee {
 public:
  explicit BobcatExaminee(const Learnt& learnt) : learnt_(learnt), ability_(learnt.model.start) {}

  void worth(std::span<const ItemId> candidates, std::span<double> worth) override {
    learnt_.policy.scores(answers_, candidates, worth);
  }
  void observe(ItemId item, bool correct) override {
    answers_.push_back({item, correct});
    ability_ = learnt_.model.adapted(answers_);
  }
  double p_correct(ItemId item) const override {
    return std::clamp(sigmoid(ability_ + learnt_.model.easiness[item.value]), 1e-9, 1.0 - 1e-9);
  }
  AbilityEstimate ability() const override {
    double information = 1.0;
    for (const SheetAnswer& answer : answers_) {
      const double p = p_correct(answer.item);
      information += p * (1.0 - p);
    }
    return {.mean = ability_ - learnt_.model.start, .sd = 1.0 / std::sqrt(information)};
  }

 private:
  const Learnt& learnt_;
  AnswerSheet answers_;
  double ability_;
};

class BobcatMethod : public TestMethod {
 public:
  explicit BobcatMethod(Learnt learnt) : learnt_(std::move(learnt)) {}
  std::unique_ptr<Examinee> begin(std::span<const ItemId>, Rng) const override {
    return std::make_unique<BobcatExaminee>(learnt_);
  }

 private:
  Learnt learnt_;
};

}  // namespace

std::unique_ptr<TestMethod> make_bobcat(const Calibrated& calibrated) {
  return std::make_unique<BobcatMethod>(BobcatTraining(calibrated).run());
}

}  // namespace meno
