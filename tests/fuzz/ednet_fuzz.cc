// Fuzzes the ednet importer: any bytes give answers, refusals or one error, never a fault.
#include "tests/fuzz/import_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return meno::fuzz_importer("ednet", {reinterpret_cast<const char*>(data), size});
}
