// The addresses of the pages. They hold ids, never names.
const e = encodeURIComponent;

export const paths = {
  start: "/",
  practice: (courseId: string, studentId: string) => `/courses/${e(courseId)}/students/${e(studentId)}/practice`,
  skills: (courseId: string, studentId: string) => `/courses/${e(courseId)}/students/${e(studentId)}/skills`,
  path: (courseId: string, studentId: string) => `/courses/${e(courseId)}/students/${e(studentId)}/path`,
  review: (courseId: string, studentId: string) => `/courses/${e(courseId)}/students/${e(studentId)}/review`,
  test: (courseId: string, studentId: string) => `/courses/${e(courseId)}/students/${e(studentId)}/test`,
  classPage: (courseId: string) => `/courses/${e(courseId)}/class`,
  monitor: (courseId: string) => `/courses/${e(courseId)}/monitor`,
};

/** An id as it was before it went into an address; a stray per cent sign stays itself. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
