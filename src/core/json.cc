#include "core/json.h"

#include <fmt/format.h>

namespace meno {

Result<Json> parse_json(std::string_view text, std::string_view where) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& fault) {
    return invalid_input(
        fmt::format("{}: not JSON at byte {}, expected one JSON document", where, fault.byte));
  } catch (const Json::exception&) {  // a number beyond the range of double
    return invalid_input(
        fmt::format("{}: JSON with a number out of range, expected finite ones", where));
  }
}

}  // namespace meno
