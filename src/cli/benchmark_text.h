// Benchmarks as tables for people.
#pragma once

#include <string>

#include "core/json_fwd.h"

namespace meno {

/// Of the document of benchmark_sinusoid.
std::string sinusoid_text(const Json& document);
/// Of the document of benchmark_gaussian.
std::string gaussian_text(const Json& document);
/// Of the document of benchmark_new_course.
std::string new_course_text(const Json& document);
/// Of the document of benchmark_few_shot.
std::string few_shot_text(const Json& document);
/// Of the document of run_suite.
std::string suite_text(const Json& document);

/// Of the document of benchmark_generative.
std::string generative_text(const Json& document);
/// Of the document of benchmark_adaptive_test.
std::string adaptive_test_text(const Json& document);

}  // namespace meno
