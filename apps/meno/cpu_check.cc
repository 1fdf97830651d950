// Refuses a processor older than x86-64-v3 with one sentence, before any code that needs it runs.
#include <cstdlib>

#include <unistd.h>

namespace {

#if defined(__x86_64__)
// target("arch=x86-64") keeps this function runnable on the processors it refuses.
__attribute__((constructor(101), target("arch=x86-64"))) void refuse_old_processors() {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return;
  constexpr char kMessage[] =
      "meno: this processor lacks AVX2 and FMA, expected x86-64-v3 (Intel Haswell or AMD Zen on)\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kMessage, sizeof kMessage - 1);
  std::_Exit(70);
}
#endif

}  // namespace
