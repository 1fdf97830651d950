#include "cli/benchmark_suite.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/child_program.h"
#include "core/files.h"
#include "core/interrupt.h"
#include "core/json.h"
#include "domain/dataset.h"

namespace meno {
namespace {

std::string processor_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  return "unknown processor";
}

bool reads(const SuiteTable& table, const std::filesystem::path& course) {
  return std::any_of(
      table.commands.begin(), table.commands.end(), [&](const SuiteCommand& command) {
        return std::any_of(command.arguments.begin(), command.arguments.end(),
                           [&](const std::string& argument) {
                             return argument.find(course.string()) != std::string::npos;
                           });
      });
}

/// What a table's figures depend on beside its commands.
Result<Json> circumstances(const SuiteTable& table, const SuiteRequest& ask) {
  Json data = Json::object();
  for (const std::filesystem::path& course : ask.courses) {
    if (!reads(table, course)) continue;
    MENO_TRY(const Dataset dataset, Dataset::open(course));
    data[course.filename().string()] = dataset.hash();
  }
  return Json{{"version", MENO_VERSION},
              {"data", std::move(data)},
              {"processor", processor_name()},
              {"cores", std::thread::hardware_concurrency()}};
}

/// As a person would type it: dataset folders by their names.
std::string typed(const std::vector<std::string>& arguments, const SuiteRequest& ask) {
  std::string text = fmt::format("meno {}", fmt::join(arguments, " "));
  for (const std::filesystem::path& course : ask.courses) {
    const std::string folder = course.string();
    const std::string name = course.filename().string();
    for (std::size_t at = text.find(folder); at != std::string::npos;
         at = text.find(folder, at + name.size())) {
      text.replace(at, folder.size(), name);
    }
  }
  return text;
}

/// The rows of a command's document, labelled.
Json rows_of(const SuiteCommand& command, const Json& document) {
  const Json& found = document.at(Json::json_pointer(command.rows));
  Json rows = found.is_array() ? found : Json::array({found});
  if (command.label.empty()) return rows;
  for (Json& row : rows) row["what"] = command.label;
  return rows;
}

/// The part of a table that one command makes: {"command", "seconds", "rows"}; with "refused" where
/// the data do not allow the question.
Result<Json> part_of(const SuiteCommand& command, const std::string& text) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::string> arguments = command.arguments;
  arguments.emplace_back("--json");
  MENO_TRY(const ChildOutput output, run_again(arguments));
  const bool refused = output.exit_code == exit_code(ErrorKind::InvalidInput);
  if (output.exit_code != 0 && !refused) {
    return unavailable(
        fmt::format("\"{}\" ended with exit code {}, expected 0; what was made "
                    "before it is kept, the same command goes on from there",
                    text, output.exit_code));
  }
  MENO_TRY(const Json document, parse_json(output.text, text));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  Json part = {{"command", text}, {"seconds", seconds.count()}, {"rows", Json::array()}};
  if (refused) {
    part["refused"] = document.at("error").at("message");
  } else {
    part["rows"] = rows_of(command, document);
  }
  return part;
}

std::string markdown_of(const SuiteTable& table, const Json& document) {
  std::vector<Json> rows;
  std::string commands;
  double seconds = 0.0;
  for (const Json& part : document.at("parts")) {
    for (const Json& row : part.at("rows")) rows.push_back(row);
    commands += "    " + part.at("command").get<std::string>() + "\n";
    if (part.contains("refused")) {
      commands += "    # " + part.at("refused").get<std::string>() + "\n";
    }
    seconds += part.at("seconds").get<double>();
  }
  const Json& where = document.at("circumstances");
  std::string data;
  for (const auto& [name, hash] : where.at("data").items()) {
    data += fmt::format(", {} {}", name, hash.get<std::string>());
  }
  return fmt::format("## {}\n\n{}\n{}\nMeno {}, {:.0f} s on {} ({} cores){}.{}\n", table.heading,
                     markdown_table(table.columns, rows), commands,
                     where.at("version").get<std::string>(), seconds,
                     where.at("processor").get<std::string>(), where.at("cores").dump(), data,
                     document.at("quick").get<bool>()
                         ? " **Sizes cut down to try the command: these are not results.**"
                         : "");
}

