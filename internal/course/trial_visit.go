package course

func (t Trial) visit(f visitor) Trial {
	text := func(x Text) Text {
		if x.Source == "" {
			return x
		}
		return f(t.Domain, x)
	}
	prose := func(p Prose) Prose { return f.prose(t.Domain, p) }
	document := func(d Document) Document {
		if d.File == "" {
			return d
		}
		d.Title = f(d.Domain, d.Title)
		d.Body.Segments = segments(f, d.Domain, d.Body.Segments)
		return d
	}
	t.Country = text(t.Country)
	t.Warnings, t.Adapt, t.Care, t.Outcome = prose(t.Warnings), prose(t.Adapt), prose(t.Care), prose(t.Outcome)
	t.Roles = each(t.Roles, func(r Role) Role {
		r.Title, r.Brief, r.Secret = text(r.Title), document(r.Brief), document(r.Secret)
		r.Objectives = each(r.Objectives, prose)
		return r
	})
	t.Facts = each(t.Facts, func(x Fact) Fact {
		x.Text = prose(x.Text)
		return x
	})
	t.Phases = each(t.Phases, func(p Phase) Phase {
		p.Title, p.Entry, p.Exit, p.Cues = text(p.Title), prose(p.Entry), prose(p.Exit), each(p.Cues, prose)
		return p
	})
	t.Exhibits = each(t.Exhibits, func(e Exhibit) Exhibit {
		e.Title, e.Document, e.Source, e.Custody = text(e.Title), document(e.Document), prose(e.Source), prose(e.Custody)
		if e.Redacted != nil {
			r := *e.Redacted
			r.Document = document(r.Document)
			e.Redacted = &r
		}
		if e.Admissibility != nil {
			a := *e.Admissibility
			a.Question, a.Answer = prose(a.Question), prose(a.Answer)
			e.Admissibility = &a
		}
		return e
	})
	t.Statements = each(t.Statements, func(s Statement) Statement {
		s.Title, s.Document = text(s.Title), document(s.Document)
		s.Inconsistencies = each(s.Inconsistencies, func(i Inconsistency) Inconsistency {
			i.Text = prose(i.Text)
			return i
		})
		return s
	})
	t.Stipulations, t.Law = each(t.Stipulations, prose), each(t.Law, document)
	t.Decisions = each(t.Decisions, func(d Decision) Decision {
		d.Title, d.Prompt, d.Test.Text = text(d.Title), prose(d.Prompt), prose(d.Test.Text)
		d.Options = each(d.Options, func(c Choice) Choice {
			c.Text, c.Consequence = prose(c.Text), prose(c.Consequence)
			return c
		})
		return d
	})
	t.Endings = each(t.Endings, func(e Ending) Ending {
		e.Title, e.Text = text(e.Title), prose(e.Text)
		return e
	})
	t.Injects = each(t.Injects, func(i Inject) Inject {
		i.Title, i.Text = text(i.Title), prose(i.Text)
		return i
	})
	t.Rubric = each(t.Rubric, func(c Criterion) Criterion {
		c.Title, c.Levels = text(c.Title), each(c.Levels, prose)
		return c
	})
	form := func(x Form) Form {
		x.Text, x.Options = prose(x.Text), each(x.Options, prose)
		return x
	}
	t.Verdict, t.Sentence, t.Debrief = each(t.Verdict, form), each(t.Sentence, form), each(t.Debrief, prose)
	return t
}
