#include "core/interrupt.h"

#include <atomic>
#include <csignal>

namespace meno {
namespace {

std::atomic<bool> flag{false};
static_assert(std::atomic<bool>::is_always_lock_free, "must be safe in a signal handler");

void on_signal(int signal) {
  if (flag.exchange(true)) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, &on_signal);
  std::signal(SIGTERM, &on_signal);
}

bool interrupted() { return flag.load(); }
void set_interrupted(bool value) { flag.store(value); }

}  // namespace meno
