package check

import (
	"lectern/internal/course"
	"lectern/internal/diag"
)

// objectives wants them on every module, and resolves every mention. [objective-missing] [objective-unknown] [summary-missing]
func objectives(s *scope) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, m := range s.modules {
		if len(m.Objectives) == 0 {
			out = append(out, *errorf(diag.Pos{File: m.File, Line: 1}, "objective-missing", "add objectives: with an id and a text for each", "the module has no objectives"))
		}
		var ids []string
		for _, o := range m.Objectives {
			ids = append(ids, o.ID)
		}
		known := func(r course.Ref) {
			for _, id := range ids {
				if id == r.ID {
					return
				}
			}
			out = append(out, *errorf(r.Pos, "objective-unknown", hint(r.ID, ids, "name an objective of "+m.File), "unknown objective %q", r.ID))
		}
		summary(&out, m.Page)
		for _, l := range m.Lessons {
			summary(&out, l.Page)
			for _, r := range l.Objectives {
				known(r)
			}
		}
		for _, q := range m.Quizzes {
			for _, question := range q.Questions {
				if question.Objective.ID != "" {
					known(question.Objective)
				}
			}
		}
	}
	return out
}

func summary(out *[]diag.Diagnostic, p course.Page) {
	if p.Summary.Source == "" {
		*out = append(*out, *errorf(diag.Pos{File: p.File, Line: 1}, "summary-missing", "add summary: with one or two sentences for lists", "the page has no summary"))
	}
}
