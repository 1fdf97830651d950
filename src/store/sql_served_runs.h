// ServedRunStore over SQL.
#pragma once

#include "store/readers.h"
#include "store/served_runs.h"
#include "store/writer.h"

namespace meno {

class SqlServedRuns final : public ServedRunStore {
 public:
  SqlServedRuns(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  Result<ServedRun> append_after(const ServedRun& row,
                                 std::optional<std::uint64_t> after_no) override;
  Result<std::vector<ServedRun>> of_course(std::string_view course_id) override;
  Result<Done> keep_files(std::string_view course_id, std::string_view version,
                          std::span<const RunFile> files) override;
  Result<std::vector<RunFile>> files(std::string_view course_id, std::string_view version) override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
