// EvidenceModel: the StudentModel that joins evidence and network. Declared here for the tracker
// and for tests.
#pragma once

#include <memory>
#include <vector>

#include "models/evidence/course_statistics.h"
#include "models/evidence/network_model.h"
#include "models/evidence/scaling.h"

namespace meno::evidence {

class EvidenceModel final : public NetworkModel {
 public:
  EvidenceModel(Shape shape, CourseStatistics statistics, Scaling scaling,
                std::vector<float> trust);

  std::unique_ptr<const Encoded> encode(const Window& window) const override;
  std::unique_ptr<const OnlineModel> online(ParamView theta) const override;
  Tensors statistics() const override;

  const Scaling& scaling() const { return scaling_; }
  const CourseStatistics& course() const { return statistics_; }

 private:
  CourseStatistics statistics_;
  Scaling scaling_;
};

}  // namespace meno::evidence
