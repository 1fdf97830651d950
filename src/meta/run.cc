#include "meta/run.h"

#include <cerrno>
#include <cmath>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <stdio.h>  // renameat2

#include "core/files.h"
#include "core/json.h"
#include "core/tensors.h"
#include "meta/card.h"
#include "models/registry.h"

namespace meno {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTheta = "theta/";
constexpr const char* kStatistics = "statistics/";
constexpr const char* kLearnt = "learnt";

Json to_json(const Options& options) {
  Json json = Json::object();
  for (const auto& [name, value] : options) json[name] = value;
  return json;
}

Options options_from(const Json& json) {
  Options options;
  for (const auto& [name, value] : json.items()) options[name] = value.get<std::string>();
  return options;
}

Tensors tensors_of(const Run& run) {
  Tensors tensors;
  const ParamLayout& layout = run.model->layout();
  for (std::size_t b = 0; b < layout.blocks().size(); ++b) {
    const ParamBlock& block = layout.blocks()[b];
    tensors.emplace(kTheta + block.name,
                    Tensor::of<double>(ParamView(run.theta).subspan(layout.offset(b), block.size()),
                                       block.shape));
  }
  for (const auto& [name, tensor] : run.model->statistics())
    tensors.emplace(kStatistics + name, tensor);
  if (!run.learnt.empty()) tensors.emplace(kLearnt, Tensor::of<double>(run.learnt));
  return tensors;
}

Json model_json(const Run& run, const std::string& weights) {
  return {{"schema_version", kRunSchemaVersion},
          {"model", run.model_name},
          {"options", to_json(run.model_options)},
          {"learner", run.learner_name},
          {"learner_options", to_json(run.learner_options)},
          {"seed", run.seed},
          {"data_hash", run.data_hash},
          {"code_version", run.code_version},
          {"simulated", run.simulated},
          {"weights_hash", content_hash(weights)},
          {"metrics", run.metrics}};
}

Error disk_error(const fs::path& path, const char* what) {
  return unavailable(fmt::format("{}: {} failed: {}", path.string(), what, std::strerror(errno)));
}

/// Puts `temporary` where `folder` is or is to be; an older run there is swapped out in one step
/// and then removed.
Result<Done> move_into_place(const fs::path& temporary, const fs::path& folder) {
  if (!fs::exists(folder)) {
    if (::rename(temporary.c_str(), folder.c_str()) != 0) return disk_error(folder, "renaming");
    return Done{};
  }
  if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE) != 0) {
    return disk_error(folder, "swapping");
  }
  std::error_code ignored;  // a leftover folder does no harm
  fs::remove_all(temporary, ignored);
  return Done{};
}

Result<Done> write_parts(const Run& run, const fs::path& folder) {
  const std::string weights = encode_safetensors(tensors_of(run));
  MENO_TRY_DONE(write_file_atomically(folder / "weights.safetensors", weights));
  MENO_TRY_DONE(write_file_atomically(folder / "course.json", to_json(run.course).dump()));
  MENO_TRY_DONE(write_file_atomically(folder / "card.md", card_of(run)));
  return write_file_atomically(folder / "model.json", model_json(run, weights).dump(2) + "\n");
}

/// theta in the order of the layout. Errors: InvalidInput when a block is absent or of another
/// shape.
Result<Params> theta_from(const Tensors& tensors, const ParamLayout& layout,
                          const std::string& where) {
  Params theta;
  theta.reserve(layout.size());
  for (const ParamBlock& block : layout.blocks()) {
    const std::string name = kTheta + block.name;
    MENO_TRY(const std::vector<double> values, tensor_values<double>(tensors, name, where));
    const auto& shape = tensors.at(name).shape();
    if (shape != block.shape) {
      return invalid_input(
          fmt::format("{}: tensor {} has shape [{}], expected [{}] for this model and course",
                      where, name, fmt::join(shape, ", "), fmt::join(block.shape, ", ")));
    }
    for (const double value : values) {
      if (std::isfinite(value)) continue;
      return invalid_input(
          fmt::format("{}: tensor {} holds {}, expected finite numbers", where, name, value));
    }
    theta.insert(theta.end(), values.begin(), values.end());
  }
  return theta;
}

