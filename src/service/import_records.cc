#include "service/import_records.h"

#include <fmt/format.h>

#include "core/files.h"
#include "core/json.h"
#include "core/progress.h"
#include "domain/mapped_file.h"

namespace meno {
namespace {

Result<Json> provenance_of(const std::vector<SourceFile>& files) {
  Json sources = Json::array();
  for (const SourceFile& file : files) {
    MENO_TRY(const std::string hash, file_hash(file.path));
    std::error_code fault;
    const std::uintmax_t bytes = std::filesystem::file_size(file.path, fault);
    sources.push_back({{"file", file.name}, {"bytes", fault ? 0 : bytes}, {"hash", hash}});
  }
  return sources;
}

Tidying tidying_of(const Cleaning& cleaning, const Importer& importer) {
  return {.drop_duplicates = cleaning.drop_duplicates.value_or(importer.drop_duplicates),
          .merge_skills = cleaning.merge_skills.value_or(importer.merge_skills)};
}

Json to_json(const Cleaning& cleaning, const Tidying& tidying) {
  return {{"drop_duplicates", tidying.drop_duplicates},
          {"merge_skills", tidying.merge_skills},
          {"missing", cleaning.missing},
          {"bad_times", cleaning.bad_times},
          {"max_response_ms", cleaning.max_response_ms}};
}

Error nothing_read(const ImportReport& report, const std::vector<SourceFile>& files) {
  if (report.listed().empty()) {
    return invalid_input(
        fmt::format("{}: no answers inside, expected at least one", files.front().name));
  }
  const RefusedRow& first = report.listed().front();
  return invalid_input(fmt::format("{}: all {} rows refused, the first on line {}: {} \"{}\": {}",
                                   files[first.place.file].name, report.refused(), first.place.line,
                                   first.column, first.value, first.reason));
}

std::uint64_t size_of_all(const std::vector<SourceFile>& files) {
  std::uint64_t bytes = 0;
  for (const SourceFile& file : files) {
    std::error_code fault;
    const std::uintmax_t size = std::filesystem::file_size(file.path, fault);
    bytes += fault ? 0 : size;
  }
  return bytes;
}

/// The reply, from the dataset as it was written.
Result<Json> reply_of(const ImportRecords& ask, const Importer& importer,
                      const ImportReport& report) {
  MENO_TRY(const std::string text, read_file(ask.into / "manifest.json"));
  MENO_TRY(const Json manifest, parse_json(text, "manifest.json"));
  const Json& counts = manifest.at("counts");
  Json told = report.to_json();
  Json cleaning = told.at("cleaning");
  cleaning.update(manifest.at("tidied"));
  return Json{{"students", counts.at("students")}, {"items", counts.at("items")},
              {"skills", counts.at("skills")},     {"answers", counts.at("answers")},
              {"refused", report.refused()},       {"p_correct", manifest.at("p_correct")},
              {"format", importer.name},           {"into", ask.into.string()},
              {"reasons", told.at("reasons")},     {"cleaning", std::move(cleaning)},
              {"notes", told.at("notes")}};
}

std::string default_name(const std::filesystem::path& into) {
  const std::filesystem::path folder = into.has_filename() ? into : into.parent_path();
  return folder.filename().string();
}

}  // namespace

Result<Json> import_records(const ImportRecords& ask, const Clock& clock) {
  MENO_TRY_DONE(check(ask.cleaning));
  MENO_TRY(std::vector<SourceFile> files, list_sources(ask.sources));
  const std::vector<SourceSample> samples = samples_of(files);
  const ImportInput input{.files = files, .samples = samples, .options = ask.options};
  MENO_TRY(const Importer* const importer, find_importer(ask.format, input));
  const std::string name = ask.name.empty() ? default_name(ask.into) : ask.name;
  MENO_TRY(DatasetWriter writer, DatasetWriter::create(ask.into, name));
  const Tidying tidying = tidying_of(ask.cleaning, *importer);
  writer.tidy_with(tidying);
  ImportReport report;
  Cleaning cleaning = ask.cleaning;
  if (cleaning.missing.empty()) cleaning.missing = importer->missing;
  Cleaner cleaner(cleaning, clock.now(), writer, report);
  {
    Progress progress("import", size_of_all(files), "bytes");
    for (SourceFile& file : files) file.progress = &progress;
    MENO_TRY_DONE(importer->read(input, cleaner));
  }
  if (cleaner.accepted() == 0) return nothing_read(report, files);
  std::vector<std::string> file_names;
  for (const SourceFile& file : files) file_names.push_back(file.name);
  MENO_TRY_DONE(writer.attach("refused.csv", report.to_csv(file_names)));
  MENO_TRY(Json sources, provenance_of(files));
  MENO_TRY_DONE(writer.finish({{"format", importer->name},
                               {"sources", std::move(sources)},
                               {"cleaning", to_json(cleaning, tidying)},
                               {"report", report.to_json()}}));
  return reply_of(ask, *importer, report);
}

}  // namespace meno
