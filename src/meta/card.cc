#include "meta/card.h"

#include <fmt/format.h>

#include "meta/registry.h"
#include "models/registry.h"

namespace meno {
namespace {

std::string about_model(const std::string& name) {
  const auto entry = find_model(name);
  return entry ? fmt::format("{} ({}; {})", name, (*entry)->summary, (*entry)->source) : name;
}

std::string about_learner(const std::string& name) {
  const auto entry = find_learner(name);
  return entry ? fmt::format("{} ({}; {})", name, (*entry)->summary, (*entry)->source) : name;
}

std::string listed(const Options& options) {
  std::string text;
  for (const auto& [name, value] : options)
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", name, value);
  return text.empty() ? "all defaults" : text;
}

/// One line per figure, nested names joined by spaces.
void add_figures(const Json& figures, const std::string& prefix, std::string& text) {
  for (const auto& [name, value] : figures.items()) {
    const std::string label = prefix.empty() ? name : prefix + " " + name;
    if (value.is_object()) {
      add_figures(value, label, text);
    } else {
      text += fmt::format("| {} | {} |\n", label, value.dump());
    }
  }
}

}  // namespace

std::string card_of(const Run& run) {
  std::string text = fmt::format("# {} on {}\n\n", run.model_name, run.course.name);
  if (run.simulated)
    text += "**Trained on simulated students.** Its figures say nothing about real learners.\n\n";
  text += fmt::format(
      "## What it is\nA student model: from a learner's past answers it predicts the probability "
      "that the next answer is "
      "right.\n\n- model: {}\n- model options: {}\n- learner: {}\n- learner options: {}\n- "
      "parameters: {}{}\n- made by: "
      "meno {}, seed {}\n\n",
      about_model(run.model_name), listed(run.model_options), about_learner(run.learner_name),
      listed(run.learner_options), run.theta.size(),
      run.learnt.empty() ? "" : fmt::format(", and {} of the learner's own", run.learnt.size()),
      run.code_version, run.seed);
  text += fmt::format("## Data\n- course: {}, {} items, {} skills\n- data hash: {}\n\n",
                      run.course.name, run.course.items.size(), run.course.skills.size(),
                      run.data_hash);
  text += "## Figures\n";
  if (run.metrics.contains("valid")) {
    text +=
        "Measured on validation students, who also chose the epoch; `meno evaluate` gives figures "
        "on students that no choice has seen.\n\n";
  }
  text += "| figure | value |\n|---|---|\n";
  add_figures(run.metrics, "", text);
  text +=
      "\n## Intended use\nChoosing practice, seeing what is known and where help is needed, with a "
      "teacher who can overrule "
      "it.\n\n## Limits\n- Not for grades, admission or any decision without a person who reviews "
      "it.\n- A probability is about "
      "learners like those it was trained on; check calibration on your own (`meno evaluate`) "
      "before relying on it.\n- Few "
      "answers mean wide uncertainty, whatever the number says.\n- It holds no names; identifiers "
      "of learners are not in this "
      "folder.\n";
  return text;
}

}  // namespace meno
