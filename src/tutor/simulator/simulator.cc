#include "tutor/simulator/simulator.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/link.h"

namespace meno {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

/// What sets the learner types apart. Chosen so that a class shows every row of a teacher's page.
struct Traits {
  LearnerKind kind;
  std::string_view name;
  double share;      // of the population
  double ability;    // mean, logits
  double learn;      // gain of one answer far below mastery, logits
  double retention;  // days until fresh knowledge has halved
  double slip;
  double pace;        // multiplies response times
  double rapid;       // probability that an answer is a rapid guess
  double attendance;  // multiplies sessions
};
constexpr std::array kTraits{
    Traits{LearnerKind::Steady, "steady", 0.44, 0.0, 0.16, 9.0, 0.05, 1.0, 0.01, 1.0},
    Traits{LearnerKind::Quick, "quick", 0.14, 0.9, 0.26, 14.0, 0.04, 0.7, 0.01, 1.0},
    Traits{LearnerKind::Struggling, "struggling", 0.14, -1.1, 0.09, 7.0, 0.06, 1.4, 0.03, 0.9},
    Traits{LearnerKind::Forgetful, "forgetful", 0.08, 0.0, 0.22, 2.0, 0.05, 1.0, 0.01, 0.9},
    Traits{LearnerKind::Careless, "careless", 0.06, 0.4, 0.16, 9.0, 0.17, 0.6, 0.03, 1.0},
    Traits{LearnerKind::RapidGuesser, "rapid guesser", 0.07, -0.4, 0.06, 7.0, 0.05, 0.8, 0.6, 0.9},
    Traits{LearnerKind::Idle, "idle", 0.07, -0.2, 0.14, 7.0, 0.05, 1.3, 0.02, 0.35},
};

const Traits& traits_of(LearnerKind kind) { return kTraits[static_cast<std::size_t>(kind)]; }

/// The state of one student while he practises.
class PractisingStudent {
 public:
  PractisingStudent(const PracticeCourse& course, const PracticePlan& plan, LearnerKind kind,
                    Rng& rng)
      : course_(course), plan_(plan), traits_(traits_of(kind)), rng_(rng) {
    draw_prior();
    fresh_.assign(course.skills.size(), 0.0);
    lasting_.assign(course.skills.size(), 0.0);
    for (std::size_t m = 0; m < course.misconceptions; ++m) {
      preference_.push_back(std::exp(1.2 * rng_.normal()));
    }
    for (std::size_t i = 0; i < course.items.size(); ++i) {
      items_of_.resize(course.skills.size());
      items_of_[course.items[i].skill].push_back(i);
    }
  }

  SimulatedStudent run(LearnerKind kind) {
    SimulatedStudent student{.kind = kind, .prior = prior_, .final = {}, .answers = {}};
    const double chance = plan_.sessions_per_week * traits_.attendance / 7.0;
    for (int day = 0; day < plan_.days; ++day) {
      forget_one_day();
      // An idle student stops coming: the last two weeks are empty.
      if (kind == LearnerKind::Idle && day > plan_.days - 14) continue;
      if (rng_.chance(chance)) practise(day, student.answers);
    }
    for (std::size_t s = 0; s < prior_.size(); ++s) student.final.push_back(know(s));
    return student;
  }

 private:
  double know(std::size_t skill) const { return prior_[skill] + lasting_[skill] + fresh_[skill]; }

  void draw_prior() {
    const double general = traits_.ability + 0.7 * rng_.normal();
    std::vector<double> strand;
    for (std::size_t k = 0; k < course_.strands; ++k) {
      strand.push_back(general + 0.5 * rng_.normal());
    }
    for (const PracticeSkill& skill : course_.skills) {
      double level =
          strand[skill.strand] + 0.55 * (plan_.grade - skill.grade) + 0.4 * rng_.normal();
      for (const std::size_t need : skill.needs) level = std::min(level, prior_[need] + 0.8);
      prior_.push_back(std::clamp(level, -3.0, 3.5));
    }
  }

  void forget_one_day() {
    const double kept = std::exp2(-1.0 / traits_.retention);
    for (std::size_t s = 0; s < fresh_.size(); ++s) {
      const double faded = fresh_[s] * (1.0 - kept);
      fresh_[s] -= faded;
      lasting_[s] += 0.5 * faded;
    }
  }

  /// The class works on one topic a week; it is near the class's school year.
  std::size_t topic(int day) const {
    Rng shared(plan_.class_seed * 1000003 + static_cast<std::uint64_t>(day / 7));
    std::vector<std::size_t> near;
    for (std::size_t s = 0; s < course_.skills.size(); ++s) {
      const int distance = course_.skills[s].grade - plan_.grade;
      if (distance >= -2 && distance <= 1) near.push_back(s);
    }
    if (near.empty()) return shared.below(course_.skills.size());
    return near[shared.below(near.size())];
  }

  /// Something the student is ready for, neither too easy nor out of reach; else anything.
  std::size_t own_choice() {
    for (int tries = 0; tries < 20; ++tries) {
      const std::size_t skill = rng_.below(course_.skills.size());
      const double p_solve = sigmoid(know(skill));
      if (p_solve > 0.3 && p_solve < 0.92) return skill;
    }
    return rng_.below(course_.skills.size());
  }

