// meno demo: a demo school of simulated students, ready for `meno serve`.
#include <array>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/json.h"
#include "service/make_demo_school.h"

namespace meno {
namespace {

constexpr std::string_view kBank = "content/school-math";

/// The item bank that came with the program: in a folder above the executable, or where packages
/// put it.
std::filesystem::path shipped_bank() {
  std::error_code ignored;
  std::filesystem::path above = std::filesystem::read_symlink("/proc/self/exe", ignored);
  while (above.has_relative_path()) {
    above = above.parent_path();
    for (const std::filesystem::path& at : {above / kBank, above / "share/meno" / kBank}) {
      if (std::filesystem::exists(at, ignored)) return at;
    }
  }
  return kBank;
}

std::string text_of(const Json& made) {
  const std::string into = made.at("into").get<std::string>();
  if (!made.at("made").get<bool>()) {
    return fmt::format(
        "{}: a demo school (simulated) is there already; --force makes it anew.\n"
        "Open it: meno serve --store {}/school.db --run {}/run",
        into, into, into);
  }
  const Json& school = made.at("school");
  const Json& training = made.at("training");
  return fmt::format(
      "{}: a demo school; all its students are simulated\n"
      "  course      {} skills, {} exercises, {} named misconceptions\n"
      "  classmates  {} simulated students in {} classes, {} answers, {:.1f} % correct\n"
      "  run         {} trained on {} answers of {} other simulated students\n"
      "Open it: meno serve --store {}/school.db --run {}/run",
      into, made.at("skills").get<int>(), made.at("items").get<int>(),
      made.at("misconceptions").get<int>(), school.at("students").get<int>(),
      school.at("classes").get<int>(), school.at("answers").get<int>(),
      100.0 * school.at("p_correct").get<double>(), training.at("model").get<std::string>(),
      training.at("answers").get<std::uint64_t>(), training.at("students").get<std::uint64_t>(),
      into, into);
}

}  // namespace

int demo_command(int argc, const char* const* argv) {
  MakeDemoSchool ask;
  Invocation call("demo", "Make a demo school of simulated students, ready to serve.");
  call.app().add_option("--into", ask.into, "the folder to make")->required();
  call.app()
      .add_option("--students", ask.students, "simulated classmates, in two classes")
      ->capture_default_str();
  call.app()
      .add_option("--training-students", ask.training_students,
                  "other simulated students to train the model on")
      ->capture_default_str();
  call.app()
      .add_option("--seed", ask.seed, "another seed makes another school")
      ->capture_default_str();
  call.app().add_option("--model", ask.model, "student model (default: evidence)");
  call.app()
      .add_option("--epochs", ask.epochs, "passes over the training answers at most")
      ->capture_default_str();
  call.app().add_option("--threads", ask.threads, "0 = all cores")->capture_default_str();
  call.app().add_option("--bank", ask.bank,
                        "the item bank (default: the one that came with the program)");
  call.app().add_flag("--force", ask.force, "replace an earlier demo school");
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        if (ask.bank.empty()) ask.bank = shipped_bank();
        return make_demo_school(ask, SystemClock());
      },
      &text_of);
}

}  // namespace meno
