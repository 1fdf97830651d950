// The forward and backward passes named in network.h. Columns are events; every product runs over
// all of them at once, but for the recurrence, which goes step by step over the windows still
// running.
#include "models/evidence/network.h"

#include <algorithm>
#include <cmath>

#include "core/rng.h"
#include "models/evidence/arena.h"
#include "models/evidence/dual.h"

namespace meno::evidence {
namespace {

using Eigen::Index;

template <class S>
using ConstMap = Eigen::Map<const Matrix<S>>;

/// 0 with probability `dropout`, else 1 / (1 - dropout): four decisions per random word.
template <class S>
void fill_mask(MatrixMap<S>& mask, double dropout, Rng& rng) {
  const auto threshold = static_cast<std::uint16_t>(dropout * 65536.0);
  const S keep = static_cast<S>(1.0 / (1.0 - dropout));
  S* const data = mask.data();
  const Index size = mask.size();
  for (Index i = 0; i < size; i += 4) {
    std::uint64_t word = rng.next();
    for (Index j = i; j < std::min(i + 4, size); ++j, word >>= 16U) {
      data[j] = static_cast<std::uint16_t>(word) < threshold ? S(0) : keep;
    }
  }
}

template <class S>
class Pass {
 public:
  Pass(const Shape& shape, std::span<const S> theta, const PassInput& input,
       const InputShift<S>& shift)
      : shape_(shape),
        theta_(theta),
        input_(input),
        shift_(shift),
        packed_(input.packed),
        arena_(scratch()) {
    arena_.reset();
  }

  void forward(std::span<S> logits) {
    gather();
    if (shape_.vectors()) gather_vectors();
    if (shape_.options.recurrence) {
      forward_input();
      forward_recurrence();
    }
    forward_readout(logits);
  }

  void backward(std::span<const S> logits, std::span<S> gradient) {
    gradient_ = gradient;
    backward_readout(logits);
    if (shape_.options.recurrence) {
      backward_recurrence();
      backward_input();
    }
    if (shape_.vectors()) scatter_vectors();
  }

 private:
  static Arena<S>& scratch() {
    thread_local Arena<S> arena;
    return arena;
  }

  // Parameters and their gradients as matrices, [out x in].
  ConstMap<S> weight(std::size_t offset, Index out, Index in) const {
    return {theta_.data() + offset, out, in};
  }
  MatrixMap<S> slope(std::size_t offset, Index out, Index in) {
    return {gradient_.data() + offset, out, in};
  }
  MatrixMap<S> take(Index rows) {
    return arena_.take(static_cast<std::size_t>(rows), packed_.columns);
  }

  Index d() const { return shape_.options.width; }
  Index f() const { return static_cast<Index>(shape_.features); }
  Index hidden() const { return shape_.options.hidden; }
  Index half() const { return shape_.options.hidden / 2; }
  bool product() const {
    return shape_.options.recurrence && shape_.vectors() && shape_.options.product;
  }

  void gather() {
    x_ = new_matrix(f());
    sign_ = new_matrix(1);
    packed_.for_each([&](std::size_t column, const EncodedWindow& window, std::size_t t) {
      const auto c = static_cast<Index>(column);
      const float* const from = window.features.data() + t * shape_.features;
      for (Index k = 0; k < f(); ++k) x()(k, c) = S(from[k]);
      sign()(0, c) = S(2.0F * window.answers[t] - 1.0F);
    });
    add_shift(shift_.x, x());
  }

  void add_shift(std::span<const S> shift, MatrixMap<S>& to) const {
    if (!shift.empty()) to += ConstMap<S>(shift.data(), to.rows(), to.cols());
  }

