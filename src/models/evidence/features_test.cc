// The parts of the features against all of them at once.
#include "models/evidence/features.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/rng.h"

namespace meno::evidence {
namespace {

const SkillId kSkills[] = {SkillId(0U), SkillId(1U), SkillId(2U)};

Lookups random_lookups(Rng& rng) {
  Lookups looked;
  looked.base = static_cast<float>(rng.uniform());
  for (std::size_t k = 0; k < kCounts; ++k) {
    looked.all[k] = static_cast<float>(rng.below(3000));
    looked.right[k] = looked.all[k] * static_cast<float>(rng.uniform());
  }
  for (std::size_t k = 0; k < kResiduals; ++k) {
    looked.variance[k] = static_cast<float>(40.0 * rng.uniform());
    looked.residual[k] = static_cast<float>(rng.normal());
  }
  return looked;
}

TimePoint hour(std::uint64_t hours) { return TimePoint{std::chrono::hours(480'000 + hours)}; }

StudentState random_student(Rng& rng) {
  StudentState student;
  for (std::uint64_t t = rng.below(30); t > 0; --t) {
    observe(student,
            {.item = ItemId(rng.below(4)),
             .skills = std::span(kSkills).subspan(rng.below(3), 1),
             .correct = rng.chance(.6) ? 1.0F : 0.0F,
             .at = hour(100 - t),
             .response_ms = 3000},
            {});
  }
  return student;
}

Scene random_scene(const StudentState& student, Rng& rng) {
  Scene scene;
  scene.at = hour(100);
  scene.situation =
      situation_of(student, ItemId(rng.below(5)), std::span(kSkills).subspan(rng.below(3), 1));
  scene.lookups = random_lookups(rng);
  scene.rates = rates_of(student, scene.situation, scene.lookups);
  return scene;
}

std::vector<float> part_of(Part part, const StudentState& student, const Scene& scene) {
  std::vector<float> x(features_of(part).size());
  write_part(part, student, scene, x);
  return x;
}

TEST(Features, PartsTogetherAreAllOfThemOnce) {
  std::vector<int> times(kFeatures);
  for (const Part part : kParts) {
    for (const std::size_t k : features_of(part)) ++times[k];
  }
  for (const int count : times) EXPECT_EQ(count, 1);
  Rng rng(7);
  for (int round = 0; round < 50; ++round) {
    const StudentState student = random_student(rng);
    const Scene scene = random_scene(student, rng);
    std::vector<float> all(kFeatures);
    write_features(student, scene, all);
    for (const Part part : kParts) {
      const std::vector<float> x = part_of(part, student, scene);
      for (std::size_t k = 0; k < x.size(); ++k)
        EXPECT_EQ(x[k], all[features_of(part)[k]]) << "feature " << features_of(part)[k];
    }
  }
}

// What serving relies on: it works the skills' part out once for all their items.
TEST(Features, OnlyTheItemsPartMovesWithTheItem) {
  Rng rng(8);
  for (int round = 0; round < 200; ++round) {
    const StudentState student = random_student(rng);
    Scene scene = random_scene(student, rng);
    if (scene.situation.same_item) continue;
    const std::vector<float> skill = part_of(Part::Skill, student, scene);
    const std::vector<float> own = part_of(Part::Student, student, scene);
    const ItemSituation item = situation_of(student, ItemId(rng.below(5)));
    if (item.same_item) continue;
    static_cast<ItemSituation&>(scene.situation) = item;
    const Lookups other = random_lookups(rng);
    for (const std::size_t k : kItemCounts)
      scene.lookups.set_count(k, {other.right[k], other.all[k]});
    for (const std::size_t k : kItemResiduals)
      scene.lookups.set_residual(k, {other.residual[k], other.variance[k]});
    set_item_rates(student, scene.situation, scene.lookups, scene.rates);
    EXPECT_EQ(part_of(Part::Skill, student, scene), skill) << "round " << round;
    EXPECT_EQ(part_of(Part::Student, student, scene), own) << "round " << round;
  }
}

TEST(Features, KeysOfSkillsAndItemsAreEachHalfOfThem) {
  std::vector<int> counts(kCounts);
  std::vector<int> residuals(kResiduals);
  for (const std::size_t k : kItemCounts) ++counts[k];
  for (const std::size_t k : kSkillCounts) ++counts[k];
  for (const std::size_t k : kItemResiduals) ++residuals[k];
  for (const std::size_t k : kSkillResiduals) ++residuals[k];
  for (const int count : counts) EXPECT_EQ(count, 1);
  for (const int count : residuals) EXPECT_EQ(count, 1);
}

}  // namespace
}  // namespace meno::evidence