  void practise(int day, std::vector<SimulatedAnswer>& answers) {
    const auto count =
        static_cast<int>(std::lround(plan_.answers_per_session * (0.5 + rng_.uniform())));
    // Afternoons and evenings, 07:00 to 13:00 UTC.
    TimePoint now = plan_.begin + days(day) + hours(7) + minutes(rng_.below(360));
    std::size_t skill = topic(day);
    for (int k = 0; k < std::max(count, 1); ++k) {
      if (k % 3 == 0) skill = rng_.chance(plan_.topic_share) ? topic(day) : own_choice();
      const std::vector<std::size_t>& open = items_of_[skill];
      SimulatedAnswer answer = respond(open[rng_.below(open.size())]);
      now += milliseconds(answer.response_ms);
      answer.at = now;
      now +=
          milliseconds(3000 + static_cast<std::int64_t>(rng_.below(15000)));  // reads the feedback
      answers.push_back(answer);
    }
  }

  SimulatedAnswer respond(std::size_t index) {
    const PracticeItem& item = course_.items[index];
    SimulatedAnswer answer{
        .item = index, .variant = static_cast<std::uint32_t>(rng_.below(1000)), .wrong_option = {}};
    const double guess = item.choices > 0 ? 1.0 / item.choices : 0.02;
    const bool rapid = rng_.chance(traits_.rapid);
    if (!rapid && rng_.chance(0.08))
      answer.hints_used = 1 + static_cast<std::int32_t>(rng_.below(2));
    const double help = 0.3 * answer.hints_used;
    const double p_solve = sigmoid(know(item.skill) + help - item.difficulty);
    const double p_correct = rapid ? guess : guess + (1.0 - guess - traits_.slip) * p_solve;
    answer.correct = rng_.chance(p_correct);
    if (!answer.correct) answer.wrong_option = wrong_option(item, rapid);
    answer.response_ms = response_ms(item, rapid, answer.hints_used);
    learn(item, rapid);
    return answer;
  }

  /// A chosen option always has a name; of typed numbers two thirds have a known reason. Guessers
  /// have no preference.
  std::optional<std::size_t> wrong_option(const PracticeItem& item, bool rapid) {
    if (item.misconceptions.empty()) return std::nullopt;
    if (item.choices == 0 && (rapid || rng_.chance(1.0 / 3.0))) return std::nullopt;
    if (rapid) return rng_.below(item.misconceptions.size());
    double total = 0.0;
    for (const std::size_t m : item.misconceptions) total += preference_[m];
    double left = rng_.uniform() * total;
    for (std::size_t k = 0; k + 1 < item.misconceptions.size(); ++k) {
      left -= preference_[item.misconceptions[k]];
      if (left < 0.0) return k;
    }
    return item.misconceptions.size() - 1;
  }

  std::int32_t response_ms(const PracticeItem& item, bool rapid, std::int32_t hints) {
    if (rapid) return 900 + static_cast<std::int32_t>(rng_.below(2000));
    const double typed = item.choices > 0 ? 0.0 : 0.4;
    const double log_s = 2.6 + typed + 0.35 * item.difficulty - 0.12 * know(item.skill) +
                         0.4 * hints + 0.45 * rng_.normal();
    const double seconds = std::clamp(std::exp(log_s) * traits_.pace, 3.0, 300.0);
    return static_cast<std::int32_t>(seconds * 1000.0);
  }

  /// Practice teaches less the nearer mastery is, and hardly anything where a prerequisite is
  /// missing.
  void learn(const PracticeItem& item, bool rapid) {
    double ready = 1.0;
    for (const std::size_t need : course_.skills[item.skill].needs) {
      ready = std::min(ready, sigmoid(2.0 * know(need) + 1.0));
      fresh_[need] += 0.03 * sigmoid(2.0 - know(need));
    }
    const double gain = traits_.learn * ready * sigmoid(2.5 - know(item.skill)) * 2.0;
    fresh_[item.skill] += rapid ? 0.1 * gain : gain;
  }

  const PracticeCourse& course_;
  const PracticePlan& plan_;
  const Traits& traits_;
  Rng& rng_;
  std::vector<double> prior_;
  std::vector<double> fresh_;
  std::vector<double> lasting_;
  std::vector<double> preference_;                  // [misconceptions]
  std::vector<std::vector<std::size_t>> items_of_;  // [skills]
};

}  // namespace

std::string_view name_of(LearnerKind kind) { return traits_of(kind).name; }

LearnerKind draw_learner_kind(Rng& rng) {
  double left = rng.uniform();
  for (const Traits& traits : kTraits) {
    left -= traits.share;
    if (left < 0.0) return traits.kind;
  }
  return LearnerKind::Steady;
}

SimulatedStudent simulate_student(const PracticeCourse& course, const PracticePlan& plan,
                                  LearnerKind kind, Rng& rng) {
  return PractisingStudent(course, plan, kind, rng).run(kind);
}

}  // namespace meno
