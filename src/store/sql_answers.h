// AnswerStore over SQL: appends share a transaction with whatever else is queued.
#pragma once

#include "store/answers.h"
#include "store/readers.h"
#include "store/row_count.h"
#include "store/writer.h"

namespace meno {

class SqlAnswers final : public AnswerStore {
 public:
  SqlAnswers(Readers& readers, Writer& writer, RowCount& tally)
      : readers_(readers), writer_(writer), tally_(tally) {}
  void append(StoredAnswer answer, AppendDone done) override;
  void append_batch(std::vector<StoredAnswer> answers, BatchDone done) override;
  Result<Done> append_many(std::span<const StoredAnswer> answers) override;
  Result<std::vector<StoredAnswer>> history_after(std::string_view course_id,
                                                  std::string_view student_id,
                                                  std::uint64_t after) override;
  Result<EnrolmentMark> mark(std::string_view course_id, std::string_view student_id) override;
  Result<std::vector<StoredAnswer>> since(std::uint64_t after, std::size_t most) override;
  std::uint64_t count() const override { return tally_.value(); }

 private:
  Readers& readers_;
  Writer& writer_;
  RowCount& tally_;
};

}  // namespace meno
