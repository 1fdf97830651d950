// Drawn courses: small courses made of a few students of a real one, as meta-learning meets them.
// Course -> DrawnCourse -> windows in the order in which the students came.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <vector>

#include "core/rng.h"
#include "domain/sequence.h"
#include "domain/task.h"

namespace meno {

/// How finely a drawn course tells apart what is practised. Schools name skills and items at every
/// level, so a model for all schools must have met them all.
enum class Grain {
  AsIs,
  ItemsAsSkills,  // every item is a skill of its own
  SkillsAsItems,  // all items of one set of skills are one item
  OneSkill,       // all items belong to one skill
};

struct CourseDraw {
  std::size_t students = 20;  // at most; fewer when there are not so many
  std::size_t longest = 400;  // answers of a student at most: his first ones
  Grain grain = Grain::AsIs;
  bool merge_copies = false;   // repeats_are_copies: tell such an answer once, with all its skills
  std::size_t first_item = 0;  // added to all ids, to keep several courses apart
  std::size_t first_skill = 0;
};

/// Whether an answer on the item just answered always has the same result: it is then one answer
/// that the source tells once per skill not another try, and a model that
/// learns from it believes that trying again is useless.
bool repeats_are_copies(std::span<const Sequence> students);

/// Students drawn without replacement from those with answers, in random order. The histories are
/// copies.
struct DrawnCourse {
  std::deque<History> students;

  std::size_t answers() const;
};
DrawnCourse draw_course(std::span<const Sequence> students, const CourseDraw& ask, Rng& rng);

/// Deals windows, in the order in which their students came, to blocks that grow by a third:
/// Window::fold counts the blocks. Returns their number. With Fitting::Prequential a student's
/// features then rest on those who came before his block, and a cohort of n students needs about 3
/// log(n) sets of statistics, not n.
int deal_to_growing_folds(std::span<Window> windows);

}  // namespace meno
