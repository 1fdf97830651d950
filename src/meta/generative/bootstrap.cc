#include "meta/generative/bootstrap.h"

namespace meno {
namespace {

class Resampler final : public StudentGenerator {
 public:
  explicit Resampler(std::vector<Sequence> students) : students_(std::move(students)) {}

  void draw(Rng& rng, History& student) const override {
    const Sequence& real = students_[rng.below(students_.size())];
    for (std::size_t t = 0; t < real.size(); ++t) {
      const Event event = real[t];
      student.push_back({.item = event.item, .skills = event.skills, .correct = event.correct});
    }
  }

 private:
  std::vector<Sequence> students_;  // each with answers
};

}  // namespace

Result<std::unique_ptr<const StudentGenerator>> fit_bootstrap(const Options& options,
                                                              const GenerativeCohort& cohort) {
  OptionReader reader(options);
  MENO_TRY_DONE(reader.finish("bootstrap"));
  MENO_TRY_DONE(check_cohort(cohort));
  std::vector<Sequence> students;
  for (const Sequence& student : cohort.students) {
    if (!student.empty()) students.push_back(student);
  }
  return std::unique_ptr<const StudentGenerator>(
      std::make_unique<const Resampler>(std::move(students)));
}

}  // namespace meno
