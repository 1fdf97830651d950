// Services: what every use case works with, made once by `meno serve` and by tests.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/clock.h"
#include "meta/run.h"
#include "service/activity.h"
#include "service/guidance.h"
#include "service/kept_by_course.h"
#include "service/live_courses.h"
#include "service/live_students.h"
#include "store/store.h"

namespace meno {

struct CoursePace;
struct TestBank;
class CourseVersions;
class Adaptation;
class Accounts;

/// Thread-safe. The store, the run, the model and the clock must outlive it.
struct Services {
  Services(Store& the_store, const Run& the_run, const OnlineModel& the_model,
           const Clock& the_clock)
      : store(the_store),
        clock(the_clock),
        courses(the_store.courses(), unowned_model(the_run, the_model)),
        students(the_store),
        guidance(the_store.settings()) {}

  Store& store;
  const Clock& clock;
  LiveCourses courses;
  LiveStudents students;
  Guidance guidance;
  KeptByCourse<CoursePace> paces;     // of plan_for_student
  KeptByCourse<TestBank> test_banks;  // of test_step
  Activity activity;
  /// Runs work away from the store's writer thread. The default runs it there and then: for tests
  /// and commands.
  std::function<void(std::function<void()>)> later = [](const std::function<void()>& work) {
    work();
  };
  /// Changes the models of courses; null where nobody does.
  CourseVersions* versions = nullptr;
  /// Adapts them as answers arrive; null when it is off.
  Adaptation* adaptation = nullptr;
  /// Who may come in; null where nobody is asked: tests and commands.
  Accounts* accounts = nullptr;
  /// The file of the store, beside which meno backup leaves its record; "" for a database.
  std::string store_file;
};

}  // namespace meno
