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
