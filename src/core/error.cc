#include "core/error.h"

#include <utility>

namespace meno {
namespace {

struct Reaction {
  ErrorKind kind;
  std::string_view name;
  int http_status;
  int exit_code;
};

constexpr Reaction kReactions[] = {
    {ErrorKind::InvalidInput, "invalid_input", 400, 2},
    {ErrorKind::Unauthenticated, "unauthenticated", 401, 3},
    {ErrorKind::Forbidden, "forbidden", 403, 3},
    {ErrorKind::NotFound, "not_found", 404, 4},
    {ErrorKind::Conflict, "conflict", 409, 5},
    {ErrorKind::Unavailable, "unavailable", 503, 6},
    {ErrorKind::Internal, "internal", 500, 70},
};

const Reaction& reaction_to(ErrorKind kind) { return kReactions[static_cast<std::size_t>(kind)]; }

}  // namespace

int http_status(ErrorKind kind) { return reaction_to(kind).http_status; }
int exit_code(ErrorKind kind) { return reaction_to(kind).exit_code; }
std::string_view name_of(ErrorKind kind) { return reaction_to(kind).name; }

Error invalid_input(std::string message) { return {ErrorKind::InvalidInput, std::move(message)}; }
Error not_found(std::string message) { return {ErrorKind::NotFound, std::move(message)}; }
Error conflict(std::string message) { return {ErrorKind::Conflict, std::move(message)}; }
Error unavailable(std::string message) { return {ErrorKind::Unavailable, std::move(message)}; }

}  // namespace meno
