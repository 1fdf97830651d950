#include "models/evidence/attribution.h"

#include <algorithm>

#include "core/shapley.h"

namespace meno::evidence {
namespace {

constexpr std::size_t kSkillPiece = 0;
constexpr std::size_t kItemPiece = 1;
constexpr std::size_t kOverallPiece = 2;
constexpr std::size_t kRecentPiece = 3;
constexpr std::size_t kSimilarPiece = 4;
constexpr std::size_t kTimePiece = 5;
constexpr std::size_t kMemoryPiece = 6;
constexpr std::size_t kByPart = kPieces.size();  // goes by what each feature depends on

/// Of every row of kFeatureGroups, in its order.
constexpr std::array kPieceOfGroup{kSimilarPiece, kOverallPiece, kSkillPiece, kItemPiece,
                                   kRecentPiece,  kOverallPiece, kByPart,     kSimilarPiece,
                                   kByPart,       kRecentPiece,  kTimePiece};
static_assert(kPieceOfGroup.size() == std::size(kFeatureGroups));

constexpr std::size_t piece_of(Part part) {
  if (part == Part::Student) return kOverallPiece;
  return part == Part::Skill ? kSkillPiece : kSimilarPiece;
}

/// [kFeatures]; kByPart where the group does not decide.
constexpr std::array<std::size_t, kFeatures> kPieceOfFeature = [] {
  std::array<std::size_t, kFeatures> pieces{};
  std::size_t at = 0;
  for (std::size_t g = 0; g < kPieceOfGroup.size(); ++g) {
    for (int k = 0; k < kFeatureGroups[g].count; ++k) pieces[at++] = kPieceOfGroup[g];
  }
  return pieces;
}();

constexpr std::size_t kCoalitions = std::size_t{1} << kPieces.size();

/// What a piece adds to the first layer and to the linear term.
template <class S>
struct PieceShare {
  Aligned<S> z;  // [hidden], padded
  S linear = S(0);

  void add(S by, std::span<const S> row, S weight) {
    for (std::size_t k = 0; k < row.size(); ++k) z[k] += by * row[k];
    linear += by * weight;
  }
};

template <class S>
class Attribution {
 public:
  Attribution(const ServingWeights<S>& weights, const ServedStudent<S>& served,
              const Target& target)
      : w_(weights), target_(target) {
    none_.z = w_.out1_bias;
    none_.linear = w_.bias;
    for (PieceShare<S>& piece : pieces_) piece.z.assign(none_.z.size(), S(0));
    add_evidence(evidence_of(served.student), evidence_of(StudentState()));
    add_ids(served.state);
  }

  void divide(std::span<double> by_piece) const {
    std::array<double, kCoalitions> value{};
    for (std::size_t members = 0; members < kCoalitions; ++members) value[members] = logit(members);
    shapley(value, by_piece);
  }

 private:
  /// Scaled, [F].
  std::vector<float> evidence_of(const StudentState& student) const {
    Scene scene;
    scene.at = target_.at;
    scene.situation = situation_of(student, target_.item, target_.skills);
    w_.model().course().look_up(keys_of(student, scene.situation), kNoFold, scene.lookups);
    scene.rates = rates_of(student, scene.situation, scene.lookups);
    std::vector<float> x(w_.shape().features);
    write_features(student, scene, x);
    w_.model().scaling().apply(x);
    return x;
  }

  void add_evidence(const std::vector<float>& x, const std::vector<float>& unknown) {
    for (const Part part : kParts) {
      const std::vector<std::size_t>& features = features_of(part);
      for (std::size_t k = 0; k < features.size(); ++k) {
        const std::size_t f = features[k];
        const std::size_t own = kPieceOfFeature[f];
        PieceShare<S>& piece = pieces_[own == kByPart ? piece_of(part) : own];
        const auto row = w_.of(part).out1.row(k);
        const S weight = w_.of(part).linear[k];
        none_.add(static_cast<S>(unknown[f]), row, weight);
        piece.add(static_cast<S>(x[f]) - static_cast<S>(unknown[f]), row, weight);
      }
    }
  }

  /// The target's vector is known of every student; the state, alone or with it, is the memory.
  void add_ids(const Aligned<S>& state) {
    PieceShare<S>& memory = pieces_[kMemoryPiece];
    if (w_.shape().options.recurrence) {
      for (std::size_t k = 0; k < w_.d(); ++k) memory.add(state[k], w_.out1_state.row(k), S(0));
    }
    if (!w_.shape().vectors()) return;
    VectorShares<S> vector;
    w_.share_vector(target_.item, target_.skills, vector);
    for (std::size_t k = 0; k < none_.z.size(); ++k) none_.z[k] += vector.out1[k];
    if (!w_.product()) return;
    for (std::size_t k = 0; k < w_.d(); ++k)
      memory.add(vector.gate[k] * state[k], w_.out1_product.row(k), S(0));
  }

  /// The logit with the pieces of `members` as they are.
  double logit(std::size_t members) const {
    PieceShare<S> sum = none_;
    for (std::size_t g = 0; g < kPieces.size(); ++g) {
      if ((members >> g & 1U) != 0) sum.add(S(1), pieces_[g].z, pieces_[g].linear);
    }
    Entries<S> entries;
    entries.take_positive(sum.z);
    Aligned<S> z2 = w_.out2_bias;
    w_.out2.add(entries, z2.data());
    for (S& value : z2) value = std::max(value, S(0));
    return static_cast<double>(sum.linear + dot<S>(z2, w_.out3));
  }

  const ServingWeights<S>& w_;
  const Target& target_;
  PieceShare<S> none_;
  std::array<PieceShare<S>, kPieces.size()> pieces_;
};

}  // namespace

template <class S>
void attribute(const ServingWeights<S>& weights, const ServedStudent<S>& served,
               const Target& target, std::span<double> by_piece) {
  Attribution<S>(weights, served, target).divide(by_piece);
}

template void attribute<float>(const ServingWeights<float>&, const ServedStudent<float>&,
                               const Target&, std::span<double>);
template void attribute<double>(const ServingWeights<double>&, const ServedStudent<double>&,
                                const Target&, std::span<double>);

}  // namespace meno::evidence
