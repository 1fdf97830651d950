// What propagation along prerequisites (tutor/mastery/propagation.h) is worth on real records: the
// first answers of validation students on a skill, foreseen by a trained run as it is, and moved by
// what the skill's neighbours say. Edges are those that the training students' records speak for.
//   propagation_figures DATASET RUN [FOLD]
// prints a row for every pair of settings; choosing one by these rows and reporting it on them
// would flatter it, which a table of them all does not.
#include <cmath>
#include <cstdio>

#include "domain/dataset.h"
#include "meta/run.h"
#include "service/training_split.h"
#include "tutor/graph/suggest.h"
#include "tutor/mastery/propagation.h"
#include "tutor/tutor_course.h"

namespace meno {
namespace {

struct Setting {
  PropagationRules rules;
  double surprise = 0.0;  // nats, summed
};

double logit_of(double p) { return std::log(p / (1.0 - p)); }
double surprise(double logit, bool right) { return std::log1p(std::exp(right ? -logit : logit)); }

std::vector<Setting> settings() {
  std::vector<Setting> all;
  for (const double correlation : {0.2, 0.4, 0.6, 0.8})
    for (const double spread : {0.25, 0.5, 1.0, 2.0})
      all.push_back({.rules = {.correlation = correlation, .spread = spread, .mastery = {}}});
  return all;
}

/// The skill and its neighbours, and what is known of each.
struct Around {
  std::vector<SkillId> skills;  // the skill first
  std::vector<SkillMastery> mastery;
  std::vector<double> p_unknown;
};

std::vector<double> unknown_of(const OnlineModel& model, const TutorCourse& course) {
  std::vector<double> p;
  const auto unknown = model.new_student();
  for (const SkillMastery& each :
       mastery_of_all(*unknown, LearningRecord(), course.probes(), kNoTime))
    p.push_back(each.p_mastery);
  return p;
}

class Judge {
 public:
  Judge(const OnlineModel& model, const TutorCourse& course)
      : model_(model), course_(course), p_unknown_(unknown_of(model, course)) {}

  void student(const Sequence& answers) {
    const auto tracker = model_.new_student();
    LearningRecord record;
    for (std::size_t t = 0; t < answers.size(); ++t) {
      const Event event = answers[t];
      if (event.skills.size() == 1 && record.skill(event.skills[0]).answers == 0)
        first_answer(*tracker, record, event);
      tracker->observe(event);
      record.observe(event, {});
    }
  }

  void report() const {
    std::printf("%zu first answers with a neighbour that is known; log loss as it is %.5f\n",
                count_, as_it_is_ / static_cast<double>(count_));
    for (const Setting& setting : settings_) {
      std::printf("correlation %.1f spread %.2f  %.5f  (%+.5f)\n", setting.rules.correlation,
                  setting.rules.spread, setting.surprise / static_cast<double>(count_),
                  (setting.surprise - as_it_is_) / static_cast<double>(count_));
    }
  }

 private:
  Around around(const Tracker& tracker, const LearningRecord& record, const Event& event) const {
    Around made;
    made.skills = {event.skills[0]};
    const auto add = [&](std::span<const SkillId> skills) {
      made.skills.insert(made.skills.end(), skills.begin(), skills.end());
    };
    add(course_.graph().prerequisites(event.skills[0]));
    add(course_.graph().dependents(event.skills[0]));
    made.mastery = mastery_of(made.skills, tracker, record, course_.probes(), event.at);
    for (const SkillId skill : made.skills) made.p_unknown.push_back(p_unknown_[skill.value]);
    return made;
  }

  void first_answer(const Tracker& tracker, const LearningRecord& record, const Event& event) {
    const Around near = around(tracker, record, event);
    const auto says = propagated(near.mastery, near.p_unknown, course_.graph());
    if (!says[0]) return;
    const Target target{.item = event.item, .skills = event.skills, .at = event.at};
    double p = 0.5;
    tracker.p_correct({&target, 1}, {&p, 1});
    const bool right = event.correct > 0.5F;
    ++count_;
    as_it_is_ += surprise(logit_of(p), right);
    for (Setting& setting : settings_) {
      const auto moved = propagated(near.mastery, near.p_unknown, course_.graph(), setting.rules);
      const double shift = logit_of(moved[0]->p_mastery) - logit_of(near.mastery[0].p_mastery);
      setting.surprise += surprise(logit_of(p) + shift, right);
    }
  }

  const OnlineModel& model_;
  const TutorCourse& course_;
  std::vector<double> p_unknown_;
  std::vector<Setting> settings_ = settings();
  std::size_t count_ = 0;
  double as_it_is_ = 0.0;
};

Result<Done> figures(const char* data, const char* folder, int fold) {
  MENO_TRY(const Dataset dataset, Dataset::open(data));
  MENO_TRY(const Run run, load_run(folder));
  const auto model = run.model->online(run.theta);
  const SplitSource source = split_source(dataset);
  MENO_TRY(const Split split, training_split(source, fold, 0));
  const Course& course = dataset.course();
  const SkillGraph none(course.skills.size());
  const auto edges = suggest_edges(course, sequences_of(source, split.train), none);
  CourseNames names;
  for (const std::string& name : course.skills.names()) names.skills.push_back(same_text(name));
  for (const std::string& name : course.items.names()) names.items.push_back(same_text(name));
  const TutorCourse tutor(course, with_edges(course, none, edges), names, *model);
  std::printf("%zu edges of %zu skills, %zu validation students\n", edges.size(),
              course.skills.size(), split.valid.size());
  Judge judge(*model, tutor);
  for (const Sequence& answers : sequences_of(source, split.valid)) judge.student(answers);
  judge.report();
  return Done{};
}

}  // namespace
}  // namespace meno

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "propagation_figures DATASET RUN [FOLD], expected both folders\n");
    return 2;
  }
  const auto done = meno::figures(argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : 1);
  if (!done) std::fprintf(stderr, "propagation_figures: %s\n", done.error().message.c_str());
  return done ? 0 : 1;
}
