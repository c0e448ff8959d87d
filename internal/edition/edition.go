// Package edition decides what each build shows: which version of each module, for which audience, with nothing left to
// choose afterwards. Renderers and packagers hold no fallback logic.
package edition

import (
	"slices"

	"lectern/internal/course"
)

// Options say what a build is of.
type Options struct {
	Audience    course.Audience
	Collections []string // ids; empty means all
	Drafts      bool
	Languages   []course.Language // of the site, in order; the first is not special
	SourceLang  course.Language
}

// Resolve makes the work of each library's language. What an audience may not read is cut out here: nothing
// after this stage has it.
func Resolve(libraries []course.Library, opts Options) []course.Work {
	works := make([]course.Work, len(libraries))
	for i, lib := range libraries {
		works[i] = resolve(lib, opts)
	}
	return works
}

func resolve(lib course.Library, opts Options) course.Work {
	w := course.Work{
		SourceLang: opts.SourceLang, Languages: opts.Languages, Audience: opts.Audience,
		Home: page(lib.Home, opts.Audience), Terms: lib.Terms, Sources: lib.Sources, Messages: lib.Messages,
	}
	for _, l := range opts.Languages {
		if l.Code == lib.Lang {
			w.Lang = l
		}
	}
	for _, c := range lib.Collections {
		if len(opts.Collections) > 0 && !slices.Contains(opts.Collections, c.ID) {
			continue
		}
		for _, m := range c.Modules {
			if m.Draft && !opts.Drafts {
				continue
			}
			w.Editions = append(w.Editions, course.Edition{
				Collection: c.Path, Lang: lib.Lang, Audience: opts.Audience, Module: module(m, opts),
			})
		}
		c.Page, c.Modules = page(c.Page, opts.Audience), nil
		w.Collections = append(w.Collections, c)
	}
	return w
}

func module(m course.Module, opts Options) course.Module {
	m.Page = page(m.Page, opts.Audience)
	lessons := m.Lessons
	m.Lessons = nil
	for _, l := range lessons {
		if l.Draft && !opts.Drafts {
			continue
		}
		l.Page = page(l.Page, opts.Audience)
		m.Lessons = append(m.Lessons, l)
	}
	return m
}

// page is the page without what only facilitators may read.
func page(p course.Page, audience course.Audience) course.Page {
	if audience != course.Facilitator {
		p.Body = p.Body.Without(func(b course.Block) bool {
			return b.Kind == course.Box && b.Name == course.BoxFacilitator
		})
	}
	return p
}
