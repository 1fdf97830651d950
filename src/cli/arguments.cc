#include "cli/arguments.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>

#include "core/json.h"

namespace meno {
namespace {

/// "--peak-rss" -> "MENO_PEAK_RSS".
std::string variable_of(const std::string& flag) {
  std::string name = "MENO_";
  for (const char c : flag.substr(2)) {
    name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

bool given(const std::vector<std::string>& arguments, const std::string& flag) {
  return std::any_of(arguments.begin(), arguments.end(), [&](const std::string& argument) {
    return argument == flag || argument.rfind(flag + "=", 0) == 0;
  });
}

/// Appends "--flag=value" for every option that is absent from the arguments and set in the
/// environment.
void add_environment(CLI::App& app, std::vector<std::string>& arguments) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_lnames().empty()) continue;
    const std::string flag = "--" + option->get_lnames().front();
    const char* const value = std::getenv(variable_of(flag).c_str());
    if (value != nullptr && !given(arguments, flag)) arguments.push_back(flag + "=" + value);
  }
}

}  // namespace

Invocation::Invocation(const std::string& name, const std::string& summary)
    : app_(summary, "meno " + name) {
  app_.add_flag("--json", json_, "print one JSON document and nothing else");
  app_.set_config("--config", "meno.toml", "read settings from this file");
  app_.allow_config_extras(
      CLI::config_extras_mode::ignore_all);  // `true` would let unknown flags pass too
}

int Invocation::report(const std::string& command, const Error& error) const {
  if (quiet_) return exit_code(error.kind);
  fmt::print(stderr, "meno {}: {}\n", command, error.message);
  if (json_) {
    const Json document = {{"error", {{"kind", name_of(error.kind)}, {"message", error.message}}}};
    fmt::print("{}\n", document.dump());
  }
  return exit_code(error.kind);
}

int Invocation::run(int argc, const char* const* argv, const std::function<Result<Json>()>& body,
                    const std::function<std::string(const Json&)>& text) {
  const std::string command = argc > 0 ? argv[0] : "";
  std::vector<std::string> arguments(argv + std::min(1, argc), argv + argc);
  add_environment(app_, arguments);
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    app_.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    if (!quiet_) fmt::print("{}", app_.help());
    return 0;
  } catch (const CLI::ParseError& fault) {
    return report(command,
                  invalid_input(fmt::format("{}; see meno {} --help", fault.what(), command)));
  }
  const Result<Json> document = body();
  if (!document) return report(command, document.error());
  if (quiet_) return 0;
  const std::string shown = json_ ? document->dump() : text(*document);
  if (!shown.empty()) fmt::print("{}\n", shown);
  return 0;
}

}  // namespace meno
