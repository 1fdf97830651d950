// ServedRunStore over SQL.
#pragma once

#include "store/readers.h"
#include "store/served_runs.h"
#include "store/writer.h"

namespace meno {

class SqlServedRuns final : public ServedRunStore {
 public:
  SqlServedRuns(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  Result<ServedRun> append(const ServedRun& row) override;
  Result<std::vector<ServedRun>> of_course(std::string_view course_id) override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
