package check_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A trial that no rule finds anything in: a prosecutor who is played alone, and a worker.
const trial = `country: Arvenia
people: {least: 2, most: 3}
days: 1
roles:
  - {id: prosecutor, title: A, side: prosecution, least: 1, most: 2, alone: true, brief: briefs/a.md, not-known: [threat]}
  - {id: worker, title: B, side: witness, least: 1, most: 1, brief: briefs/b.md}
facts:
  - {id: debt, text: A, known-by: [prosecutor], sources: [ledger]}
  - {id: threat, text: B, known-by: [worker], sources: [diary]}
phases:
  - {id: hearing, kind: hearing, title: A, minutes: 200}
  - {id: end, kind: debrief, title: B, minutes: 40}
exhibits:
  - {id: ledger, number: E1, title: A, file: exhibits/ledger.md}
  - {id: diary, number: E2, title: B, file: exhibits/diary.md, roles: [worker]}
statements:
  - {id: first, title: A, witness: worker, file: statements/first.md, inconsistencies: [{text: A, with: ledger}]}
decisions:
  - id: charge
    phase: hearing
    roles: [prosecutor]
    title: A
    prompt: B
    evidence: [ledger]
    test: {elements: [act], text: A}
    options:
      - {id: a, text: A, next: guilty, scores: {proof: 1}}
      - {id: b, text: B, next: appeal}
  - id: appeal
    phase: hearing
    roles: [prosecutor]
    title: A
    prompt: B
    test: {elements: [means], text: A}
    options:
      - {id: a, text: A, next: guilty}
      - {id: b, text: B, next: charge}
endings:
  - {id: guilty, title: A, text: A}
rubric:
  - {id: proof, title: A, roles: [prosecutor], levels: [A, B]}
`

func tryTrial(t *testing.T, text string) string {
	t.Helper()
	fsys := base()
	for name, text := range map[string]string{
		"trial.yaml": text, "briefs/a.md": "", "briefs/b.md": "", "exhibits/ledger.md": "", "exhibits/diary.md": "", "statements/first.md": "",
	} {
		if strings.HasSuffix(name, ".md") {
			text = "---\ntitle: A document\n---\n\nText.\n"
		}
		fsys["modules/c/1-m/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return said(t, fsys)
}

func TestTrial(t *testing.T) {
	if got := tryTrial(t, trial); got != "" {
		t.Fatal(got)
	}
	const file = "modules/c/1-m/trial.yaml"
	for _, tt := range []struct{ name, old, new, want string }{
		{"unknown fact", "not-known: [threat]", "not-known: [threat, threet]",
			file + `:5:123: error: unknown fact "threet" [trial-ref]` + "\n  hint: did you mean \"threat\"?\n"},
		{"unknown witness", "witness: worker", "witness: nobody",
			file + `:17:36: error: unknown role "nobody" [trial-ref]` + "\n  hint: name one that trial.yaml has\n"},
		{"unknown criterion", "scores: {proof: 1}", "scores: {proof: 1, prof: 1}",
			file + `:27:9: error: unknown criterion "prof" [trial-ref]` + "\n  hint: did you mean \"proof\"?\n"},
		{"level beyond the rubric", "scores: {proof: 1}", "scores: {proof: 2}",
			file + `:27:9: error: the criterion "proof" has 2 levels, so no level 2 [trial-rubric]` + "\n  hint: levels count from 0\n"},
		{"criterion of nobody", "roles: [prosecutor], levels", "levels",
			file + `:41:5: error: the criterion "proof" assesses nobody [trial-rubric]` + "\n  hint: add roles: with those whom it assesses\n"},
		{"criterion that nothing scores", ", scores: {proof: 1}", "",
			file + `:41:5: error: nobody scores the criterion "proof" [trial-rubric]` + "\n  hint: let an option score it\n"},
		{"role of no size", "least: 1, most: 2", "least: 3, most: 2",
			file + ":1:1: error: the roles need 4 people, the smallest group has 2 [trial-people]\n  hint: raise people.least, lower a role's least, or let roles be doubled\n" +
				file + `:5:5: error: the role "prosecutor" has at least 3 people and at most 2 [trial-people]` + "\n  hint: let least be the smaller\n"},
		{"large group", "most: 3}", "most: 4}",
			file + ":1:1: error: the roles have places for 3 people, the largest group has 4 [trial-people]\n  hint: lower people.most, or raise a role's most\n"},
		{"short day", "minutes: 200", "minutes: 100",
			file + ":1:1: error: the phases take 140 minutes in 1 days [trial-minutes]\n  hint: a day has 180 to 420 minutes besides its breaks\n"},
		{"fact without a source", ", sources: [ledger]", "",
			file + `:8:5: error: nothing shows the fact "debt" [fact-source]` + "\n  hint: name the exhibits or statements that show it, under sources\n"},
		{"fact that must not be known", "known-by: [worker]", "known-by: [worker, prosecutor]",
			file + `:5:115: error: the role "prosecutor" knows the fact "threat", which it must not know [trial-secret]` + "\n  hint: take the role from known-by, or the fact from not-known\n"},
		{"exhibit that shows too much", ", roles: [worker]}", "}",
			file + `:5:115: error: the role "prosecutor" sees "diary" in the phase "hearing", and so the fact "threat", which it must not know [trial-secret]` +
				"\n  hint: leave the role out of its roles, or take the fact from not-known\n"},
		{"exhibit that is not seen yet", "file: exhibits/ledger.md}", "file: exhibits/ledger.md, from: end}",
			file + `:24:16: error: the role "prosecutor" cannot see "ledger" in the phase "hearing" [trial-early]` +
				"\n  hint: let it be seen from that phase by that role, or leave it out here\n"},
		{"decision without a test", "    test: {elements: [act], text: A}\n", "",
			file + `:19:5: error: the decision "charge" has no legal test [trial-test]` + "\n  hint: add test: with elements and text\n"},
		{"option that nothing follows", ", next: charge", "",
			file + `:37:9: error: nothing follows the option "b" [trial-endless]` + "\n  hint: add next: with a decision or an ending\n"},
		{"decision that nobody reaches", "next: appeal", "next: guilty",
			file + `:29:5: error: the role "prosecutor" never comes to the decision "appeal" [trial-unreachable]` + "\n  hint: let an option lead to it, or remove it\n"},
		{"ending that nobody reaches", "  - {id: guilty, title: A, text: A}\n", "  - {id: guilty, title: A, text: A}\n  - {id: free, title: A, text: A}\n",
			file + `:40:5: error: nobody reaches the ending "free" [trial-unreachable]` + "\n  hint: let an option lead to it, or remove it\n"},
		{"decision that leads to itself", "{id: a, text: A, next: guilty}", "{id: a, text: A, next: appeal}", ""},
		{"role that decides nothing", "least: 1, most: 1, brief", "least: 1, most: 1, alone: true, brief",
			file + `:6:5: error: the role "worker" can be played alone but decides nothing [trial-alone]` + "\n  hint: give it decisions, or set alone: false\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if !strings.Contains(trial, tt.old) {
				t.Fatalf("the trial has no %q", tt.old)
			}
			if got := tryTrial(t, strings.Replace(trial, tt.old, tt.new, 1)); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}
