#include "eval/generative/generative.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/progress.h"
#include "eval/courses/support_draw.h"
#include "eval/generative/utility.h"

namespace meno {
namespace {

constexpr std::size_t kFewest = 20;            // students with answers
constexpr std::size_t kFewestSynthetic = 200;  // unless the plan says otherwise
constexpr std::size_t kTestShare = 5;          // one of so many is a test student

Result<Done> check(const GenerativePlan& plan) {
  if (plan.repeats < 1)
    return invalid_input(fmt::format("repeats is {}, expected 1 or more", plan.repeats));
  if (plan.scored < 4)
    return invalid_input(fmt::format("{} test students, expected 4 or more", plan.scored));
  if (plan.fractions.empty() || plan.models.empty())
    return invalid_input("0 fractions or models, expected at least 1 of each");
  for (const double fraction : plan.fractions) {
    if (!(fraction > 0.0) || fraction > 100.0)
      return invalid_input(fmt::format("fraction {}, expected above 0 and up to 100", fraction));
  }
  return Done{};
}

Result<std::vector<const GeneratorEntry*>> generators_of(const GenerativePlan& plan) {
  std::vector<const GeneratorEntry*> entries;
  for (const std::string& name : plan.generators) {
    MENO_TRY(entries.emplace_back(), find_generator(name));
  }
  if (!entries.empty()) return entries;
  for (const GeneratorEntry& entry : generator_registry()) entries.push_back(&entry);
  return entries;
}

std::vector<Sequence> sequences_of(std::span<const ScoredWindow> windows) {
  std::vector<Sequence> sequences;
  sequences.reserve(windows.size());
  for (const ScoredWindow& one : windows) sequences.push_back(one.window.events);
  return sequences;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Half of the training students, under the counts of the other half: counts that held their own
/// answers would tell them from test students.
TwoSample real_against_real(const std::vector<Sequence>& training,
                            const std::vector<Sequence>& held_out, std::uint64_t seed) {
  CourseCounts counts;
  std::vector<Sequence> others;
  for (std::size_t s = 0; s < training.size(); ++s) {
    if (s % 2 == 0) counts.add(training[s]);
    if (s % 2 == 1) others.push_back(training[s]);
  }
  return two_sample_test(counts, held_out, others, seed);
}

/// All draws, row by row as they come.
class Judge {
 public:
  Judge(const Course& course, const std::vector<std::vector<Sequence>>& sources,
        const GenerativePlan& plan, std::vector<const GeneratorEntry*> generators,
        std::vector<const ModelEntry*> models)
      : course_(course),
        sources_(sources),
        plan_(plan),
        generators_(std::move(generators)),
        models_(std::move(models)),
        progress_("trainings",
                  static_cast<std::uint64_t>(plan.repeats) * plan.fractions.size() *
                      models_.size() * (1 + 2 * generators_.size()),
                  "models") {}

  /// One draw of test and training students.
  Result<Done> add(const SupportDraw& draw, std::uint64_t seed) {
    for (const double fraction : plan_.fractions) {
      const double share = static_cast<double>(draw.others.size()) * fraction / 100.0;
      const auto count = std::clamp<std::size_t>(static_cast<std::size_t>(std::llround(share)), 1,
                                                 draw.others.size());
      MENO_TRY_DONE(add_fraction(draw, fraction, count, seed));
    }
    return Done{};
  }

  /// Two-sample test and privacy audit.
  Result<Done> judge(const SupportDraw& draw, std::uint64_t seed, GenerativeResult& result) {
    const std::vector<Sequence> held_out = sequences_of(draw.queries);
    CourseCounts counts;
    for (const Sequence& student : draw.others) counts.add(student);
    result.real_against_real = real_against_real(draw.others, held_out, seed);
    for (const GeneratorEntry* const entry : generators_) {
      const auto began = std::chrono::steady_clock::now();
      MENO_TRY(const auto generator, fit(*entry, draw.others, seed));
      JudgementRow row{.generator = std::string(entry->name), .fit_seconds = seconds_since(began)};
      const auto fitted = std::chrono::steady_clock::now();
      const std::deque<History> drawn =
          draw_students(*generator, synthetic_for(draw.others.size()), seed + 1);
      row.draw_seconds = seconds_since(fitted);
      row.synthetic = drawn.size();
      row.two_sample = two_sample_test(counts, held_out, views_of(drawn), seed);
      row.privacy = audit_privacy(draw.others, held_out, views_of(drawn), seed);
      result.judgement.push_back(std::move(row));
    }
    return Done{};
  }

  /// In the order in which they were first met.
  std::vector<UtilityRow> rows() const {
    std::vector<UtilityRow> rows;
    for (const Cell& cell : cells_) {
      UtilityRow row = cell.row;
      const Cell* const real = find_real(cell.row);
      Spread* const values[] = {&row.auc, &row.log_loss, &row.ece};
      Spread* const gains[] = {&row.auc_gain, &row.log_loss_gain, &row.ece_gain};
      for (std::size_t m = 0; m < 3; ++m) {
        *values[m] = spread_of(column(cell, nullptr, m));
        if (real != nullptr && real != &cell) *gains[m] = spread_of(column(cell, real, m));
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  struct Cell {
    UtilityRow row;
    std::vector<UtilityScore> scores;  // [repeats]
  };

  static std::vector<double> column(const Cell& cell, const Cell* minus, std::size_t metric) {
    std::vector<double> values;
    for (std::size_t r = 0; r < cell.scores.size(); ++r) {
      const auto& value = cell.scores[r][metric];
      if (!value) continue;
      if (minus == nullptr) {
        values.push_back(*value);
      } else if (minus->scores[r][metric]) {
        values.push_back(*value - *minus->scores[r][metric]);
      }
    }
    return values;
  }

  const Cell* find_real(const UtilityRow& like) const {
    for (const Cell& cell : cells_) {
      if (cell.row.trained_on == TrainedOn::Real && cell.row.model == like.model &&
          cell.row.fraction == like.fraction)
        return &cell;
    }
    return nullptr;
  }

  std::size_t synthetic_for(std::size_t real) const {
    return plan_.synthetic != 0 ? plan_.synthetic : std::max(real, kFewestSynthetic);
  }

  Result<std::unique_ptr<const StudentGenerator>> fit(const GeneratorEntry& entry,
                                                      std::vector<Sequence> students,
                                                      std::uint64_t seed) const {
    return entry.fit(plan_.generator_options,
                     {.students = std::move(students), .sources = sources_, .seed = seed});
  }

  Result<Done> add_fraction(const SupportDraw& draw, double fraction, std::size_t count,
                            std::uint64_t seed) {
    const std::vector<Sequence> real(draw.others.begin(),
                                     draw.others.begin() + static_cast<std::ptrdiff_t>(count));
    UtilityRow row{.generator = "real", .fraction = fraction, .students = count};
    MENO_TRY_DONE(add_cells(row, together(real, {}), draw, seed));
    for (const GeneratorEntry* const entry : generators_) {
      row.generator = std::string(entry->name);
      MENO_TRY(const auto generator, fit(*entry, real, seed));
      const std::deque<History> drawn = draw_students(*generator, synthetic_for(count), seed + 1);
      row.synthetic = drawn.size();
      row.trained_on = TrainedOn::Synthetic;
      MENO_TRY_DONE(add_cells(row, together({}, views_of(drawn)), draw, seed));
      row.trained_on = TrainedOn::Both;
      MENO_TRY_DONE(add_cells(row, together(real, views_of(drawn)), draw, seed));
    }
    return Done{};
  }

  /// Every model trained on these students.
  Result<Done> add_cells(UtilityRow row, const std::vector<Sequence>& students,
                         const SupportDraw& draw, std::uint64_t seed) {
    for (const ModelEntry* const model : models_) {
      if (interrupted()) return unavailable("stopped by a signal, nothing is kept");
      row.model = std::string(model->name);
      MENO_TRY(const UtilityScore score,
               utility_of(*model, course_, students, draw.queries, seed, plan_.threads));
      cell_of(row).scores.push_back(score);
      progress_.advance();
    }
    return Done{};
  }

  Cell& cell_of(const UtilityRow& row) {
    for (Cell& cell : cells_) {
      if (cell.row.generator == row.generator && cell.row.model == row.model &&
          cell.row.trained_on == row.trained_on && cell.row.fraction == row.fraction)
        return cell;
    }
    return cells_.emplace_back(Cell{.row = row, .scores = {}});
  }

  const Course& course_;
  const std::vector<std::vector<Sequence>>& sources_;
  const GenerativePlan& plan_;
  std::vector<const GeneratorEntry*> generators_;
  std::vector<const ModelEntry*> models_;
  Progress progress_;
  std::vector<Cell> cells_;
};

}  // namespace

Result<GenerativeResult> judge_generators(const Course& course,
                                          const std::vector<Sequence>& students,
                                          const std::vector<std::vector<Sequence>>& sources,
                                          const GenerativePlan& plan) {
  MENO_TRY_DONE(check(plan));
  MENO_TRY(auto generators, generators_of(plan));
  std::vector<const ModelEntry*> models;
  for (const std::string& name : plan.models) {
    MENO_TRY(models.emplace_back(), find_model(name));
  }
  const auto present = static_cast<std::size_t>(std::count_if(
      students.begin(), students.end(), [](const Sequence& one) { return !one.empty(); }));
  if (present < kFewest) {
    return invalid_input(
        fmt::format("{} students with answers, expected {} or more", present, kFewest));
  }
  const std::size_t scored = std::min(plan.scored, present / kTestShare);
  GenerativeResult result{.scored_students = scored};
  Judge judge(course, sources, plan, std::move(generators), std::move(models));
  for (int repeat = 0; repeat < plan.repeats; ++repeat) {
    const auto index = static_cast<std::uint64_t>(repeat);
    SupportDraw draw = draw_support(students, scored, 0, Rng(mix64(plan.seed)).fork(index));
    if (plan.pool != 0 && plan.pool < draw.others.size()) draw.others.resize(plan.pool);
    result.training_students = draw.others.size();
    MENO_TRY_DONE(judge.add(draw, plan.seed + index));
    if (repeat > 0) continue;
    MENO_TRY_DONE(judge.judge(draw, plan.seed, result));
  }
  result.utility = judge.rows();
  return result;
}

}  // namespace meno
