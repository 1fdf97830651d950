#include "http/metric_page.h"

#include <limits>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include "core/check.h"

namespace meno {

struct MetricPage::Families {
  std::vector<prometheus::MetricFamily> all;

  void begin(prometheus::MetricType type, std::string_view name, std::string_view help) {
    prometheus::MetricFamily family;
    family.name = name;
    family.help = help;
    family.type = type;
    all.push_back(std::move(family));
  }

  prometheus::ClientMetric& add(const MetricLabels& labels) {
    MENO_CHECK(!all.empty(), "a series needs a family");
    prometheus::ClientMetric& series = all.back().metric.emplace_back();
    for (const auto& [name, value] : labels) series.label.push_back({std::string(name), value});
    return series;
  }
};

MetricPage::MetricPage() : families_(std::make_unique<Families>()) {}
MetricPage::~MetricPage() = default;

MetricPage& MetricPage::counter(std::string_view name, std::string_view help) {
  families_->begin(prometheus::MetricType::Counter, name, help);
  return *this;
}

MetricPage& MetricPage::gauge(std::string_view name, std::string_view help) {
  families_->begin(prometheus::MetricType::Gauge, name, help);
  return *this;
}

MetricPage& MetricPage::histogram(std::string_view name, std::string_view help) {
  families_->begin(prometheus::MetricType::Histogram, name, help);
  return *this;
}

MetricPage& MetricPage::add(double value, const MetricLabels& labels) {
  prometheus::ClientMetric& series = families_->add(labels);
  if (families_->all.back().type == prometheus::MetricType::Counter) {
    series.counter.value = value;
  } else {
    series.gauge.value = value;
  }
  return *this;
}

MetricPage& MetricPage::add(const TallyFigures& tally, const MetricLabels& labels) {
  prometheus::ClientMetric::Histogram& histogram = families_->add(labels).histogram;
  std::uint64_t so_far = 0;
  for (std::size_t k = 0; k < tally.counts.size(); ++k) {
    so_far += tally.counts[k];
    const bool last = k == tally.bounds.size();
    histogram.bucket.push_back(
        {so_far, last ? std::numeric_limits<double>::infinity() : tally.bounds[k]});
  }
  histogram.sample_count = so_far;
  histogram.sample_sum = tally.sum;
  return *this;
}

std::string MetricPage::text() const {
  return prometheus::TextSerializer().Serialize(families_->all);
}

}  // namespace meno
