#include "tutor/path/contest.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/parallel.h"
#include "core/progress.h"
#include "tutor/path/learned_policy.h"
#include "tutor/path/session.h"

namespace meno {
namespace {

using WallClock = std::chrono::steady_clock;

/// Sessions of one policy in one family, student by student in the order of the errands.
struct Cell {
  std::vector<std::vector<Session>> by_steps;  // [steps]
  std::vector<Session> race;
};

/// The three parts of one repeat.
struct Parts {
  std::vector<Sequence> families, world, held_out;
};

Parts part(std::vector<Sequence> students, const ContestPlan& plan, Rng& rng) {
  rng.shuffle(std::span(students));
  Parts parts;
  const std::size_t tenth = std::max<std::size_t>(students.size() / 10, 1);
  const std::size_t held_out = std::min(plan.held_out, 2 * tenth);
  const std::size_t rest = (students.size() - held_out) / 2;
  const auto take = [&](std::size_t from, std::size_t count) {
    return std::vector<Sequence>(students.begin() + static_cast<std::ptrdiff_t>(from),
                                 students.begin() + static_cast<std::ptrdiff_t>(from + count));
  };
  parts.held_out = take(0, held_out);
  parts.families = take(held_out, std::min(rest, plan.fitted));
  parts.world = take(held_out + rest, std::min(rest, plan.fitted));
  return parts;
}

std::vector<double> answers_of_skill(const Course& course, const Parts& parts) {
  std::vector<double> in_families(course.skills.size(), 0.0);
  std::vector<double> in_world(course.skills.size(), 0.0);
  const auto count = [](const std::vector<Sequence>& students, std::vector<double>& answers) {
    for (const Sequence& student : students)
      for (std::size_t t = 0; t < student.size(); ++t)
        for (const SkillId skill : student[t].skills) answers[skill.value] += 1.0;
  };
  count(parts.families, in_families);
  count(parts.world, in_world);
  for (std::size_t s = 0; s < in_world.size(); ++s)
    in_world[s] = std::min(in_world[s], in_families[s]);
  return in_world;
}

Estimate estimate_of(double value, std::vector<double>& draws) {
  if (draws.empty()) return {.value = value, .low = value, .high = value};
  std::sort(draws.begin(), draws.end());
  const auto at = [&draws](double q) {
    return draws[static_cast<std::size_t>(q * static_cast<double>(draws.size() - 1) + 0.5)];
  };
  return {.value = value, .low = at(0.025), .high = at(0.975)};
}

/// E_p of the sessions picked: a ratio of sums.
double e_p(const std::vector<Session>& sessions, std::span<const std::size_t> picked) {
  double gained = 0.0;
  double missing = 1e-12;
  for (const std::size_t k : picked) {
    gained += sessions[k].end - sessions[k].start;
    missing += 1.0 - sessions[k].start;
  }
  return gained / missing;
}

class Contest {
 public:
  Contest(const Course& course, const SkillGraph& graph, const ContestPlan& plan)
      : course_(course), graph_(graph), plan_(plan), items_(course) {}

  Result<Done> choose() {
    std::vector<std::string> families = plan_.families;
    if (families.empty()) families = {"additive", "states", "memory", "gru"};
    for (const std::string& name : families) {
      MENO_TRY(const FamilyEntry* const entry, find_family(name));
      families_.push_back(entry);
    }
    if (plan_.policies.empty())
      for (const PolicyEntry& entry : policy_registry()) policies_.push_back(&entry);
    for (const std::string& name : plan_.policies) {
      MENO_TRY(const PolicyEntry* const entry, find_policy(name));
      policies_.push_back(entry);
    }
    cells_.resize(families_.size() * policies_.size());
    for (Cell& cell : cells_) cell.by_steps.resize(plan_.steps.size());
    return Done{};
  }

  Result<ContestReport> run(const std::vector<Sequence>& students) {
    Progress progress("paths",
                      static_cast<std::uint64_t>(plan_.repeats) * families_.size() * plan_.students,
                      "students");
    for (int repeat = 0; repeat < plan_.repeats; ++repeat) {
      MENO_TRY_DONE(one_repeat(students, repeat, progress));
    }
    summarise();
    return std::move(report_);
  }

