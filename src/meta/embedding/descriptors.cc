#include "meta/embedding/descriptors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/moments.h"

namespace meno {
namespace {

/// A count out of others, as a logit that needs no care at 0 and 1.
struct Rate {
  double yes = 0.0;
  double all = 0.0;

  void add(bool is) {
    yes += is ? 1.0 : 0.0;
    all += 1.0;
  }
  double logit() const { return std::log((yes + 1.0) / (all - yes + 1.0)); }
};

constexpr double kZeros = 10.0;  // that pull a mean of thin counts to 0

bool right(const Event& event) { return event.correct > 0.5F; }

bool share_a_skill(const Event& a, const Event& b) {
  return std::any_of(a.skills.begin(), a.skills.end(), [&](const SkillId skill) {
    return std::find(b.skills.begin(), b.skills.end(), skill) != b.skills.end();
  });
}

/// How one student went through the course.
struct Walk {
  std::set<std::size_t> items;
  std::set<std::size_t> skills;
  Rate success, retry_wrong, retry_right, stay, fresh;

  explicit Walk(const Sequence& student) {
    for (std::size_t t = 0; t < student.size(); ++t) {
      const Event event = student[t];
      success.add(right(event));
      fresh.add(items.insert(event.item.value).second);
      for (const SkillId skill : event.skills) skills.insert(skill.value);
      if (t > 0) follow(student[t - 1], event);
    }
  }

 private:
  void follow(const Event& before, const Event& event) {
    const bool again = event.item == before.item;
    (right(before) ? retry_right : retry_wrong).add(again);
    if (!again) stay.add(share_a_skill(before, event));
  }
};

void pool(Rate& into, const Rate& from) {
  into.yes += from.yes;
  into.all += from.all;
}

/// Items of both over items of either.
double overlap(const std::set<std::size_t>& a, const std::set<std::size_t>& b) {
  const auto both = static_cast<double>(
      std::count_if(a.begin(), a.end(), [&](const std::size_t item) { return b.contains(item); }));
  return both / (static_cast<double>(a.size() + b.size()) - both);
}

double deviation(const std::vector<double>& values) {
  if (values.size() < 2) return 0.0;
  double mean = 0.0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

/// Residuals of one student, told to the means of the situations they arose in.
class Residuals {
 public:
  void add(const Sequence& student, std::span<const double> p_correct) {
    std::set<std::size_t> met;
    double before = 0.0;
    double sum = 0.0;
    for (std::size_t t = 0; t < student.size(); ++t) {
      const Event event = student[t];
      const double p = p_correct[t];
      const double r = (static_cast<double>(event.correct) - p) / std::sqrt(p * (1.0 - p));
      all_.add(r);
      square_.add(r * r - 1.0);
      surprise_.add(surprise(event.correct, p));
      (met.insert(event.item.value).second ? first_ : again_).add(r);
      if (t < 10) early_.add(r);
      if (t > 0) {
        (right(student[t - 1]) ? after_right_ : after_wrong_).add(r);
        lag_.add(r * before);
      }
      before = r;
      sum += r;
    }
    students_.push_back(sum / std::sqrt(static_cast<double>(student.size())));
  }

  Embedding values() const {
    return {all_.shrunk(kZeros),   first_.shrunk(kZeros),       again_.shrunk(kZeros),
            early_.shrunk(kZeros), after_right_.shrunk(kZeros), after_wrong_.shrunk(kZeros),
            lag_.shrunk(kZeros),   square_.shrunk(kZeros),      surprise_.shrunk(kZeros),
            deviation(students_)};
  }

 private:
  /// Nats beyond those that p itself expects.
  static double surprise(double correct, double p) {
    return (p - correct) * (std::log(p) - std::log(1.0 - p));
  }

  Moments all_, first_, again_, early_, after_right_, after_wrong_, lag_, square_, surprise_;
  std::vector<double> students_;
};

}  // namespace

Embedding descriptors_of(std::span<const Window> windows) {
  Rate success, retry_wrong, retry_right, stay, fresh;
  Moments answers, skill_use, alike;
  std::vector<double> level;
  std::set<std::size_t> last;
  for (const Window& window : windows) {
    const Walk walk(window.events);
    pool(success, walk.success);
    pool(retry_wrong, walk.retry_wrong);
    pool(retry_right, walk.retry_right);
    pool(stay, walk.stay);
    pool(fresh, walk.fresh);
    const auto size = static_cast<double>(window.events.size());
    answers.add(std::log(size));
    skill_use.add(
        std::log(size / static_cast<double>(std::max<std::size_t>(1, walk.skills.size()))));
    level.push_back(walk.success.logit());
    if (!last.empty()) alike.add(overlap(last, walk.items));
    last = walk.items;
  }
  return {answers.mean_or(0.0),   success.logit(),    retry_wrong.logit(),
          retry_right.logit(),    stay.logit(),       fresh.logit(),
          skill_use.mean_or(0.0), alike.mean_or(0.0), deviation(level)};
}

Embedding residuals_of(std::span<const Window> windows, std::span<const double> p_correct) {
  Residuals residuals;
  std::size_t begin = 0;
  for (const Window& window : windows) {
    residuals.add(window.events, p_correct.subspan(begin, window.events.size()));
    begin += window.events.size();
  }
  return residuals.values();
}

}  // namespace meno
