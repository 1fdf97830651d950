// What the contract tests do not see: what this model may not know.
#include "models/gru/gru.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

constexpr std::size_t kItems = 6;
const SkillId kSkills[] = {SkillId(0U), SkillId(1U), SkillId(2U)};

/// Answers on items of one skill each; `shift` moves to the skill's other item, `late` all times.
void answer(History& history, std::size_t answers, std::size_t shift, std::int64_t late) {
  Rng rng(3);
  for (std::size_t t = 0; t < answers; ++t) {
    const std::size_t skill = rng.below(3);
    history.push_back(
        {.item = ItemId((skill + 3 * shift) % kItems),
         .skills = std::span(kSkills).subspan(skill, 1),
         .correct = rng.chance(0.6) ? 1.0F : 0.0F,
         .at = TimePoint{std::chrono::milliseconds(late + 1000 * (t + 1) * (t + 1))}});
  }
}

std::vector<double> predicted(const Options& options, const Sequence& history) {
  const Window cohort[] = {{.events = history}};
  const auto model =
      fit_gru(options, {.items = kItems, .skills = 3, .training = cohort, .folds = 0});
  EXPECT_TRUE(model) << (model ? "" : model.error().message);
  Rng rng(5);
  Params theta = (*model)->layout().initial(rng);
  for (double& value : theta) value *= 3.0;  // away from the flat start
  std::vector<double> p(history.size());
  predict(**model, theta, history, p);
  return p;
}

TEST(Gru, KnowsSkillsAndAnswersAlone) {
  History history;
  History others;
  answer(history, 20, 0, 0);
  answer(others, 20, 1, 90'000'000);
  EXPECT_EQ(predicted({}, history.view()), predicted({}, others.view()));
  const Options with_items{{"item_vectors", "true"}};
  EXPECT_NE(predicted(with_items, history.view()), predicted(with_items, others.view()));
}

TEST(Gru, RemembersTheOrderOfAnswers) {
  History history;
  History turned;  // the same answers, the first two exchanged
  answer(history, 12, 0, 0);
  turned.push_back(history.view()[1]);
  turned.push_back(history.view()[0]);
  for (std::size_t t = 2; t < history.size(); ++t) turned.push_back(history.view()[t]);
  EXPECT_NE(predicted({}, history.view()).back(), predicted({}, turned.view()).back());
}

TEST(Gru, RefusesWhatTheNetworkCannotBe) {
  const Cohort nobody{.items = 1, .skills = 1, .training = {}, .folds = 0};
  EXPECT_EQ(fit_gru({{"hidden_dropout", "1"}}, nobody).error().message,
            "gru: dropout 1, expected at least 0 and below 1");
  EXPECT_EQ(fit_gru({{"recurrence", "false"}}, nobody).error().kind, ErrorKind::InvalidInput);
}

}  // namespace
}  // namespace meno
