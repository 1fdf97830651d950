// A map of courses: known ones and the supports of a new one, as points of a plane.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "eval/courses/foreknowledge.h"

namespace meno {

/// The target's support of one draw, embedded.
struct PlacedSupport {
  std::size_t students = 0;
  Embedding place;
};

struct MapPoint {
  std::string kind;          // a source, made-up courses, or the target
  std::size_t students = 0;  // of a support of the target; 0: a known course
  std::array<double, 2> at{};
};

/// How far supports of one size lie from the centre of a kind, in reaches (Foreknowledge::reach),
/// the mean over draws.
struct MapDistance {
  std::size_t students = 0;
  std::string kind;
  double reaches = 0.0;
};

/// How well the embedding tells a kind of courses from others, on its known ones. Means over pairs,
/// in reaches.
struct Recognition {
  std::string kind;
  double halves_apart = 0.0;  // the halves of a course from each other
  double others_apart = 0.0;  // halves of a course from halves of courses of other kinds
  double recognised = 0.0;    // share of halves to which, of other courses' halves, one of the same
                              // kind is nearest
};

struct CourseMap {
  std::array<double, 2> explained{};  // shares of the known courses' variance along the axes
  std::vector<MapPoint> points;
  std::vector<MapDistance> distances;
  std::vector<Recognition> recognition;
};

/// The plane is that of the known courses (Plane); the target has no say in it. `known.space` is
/// set.
CourseMap map_of(const Foreknowledge& known, const std::string& target,
                 const std::vector<PlacedSupport>& supports);

}  // namespace meno
