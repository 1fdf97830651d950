// Import speed: rows of a CSV through splitting, cleaning, and writing, beside a pass that only
// counts its lines.
#include <cstring>
#include <filesystem>
#include <fstream>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "core/json.h"
#include "core/rng.h"
#include "domain/dataset_writer.h"
#include "import/cleaning.h"
#include "import/importer.h"
#include "import/line_reader.h"

namespace meno {
namespace {

constexpr std::int64_t kRows = 2'000'000;

/// A synthetic export: 20,000 students, 5,000 items, rows in order of time (students interleaved).
const std::filesystem::path& csv_file() {
  static const std::filesystem::path kFile = [] {
    const std::filesystem::path path =
        std::filesystem::temp_directory_path() / "meno_import_bench.csv";
    std::ofstream file(path);
    file << "user_id,item_id,skill_id,correct,timestamp\n";
    Rng rng(1);
    for (std::int64_t i = 0; i < kRows; ++i) {
      const std::uint64_t item = rng.below(5000);
      file << fmt::format("u{},i{},k{},{},{}\n", rng.below(20000), item, item % 100, rng.below(2),
                          1600000000 + i);
    }
    return path;
  }();
  return kFile;
}

void count_lines(benchmark::State& state) {
  const SourceFile source{.name = "bench.csv", .path = csv_file()};
  for (auto _ : state) {
    auto stream = open_source(source);
    LineReader lines(*std::move(stream), source.name, kLongestRow);
    std::string_view line;
    std::int64_t count = 0;
    while (*lines.next(line)) ++count;
    benchmark::DoNotOptimize(count);
  }
  state.SetItemsProcessed(state.iterations() * kRows);
}
BENCHMARK(count_lines)->Unit(benchmark::kMillisecond);

void import_csv(benchmark::State& state) {
  const std::filesystem::path into = std::filesystem::temp_directory_path() / "meno_import_bench";
  const std::vector<SourceFile> files{{.name = "bench.csv", .path = csv_file()}};
  const std::vector<SourceSample> samples = samples_of(files);
  const FormatOptions options;
  const ImportInput input{.files = files, .samples = samples, .options = options};
  for (auto _ : state) {
    auto writer = DatasetWriter::create(into, "bench");
    ImportReport report;
    Cleaner cleaner({}, SystemClock{}.now(), *writer, report);
    const auto importer = find_importer("csv", input);
    const bool good =
        (*importer)->read(input, cleaner).has_value() && writer->finish(Json::object()).has_value();
    if (!good) state.SkipWithError("the import failed");
  }
  state.SetItemsProcessed(state.iterations() * kRows);
  std::filesystem::remove_all(into);
}
BENCHMARK(import_csv)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace meno
