// Services: what every use case works with, made once by `meno serve` and by tests.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/clock.h"
#include "meta/run.h"
#include "service/activity.h"
#include "service/class_feed.h"
#include "service/guidance.h"
#include "service/kept_by_course.h"
#include "service/kept_by_student.h"
#include "service/live_courses.h"
#include "service/live_students.h"
#include "store/store.h"

namespace meno {

struct CoursePace;
struct TestBank;
struct ExposureControl;
struct StudentMemory;
class CourseVersions;
class Adaptation;
class Retraining;
class Accounts;
class OpenIdConnect;

/// Thread-safe. The store, the run, the model and the clock must outlive it.
struct Services {
  Services(Store& the_store, const Run& the_run, const OnlineModel& the_model,
           const Clock& the_clock)
      : store(the_store),
        clock(the_clock),
        courses(the_store.courses(), unowned_model(the_run, the_model)),
        students(the_store),
        guidance(the_store.settings()),
        feed(std::to_string(the_clock.now().time_since_epoch().count())) {}

  Store& store;
  const Clock& clock;
  LiveCourses courses;
  LiveStudents students;
  Guidance guidance;
  KeptByCourse<CoursePace> paces;     // of plan_for_student
  KeptByCourse<TestBank> test_banks;  // of test_step
  KeptByCourse<ExposureControl> exposures;
  KeptByStudent<StudentMemory> memories;  // of review_queue
  ServiceActivity activity;
  /// Runs work away from the store's writer thread. The default runs it there and then: for tests
  /// and commands.
  std::function<void(std::function<void()>)> later = [](const std::function<void()>& work) {
    work();
  };
  /// Whether the store keeps every recommendation with what it was made from.
  bool keep_recommendations = true;
  /// Changes the models of courses; null where nobody does.
  CourseVersions* versions = nullptr;
  /// Adapts them as answers arrive; null when it is off.
  Adaptation* adaptation = nullptr;
  /// Trains new runs from the store; null when it is off.
  Retraining* retraining = nullptr;
  /// Who may come in; null where nobody is asked: tests and commands.
  Accounts* accounts = nullptr;
  /// Another way in, with an account of an identity provider; null where there is none.
  OpenIdConnect* openid = nullptr;
  /// For those who watch a class.
  ClassFeed feed;
  /// The file of the store, beside which meno backup leaves its record; "" for a database.
  std::string store_file;
};

}  // namespace meno
