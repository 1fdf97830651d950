// What the pages read, each cached under one key. Texts come in both languages, so no key names a language.
import { useQuery } from "@tanstack/react-query";

import { api } from "./client";

export const keys = {
  courses: () => ["courses"] as const,
  skills: (courseId: string) => ["skills", courseId] as const,
  students: (courseId: string) => ["students", courseId] as const,
  mastery: (studentId: string, courseId: string) => ["mastery", courseId, studentId] as const,
  classView: (courseId: string) => ["class", courseId] as const,
  /** All plans of a student: they change with his answers. */
  plans: (studentId: string, courseId: string) => ["plan", courseId, studentId] as const,
  reviews: (studentId: string, courseId: string) => ["reviews", courseId, studentId] as const,
  preferences: (studentId: string, courseId: string) => ["preferences", courseId, studentId] as const,
};

export const useHealth = () =>
  useQuery({ queryKey: ["health"], queryFn: api.health, staleTime: 60_000 });

export const useCourses = () =>
  useQuery({ queryKey: keys.courses(), queryFn: api.courses, staleTime: 60_000 });

export const useSkills = (courseId: string) =>
  useQuery({
    queryKey: keys.skills(courseId),
    queryFn: () => api.skills(courseId),
    staleTime: Infinity,
  });

/** The items of one skill, for their names. */
export const useItems = (courseId: string, skillId: string) =>
  useQuery({
    queryKey: ["items", courseId, skillId],
    queryFn: () => api.items(courseId, skillId),
    staleTime: Infinity,
  });

export const useStudents = (courseId: string | null) =>
  useQuery({
    queryKey: keys.students(courseId ?? ""),
    queryFn: () => api.students(courseId ?? ""),
    enabled: courseId !== null,
  });

export const useMastery = (studentId: string, courseId: string) =>
  useQuery({
    queryKey: keys.mastery(studentId, courseId),
    queryFn: () => api.mastery(studentId, courseId),
  });

export const usePreferences = (studentId: string, courseId: string) =>
  useQuery({
    queryKey: keys.preferences(studentId, courseId),
    queryFn: () => api.preferences(studentId, courseId),
  });

/** Of one moment: an answer given meanwhile makes it another question anyway. */
export const useExplanation = (studentId: string, courseId: string, itemId: string) =>
  useQuery({
    queryKey: ["explanation", courseId, studentId, itemId],
    queryFn: () => api.explanation(studentId, courseId, itemId),
    gcTime: 0,
  });

/** Planned anew after every answer given on this page, and every 20 s while the page is in front, for those
 * given elsewhere; nothing while there is no goal. */
export const usePlan = (studentId: string, courseId: string, goal: string, minutes: number) =>
  useQuery({
    queryKey: [...keys.plans(studentId, courseId), goal, minutes],
    queryFn: () => api.plan(studentId, courseId, goal, minutes),
    enabled: goal !== "",
    staleTime: 0,
    refetchInterval: 20_000,
  });

export const useReviews = (studentId: string, courseId: string) =>
  useQuery({
    queryKey: keys.reviews(studentId, courseId),
    queryFn: () => api.reviews(studentId, courseId),
    staleTime: 0,
  });

/** How well the course is foreseen: asked again every minute while the page is in front. */
export const useMonitor = (courseId: string) =>
  useQuery({
    queryKey: ["monitor", courseId],
    queryFn: () => api.monitor(courseId),
    refetchInterval: 60_000,
  });

/** The class as it is now: asked again every 20 s while the page is in front, or every minute where news comes. */
export const useClass = (courseId: string, live: boolean) =>
  useQuery({
    queryKey: keys.classView(courseId),
    queryFn: () => api.classView(courseId),
    refetchInterval: live ? 60_000 : 20_000,
  });
