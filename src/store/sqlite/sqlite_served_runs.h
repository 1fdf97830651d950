// ServedRunStore over SQLite.
#pragma once

#include "store/served_runs.h"
#include "store/sqlite/readers.h"
#include "store/sqlite/writer.h"

namespace meno {

class SqliteServedRuns final : public ServedRunStore {
 public:
  SqliteServedRuns(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  Result<ServedRun> append(const ServedRun& row) override;
  Result<std::vector<ServedRun>> of_course(std::string_view course_id) override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
