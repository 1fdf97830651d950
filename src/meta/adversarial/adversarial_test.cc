// The generator against brute force and differences, and the learner on histories whose true
// answers are known.
#include "meta/adversarial/adversarial.h"

#include <cmath>
#include <deque>

#include <gtest/gtest.h>

#include "meta/training.h"
#include "models/link.h"
#include "models/registry.h"

namespace meno {
namespace {

constexpr PlausibleRates kRates{.slip = .1, .guess = .2, .missing = .1, .bots = .02};

/// Right, wrong, right, wrong ... on items 0, 1, 2 ...
void fill(History& history, std::size_t answers) {
  const SkillId skill[] = {SkillId(0U)};
  for (std::size_t t = 0; t < answers; ++t) {
    history.push_back({.item = ItemId(t), .skills = skill, .correct = t % 2 == 0 ? 1.0F : 0.0F});
  }
}

Params random_phi(std::uint64_t seed) {
  Rng rng(seed);
  Params phi(kGeneratorParameters);
  for (double& value : phi) value = .5 * rng.normal();
  return phi;
}

std::vector<Context> some_contexts(std::size_t size) {
  History history;
  fill(history, size);
  Rng rng(3);
  std::vector<double> p(size);
  for (double& value : p) value = .05 + .9 * rng.uniform();
  return contexts_of({.events = history.view()}, p);
}

TEST(Edits, ShowOtherAnswersAndKeepTheTrueOnesAsLabels) {
  History history;
  fill(history, 9);
  const Window window{.events = history.view(), .from = 3, .fold = 2, .state_from = 1};
  using enum Edit;
  const Edit edits[] = {Drop, Flip, Keep, Drop, Flip, Keep, Keep, Drop};  // of answers 1 to 8
  Edited edited;
  Rng rng(1);
  apply_edits(window, edits, rng, edited);
  const Window seen = edited.window();
  ASSERT_EQ(seen.events.size(), 7U) << "the last answer stays, whatever was asked";
  EXPECT_EQ(seen.state_from, 1U);
  EXPECT_EQ(seen.from, 2U) << "answer 3, now that one before it is lost";
  EXPECT_EQ(seen.fold, 2);
  const std::size_t kept[] = {0, 2, 3, 5, 6, 7, 8};
  for (std::size_t k = 0; k < 7; ++k) {
    const Event truth = history.view()[kept[k]];
    EXPECT_EQ(seen.events[k].item, truth.item);
    EXPECT_EQ(seen.events[k].scored_as(), truth.correct);
    const bool turned = kept[k] == 2 || kept[k] == 5;
    EXPECT_EQ(seen.events[k].correct, turned ? 1.0F - truth.correct : truth.correct) << k;
  }
  EXPECT_EQ(edited.source, (std::vector<std::size_t>{1, 2, 4, 5, 6, 7}));
}

TEST(Edits, ABotAnswersFiveAndIsScoredAgainstTheTruth) {
  std::array<int, 8> wrong{};
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    History history;
    fill(history, 8);
    std::vector<Edit> edits(8, Edit::Keep);
    edits[1] = Edit::Burst;
    Edited edited;
    Rng rng(seed);
    apply_edits({.events = history.view()}, edits, rng, edited);
    for (std::size_t t = 0; t < 8; ++t) {
      const Event event = edited.window().events[t];
      EXPECT_EQ(event.scored_as(), history.view()[t].correct);
      const bool bot = t >= 1 && t < 6;
      if (!bot) {
        EXPECT_EQ(event.correct, history.view()[t].correct);
      }
      wrong[t] += event.correct < .5F ? 1 : 0;
    }
  }
  for (std::size_t t = 1; t < 6; ++t) EXPECT_NEAR(wrong[t] / 400.0, .75, .08);
}

TEST(Generator, ProposesThePlausibleRatesUntilItHasLearnt) {
  const Params phi(kGeneratorParameters, 0.0);
  const Context right{1.0, .3, .1, .2, 1.0};
  const Choice choice = choice_at(phi, right, kRates);
  EXPECT_NEAR(choice.cost, 0.0, 1e-15);
  EXPECT_NEAR(choice.p[3], .02, 1e-12);
  EXPECT_NEAR(choice.p[2], .1 * .98, 1e-12);
  EXPECT_NEAR(choice.p[1], .1 * .9 * .98, 1e-12);
  const Context wrong{1.0, .3, .1, .2, 0.0};
  EXPECT_NEAR(choice_at(phi, wrong, kRates).p[1], .2 * .9 * .98, 1e-12);
}

/// Probability of these edits under the policy; 0 where a bot's answers would be edited.
double probability(ParamView phi, const std::vector<Context>& contexts,
                   const std::vector<Edit>& edits) {
  double p = 1.0;
  std::size_t bot = 0;
  for (std::size_t t = 0; t < edits.size(); ++t) {
    if (bot > 0) {
      if (edits[t] != Edit::Keep) return 0.0;
      --bot;
      continue;
    }
    p *= choice_at(phi, contexts[t], kRates).p[static_cast<std::size_t>(edits[t])];
    if (edits[t] == Edit::Burst) bot = kBurst - 1;
  }
  return p;
}

/// All edits of three answers.
std::vector<std::vector<Edit>> all_edits() {
  std::vector<std::vector<Edit>> all;
  all.reserve(kEdits * kEdits * kEdits);
  for (std::size_t code = 0; code < kEdits * kEdits * kEdits; ++code) {
    all.push_back({static_cast<Edit>(code % kEdits), static_cast<Edit>(code / kEdits % kEdits),
                   static_cast<Edit>(code / kEdits / kEdits)});
  }
  return all;
}

/// Any function of edits.
double gain_of(const std::vector<Edit>& edits) {
  double gain = 0.0;
  for (std::size_t t = 0; t < edits.size(); ++t) {
    gain += edits[t] == Edit::Flip ? 1.0 + .5 * static_cast<double>(t) : .2;
  }
  return gain;
}

double expected_gain(ParamView phi, const std::vector<Context>& contexts) {
  double value = 0.0;
  for (const auto& edits : all_edits()) value += probability(phi, contexts, edits) * gain_of(edits);
  return value;
}

double cost_of(ParamView phi, const std::vector<Context>& contexts) {
  double value = 0.0;
  for (const Context& context : contexts) value += choice_at(phi, context, kRates).cost;
  return value;
}

/// `value` at phi moved along k, as central differences.
template <class Value>
double slope_along(std::size_t k, const Params& phi, const Value& value) {
  Params up = phi;
  Params down = phi;
  up[k] += 1e-6;
  down[k] -= 1e-6;
  return (value(up) - value(down)) / 2e-6;
}

/// Over all edits of all answers: the expected score-function slope is the slope of the
/// expectation.
TEST(Generator, ExpectedSlopeIsThatOfTheExpectedGain) {
  const std::vector<Context> contexts = some_contexts(3);
  const Params phi = random_phi(5);
  Params slope(phi.size(), 0.0);
  double total = 0.0;
  for (const auto& edits : all_edits()) {
    const double p = probability(phi, contexts, edits);
    total += p;
    if (p == 0.0) continue;
    Params one(phi.size(), 0.0);
    const std::vector<double> whole(3, gain_of(edits));  // for each decision: Williams's plain form
    add_policy_slope(phi, {contexts, edits, whole}, 0.0, kRates, one);
    for (std::size_t k = 0; k < one.size(); ++k) slope[k] += p * one[k];
  }
  EXPECT_NEAR(total, 1.0, 1e-12);
  for (std::size_t k = 0; k < phi.size(); ++k) {
    const auto value = [&](ParamView at) { return expected_gain(at, contexts); };
    EXPECT_NEAR(slope[k], slope_along(k, phi, value), 1e-7) << k;
  }
}

TEST(Generator, SlopeOfTheCostIsExact) {
  constexpr double kPrice = .3;
  const std::vector<Context> contexts = some_contexts(3);
  const Params phi = random_phi(5);
  Params slope(phi.size(), 0.0);
  const std::vector<Edit> keep(3, Edit::Keep);
  add_policy_slope(phi, {contexts, keep, std::vector<double>(3, 0.0)}, kPrice, kRates, slope);
  for (std::size_t k = 0; k < phi.size(); ++k) {
    const auto value = [&](ParamView at) { return -kPrice * cost_of(at, contexts); };
    EXPECT_NEAR(slope[k], slope_along(k, phi, value), 1e-7) << k;
  }
}

TEST(Generator, DrawsWhatItsChoicesSay) {
  const Params phi = random_phi(8);
  const std::vector<Context> contexts = some_contexts(1);
  const Choice choice = choice_at(phi, contexts[0], kRates);
  std::array<double, kEdits> drawn{};
  Rng rng(4);
  constexpr int kDraws = 20'000;
  for (int i = 0; i < kDraws; ++i) {
    ++drawn[static_cast<std::size_t>(drawn_edits(phi, contexts, kRates, rng)[0])];
  }
  for (std::size_t a = 0; a < kEdits; ++a) EXPECT_NEAR(drawn[a] / kDraws, choice.p[a], .015) << a;
}

TEST(Generator, FitsSlipsAndGuessesToWhereTheModelIsSure) {
  const double p[] = {.95, .95, .95, .5, .1, .1};
  const float y[] = {1, 0, 1, 0, 1, 0};
  const PlausibleRates fitted = fitted_rates(kRates, p, y);
  EXPECT_NEAR(fitted.slip, (1.0 + 1.0) / 13.0, 1e-12);
  EXPECT_NEAR(fitted.guess, (2.0 + 1.0) / 12.0, 1e-12);
}

/// Students of different ability on items of different difficulty.
class AdversarialTraining : public ::testing::Test {
 protected:
  AdversarialTraining() {
    Rng rng(7);
    for (std::size_t i = 0; i < 12; ++i) {
      course_.items.intern("item " + std::to_string(i));
      course_.item_skills.push_back({SkillId(i % 4)});
    }
    for (std::size_t s = 0; s < 4; ++s) course_.skills.intern("skill " + std::to_string(s));
    for (std::size_t k = 0; k < 80; ++k) {
      History& history = histories_.emplace_back();
      const double ability = 1.5 * rng.normal();
      for (std::size_t t = 0; t < 30; ++t) {
        const std::size_t item = rng.below(12);
        history.push_back({.item = ItemId(item),
                           .skills = course_.item_skills[item],
                           .correct = rng.chance(sigmoid(ability)) ? 1.0F : 0.0F});
      }
    }
  }

