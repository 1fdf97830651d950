// ModelRunStore over SQL.
#pragma once

#include "store/model_runs.h"
#include "store/readers.h"
#include "store/writer.h"

namespace meno {

class SqlModelRuns final : public ModelRunStore {
 public:
  SqlModelRuns(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  Result<Done> put(const ModelRun& run) override;
  Result<std::vector<ModelRun>> of_course(std::string_view course_id) override;
  Result<bool> add_alarm(const CourseAlarm& alarm) override;
  Result<std::vector<CourseAlarm>> alarms(std::string_view course_id) override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
