#include "tutor/adaptive_test/protocol.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/moments.h"
#include "core/parallel.h"
#include "core/progress.h"
#include "domain/auc.h"
#include "tutor/adaptive_test/registry.h"

namespace meno {
namespace {

constexpr std::size_t kParts = 5;

/// Predictions of all test students after so many questions.
struct Pool {
  std::vector<double> p;
  std::vector<float> correct;

  void append(const Pool& other) {
    p.insert(p.end(), other.p.begin(), other.p.end());
    correct.insert(correct.end(), other.correct.begin(), other.correct.end());
  }
};

struct Trial {
  std::vector<Pool> after;  // [questions]
  double seconds = 0.0;
  std::size_t steps = 0;
};

/// What may be asked of a student, and what is predicted.
struct Exam {
  AnswerSheet askable;
  AnswerSheet predicted;
};

Exam draw_exam(AnswerSheet sheet, Rng rng) {
  rng.shuffle(std::span(sheet));
  const std::size_t predicted = (sheet.size() + kParts - 1) / kParts;
  const auto cut = sheet.end() - static_cast<std::ptrdiff_t>(predicted);
  return {.askable = {sheet.begin(), cut}, .predicted = {cut, sheet.end()}};
}

void predict(const Examinee& examinee, const AnswerSheet& predicted, Pool& pool) {
  for (const SheetAnswer& answer : predicted) {
    pool.p.push_back(examinee.p_correct(answer.item));
    pool.correct.push_back(answer.correct ? 1.0F : 0.0F);
  }
}

/// Asks the open item of most worth; the first of equals.
void ask_next(Examinee& examinee, std::vector<ItemId>& open, AnswerSheet& left) {
  std::vector<double> worth(open.size());
  examinee.worth(open, worth);
  const auto best = std::max_element(worth.begin(), worth.end()) - worth.begin();
  examinee.observe(left[static_cast<std::size_t>(best)].item,
                   left[static_cast<std::size_t>(best)].correct);
  open.erase(open.begin() + best);
  left.erase(left.begin() + best);
}

Trial sit_exam(const TestMethod& method, const Exam& exam, std::span<const int> questions,
               Rng rng) {
  Trial trial;
  std::vector<ItemId> open;
  for (const SheetAnswer& answer : exam.askable) open.push_back(answer.item);
  AnswerSheet left = exam.askable;
  const auto examinee = method.begin(open, rng);
  int asked = 0;
  for (const int wanted : questions) {
    const auto start = std::chrono::steady_clock::now();
    for (; asked < wanted && !open.empty(); ++asked, ++trial.steps) ask_next(*examinee, open, left);
    trial.seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    predict(*examinee, exam.predicted, trial.after.emplace_back());
  }
  return trial;
}

double accuracy_of(const Pool& pool) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < pool.p.size(); ++i)
    right += (pool.p[i] > 0.5) == (pool.correct[i] > 0.5F) ? 1 : 0;
  return static_cast<double>(right) / static_cast<double>(pool.p.size());
}

double log_loss_of(const Pool& pool) {
  double loss = 0.0;
  for (std::size_t i = 0; i < pool.p.size(); ++i)
    loss -= std::log(pool.correct[i] > 0.5F ? pool.p[i] : 1.0 - pool.p[i]);
  return loss / static_cast<double>(pool.p.size());
}

struct Tally {
  Moments accuracy, auc, log_loss;
  std::size_t predicted = 0;
  double seconds = 0.0;
  std::size_t steps = 0;
};

class Protocol {
 public:
  Protocol(const Course& course, std::vector<AnswerSheet> sheets, const AdaptiveProtocol& plan)
      : course_(course), sheets_(std::move(sheets)), plan_(plan), order_(sheets_.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    Rng(plan.seed).shuffle(std::span(order_));
    std::sort(plan_.questions.begin(), plan_.questions.end());
    plan_.questions.erase(std::unique(plan_.questions.begin(), plan_.questions.end()),
                          plan_.questions.end());
  }

  Result<std::vector<AdaptiveRow>> run() {
    MENO_TRY_DONE(choose_methods());
    Progress progress("adaptive-test",
                      methods_.size() * static_cast<std::size_t>(plan_.folds * plan_.repeats),
                      "trials");
    for (int fold = 0; fold < plan_.folds; ++fold) {
      MENO_TRY_DONE(run_fold(static_cast<std::size_t>(fold), progress));
    }
    return rows();
  }

 private:
  Result<Done> choose_methods() {
    for (const std::string& name : plan_.selectors) {
      MENO_TRY(const TestMethodEntry* const entry, find_test_method(name));
      methods_.push_back(entry);
    }
    for (const TestMethodEntry& entry : test_methods()) {
      if (plan_.selectors.empty()) methods_.push_back(&entry);
    }
    tallies_.assign(methods_.size(), std::vector<Tally>(plan_.questions.size()));
    return Done{};
  }

  /// Students of part `part`; what is left over after equal parts trains, as in the authors' code.
  std::size_t part_of(std::size_t place) const { return place / (sheets_.size() / kParts); }

