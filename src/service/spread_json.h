// Spreads in a benchmark's document.
#pragma once

#include <string>

#include "core/json.h"
#include "eval/spread.h"

namespace meno {

/// "name", "name_low" and "name_high"; null where there is no such number.
inline void put(Json& row, const std::string& name, const Spread& spread) {
  row[name] = spread.mean ? Json(*spread.mean) : Json();
  row[name + "_low"] = spread.interval ? Json(spread.interval->low) : Json();
  row[name + "_high"] = spread.interval ? Json(spread.interval->high) : Json();
}

}  // namespace meno
