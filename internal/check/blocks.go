package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// boxes refuses unknown kinds of boxes, boxes without a title, and what looks like a box and is none: a slip would show learners
// what is for facilitators. [box-unknown] [box-title] [box-space] [box-mark]
func boxes(s *scope) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, p := range s.pages {
		for _, t := range p.Body.Segments {
			if boxLike.MatchString(t.Source) {
				out = append(out, *errorf(t.Pos, "box-mark", "write > [!FACILITATOR] and the title as the first line of a quotation", "the text looks like the mark of a box and is none"))
			}
		}
	}
	return append(out, s.eachBlock(func(p page, b course.Block) *diag.Diagnostic {
		if b.Kind != course.Box {
			return nil
		}
		if b.Name == course.BoxFacilitator && abuts(p.Body.Source, b) {
			return errorf(b.Pos, "box-space", "leave an empty line before the box", "without facilitators' notes the texts around the box would become one")
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
	})...)
}

var boxLike = regexp.MustCompile(`(?i)^\W*!\s*[a-z]+\s*\]|\[\s*!\s*facilitator`)

// abuts reports a block with text on the lines before and after it.
func abuts(src string, b course.Block) bool {
	before := src[:b.Start]
	before = before[strings.LastIndexByte(strings.TrimSuffix(before, "\n"), '\n')+1:]
	inside := src[b.Start:b.End]
	last := inside[strings.LastIndexByte(strings.TrimSuffix(inside, "\n"), '\n')+1:]
	blank := func(line string) bool { return strings.Trim(line, "> \t\n") == "" }
	return !blank(before) && !blank(last) && b.End < len(src)
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