  Result<Done> run_fold(std::size_t fold, Progress& progress) {
    std::vector<AnswerSheet> train;
    std::vector<AnswerSheet> valid;
    std::vector<AnswerSheet> test;
    for (std::size_t place = 0; place < order_.size(); ++place) {
      const std::size_t part = part_of(place);
      auto& role = part == fold ? test : part == (fold + 1) % kParts ? valid : train;
      role.push_back(sheets_[order_[place]]);
    }
    MENO_TRY(const Calibrated calibrated, calibrate(course_, train, valid, plan_.seed + fold));
    for (std::size_t m = 0; m < methods_.size(); ++m) {
      const auto method = methods_[m]->make(calibrated);
      for (int repeat = 0; repeat < plan_.repeats; ++repeat) {
        if (interrupted()) return unavailable("stopped by a signal; the benchmark begins again");
        judge(*method, plan_.on_valid ? valid : test, static_cast<std::uint64_t>(repeat),
              tallies_[m]);
        progress.advance();
      }
    }
    return Done{};
  }

  void judge(const TestMethod& method, std::span<const AnswerSheet> test, std::uint64_t repeat,
             std::vector<Tally>& tallies) const {
    std::vector<Trial> trials(test.size());
    parallel_for(test.size(), thread_count(plan_.threads), [&](std::size_t u) {
      const Rng rng = Rng(plan_.seed).fork(repeat + 1).fork(u);
      trials[u] = sit_exam(method, draw_exam(test[u], rng), plan_.questions, rng.fork(1));
    });
    for (std::size_t k = 0; k < plan_.questions.size(); ++k) {
      Pool pool;
      for (const Trial& trial : trials) pool.append(trial.after[k]);
      Tally& tally = tallies[k];
      tally.accuracy.add(accuracy_of(pool));
      if (const auto area = auc(pool.p, pool.correct)) tally.auc.add(*area);
      tally.log_loss.add(log_loss_of(pool));
      tally.predicted += pool.p.size();
      for (const Trial& trial : trials) {
        tally.seconds += trial.seconds;
        tally.steps += trial.steps;
      }
    }
  }

  std::vector<AdaptiveRow> rows() const {
    std::vector<AdaptiveRow> rows;
    for (std::size_t m = 0; m < methods_.size(); ++m) {
      for (std::size_t k = 0; k < plan_.questions.size(); ++k) {
        const Tally& tally = tallies_[m][k];
        AdaptiveRow row{.selector = std::string(methods_[m]->name),
                        .questions = plan_.questions[k],
                        .accuracy = tally.accuracy.mean(),
                        .accuracy_sd = tally.accuracy.sample_sd(),
                        .auc_sd = tally.auc.sample_sd(),
                        .log_loss = tally.log_loss.mean(),
                        .predicted = tally.predicted,
                        .us_per_step = 1e6 * tally.seconds /
                                       static_cast<double>(std::max<std::size_t>(tally.steps, 1))};
        if (tally.auc.count > 0.0) row.auc = tally.auc.mean();
        rows.push_back(std::move(row));
      }
    }
    return rows;
  }

  const Course& course_;
  std::vector<AnswerSheet> sheets_;
  AdaptiveProtocol plan_;
  std::vector<std::size_t> order_;  // [students] shuffled
  std::vector<const TestMethodEntry*> methods_;
  std::vector<std::vector<Tally>> tallies_;  // [methods][questions]
};

Result<Done> check_plan(const AdaptiveProtocol& plan) {
  for (const int n : plan.questions)
    if (n < 1) return invalid_input(fmt::format("{} questions, expected at least 1", n));
  if (plan.questions.empty())
    return invalid_input("no numbers of questions, expected at least one");
  if (plan.folds < 1 || plan.folds > static_cast<int>(kParts))
    return invalid_input(fmt::format("{} folds, expected 1 to {}", plan.folds, kParts));
  if (plan.repeats < 1)
    return invalid_input(fmt::format("{} repeats, expected at least 1", plan.repeats));
  if (plan.min_answers < 2)
    return invalid_input(fmt::format("min-answers {}, expected at least 2", plan.min_answers));
  return Done{};
}

}  // namespace

Result<AdaptiveReport> run_adaptive_protocol(const Dataset& dataset, const AdaptiveProtocol& plan) {
  MENO_TRY_DONE(check_plan(plan));
  AdaptiveReport report;
  std::vector<AnswerSheet> sheets;
  for (std::size_t s = 0; s < dataset.students(); ++s) {
    AnswerSheet sheet = first_attempts(dataset.sequence(StudentId(s)));
    if (sheet.size() < static_cast<std::size_t>(plan.min_answers)) {
      ++report.left_out;
      continue;
    }
    report.answers += sheet.size();
    sheets.push_back(std::move(sheet));
  }
  report.students = sheets.size();
  if (sheets.size() < 3 * kParts) {
    return invalid_input(fmt::format(
        "{} students with at least {} different items, expected {} or more for five folds",
        sheets.size(), plan.min_answers, 3 * kParts));
  }
  MENO_TRY(report.rows, Protocol(dataset.course(), std::move(sheets), plan).run());
  return report;
}

}  // namespace meno
