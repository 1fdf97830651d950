#include "eval/predictions.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "core/parallel.h"

namespace meno {
namespace {

/// A run of windows that are encoded and predicted together, so that memory stays bounded.
struct Part {
  std::size_t first = 0;
  std::size_t last = 0;           // one past
  std::vector<double> p_correct;  // every event of every window, one after the other
};

std::vector<Part> parts_of(std::span<const ScoredWindow> windows) {
  constexpr std::size_t kRows =
      16'384;  // events a part holds at least, save the last: some MB encoded
  std::vector<Part> parts;
  std::size_t rows = kRows;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    if (rows >= kRows) {
      parts.push_back({w, w, {}});
      rows = 0;
    }
    parts.back().last = w + 1;
    rows += windows[w].window.events.size();
  }
  return parts;
}

/// Like lengths share a batch, so that models which pad do little of it.
void predict_part(const StudentModel& model, ParamView theta, std::span<const ScoredWindow> windows,
                  Part& part) {
  std::vector<std::unique_ptr<const Encoded>> encoded;
  std::vector<const Encoded*> batch;
  std::size_t rows = 0;
  for (std::size_t w = part.first; w < part.last; ++w) {
    encoded.push_back(model.encode(windows[w].window));
    batch.push_back(encoded.back().get());
    rows += encoded.back()->size();
  }
  part.p_correct.assign(rows, 0.0);
  model.predict(theta, batch, part.p_correct);
}

bool repeats_the_item_before(const Sequence& events, std::size_t t) {
  return t > 0 && events[t].item == events[t - 1].item;
}

}  // namespace

void Predictions::start(StudentId who) {
  student.push_back(who);
  begin.push_back(p_correct.size());
}

void Predictions::add(double p, float answer, std::uint32_t at, bool is_repeat) {
  p_correct.push_back(p);
  correct.push_back(answer);
  row.push_back(at);
  repeat.push_back(is_repeat ? 1 : 0);
  begin.back() = p_correct.size();
}

namespace {

/// Appends one window's scored answers. `p_correct` [T] are the predictions of the whole window.
Result<Done> add_window(const ScoredWindow& scored, std::span<const double> p_correct,
                        Predictions& all) {
  const Window& window = scored.window;
  all.start(scored.student);
  for (std::size_t t = window.from; t < window.events.size(); ++t) {
    const double p = p_correct[t];
    if (!(p > 0.0 && p < 1.0)) {
      return Error{
          ErrorKind::Internal,
          fmt::format(
              "the model predicts {} for answer {} of student {}, expected a number in (0, 1)", p,
              t + 1, scored.student.value)};
    }
    all.add(p, window.events[t].correct, static_cast<std::uint32_t>(t),
            repeats_the_item_before(window.events, t));
  }
  return Done{};
}

}  // namespace

Result<Predictions> predictions_of(const StudentModel& model, ParamView theta,
                                   std::span<const ScoredWindow> windows, int threads) {
  std::vector<Part> parts = parts_of(windows);
  parallel_for(parts.size(), thread_count(threads),
               [&](std::size_t p) { predict_part(model, theta, windows, parts[p]); });
  Predictions all;
  for (const Part& part : parts) {
    std::size_t at = 0;
    for (std::size_t w = part.first; w < part.last; ++w) {
      const std::size_t size = windows[w].window.events.size();
      MENO_TRY_DONE(add_window(windows[w], std::span(part.p_correct).subspan(at, size), all));
      at += size;
    }
  }
  return all;
}

}  // namespace meno
