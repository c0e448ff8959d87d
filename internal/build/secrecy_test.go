package build_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lectern/internal/course"
)

// said is every text of a trial, without markup.
func said(t course.Trial) map[string]bool {
	out := map[string]bool{}
	one := course.Library{Collections: []course.Collection{{Modules: []course.Module{{Trial: &t}}}}}
	one.Visit(func(_ string, x course.Text) course.Text {
		for _, s := range []string{x.Value, x.Source} {
			// Shorter texts, such as a title or "Yes", stand in other texts by chance.
			if s = letters(unmarked(s)); len(s) > 24 {
				out[s] = true
			}
		}
		return x
	})
	return out
}

// Every text of every trial, in every language, is looked for in every file that may not hold it: the page of a role that may not
// see it, its packet, and what a learner's site holds at all.
func TestTrialSecrecy(t *testing.T) {
	learner, facilitator := buildTo(t, repository, course.Learner), buildTo(t, repository, course.Facilitator)
	looked := 0
	// but leaves out of a set of texts those that may be shown.
	but := func(secrets map[string]bool, open ...map[string]bool) []string {
		var allowed strings.Builder
		for _, texts := range open {
			for s := range texts {
				allowed.WriteString(s + "\n")
			}
		}
		var out []string
		for s := range secrets {
			if !strings.Contains(allowed.String(), s) {
				out = append(out, s)
			}
		}
		return out
	}
	absent := func(file string, secrets []string) {
		contents, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
			return
		}
		shown := everyWord(t, file, contents)
		for _, s := range secrets {
			looked++
			if strings.Contains(shown, s) {
				t.Errorf("%s holds %q", file, s)
			}
		}
	}
	for _, w := range works(t, repository, course.Facilitator, repositoryLanguages(t)...) {
		for _, e := range w.Editions {
			if e.Module.Trial == nil {
				continue
			}
			whole := said(*e.Module.Trial)
			// The introduction of the module stands on no page of a role, but its words may.
			public := []map[string]bool{said(e.Module.Trial.Learners())}
			for _, p := range e.TrialPages() {
				file := func(root string) string {
					return filepath.Join(root, w.Lang.Code, filepath.FromSlash(p.Path), "index.html")
				}
				switch p.Layout {
				case "play":
					absent(file(learner), but(whole, append(public, said(p.Play.Trial))...))
				case "packet":
					view := p.Play.Trial
					view.Decisions, view.Endings = nil, nil
					absent(file(facilitator), but(whole, append(public, said(view))...))
				case "reveal":
					absent(file(learner), but(whole, append(public, said(course.Trial{Outcome: e.Reveal.Outcome, Debrief: e.Reveal.Debrief}))...))
				}
			}
			open := append(public, said(course.Trial{Outcome: e.Reveal.Outcome, Debrief: e.Reveal.Debrief}))
			for _, p := range e.Plays {
				open = append(open, said(p.Trial))
			}
			secrets := but(whole, open...)
			module := filepath.Join(learner, w.Lang.Code, filepath.FromSlash(e.Module.Path))
			walk(t, module, func(name string, _ []byte) { absent(filepath.Join(module, name), secrets) })
		}
	}
	if looked < 10000 {
		t.Errorf("only %d texts were looked for", looked)
	}
}
