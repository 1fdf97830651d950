#include "store/audit.h"

#include <fmt/format.h>

#include "core/secrets.h"

namespace meno {

std::string chain_hash(std::string_view previous, std::uint64_t no, const AuditNote& note) {
  std::string text;
  const auto add = [&text](std::string_view field) {
    text += fmt::format("{}:{}", field.size(), field);
  };
  add(previous);
  add(std::to_string(no));
  add(std::to_string(note.at.time_since_epoch().count()));
  add(note.actor);
  add(note.action);
  add(note.target);
  add(note.detail);
  return hex(sha256(text));
}

Result<Done> ChainCheck::add(const AuditRow& row) {
  if (row.no != rows_ + 1) {
    return conflict(
        fmt::format("row {} of the audit log is missing, the next one is {}", rows_ + 1, row.no));
  }
  const std::string expected = chain_hash(last_hash_, row.no, row.note);
  if (row.hash != expected) {
    return conflict(
        fmt::format("row {} of the audit log has hash {}, expected {}: it, or the row before, is "
                    "not what was written",
                    row.no, row.hash, expected));
  }
  rows_ = row.no;
  last_hash_ = row.hash;
  return Done{};
}

}  // namespace meno
