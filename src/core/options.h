// Options: hyper-parameters by name, as typed on a command line and stored in model.json.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace meno {

/// name -> value as text, e.g. {"hidden", "64"}.
using Options = std::map<std::string, std::string, std::less<>>;

/// Reads options into the fields of an aggregate and refuses unknown names.
///   OptionReader reader(options);
///   reader.read("hidden", config.hidden);
///   MENO_TRY_DONE(reader.finish("evidence"));
class OptionReader {
 public:
  explicit OptionReader(const Options& options) : left_(options) {}

  /// Leaves `value` as it is when the option is absent. Remembers the first fault for finish().
  void read(std::string_view name, int& value);
  void read(std::string_view name, double& value);
  void read(std::string_view name, bool& value);
  void read(std::string_view name, std::string& value);

  /// Errors: InvalidInput for a value that does not parse or a name nobody read; `owner` names the
  /// model or learner.
  Result<Done> finish(std::string_view owner);

 private:
  template <class T>
  void read_number(std::string_view name, T& value, std::string_view expected);

  Options left_;
  std::string known_;
  std::string fault_;
};

/// "name=value" -> one entry. Errors: InvalidInput without "=".
Result<Options> parse_options(const std::vector<std::string>& settings);

}  // namespace meno
