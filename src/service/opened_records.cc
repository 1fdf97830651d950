#include "service/opened_records.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "core/json.h"
#include "service/import_records.h"

namespace meno {

class OpenedRecords::Room {
 public:
  explicit Room(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  ~Room() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

OpenedRecords::OpenedRecords(std::shared_ptr<const Room> room, Dataset dataset)
    : room_(std::move(room)), dataset_(std::make_unique<const Dataset>(std::move(dataset))) {}

Result<OpenedRecords> OpenedRecords::open(const std::filesystem::path& data) {
  if (std::filesystem::exists(data / "manifest.json")) {
    MENO_TRY(Dataset dataset, Dataset::open(data));
    return OpenedRecords(nullptr, std::move(dataset));
  }
  std::string pattern = (std::filesystem::temp_directory_path() / "meno-records-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    return unavailable(fmt::format("{}: no folder can be made there", pattern));
  }
  const auto room = std::make_shared<const Room>(pattern);
  ImportRecords ask;
  ask.into = room->folder() / "dataset";
  ask.name = data.stem().string();
  if (std::filesystem::is_directory(data)) {
    for (const auto& file : std::filesystem::directory_iterator(data)) {
      if (file.is_regular_file()) ask.sources.push_back(file.path());
    }
    std::sort(ask.sources.begin(), ask.sources.end());
  } else {
    ask.sources = {data};
  }
  MENO_TRY_DONE(import_records(ask, SystemClock()));
  MENO_TRY(Dataset dataset, Dataset::open(ask.into));
  return OpenedRecords(room, std::move(dataset));
}

}  // namespace meno
