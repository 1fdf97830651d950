#include "tutor/simulator/states/states_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/interrupt.h"
#include "tutor/simulator/fitting.h"

namespace meno {
namespace {

constexpr double kLongestGap = 50.0;
constexpr double kItemPool = 15.0;  // pseudo-answers that tie an item to all items' emission
constexpr double kSkillPool = 10.0;
constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

double odds(double numerator, double denominator, double otherwise) {
  return denominator > 1e-9 ? numerator / denominator : otherwise;
}

/// One answer on one skill, in one student's chain of that skill.
struct Link {
  std::size_t skill = 0;
  std::size_t item = 0;
  bool right = false;
  double gap = 0.0;       // answers since the last on the skill
  double ready = 1.0;     // filtered, of this pass
  double filtered = 0.0;  // P(known | answers up to and including this one)
  double before = 0.0;    // P(known | answers before this one)
  double after_learning = 0.0;
  double weight = 1.0;  // of an answer on k skills, 1 / k
  std::size_t next = kNowhere;
};

/// Sums that the maximisation divides.
struct Sums {
  std::vector<double> first, first_of, learn, learn_of;  // [S]
  std::vector<std::array<double, 2>> right, right_of;    // [I]
  std::array<double, kStudentKinds> share{}, kind_first{}, kind_first_of{}, kind_learn{},
      kind_learn_of{};
  double unready_first = 0.0, unready_first_of = 0.0;
  double unready_learn = 0.0, unready_learn_of = 0.0;
  double forgotten = 0.0, forgotten_of = 0.0;

  Sums(std::size_t skills, std::size_t items)
      : first(skills, 0.0),
        first_of(skills, 0.0),
        learn(skills, 0.0),
        learn_of(skills, 0.0),
        right(items, {0.0, 0.0}),
        right_of(items, {0.0, 0.0}) {}
};

class Fit {
 public:
  explicit Fit(const PracticeData& data) : data_(data) {
    const std::size_t skills = data.course.skills.size();
    model_.first.assign(skills, 0.4);
    model_.learn.assign(skills, 0.1);
    model_.right.assign(data.course.items.size(), {0.3, 0.88});
    head_.assign(skills, kNowhere);
    tail_.assign(skills, kNowhere);
  }

  Result<StatesModel> run(int epochs) {
    for (int epoch = 0; epoch < epochs; ++epoch) {
      if (interrupted()) return unavailable("interrupted while the learners were fitted");
      Sums sums(model_.first.size(), model_.right.size());
      for (const Sequence& student : data_.students) expect(student, sums);
      maximise(sums);
    }
    return model_;
  }

 private:
  void expect(const Sequence& student, Sums& sums) {
    std::array<std::vector<Link>, kStudentKinds> links;
    std::array<double, kStudentKinds> log_p{};
    for (std::size_t kind = 0; kind < kStudentKinds; ++kind)
      log_p[kind] = std::log(model_.share[kind]) + filter(student, kind, links[kind]);
    const double top = *std::max_element(log_p.begin(), log_p.end());
    double total = 0.0;
    for (double& p : log_p) total += p = std::exp(p - top);
    for (std::size_t kind = 0; kind < kStudentKinds; ++kind) {
      const double weight = log_p[kind] / total;
      sums.share[kind] += weight;
      if (weight > 1e-4) smooth(links[kind], kind, weight, sums);
    }
  }

  double readiness(std::size_t skill, std::size_t kind, const std::vector<Link>& links) const {
    double ready = 1.0;
    for (const SkillId need : data_.graph.prerequisites(SkillId(skill))) {
      const std::size_t at = tail_[need.value];
      ready *= at == kNowhere ? p_first(model_, need.value, 1.0, kind) : links[at].after_learning;
    }
    return ready;
  }

  /// Forward in time over all skills at once. Returns the log likelihood; leaves the chains' heads
  /// empty.
  double filter(const Sequence& student, std::size_t kind, std::vector<Link>& links) {
    double log_p = 0.0;
    std::vector<std::size_t> at(0);
    std::vector<std::size_t> last;
    for (std::size_t t = 0; t < student.size(); ++t) {
      const Event event = student[t];
      for (const SkillId skill : event.skills) {
        Link link{.skill = skill.value,
                  .item = event.item.value,
                  .right = event.correct >= 0.5F,
                  .weight = 1.0 / static_cast<double>(event.skills.size())};
        const std::size_t before = tail_[skill.value];
        if (before != kNowhere) link.gap = static_cast<double>(t - last[before]);
        log_p += link.weight * step(link, before, kind, links);
        if (before == kNowhere)
          head_[skill.value] = links.size();
        else
          links[before].next = links.size();
        tail_[skill.value] = links.size();
        links.push_back(link);
        last.push_back(t);
      }
    }
    for (const Link& link : links) head_[link.skill] = tail_[link.skill] = kNowhere;
    return log_p;
  }

