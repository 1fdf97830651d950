// A store with the small course "maths" and one student, "ann": what tests of use cases share.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>

#include <gtest/gtest.h>

#include "service/enrol_student.h"
#include "service/fake_model_test.h"
#include "service/fill_store.h"

namespace meno {

inline constexpr TimePoint kNow{std::chrono::milliseconds(1'700'000'000'000)};

class OneStudent : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-student-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    restart();
    ASSERT_TRUE(enrol_student(*services_, anybody(),
                              {.course_id = "maths", .id = "ann", .display_name = "Ann"}));
  }
  void TearDown() override {
    services_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  /// What a new process finds: nothing but the file.
  void restart() {
    services_.reset();
    store_.reset();
    Result<std::unique_ptr<Store>> opened = open_store((folder_ / "store.db").string());
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = *std::move(opened);
    ASSERT_TRUE(fill_store(*store_, run_));
    services_ = std::make_unique<Services>(*store_, run_, model_, clock_);
  }

  std::filesystem::path folder_;
  meno::Run run_ = fake_run();  // testing::Test has a Run of its own
  FakeModel model_;
  FixedClock clock_{kNow};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Services> services_;
};

}  // namespace meno