 private:
  Result<Done> one_repeat(const std::vector<Sequence>& students, int repeat, Progress& progress) {
    Rng rng = Rng(plan_.seed ^ 0x70617468).fork(static_cast<std::uint64_t>(repeat));
    const Parts parts = part(students, plan_, rng);
    SkillGraph graph = graph_;
    if (graph.edges() == 0) {
      const std::vector<SuggestedEdge> edges = suggest_edges(course_, parts.world, graph_);
      report_.suggested_edges = edges.size();
      graph = with_edges(course_, graph_, edges);
    }
    const FamilyFit fit{.seed = rng.next(), .epochs = plan_.epochs, .threads = plan_.threads};
    MENO_TRY(
        const PathWorld world,
        make_path_world({.course = course_, .graph = graph, .students = parts.world}, items_, fit));
    report_.timed = world.engagement.timed;
    const std::vector<double> answers = answers_of_skill(course_, parts);
    std::vector<Errand> errands;
    for (std::size_t k = 0; k < plan_.students; ++k)
      errands.push_back(draw_errand(world, parts.held_out, answers, plan_.errands, rng));
    if (errands.empty() || errands.front().goals.empty())
      return invalid_input(fmt::format(
          "no skill has {:.0f} answers in both parts of the students, expected one to be a goal",
          plan_.errands.least_answers));
    const PracticeData data{.course = course_, .graph = graph, .students = parts.families};
    for (std::size_t f = 0; f < families_.size(); ++f) {
      const auto began = WallClock::now();
      MENO_TRY(const std::unique_ptr<const LearnerFamily> family, families_[f]->fit(data, fit));
      FamilyReport about{.family = std::string(families_[f]->name),
                         .built_on = families_[f]->name == kPlannerFamily,
                         .repeat = repeat,
                         .realism = {}};
      about.seconds = std::chrono::duration<double>(WallClock::now() - began).count();
      about.realism = realism_of(*family, parts.held_out,
                                 {.particles = families_[f]->particles, .seed = fit.seed});
      report_.families.push_back(std::move(about));
      PathWorld taught = world;
      if (index_of("reinforce") < policies_.size()) {
        const PracticeData known{.course = course_, .graph = graph, .students = parts.world};
        MENO_TRY(taught.reinforced,
                 reinforced_elsewhere(world, known, families_[f]->name,
                                      {.answers = answers, .errands = plan_.errands, .fit = fit}));
      }
      MENO_TRY_DONE(judge(taught, *family, errands, f, progress));
    }
    return Done{};
  }

  Result<Done> judge(const PathWorld& world, const LearnerFamily& family,
                     const std::vector<Errand>& errands, std::size_t f, Progress& progress) {
    const std::size_t runs = plan_.steps.size() + 1;
    std::vector<std::vector<Session>> made(errands.size());
    constexpr std::size_t kChunk = 16;
    for (std::size_t from = 0; from < errands.size(); from += kChunk) {
      if (interrupted()) return unavailable("interrupted while policies were compared");
      const std::size_t count = std::min(kChunk, errands.size() - from);
      parallel_for(count, thread_count(plan_.threads), [&](std::size_t k) {
        PracticeEnvironment environment(family, items_, world.engagement);
        for (const PolicyEntry* policy : policies_) {
          for (std::size_t r = 0; r < runs; ++r)
            made[from + k].push_back(
                run_session(world, *policy, errands[from + k], environment, rules(r)));
        }
      });
      progress.advance(count);
    }
    for (std::vector<Session>& sessions : made) {
      for (std::size_t p = 0; p < policies_.size(); ++p) {
        Cell& cell = cells_[f * policies_.size() + p];
        for (std::size_t r = 0; r + 1 < runs; ++r)
          cell.by_steps[r].push_back(std::move(sessions[p * runs + r]));
        cell.race.push_back(std::move(sessions[p * runs + runs - 1]));
      }
    }
    return Done{};
  }

