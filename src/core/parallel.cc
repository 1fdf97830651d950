#include "core/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace meno {

std::size_t thread_count(int asked) {
  if (asked > 0) return static_cast<std::size_t>(asked);
  return std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

void parallel_for(std::size_t parts, std::size_t threads,
                  const std::function<void(std::size_t)>& body) {
  if (threads <= 1 || parts <= 1) {
    for (std::size_t part = 0; part < parts; ++part) body(part);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr fault;
  std::mutex fault_mutex;
  const auto work = [&] {
    for (std::size_t part = next++; part < parts; part = next++) {
      try {
        body(part);
      } catch (...) {
        const std::lock_guard lock(fault_mutex);
        if (!fault) fault = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> crew;
    for (std::size_t i = 1; i < std::min(threads, parts); ++i) crew.emplace_back(work);
    work();
  }
  if (fault) std::rethrow_exception(fault);
}

}  // namespace meno
