// meno import: learning records of any known format -> a dataset folder.
#include <csignal>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/json.h"
#include "service/import_records.h"

namespace meno {
namespace {

/// --map student=user_id,item=problem: one argument or several.
Result<Done> add_columns(const std::vector<std::string>& settings, FormatOptions& options) {
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == setting.size()) {
      return invalid_input(
          fmt::format("--map is \"{}\", expected meaning=column, e.g. student=user_id", setting));
    }
    options.columns[setting.substr(0, equals)] = setting.substr(equals + 1);
  }
  return Done{};
}

std::string formats() {
  std::string text = "auto";
  for (const Importer& importer : importers()) text += fmt::format("|{}", importer.name);
  return text;
}

std::string manual() {
  std::string text = "Formats:\n";
  for (const Importer& importer : importers()) {
    text += fmt::format("  {:<12} {}\n  {:<12} {}\n", importer.name, importer.summary, "",
                        importer.layout);
  }
  return text;
}

std::string text_of(const Json& made) {
  std::string text =
      fmt::format("{}: {} students, {} items, {} skills, {} answers, {:.1f} % correct ({})",
                  made.at("into").get<std::string>(), made.at("students").get<std::uint64_t>(),
                  made.at("items").get<std::uint64_t>(), made.at("skills").get<std::uint64_t>(),
                  made.at("answers").get<std::uint64_t>(),
                  100.0 * made.at("p_correct").get<double>(), made.at("format").get<std::string>());
  const auto refused = made.at("refused").get<std::uint64_t>();
  if (refused > 0) {
    text += fmt::format("\n{} rows refused (listed in {}/refused.csv):", refused,
                        made.at("into").get<std::string>());
  }
  for (const Json& reason : made.at("reasons")) {
    text +=
        fmt::format("\n  {} x {}: {}", reason.at("rows").get<std::uint64_t>(),
                    reason.at("column").get<std::string>(), reason.at("reason").get<std::string>());
  }
  for (const auto& [what, rows] : made.at("cleaning").items()) {
    if (rows.get<std::uint64_t>() > 0) text += fmt::format("\ncleaning: {} {}", what, rows.dump());
  }
  for (const Json& note : made.at("notes")) {
    text += fmt::format("\nnote: {}", note.get<std::string>());
  }
  return text;
}

void add_cleaning(CLI::App& app, Cleaning& cleaning) {
  // Not add_flag(..., std::optional<bool>&): CLI11 would turn "not said" into "no".
  app.add_flag_function(
      "--drop-duplicates,!--keep-duplicates",
      [&cleaning](std::int64_t times) { cleaning.drop_duplicates = times > 0; },
      "rows equal in everything, a time or order number among it, are one (default: as the format "
      "advises)");
  app.add_flag_function(
      "--merge-skills,!--split-skills",
      [&cleaning](std::int64_t times) { cleaning.merge_skills = times > 0; },
      "rows of one answer to several skills are one answer (default: as the format advises)");
  app.add_option("--missing", cleaning.missing,
                 "answers without a value: refuse|drop (default: as the format advises)");
  app.add_option("--bad-times", cleaning.bad_times,
                 "times before 1970 or after tomorrow: refuse|blank|keep")
      ->capture_default_str();
  app.add_option("--max-response-ms", cleaning.max_response_ms,
                 "response times above are blanked; 0: no limit")
      ->capture_default_str();
}

void add_format(CLI::App& app, FormatOptions& options, std::vector<std::string>& columns) {
  app.add_option("--map", columns, "which column means what, e.g. student=user_id,item=problem")
      ->delimiter(',');
  app.add_option("--delimiter", options.delimiter,
                 "of the columns: a character or \"tab\"; found out by default");
  app.add_option("--skill-separator", options.skill_separator,
                 "inside lists of skills, or \"none\"; found out by default");
  app.add_option("--key", options.key,
                 "matrix: the right options in the order of the items, e.g. \"4 4 6\"");
  app.add_option("--items", options.items,
                 "matrix: the columns that are items, e.g. q1..q45 or q1,q2");
  app.add_option("--full-score", options.full_score, "answers are divided by this")
      ->capture_default_str();
}

}  // namespace

int import_command(int argc, const char* const* argv) {
  // A file-size limit is then a failed write, reported like a full disk, instead of a signal that
  // ends the process.
  std::signal(SIGXFSZ, SIG_IGN);
  ImportRecords ask;
  std::vector<std::string> columns;
  Invocation call("import", "Turn learning records into a dataset.");
  call.app().add_option("sources", ask.sources, "files or folders, gzip or not")->required();
  call.app().add_option("--format", ask.format, formats())->capture_default_str();
  call.app().add_option("--into", ask.into, "the dataset folder to make")->required();
  call.app().add_option("--name", ask.name, "of the dataset; that of the folder by default");
  add_format(call.app(), ask.options, columns);
  add_cleaning(call.app(), ask.cleaning);
  call.app().footer(manual());
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        MENO_TRY_DONE(add_columns(columns, ask.options));
        return import_records(ask, SystemClock{});
      },
      &text_of);
}

}  // namespace meno