  double step(Link& link, std::size_t before, std::size_t kind, const std::vector<Link>& links) {
    link.ready = readiness(link.skill, kind, links);
    link.before = before == kNowhere
                      ? p_first(model_, link.skill, link.ready, kind)
                      : links[before].after_learning * (1.0 - p_forget(model_, link.gap));
    const auto& right = model_.right[link.item];
    const double if_known = link.right ? right[1] : 1.0 - right[1];
    const double if_not = link.right ? right[0] : 1.0 - right[0];
    const double p = link.before * if_known + (1.0 - link.before) * if_not;
    link.filtered = link.before * if_known / p;
    link.after_learning =
        link.filtered + (1.0 - link.filtered) * p_learn(model_, link.skill, link.ready, kind);
    return std::log(p);
  }

  /// Backward along each chain: `later` is P(known before the next answer | all answers).
  void smooth(const std::vector<Link>& links, std::size_t kind, double weight, Sums& sums) {
    std::vector<double> known(links.size());  // P(known at the answer | all)
    std::vector<bool> begins(links.size(), true);
    for (const Link& link : links)
      if (link.next != kNowhere) begins[link.next] = false;
    for (std::size_t k = links.size(); k-- > 0;) {
      const Link& link = links[k];
      const double w = weight * link.weight;
      known[k] = link.filtered;
      if (link.next != kNowhere) {
        known[k] = transition(link, links[link.next], known[link.next], kind, w, sums);
      }
      sums.right[link.item][1] += w * known[k] * (link.right ? 1.0 : 0.0);
      sums.right_of[link.item][1] += w * known[k];
      sums.right[link.item][0] += w * (1.0 - known[k]) * (link.right ? 1.0 : 0.0);
      sums.right_of[link.item][0] += w * (1.0 - known[k]);
      if (begins[k]) begin(link, known[k], kind, w, sums);
    }
  }

  /// Adds what happened between two answers and returns P(known at the earlier | all answers).
  double transition(const Link& link, const Link& next, double known_next, std::size_t kind,
                    double w, Sums& sums) const {
    const double learn = p_learn(model_, link.skill, link.ready, kind);
    const double forget = p_forget(model_, next.gap);
    const double to_known = next.before;  // of the prediction
    const double up = odds(known_next, to_known, 1.0);
    const double down = odds(1.0 - known_next, 1.0 - to_known, 1.0);
    const double stay = link.filtered * (1.0 - forget) * up;
    const double lost = link.filtered * forget * down;
    const double learnt_kept = (1.0 - link.filtered) * learn * (1.0 - forget) * up;
    const double learnt_lost = (1.0 - link.filtered) * learn * forget * down;
    const double never = (1.0 - link.filtered) * (1.0 - learn) * down;
    const double all = stay + lost + learnt_kept + learnt_lost + never;
    const double learnt = (learnt_kept + learnt_lost) / all;
    const double not_known = learnt + never / all;
    const double unready = model_.learn_unready * (1.0 - link.ready);
    const double readied = link.ready + unready;
    const double base = model_.learn[link.skill] * model_.kind_learn[kind];
    sums.learn[link.skill] += w * learnt;
    sums.learn_of[link.skill] += w * not_known * readied * model_.kind_learn[kind];
    sums.kind_learn[kind] += w * learnt;
    sums.kind_learn_of[kind] += w * not_known * readied * model_.learn[link.skill];
    sums.unready_learn += w * learnt * odds(unready, readied, 0.0);
    sums.unready_learn_of += w * not_known * base * (1.0 - link.ready);
    sums.forgotten += w * (lost + learnt_lost) / all;
    sums.forgotten_of += w * (stay + lost + learnt_kept + learnt_lost) / all *
                         std::min(std::max(next.gap, 1.0), kLongestGap);
    return (stay + lost) / all;
  }

