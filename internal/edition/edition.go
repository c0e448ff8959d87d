// Package edition decides what each build shows: which version of each module, for which audience, with nothing left to
// choose afterwards. Renderers and packagers hold no fallback logic.
package edition

import (
	"path"
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
			e := course.Edition{Collection: c.Path, Lang: lib.Lang, Audience: opts.Audience, Module: module(m, opts)}
			if m.Trial != nil {
				stage(&e, *m.Trial)
			}
			e.Module.Images = left(m.Images, shown(course.Edition{Module: m}), shown(e), func(i course.Image) string { return i.File })
			w.Editions = append(w.Editions, e)
		}
		c.Page, c.Modules = page(c.Page, opts.Audience), nil
		w.Collections = append(w.Collections, c)
	}
	return w
}

func module(m course.Module, opts Options) course.Module {
	whole := m
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
	m.Quizzes = left(m.Quizzes, placed(whole), placed(m), func(q course.Quiz) string { return q.ID })
	return m
}

// left are the things that were nowhere used before, or are still used: what only a part left out uses is left out with it.
func left[T any](things []T, before, now map[string]bool, id func(T) string) []T {
	var out []T
	for _, t := range things {
		if !before[id(t)] || now[id(t)] {
			out = append(out, t)
		}
	}
	return out
}

// placed are the ids of the quizzes that the module's pages place.
func placed(m course.Module) map[string]bool {
	ids := map[string]bool{}
	for _, b := range bodies(m) {
		for _, fence := range b.Quizzes() {
			ids[fence.Text] = true
		}
	}
	return ids
}

// shown are the files of the pictures that an edition's pages, quizzes and trial show.
func shown(e course.Edition) map[string]bool {
	files := map[string]bool{}
	add := func(from string, links []course.Link) {
		for _, l := range links {
			if l.Image {
				files[path.Join(path.Dir(from), l.Dest)] = true
			}
		}
	}
	for _, b := range bodies(e.Module) {
		add(e.Module.File, b.Links)
	}
	for _, q := range e.Module.Quizzes {
		add(q.From, q.Links())
		for _, question := range q.Questions {
			add(q.From, []course.Link{{Dest: question.Image, Image: true}})
		}
	}
	trials := []course.Trial{}
	if e.Module.Trial != nil {
		trials = append(trials, *e.Module.Trial)
	}
	for _, p := range slices.Concat(e.Plays, e.Packets) {
		trials = append(trials, p.Trial)
	}
	if e.Reveal != nil {
		trials = append(trials, course.Trial{Outcome: e.Reveal.Outcome, Debrief: e.Reveal.Debrief})
	}
	for _, t := range trials {
		for _, l := range t.Links() {
			add(l.Pos.File, []course.Link{l})
		}
	}
	return files
}

func bodies(m course.Module) []course.Body {
	out := []course.Body{m.Body}
	for _, l := range m.Lessons {
		out = append(out, l.Body)
	}
	return out
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

// stage sets up a mock trial: what each role sees is cut out of the whole here, and a learner's edition keeps only the cuttings of
// roles that are played alone.
func stage(e *course.Edition, t course.Trial) {
	e.Reveal = &course.Reveal{Outcome: t.Outcome, Debrief: t.Debrief}
	for _, r := range t.Roles {
		play := course.Play{Role: r, Trial: t.View(r.ID)}
		play.Role.NotKnown = nil
		if r.Alone {
			e.Plays = append(e.Plays, play)
		}
		if e.Audience == course.Facilitator {
			e.Packets = append(e.Packets, play)
		}
	}
	if e.Audience != course.Facilitator {
		public := t.Learners()
		e.Module.Trial = &public
	}
}
