#include "eval/peak_memory.h"

#include <fstream>
#include <string>

namespace meno {

void reset_peak_memory() {
  std::ofstream("/proc/self/clear_refs") << "5";  // proc(5): resets VmHWM
}

double peak_memory_mb() {
  std::ifstream status("/proc/self/status");
  std::string key;
  while (status >> key) {
    double kib = 0.0;
    if (key == "VmHWM:" && status >> kib) return kib / 1024.0;
    std::getline(status, key);
  }
  return 0.0;
}

}  // namespace meno
