// Shape: the options of the evidence network, its sizes, and where each of its parameters lies in
// theta.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/options.h"
#include "core/result.h"
#include "models/params.h"

namespace meno::evidence {

/// Options of the model, as `--set name=value` names them.
struct EvidenceOptions {
  int width = 64;          // of id vectors and of the recurrent state
  int hidden = 128;        // of the read-out's first layer; the second has half
  bool recurrence = true;  // a gated recurrent unit over the answers
  bool skill_vectors =
      true;  // a vector per skill; off: nothing names an item or a skill, the model transfers
  bool item_vectors = false;  // a vector per item, shrunk by its count
  bool product = true;        // the read-out also sees state x (linear map of the target's vector)
  double vector_dropout = 0.5;
  double item_dropout = 0.5;  // of whole item vectors
  double hidden_dropout = 0.4;
  std::string adversarial = "none";  // or "fgsm", "pgd": train on the worst inputs nearby as well
  double adversarial_radius = 0.1;   // of each input, in its standard deviations
  int adversarial_steps = 3;         // of pgd
  double adversarial_share = 0.5;    // of the loss that is taken there, in [0, 1]
  std::string precision = "float";   // or "double": for tests and exact meta-gradients
};

Result<EvidenceOptions> read_evidence_options(const Options& options);
/// Errors: InvalidInput for a size, a dropout or a precision out of range; `owner` names the model.
Result<Done> check_evidence_options(const EvidenceOptions& options, std::string_view owner);

/// Offsets into theta; without features the blocks that read them do not exist. Matrices are [in,
/// out] row-major, that is out x in column-major.
struct Shape {
  Shape(const EvidenceOptions& options, std::size_t features, std::size_t skills,
        std::size_t items);

  EvidenceOptions options;
  std::size_t features;
  std::size_t skills;
  std::size_t items;
  ParamLayout layout;

  bool vectors() const { return options.skill_vectors || options.item_vectors; }

  std::size_t skill_vector = 0, item_vector = 0;
  std::size_t in_x = 0, in_answer = 0, in_vector = 0, in_bias = 0;
  std::size_t gru_in = 0, gru_bias = 0, gru_state = 0, gru_state_bias = 0;
  std::size_t gate = 0, gate_bias = 0;
  std::size_t out1_x = 0, out1_vector = 0, out1_state = 0, out1_product = 0, out1_bias = 0;
  std::size_t out2 = 0, out2_bias = 0, out3 = 0;
  std::size_t linear = 0, bias = 0;

 private:
  void add_readout();
};

}  // namespace meno::evidence
