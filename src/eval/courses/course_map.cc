#include "eval/courses/course_map.h"

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

}  // namespace

CourseMap map_of(const Foreknowledge& known, const std::string& target,
                 const std::vector<PlacedSupport>& supports) {
  std::vector<Embedding> all;
  for (const KnownCourses& kind : known.known) {
    const std::vector<Embedding> points = placed(*known.space, kind);
    all.insert(all.end(), points.begin(), points.end());
  }
  const Plane plane(all);
  CourseMap map{.explained = plane.explained(), .points = {}, .distances = {}};
  for (const KnownCourses& kind : known.known) {
    for (const Embedding& point : placed(*known.space, kind))
      map.points.push_back({.kind = kind.name, .students = 0, .at = plane.place(point)});
  }
  for (const PlacedSupport& support : supports) {
    map.points.push_back(
        {.kind = target, .students = support.students, .at = plane.place(support.place)});
  }
  map.distances = distances_of(known, supports);
  return map;
}

}  // namespace meno
