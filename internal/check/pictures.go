package check

import (
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// pictures wants alternative text, and every picture used. [image-alt] [image-unused]
func pictures(s *scope) []diag.Diagnostic {
	var out []diag.Diagnostic
	used := map[string]bool{}
	look := func(file string, l course.Link) {
		if !l.Image {
			return
		}
		if strings.TrimSpace(l.Alt) == "" {
			out = append(out, *errorf(l.Pos, "image-alt", "say in the brackets what the picture shows: ![...](file)", "the picture has no alternative text"))
		}
		if t, d := s.links.Resolve(file, l); d == nil {
			used[t.Image.File] = true
		}
	}
	for _, p := range s.pages {
		for _, l := range p.Body.Links {
			look(p.File, l)
		}
	}
	for _, m := range s.modules {
		for _, q := range m.Quizzes {
			for _, l := range q.Links() {
				look(q.From, l)
			}
			for _, question := range q.Questions {
				if t, d := s.links.Resolve(q.From, course.Link{Dest: question.Image, Image: true}); d == nil {
					used[t.Image.File] = true
				}
			}
		}
		for _, i := range m.Images {
			if !used[i.File] {
				out = append(out, diag.Warnf(diag.Pos{File: i.File}, "image-unused", "show it on a page, or remove it", "no page shows the picture"))
			}
		}
	}
	return out
}
