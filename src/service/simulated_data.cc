#include "service/simulated_data.h"

#include "core/json.h"

namespace meno {

bool is_simulated(const Dataset& dataset) {
  const Json& manifest = dataset.manifest();
  return manifest.contains("provenance") && manifest.at("provenance").is_object() &&
         manifest.at("provenance").value("simulated", false);
}

}  // namespace meno
