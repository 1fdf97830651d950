// FeedbackStore over SQL.
#pragma once

#include "store/feedback.h"
#include "store/readers.h"
#include "store/writer.h"

namespace meno {

class SqlFeedback final : public FeedbackStore {
 public:
  SqlFeedback(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  void append(StoredFeedback feedback, FeedbackDone done) override;
  Result<std::vector<StoredFeedback>> of_student_after(std::string_view course_id,
                                                       std::string_view student_id,
                                                       std::uint64_t after) override;
  Result<std::vector<StoredFeedback>> of_course(std::string_view course_id) override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
