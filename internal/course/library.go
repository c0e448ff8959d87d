package course

import "lectern/internal/diag"

// Library is a work in one language: everything that was loaded from a tree, nothing chosen yet.
type Library struct {
	Lang        string // the language of every Text's Value
	SourceLang  string // the language of every Text's Source
	Home        Page
	Collections []Collection
	Terms       []Term
	Sources     []Source
	Messages    []Message
}

// Page is what every page of Markdown has.
type Page struct {
	ID      string // the last part of its address; never changes after a release
	Path    string // its address below the language: "practitioners-manual/interviewing/planning"; "" for home
	Domain  string // gettext's text domain: its catalogue is translations/<lang>/<Domain>.po
	File    string // where it was read from, slash-separated below the root of the work
	Title   Text
	Summary Text
	Body    Body
	Draft   bool // not built unless drafts are asked for
}

// Collection is a set of modules: a manual, a set of mock trials.
type Collection struct {
	Page
	Modules []Module
}

// Module is the unit that is versioned, packaged and certified.
type Module struct {
	Page
	Number     int // from the folder's name; what people call it by
	Level      Level
	Objectives []Objective
	Lessons    []Lesson
	Quizzes    []Quiz
	Images     []Image
	Trial      *Trial // of a mock trial
}

// Lesson is one page of study.
type Lesson struct {
	Page
	Level      Level
	Minutes    int // to study it, as written by the author or reckoned from its words
	Objectives []Ref
}

// Level says whom a module or lesson is for.
type Level string

const (
	Basic    Level = "basic"
	Advanced Level = "advanced"
)

// Objective is what a person can do after the module.
type Objective struct {
	ID   string
	Text Text
}

// Ref is an id that an author wrote to point at something.
type Ref struct {
	ID  string
	Pos diag.Pos
}

// Image is a picture or a diagram of a module.
type Image struct {
	Name          string // below the module's folder: "images/peace-stages.svg"
	File          string
	Width, Height int // pixels
	// SVG is a diagram's source, and Labels the words in it, in order; both are empty for other pictures.
	SVG    string
	Labels []Segment
	// Read gives a raster picture's bytes.
	Read func() ([]byte, error)
}

// Diagram is the SVG in the library's language. escape makes text safe in XML.
func (i Image) Diagram(escape func(string) string) string {
	return Body{Source: i.SVG, Segments: i.Labels}.Splice(func(s Segment) string {
		if s.Value == s.Source {
			return s.Source
		}
		return escape(s.Value)
	})
}

// Term is an entry of the glossary and termbase.
type Term struct {
	ID           string
	PartOfSpeech string
	Definition   Text
	Cite         string // the id of a Source, or ""
	Article      string // where in it: "3(a)"
	Names        map[string]TermName
	Pos          diag.Pos
}

// TermName is a term in one language.
type TermName struct {
	Term      string
	Variants  []string // other accepted words
	Forbidden []string // words that translators must not use for it
	Pos       diag.Pos
}

// Name is the term in lang, or in fallback when lang has none.
func (t Term) Name(lang, fallback string) (name, in string) {
	if n, ok := t.Names[lang]; ok {
		return n.Term, lang
	}
	return t.Names[fallback].Term, fallback
}

// Source is something that is cited.
type Source struct {
	ID     string
	Author Text
	Title  Text
	Year   int
	URL    string
	Pos    diag.Pos
}

// Message is a string of the learner's interface. Forms holds the Value by CLDR plural category ("one", "few", "other"); a message
// without plurals has only "other". Text.Source is the English "other" form and Singular the English "one" form, or "".
type Message struct {
	Text
	Singular string
	Forms    map[string]string
}

// Language is a language of the work.
type Language struct {
	Code      string // BCP 47
	Label     string // its name in itself
	Direction string // "ltr" or "rtl"
}

// Pages lists every page of Markdown, and the documents of trials.
func (l Library) Pages() []Page {
	out := []Page{l.Home}
	for _, c := range l.Collections {
		out = append(out, c.Page)
		for _, m := range c.Modules {
			out = append(out, m.Page)
			for _, lesson := range m.Lessons {
				out = append(out, lesson.Page)
			}
			if m.Trial != nil {
				for _, d := range m.Trial.Documents() {
					out = append(out, Page{Domain: d.Domain, File: d.File, Title: d.Title, Body: d.Body})
				}
			}
		}
	}
	return out
}

// Module finds a module by its path.
func (l Library) Module(path string) (Module, bool) {
	for _, c := range l.Collections {
		for _, m := range c.Modules {
			if m.Path == path {
				return m, true
			}
		}
	}
	return Module{}, false
}

// Quiz finds a quiz of the module.
func (m Module) Quiz(id string) (Quiz, bool) {
	for _, q := range m.Quizzes {
		if q.ID == id {
			return q, true
		}
	}
	return Quiz{}, false
}

// Unplaced lists the quizzes that no page of the module places: they get pages of their own at its end.
func (m Module) Unplaced() []Quiz {
	placed := map[string]bool{}
	mark := func(b Body) {
		for _, f := range b.Quizzes() {
			placed[f.Text] = true
		}
	}
	mark(m.Body)
	for _, l := range m.Lessons {
		mark(l.Body)
	}
	var out []Quiz
	for _, q := range m.Quizzes {
		if !placed[q.ID] {
			out = append(out, q)
		}
	}
	return out
}

// Minutes is the time to study all lessons.
func (m Module) Minutes() int {
	n := 0
	for _, l := range m.Lessons {
		n += l.Minutes
	}
	return n
}
