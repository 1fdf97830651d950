// TestCourse: what a test is calibrated on, from a dataset or from a store.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/text.h"
#include "domain/course.h"
#include "teach/bank/bank.h"
#include "tutor/irt/answer_sheet.h"

namespace meno {

struct TestCourseAsk {
  std::filesystem::path data;   // a dataset folder, or
  std::filesystem::path store;  // a store (a file, or postgres://…), and the course in it
  std::string course;           // may be empty where the store has one course
  std::string student;          // "": somebody new
};

struct TestCourse {
  Course course;
  std::vector<Text> item_names = {};     // [items]
  std::vector<Text> skill_names = {};    // [skills]
  std::vector<AnswerSheet> others = {};  // everybody else's first attempts
  AnswerSheet own = {};                  // the student's latest answer to each item, oldest first
  std::optional<ItemBank> content = {};
  bool simulated = false;
};

class Store;

/// `course` of an open store, `student` as in TestCourseAsk. Errors: NotFound (course, student);
/// Unavailable.
Result<TestCourse> stored_test_course(Store& store, const std::string& course,
                                      const std::string& student);

/// Errors: those of the dataset or the store; InvalidInput for both or neither, or a store with
/// several courses and none named; NotFound for a student unknown to a store or a dataset.
Result<TestCourse> load_test_course(const TestCourseAsk& ask);

}  // namespace meno
