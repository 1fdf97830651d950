// The whole model on a small simulated cohort: what the contract tests do not see (float, parts
// switched off, time).
#include <cmath>
#include <deque>
#include <thread>

#include <gtest/gtest.h>

#include "models/attribution.h"
#include "models/evidence/evidence.h"
#include "models/registry.h"

namespace meno {
namespace {

constexpr std::size_t kItems = 12;
constexpr std::size_t kSkills = 4;

/// Students of different ability on items of different difficulty, with times and several skills.
std::deque<History> simulated_cohort(std::size_t students, std::size_t answers) {
  static const SkillId kAll[] = {SkillId(0U), SkillId(1U), SkillId(2U), SkillId(3U)};
  std::deque<History> cohort;
  Rng rng(11);
  for (std::size_t s = 0; s < students; ++s) {
    History& history = cohort.emplace_back();
    const double ability = rng.normal();
    std::int64_t at_ms = 1700000000000;
    for (std::size_t t = 0; t < answers; ++t) {
      const std::uint64_t item = rng.below(kItems);
      const double logit =
          ability + .03 * static_cast<double>(t) - .3 * static_cast<double>(item % 5);
      at_ms += 1000 * static_cast<std::int64_t>(1 + rng.below(7200));
      history.push_back({.item = ItemId(item),
                         .skills = std::span(kAll).subspan(item % 3, 1 + item % 2),
                         .correct = rng.chance(1.0 / (1.0 + std::exp(-logit))) ? 1.0F : 0.0F,
                         .at = TimePoint{std::chrono::milliseconds(at_ms)},
                         .response_ms = static_cast<std::int32_t>(500 + rng.below(60000))});
    }
  }
  return cohort;
}

class Evidence : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    for (std::size_t k = 0; k < cohort_.size(); ++k) {
      windows_.push_back({.events = cohort_[k].view(), .fold = static_cast<int>(k % 4)});
    }
    std::vector<std::string> settings{"width=8", "hidden=10"};
    if (*GetParam() != '\0') settings.emplace_back(GetParam());
    options_ = *parse_options(settings);
    auto made = fit_evidence(
        options_, {.items = kItems, .skills = kSkills, .training = windows_, .folds = 4});
    ASSERT_TRUE(made);
    model_ = *std::move(made);
    Rng rng(2);
    theta_ = model_->layout().initial(rng);
    for (double& value : theta_) value *= 2.0;  // away from the flat start
  }

  std::vector<double> predicted(const Sequence& sequence) const {
    std::vector<double> p(sequence.size());
    predict(*model_, theta_, sequence, p);
    return p;
  }

  std::deque<History> cohort_ = simulated_cohort(20, 60);
  std::vector<Window> windows_;
  Options options_;
  std::unique_ptr<const StudentModel> model_;
  Params theta_;
};

TEST_P(Evidence, TrackerEqualsPredictInEveryVariant) {
  const auto online = model_->online(theta_);
  for (const std::size_t student : {std::size_t{0}, std::size_t{7}}) {
    const Sequence sequence = cohort_[student].view();
    const std::vector<double> expected = predicted(sequence);
    auto tracker = online->new_student();
    for (std::size_t t = 0; t < sequence.size(); ++t) {
      const Event event = sequence[t];
      const Target target[] = {{.item = event.item, .skills = event.skills, .at = event.at}};
      double p[1];
      tracker->p_correct(target, p);
      EXPECT_NEAR(p[0], expected[t], 1e-6) << "t=" << t;
      tracker->observe(event);
      if (t == 30) {  // a snapshot half way takes over
        auto restored = online->new_student();
        ASSERT_TRUE(restored->restore(tracker->save()));
        tracker = std::move(restored);
      }
    }
  }
}