Result<Run> run_from(const Json& json, const std::string& weights, const fs::path& folder) {
  const std::string where = (folder / "weights.safetensors").string();
  MENO_TRY(const Tensors tensors, decode_safetensors(weights, where));
  if (const auto hash = json.at("weights_hash").get<std::string>(); hash != content_hash(weights)) {
    return invalid_input(fmt::format("{}: content hash {}, expected {} as model.json says", where,
                                     content_hash(weights), hash));
  }
  Run run{.model_name = json.at("model").get<std::string>(),
          .model_options = options_from(json.at("options")),
          .learner_name = json.at("learner").get<std::string>(),
          .learner_options = options_from(json.at("learner_options")),
          .seed = json.at("seed").get<std::uint64_t>(),
          .data_hash = json.at("data_hash").get<std::string>(),
          .code_version = json.at("code_version").get<std::string>(),
          .simulated = json.at("simulated").get<bool>(),
          .metrics = json.at("metrics"),
          .course = {},
          .model = nullptr,
          .theta = {}};
  MENO_TRY(const std::string course_text, read_file(folder / "course.json"));
  MENO_TRY(const Json course, parse_json(course_text, (folder / "course.json").string()));
  MENO_TRY(run.course, course_from_json(course, (folder / "course.json").string()));
  MENO_TRY(const ModelEntry* const entry, find_model(run.model_name));
  Tensors statistics;
  for (const auto& [name, tensor] : tensors) {
    if (name.starts_with(kStatistics))
      statistics.emplace(name.substr(std::strlen(kStatistics)), tensor);
  }
  MENO_TRY(run.model, entry->load(run.model_options, statistics));
  MENO_TRY(run.theta, theta_from(tensors, run.model->layout(), where));
  if (tensors.contains(kLearnt)) {
    MENO_TRY(run.learnt, tensor_values<double>(tensors, kLearnt, where));
  }
  return run;
}

}  // namespace

Result<Done> save_run(const Run& run, const std::filesystem::path& folder) {
  if (fs::exists(folder) && !fs::exists(folder / "model.json")) {
    return conflict(fmt::format("{} exists and is not a run, expected a new folder or an older run",
                                folder.string()));
  }
  const fs::path temporary = folder.string() + ".new";
  std::error_code fault;
  fs::remove_all(temporary, fault);
  fs::create_directories(temporary, fault);
  if (fault)
    return unavailable(fmt::format("{}: cannot be made: {}", temporary.string(), fault.message()));
  Result<Done> written = write_parts(run, temporary);
  if (written) written = move_into_place(temporary, folder);
  if (!written) fs::remove_all(temporary, fault);
  return written;
}

Result<Run> load_run(const std::filesystem::path& folder) {
  const fs::path path = folder / "model.json";
  if (!fs::exists(path)) {
    return not_found(fmt::format("{}: no model.json, expected a run folder", folder.string()));
  }
  MENO_TRY(const std::string text, read_file(path));
  MENO_TRY(const Json json, parse_json(text, path.string()));
  try {
    if (const int version = json.at("schema_version").get<int>(); version != kRunSchemaVersion) {
      return invalid_input(fmt::format("{}: schema version {}, expected {}", path.string(), version,
                                       kRunSchemaVersion));
    }
    MENO_TRY(const std::string weights, read_file(folder / "weights.safetensors"));
    return run_from(json, weights, folder);
  } catch (const Json::exception& fault) {
    return invalid_input(
        fmt::format("{}: not the description of a run: {}", path.string(), fault.what()));
  }
}

}  // namespace meno
