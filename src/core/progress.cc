#include "core/progress.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

namespace meno {
namespace {

constexpr int kBarWidth = 24;
constexpr auto kRedraw = std::chrono::milliseconds(100);

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

Progress::Progress(std::string label, std::uint64_t total, std::string unit)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      total_(total),
      shown_(::isatty(STDERR_FILENO) == 1),
      start_(std::chrono::steady_clock::now()),
      drawn_(start_ - kRedraw) {}

Progress::~Progress() {
  if (shown_ && done_ > 0) draw(true);
}

void Progress::advance(std::uint64_t by) {
  done_ += by;
  if (!shown_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - drawn_ < kRedraw) return;
  drawn_ = now;
  draw(false);
}

void Progress::note(std::string text) { note_ = std::move(text); }

void Progress::draw(bool last) {
  const double elapsed_s = seconds_since(start_);
  const double rate = elapsed_s > 0 ? static_cast<double>(done_) / elapsed_s : 0.0;
  std::string bar;
  std::string left;
  if (total_ > 0) {
    const double share = std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_));
    const int filled = static_cast<int>(share * kBarWidth);
    bar =
        fmt::format(" [{:#<{}}{:.<{}}] {:3.0f} %", "", filled, "", kBarWidth - filled, share * 100);
    if (rate > 0 && !last) {
      left = fmt::format(", {:.0f} s left",
                         static_cast<double>(total_ - std::min(total_, done_)) / rate);
    }
  }
  const std::string line = fmt::format("\r\033[K{}{} {} {} ({:.0f}/s{}) {}{}", label_, bar, done_,
                                       unit_, rate, left, note_, last ? "\n" : "");
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
}

}  // namespace meno
