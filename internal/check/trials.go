package check

import (
	"slices"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// trials checks mock trials: references, branches, secrecy, sources, time and people. [trial-ref] [trial-unreachable]
// [trial-endless] [trial-early] [trial-secret] [fact-source] [trial-minutes] [trial-people] [trial-test] [trial-rubric] [trial-alone]
func trials(s *scope) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, m := range s.modules {
		if m.Trial == nil {
			continue
		}
		t := &trial{Trial: *m.Trial}
		t.collect()
		t.references()
		t.people()
		t.facts()
		t.decisions()
		for _, r := range t.Roles {
			t.secrets(r)
			if r.Alone {
				t.path(r)
			}
		}
		t.endings()
		t.rubric()
		for _, d := range t.Documents() {
			for _, b := range d.Body.Blocks {
				if b.Kind == course.Box && b.Name == course.BoxFacilitator {
					t.errorf(b.Pos, "trial-facilitator", "write it in trial.yaml: cues, admissibility, inconsistencies", "a document of a trial is handed out, so it holds nothing for facilitators")
				}
			}
		}
		out = append(out, t.diags...)
	}
	return out
}

type trial struct {
	course.Trial
	roles, phases, things, known, criteria, nexts []string                // ids; things are exhibits and statements, known are facts
	sights                                        map[string]course.Sight // of exhibits and statements
	reached                                       map[string]bool         // decisions and endings that a role played alone comes to
	diags                                         []diag.Diagnostic
}

func (t *trial) errorf(pos diag.Pos, rule, hint, format string, args ...any) {
	t.diags = append(t.diags, *errorf(pos, rule, hint, format, args...))
}

func (t *trial) collect() {
	t.sights, t.reached = map[string]course.Sight{}, map[string]bool{}
	for _, r := range t.Roles {
		t.roles = append(t.roles, r.ID)
	}
	for _, p := range t.Phases {
		t.phases = append(t.phases, p.ID)
	}
	for _, f := range t.Facts {
		t.known = append(t.known, f.ID)
	}
	for _, e := range t.Exhibits {
		t.things = append(t.things, e.ID)
		t.sights[e.ID] = e.Sight
	}
	for _, x := range t.Statements {
		t.things = append(t.things, x.ID)
		t.sights[x.ID] = x.Sight
	}
	for _, c := range t.Rubric {
		t.criteria = append(t.criteria, c.ID)
	}
	for _, d := range t.Decisions {
		t.nexts = append(t.nexts, d.ID)
	}
	for _, e := range t.Endings {
		t.nexts = append(t.nexts, e.ID)
	}
}

// ref resolves an id; "" is absent, which is for the caller to allow.
func (t *trial) ref(r course.Ref, what string, known []string) {
	if r.ID != "" && !slices.Contains(known, r.ID) {
		t.errorf(r.Pos, "trial-ref", hint(r.ID, known, "name one that trial.yaml has"), "unknown %s %q", what, r.ID)
	}
}

func (t *trial) refs(rs []course.Ref, what string, known []string) {
	for _, r := range rs {
		t.ref(r, what, known)
	}
}

func (t *trial) sight(s course.Sight) {
	t.refs(s.Roles, "role", t.roles)
	t.ref(s.From, "phase", t.phases)
}

func (t *trial) references() {
	for _, r := range t.Roles {
		t.refs(r.NotKnown, "fact", t.known)
	}
	for _, f := range t.Facts {
		t.refs(f.KnownBy, "role", t.roles)
		t.refs(f.Sources, "exhibit or statement", t.things)
	}
	for _, e := range t.Exhibits {
		t.sight(e.Sight)
		if e.Redacted != nil {
			t.refs(e.Redacted.Roles, "role", t.roles)
		}
	}
	for _, x := range t.Statements {
		t.sight(x.Sight)
		t.ref(x.Witness, "role", t.roles)
		for _, i := range x.Inconsistencies {
			t.ref(i.With, "exhibit or statement", t.things)
		}
	}
	for _, d := range t.Decisions {
		t.ref(d.Phase, "phase", t.phases)
		t.refs(d.Roles, "role", t.roles)
		t.refs(d.Evidence, "exhibit or statement", t.things)
		for _, c := range d.Options {
			t.ref(c.Next, "decision or ending", t.nexts)
			for id, level := range c.Scores {
				i := slices.Index(t.criteria, id)
				if i < 0 {
					t.errorf(c.Pos, "trial-ref", hint(id, t.criteria, "name a criterion of the rubric"), "unknown criterion %q", id)
				} else if most := len(t.Rubric[i].Levels); level >= most {
					t.errorf(c.Pos, "trial-rubric", "levels count from 0", "the criterion %q has %d levels, so no level %d", id, most, level)
				}
			}
		}
	}
	for _, i := range t.Injects {
		t.ref(i.Phase, "phase", t.phases)
		t.sight(i.Sight)
	}
	for _, c := range t.Rubric {
		t.refs(c.Roles, "role", t.roles)
	}
}

