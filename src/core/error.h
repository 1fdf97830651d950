// Error: one sentence for the caller, and whose fault it is. One table maps kinds to HTTP statuses
// and exit codes.
#pragma once

#include <string>
#include <string_view>

namespace meno {

/// One kind per reaction: each maps to one HTTP status and one CLI exit code.
enum class ErrorKind {
  InvalidInput,
  Unauthenticated,
  Forbidden,
  NotFound,
  Conflict,
  Unavailable,
  Internal,
};

struct Error {
  ErrorKind kind = ErrorKind::Internal;
  std::string message;  // one sentence: the value seen, the value expected, where
};

/// HTTP status of a kind, e.g. 400 for InvalidInput.
int http_status(ErrorKind kind);

/// Process exit code of a kind, e.g. 2 for InvalidInput.
int exit_code(ErrorKind kind);

/// The kind's name in replies and logs, e.g. "invalid_input".
std::string_view name_of(ErrorKind kind);

/// Short forms for the commonest constructions.
Error invalid_input(std::string message);
Error not_found(std::string message);
Error conflict(std::string message);
Error unavailable(std::string message);

}  // namespace meno
