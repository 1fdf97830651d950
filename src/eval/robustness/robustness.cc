#include "eval/robustness/robustness.h"

#include "core/parallel.h"

namespace meno {
namespace {

/// What a server would say of each scored answer, having observed the damaged ones before it.
std::vector<double> foreseen(const OnlineModel& online, const Window& window,
                             const Corruption& corruption, Rng rng) {
  const std::unique_ptr<Tracker> tracker = online.new_student();
  std::vector<double> p_correct;
  std::vector<Event> observed;
  for (std::size_t t = 0; t < window.events.size(); ++t) {
    const Event event = window.events[t];
    if (t >= window.from) {
      const Target target{event.item, event.skills, event.at};
      p_correct.emplace_back();
      tracker->p_correct({&target, 1}, {&p_correct.back(), 1});
    }
    observed.clear();
    corruption.observe(window.events, t, rng, observed);
    for (const Event& seen : observed) tracker->observe(seen);
  }
  return p_correct;
}

Predictions predictions_under(const Corruption& corruption, const OnlineModel& online,
                              std::span<const ScoredWindow> students, const Bootstrap& bootstrap) {
  std::vector<std::vector<double>> p_correct(students.size());
  const Rng damage(mix64(bootstrap.seed ^ 0xda3a9eULL));
  parallel_for(students.size(), thread_count(bootstrap.threads), [&](std::size_t s) {
    p_correct[s] = foreseen(online, students[s].window, corruption, damage.fork(s));
  });
  Predictions all;
  for (std::size_t s = 0; s < students.size(); ++s) {
    const Window& window = students[s].window;
    all.start(students[s].student);
    for (std::size_t t = window.from; t < window.events.size(); ++t) {
      const bool repeat = t > 0 && window.events[t].item == window.events[t - 1].item;
      all.add(p_correct[s][t - window.from], window.events[t].correct,
              static_cast<std::uint32_t>(t), repeat);
    }
  }
  return all;
}

}  // namespace

std::vector<UnderCorruption> under_corruption(const StudentModel& model, ParamView theta,
                                              std::span<const ScoredWindow> students,
                                              const Bootstrap& bootstrap) {
  const std::unique_ptr<const OnlineModel> online = model.online(theta);
  std::vector<UnderCorruption> rows;
  for (const Corruption& corruption : corruption_registry()) {
    const Predictions all = predictions_under(corruption, *online, students, bootstrap);
    rows.push_back({&corruption, all.size(), measure(all, bootstrap)});
  }
  return rows;
}

}  // namespace meno
