// The process's log on standard error: lines for people, or one JSON object a line. Ids of
// requests, courses and runs may be in it; students, names, answers and secrets may not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meno {

enum class LogFormat { Plain, JsonLines };

/// From here on all that is logged goes to standard error in this format. Call it before other
/// threads log.
void set_up_log(LogFormat format);
/// Writes what waits to be written and goes back to how it was before set_up_log().
void end_log();

/// What the log tells of one request.
struct RequestLine {
  std::string_view request_id;
  std::string_view method;
  std::string_view route;  // the template, never the path as it came
  int status = 0;
  double milliseconds = 0.0;
  std::string_view caller;           // "account", "key", "anybody" or "nobody"
  std::string_view address = {};     // "" where addresses are not to be logged
  std::optional<std::uint64_t> seq;  // of the answer that it stored
};

/// Queues the line and returns at once; when standard error is so slow that thousands wait, the
/// oldest are dropped. Does nothing before set_up_log(). Thread-safe.
void log_request(const RequestLine& line);

}  // namespace meno
