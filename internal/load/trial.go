package load

import (
	"fmt"
	"path"
	"slices"
	"strconv"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/markdown"
)

// trialFolders hold the documents of a mock trial.
var trialFolders = []string{"briefs", "exhibits", "statements", "law"}

// trial loads a module's trial.yaml and the documents that it names.
func (l *loader) trial(dir string, m course.Module) (*course.Trial, error) {
	file := dir + "/trial.yaml"
	src, err := l.read(file)
	if err != nil {
		return nil, err
	}
	o := l.yaml(file, src, 0)
	r := &trialReader{loader: l, dir: dir, module: m, used: map[string]bool{}}
	t := &course.Trial{File: file, Domain: m.Path + "/trial", Pos: o.pos()}
	t.Tradition = course.Tradition(o.choice("tradition", "common", "common", "civil", "mixed"))
	t.Country = o.text("country", "country", course.KindTitle)
	t.Warnings = o.prose("warnings", "warnings", course.KindParagraph)
	t.Adapt = o.prose("adapt", "adapt", course.KindParagraph)
	t.Care = o.prose("care", "care", course.KindParagraph)
	t.Outcome = o.prose("outcome", "outcome", course.KindParagraph)
	people := o.sub("people")
	t.Least, t.Most = people.int("least", 1, 1, 500), people.int("most", 500, 1, 500)
	people.done()
	t.Days = o.int("days", 1, 1, 30)
	for _, v := range o.list("law") {
		t.Law = append(t.Law, r.document(v.string(), object(v).pos()))
	}
	t.Roles = each(r, o, "roles", r.role)
	t.Facts = each(r, o, "facts", r.fact)
	t.Phases = each(r, o, "phases", r.phase)
	t.Exhibits = each(r, o, "exhibits", r.exhibit)
	t.Statements = each(r, o, "statements", r.statement)
	t.Stipulations = o.proses("stipulations", "stipulation", course.KindParagraph)
	t.Decisions = each(r, o, "decisions", r.decision)
	t.Endings = each(r, o, "endings", func(o object, id string) course.Ending {
		return course.Ending{ID: id, Pos: o.pos(), Title: o.text("title", "ending."+id+".title", course.KindTitle), Text: o.prose("text", "ending."+id, course.KindParagraph)}
	})
	t.Injects = each(r, o, "injects", r.inject)
	t.Rubric = each(r, o, "rubric", func(o object, id string) course.Criterion {
		return course.Criterion{
			ID: id, Pos: o.pos(), Title: o.text("title", "criterion."+id+".title", course.KindTitle), Roles: o.refs("roles"),
			Levels: o.proses("levels", "criterion."+id+".level", course.KindItem),
		}
	})
	t.Verdict = each(r, o, "verdict", form("verdict"))
	t.Sentence = each(r, o, "sentence", form("sentence"))
	t.Debrief = o.proses("debrief", "debrief", course.KindItem)
	o.done()
	for _, folder := range trialFolders {
		for _, name := range l.files[dir+"/"+folder] {
			if !r.used[folder+"/"+name] {
				l.add(diag.Warnf(diag.Pos{File: path.Join(dir, folder, name)}, "trial-unused", "name it in trial.yaml, or remove it", "the trial does not use the file"))
			}
		}
	}
	return t, r.err
}

type trialReader struct {
	*loader
	dir    string
	module course.Module
	used   map[string]bool
	err    error
}

// each reads a list of fields with ids.
func each[T any](r *trialReader, o object, key string, read func(o object, id string) T) []T {
	seen := map[string]string{}
	var out []T
	for _, v := range o.list(key) {
		o := v.object()
		id := o.id()
		r.unique(seen, id, o.pos(), key)
		out = append(out, read(o, id))
		o.done()
	}
	return out
}

