// meno train: a dataset -> a run.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/near_program.h"
#include "cli/private_options.h"
#include "core/interrupt.h"
#include "core/json.h"
#include "core/ranks.h"
#include "service/train_run.h"

namespace meno {
namespace {

std::string prior_text(const Json& prior) {
  if (!prior.is_object()) return "";
  return fmt::format("\nthe prior, {} the course, has valid log loss {:.4f}: {}",
                     prior.at("grown").get<bool>() ? "grown in" : "tuned to",
                     prior.at("valid_log_loss").get<double>(),
                     prior.at("kept").get<bool>() ? "it is the run" : "the run is from scratch");
}

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
  text += fmt::format(
      "{}: {} by {}, best epoch {}, {} training and {} validation students ({}), {:.1f} s",
      report.at("run").get<std::string>(), report.at("model").get<std::string>(),
      report.at("learner").get<std::string>(), report.at("best_epoch").get<int>(),
      students.at("train").get<std::size_t>(), students.at("valid").get<std::size_t>(),
      report.at("split").get<std::string>(), report.at("train_seconds").get<double>());
  if (report.contains("private")) {
    const Json& spent = report.at("private");
    text += fmt::format("\nprivate: epsilon {:.3f} at delta {:g}, {} steps of {:.0f} students",
                        spent.at("epsilon").get<double>(), spent.at("delta").get<double>(),
                        spent.at("steps").get<std::uint64_t>(),
                        spent.at("sampling").get<double>() * spent.at("students").get<double>());
  }
  return text + prior_text(report.at("prior"));
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
  app.add_option(
      "--prior", ask.prior,
      "a run of meno prior that a small course may rather be adapted or grown from, whichever "
      "foresees the validation students better; \"none\" for none (default: "
      "models/universal near the program, unless model or learner are chosen)");
  app.add_flag("--resume", ask.training.resume, "go on from where Ctrl-C stopped the same command");
}

}  // namespace

int train_command(int argc, const char* const* argv) {
  Invocation call("train",
                  "Train a student model on the training students of a dataset. Under mpirun -n N "
                  "the processes share every step.");
  call.set_quiet(launched_rank() != 0);
  TrainRun ask;
  PrivateFlags private_flags;
  std::vector<std::string> set;
  std::vector<std::string> learner_set;
  std::vector<std::string> distill;
  add_options(call.app(), ask, set, learner_set, distill);
  add_private_options(call.app(), private_flags);
  const auto body = [&]() -> Result<Json> {
    MENO_TRY(ask.model_options, parse_options(set));
    MENO_TRY(ask.training.learner_options, parse_options(learner_set));
    if (!distill.empty()) {
      MENO_TRY(const Options teaching, parse_options(distill));
      MENO_TRY(ask.distillation, read_distillation(teaching));
    }
    MENO_TRY(ask.training.privacy, privacy_of(call.app(), private_flags));
    MENO_TRY(const std::unique_ptr<Ranks> ranks, join_ranks());
    // A prior has to be tuned on the students: neither in private nor in several processes.
    const bool chosen = call.app().count("--model") + call.app().count("--learner") > 0 ||
                        !set.empty() || !learner_set.empty() || ask.training.privacy ||
                        ask.distillation || ranks->size() > 1;
    if (ask.prior.empty() && !chosen) ask.prior = universal_prior();
    if (ask.prior == "none") ask.prior.clear();
    catch_interrupts();
    ask.training.ranks = ranks.get();
    Result<Json> report = train_run(ask);
    call.set_quiet(ranks->end(report.has_value()) != ranks->rank());
    return report;
  };
  return call.run(argc, argv, body, &text_of);
}

}  // namespace meno
