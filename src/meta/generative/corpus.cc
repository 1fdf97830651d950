#include "meta/generative/corpus.h"

#include <cmath>

#include "domain/course_draw.h"

namespace meno {
namespace {

constexpr std::size_t kDrawnAnswers = 60'000;  // of all drawn courses, about
constexpr double kFewest = 3.0;                // students of a drawn course
constexpr double kMost = 250.0;

void keep_present(std::vector<EncodedStudent>& students) {
  std::erase_if(students, [](const EncodedStudent& student) { return student.correct.empty(); });
}

std::vector<EncodedStudent> drawn_others(const GenerativeCohort& cohort, std::size_t longest,
                                         Rng rng) {
  std::vector<EncodedStudent> all;
  if (cohort.sources.empty()) return all;
  std::size_t answers = 0;
  for (std::size_t course = 0; answers < kDrawnAnswers && course < 10'000; ++course) {
    const auto& students = cohort.sources[course % cohort.sources.size()];
    const double size = kFewest * std::pow(kMost / kFewest, rng.uniform());
    const DrawnCourse drawn = draw_course(
        students,
        {.students = static_cast<std::size_t>(size), .longest = longest, .merge_copies = true},
        rng);
    for (EncodedStudent& student : encoded_in_turn(views_of(drawn.students), longest))
      all.push_back(std::move(student));
    answers += drawn.answers();
  }
  keep_present(all);
  return all;
}

}  // namespace

Corpus corpus_of(const GenerativeCohort& cohort, std::size_t longest) {
  std::vector<Sequence> order = cohort.students;
  Rng rng(mix64(cohort.seed) ^ 0x636f);
  rng.shuffle(std::span(order));
  Corpus corpus{.own = encoded_in_turn(order, longest),
                .others = drawn_others(cohort, longest, rng.fork(1))};
  keep_present(corpus.own);
  return corpus;
}

Turns::Turns(std::span<const EncodedStudent> students, Rng& rng) : rng_(rng) {
  for (const EncodedStudent& student : students) order_.push_back(&student);
  at_ = order_.size();
}

std::vector<const EncodedStudent*> Turns::next(std::size_t rows) {
  std::vector<const EncodedStudent*> batch;
  std::size_t taken = 0;
  while (taken < rows && batch.size() < order_.size()) {
    if (at_ == order_.size()) {
      rng_.shuffle(std::span(order_));
      at_ = 0;
    }
    batch.push_back(order_[at_++]);
    taken += batch.back()->correct.size();
  }
  return batch;
}

std::size_t answers_of(std::span<const EncodedStudent> students) {
  std::size_t answers = 0;
  for (const EncodedStudent& student : students) answers += student.correct.size();
  return answers;
}

}  // namespace meno
