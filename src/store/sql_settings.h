// SettingStore over SQL.
#pragma once

#include "store/readers.h"
#include "store/settings.h"
#include "store/writer.h"

namespace meno {

class SqlSettings final : public SettingStore {
 public:
  SqlSettings(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  Result<Done> put(const StoredSetting& setting) override;
  Result<std::vector<StoredSetting>> of(std::string_view course_id,
                                        std::string_view student_id) override;
  Result<std::vector<StoredSetting>> of_course(std::string_view course_id) override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
