// A school of simulated students in a real store, for tests and benchmarks of adaptation: what its
// students answer is drawn from the model that the server was given (then nothing can be gained by
// adapting) or from rules that no prior can know.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/check.h"
#include "core/rng.h"
#include "domain/sequence.h"
#include "meta/prior/synthetic_course.h"
#include "models/registry.h"
#include "service/adaptation.h"
#include "service/learner_state.h"

namespace meno {

/// A prior that has learnt nothing: small, untrained, and movable.
inline Run small_prior() {
  Rng rng(11);
  DrawnCourse course =
      synthetic_course({.skills = 4, .items_per_skill = 3, .median_answers = 20}, 12, 40, 0, rng);
  std::vector<Window> windows;
  for (const History& student : course.students) windows.push_back({.events = student.view()});
  const int folds = deal_to_growing_folds(windows);
  Run run;
  run.model_name = "evidence";
  run.model_options = *parse_options({"skill_vectors=false", "width=3", "hidden=6"});
  run.learner_name = "direct";
  run.data_hash = "0123";
  run.simulated = true;
  const ModelEntry& entry = **find_model(run.model_name);
  const auto fitted = entry.fit(
      run.model_options, {.training = windows, .folds = folds, .fitting = Fitting::Prequential});
  MENO_CHECK(fitted, "the small prior fits");
  auto moved = entry.move(run.model_options, (*fitted)->statistics(), {});
  MENO_CHECK(moved, "the small prior moves");
  run.model = *std::move(moved);
  run.theta = run.model->layout().initial(rng);
  return run;
}

enum class World {
  AsPredicted,    // by the run that the server was given
  HardOrEasy,     // every other item is all but unsolvable
  Overestimated,  // half as likely right as the run says
};

class DrawnSchool {
 public:
  static constexpr const char* kCourse = "new";

  DrawnSchool(std::filesystem::path folder, const Run& prior, World world, std::uint64_t seed,
              const AdaptationOptions& options = {})
      : folder_(std::move(folder)),
        options_(options),
        prior_(prior),
        model_(prior_.model->online(prior_.theta)),
        world_(world),
        rng_(seed) {
    std::filesystem::create_directories(folder_);
    restart();
    MENO_CHECK(store_->courses().add(course()), "the course is added");
  }
  DrawnSchool(const DrawnSchool&) = delete;
  DrawnSchool& operator=(const DrawnSchool&) = delete;
  DrawnSchool(DrawnSchool&&) = delete;
  DrawnSchool& operator=(DrawnSchool&&) = delete;
  ~DrawnSchool() { stop(); }

  /// What a new process finds: nothing but the files.
  void restart() {
    stop();
    Result<std::unique_ptr<Store>> opened = open_store((folder_ / "store.db").string());
    MENO_CHECK(opened, "the store opens");
    store_ = *std::move(opened);
    services_ = std::make_unique<Services>(*store_, prior_, *model_, clock_);
    versions_ = std::make_unique<CourseVersions>(*services_, folder_ / "runs");
    services_->versions = versions_.get();
    MENO_CHECK(versions_->restore(), "the versions are restored");
    adaptation_ = std::make_unique<Adaptation>(*services_, *versions_, options_);
    services_->adaptation = adaptation_.get();
  }

  void enrol(std::size_t students) {
    std::vector<StoredStudent> rows;
    for (std::size_t s = 0; s < students; ++s) {
      rows.push_back({.id = fmt::format("s{}", trackers_.size()), .display_name = "Simulated"});
      trackers_.push_back(services_->courses.base()->model->new_student());
    }
    MENO_CHECK(store_->students().enrol(kCourse, rows), "the students are enrolled");
  }

  /// The next answer of a student, not yet in the store.
  StoredAnswer answer(std::size_t student) {
    const auto live = *services_->courses.find(kCourse);
    const std::size_t item = rng_.below(kItems);
    StoredAnswer answer;
    answer.event_id = fmt::format("e{}", next_event_++);
    answer.course_id = kCourse;
    answer.student_id = fmt::format("s{}", student);
    answer.item_id = fmt::format("i{}", item);
    answer.fingerprint = answer.event_id;
    answer.answered_at =
        TimePoint(std::chrono::minutes(26'000'000) + std::chrono::seconds(40 * next_event_));
    Event event = event_of(answer, *live);
    const Target target{.item = event.item, .skills = event.skills, .at = event.at};
    double p = item % 2 == 0 ? 0.95 : 0.08;
    if (world_ != World::HardOrEasy)
      trackers_[student]->p_correct(std::span(&target, 1), std::span(&p, 1));
    if (world_ == World::Overestimated) p *= 0.5;
    answer.correct = rng_.chance(p) ? 1.0 : 0.0;
    event.correct = static_cast<float>(answer.correct);
    if (world_ != World::HardOrEasy) trackers_[student]->observe(event);
    return answer;
  }

  /// `rounds` answers of every student, stored together, and taken in by the adaptation.
  void lesson(std::size_t rounds) {
    std::vector<StoredAnswer> answers;
    for (std::size_t round = 0; round < rounds; ++round) {
      for (std::size_t s = 0; s < trackers_.size(); ++s) answers.push_back(answer(s));
    }
    MENO_CHECK(store_->answers().append_many(answers), "the answers are stored");
    adaptation_->catch_up();
  }

  /// From the next answer on.
  void set_world(World world) { world_ = world; }

  std::string version() const { return (*services_->courses.find(kCourse))->served().version; }
  std::string base() const { return services_->courses.base()->version; }
  WatchFigures figures() const { return adaptation_->figures(kCourse).value_or(WatchFigures()); }
  Store& store() { return *store_; }
  Services& services() { return *services_; }
  CourseVersions& versions() { return *versions_; }
  Adaptation& adaptation() { return *adaptation_; }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  static constexpr std::size_t kItems = 12;

  static StoredCourse course() {
    StoredCourse course{.id = kCourse,
                        .name = {"New", "New"},
                        .simulated = true,
                        .content = {},
                        .skills = {},
                        .items = {}};
    for (const char* skill : {"add", "multiply", "fractions"})
      course.skills.push_back(
          {.id = skill, .name = {skill, skill}, .strand = {}, .prerequisites = {}});
    for (std::size_t k = 0; k < kItems; ++k) {
      const std::string id = fmt::format("i{}", k);
      course.items.push_back({.id = id, .title = {id, id}, .skills = {course.skills[k % 3].id}});
    }
    return course;
  }

  void stop() {
    adaptation_.reset();
    versions_.reset();
    services_.reset();
    store_.reset();
  }

  std::filesystem::path folder_;
  AdaptationOptions options_;
  Run prior_;
  std::unique_ptr<const OnlineModel> model_;
  World world_;
  Rng rng_;
  SystemClock clock_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Services> services_;
  std::unique_ptr<CourseVersions> versions_;
  std::unique_ptr<Adaptation> adaptation_;
  std::vector<std::unique_ptr<Tracker>> trackers_;  // of the run that the server was given
  std::size_t next_event_ = 0;
};

}  // namespace meno
