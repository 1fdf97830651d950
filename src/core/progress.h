// A progress bar with a rate and an estimate of what is left, on a terminal only: nothing is
// printed when piped.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace meno {

/// Draws on standard error at most ten times a second. Not thread-safe: one owner advances it.
class Progress {
 public:
  /// `total` of 0 means unknown (a counter without an estimate). `unit` is plural, e.g. "rows".
  Progress(std::string label, std::uint64_t total, std::string unit);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance(std::uint64_t by = 1);
  /// Text behind the bar, e.g. "valid AUC .8512".
  void note(std::string text);

 private:
  void draw(bool last);

  std::string label_;
  std::string unit_;
  std::string note_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  bool shown_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point drawn_;
};

}  // namespace meno
