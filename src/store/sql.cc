#include "store/sql.h"

#include "core/check.h"

namespace meno {

std::string_view sql_block(std::string_view file, std::string_view name) {
  constexpr std::string_view kMark = "-- name: ";
  std::string_view rest = sql_file(file);
  while (!rest.empty()) {
    const std::size_t mark = rest.find(kMark);
    if (mark == std::string_view::npos) break;
    rest.remove_prefix(mark + kMark.size());
    const std::size_t line_end = rest.find('\n');
    MENO_CHECK(line_end != std::string_view::npos, "a named SQL block without text");
    const std::string_view found = rest.substr(0, line_end);
    rest.remove_prefix(line_end + 1);
    if (found == name) return rest.substr(0, rest.find(kMark));
  }
  MENO_CHECK(false, "no SQL block of this name");
  return {};
}

}  // namespace meno
