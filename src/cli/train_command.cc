// meno train: a dataset -> a run.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/interrupt.h"
#include "service/train_run.h"

namespace meno {
namespace {

std::string text_of(const Json& report) {
  std::string text;
  for (const Json& epoch : report.at("epochs")) {
    text += fmt::format("epoch {:>3}  train loss {:.4f}", epoch.at("epoch").get<int>(),
                        epoch.at("train_loss").get<double>());
    if (epoch.contains("valid_auc"))
      text += fmt::format("  valid AUC {:.4f}", epoch.at("valid_auc").get<double>());
    if (epoch.contains("valid_log_loss")) {
      text += fmt::format("  valid log loss {:.4f}", epoch.at("valid_log_loss").get<double>());
    }
    text += fmt::format("  {:.1f} s\n", epoch.at("seconds").get<double>());
  }
  const Json& students = report.at("students");
  return text +
         fmt::format(
             "{}: {} by {}, best epoch {}, {} training and {} validation students ({}), {:.1f} s",
             report.at("run").get<std::string>(), report.at("model").get<std::string>(),
             report.at("learner").get<std::string>(), report.at("best_epoch").get<int>(),
             students.at("train").get<std::size_t>(), students.at("valid").get<std::size_t>(),
             report.at("split").get<std::string>(), report.at("train_seconds").get<double>());
}

void add_options(CLI::App& app, TrainRun& ask, std::vector<std::string>& set,
                 std::vector<std::string>& learner_set, std::vector<std::string>& distill) {
  app.add_option("dataset", ask.data, "the dataset folder that meno import made")->required();
  app.add_option("--out", ask.out, "the run folder to make")->required();
  app.add_option("--model", ask.model, "the student model")->capture_default_str();
  app.add_option("--set", set, "an option of the model, name=value; may be repeated");
  app.add_option(
         "--learner", ask.training.learner,
         "how it learns: direct, reptile, maml, fomaml, anil, meta-sgd, imaml or adversarial")
      ->capture_default_str();
  app.add_option("--learner-set", learner_set,
                 "an option of the learner, name=value; may be repeated");
  app.add_option("--distill", distill,
                 "learn from teachers: teachers, folds, model, temperature, weight or runs=value; "
                 "may be repeated");
  app.add_option("--fold", ask.fold, "which part of the students is kept out as test")
      ->capture_default_str();
  app.add_option("--epochs", ask.training.epochs, "0: as many as suit the model")
      ->capture_default_str();
  app.add_option("--patience", ask.training.patience,
                 "epochs without gain before stopping; 0: never stop early")
      ->capture_default_str();
  app.add_option("--seed", ask.training.seed, "of everything random")->capture_default_str();
  app.add_option("--threads", ask.training.threads, "0: all cores")->capture_default_str();
  app.add_option("--batch-rows", ask.training.batch_rows,
                 "rows of a mini-batch at most; by default the model's");
  app.add_option("--window", ask.training.window,
                 "answers of a training window at most; 0: whole histories");
  app.add_option("--rate", ask.training.rate, "base learning rate; by default the model's");
  app.add_option("--weight-decay", ask.training.weight_decay, "by default the model's");
  app.add_flag("--resume", ask.training.resume, "go on from where Ctrl-C stopped the same command");
}

}  // namespace

int train_command(int argc, const char* const* argv) {
  Invocation call("train", "Train a student model on the training students of a dataset.");
  TrainRun ask;
  std::vector<std::string> set;
  std::vector<std::string> learner_set;
  std::vector<std::string> distill;
  add_options(call.app(), ask, set, learner_set, distill);
  const auto body = [&]() -> Result<Json> {
    MENO_TRY(ask.model_options, parse_options(set));
    MENO_TRY(ask.training.learner_options, parse_options(learner_set));
    if (!distill.empty()) {
      MENO_TRY(const Options teaching, parse_options(distill));
      MENO_TRY(ask.distillation, read_distillation(teaching));
    }
    catch_interrupts();
    return train_run(ask);
  };
  return call.run(argc, argv, body, &text_of);
}

}  // namespace meno
