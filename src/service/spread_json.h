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

/// What a row measured, and what of it is gained on a baseline.
template <class Row>
void put_scores(Json& json, const Row& row) {
  put(json, "auc", row.auc);
  put(json, "log_loss", row.log_loss);
  put(json, "ece", row.ece);
  put(json, "auc_gain", row.auc_gain);
  put(json, "log_loss_gain", row.log_loss_gain);
  put(json, "ece_gain", row.ece_gain);
}

}  // namespace meno
