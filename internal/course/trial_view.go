package course

import "slices"

// View is the trial as one role may see it, from the start to the end of the hearing: what is not in it, the role's files do
// not hold. The debrief's outcome is apart (it is revealed last), and so is everything that is for facilitators: facts, cues,
// inconsistencies, rulings and how to adapt the case.
func (t Trial) View(role string) Trial {
	last := ""
	for _, p := range t.Phases {
		if p.Kind != Debriefing {
			last = p.ID
		}
	}
	sees := func(s Sight) bool { return t.MaySee(s, role, last) }
	v := Trial{
		File: t.File, Domain: t.Domain, Tradition: t.Tradition, Country: t.Country, Warnings: t.Warnings, Care: t.Care,
		Least: t.Least, Most: t.Most, Days: t.Days, Law: t.Law, Stipulations: t.Stipulations, Verdict: t.Verdict, Sentence: t.Sentence, Pos: t.Pos,
	}
	for _, r := range t.Roles {
		if r.ID != role {
			r.Secret, r.Objectives, r.NotKnown = Document{}, nil, nil
		}
		r.NotKnown = nil // its very name could tell
		v.Roles = append(v.Roles, r)
	}
	for _, p := range t.Phases {
		p.Cues = nil
		v.Phases = append(v.Phases, p)
	}
	for _, e := range t.Exhibits {
		redacted := e.Redacted != nil && refs(e.Redacted.Roles, role)
		if !redacted && !sees(e.Sight) {
			continue
		}
		if redacted {
			e.Document = e.Redacted.Document
		}
		e.Redacted, e.Admissibility = nil, nil
		v.Exhibits = append(v.Exhibits, e)
	}
	for _, s := range t.Statements {
		if sees(s.Sight) {
			s.Inconsistencies = nil
			v.Statements = append(v.Statements, s)
		}
	}
	v.Decisions, v.Endings = t.path(role)
	for _, i := range t.Injects {
		if sees(i.Sight) {
			v.Injects = append(v.Injects, i)
		}
	}
	for _, c := range t.Rubric {
		if refs(c.Roles, role) {
			v.Rubric = append(v.Rubric, c)
		}
	}
	return v
}

// Learners is the trial without any role: what a learner's site says before a role is chosen.
func (t Trial) Learners() Trial {
	v := t.View("")
	v.Exhibits, v.Statements, v.Injects, v.Rubric, v.Stipulations, v.Verdict, v.Sentence = nil, nil, nil, nil, nil, nil, nil
	v.Roles = slices.DeleteFunc(v.Roles, func(r Role) bool { return !r.Alone })
	return v
}

// path gives the decisions of a role and the endings that they lead to, in the order of the source.
func (t Trial) path(role string) (decisions []Decision, endings []Ending) {
	ends := map[string]bool{}
	for _, d := range t.Decisions {
		if !refs(d.Roles, role) {
			continue
		}
		decisions = append(decisions, d)
		for _, c := range d.Options {
			ends[c.Next.ID] = true
		}
	}
	for _, e := range t.Endings {
		if ends[e.ID] {
			endings = append(endings, e)
		}
	}
	return decisions, endings
}

// Links lists the links in all texts of the trial. Each is relative to the file that its Pos names.
func (t Trial) Links() []Link {
	var out []Link
	prose := func(ps ...Prose) {
		for _, p := range ps {
			out = append(out, p.Links...)
		}
	}
	document := func(ds ...Document) {
		for _, d := range ds {
			out = append(out, d.Body.Links...)
		}
	}
	prose(t.Warnings, t.Adapt, t.Care, t.Outcome)
	prose(t.Stipulations...)
	prose(t.Debrief...)
	document(t.Law...)
	for _, r := range t.Roles {
		document(r.Brief, r.Secret)
		prose(r.Objectives...)
	}
	for _, f := range t.Facts {
		prose(f.Text)
	}
	for _, p := range t.Phases {
		prose(p.Entry, p.Exit)
		prose(p.Cues...)
	}
	for _, e := range t.Exhibits {
		document(e.Document)
		prose(e.Source, e.Custody)
		if e.Redacted != nil {
			document(e.Redacted.Document)
		}
		if e.Admissibility != nil {
			prose(e.Admissibility.Question, e.Admissibility.Answer)
		}
	}
	for _, s := range t.Statements {
		document(s.Document)
		for _, i := range s.Inconsistencies {
			prose(i.Text)
		}
	}
	for _, d := range t.Decisions {
		prose(d.Prompt, d.Test.Text)
		for _, o := range d.Options {
			prose(o.Text, o.Consequence)
		}
	}
	for _, e := range t.Endings {
		prose(e.Text)
	}
	for _, i := range t.Injects {
		prose(i.Text)
	}
	for _, c := range t.Rubric {
		prose(c.Levels...)
	}
	for _, f := range append(append([]Form(nil), t.Verdict...), t.Sentence...) {
		prose(f.Text)
		prose(f.Options...)
	}
	return out
}

// Documents lists every document of the trial, the redacted ones too.
func (t Trial) Documents() []Document {
	var out []Document
	add := func(ds ...Document) {
		for _, d := range ds {
			if d.File != "" {
				out = append(out, d)
			}
		}
	}
	add(t.Law...)
	for _, r := range t.Roles {
		add(r.Brief, r.Secret)
	}
	for _, e := range t.Exhibits {
		add(e.Document)
		if e.Redacted != nil {
			add(e.Redacted.Document)
		}
	}
	for _, s := range t.Statements {
		add(s.Document)
	}
	return out
}
