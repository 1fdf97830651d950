// StudentTidier: one student's answers in order of arrival -> in order of time, without repeats,
// one answer each.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "domain/answer_spool.h"
#include "domain/dataset_writer.h"
#include "domain/skill_set_table.h"

namespace meno {

/// Reused for every student so that it allocates only as the longest history grows.
class StudentTidier {
 public:
  StudentTidier(const Tidying& tidying, SkillSetTable& sets) : tidying_(tidying), sets_(sets) {}

  /// The student's answers, oldest first; valid until the next call.
  std::span<const SpooledAnswer> tidied(std::span<const SpooledAnswer* const> arrived);

  std::uint64_t duplicates_dropped() const { return duplicates_dropped_; }
  std::uint64_t rows_merged() const { return rows_merged_; }

 private:
  void sort(std::span<const SpooledAnswer* const> arrived);
  void drop_duplicates(std::size_t begin, std::size_t end);
  void emit(std::size_t begin, std::size_t end);

  struct Placed {
    std::int64_t moment = 0;  // its time, or that of the row before when it has none
    const SpooledAnswer* row = nullptr;
    bool repeated = false;
  };
  Tidying tidying_;
  SkillSetTable& sets_;
  std::vector<Placed> placed_;
  std::vector<std::size_t> by_content_;
  std::vector<SpooledAnswer> out_;
  std::uint64_t duplicates_dropped_ = 0;
  std::uint64_t rows_merged_ = 0;
};

}  // namespace meno
