#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/private_options.h"
#include "core/interrupt.h"
#include "core/json.h"
#include "service/evaluate_model.h"

namespace meno {
namespace {

std::string cell(const Json& value) {
  return value.is_number() ? fmt::format("{:.4f}", value.get<double>()) : "–";
}

/// One line of the table: the contract's metrics, then what it took.
std::string line(const std::string& label, const Json& row) {
  return fmt::format("{:>5}  {:>7} {:>7} {:>8} {:>7} {:>7} {:>7} {:>8.0f} {:>8.1f} {:>8.0f}\n",
                     label, cell(row.at("auc")), cell(row.at("auc_without_repeats")),
                     cell(row.at("accuracy")), cell(row.at("f1")), cell(row.at("log_loss")),
                     cell(row.at("ece")), row.at("scored").get<double>(),
                     row.at("train_seconds").get<double>(), row.at("peak_rss_mb").get<double>());
}

std::string after_lines(const Json& fold) {
  std::string text = fmt::format(
      "\nfold {}: the next ten answers, from the first k alone\n{:>5} {:>8} {:>8} {:>7} {:>8} "
      "{:>8}\n",
      fold.at("fold").get<int>(), "k", "students", "scored", "auc", "log loss", "adapted");
  for (const Json& row : fold.at("after")) {
    text += fmt::format("{:>5} {:>8} {:>8} {:>7} {:>8} {:>8}\n", row.at("k").get<int>(),
                        row.at("students").get<int>(), row.at("scored").get<int>(),
                        cell(row.at("auc")), cell(row.at("log_loss")),
                        row.contains("adapted") ? cell(row.at("adapted").at("auc")) : "–");
  }
  return text;
}

std::string robust_lines(const Json& fold) {
  std::string text =
      fmt::format("\nfold {}: true answers, from damaged histories\n{:>10} {:>7} {:>8} {:>7}\n",
                  fold.at("fold").get<int>(), "history", "auc", "log loss", "ece");
  for (const Json& row : fold.at("robust")) {
    text += fmt::format("{:>10} {:>7} {:>8} {:>7}\n", row.at("corruption").get<std::string>(),
                        cell(row.at("auc")), cell(row.at("log_loss")), cell(row.at("ece")));
  }
  return text;
}

std::string evaluation_text(const Json& document) {
  std::string text = fmt::format(
      "{} under protocol {}\n\n{:>5}  {:>7} {:>7} {:>8} {:>7} {:>7} {:>7} {:>8} {:>8} {:>8}\n",
      document.at("model").get<std::string>(), document.at("protocol").get<std::string>(), "fold",
      "auc", "no rep.", "accuracy", "f1", "logloss", "ece", "scored", "train s", "peak MiB");
  for (const Json& fold : document.at("folds")) {
    text += line(std::to_string(fold.at("fold").get<int>()), fold);
    const Json& interval = fold.at("intervals").at("auc");
    if (interval.is_array()) {
      text += fmt::format("       AUC 95 % interval over students [{:.4f}, {:.4f}]\n",
                          interval.at(0).get<double>(), interval.at(1).get<double>());
    }
  }
  if (document.at("folds").size() > 1) text += line("mean", document.at("mean"));
  for (const Json& fold : document.at("folds")) {
    if (!fold.contains("private")) continue;
    text += fmt::format("fold {}: trained privately, epsilon {:.3f} at delta {:g}\n",
                        fold.at("fold").get<int>(), fold.at("private").at("epsilon").get<double>(),
                        fold.at("private").at("delta").get<double>());
  }
  for (const Json& fold : document.at("folds")) {
    if (fold.contains("after")) text += after_lines(fold);
    if (fold.contains("robust")) text += robust_lines(fold);
  }
  return text;
}

std::string as_typed(int argc, const char* const* argv) {
  std::string command = "meno";
  for (int i = 0; i < argc; ++i) command += fmt::format(" {}", argv[i]);
  return command;
}

}  // namespace

int evaluate_command(int argc, const char* const* argv) {
  Invocation call("evaluate", "Train a model and judge it on students it has never seen.");
  EvaluateModel ask;
  PrivateFlags private_flags;
  std::vector<std::string> model_settings;
  std::vector<std::string> learner_settings;
  std::vector<std::string> distill;
  CLI::App& app = call.app();
  app.add_option("dataset", ask.dataset, "a folder made by meno import")->required();
  app.add_option("--model", ask.plan.model, "student model")->capture_default_str();
  app.add_option("--set", model_settings, "model option name=value, may repeat");
  app.add_option("--protocol", ask.plan.protocol,
                 "akt, gervet, holdout, new-student, school or class")
      ->capture_default_str();
  app.add_option("--folds", ask.plan.folds,
                 "folds to run, e.g. 1,2; all of the protocol's if absent")
      ->delimiter(',');
  app.add_option("--seed", ask.plan.training.seed, "of splits, training and resamples")
      ->capture_default_str();
  app.add_option("--learner", ask.plan.training.learner, "how parameters are learnt")
      ->capture_default_str();
  app.add_option("--learner-set", learner_settings, "learner option name=value, may repeat");
  app.add_option("--distill", distill,
                 "learn from teachers: teachers, folds, model, temperature, weight or runs=value; "
                 "may be repeated");
  app.add_flag("--robust", ask.plan.robust,
               "also judge on histories with turned, missing and added answers");
  app.add_option("--bots", ask.plan.bots,
                 "share of training and validation students who answer at random")
      ->capture_default_str();
  app.add_option("--epochs", ask.plan.training.epochs, "at most; 0: the model's own number")
      ->capture_default_str();
  app.add_option("--rate", ask.plan.training.rate, "base learning rate; by default the model's");
  add_private_options(app, private_flags);
  app.add_option("--threads", ask.plan.training.threads, "0: all cores")->capture_default_str();
  app.add_option("--resamples", ask.plan.resamples, "of students, for intervals; 0: none")
      ->capture_default_str();
  app.add_option("--report", ask.report, "write an HTML report here");
  app.add_option("--predictions", ask.predictions, "write every prediction here as CSV");
  app.add_option("--language", ask.language, "of the report: en or zh-CN")->capture_default_str();
  ask.command = as_typed(argc, argv);
  catch_interrupts();
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        MENO_TRY(ask.plan.model_options, parse_options(model_settings));
        MENO_TRY(ask.plan.training.learner_options, parse_options(learner_settings));
        MENO_TRY(ask.plan.training.privacy, privacy_of(call.app(), private_flags));
        if (!distill.empty()) {
          MENO_TRY(const Options teaching, parse_options(distill));
          MENO_TRY(ask.plan.distillation, read_distillation(teaching));
        }
        return evaluate_model(ask, SystemClock());
      },
      &evaluation_text);
}

}  // namespace meno