// document reads a Markdown file of the trial; "" gives an empty one.
func (r *trialReader) document(name string, pos diag.Pos) course.Document {
	if name == "" {
		return course.Document{}
	}
	file := path.Join(r.dir, name)
	stem := name[:len(name)-len(path.Ext(name))]
	d := course.Document{File: file, Domain: r.module.Path + "/" + stem}
	if path.Ext(name) != ".md" || !slices.Contains(trialFolders, path.Dir(name)) || !r.present(path.Dir(file), path.Base(file)) {
		r.errorf(pos, "trial-file", "write the file, below "+r.dir, "there is no document %q", name)
		return d
	}
	r.used[name] = true
	src, err := r.read(file)
	if err != nil {
		r.err = err
		return d
	}
	front, body := r.frontMatter(file, src)
	d.Title = front.text("title", "title", course.KindTitle)
	front.done()
	var ds []diag.Diagnostic
	d.Body, ds = markdown.Parse(diag.NewLines(file, src), len(src)-len(body), body)
	r.add(ds...)
	return d
}

// file reads the document that a key names.
func (r *trialReader) file(o object, key string, required bool) course.Document {
	name, pos := o.scalar(key)
	if name == "" && required {
		o.missing(key)
	}
	return r.document(name, pos)
}

func (r *trialReader) role(o object, id string) course.Role {
	role := course.Role{ID: id, Pos: o.pos(), Title: o.text("title", "role."+id, course.KindTitle)}
	role.Side = course.Side(o.choice("side", string(course.Neutral), string(course.Prosecution), string(course.Defence), string(course.Court), string(course.Witness), string(course.Neutral)))
	role.Least, role.Most = o.int("least", 1, 0, 100), o.int("most", 1, 1, 100)
	role.Doubling, role.Alone = o.bool("doubling", false), o.bool("alone", false)
	role.Brief, role.Secret = r.file(o, "brief", true), r.file(o, "secret", false)
	role.Objectives = o.proses("objectives", "role."+id+".objective", course.KindItem)
	role.NotKnown = o.refs("not-known")
	return role
}

func (r *trialReader) fact(o object, id string) course.Fact {
	return course.Fact{
		ID: id, Pos: o.pos(), Text: o.prose("text", "fact."+id, course.KindParagraph),
		Truth:   course.Truth(o.choice("truth", string(course.True), string(course.True), string(course.Disputed), string(course.False))),
		KnownBy: o.refs("known-by"), Sources: o.refs("sources"),
	}
}

func (r *trialReader) phase(o object, id string) course.Phase {
	var kinds []string
	for _, k := range course.PhaseKinds() {
		kinds = append(kinds, string(k))
	}
	o.required("kind")
	return course.Phase{
		ID: id, Pos: o.pos(), Kind: course.PhaseKind(o.choice("kind", "", kinds...)), Title: o.text("title", "phase."+id, course.KindTitle),
		Minutes: o.int("minutes", 0, 0, 10000), Entry: o.prose("entry", "phase."+id+".entry", course.KindParagraph),
		Exit: o.prose("exit", "phase."+id+".exit", course.KindParagraph), Cues: o.proses("cues", "phase."+id+".cue", course.KindItem),
	}
}

func sight(o object) course.Sight { return course.Sight{Roles: o.refs("roles"), From: o.ref("from")} }

func (r *trialReader) exhibit(o object, id string) course.Exhibit {
	prefix := "exhibit." + id
	e := course.Exhibit{ID: id, Pos: o.pos(), Title: o.text("title", prefix, course.KindTitle), Document: r.file(o, "file", true), Sight: sight(o)}
	e.Number, _ = o.required("number")
	e.Source, e.Custody = o.prose("source", prefix+".source", course.KindParagraph), o.prose("custody", prefix+".custody", course.KindParagraph)
	if o.has("redacted") {
		redacted := o.sub("redacted")
		e.Redacted = &course.Redaction{Document: r.file(redacted, "file", true), Roles: redacted.refs("roles")}
		redacted.done()
	}
	if o.has("admissibility") {
		a := o.sub("admissibility")
		e.Admissibility = &course.Admissibility{
			Question: a.prose("question", prefix+".admissibility", course.KindParagraph), Answer: a.prose("answer", prefix+".ruling", course.KindParagraph),
		}
		a.done()
	}
	return e
}

