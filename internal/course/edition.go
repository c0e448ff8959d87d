package course

// Audience is whom a build is for. Learner and facilitator are two builds from two sets of text: what facilitators alone
// may read is not in a learner's build at all.
type Audience string

const (
	Learner     Audience = "learner"
	Facilitator Audience = "facilitator"
)

// Edition is one module in one version, one language and for one audience. Nothing is left to choose: renderers and packagers
// take it as it is.
type Edition struct {
	Collection string // path of its collection
	Version    string // semantic version, "" for unreleased work
	Lang       string
	Audience   Audience
	Module     Module
	// Of a mock trial: what each role that is played alone may see, and for facilitators what every role may. A learner's Module.Trial
	// holds neither; what is revealed last is apart from both.
	Plays, Packets []Play
	Reveal         *Reveal
}

// Play is a mock trial as one role sees it.
type Play struct {
	Role  Role
	Trial Trial
}

// Reveal is what is told when a mock trial is over.
type Reveal struct {
	Outcome Prose
	Debrief []Prose
}

// Work is everything that one language's site for one audience shows.
type Work struct {
	Lang        Language
	SourceLang  Language
	Languages   []Language // of the site, in the order of its switcher
	Audience    Audience
	Home        Page
	Collections []Collection // without their modules: those are in Editions
	Editions    []Edition    // in order
	Terms       []Term
	Sources     []Source
	Messages    []Message
}

// In lists the editions of a collection.
func (w Work) In(collection string) []Edition {
	var out []Edition
	for _, e := range w.Editions {
		if e.Collection == collection {
			out = append(out, e)
		}
	}
	return out
}

// PageRef names a page of a work.
type PageRef struct {
	Path  string // below the language; "" for home
	Title Text
}

// Pages lists every page of the work, in the order of its navigation.
func (w Work) Pages() []PageRef {
	out := []PageRef{{"", w.Home.Title}}
	for _, c := range w.Collections {
		out = append(out, PageRef{c.Path, c.Title})
		for _, e := range w.In(c.Path) {
			out = append(out, e.Module.Pages()...)
			for _, p := range e.Papers() {
				out = append(out, p.PageRef)
			}
			for _, p := range e.TrialPages() {
				out = append(out, p.PageRef)
			}
		}
	}
	if len(w.Terms) > 0 {
		out = append(out, PageRef{Path: "glossary"})
	}
	return out
}

// Pages lists the module's pages in the order of study: its first page, its lessons, and the quizzes that no page places.
func (m Module) Pages() []PageRef {
	out := []PageRef{{m.Path, m.Title}}
	for _, l := range m.Lessons {
		out = append(out, PageRef{l.Path, l.Title})
	}
	for _, q := range m.Unplaced() {
		out = append(out, PageRef{m.Path + "/" + q.ID, q.Title})
	}
	return out
}

// Paper is a quiz to print and hand out.
type Paper struct {
	PageRef
	Layout string // "handout", or "key" with the answers and explanations
	Quiz   Quiz
}

// Papers lists what there is to print: a handout of each quiz and, for facilitators only, its answer key.
func (e Edition) Papers() []Paper {
	var out []Paper
	for _, q := range e.Module.Quizzes {
		out = append(out, Paper{PageRef{e.Module.Path + "/handouts/" + q.ID, q.Title}, "handout", q})
	}
	if e.Audience == Facilitator {
		for _, q := range e.Module.Quizzes {
			out = append(out, Paper{PageRef{e.Module.Path + "/keys/" + q.ID, q.Title}, "key", q})
		}
	}
	return out
}

// TrialPage is a page of a mock trial.
type TrialPage struct {
	PageRef
	Layout string // play, packet, reveal or papers
	Play   *Play  // of play and packet
}

// TrialPages lists the pages of a mock trial: one for each role that is played alone, what is revealed last and, for facilitators, a
// packet for each role and what they print for all.
func (e Edition) TrialPages() []TrialPage {
	if e.Reveal == nil {
		return nil
	}
	at := func(name string) string { return e.Module.Path + "/" + name }
	var out []TrialPage
	for i, p := range e.Plays {
		out = append(out, TrialPage{PageRef{at("play/" + p.Role.ID), p.Role.Title}, "play", &e.Plays[i]})
	}
	out = append(out, TrialPage{PageRef{at("reveal"), e.Module.Title}, "reveal", nil})
	for i, p := range e.Packets {
		out = append(out, TrialPage{PageRef{at("packets/" + p.Role.ID), p.Role.Title}, "packet", &e.Packets[i]})
	}
	if e.Audience == Facilitator {
		out = append(out, TrialPage{PageRef{at("papers"), e.Module.Title}, "papers", nil})
	}
	return out
}
