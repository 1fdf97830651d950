// The evidence network one answer at a time: the weights as matrices, and its three steps. What the
// trackers of all models over this network share.
#pragma once

#include <span>
#include <vector>

#include "models/evidence/arena.h"
#include "models/evidence/network_model.h"

namespace meno::evidence {

template <class S>
using Column = Eigen::Matrix<S, Eigen::Dynamic, 1>;

/// Weights of a NetworkModel, which must outlive it. Instantiated for float and double. F features,
/// d the width.
template <class S>
class NetworkStep {
 public:
  NetworkStep(const NetworkModel& model, ParamView theta);

  const Shape& shape() const { return shape_; }
  /// The state before any answer, [d].
  Column<S> start() const { return Column<S>::Zero(d()); }

  /// state [d] after an answer on `target`, whose scaled evidence before it was `x` [F].
  void advance(std::span<const float> x, const Target& target, float answer,
               Column<S>& state) const;

  /// The first layer's input that depends on the state and the target's ids, not on its evidence:
  /// `shared` [hidden].
  void share_of_ids(const Target& target, const Column<S>& state, Column<S>& shared) const;

  /// p_correct [n] from scaled evidence [F, n] and the shares of ids `z1` [hidden, n], which is
  /// overwritten.
  void read_out(const Matrix<S>& evidence, Matrix<S>& z1, std::span<double> p_correct) const;

 private:
  Eigen::Map<const Matrix<S>> matrix(std::size_t offset, Eigen::Index out, Eigen::Index in) const {
    return {values_.data() + offset, out, in};
  }
  Eigen::Index d() const { return shape_.options.width; }
  Eigen::Index f() const { return static_cast<Eigen::Index>(shape_.features); }
  Eigen::Index hidden() const { return shape_.options.hidden; }
  Eigen::Index half() const { return shape_.options.hidden / 2; }
  bool product() const {
    return shape_.options.recurrence && shape_.vectors() && shape_.options.product;
  }
  void vector_of(ItemId item, std::span<const SkillId> skills, Column<S>& found) const;

  const NetworkModel& model_;
  const Shape& shape_;
  std::vector<S> values_;
};

}  // namespace meno::evidence
