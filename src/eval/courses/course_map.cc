#include "eval/courses/course_map.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "meta/embedding/projection.h"

namespace meno {
namespace {

std::vector<MapDistance> distances_of(const Foreknowledge& known,
                                      const std::vector<PlacedSupport>& supports) {
  std::set<std::size_t> sizes;
  for (const PlacedSupport& support : supports) sizes.insert(support.students);
  std::vector<MapDistance> distances;
  for (const std::size_t size : sizes) {
    for (const KnownCourses& kind : known.known) {
      const Embedding centre = centre_of(placed(*known.space, kind));
      double sum = 0.0;
      double count = 0.0;
      for (const PlacedSupport& support : supports) {
        if (support.students != size) continue;
        sum += distance(support.place, centre) / known.reach;
        count += 1.0;
      }
      distances.push_back({.students = size, .kind = kind.name, .reaches = sum / count});
    }
  }
  return distances;
}

/// A half of a known course.
struct Half {
  std::size_t kind;
  std::size_t course;
  Embedding place;
};

std::vector<Half> halves_of(const Foreknowledge& known) {
  std::vector<Half> halves;
  for (std::size_t k = 0; k < known.known.size(); ++k) {
    for (std::size_t c = 0; c < known.known[k].courses.size(); ++c) {
      const EmbeddedHalves& course = known.known[k].courses[c];
      halves.push_back({k, c, known.space->place(course.first)});
      halves.push_back({k, c, known.space->place(course.second)});
    }
  }
  return halves;
}

/// What one half adds to its kind's sums.
void compare(const Half& half, std::span<const Half> halves, Recognition& sums, double& others) {
  double nearest = HUGE_VAL;
  bool same = false;
  for (const Half& other : halves) {
    if (&other == &half) continue;
    const double apart = distance(half.place, other.place);
    if (other.kind == half.kind && other.course == half.course) {
      sums.halves_apart += apart;
      continue;
    }
    if (other.kind != half.kind) {
      sums.others_apart += apart;
      others += 1.0;
    }
    if (!(apart < nearest)) continue;
    nearest = apart;
    same = other.kind == half.kind;
  }
  sums.recognised += same ? 1.0 : 0.0;
}

std::vector<Recognition> recognition_of(const Foreknowledge& known) {
  const std::vector<Half> halves = halves_of(known);
  std::vector<Recognition> all;
  for (std::size_t k = 0; k < known.known.size(); ++k) {
    Recognition sums{.kind = known.known[k].name};
    double others = 0.0;
    for (const Half& half : halves) {
      if (half.kind == k) compare(half, halves, sums, others);
    }
    const auto count = static_cast<double>(2 * known.known[k].courses.size());
    sums.halves_apart /= count * known.reach;
    sums.others_apart /= std::max(1.0, others) * known.reach;
    sums.recognised /= count;
    all.push_back(sums);
  }
  return all;
}

}  // namespace

CourseMap map_of(const Foreknowledge& known, const std::string& target,
                 const std::vector<PlacedSupport>& supports) {
  std::vector<Embedding> all;
  for (const KnownCourses& kind : known.known) {
    const std::vector<Embedding> points = placed(*known.space, kind);
    all.insert(all.end(), points.begin(), points.end());
  }
  const Plane plane(all);
  CourseMap map{.explained = plane.explained(), .points = {}, .distances = {}, .recognition = {}};
  for (const KnownCourses& kind : known.known) {
    for (const Embedding& point : placed(*known.space, kind))
      map.points.push_back({.kind = kind.name, .students = 0, .at = plane.place(point)});
  }
  for (const PlacedSupport& support : supports) {
    map.points.push_back(
        {.kind = target, .students = support.students, .at = plane.place(support.place)});
  }
  map.distances = distances_of(known, supports);
  map.recognition = recognition_of(known);
  return map;
}

}  // namespace meno
