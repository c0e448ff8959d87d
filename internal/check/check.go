// Package check holds the rules for content, one a file. Rules are pure: they see values and return diagnostics. What
// cannot be read or parsed at all is reported by loading, and what differs between a text and its translation by localising.
package check

import (
	"lectern/internal/course"
	"lectern/internal/diag"
)

// A rule looks at the work in its own language.
type rule func(*scope) []diag.Diagnostic

var rules = []rule{
	links, boxes, fences, headings, html, pictures, shortcodes, objectives, quizzes, questions, reserved, terms, trials,
}

// Run applies every rule to the library in its own language.
func Run(lib course.Library) []diag.Diagnostic {
	s := &scope{lib: lib, links: course.NewLinks(lib)}
	s.collect()
	var out []diag.Diagnostic
	for _, r := range rules {
		out = append(out, r(s)...)
	}
	return out
}

// scope is the work laid out for rules.
type scope struct {
	lib     course.Library
	links   *course.Links
	pages   []page
	modules []course.Module
}

// page is a page with the module that it is in; home and collections are in none.
type page struct {
	course.Page
	module *course.Module
}

func (s *scope) collect() {
	s.pages = append(s.pages, page{Page: s.lib.Home})
	for _, c := range s.lib.Collections {
		s.pages = append(s.pages, page{Page: c.Page})
		for _, m := range c.Modules {
			s.modules = append(s.modules, m)
			s.pages = append(s.pages, page{m.Page, &m})
			for _, l := range m.Lessons {
				s.pages = append(s.pages, page{l.Page, &m})
			}
			if m.Trial != nil {
				for _, d := range m.Trial.Documents() {
					s.pages = append(s.pages, page{course.Page{File: d.File, Title: d.Title, Body: d.Body}, &m})
				}
			}
		}
	}
}

// eachBlock applies f to every block of every page.
func (s *scope) eachBlock(f func(page, course.Block) *diag.Diagnostic) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, p := range s.pages {
		for _, b := range p.Body.Blocks {
			if d := f(p, b); d != nil {
				out = append(out, *d)
			}
		}
	}
	return out
}

func errorf(pos diag.Pos, rule, hint, format string, args ...any) *diag.Diagnostic {
	d := diag.Errorf(pos, rule, hint, format, args...)
	return &d
}

// hint is "did you mean" when a candidate is near, and otherwise what to do.
func hint(name string, candidates []string, otherwise string) string {
	if near := diag.Nearest(name, candidates); near != "" {
		return `did you mean "` + near + `"?`
	}
	return otherwise
}
