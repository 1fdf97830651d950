// To add a generator: write meta/generative/<name>.{h,cc}, add its row, run the contract tests.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "meta/generative/bootstrap.h"
#include "meta/generative/gan.h"
#include "meta/generative/generator.h"
#include "meta/generative/irt.h"
#include "meta/generative/vae.h"

namespace meno {
namespace {

constexpr std::array kGenerators{
    GeneratorEntry{"bootstrap", "the training students again, drawn with replacement",
                   "Efron & Tibshirani 1993", &fit_bootstrap, true},
    GeneratorEntry{"irt", "an ability, and answers logistic in it and in past wins and fails",
                   "Rasch 1960; Pavlik, Cen & Koedinger 2009", &fit_irt},
    GeneratorEntry{"vae", "a latent profile, and a network that answers from it and the evidence",
                   "Kingma & Welling 2014", &fit_vae},
    GeneratorEntry{"gan", "a network whose histories another cannot tell from real ones",
                   "Goodfellow et al. 2014; Ho & Ermon 2016", &fit_gan},
};

}  // namespace

std::span<const GeneratorEntry> generator_registry() { return kGenerators; }

Result<const GeneratorEntry*> find_generator(std::string_view name) {
  std::string known;
  for (const GeneratorEntry& entry : kGenerators) {
    if (entry.name == name) return &entry;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.name);
  }
  return invalid_input(fmt::format("generator \"{}\", expected one of: {}", name, known));
}

Result<Done> check_cohort(const GenerativeCohort& cohort) {
  if (std::any_of(cohort.students.begin(), cohort.students.end(),
                  [](const Sequence& student) { return !student.empty(); })) {
    return Done{};
  }
  return invalid_input(fmt::format("{} students without answers, expected at least 1 with some",
                                   cohort.students.size()));
}

void draw_student(const StudentGenerator& generator, std::size_t index, std::uint64_t seed,
                  History& student) {
  Rng rng = Rng(mix64(seed)).fork(index);
  generator.draw(rng, student);
}

std::deque<History> draw_students(const StudentGenerator& generator, std::size_t count,
                                  std::uint64_t seed) {
  std::deque<History> students;
  for (std::size_t k = 0; k < count; ++k) draw_student(generator, k, seed, students.emplace_back());
  return students;
}

}  // namespace meno
