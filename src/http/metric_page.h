// MetricPage: figures as Prometheus' text format. metric_page.cc is the one place that includes
// prometheus-cpp.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/tally.h"

namespace meno {

/// Of one series: names and values.
using MetricLabels = std::vector<std::pair<std::string_view, std::string>>;

/// Families in the order in which they are begun, each with its series. Not thread-safe.
class MetricPage {
 public:
  MetricPage();
  MetricPage(const MetricPage&) = delete;
  MetricPage& operator=(const MetricPage&) = delete;
  MetricPage(MetricPage&&) = delete;
  MetricPage& operator=(MetricPage&&) = delete;
  ~MetricPage();

  /// Begins a family: what is added next belongs to it. A counter only grows, a gauge is of now.
  MetricPage& counter(std::string_view name, std::string_view help);
  MetricPage& gauge(std::string_view name, std::string_view help);
  MetricPage& histogram(std::string_view name, std::string_view help);
  /// A series of a counter or a gauge.
  MetricPage& add(double value, const MetricLabels& labels = {});
  /// A series of a histogram.
  MetricPage& add(const TallyFigures& tally, const MetricLabels& labels = {});

  std::string text() const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

/// The Content-Type of text().
inline constexpr std::string_view kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace meno