  SessionRules rules(std::size_t run) const {
    const bool race = run == plan_.steps.size();
    return {.steps = race ? plan_.longest : plan_.steps[run],
            .mastery_at = plan_.mastery_at,
            .race = race};
  }

  std::size_t index_of(std::string_view policy) const {
    std::size_t at = 0;
    while (at < policies_.size() && policies_[at]->name != policy) ++at;
    return at;
  }
  const Cell& cell(std::size_t f, std::size_t p) const { return cells_[f * policies_.size() + p]; }

  void summarise() {
    for (std::size_t f = 0; f < families_.size(); ++f) {
      draw_resamples(cell(f, 0).race.size());
      for (std::size_t r = 0; r < plan_.steps.size(); ++r)
        for (std::size_t p = 0; p < policies_.size(); ++p)
          report_.rows.push_back(contest_row(f, r, p));
      for (std::size_t p = 0; p < policies_.size(); ++p) report_.races.push_back(race_row(f, p));
    }
  }

  void draw_resamples(std::size_t students) {
    Rng rng(plan_.seed ^ 0x626f6f74);
    resamples_.assign(static_cast<std::size_t>(plan_.resamples), {});
    for (auto& picked : resamples_)
      for (std::size_t k = 0; k < students; ++k) picked.push_back(rng.below(students));
    everyone_.resize(students);
    std::iota(everyone_.begin(), everyone_.end(), std::size_t{0});
  }

  ContestRow contest_row(std::size_t f, std::size_t r, std::size_t p) const {
    const std::vector<Session>& sessions = cell(f, p).by_steps[r];
    ContestRow row{.policy = std::string(policies_[p]->name),
                   .family = std::string(families_[f]->name),
                   .built_on = families_[f]->name == kPlannerFamily,
                   .steps = plan_.steps[r],
                   .e_p = {},
                   .plan_gain = {}};
    const std::size_t plan = index_of("plan");
    std::vector<double> draws;
    std::vector<double> gains;
    for (const auto& picked : resamples_) {
      draws.push_back(e_p(sessions, picked));
      if (plan < policies_.size())
        gains.push_back(e_p(cell(f, plan).by_steps[r], picked) - draws.back());
    }
    row.e_p = estimate_of(e_p(sessions, everyone_), draws);
    if (plan < policies_.size())
      row.plan_gain = estimate_of(e_p(cell(f, plan).by_steps[r], everyone_) - row.e_p.value, gains);
    add_means(sessions, row);
    add_fairness(sessions, row);
    return row;
  }

  static void add_means(const std::vector<Session>& sessions, ContestRow& row) {
    double answers = 1e-12;
    double changes = 1e-12;
    const auto count = static_cast<double>(sessions.size());
    for (const Session& session : sessions) {
      row.start += session.start / count;
      row.end += session.end / count;
      row.wasted += session.wasted;
      row.premature += session.left_early;
      row.seconds_per_plan += session.deciding_s;
      answers += session.answers;
      changes += session.changes;
    }
    row.wasted /= answers;
    row.premature /= changes;
    row.seconds_per_plan /= answers;
  }

  void add_fairness(const std::vector<Session>& sessions, ContestRow& row) const {
    std::vector<std::size_t> order = everyone_;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return sessions[a].start < sessions[b].start;
    });
    const std::span<const std::size_t> all(order);
    row.e_p_weak = e_p(sessions, all.first(order.size() / 2));
    row.e_p_strong = e_p(sessions, all.subspan(order.size() / 2));
  }

  /// The share of goals that were mastered at `minutes`.
  static double mastered_at(const Session& session, double minutes) {
    double share = 0.0;
    for (const auto& [at, mastered] : session.mastered)
      if (at <= minutes) share = mastered;
    return share;
  }

  /// Mean of `of` over the students picked.
  template <class Of>
  static double mean_over(std::span<const std::size_t> picked, const Of& of) {
    double sum = 0.0;
    for (const std::size_t k : picked) sum += of(k);
    return sum / static_cast<double>(std::max<std::size_t>(picked.size(), 1));
  }

