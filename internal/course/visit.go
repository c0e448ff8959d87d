package course

import "slices"

// Visit returns the library with every translatable text replaced by what f gives for it in its text domain. It is the
// only list of what is translatable: extraction, localising and the status report all use it. The receiver is not changed.
func (l Library) Visit(f func(domain string, t Text) Text) Library {
	l.Home = l.Home.visit(f)
	l.Collections = slices.Clone(l.Collections)
	for i, c := range l.Collections {
		c.Page = c.Page.visit(f)
		c.Modules = slices.Clone(c.Modules)
		for j, m := range c.Modules {
			c.Modules[j] = m.visit(f)
		}
		l.Collections[i] = c
	}
	l.Terms = each(l.Terms, func(t Term) Term {
		t.Definition = f("terms", t.Definition)
		return t
	})
	l.Sources = each(l.Sources, func(s Source) Source {
		s.Author, s.Title = f("sources", s.Author), f("sources", s.Title)
		return s
	})
	return l
}

type visitor func(domain string, t Text) Text

// prose visits Markdown fields that may be absent: an empty text is nothing to translate.
func (f visitor) prose(domain string, p Prose) Prose {
	if p.Source != "" {
		p.Text = f(domain, p.Text)
	}
	return p
}

func (p Page) visit(f visitor) Page {
	p.Title = f(p.Domain, p.Title)
	if p.Summary.Source != "" {
		p.Summary = f(p.Domain, p.Summary)
	}
	p.Body.Segments = segments(f, p.Domain, p.Body.Segments)
	return p
}

func segments(f visitor, domain string, in []Segment) []Segment {
	return each(in, func(s Segment) Segment {
		s.Text = f(domain, s.Text)
		return s
	})
}

func (m Module) visit(f visitor) Module {
	m.Page = m.Page.visit(f)
	m.Objectives = each(m.Objectives, func(o Objective) Objective {
		o.Text = f(m.Domain, o.Text)
		return o
	})
	m.Lessons = each(m.Lessons, func(l Lesson) Lesson {
		l.Page = l.Page.visit(f)
		return l
	})
	m.Quizzes = each(m.Quizzes, func(q Quiz) Quiz { return q.visit(f) })
	m.Images = each(m.Images, func(i Image) Image {
		i.Labels = segments(f, m.Path+"/images", i.Labels)
		return i
	})
	if m.Trial != nil {
		t := m.Trial.visit(f)
		m.Trial = &t
	}
	return m
}

func (q Quiz) visit(f visitor) Quiz {
	q.Title = f(q.Domain, q.Title)
	q.Intro = f.prose(q.Domain, q.Intro)
	q.Questions = each(q.Questions, func(question Question) Question { return question.visit(q.Domain, f) })
	return q
}

func (q Question) visit(domain string, f visitor) Question {
	prose := func(p Prose) Prose { return f.prose(domain, p) }
	option := func(o Option) Option {
		o.Text, o.Feedback, o.Unchosen = prose(o.Text), prose(o.Feedback), prose(o.Unchosen)
		return o
	}
	q.Prompt = prose(q.Prompt)
	q.Options = each(q.Options, option)
	q.Gaps = each(q.Gaps, func(g Gap) Gap {
		g.Choices = each(g.Choices, option)
		g.Answers = each(g.Answers, func(a Answer) Answer {
			a.Text, a.Feedback = f(domain, a.Text), prose(a.Feedback)
			return a
		})
		return g
	})
	q.Pairs = each(q.Pairs, func(p Pair) Pair {
		p.Text, p.Feedback = prose(p.Text), prose(p.Feedback)
		return p
	})
	if q.Number != nil && q.Number.Unit.Source != "" {
		n := *q.Number
		n.Unit = f(domain, n.Unit)
		q.Number = &n
	}
	q.Passage, q.Model, q.Explanation = prose(q.Passage), prose(q.Model), prose(q.Explanation)
	q.Hints = each(q.Hints, prose)
	return q
}

// each is a new slice of f of every element.
func each[T any](in []T, f func(T) T) []T {
	if in == nil {
		return nil
	}
	out := make([]T, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}
