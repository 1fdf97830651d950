// Bodies of requests -> what the use cases ask for. Every fault is one sentence that names the
// field.
#pragma once

#include <string>

#include "core/result.h"
#include "service/enrol_student.h"
#include "service/record_answer.h"
#include "service/test_step.h"

namespace meno {

/// Schema AnswerRequest. `body` may be changed while it is read.
/// Errors: InvalidInput for anything but one JSON object with known fields of the right type,
/// length and range.
Result<RecordAnswer> decode_answer(std::string& body);

/// Schema StudentRequest; `course_id` is left empty. Errors: as decode_answer.
Result<EnrolStudent> decode_student(std::string& body);

/// Schema TestRequest. Errors: as decode_answer; InvalidInput naming the answer that is none.
Result<TestStepAsk> decode_test(std::string& body);

/// Schema VersionRequest: the version that the caller saw in service. Errors: as decode_answer.
Result<std::string> decode_version(std::string& body);

}  // namespace meno