  RaceRow race_row(std::size_t f, std::size_t p) const {
    RaceRow row{.policy = std::string(policies_[p]->name),
                .family = std::string(families_[f]->name),
                .built_on = families_[f]->name == kPlannerFamily,
                .minutes = {},
                .mastered = {},
                .time_saved = {},
                .mastered_gain = {}};
    const std::size_t fixed = std::min(index_of("fixed"), policies_.size());
    const std::vector<Session>& mine = cell(f, p).race;
    const std::vector<Session>& base = cell(f, fixed < policies_.size() ? fixed : p).race;
    const double half = 0.5 * mean_over(everyone_, [&](std::size_t k) { return base[k].minutes; });
    const auto minutes = [&](std::size_t k) { return mine[k].minutes; };
    const auto mastered = [&](std::size_t k) { return mastered_at(mine[k], half); };
    std::vector<double> minute_draws;
    std::vector<double> mastered_draws;
    for (const auto& picked : resamples_) {
      minute_draws.push_back(mean_over(picked, minutes));
      mastered_draws.push_back(mean_over(picked, mastered));
    }
    row.minutes = estimate_of(mean_over(everyone_, minutes), minute_draws);
    row.mastered = estimate_of(mean_over(everyone_, mastered), mastered_draws);
    row.finished =
        mean_over(everyone_, [&](std::size_t k) { return mine[k].finished ? 1.0 : 0.0; });
    if (fixed < policies_.size()) against_fixed(mine, base, half, row);
    return row;
  }

  /// Time is compared over the students whom either of the two brought to mastery: who reaches it
  /// under neither says nothing of the time it takes.
  void against_fixed(const std::vector<Session>& mine, const std::vector<Session>& base,
                     double half, RaceRow& row) const {
    const auto saved = [&](std::span<const std::size_t> picked) {
      double took = 0.0;
      double takes = 0.0;
      for (const std::size_t k : picked) {
        if (!mine[k].finished && !base[k].finished) continue;
        took += base[k].minutes;
        takes += mine[k].minutes;
      }
      return took > 0.0 ? 1.0 - takes / took : 0.0;
    };
    const auto more = [&](std::span<const std::size_t> picked) {
      const double of_mine =
          mean_over(picked, [&](std::size_t k) { return mastered_at(mine[k], half); });
      const double of_base =
          mean_over(picked, [&](std::size_t k) { return mastered_at(base[k], half); });
      return of_base > 0.0 ? of_mine / of_base - 1.0 : 0.0;
    };
    std::vector<double> saved_draws;
    std::vector<double> more_draws;
    for (const auto& picked : resamples_) {
      saved_draws.push_back(saved(picked));
      more_draws.push_back(more(picked));
    }
    row.time_saved = estimate_of(saved(everyone_), saved_draws);
    row.mastered_gain = estimate_of(more(everyone_), more_draws);
  }

  const Course& course_;
  const SkillGraph& graph_;
  const ContestPlan& plan_;
  const SkillItems items_;
  std::vector<const FamilyEntry*> families_;
  std::vector<const PolicyEntry*> policies_;
  std::vector<Cell> cells_;  // [families][policies]
  std::vector<std::vector<std::size_t>> resamples_;
  std::vector<std::size_t> everyone_;
  ContestReport report_;
};

}  // namespace

Result<ContestReport> run_contest(const Course& course, const SkillGraph& graph,
                                  std::vector<Sequence> students, const ContestPlan& plan) {
  if (plan.steps.empty() || plan.repeats < 1 || plan.students < 2)
    return invalid_input(
        fmt::format("{} step counts, {} repeats, {} students, expected at least one, one and two",
                    plan.steps.size(), plan.repeats, plan.students));
  if (std::find(plan.steps.begin(), plan.steps.end(), 0U) != plan.steps.end())
    return invalid_input("0 steps, expected at least 1");
  std::erase_if(students, [](const Sequence& student) { return student.empty(); });
  if (students.size() < 30)
    return invalid_input(fmt::format(
        "{} students with answers, expected at least 30 to fit learners on", students.size()));
  Contest contest(course, graph, plan);
  MENO_TRY_DONE(contest.choose());
  return contest.run(students);
}

}  // namespace meno