// people compares the places of the roles with the group, and the minutes of the phases with the days.
func (t *trial) people() {
	least, most := 0, 0
	for _, r := range t.Roles {
		if r.Least > r.Most {
			t.errorf(r.Pos, "trial-people", "let least be the smaller", "the role %q has at least %d people and at most %d", r.ID, r.Least, r.Most)
		}
		if !r.Doubling {
			least += r.Least
		}
		most += r.Most
	}
	if least > t.Least {
		t.errorf(t.Pos, "trial-people", "raise people.least, lower a role's least, or let roles be doubled", "the roles need %d people, the smallest group has %d", least, t.Least)
	}
	if most < t.Most {
		t.errorf(t.Pos, "trial-people", "lower people.most, or raise a role's most", "the roles have places for %d people, the largest group has %d", most, t.Most)
	}
	minutes := 0
	for _, p := range t.Phases {
		minutes += p.Minutes
	}
	// A day of training has three to seven hours that are not breaks.
	if day := minutes / max(1, t.Days); day < 180 || day > 420 {
		t.errorf(t.Pos, "trial-minutes", "a day has 180 to 420 minutes besides its breaks", "the phases take %d minutes in %d days", minutes, t.Days)
	}
}

func (t *trial) facts() {
	for _, f := range t.Facts {
		if len(f.Sources) == 0 && f.Truth != course.False {
			t.errorf(f.Pos, "fact-source", "name the exhibits or statements that show it, under sources", "nothing shows the fact %q", f.ID)
		}
	}
}

// secrets finds what a role may see although it must not know it. The debrief reveals everything.
func (t *trial) secrets(r course.Role) {
	for _, secret := range r.NotKnown {
		for _, f := range t.Facts {
			if f.ID != secret.ID {
				continue
			}
			if slices.ContainsFunc(f.KnownBy, func(k course.Ref) bool { return k.ID == r.ID }) {
				t.errorf(secret.Pos, "trial-secret", "take the role from known-by, or the fact from not-known", "the role %q knows the fact %q, which it must not know", r.ID, f.ID)
			}
			for _, source := range f.Sources {
				for _, p := range t.Phases {
					if p.Kind != course.Debriefing && t.sees(r.ID, source.ID, p.ID) {
						t.errorf(secret.Pos, "trial-secret", "leave the role out of its roles, or take the fact from not-known",
							"the role %q sees %q in the phase %q, and so the fact %q, which it must not know", r.ID, source.ID, p.ID, f.ID)
						break
					}
				}
			}
		}
	}
}

// sees reports whether a role sees an exhibit or statement itself, not a redacted variant.
func (t *trial) sees(role, thing, phase string) bool {
	s, known := t.sights[thing]
	if !known || !t.MaySee(s, role, phase) {
		return false
	}
	for _, e := range t.Exhibits {
		if e.ID == thing && e.Redacted != nil && slices.ContainsFunc(e.Redacted.Roles, func(r course.Ref) bool { return r.ID == role }) {
			return false
		}
	}
	return true
}

