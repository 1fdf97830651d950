#include "meta/validation.h"

#include <cmath>

#include "core/parallel.h"
#include "domain/auc.h"
#include "meta/feed.h"

namespace meno {

Validation::Validation(const StudentModel& model, const std::vector<Sequence>& students,
                       std::size_t batch_rows, std::size_t threads)
    : model_(model), threads_(threads) {
  windows_.resize(students.size());
  parallel_for(students.size(), threads,
               [&](std::size_t i) { windows_[i] = model.encode({.events = students[i]}); });
  std::vector<std::size_t> lengths;
  lengths.reserve(students.size());
  for (const Sequence& student : students) lengths.push_back(student.size());
  for (const auto& group : group_by_length({lengths.begin(), lengths.end()}, lengths, batch_rows)) {
    std::vector<const Encoded*> batch;
    begin_.push_back(correct_.size());
    for (const std::size_t i : group) {
      batch.push_back(windows_[i].get());
      for (std::size_t t = 0; t < students[i].size(); ++t)
        correct_.push_back(students[i][t].correct);
    }
    batches_.push_back(std::move(batch));
  }
  begin_.push_back(correct_.size());
}

ValidationScore Validation::score(ParamView theta, Ranks& ranks) const {
  if (empty()) return {};
  std::vector<double> p_correct(correct_.size(), 0.0);
  parallel_for(batches_.size(), threads_, [&](std::size_t b) {
    if (b % ranks.size() != ranks.rank()) return;
    model_.predict(theta, batches_[b],
                   std::span(p_correct).subspan(begin_[b], begin_[b + 1] - begin_[b]));
  });
  ranks.add_up(std::vector<double>(ranks.size(), 1.0), p_correct);  // the others' are zeros
  double nats = 0.0;
  for (std::size_t i = 0; i < correct_.size(); ++i) {
    const double y = correct_[i];
    nats -= y * std::log(p_correct[i]) + (1.0 - y) * std::log1p(-p_correct[i]);
  }
  return {.auc = auc(p_correct, correct_), .log_loss = nats / static_cast<double>(correct_.size())};
}

}  // namespace meno
