// RecommendationStore over SQL.
#pragma once

#include <atomic>
#include <mutex>

#include "store/readers.h"
#include "store/recommendations.h"
#include "store/writer.h"

namespace meno {

class SqlRecommendations final : public RecommendationStore {
 public:
  SqlRecommendations(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  void append(StoredRecommendation recommendation) override;
  Result<Done> flush() override;
  std::uint64_t lost() const override { return lost_; }
  Result<StoredRecommendation> find(std::uint64_t no) override;
  Result<std::vector<StoredRecommendation>> of_student(std::string_view course_id,
                                                       std::string_view student_id,
                                                       std::uint64_t before,
                                                       std::size_t most) override;
  Result<std::vector<StoredRecommendation>> since(std::uint64_t after, std::size_t most) override;
  Result<std::vector<Uptake>> uptake(std::string_view course_id) override;

 private:
  using Rows = std::vector<StoredRecommendation>;
  Rows take();

  Readers& readers_;
  Writer& writer_;
  std::mutex mutex_;
  Rows waiting_;         // guarded by mutex_
  bool riding_ = false;  // guarded by mutex_: a job that will take them is queued
  std::atomic<std::uint64_t> lost_ = 0;
};

}  // namespace meno