func (t *trial) decisions() {
	for _, d := range t.Decisions {
		if len(d.Test.Elements) == 0 || d.Test.Text.Source == "" {
			t.errorf(d.Pos, "trial-test", "add test: with elements and text", "the decision %q has no legal test", d.ID)
		}
		if len(d.Options) < 2 {
			t.errorf(d.Pos, "trial-test", "give at least two", "the decision %q has no options to choose from", d.ID)
		}
		for _, c := range d.Options {
			if c.Next.ID == "" {
				t.errorf(c.Pos, "trial-endless", "add next: with a decision or an ending", "nothing follows the option %q", c.ID)
			}
		}
		for _, e := range d.Evidence {
			for _, r := range d.Roles {
				if s, known := t.sights[e.ID]; known && !t.MaySee(s, r.ID, d.Phase.ID) {
					t.errorf(e.Pos, "trial-early", "let it be seen from that phase by that role, or leave it out here", "the role %q cannot see %q in the phase %q", r.ID, e.ID, d.Phase.ID)
				}
			}
		}
	}
}

// path follows every branch of a role that is played alone, from its first decision.
func (t *trial) path(r course.Role) {
	own := map[string]course.Decision{}
	first := ""
	for _, d := range t.Decisions {
		if slices.ContainsFunc(d.Roles, func(x course.Ref) bool { return x.ID == r.ID }) {
			own[d.ID] = d
			if first == "" {
				first = d.ID
			}
		}
	}
	if first == "" {
		t.errorf(r.Pos, "trial-alone", "give it decisions, or set alone: false", "the role %q can be played alone but decides nothing", r.ID)
		return
	}
	ends := map[string]bool{} // whether an ending can be reached from a decision
	for _, e := range t.Endings {
		ends[e.ID] = true
	}
	for changed := true; changed; {
		changed = false
		for id, d := range own {
			if !ends[id] && slices.ContainsFunc(d.Options, func(c course.Choice) bool { return ends[c.Next.ID] }) {
				ends[id], changed = true, true
			}
		}
	}
	seen := map[string]bool{}
	var visit func(id string)
	visit = func(id string) {
		if seen[id] {
			return
		}
		seen[id], t.reached[id] = true, true
		for _, c := range own[id].Options {
			if _, decision := own[c.Next.ID]; decision {
				visit(c.Next.ID)
			} else if slices.Contains(t.nexts, c.Next.ID) {
				t.reached[c.Next.ID] = true
				if !ends[c.Next.ID] {
					t.errorf(c.Next.Pos, "trial-ref", "let next be a decision of the same role, or an ending", "the decision %q is not for the role %q", c.Next.ID, r.ID)
				}
			}
		}
	}
	visit(first)
	for _, d := range t.Decisions {
		if _, mine := own[d.ID]; !mine {
			continue
		}
		if !seen[d.ID] {
			t.errorf(d.Pos, "trial-unreachable", "let an option lead to it, or remove it", "the role %q never comes to the decision %q", r.ID, d.ID)
		}
		if !ends[d.ID] {
			t.errorf(d.Pos, "trial-endless", "let an option lead towards an ending", "from the decision %q no ending can be reached", d.ID)
		}
	}
}

func (t *trial) endings() {
	for _, e := range t.Endings {
		if !t.reached[e.ID] {
			t.errorf(e.Pos, "trial-unreachable", "let an option lead to it, or remove it", "nobody reaches the ending %q", e.ID)
		}
	}
}

// rubric wants every criterion to assess somebody, and those of roles played alone to be scored by an option.
func (t *trial) rubric() {
	scored := map[string]bool{}
	for _, d := range t.Decisions {
		for _, c := range d.Options {
			for id := range c.Scores {
				scored[id] = true
			}
		}
	}
	alone := map[string]bool{}
	for _, r := range t.Roles {
		alone[r.ID] = r.Alone
	}
	for _, c := range t.Rubric {
		if len(c.Roles) == 0 {
			t.errorf(c.Pos, "trial-rubric", "add roles: with those whom it assesses", "the criterion %q assesses nobody", c.ID)
			continue
		}
		if !scored[c.ID] && !slices.ContainsFunc(c.Roles, func(r course.Ref) bool { return !alone[r.ID] }) {
			t.errorf(c.Pos, "trial-rubric", "let an option score it", "nobody scores the criterion %q", c.ID)
		}
	}
}