  Result<Trained> trained(const std::vector<std::string>& settings, int epochs) const {
    TrainingData data{.course = course_, .training = {}, .validation = {}, .data_hash = "test"};
    for (const History& student : histories_) data.training.push_back(student.view());
    return train(**find_model("logistic"), {}, data,
                 {.learner = "adversarial",
                  .learner_options = *parse_options(settings),
                  .epochs = epochs,
                  .batch_rows = 300});
  }

  Course course_;
  std::deque<History> histories_;
};

TEST_F(AdversarialTraining, GeneratorLearnsToTurnWhatMisleads) {
  const auto result = trained({"plausibility=0.02"}, 30);
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->learnt.size(), kGeneratorParameters);
  // Averaged over some contexts, edits have become likelier than they are by chance.
  double before = 0.0;
  double after = 0.0;
  for (const Context& context : some_contexts(20)) {
    before += choice_at(Params(kGeneratorParameters, 0.0), context, kRates).p[0];
    after += choice_at(result->learnt, context, kRates).p[0];
  }
  EXPECT_LT(after, before - 1.0);
}

TEST_F(AdversarialTraining, WithoutLearningTheGeneratorStays) {
  const auto result = trained({"learn=false"}, 3);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->learnt, Params(kGeneratorParameters, 0.0));
}

