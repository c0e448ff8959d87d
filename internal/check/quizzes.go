package check

import (
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// quizzes wants one in every module, questions in every quiz, and no two options alike. [module-quiz] [quiz-empty]
// [option-duplicate] [question-answer] [quiz-draw] [quiz-attempts] [hotspot-area]
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
			if q.Feedback == course.FeedbackLastAttempt && q.Attempts == 0 {
				out = append(out, *errorf(q.Pos, "quiz-attempts", "add attempts: 2, or choose another time for feedback", "the quiz %q has no last attempt, so its feedback would never be shown", q.ID))
			}
			for _, question := range q.Questions {
				out = append(out, options(question)...)
				out = append(out, s.areas(q, question)...)
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

// areas wants those of a hotspot inside its picture.
func (s *scope) areas(quiz course.Quiz, q course.Question) []diag.Diagnostic {
	t, problem := s.links.Resolve(quiz.From, course.Link{Dest: q.Image, Image: true})
	if q.Type != course.Hotspot || problem != nil || t.Image.Width == 0 || t.Image.Height == 0 {
		return nil
	}
	var out []diag.Diagnostic
	for _, o := range q.Options {
		if a := o.Area; len(a) == 4 && (a[0]+a[2] > t.Image.Width || a[1]+a[3] > t.Image.Height) {
			out = append(out, *errorf(o.Pos, "hotspot-area", "write area: [x, y, width, height] in pixels of the picture",
				"the area %q ends outside the picture, which has %d by %d pixels", o.ID, t.Image.Width, t.Image.Height))
		}
	}
	return out
}
