#include "service/served_model.h"

#include <utility>

#include "core/files.h"
#include "core/tensors.h"

namespace meno {

std::string version_of(const Run& run) {
  std::string bytes = run.model_name;
  for (const auto& [name, value] : run.model_options) bytes += "\n" + name + "=" + value;
  bytes.append(reinterpret_cast<const char*>(run.theta.data()), run.theta.size() * sizeof(double));
  if (run.model) bytes += encode_safetensors(run.model->statistics());
  constexpr std::size_t kDigits = 12;
  return content_hash(bytes).substr(0, kDigits);
}

std::shared_ptr<const ServedModel> unowned_model(const Run& run, const OnlineModel& model) {
  auto served = std::make_shared<ServedModel>();
  served->run = std::shared_ptr<const Run>(std::shared_ptr<const Run>(), &run);
  served->model = std::shared_ptr<const OnlineModel>(std::shared_ptr<const OnlineModel>(), &model);
  served->belief = belief_model(run);
  served->version = version_of(run);
  return served;
}

std::shared_ptr<const ServedModel> served_model(std::shared_ptr<const Run> run) {
  auto served = std::make_shared<ServedModel>();
  served->model = run->model->online(run->theta);
  served->belief = belief_model(*run);
  served->version = version_of(*run);
  served->run = std::move(run);
  return served;
}

}  // namespace meno