TEST_F(AdversarialTraining, AShareOfNothingLearnsWhatDirectLearns) {
  const auto result = trained({"share=0"}, 3);
  TrainingData data{.course = course_, .training = {}, .validation = {}, .data_hash = "test"};
  for (const History& student : histories_) data.training.push_back(student.view());
  const auto direct = train(**find_model("logistic"), {}, data, {.epochs = 3, .batch_rows = 300});
  ASSERT_TRUE(result && direct);
  for (std::size_t i = 0; i < direct->theta.size(); ++i) {
    EXPECT_NEAR(result->theta[i], direct->theta[i], 1e-4) << i;
  }
}

TEST(AdversarialOptions, AreRefusedWithOneSentence) {
  const std::pair<const char*, const char*> cases[] = {{"share=2", "share is 2"},
                                                       {"plausibility=0", "plausibility 0"},
                                                       {"missing=1", "missing 1"},
                                                       {"bots=0", "bots 0"},
                                                       {"sahre=.1", "sahre"}};
  for (const auto& [setting, seen] : cases) {
    const auto made = make_adversarial(*parse_options({setting}));
    ASSERT_FALSE(made) << setting;
    EXPECT_NE(made.error().message.find(seen), std::string::npos) << made.error().message;
  }
}

}  // namespace
}  // namespace meno