// Shares of the first layer are kept between calls, by thread: neither another student nor other
// targets nor the state before an answer may be taken for this one. A new thread has kept nothing.
TEST_P(Evidence, APredictionIsTheSameInAnyCompany) {
  static const SkillId kAll[] = {SkillId(0U), SkillId(1U), SkillId(2U), SkillId(3U)};
  const auto online = model_->online(theta_);
  const auto mine = online->new_student();
  const auto other = online->new_student();
  std::vector<Target> targets;
  for (std::size_t k = 0; k < 3 * kItems; ++k) {
    targets.push_back({.item = ItemId(k * 5 % kItems),
                       .skills = std::span(kAll).subspan(k * 5 % kItems % 3, 1 + k % 2),
                       .at = TimePoint{std::chrono::hours(480'000 + k / 30)}});
  }
  std::vector<double> together(targets.size());
  std::vector<double> expected(targets.size());
  for (std::size_t t = 0; t < 20; ++t) {
    mine->p_correct(targets, together);
    mine->observe(cohort_[1].view()[t]);
    other->observe(cohort_[2].view()[t]);
    mine->p_correct(targets, together);
    std::jthread([&] { mine->p_correct(targets, expected); }).join();
    EXPECT_EQ(together, expected) << "t=" << t;
    for (std::size_t k = 0; k < targets.size(); ++k) {
      double p = 0.0;
      other->p_correct({&targets[k], 1}, {&p, 1});
      mine->p_correct({&targets[k], 1}, {&p, 1});
      EXPECT_EQ(p, expected[k]) << "alone, t=" << t << ", k=" << k;
    }
  }
}

/// The pieces are all there is to a prediction: they sum to what the student changed about it.
TEST_P(Evidence, PiecesSumToTheChangeOfTheLogit) {
  const auto online = model_->online(theta_);
  const auto logit = [](const Tracker& tracker, const Target& target) {
    double p = 0.0;
    tracker.p_correct({&target, 1}, {&p, 1});
    return std::log(p / (1.0 - p));
  };
  const double tolerance = std::string(GetParam()) == "precision=double" ? 1e-10 : 1e-4;
  for (std::size_t student = 0; student < 6; ++student) {
    const Sequence sequence = cohort_[student].view();
    const auto unknown = online->new_student();
    auto tracker = online->new_student();
    for (std::size_t t = 0; t < sequence.size(); ++t) {
      const Event event = sequence[t];
      const Target target{.item = event.item, .skills = event.skills, .at = event.at};
      const FeatureAttribution* const explains = attribution_of(*tracker);
      ASSERT_NE(explains, nullptr);
      std::vector<double> pieces(explains->pieces().size());
      explains->attribute(target, pieces);
      double sum = 0.0;
      for (const double piece : pieces) sum += piece;
      EXPECT_NEAR(sum, logit(*tracker, target) - logit(*unknown, target), tolerance) << "t=" << t;
      if (t == 0) {
        EXPECT_EQ(pieces, std::vector<double>(pieces.size(), 0.0));
      }
      tracker->observe(event);
    }
  }
}

TEST_P(Evidence, ATruncatedWindowKeepsItsEvidence) {
  const Sequence sequence = cohort_[3].view();
  const auto whole = model_->encode({.events = sequence});
  const auto cut = model_->encode({.events = sequence, .from = 40, .state_from = 40});
  EXPECT_EQ(whole->size(), 60U);
  EXPECT_EQ(cut->size(), 20U);
  EXPECT_EQ(cut->scored(), 20U);
  if (options_.count("recurrence") == 0) return;
  // Without recurrence the state has no part in it, so the same evidence must give the same
  // predictions.
  const Encoded* const one[] = {cut.get()};
  std::vector<double> p(20);
  model_->predict(theta_, one, p);
  const std::vector<double> expected = predicted(sequence);
  for (std::size_t t = 0; t < p.size(); ++t) EXPECT_NEAR(p[t], expected[40 + t], 1e-6) << "t=" << t;
}

TEST_P(Evidence, UnknownItemsAndSkillsStillGetAForecast) {
  const auto online = model_->online(theta_);
  auto tracker = online->new_student();
  const SkillId unknown[] = {SkillId(999U)};
  tracker->observe({.item = ItemId(500U), .skills = unknown, .correct = 1.0F});
  const Target targets[] = {{.item = ItemId(501U), .skills = unknown},
                            {.item = ItemId(502U), .skills = {}}};
  double p[2];
  tracker->p_correct(targets, p);
  for (const double value : p) {
    EXPECT_GT(value, 0.0);
    EXPECT_LT(value, 1.0);
  }
}

TEST_P(Evidence, AnAdversaryRaisesTheLossUnderNoiseAndTouchesNothingElse) {
  const auto window = model_->encode({.events = cohort_[3].view()});
  const Encoded* const batch[] = {window.get()};
  for (const char* kind : {"fgsm", "pgd"}) {
    Options options = options_;
    options["adversarial"] = kind;
    options["adversarial_share"] = "1";
    options["vector_dropout"] = options["hidden_dropout"] = options["item_dropout"] = "0";
    const auto adversarial = *fit_evidence(
        options, {.items = kItems, .skills = kSkills, .training = windows_, .folds = 4});
    const double clean = model_->loss(theta_, batch, {}, std::nullopt);
    EXPECT_EQ(adversarial->loss(theta_, batch, {}, std::nullopt), clean);
    EXPECT_GT(adversarial->loss(theta_, batch, {}, 3), clean + 1e-3) << kind;
    const auto encoded = adversarial->encode({.events = cohort_[3].view()});
    std::vector<double> p(encoded->size());
    adversarial->predict(theta_, batch, p);
    EXPECT_EQ(p, predicted(cohort_[3].view()));
  }
}

/// Fgsm moves by signs, which a small step of theta hardly turns: the gradient with the movement
/// held is that of the whole.
TEST_P(Evidence, TheGradientAgainstAnAdversaryIsTheCentralDifferences) {
  Options options = options_;
  options["adversarial"] = "fgsm";
  options["adversarial_share"] = ".7";
  options["precision"] = "double";
  const auto model = *fit_evidence(
      options, {.items = kItems, .skills = kSkills, .training = windows_, .folds = 4});
  const auto window = model->encode({.events = cohort_[5].view()});
  const Encoded* const batch[] = {window.get()};
  Rng rng(8);
  Params theta = theta_;
  for (double& value : theta) value += .1 * rng.normal();  // where no slope is exactly 0
  Params gradient(theta.size(), 0.0);
  model->loss(theta, batch, gradient, 4);
  Params up = theta;
  Params down = theta;
  double slope = 0.0;
  constexpr double kStep = 1e-9;  // so small that no sign turns within it
  for (std::size_t i = 0; i < theta.size(); ++i) {
    const double v = rng.normal();
    up[i] += kStep * v;
    down[i] -= kStep * v;
    slope += gradient[i] * v;
  }
  const double expected =
      (model->loss(up, batch, {}, 4) - model->loss(down, batch, {}, 4)) / (2.0 * kStep);
  EXPECT_NEAR(slope, expected, 1e-5 * std::max(1.0, std::abs(expected)));
}

INSTANTIATE_TEST_SUITE_P(Variants, Evidence,
                         testing::Values("", "precision=double", "recurrence=false",
                                         "skill_vectors=false", "item_vectors=true",
                                         "product=false"),
                         [](const auto& row) { return "variant" + std::to_string(row.index); });

TEST(EvidenceOptions, AreRefusedWithOneSentence) {
  const std::pair<const char*, const char*> cases[] = {{"width=0", "width 0"},
                                                       {"hidden_dropout=1", "dropout 1"},
                                                       {"precision=half", "\"half\""},
                                                       {"adversarial=yes", "\"yes\""},
                                                       {"adversarial_radius=-1", "radius -1"},
                                                       {"adversarial_steps=0", "steps 0"},
                                                       {"widht=3", "widht"},
                                                       {"width=abc", "\"abc\""}};
  for (const auto& [setting, seen] : cases) {
    const auto made = fit_evidence(*parse_options({setting}), {});
    ASSERT_FALSE(made) << setting;
    EXPECT_EQ(made.error().kind, ErrorKind::InvalidInput);
    EXPECT_NE(made.error().message.find(seen), std::string::npos) << made.error().message;
  }
}

}  // namespace
}  // namespace meno
