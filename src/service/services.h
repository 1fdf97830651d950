// Services: what every use case works with, made once by `meno serve` and by tests.
#pragma once

#include <functional>
#include <memory>

#include "core/clock.h"
#include "meta/run.h"
#include "service/live_courses.h"
#include "service/live_students.h"
#include "store/store.h"

namespace meno {

/// Thread-safe. The store, the run, the model and the clock must outlive it.
struct Services {
  Services(Store& the_store, const Run& the_run, const OnlineModel& the_model,
           const Clock& the_clock)
      : store(the_store),
        run(the_run),
        model(the_model),
        clock(the_clock),
        courses(the_store.courses(), the_run.course, the_model),
        students(the_store, the_model) {}

  Store& store;
  const Run& run;
  const OnlineModel& model;
  const Clock& clock;
  LiveCourses courses;
  LiveStudents students;
  /// Runs work away from the store's writer thread. The default runs it there and then: for tests
  /// and commands.
  std::function<void(std::function<void()>)> later = [](const std::function<void()>& work) {
    work();
  };
};

}  // namespace meno
