// Records to look at once: a dataset folder as it is, anything else imported for the occasion.
#pragma once

#include <filesystem>
#include <memory>

#include "core/result.h"
#include "domain/dataset.h"

namespace meno {

class OpenedRecords {
 public:
  /// `data`: a dataset folder, or a file or folder of files in a format that `meno import`
  /// recognises, which is imported into a folder that goes away with this. Errors: those of
  /// Dataset::open and import_records.
  static Result<OpenedRecords> open(const std::filesystem::path& data);

  const Dataset& dataset() const { return *dataset_; }

 private:
  /// Removes its folder.
  class Room;
  OpenedRecords(std::shared_ptr<const Room> room, Dataset dataset);

  std::shared_ptr<const Room> room_;  // of the files that dataset_ maps; empty for a dataset folder
  std::unique_ptr<const Dataset> dataset_;
};

}  // namespace meno
