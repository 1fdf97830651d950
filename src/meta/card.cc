#include "meta/card.h"

#include <fmt/format.h>

#include "core/json.h"
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

/// What a private training promises, and what it does not.
std::string about_privacy(const Json& metrics) {
  if (!metrics.contains("private")) return "";
  const Json& spent = metrics.at("private");
  if (!spent.at("secret").get<bool>()) {
    return "\n## Privacy\nTrained with noise of a chosen seed, for an experiment: who knows the "
           "seed "
           "can take the noise away, so this run is **not private**.\n";
  }
  return fmt::format(
      "\n## Privacy\nThe weights are ({:.3g}, {:g})-differentially private for each of the {} "
      "training students with all his answers together: whether one of them took part changes the "
      "probability of any outcome by a factor of at most e^{:.3g}, except with probability {:g}. "
      "Not covered: the validation students, who chose the epoch and gave the figures above; the "
      "lists of items and skills; the number of training students; choices made after looking at "
      "other runs on the same students.\n",
      spent.at("epsilon").get<double>(), spent.at("delta").get<double>(),
      spent.at("students").get<std::size_t>(), spent.at("epsilon").get<double>(),
      spent.at("delta").get<double>());
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
  text += about_privacy(run.metrics);
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
