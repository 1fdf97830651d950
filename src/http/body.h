// Bodies of requests -> what the use cases ask for. Every fault is one sentence that names the
// field.
#pragma once

#include <string>

#include "core/result.h"
#include "service/accounts/add_credentials.h"
#include "service/accounts/sign_in.h"
#include "service/enrol_student.h"
#include "service/record_answer.h"

namespace meno {

/// Schema AnswerRequest. `body` may be changed while it is read.
/// Errors: InvalidInput for anything but one JSON object with known fields of the right type,
/// length and range.
Result<RecordAnswer> decode_answer(std::string& body);

/// Schema StudentRequest; `course_id` is left empty. Errors: as decode_answer.
Result<EnrolStudent> decode_student(std::string& body);

/// Schema VersionRequest: the version that the caller saw in service. Errors: as decode_answer.
Result<std::string> decode_version(std::string& body);

/// Schema SignInRequest; only account and password are set. Errors: as decode_answer.
Result<SignIn> decode_sign_in(std::string& body);

/// Schemas AccountRequest and KeyRequest; `actor` is left empty. Errors: as decode_answer.
Result<AddAccount> decode_account(std::string& body);
Result<AddKey> decode_key(std::string& body);

/// Whom a body is about; "" where it does not say.
struct BodyTarget {
  std::string course_id;
  std::string student_id;
};

/// The fields of that name of the body's outermost object, whatever its schema. Errors:
/// InvalidInput for anything but an object that has each at most once, as text.
Result<BodyTarget> decode_target(std::string& body);

}  // namespace meno
