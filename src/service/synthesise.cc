#include "service/synthesise.h"

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/json.h"
#include "core/progress.h"
#include "domain/dataset.h"
#include "domain/dataset_writer.h"
#include "meta/generative/generator.h"
#include "service/course_sources.h"
#include "service/training_split.h"

namespace meno {
namespace {

constexpr std::string_view kProvenance =
    "simulated: made up by a generator learnt from another dataset, no person's answers "
    "(src/meta/generative)";
constexpr std::string_view kCopied =
    "real answers of another dataset's students, drawn again under made-up names";

Result<Done> check(const Synthesise& ask) {
  if (ask.students < 0)
    return invalid_input(fmt::format("students is {}, expected 0 or more", ask.students));
  std::error_code ignored;
  if (!std::filesystem::equivalent(ask.data, ask.out, ignored)) return Done{};
  return conflict(fmt::format("{} is the data itself, expected another folder", ask.out.string()));
}

/// Students drawn and written one by one, so that memory does not grow with them.
Result<Done> write_students(const StudentGenerator& generator, const Course& course,
                            std::size_t count, std::uint64_t seed, DatasetWriter& writer) {
  Progress progress("simulated students", count, "students");
  for (std::size_t k = 0; k < count; ++k) {
    if (interrupted()) return unavailable("stopped by a signal, nothing is kept");
    History student;
    draw_student(generator, k, seed, student);
    const std::string name = fmt::format("simulated-{:05}", k + 1);
    const Sequence answers = student.view();
    for (std::size_t t = 0; t < answers.size(); ++t) {
      const Event event = answers[t];
      AnswerRow row{.student = name,
                    .item = course.items.name(event.item),
                    .skills = {},
                    .correct = event.correct,
                    .order = static_cast<std::int64_t>(t)};
      for (const SkillId skill : event.skills) row.skills.emplace_back(course.skills.name(skill));
      MENO_TRY_DONE(writer.add(row));
    }
    progress.advance();
  }
  return Done{};
}

}  // namespace

Result<Json> synthesise(const Synthesise& ask) {
  MENO_TRY_DONE(check(ask));
  MENO_TRY(const GeneratorEntry* const entry, find_generator(ask.generator));
  MENO_TRY(const Dataset data, Dataset::open(ask.data));
  const SplitSource source = split_source(data);
  MENO_TRY(const Split split, training_split(source, ask.fold, ask.seed));
  GenerativeCohort cohort{.students = sequences_of(source, split.train), .seed = ask.seed};
  OpenSources others;
  if (!ask.sources.empty()) {
    MENO_TRY(others, open_sources(ask.sources));
    MENO_TRY_DONE(check_target_apart(data, others));
  }
  for (const Dataset& other : others.datasets) cohort.sources.push_back(all_sequences(other));
  MENO_TRY(DatasetWriter writer,
           DatasetWriter::create(ask.out, data.course().name + " (simulated students)"));
  MENO_TRY(const auto generator, entry->fit(ask.generator_options, cohort));
  const std::size_t count =
      ask.students == 0 ? cohort.students.size() : static_cast<std::size_t>(ask.students);
  MENO_TRY_DONE(write_students(*generator, data.course(), count, ask.seed, writer));
  MENO_TRY_DONE(writer.finish({{"source", entry->copies ? kCopied : kProvenance},
                               {"simulated", true},
                               {"generator", entry->name},
                               {"options", ask.generator_options},
                               {"seed", ask.seed},
                               {"like", ask.data.filename().string()},
                               {"like_hash", data.hash()},
                               {"split", split.name},
                               {"learnt_from", cohort.students.size()},
                               {"copies_of_real_answers", entry->copies},
                               {"code_version", MENO_VERSION}}));
  MENO_TRY(const Dataset made, Dataset::open(ask.out));
  return Json{{"into", ask.out.string()},
              {"generator", entry->name},
              {"students", made.students()},
              {"answers", made.answers()},
              {"p_correct", made.manifest().at("p_correct")},
              {"learnt_from", cohort.students.size()},
              {"copies_of_real_answers", entry->copies},
              {"data_hash", made.hash()}};
}

}  // namespace meno
