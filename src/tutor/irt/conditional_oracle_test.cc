// The Rasch calibration beside conditional maximum likelihood, which asks for no distribution of
// abilities, on simulated answers and on real ones. Oracle: Andersen 1972; Rasch's fixed point
//   e_i = s_i / sum_r n_r gamma_{r-1}(without i) / gamma_r,
// with elementary symmetric functions by the summation algorithm (Fischer 1974). Complete sheets.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>

#include <gtest/gtest.h>

#include "tutor/irt/irt_bank.h"
#include "tutor/irt/simulated_bank_for_test.h"

namespace meno {
namespace {

using Matrix = std::vector<std::vector<int>>;  // [students][items], 0 or 1

std::vector<double> symmetric(const std::vector<double>& e, std::size_t without) {
  std::vector<double> gamma(e.size() + 1, 0.0);
  gamma[0] = 1.0;
  for (std::size_t i = 0; i < e.size(); ++i) {
    if (i == without) continue;
    for (std::size_t r = e.size(); r > 0; --r) gamma[r] += e[i] * gamma[r - 1];
  }
  return gamma;
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::vector<double> centred(std::vector<double> values) {
  const double mean = mean_of(values);
  for (double& value : values) value -= mean;
  return values;
}

/// Easiness of every item, centred.
std::vector<double> conditional_easiness(const Matrix& answers) {
  const std::size_t items = answers.front().size();
  std::vector<double> right(items, 0.0);
  std::vector<double> of_score(items + 1, 0.0);
  for (const auto& row : answers) {
    const int score = std::accumulate(row.begin(), row.end(), 0);
    if (score == 0 || score == static_cast<int>(items)) continue;  // say nothing about items
    of_score[static_cast<std::size_t>(score)] += 1.0;
    for (std::size_t i = 0; i < items; ++i) right[i] += row[i];
  }
  std::vector<double> e(items, 1.0);
  for (int round = 0; round < 300; ++round) {
    const std::vector<double> gamma = symmetric(e, items);
    std::vector<double> next(items);
    double log_mean = 0.0;
    for (std::size_t i = 0; i < items; ++i) {
      const std::vector<double> without = symmetric(e, i);
      double sum = 0.0;
      for (std::size_t r = 1; r < items; ++r) sum += of_score[r] * without[r - 1] / gamma[r];
      next[i] = right[i] / sum;
      log_mean += std::log(next[i]) / static_cast<double>(items);
    }
    for (double& each : next) each /= std::exp(log_mean);
    e = next;
  }
  for (double& each : e) each = std::log(each);
  return centred(e);
}

std::vector<double> marginal_easiness(const Matrix& answers) {
  Course course;
  course.skills.intern("all");
  for (std::size_t i = 0; i < answers.front().size(); ++i) {
    course.items.intern("i" + std::to_string(i));
    course.item_skills.push_back({SkillId(0U)});
  }
  std::vector<AnswerSheet> sheets;
  for (const auto& row : answers) {
    AnswerSheet& sheet = sheets.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) sheet.push_back({ItemId(i), row[i] == 1});
  }
  const auto bank = calibrate_irt(course, sheets, {.slopes = false});
  std::vector<double> easiness;
  for (const IrtItem& item : bank->items) easiness.push_back(item.curve.easiness);
  return centred(easiness);
}

double largest_difference(const Matrix& answers) {
  const std::vector<double> ours = marginal_easiness(answers);
  const std::vector<double> theirs = conditional_easiness(answers);
  double largest = 0.0;
  for (std::size_t i = 0; i < ours.size(); ++i)
    largest = std::max(largest, std::abs(ours[i] - theirs[i]));
  return largest;
}

/// The first columns of a file that holds answers in them; empty where the file is not there.
Matrix read_answers(const std::filesystem::path& file, std::size_t items) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  Matrix answers;
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::vector<int>& row = answers.emplace_back();
    for (std::string cell; row.size() < items && std::getline(cells, cell, ',');)
      row.push_back(cell == "1" ? 1 : 0);
  }
  return answers;
}

TEST(ConditionalOracle, AgreesOnSimulatedRaschItems) {
  Rng rng(3);
  Matrix answers;
  std::vector<double> easiness;
  for (int i = 0; i < 12; ++i) easiness.push_back(rng.normal());
  for (int u = 0; u < 800; ++u) {
    const double ability = rng.normal();
    std::vector<int>& row = answers.emplace_back();
    for (const double easy : easiness)
      row.push_back(rng.chance(1.0 / (1.0 + std::exp(-ability - easy))) ? 1 : 0);
  }
  EXPECT_LT(largest_difference(answers), 0.06);
}

TEST(ConditionalOracle, AgreesOnRealTests) {
  const std::filesystem::path folder =
      std::filesystem::path(MENO_SOURCE_DIR) / "../shared/data/debian_irt";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  EXPECT_LT(largest_difference(read_answers(folder / "MathExam14W.csv", 13)), 0.1);
  EXPECT_LT(largest_difference(read_answers(folder / "SPISA.csv", 45)), 0.06);
}

}  // namespace
}  // namespace meno
