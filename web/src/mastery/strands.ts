import type { Skill, Text } from "../api/types";

export interface Strand {
  strand: Text | null;
  skills: Skill[];
}

/** The skills under their strands, both in the order of the course. */
export function byStrand(skills: readonly Skill[]): Strand[] {
  const strands = new Map<string, Strand>();
  for (const skill of skills) {
    const key = skill.strand?.en ?? "";
    const strand = strands.get(key) ?? { strand: skill.strand, skills: [] };
    strand.skills.push(skill);
    strands.set(key, strand);
  }
  return [...strands.values()];
}
