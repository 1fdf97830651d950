// What every command shares: --json, --config, MENO_... variables, errors as one sentence, and exit
// codes. The one place that includes CLI11.
#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "core/json_fwd.h"
#include "core/result.h"

namespace meno {

/// One invocation of a command. Usage:
///   Invocation call("import", "turn learning records into a dataset");
///   call.app().add_option("--into", folder, "the dataset folder to make")->required();
///   return call.run(argc, argv, [&] { return import_files(request); }, &import_text);
class Invocation {
 public:
  Invocation(const std::string& name, const std::string& summary);

  /// Where the command adds its own arguments.
  CLI::App& app() { return app_; }
  /// True after parsing when --json was given.
  bool json() const { return json_; }

  /// Prints nothing from here on: of several ranks one speaks for all. The exit code stays.
  void set_quiet(bool quiet) { quiet_ = quiet; }

  /// Parses the arguments (flags before MENO_<FLAG> variables before meno.toml), runs `body` and
  /// prints its document: as it is with --json (standard output then holds nothing else), else as
  /// `text` renders it. An error goes to standard error as "meno <command>: <sentence>", and with
  /// --json also to standard output as {"error": {"kind", "message"}}. Returns the exit code of
  /// core/error.cc's table.
  int run(int argc, const char* const* argv, const std::function<Result<Json>()>& body,
          const std::function<std::string(const Json&)>& text);

 private:
  int report(const std::string& command, const Error& error) const;

  CLI::App app_;
  bool json_ = false;
  bool quiet_ = false;
};

}  // namespace meno
