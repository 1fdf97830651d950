// The engines and the small school that every contract test of the store begins with. A new engine
// adds a row to kEngines.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "store/postgres/cluster_for_test.h"
#include "store/store.h"

namespace meno {

struct Engine {
  const char* name;
  /// The location of a store that is not there yet; "" when the engine is not installed.
  std::string (*new_location)(const std::filesystem::path& folder);
};

inline std::string new_file(const std::filesystem::path& folder) {
  return (folder / "store.db").string();
}

inline std::string new_database(const std::filesystem::path& /*folder*/) {
  ClusterForTest& cluster = ClusterForTest::get();
  return cluster.installed() ? cluster.new_database() : "";
}

inline constexpr Engine kEngines[] = {{"sqlite", &new_file}, {"postgres", &new_database}};

inline StoredCourse small_course() {
  StoredCourse course{.id = "maths",
                      .name = {"Maths", "数学"},
                      .simulated = true,
                      .content = "{\"k\":1}",
                      .skills = {},
                      .items = {}};
  course.skills.push_back({.id = "add",
                           .name = {"Adding", "加法"},
                           .strand = Text{"Numbers", "数"},
                           .prerequisites = {}});
  course.skills.push_back(
      {.id = "mul", .name = {"Multiplying", "乘法"}, .strand = {}, .prerequisites = {"add"}});
  course.items.push_back({.id = "i1", .title = {"One", "一"}, .skills = {"add"}});
  course.items.push_back({.id = "i2", .title = {"Two", "二"}, .skills = {"add", "mul"}});
  return course;
}

inline StoredAnswer answer(const std::string& event, const std::string& student = "ann") {
  StoredAnswer answer;
  answer.event_id = event;
  answer.course_id = "maths";
  answer.student_id = student;
  answer.item_id = "i1";
  answer.variant = 7;
  answer.response = "3/4";
  answer.correct = 1.0;
  answer.answered_at = TimePoint(std::chrono::milliseconds(1'700'000'000'123));
  answer.response_ms = 4200;
  answer.fingerprint = "f-" + event;
  answer.request_id = "r-" + event;
  return answer;
}

inline StoredFeedback feedback(const std::string& event, const std::string& kind,
                               const std::string& student = "ann") {
  StoredFeedback feedback;
  feedback.event_id = event;
  feedback.course_id = "maths";
  feedback.student_id = student;
  feedback.item_id = "i1";
  feedback.kind = kind;
  feedback.given_at = TimePoint(std::chrono::milliseconds(1'700'000'000'123));
  feedback.request_id = "r-" + event;
  return feedback;
}

class EveryEngine : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-store-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    location_ = GetParam().new_location(folder_);
    if (location_.empty()) GTEST_SKIP() << GetParam().name << " is not installed";
    reopen();
    ASSERT_TRUE(store_->courses().add(small_course()));
    const std::vector<StoredStudent> students = {
        {.id = "ann", .display_name = "Ann A."},
        {.id = "bo", .display_name = "Bo", .simulated = true}};
    ASSERT_TRUE(store_->students().enrol("maths", students));
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void reopen() {
    store_.reset();
    Result<std::unique_ptr<Store>> opened = open_store(location_);
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = *std::move(opened);
  }

  Result<Appended> append(StoredAnswer one) {
    std::promise<Result<Appended>> promise;
    store_->answers().append(
        std::move(one), [&promise](Result<Appended> done) { promise.set_value(std::move(done)); });
    return promise.get_future().get();
  }

  Result<AppendedFeedback> append_feedback(StoredFeedback one) {
    std::promise<Result<AppendedFeedback>> promise;
    store_->feedback().append(std::move(one), [&promise](Result<AppendedFeedback> done) {
      promise.set_value(std::move(done));
    });
    return promise.get_future().get();
  }

  std::filesystem::path folder_;
  std::string location_;
  std::unique_ptr<Store> store_;
};

/// Two schools of one organisation, each with a class that works on "maths".
inline void add_two_schools(Store& store) {
  for (const char* id : {"north", "south"})
    ASSERT_TRUE(store.roster().add_school({id, "A school", "city", "City"}, {}));
  StoredAccount teacher;
  teacher.id = "tina";
  teacher.role = Role::Teacher;
  teacher.display_name = "Tina";
  teacher.school_id = "north";
  teacher.password_hash = "h";
  ASSERT_TRUE(store.accounts().add(teacher, {.at = kNoTime, .action = "account_added"}));
  ASSERT_TRUE(store.roster().add_to_class({"7a", "north", "7a", {"maths"}, {"tina"}, {"ann"}}, {}));
  ASSERT_TRUE(store.roster().add_to_class({"s1", "south", "s1", {"maths"}, {}, {"bo"}}, {}));
}

}  // namespace meno