  void gather_vectors() {
    q_ = new_matrix(d());
    q().setZero();
    Rng rng(input_.noise.value_or(0) ^ 0x71U);
    packed_.for_each([&](std::size_t column, const EncodedWindow& window, std::size_t t) {
      auto target = q().col(static_cast<Index>(column));
      if (shape_.options.skill_vectors) {
        const S share(share_of(window, t));
        for_each_skill(window, t, [&](std::size_t skill) {
          target += share * weight(shape_.skill_vector, d(), static_cast<Index>(shape_.skills))
                                .col(static_cast<Index>(skill));
        });
      }
      if (!shape_.options.item_vectors) return;
      const float kept = item_share(window.item[t], rng);
      item_kept_.push_back(kept);
      if (kept != 0.0F) {
        target += S(kept) * weight(shape_.item_vector, d(), static_cast<Index>(shape_.items))
                                .col(static_cast<Index>(window.item[t]));
      }
    });
    add_shift(shift_.q, q());
    if (!input_.noise || shape_.options.vector_dropout == 0.0) return;
    q_mask_ = new_matrix(d());
    Rng mask_rng(*input_.noise ^ 0x9bU);
    fill_mask(*q_mask_, shape_.options.vector_dropout, mask_rng);
    q().array() *= q_mask_->array();
  }

  /// How much of an item's vector is used: its trust, or nothing when it is unknown or dropped
  /// whole.
  float item_share(std::uint32_t item, Rng& rng) const {
    const bool dropped = input_.noise && rng.uniform() < shape_.options.item_dropout;
    return dropped || item >= shape_.items ? 0.0F : input_.trust[item];
  }

  static float share_of(const EncodedWindow& window, std::size_t t) {
    return 1.0F / static_cast<float>(std::max<std::uint32_t>(
                      1, window.skill_begin[t + 1] - window.skill_begin[t]));
  }

  template <class Visit>
  void for_each_skill(const EncodedWindow& window, std::size_t t, const Visit& visit) const {
    for (std::uint32_t k = window.skill_begin[t]; k < window.skill_begin[t + 1]; ++k) {
      if (window.skill[k] < shape_.skills) visit(window.skill[k]);
    }
  }

  void forward_input() {
    a_ = new_matrix(d());
    a().noalias() = weight(shape_.in_x, d(), f()) * x();
    a().noalias() += weight(shape_.in_answer, d(), 1) * sign();
    if (shape_.vectors()) {
      signed_q_ = new_matrix(d());
      signed_q().array() = q().array().rowwise() * sign().row(0).array();
      a().noalias() += weight(shape_.in_vector, d(), d()) * signed_q();
    }
    a().colwise() += weight(shape_.in_bias, d(), 1).col(0);
    a() = a().cwiseMax(S(0));
    gates_ = new_matrix(3 * d());
    gates().noalias() = weight(shape_.gru_in, 3 * d(), d()) * a();
    gates().colwise() += weight(shape_.gru_bias, 3 * d(), 1).col(0);
  }

  void forward_recurrence() {
    before_ = new_matrix(d());     // state before each answer
    candidate_ = new_matrix(d());  // state's share of the candidate, before the reset gate
    before().leftCols(static_cast<Index>(packed_.steps() > 0 ? packed_.active(0) : 0)).setZero();
    const auto state_weight = weight(shape_.gru_state, 3 * d(), d());
    const auto state_bias = weight(shape_.gru_state_bias, d(), 1);
    Matrix<S> u;
    for (std::size_t t = 0; t < packed_.steps(); ++t) {
      const auto at = static_cast<Index>(packed_.step_begin[t]);
      const auto n = static_cast<Index>(packed_.active(t));
      auto h = before().middleCols(at, n);
      auto g = gates().middleCols(at, n);
      u.noalias() = state_weight * h;
      g.topRows(2 * d()) =
          (S(1) + (-(g.topRows(2 * d()) + u.topRows(2 * d())).array()).exp()).inverse().matrix();
      auto c = candidate().middleCols(at, n);
      c = u.bottomRows(d());
      c.colwise() += state_bias.col(0);
      auto fresh = g.bottomRows(d());
      fresh = (fresh.array() + g.topRows(d()).array() * c.array()).tanh().matrix();
      if (t + 1 == packed_.steps()) break;
      const auto next = static_cast<Index>(packed_.active(t + 1));
      const auto keep = g.middleRows(d(), d()).leftCols(next).array();
      before().middleCols(at + n, next) =
          ((S(1) - keep) * fresh.leftCols(next).array() + keep * h.leftCols(next).array()).matrix();
    }
  }

