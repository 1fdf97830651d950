// Bodies of requests -> what the use cases ask for. Every fault is one sentence that names the
// field.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "service/accounts/add_credentials.h"
#include "service/accounts/sign_in.h"
#include "service/enrol_student.h"
#include "service/record_answer.h"
#include "service/record_batch.h"
#include "service/record_feedback.h"
#include "service/test_step.h"

namespace meno {

/// Schema AnswerRequest. `body` may be changed while it is read.
/// Errors: InvalidInput for anything but one JSON object with known fields of the right type,
/// length and range.
Result<RecordAnswer> decode_answer(std::string& body);

/// Lines of NDJSON, each an AnswerRequest; empty lines are skipped. A line that is no answer is
/// refused by itself. Errors: InvalidInput for more than
/// kMostAnswers lines, or none.
struct AnswerLines {
  std::vector<std::pair<std::size_t, RecordAnswer>> answers;  // with their lines, from 1
  std::vector<RefusedAnswer> refused;
};
inline constexpr std::size_t kMostAnswers = 10'000;
Result<AnswerLines> decode_answers(std::string_view body);

/// Schema StudentRequest; `course_id` is left empty. Errors: as decode_answer.
Result<EnrolStudent> decode_student(std::string& body);

/// Schema TestRequest. Errors: as decode_answer; InvalidInput naming the answer that is none.
Result<TestStepAsk> decode_test(std::string& body);

/// Schema VersionRequest: the version that the caller saw in service. Errors: as decode_answer.
Result<std::string> decode_version(std::string& body);

/// Schema RecommendationFeedbackRequest. Errors: as decode_answer.
Result<RecordFeedback> decode_feedback(std::string& body);

/// Schema PreferencesRequest: the success rate to aim at, nullopt for the usual one. Errors: as
/// decode_answer.
Result<std::optional<double>> decode_preferences(std::string& body);

/// Whether a body has the fields of schema TeachingRules, each at most once; their values are
/// parse_rules()'s. Errors: as decode_answer.
Result<Done> check_rules_fields(std::string& body);
/// Likewise of a list of resources, which must be there.
Result<Done> check_resources_fields(std::string& body);

/// Schema SignInRequest; only account and password are set. Errors: as decode_answer.
Result<SignIn> decode_sign_in(std::string& body);

/// Schemas AccountRequest and KeyRequest; `actor` is left empty. Errors: as decode_answer.
Result<AddAccount> decode_account(std::string& body);
Result<AddKey> decode_key(std::string& body);

/// Schemas SchoolRequest and ClassRequest; "" and none where they say nothing. Errors: as
/// decode_answer.
Result<StoredSchool> decode_school(std::string& body);
Result<StoredClass> decode_class(std::string& body);

/// Whom a body is about; "" where it does not say.
struct BodyTarget {
  std::string course_id;
  std::string student_id;
};

/// The fields of that name of the body's outermost object, whatever its schema. Errors:
/// InvalidInput for anything but an object that has each at most once, as text.
Result<BodyTarget> decode_target(std::string& body);

}  // namespace meno
