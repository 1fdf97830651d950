#include "meta/checkpoint.h"

#include <cstdint>

#include <fmt/format.h>

#include "core/json.h"
#include "core/tensors.h"

namespace meno {
namespace {

constexpr int kCheckpointSchemaVersion = 1;

/// One file, so that weights and progress are always of one moment: the progress is JSON in a byte
/// tensor.
std::filesystem::path file_in(const std::filesystem::path& folder) {
  return folder / "checkpoint.safetensors";
}

Json to_json(const EpochRecord& record) {
  Json json = {
      {"epoch", record.epoch}, {"train_loss", record.train_loss}, {"seconds", record.seconds}};
  if (record.valid_auc) json["valid_auc"] = *record.valid_auc;
  if (record.valid_log_loss) json["valid_log_loss"] = *record.valid_log_loss;
  return json;
}

EpochRecord record_from_json(const Json& json) {
  EpochRecord record{.epoch = json.at("epoch").get<int>(),
                     .train_loss = json.at("train_loss").get<double>(),
                     .seconds = json.at("seconds").get<double>()};
  if (json.contains("valid_auc")) record.valid_auc = json.at("valid_auc").get<double>();
  if (json.contains("valid_log_loss"))
    record.valid_log_loss = json.at("valid_log_loss").get<double>();
  return record;
}

Result<TrainingState> state_from(const Json& json, const Tensors& tensors,
                                 const std::string& where) {
  TrainingState state;
  state.epoch = json.at("epoch").get<std::size_t>();
  state.step = json.at("step").get<std::size_t>();
  state.loss_sum = json.at("loss_sum").get<double>();
  state.weight_sum = json.at("weight_sum").get<double>();
  state.best_epoch = json.at("best_epoch").get<int>();
  state.optimiser.steps = json.at("optimiser_steps").get<std::uint64_t>();
  for (const Json& record : json.at("epochs")) state.epochs.push_back(record_from_json(record));
  MENO_TRY(state.theta, tensor_values<double>(tensors, "theta", where));
  MENO_TRY(state.average, tensor_values<double>(tensors, "average", where));
  MENO_TRY(state.best, tensor_values<double>(tensors, "best", where));
  MENO_TRY(state.optimiser.first, tensor_values<double>(tensors, "first", where));
  MENO_TRY(state.optimiser.second, tensor_values<double>(tensors, "second", where));
  return state;
}

}  // namespace

Result<Done> save_checkpoint(const TrainingState& state, const std::string& setting,
                             const std::filesystem::path& folder) {
  std::error_code fault;
  std::filesystem::create_directories(folder, fault);
  if (fault)
    return unavailable(fmt::format("{}: cannot be made: {}", folder.string(), fault.message()));
  Json epochs = Json::array();
  for (const EpochRecord& record : state.epochs) epochs.push_back(to_json(record));
  const Json progress = {{"schema_version", kCheckpointSchemaVersion},
                         {"setting", setting},
                         {"epoch", state.epoch},
                         {"step", state.step},
                         {"loss_sum", state.loss_sum},
                         {"weight_sum", state.weight_sum},
                         {"best_epoch", state.best_epoch},
                         {"optimiser_steps", state.optimiser.steps},
                         {"epochs", std::move(epochs)}};
  const std::string text = progress.dump();
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  const auto tensor = [](const Params& values) { return Tensor::of<double>(values); };
  return write_safetensors(file_in(folder), {{"progress", Tensor::of<std::uint8_t>(bytes)},
                                             {"theta", tensor(state.theta)},
                                             {"average", tensor(state.average)},
                                             {"best", tensor(state.best)},
                                             {"first", tensor(state.optimiser.first)},
                                             {"second", tensor(state.optimiser.second)}});
}

Result<TrainingState> load_checkpoint(const std::filesystem::path& folder,
                                      const std::string& setting) {
  const std::string where = file_in(folder).string();
  MENO_TRY(const Tensors tensors, read_safetensors(file_in(folder)));
  MENO_TRY(const std::vector<std::uint8_t> bytes,
           tensor_values<std::uint8_t>(tensors, "progress", where));
  MENO_TRY(const Json json, parse_json(std::string(bytes.begin(), bytes.end()), where));
  try {
    if (json.at("schema_version").get<int>() != kCheckpointSchemaVersion) {
      return invalid_input(fmt::format("{}: schema version {}, expected {}", where,
                                       json.at("schema_version").dump(), kCheckpointSchemaVersion));
    }
    if (json.at("setting").get<std::string>() != setting) {
      return invalid_input(
          fmt::format("{}: made by training with [{}], expected [{}]; train without --resume",
                      where, json.at("setting").get<std::string>(), setting));
    }
    return state_from(json, tensors, where);
  } catch (const Json::exception& fault) {
    return invalid_input(fmt::format("{}: not a checkpoint: {}", where, fault.what()));
  }
}

}  // namespace meno