/// The parts of an earlier run that still hold, by command.
Json kept_parts(const std::filesystem::path& file, const Json& document) {
  Json kept = Json::object();
  const auto text = read_file(file);
  if (!text) return kept;
  const auto earlier = parse_json(*text, file.string());
  if (!earlier || !earlier->contains("parts")) return kept;
  for (const char* same : {"circumstances", "quick"}) {
    if (!earlier->contains(same) || earlier->at(same) != document.at(same)) return kept;
  }
  for (const Json& part : earlier->at("parts")) {
    kept[part.at("command").get<std::string>()] = part;
  }
  return kept;
}

Result<Json> make_table(const SuiteTable& table, const SuiteRequest& ask) {
  MENO_TRY(const Json where, circumstances(table, ask));
  const std::filesystem::path file = ask.into / (table.name + ".json");
  Json document = {{"table", table.name},
                   {"heading", table.heading},
                   {"quick", ask.quick},
                   {"circumstances", where},
                   {"parts", Json::array()}};
  const Json kept = ask.again ? Json::object() : kept_parts(file, document);
  std::size_t from_before = 0;
  double seconds = 0.0;
  for (const SuiteCommand& command : table.commands) {
    const std::string text = typed(command.arguments, ask);
    if (interrupted()) return unavailable("interrupted; the same command goes on from there");
    if (kept.contains(text)) {
      document["parts"].push_back(kept.at(text));
      ++from_before;
    } else {
      fmt::print(stderr, "{}: {}\n", table.name, text);
      MENO_TRY(Json part, part_of(command, text));
      seconds += part.at("seconds").get<double>();
      document["parts"].push_back(std::move(part));
    }
    MENO_TRY_DONE(write_file_atomically(file, document.dump(1) + "\n"));
  }
  MENO_TRY_DONE(
      write_file_atomically(ask.into / (table.name + ".md"), markdown_of(table, document)));
  return Json{{"name", table.name},
              {"commands", table.commands.size()},
              {"kept", from_before},
              {"seconds", seconds}};
}

bool is_asked(const SuiteTable& table, const SuiteRequest& ask) {
  return ask.only.empty() ||
         std::any_of(ask.only.begin(), ask.only.end(),
                     [&](const std::string& start) { return table.name.rfind(start, 0) == 0; });
}

Result<Done> check(const std::vector<SuiteTable>& tables, const SuiteRequest& ask) {
  if (ask.into.empty()) return invalid_input("no --into, expected a folder for the tables");
  for (const std::string& start : ask.only) {
    const bool known = std::any_of(tables.begin(), tables.end(), [&](const SuiteTable& table) {
      return table.name.rfind(start, 0) == 0;
    });
    if (known) continue;
    std::vector<std::string> names;
    for (const SuiteTable& table : tables) names.push_back(table.name);
    return invalid_input(fmt::format("--only \"{}\", expected the start of one of: {}", start,
                                     fmt::join(names, ", ")));
  }
  std::error_code fault;
  std::filesystem::create_directories(ask.into, fault);
  if (!fault) return Done{};
  return unavailable(fmt::format("{}: {}", ask.into.string(), fault.message()));
}

}  // namespace

Result<Json> run_suite(const std::vector<SuiteTable>& tables, const SuiteRequest& ask) {
  MENO_TRY_DONE(check(tables, ask));
  Json made = Json::array();
  std::string index = "# Tables\n\n";
  for (const SuiteTable& table : tables) {
    if (is_asked(table, ask)) {
      MENO_TRY(Json row, make_table(table, ask));
      made.push_back(std::move(row));
    }
    if (std::filesystem::exists(ask.into / (table.name + ".md"))) {
      index += fmt::format("- [{}]({}.md)\n", table.heading, table.name);
    }
  }
  MENO_TRY_DONE(write_file_atomically(ask.into / "README.md", index));
  return Json{{"into", ask.into.string()}, {"tables", std::move(made)}};
}

}  // namespace meno
