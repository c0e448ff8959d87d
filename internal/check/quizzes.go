package check

import (
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// quizzes wants one in every module, questions in every quiz, and no two options alike. [module-quiz] [quiz-empty]
// [option-duplicate] [question-answer] [quiz-draw]
func quizzes(s *scope) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, m := range s.modules {
		if len(m.Quizzes) == 0 {
			out = append(out, diag.Warnf(diag.Pos{File: m.File}, "module-quiz", "write one; lectern new quiz makes a file to start from", "the module has no quiz"))
		}
		for _, q := range m.Quizzes {
			if len(q.Questions) == 0 {
				out = append(out, *errorf(q.Pos, "quiz-empty", "add questions:", "the quiz %q has no questions", q.ID))
			}
			if q.Draw > len(q.Questions) {
				out = append(out, *errorf(q.Pos, "quiz-draw", "write more questions or draw fewer", "the quiz draws %d of %d questions", q.Draw, len(q.Questions)))
			}
			for _, question := range q.Questions {
				out = append(out, options(question)...)
			}
		}
	}
	return out
}

func options(q course.Question) []diag.Diagnostic {
	var out []diag.Diagnostic
	seen := map[string]bool{}
	for _, o := range q.Options {
		text := strings.ToLower(o.Text.Source)
		if text != "" && seen[text] {
			out = append(out, *errorf(o.Pos, "option-duplicate", "remove one, or say how they differ", "two options read the same"))
		}
		seen[text] = true
	}
	if q.Type == course.Single && len(q.Correct()) > 1 {
		out = append(out, *errorf(q.Pos, "question-answer", "mark one option, or use type: multiple", "a question of type single has %d right options", len(q.Correct())))
	}
	return out
}