func (r *trialReader) statement(o object, id string) course.Statement {
	s := course.Statement{
		ID: id, Pos: o.pos(), Title: o.text("title", "statement."+id, course.KindTitle), Witness: o.ref("witness"),
		Document: r.file(o, "file", true), Sight: sight(o),
	}
	for i, v := range o.list("inconsistencies") {
		o := v.object()
		s.Inconsistencies = append(s.Inconsistencies, course.Inconsistency{
			Text: o.prose("text", fmt.Sprintf("statement.%s.inconsistency.%d", id, i+1), course.KindParagraph), With: o.ref("with"),
		})
		o.done()
	}
	return s
}

func (r *trialReader) decision(o object, id string) course.Decision {
	prefix := "decision." + id
	d := course.Decision{
		ID: id, Pos: o.pos(), Phase: o.ref("phase"), Roles: o.refs("roles"), Title: o.text("title", prefix+".title", course.KindTitle),
		Prompt: o.prose("prompt", prefix, course.KindPrompt), Evidence: o.refs("evidence"),
	}
	test := o.sub("test")
	d.Test.Text = test.prose("text", prefix+".test", course.KindParagraph)
	for _, v := range test.list("elements") {
		if e, ok := r.element(v.string(), object(v).pos()); ok {
			d.Test.Elements = append(d.Test.Elements, e)
		}
	}
	test.done()
	d.Options = each(r, o, "options", func(o object, option string) course.Choice {
		id := prefix + ".option." + option
		c := course.Choice{
			ID: option, Pos: o.pos(), Text: o.prose("text", id, course.KindOption), Consequence: o.prose("consequence", id+".consequence", course.KindFeedback),
			Effects: map[course.Element]int{}, Scores: map[string]int{}, Next: o.ref("next"),
		}
		effects := o.sub("effects")
		for _, key := range effects.keys() {
			if e, ok := r.element(key, effects.pos()); ok {
				c.Effects[e] = effects.int(key, 0, -2, 2)
			}
		}
		scores := o.sub("scores")
		for _, key := range scores.keys() {
			c.Scores[key] = scores.int(key, 0, 0, 20)
		}
		return c
	})
	return d
}

func (r *trialReader) element(name string, pos diag.Pos) (course.Element, bool) {
	for _, e := range course.Elements() {
		if string(e) == name {
			return e, true
		}
	}
	r.errorf(pos, "trial-element", "the elements are act, means and purpose", "unknown element %q", name)
	return "", false
}

func (r *trialReader) inject(o object, id string) course.Inject {
	return course.Inject{
		ID: id, Pos: o.pos(), Phase: o.ref("phase"), Minute: o.int("minute", 0, 0, 10000), Title: o.text("title", "inject."+id+".title", course.KindTitle),
		Text: o.prose("text", "inject."+id, course.KindParagraph), Sight: sight(o),
	}
}

func form(name string) func(object, string) course.Form {
	return func(o object, id string) course.Form {
		return course.Form{ID: id, Text: o.prose("text", name+"."+id, course.KindPrompt), Options: o.proses("options", name+"."+id+".option", course.KindOption)}
	}
}

// proses reads a list of Markdown texts, whose ids are their places: they are short lists that are read as a whole.
func (o object) proses(key, prefix string, kind course.Kind) []course.Prose {
	var out []course.Prose
	for i, v := range o.list(key) {
		out = append(out, o.markdown(course.NewText(prefix+"."+strconv.Itoa(i+1), kind, v.string(), object(v).pos())))
	}
	return out
}

// refs reads a list of ids.
func (o object) refs(key string) []course.Ref {
	var out []course.Ref
	for _, v := range o.list(key) {
		out = append(out, v.ref())
	}
	return out
}