  void forward_readout(std::span<S> logits) {
    z1_ = new_matrix(hidden());
    z1().noalias() = weight(shape_.out1_x, hidden(), f()) * x();
    if (shape_.vectors()) z1().noalias() += weight(shape_.out1_vector, hidden(), d()) * q();
    if (shape_.options.recurrence)
      z1().noalias() += weight(shape_.out1_state, hidden(), d()) * before();
    if (product()) {
      gated_ = new_matrix(d());
      gated().noalias() = weight(shape_.gate, d(), d()) * q();
      gated().colwise() += weight(shape_.gate_bias, d(), 1).col(0);
      product_ = new_matrix(d());
      product_->array() = before().array() * gated().array();
      z1().noalias() += weight(shape_.out1_product, hidden(), d()) * *product_;
    }
    z1().colwise() += weight(shape_.out1_bias, hidden(), 1).col(0);
    rectify(z1(), mask1_, 0x1fU);
    z2_ = new_matrix(half());
    z2().noalias() = weight(shape_.out2, half(), hidden()) * z1();
    z2().colwise() += weight(shape_.out2_bias, half(), 1).col(0);
    rectify(z2(), mask2_, 0x2fU);
    MatrixMap<S> z(logits.data(), 1, static_cast<Index>(packed_.columns));
    z.noalias() = weight(shape_.out3, 1, half()) * z2();
    z.noalias() += weight(shape_.linear, 1, f()) * x();
    z.array() += theta_[shape_.bias];
  }

  /// relu, then dropout when this pass has noise.
  void rectify(MatrixMap<S>& z, std::optional<MatrixMap<S>>& mask, std::uint64_t salt) {
    z = z.cwiseMax(S(0));
    if (!input_.noise || shape_.options.hidden_dropout == 0.0) return;
    mask = new_matrix(z.rows());
    Rng rng(*input_.noise ^ salt);
    fill_mask(*mask, shape_.options.hidden_dropout, rng);
    z.array() *= mask->array();
  }

  /// d(loss)/d(logit): (p - label) / scored on scored events, 0 on context.
  void logit_slopes(std::span<const S> logits, MatrixMap<S>& dz) const {
    using std::exp;
    const S share =
        static_cast<S>(1.0 / static_cast<double>(std::max<std::size_t>(1, packed_.scored)));
    packed_.for_each([&](std::size_t column, const EncodedWindow& window, std::size_t t) {
      const bool scored = t + window.scored_events >= window.answers.size();
      const S p = S(1) / (S(1) + exp(-logits[column]));
      dz(0, static_cast<Index>(column)) = scored ? (p - S(window.labels[t])) * share : S(0);
    });
  }

  void backward_readout(std::span<const S> logits) {
    MatrixMap<S> dz = take(1);
    logit_slopes(logits, dz);
    slope(shape_.linear, f(), 1).noalias() += x() * dz.transpose();
    gradient_[shape_.bias] += dz.sum();
    slope(shape_.out3, half(), 1).noalias() += z2() * dz.transpose();
    MatrixMap<S> d2 = take(half());
    d2.noalias() = weight(shape_.out3, half(), 1) * dz;
    through_rectifier(d2, z2(), mask2_);
    slope(shape_.out2, half(), hidden()).noalias() += d2 * z1().transpose();
    slope(shape_.out2_bias, half(), 1) += d2.rowwise().sum();
    MatrixMap<S> d1 = take(hidden());
    d1.noalias() = weight(shape_.out2, half(), hidden()).transpose() * d2;
    through_rectifier(d1, z1(), mask1_);
    slope(shape_.out1_x, hidden(), f()).noalias() += d1 * x().transpose();
    slope(shape_.out1_bias, hidden(), 1) += d1.rowwise().sum();
    if (!shift_.slope_x.empty()) {
      slope_x().noalias() = weight(shape_.linear, f(), 1) * dz;
      slope_x().noalias() += weight(shape_.out1_x, hidden(), f()).transpose() * d1;
    }
    if (shape_.vectors()) {
      slope(shape_.out1_vector, hidden(), d()).noalias() += d1 * q().transpose();
      dq_ = new_matrix(d());
      dq().noalias() = weight(shape_.out1_vector, hidden(), d()).transpose() * d1;
    }
    if (!shape_.options.recurrence) return;
    slope(shape_.out1_state, hidden(), d()).noalias() += d1 * before().transpose();
    dbefore_ = new_matrix(d());
    dbefore().noalias() = weight(shape_.out1_state, hidden(), d()).transpose() * d1;
    if (product()) backward_product(d1);
  }

