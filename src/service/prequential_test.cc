#include "service/prequential.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "domain/auc.h"

namespace meno {
namespace {

TEST(Prequential, SaysNothingOfNothing) {
  const PrequentialFigures figures = PrequentialScore().figures();
  EXPECT_EQ(figures.answers, 0U);
  EXPECT_FALSE(figures.log_loss || figures.auc || figures.ece || figures.bias);
}

TEST(Prequential, IsWhatItsDefinitionsSay) {
  Rng rng(4);
  PrequentialScore score;
  std::vector<double> p;
  std::vector<float> correct;
  double nats = 0.0;
  double bias = 0.0;
  for (int k = 0; k < 2000; ++k) {
    p.push_back(rng.uniform());
    correct.push_back(rng.chance(0.2 + 0.5 * p.back()) ? 1.0F : 0.0F);
    score.add(p.back(), static_cast<double>(correct.back()));
    nats -= std::log(correct.back() > 0.5F ? p.back() : 1.0 - p.back()) / 2000.0;
    bias += (p.back() - static_cast<double>(correct.back())) / 2000.0;
  }
  const PrequentialFigures figures = score.figures();
  EXPECT_EQ(figures.answers, 2000U);
  EXPECT_NEAR(*figures.log_loss, nats, 1e-9);
  EXPECT_NEAR(*figures.auc, *auc(p, correct), 1e-3);
  EXPECT_NEAR(*figures.bias, bias, 1e-9);
  EXPECT_GT(*figures.ece, std::abs(bias));
}

TEST(Prequential, SurvivesCertainties) {
  PrequentialScore score;
  score.add(1.0, 0.0);
  score.add(0.0, 0.0);
  EXPECT_TRUE(std::isfinite(*score.figures().log_loss));
  EXPECT_FALSE(score.figures().auc) << "no right answer to order";
}

}  // namespace
}  // namespace meno
