// Resource text: why a resource is proposed, in both languages.
#pragma once

#include "tutor/resource/resource.h"

namespace meno {

/// The kind as people call it.
Text kind_text(ResourceKind kind);

/// One sentence on the need with its evidence, one on the resource and its minutes; that it is
/// proposed by rule is said with it.
Text resource_text(const SuggestedResource& suggested, const SkillMastery& mastery,
                   const SkillRecord& record, const TutorCourse& course);

}  // namespace meno