  void backward_product(const MatrixMap<S>& d1) {
    slope(shape_.out1_product, hidden(), d()).noalias() += d1 * product_->transpose();
    MatrixMap<S> dproduct = take(d());
    dproduct.noalias() = weight(shape_.out1_product, hidden(), d()).transpose() * d1;
    dbefore().array() += dproduct.array() * gated().array();
    dproduct.array() *= before().array();  // now the slope of the gate
    slope(shape_.gate, d(), d()).noalias() += dproduct * q().transpose();
    slope(shape_.gate_bias, d(), 1) += dproduct.rowwise().sum();
    dq().noalias() += weight(shape_.gate, d(), d()).transpose() * dproduct;
  }

  static void through_rectifier(MatrixMap<S>& slopes, const MatrixMap<S>& out,
                                const std::optional<MatrixMap<S>>& mask) {
    if (mask) slopes.array() *= mask->array();
    for (Index i = 0; i < slopes.size(); ++i) {
      if (!(out.data()[i] > S(0))) slopes.data()[i] = S(0);
    }
  }

  /// Back through time. gates() becomes the slope of the gates' inputs, candidate() that of the
  /// state's candidate share.
  void backward_recurrence() {
    const auto state_weight = weight(shape_.gru_state, 3 * d(), d());
    Matrix<S> du(3 * d(), 0);
    for (std::size_t step = packed_.steps(); step-- > 0;) {
      const auto at = static_cast<Index>(packed_.step_begin[step]);
      const auto n = static_cast<Index>(packed_.active(step));
      const auto next =
          static_cast<Index>(step + 1 < packed_.steps() ? packed_.active(step + 1) : 0);
      auto g = gates().middleCols(at, n);
      auto c = candidate().middleCols(at, n);
      // Windows that end here leave their last state unused.
      g.rightCols(n - next).setZero();
      c.rightCols(n - next).setZero();
      if (next == 0) continue;
      const auto dh = dbefore().middleCols(at + n, next).array();
      const auto h = before().middleCols(at, next).array();
      auto reset = g.topRows(d()).leftCols(next).array();
      auto keep = g.middleRows(d(), d()).leftCols(next).array();
      auto fresh = g.bottomRows(d()).leftCols(next).array();
      auto share = c.leftCols(next).array();
      auto dbefore_now = dbefore().middleCols(at, next).array();
      dbefore_now += dh * keep;
      const Eigen::Array<S, Eigen::Dynamic, Eigen::Dynamic> dkeep =
          dh * (h - fresh) * keep * (S(1) - keep);
      fresh = dh * (S(1) - keep) * (S(1) - fresh * fresh);  // slope of the candidate's input
      const Eigen::Array<S, Eigen::Dynamic, Eigen::Dynamic> dreset =
          fresh * share * reset * (S(1) - reset);
      share = fresh * reset;
      reset = dreset;
      keep = dkeep;
      du.resize(3 * d(), next);
      du.topRows(2 * d()) = g.topRows(2 * d()).leftCols(next);
      du.bottomRows(d()) = share.matrix();
      dbefore_now.matrix().noalias() += state_weight.transpose() * du;
    }
    MatrixMap<S> dstate = take(3 * d());
    dstate.topRows(2 * d()) = gates().topRows(2 * d());
    dstate.bottomRows(d()) = candidate();
    slope(shape_.gru_state, 3 * d(), d()).noalias() += dstate * before().transpose();
    slope(shape_.gru_state_bias, d(), 1) += candidate().rowwise().sum();
  }

