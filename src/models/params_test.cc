#include "models/params.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

ParamLayout layout_of(std::initializer_list<ParamBlock> blocks) {
  ParamLayout layout;
  for (const ParamBlock& block : blocks) layout.add(block);
  return layout;
}

TEST(Params, TransplantTakesBlocksOfTheSameNameAndShape) {
  const ParamLayout from = layout_of({{.name = "gone", .shape = {1}},
                                      {.name = "kept", .shape = {2, 2}},
                                      {.name = "wider", .shape = {2}}});
  const ParamLayout to =
      layout_of({{.name = "kept", .shape = {2, 2}},
                 {.name = "new", .shape = {1}, .start = ParamBlock::Start::Constant, .scale = 7.0},
                 {.name = "wider", .shape = {3}}});
  const Params theta = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0};
  Rng rng(1);
  EXPECT_EQ(transplanted(from, theta, to, rng), (Params{2.0, 3.0, 4.0, 5.0, 7.0, 0.0, 0.0, 0.0}));
}

}  // namespace
}  // namespace meno
