#include "eval/new_student.h"

#include <algorithm>
#include <memory>

#include "core/parallel.h"
#include "meta/bayes/posterior.h"

namespace meno {
namespace {

/// p_correct of the answers ahead, from the first k alone: what a server with these parameters
/// would say.
std::vector<double> foreseen(const OnlineModel& online, const Sequence& history, std::size_t k) {
  const std::unique_ptr<Tracker> tracker = online.new_student();
  for (std::size_t t = 0; t < k; ++t) tracker->observe(history[t]);
  const std::size_t ahead = std::min(kAnswersAhead, history.size() - k);
  std::vector<Target> targets;
  for (std::size_t t = k; t < k + ahead; ++t) {
    const Event next = history[t];
    targets.push_back({next.item, next.skills, next.at});
  }
  std::vector<double> p_correct(ahead);
  tracker->p_correct(targets, p_correct);
  return p_correct;
}

/// Of a posterior, when the learner has a prior: enough that a mean over them is steady to about a
/// hundredth.
constexpr std::size_t kPosteriorDraws = 16;
constexpr std::uint64_t kDrawSeed = 1;

/// The same after an inner loop on those k answers; with a prior, the mean over draws of the
/// posterior.
std::vector<double> foreseen_adapted(const StudentModel& model, ParamView theta,
                                     const InnerLoop& inner, const Sequence& history,
                                     std::size_t k) {
  std::unique_ptr<const Encoded> window;
  std::vector<const Encoded*> support;
  if (k > 0) {
    window = model.encode({history.part(0, k), 0, kNoFold});
    support.push_back(window.get());
  }
  const Posterior own = posterior_of(model, theta, inner, support);
  if (!inner.prior) return foreseen(*model.online(own.mean), history, k);
  std::vector<double> mean(std::min(kAnswersAhead, history.size() - k), 0.0);
  for (const Params& drawn : draws_of(own, kPosteriorDraws, kDrawSeed)) {
    const std::vector<double> p_correct = foreseen(*model.online(drawn), history, k);
    for (std::size_t j = 0; j < mean.size(); ++j) mean[j] += p_correct[j] / kPosteriorDraws;
  }
  return mean;
}

using Foreseen =
    std::vector<std::vector<double>>;  // per student, empty when he has no more than k answers

Predictions gather(std::span<const ScoredWindow> students, const Foreseen& foreseen, std::size_t k,
                   std::size_t at_least) {
  Predictions all;
  for (std::size_t s = 0; s < students.size(); ++s) {
    const Sequence& history = students[s].window.events;
    if (foreseen[s].empty() || history.size() < at_least) continue;
    all.start(students[s].student);
    for (std::size_t j = 0; j < foreseen[s].size(); ++j) {
      const std::size_t t = k + j;
      const bool repeat = t > 0 && history[t].item == history[t - 1].item;
      all.add(foreseen[s][j], history[t].correct, static_cast<std::uint32_t>(t), repeat);
    }
  }
  return all;
}

}  // namespace

std::vector<AfterAnswers> after_few_answers(const StudentModel& model, ParamView theta,
                                            const std::optional<InnerLoop>& inner,
                                            std::span<const ScoredWindow> students,
                                            const Bootstrap& bootstrap) {
  const std::unique_ptr<const OnlineModel> online = model.online(theta);
  const bool adapts = inner && inner->steps > 0;
  std::vector<AfterAnswers> rows;
  for (const std::size_t k : kAnswersSeen) {
    Foreseen shared(students.size());
    Foreseen own(students.size());
    parallel_for(students.size(), thread_count(bootstrap.threads), [&](std::size_t s) {
      const Sequence& history = students[s].window.events;
      if (history.size() <= k) return;
      shared[s] = foreseen(*online, history, k);
      if (adapts) own[s] = foreseen_adapted(model, theta, *inner, history, k);
    });
    const Predictions all = gather(students, shared, k, 0);
    const Predictions same = gather(students, shared, k, kAnswersSeen.back() + kAnswersAhead);
    AfterAnswers row{.k = k, .students = all.students(), .scored = all.size()};
    row.measured = measure(all, bootstrap);
    if (adapts) row.adapted = measure(gather(students, own, k, 0), bootstrap);
    row.same_students = measure(same, bootstrap);
    row.same_students_count = same.students();
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace meno
