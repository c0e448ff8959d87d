package check

import (
	"fmt"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// boxes refuses unknown kinds of boxes, and boxes without a title. [box-unknown] [box-title]
func boxes(s *scope) []diag.Diagnostic {
	return s.eachBlock(func(p page, b course.Block) *diag.Diagnostic {
		if b.Kind != course.Box {
			return nil
		}
		if !slices.Contains(course.BoxKinds(), b.Name) {
			return errorf(b.Pos, "box-unknown", hint(b.Name, course.BoxKinds(), "boxes are "+strings.Join(course.BoxKinds(), ", ")), "unknown box [!%s]", strings.ToUpper(b.Name))
		}
		for _, t := range p.Body.Segments {
			if t.Kind == course.KindBoxTitle && t.Pos.Line == b.Pos.Line {
				return nil
			}
		}
		return errorf(b.Pos, "box-title", fmt.Sprintf("write > [!%s] and the title", strings.ToUpper(b.Name)), "the box has no title")
	})
}

// fences resolves quiz blocks; other blocks of code pass. [quiz-unknown]
func fences(s *scope) []diag.Diagnostic {
	return s.eachBlock(func(p page, b course.Block) *diag.Diagnostic {
		if b.Kind != course.Fence || b.Name != "quiz" {
			return nil
		}
		if p.module == nil {
			return errorf(b.Pos, "quiz-unknown", "place it in a lesson of the module that has the quiz", "only modules have quizzes")
		}
		var ids []string
		for _, q := range p.module.Quizzes {
			if q.ID == b.Text {
				return nil
			}
			ids = append(ids, q.ID)
		}
		what := fmt.Sprintf("add it to quizzes/%s.yaml", strings.TrimSuffix(strings.TrimPrefix(p.module.File, "modules/"), "/_index.md"))
		if near := diag.Nearest(b.Text, ids); near != "" {
			q, _ := p.module.Quiz(near)
			what = fmt.Sprintf("did you mean %q (%s:%d)?", near, q.File, q.Pos.Line)
		}
		return errorf(b.Pos, "quiz-unknown", what, "unknown quiz %q", b.Text)
	})
}

// headings refuses skipped levels, and level 1, which is the title's. [heading-level]
func headings(s *scope) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, p := range s.pages {
		level := 1
		for _, b := range p.Body.Blocks {
			if b.Kind != course.Heading {
				continue
			}
			switch {
			case b.Level == 1:
				out = append(out, *errorf(b.Pos, "heading-level", "begin it with ##; the title is in the front matter", "a heading of level 1 inside a page"))
			case b.Level > level+1:
				out = append(out, *errorf(b.Pos, "heading-level", fmt.Sprintf("begin it with %s", strings.Repeat("#", level+1)), "a heading of level %d follows one of level %d", b.Level, level))
			}
			level = b.Level
		}
	}
	return out
}

// html refuses raw HTML, which is never rendered. [html]
func html(s *scope) []diag.Diagnostic {
	return s.eachBlock(func(_ page, b course.Block) *diag.Diagnostic {
		if b.Kind != course.Raw {
			return nil
		}
		return errorf(b.Pos, "html", "use Markdown; write &lt; for a less-than sign before a letter", "HTML is not rendered")
	})
}