  void begin(const Link& link, double known, std::size_t kind, double w, Sums& sums) const {
    const double unready = model_.first_unready * (1.0 - link.ready);
    const double readied = link.ready + unready;
    sums.first[link.skill] += w * known;
    sums.first_of[link.skill] += w * readied * model_.kind_first[kind];
    sums.kind_first[kind] += w * known;
    sums.kind_first_of[kind] += w * readied * model_.first[link.skill];
    sums.unready_first += w * known * odds(unready, readied, 0.0);
    sums.unready_first_of +=
        w * model_.first[link.skill] * model_.kind_first[kind] * (1.0 - link.ready);
  }

  static void pool(std::vector<double>& rate, const std::vector<double>& sum,
                   const std::vector<double>& of, double most) {
    double all = 1e-6;
    double all_of = 1e-5;
    for (std::size_t s = 0; s < rate.size(); ++s) {
      all += sum[s];
      all_of += of[s];
    }
    for (std::size_t s = 0; s < rate.size(); ++s) {
      const double pooled = (sum[s] + kSkillPool * all / all_of) / (of[s] + kSkillPool);
      rate[s] = std::clamp(pooled, 0.002, most);
    }
  }

  void maximise(const Sums& sums) {
    pool(model_.first, sums.first, sums.first_of, 0.95);
    pool(model_.learn, sums.learn, sums.learn_of, 0.6);
    model_.first_unready =
        std::clamp(odds(sums.unready_first, sums.unready_first_of, 1.0), 0.02, 1.0);
    model_.learn_unready =
        std::clamp(odds(sums.unready_learn, sums.unready_learn_of, 1.0), 0.02, 1.0);
    model_.forget = std::clamp(odds(sums.forgotten, sums.forgotten_of, 0.0), 0.0, 0.1);
    double students = 0.0;
    for (const double share : sums.share) students += share;
    for (std::size_t kind = 0; kind < kStudentKinds; ++kind) {
      model_.share[kind] = std::max(sums.share[kind] / students, 1e-3);
      model_.kind_first[kind] = odds(sums.kind_first[kind], sums.kind_first_of[kind], 1.0);
      model_.kind_learn[kind] = odds(sums.kind_learn[kind], sums.kind_learn_of[kind], 1.0);
    }
    maximise_items(sums);
  }

  /// Guessing below slipping: an unknown skill never answers better than .6, a known one never
  /// worse than .65, or the two states could change places (van de Sande 2013).
  void maximise_items(const Sums& sums) {
    std::array<double, 2> mean{};
    for (const std::size_t z : {0U, 1U}) {
      double right = 0.0;
      double all = 1e-9;
      for (std::size_t i = 0; i < sums.right.size(); ++i) {
        right += sums.right[i][z];
        all += sums.right_of[i][z];
      }
      mean[z] = (right + (z == 1 ? 0.88 : 0.3)) / (all + 1.0);
    }
    for (std::size_t i = 0; i < sums.right.size(); ++i) {
      for (const std::size_t z : {0U, 1U}) {
        const double p =
            (sums.right[i][z] + kItemPool * mean[z]) / (sums.right_of[i][z] + kItemPool);
        model_.right[i][z] = z == 1 ? std::clamp(p, 0.65, 0.99) : std::clamp(p, 0.02, 0.6);
      }
    }
  }

  const PracticeData& data_;
  StatesModel model_;
  std::vector<std::size_t> head_;  // [S] first link of the student at hand
  std::vector<std::size_t> tail_;  // [S] his last so far
};

}  // namespace

double p_first(const StatesModel& model, std::size_t skill, double ready, std::size_t kind) {
  return std::min(0.97, model.first[skill] * (ready + model.first_unready * (1.0 - ready)) *
                            model.kind_first[kind]);
}

double p_learn(const StatesModel& model, std::size_t skill, double ready, std::size_t kind) {
  return std::min(0.9, model.learn[skill] * (ready + model.learn_unready * (1.0 - ready)) *
                           model.kind_learn[kind]);
}

double p_forget(const StatesModel& model, double gap) {
  return 1.0 - std::pow(1.0 - model.forget, std::min(gap, kLongestGap));
}

Result<StatesModel> fit_states_model(const PracticeData& data, const FamilyFit& options) {
  MENO_TRY_DONE(check_practice(data));
  return Fit(data).run(options.epochs);
}

}  // namespace meno
