package check

import (
	"lectern/internal/course"
	"lectern/internal/diag"
)

// links resolves every link of every page, question and term. [link-broken] [anchor-broken] [term-unknown] [source-unknown]
// [link-external] [image-missing] [image-remote]
func links(s *scope) []diag.Diagnostic {
	var out []diag.Diagnostic
	try := func(file string, l course.Link) {
		if _, d := s.links.Resolve(file, l); d != nil {
			out = append(out, *d)
		}
	}
	for _, p := range s.pages {
		for _, l := range p.Body.Links {
			try(p.File, l)
		}
	}
	for _, m := range s.modules {
		if m.Trial != nil {
			for _, l := range m.Trial.Links() {
				try(l.Pos.File, l)
			}
		}
		for _, q := range m.Quizzes {
			for _, l := range q.Links() {
				try(q.From, l)
			}
			for _, question := range q.Questions {
				if question.Image != "" {
					try(q.From, course.Link{Dest: question.Image, Image: true, Pos: question.Pos})
				}
				if question.See.ID != "" {
					try(q.From, course.Link{Dest: question.See.ID, Pos: question.See.Pos})
				}
			}
		}
	}
	return out
}

// shortcodes refuses Hugo's template calls in plain texts, as loading does in Markdown: contributed text is text. [shortcode]
func shortcodes(s *scope) []diag.Diagnostic {
	var out []diag.Diagnostic
	s.lib.Visit(func(_ string, t course.Text) course.Text {
		if !t.Kind.Markdown() && course.Shortcode(t.Source) >= 0 {
			out = append(out, *errorf(t.Pos, "shortcode", "write the text itself; put a space between the braces to show them", "text cannot call templates"))
		}
		return t
	})
	return out
}
