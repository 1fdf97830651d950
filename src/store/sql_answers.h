// AnswerStore over SQL: appends share a transaction with whatever else is queued.
#pragma once

#include <atomic>

#include "store/answers.h"
#include "store/readers.h"
#include "store/writer.h"

namespace meno {

class SqlAnswers final : public AnswerStore {
 public:
  /// `count`: the answers there already.
  SqlAnswers(Readers& readers, Writer& writer, std::uint64_t count)
      : readers_(readers), writer_(writer), count_(count) {}
  void append(StoredAnswer answer, AppendDone done) override;
  void append_batch(std::vector<StoredAnswer> answers, BatchDone done) override;
  Result<Done> append_many(std::span<const StoredAnswer> answers) override;
  Result<std::vector<StoredAnswer>> history(std::string_view course_id,
                                            std::string_view student_id) override;
  Result<std::vector<StoredAnswer>> since(std::uint64_t after, std::size_t most) override;
  std::uint64_t count() const override { return count_; }

 private:
  Readers& readers_;
  Writer& writer_;
  std::atomic<std::uint64_t> count_;
};

}  // namespace meno
