// Fuzzes Dataset::open through its manifest: a small dataset of good columns whose manifest.json is
// anything.
#include <cstdint>
#include <cstdlib>
#include <fstream>

#include <unistd.h>

#include "core/json.h"
#include "domain/dataset.h"
#include "domain/dataset_writer.h"

namespace {

std::filesystem::path make_dataset() {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("meno_manifest_fuzz." + std::to_string(::getpid()));
  auto writer = meno::DatasetWriter::create(folder, "fuzz");
  if (!writer) std::abort();
  for (const std::string_view student : {"a", "b"}) {
    meno::AnswerRow row;
    row.student = student;
    row.item = "i";
    row.skills = {"k"};
    if (!writer->add(row)) std::abort();
  }
  if (!writer->finish(meno::Json::object())) std::abort();
  return folder;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::filesystem::path kFolder = make_dataset();
  std::ofstream(kFolder / "manifest.json", std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  const auto opened = meno::Dataset::open(kFolder);
  if (!opened) return opened.error().message.empty() ? std::abort(), 0 : 0;
  for (std::size_t s = 0; s < opened->students(); ++s) {
    const meno::Sequence history = opened->sequence(meno::StudentId(s));
    for (std::size_t t = 0; t < history.size(); ++t) {
      if (history[t].item.value >= opened->course().items.size()) std::abort();
    }
  }
  return 0;
}
