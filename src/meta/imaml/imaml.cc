#include "meta/imaml/imaml.h"

#include <algorithm>

#include <fmt/format.h>

#include "meta/task_options.h"

namespace meno {
namespace {

/// Relative to |g|: below it nothing is left to solve in double.
constexpr double kSolved = 1e-12;

double dot(ParamView a, ParamView b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// One task's way back. All vectors are [P]; `moves` is 0 for parameters that stay.
class Implicit {
 public:
  Implicit(const StudentModel& model, ParamView end, Batch support, ParamView moves, double pull)
      : model_(model), end_(end), support_(support), moves_(moves), pull_(pull) {}

  /// `g` becomes d(query loss)/d theta.
  void pull_back(std::span<double> g, int steps) const {
    Params x(g.size(), 0.0);
    for (std::size_t i = 0; i < g.size(); ++i) x[i] = moves_[i] != 0.0 ? g[i] : 0.0;
    solve(x, steps);
    const bool all = std::find(moves_.begin(), moves_.end(), 0.0) == moves_.end();
    const Params curved = all ? Params{} : hessian(x);
    for (std::size_t i = 0; i < g.size(); ++i) {
      g[i] = moves_[i] != 0.0 ? x[i] : g[i] - curved[i] / pull_;
    }
  }

 private:
  Params hessian(ParamView v) const {
    Params product(v.size(), 0.0);
    model_.hessian_vector(end_, support_, v, product);
    return product;
  }

  /// (I + H / c) v over the parameters that move.
  Params applied(ParamView v) const {
    Params product = hessian(v);
    for (std::size_t i = 0; i < v.size(); ++i) {
      product[i] = moves_[i] != 0.0 ? v[i] + product[i] / pull_ : 0.0;
    }
    return product;
  }

  /// Conjugate gradients on (I + H / c) x = b, where `x` holds b and then the answer.
  void solve(Params& x, int steps) const {
    const Params first = applied(x);
    Params residual(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) residual[i] = x[i] - first[i];
    const double enough = kSolved * kSolved * dot(x, x);
    Params along = residual;
    double left = dot(residual, residual);
    for (int step = 0; step < steps && left > enough; ++step) {
      const Params product = applied(along);
      const double curvature = dot(along, product);
      if (!(curvature > 0.0)) return;  // not a minimum, or not a number
      const double size = left / curvature;
      for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] += size * along[i];
        residual[i] -= size * product[i];
      }
      const double now = dot(residual, residual);
      for (std::size_t i = 0; i < x.size(); ++i) along[i] = residual[i] + now / left * along[i];
      left = now;
    }
  }

  const StudentModel& model_;
  ParamView end_;
  Batch support_;
  ParamView moves_;
  double pull_;
};

}  // namespace

MetaStep IMaml::operator()(const StudentModel& model, ParamView theta,
                           std::span<const EncodedTask> batch, std::uint64_t /*seed*/) const {
  MetaStep step{.direction = Params(theta.size(), 0.0),
                .weight = static_cast<double>(batch.size())};
  const Params moves = inner_rates(model.layout(), inner);
  const double per_task = 1.0 / static_cast<double>(std::max<std::size_t>(1, batch.size()));
  Params g;
  for (const EncodedTask& task : batch) {
    const Params end = adapted(model, theta, inner, task.support);
    g.assign(theta.size(), 0.0);
    step.loss += per_task * model.loss(end, task.query, g, std::nullopt);
    if (const std::size_t scored = scored_in(task.support); scored > 0) {
      const double pull = inner.pull / static_cast<double>(scored);
      Implicit(model, end, task.support, moves, pull).pull_back(g, cg_steps);
    }
    for (std::size_t i = 0; i < g.size(); ++i) step.direction[i] += per_task * g[i];
  }
  return step;
}

Result<LearnerSetup> make_imaml(const Options& options) {
  IMaml imaml;
  TaskPlan plan;
  OptionReader reader(options);
  reader.read("cg_steps", imaml.cg_steps);
  MENO_TRY_DONE(read_task_learner(reader, "imaml", imaml.inner, plan));
  if (imaml.cg_steps < 0 || !(imaml.inner.pull > 0.0)) {
    return invalid_input(
        fmt::format("imaml: cg_steps is {} and inner_pull {}, expected 0 or more and above 0",
                    imaml.cg_steps, imaml.inner.pull));
  }
  return LearnerSetup{.step = imaml, .tasks = plan, .inner = imaml.inner};
}

}  // namespace meno
