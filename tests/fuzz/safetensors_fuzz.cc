// Fuzzes the safetensors container: whatever decodes encodes and decodes to the same bytes.
#include <cstdint>
#include <cstdlib>

#include "core/tensors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto tensors = meno::decode_safetensors(bytes, "fuzz");
  if (!tensors) return 0;
  const std::string encoded = meno::encode_safetensors(*tensors);
  const auto again = meno::decode_safetensors(encoded, "fuzz");
  if (!again || meno::encode_safetensors(*again) != encoded) std::abort();
  return 0;
}
