#include "core/options.h"

#include <charconv>

#include <fmt/format.h>

namespace meno {

template <class T>
void OptionReader::read_number(std::string_view name, T& value, std::string_view expected) {
  known_ += fmt::format("{}{}", known_.empty() ? "" : ", ", name);
  const auto found = left_.find(name);
  if (found == left_.end()) return;
  const std::string text = found->second;
  left_.erase(found);
  T parsed{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), parsed);
  if (fault != std::errc{} || end != text.data() + text.size()) {
    if (fault_.empty()) fault_ = fmt::format("{} is \"{}\", expected {}", name, text, expected);
    return;
  }
  value = parsed;
}

void OptionReader::read(std::string_view name, int& value) {
  read_number(name, value, "an integer");
}
void OptionReader::read(std::string_view name, double& value) {
  read_number(name, value, "a number");
}

void OptionReader::read(std::string_view name, bool& value) {
  int number = value ? 1 : 0;
  const auto found = left_.find(name);
  if (found != left_.end() && (found->second == "true" || found->second == "false")) {
    found->second = found->second == "true" ? "1" : "0";
  }
  read_number(name, number, "true or false");
  value = number != 0;
}

void OptionReader::read(std::string_view name, std::string& value) {
  known_ += fmt::format("{}{}", known_.empty() ? "" : ", ", name);
  const auto found = left_.find(name);
  if (found == left_.end()) return;
  value = found->second;
  left_.erase(found);
}

Result<Done> OptionReader::finish(std::string_view owner) {
  if (!fault_.empty()) return invalid_input(fmt::format("{}: option {}", owner, fault_));
  if (!left_.empty()) {
    return invalid_input(fmt::format("{}: unknown option \"{}\", expected one of: {}", owner,
                                     left_.begin()->first, known_));
  }
  return Done{};
}

Result<Options> parse_options(const std::vector<std::string>& settings) {
  Options options;
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      return invalid_input(fmt::format("option \"{}\", expected name=value", setting));
    }
    options[setting.substr(0, equals)] = setting.substr(equals + 1);
  }
  return options;
}

}  // namespace meno