  void backward_input() {
    slope(shape_.gru_in, 3 * d(), d()).noalias() += gates() * a().transpose();
    slope(shape_.gru_bias, 3 * d(), 1) += gates().rowwise().sum();
    MatrixMap<S> da = take(d());
    da.noalias() = weight(shape_.gru_in, 3 * d(), d()).transpose() * gates();
    through_rectifier(da, a(), std::nullopt);
    slope(shape_.in_x, d(), f()).noalias() += da * x().transpose();
    if (!shift_.slope_x.empty()) {
      slope_x().noalias() += weight(shape_.in_x, d(), f()).transpose() * da;
    }
    slope(shape_.in_answer, d(), 1).noalias() += da * sign().transpose();
    slope(shape_.in_bias, d(), 1) += da.rowwise().sum();
    if (!shape_.vectors()) return;
    slope(shape_.in_vector, d(), d()).noalias() += da * signed_q().transpose();
    signed_q().noalias() = weight(shape_.in_vector, d(), d()).transpose() * da;
    dq().array() += signed_q().array().rowwise() * sign().row(0).array();
  }

  void scatter_vectors() {
    if (q_mask_) dq().array() *= q_mask_->array();
    if (!shift_.slope_q.empty()) MatrixMap<S>(shift_.slope_q.data(), d(), dq().cols()) = dq();
    std::size_t row = 0;
    packed_.for_each([&](std::size_t column, const EncodedWindow& window, std::size_t t) {
      const auto from = dq().col(static_cast<Index>(column));
      if (shape_.options.skill_vectors) {
        const S share(share_of(window, t));
        for_each_skill(window, t, [&](std::size_t skill) {
          slope(shape_.skill_vector, d(), static_cast<Index>(shape_.skills))
              .col(static_cast<Index>(skill)) += share * from;
        });
      }
      if (!shape_.options.item_vectors) return;
      const float kept = item_kept_[row++];
      if (kept != 0.0F) {
        slope(shape_.item_vector, d(), static_cast<Index>(shape_.items))
            .col(static_cast<Index>(window.item[t])) += S(kept) * from;
      }
    });
  }

  std::optional<MatrixMap<S>> new_matrix(Index rows) { return take(rows); }
  MatrixMap<S> slope_x() {
    return {shift_.slope_x.data(), f(), static_cast<Index>(packed_.columns)};
  }
  MatrixMap<S>& x() { return *x_; }
  MatrixMap<S>& sign() { return *sign_; }
  MatrixMap<S>& q() { return *q_; }
  MatrixMap<S>& signed_q() { return *signed_q_; }
  MatrixMap<S>& a() { return *a_; }
  MatrixMap<S>& gates() { return *gates_; }
  MatrixMap<S>& before() { return *before_; }
  MatrixMap<S>& candidate() { return *candidate_; }
  MatrixMap<S>& gated() { return *gated_; }
  MatrixMap<S>& z1() { return *z1_; }
  MatrixMap<S>& z2() { return *z2_; }
  MatrixMap<S>& dq() { return *dq_; }
  MatrixMap<S>& dbefore() { return *dbefore_; }

  const Shape& shape_;
  std::span<const S> theta_;
  std::span<S> gradient_;
  const PassInput& input_;
  const InputShift<S>& shift_;
  const Packed& packed_;
  Arena<S>& arena_;
  std::vector<float> item_kept_;  // by column
  std::optional<MatrixMap<S>> x_, sign_, q_, signed_q_, q_mask_, a_, gates_, before_, candidate_,
      gated_, product_, z1_, z2_, mask1_, mask2_, dq_, dbefore_;
};

}  // namespace

template <class S>
void run_network(const Shape& shape, std::span<const S> theta, const PassInput& input,
                 std::span<S> logits, std::span<S> gradient, const InputShift<S>& shift) {
  if (input.packed.columns == 0) return;
  Pass<S> pass(shape, theta, input, shift);
  pass.forward(logits);
  if (!gradient.empty()) pass.backward(logits, gradient);
}

template void run_network<float>(const Shape&, std::span<const float>, const PassInput&,
                                 std::span<float>, std::span<float>, const InputShift<float>&);
template void run_network<double>(const Shape&, std::span<const double>, const PassInput&,
                                  std::span<double>, std::span<double>, const InputShift<double>&);
template void run_network<Dual>(const Shape&, std::span<const Dual>, const PassInput&,
                                std::span<Dual>, std::span<Dual>, const InputShift<Dual>&);

}  // namespace meno::evidence
