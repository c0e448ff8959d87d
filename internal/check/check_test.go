package check_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"lectern/internal/check"
	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/load"
)

var update = flag.Bool("update", false, "write what is said into the testdata anew")

// base is a work that no rule finds anything in.
func base() fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range map[string]string{
		"modules/_index.md":         "---\ntitle: Home\n---\n",
		"modules/c/_index.md":       "---\ntitle: A collection\n---\n",
		"modules/c/1-m/_index.md":   "---\ntitle: A module\nsummary: B\nobjectives: [{id: one, text: do it}]\n---\n",
		"modules/c/1-m/2-second.md": "---\ntitle: Second\nsummary: B\n---\n",
		"modules/sources.yaml":      "sources: [{id: protocol, author: A, title: B}]\n",
		"translations/terms.yaml":   "terms: [{id: t, definition: A, languages: {en: {term: A}}}]\n",
	} {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	add(out, "first.md", "Text.\n")
	add(out, "quiz.yaml", "      - {id: a, type: true-false, prompt: A, answer: true, explanation: A, objective: one}\n")
	return out
}

func add(fsys fstest.MapFS, name, text string) {
	switch {
	case name == "first.md":
		name, text = "modules/c/1-m/1-first.md", "---\ntitle: First\nsummary: B\n---\n"+text
	case name == "quiz.yaml":
		name, text = "quizzes/c/1-m.yaml", "quizzes:\n  - id: check\n    title: A\n    questions:\n"+text
	case strings.HasPrefix(name, "images/"):
		name, text = "modules/c/1-m/"+name, `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`
	}
	fsys[name] = &fstest.MapFile{Data: []byte(text)}
}

// said is what the rules say about a work.
func said(t *testing.T, fsys fstest.MapFS) string {
	t.Helper()
	lib, diags, err := load.Load(fsys, "en")
	if err != nil || len(diags) > 0 {
		t.Fatal(diags, err)
	}
	var out bytes.Buffer
	if err := diag.Text(&out, diag.Sort(append(check.Run(lib), check.Translated(lib)...))); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestBase(t *testing.T) {
	if got := said(t, base()); got != "" {
		t.Error(got)
	}
}

// TestRules asserts every word of every rule, and that what comes close to breaking it passes.
func TestRules(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/rules.txtar")
	if err != nil {
		t.Fatal(err)
	}
	works := map[string]fstest.MapFS{} // by "rule bad" and "rule good"
	wants := map[string]string{}
	var order []string
	for _, f := range archive.Files {
		work, name, ok := strings.Cut(f.Name, " / ")
		if !ok {
			wants[strings.TrimSuffix(f.Name, " want")] = string(f.Data)
			continue
		}
		if works[work] == nil {
			works[work] = base()
			order = append(order, work)
		}
		add(works[work], name, string(f.Data))
	}
	tested := map[string]bool{}
	for _, work := range order {
		rule, kind, _ := strings.Cut(work, " ")
		t.Run(work, func(t *testing.T) {
			got := said(t, works[work])
			switch {
			case kind == "good":
				if got != "" {
					t.Errorf("got\n%s", got)
				}
				return
			case *update:
				wants[rule] = got
			case got != wants[rule]:
				t.Errorf("got\n%swant\n%s", got, wants[rule])
			}
			for _, m := range inBrackets.FindAllStringSubmatch(got, -1) {
				if m[1] != rule {
					t.Errorf("the rule %s speaks too:\n%s", m[1], got)
				}
				tested[m[1]] = true
			}
			if works[rule+" good"] == nil {
				t.Errorf("nothing comes close to breaking %s", rule)
			}
		})
	}
	if *update {
		write(t, archive, wants)
	}
	for _, rule := range rules(t) {
		if !tested[rule] && !strings.HasPrefix(rule, "trial-") && rule != "fact-source" {
			t.Errorf("no test of the rule %s", rule)
		}
	}
}

var inBrackets = regexp.MustCompile(`(?m) \[([a-z-]+)\]$`)

func write(t *testing.T, archive *txtar.Archive, wants map[string]string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return !strings.Contains(f.Name, " / ") })
	var out []txtar.File
	for i, f := range archive.Files {
		out = append(out, f)
		rule, _, _ := strings.Cut(f.Name, " ")
		if i+1 == len(archive.Files) || !strings.HasPrefix(archive.Files[i+1].Name, rule+" ") {
			out = append(out, txtar.File{Name: rule + " want", Data: []byte(wants[rule])})
		}
	}
	if err := os.WriteFile("testdata/rules.txtar", txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: out}), 0o644); err != nil {
		t.Fatal(err)
	}
}

// rules are the ids of all rules, as the package's files name them.
func rules(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:rrorf|Warnf)\([^"\n]*, "([a-z]+(?:-[a-z]+)*)",`).FindAllStringSubmatch(string(b), -1) {
			out = append(out, m[1])
		}
	}
	slices.Sort(out)
	if out = slices.Compact(out); len(out) < 25 {
		t.Fatalf("found only %q", out)
	}
	return out
}

// TestTranslated proves that options which only a translation makes alike are found, in that language only.
func TestTranslated(t *testing.T) {
	option := func(id, source, value string) course.Option {
		return course.Option{ID: id, Text: course.Prose{Text: course.Text{Source: source, Value: value}}, Pos: diag.Pos{File: "q.yaml", Line: 7}}
	}
	lib := course.Library{Lang: "fr", SourceLang: "en", Collections: []course.Collection{{Modules: []course.Module{{Quizzes: []course.Quiz{{
		Questions: []course.Question{{ID: "who", Options: []course.Option{option("a", "You", "Vous"), option("b", "Thou", " vous "), option("c", "We", "Nous")}}},
	}}}}}}}
	got := check.Translated(lib)
	if len(got) != 1 || got[0].String() != `q.yaml:7: error: two options of "who" read the same in fr [option-duplicate]` || got[0].Hint != "say in the translation how they differ" {
		t.Error(got)
	}
	lib.Lang = "en"
	if got := check.Translated(lib); len(got) > 0 {
		t.Error(got)
	}
}

// TestReference proves that the reference work breaks no rule.
func TestReference(t *testing.T) {
	lib, diags, err := load.Load(os.DirFS("../.."), "en")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	_ = diag.Text(&out, append(diags, check.Run(lib)...))
	if errs, _ := diag.Count(append(diags, check.Run(lib)...)); errs > 0 {
		t.Error(&out)
	}
}
