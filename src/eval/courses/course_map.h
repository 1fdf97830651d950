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

struct CourseMap {
  std::array<double, 2> explained{};  // shares of the known courses' variance along the axes
  std::vector<MapPoint> points;
  std::vector<MapDistance> distances;
};

/// The plane is that of the known courses (Plane); the target has no say in it. `known.space` is
/// set.
CourseMap map_of(const Foreknowledge& known, const std::string& target,
                 const std::vector<PlacedSupport>& supports);

}  // namespace meno
