package edition_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"lectern/internal/course"
	"lectern/internal/edition"
	"lectern/internal/load"
)

const (
	lesson = "---\ntitle: A lesson\nsummary: B\n---\n"
	module = "---\ntitle: A module\nsummary: B\nobjectives: [{id: one, text: A}]\n---\n"
	svg    = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`
	quiz   = "  - {id: %, title: A, questions: [{id: a, type: true-false, prompt: A, answer: true}]}\n"
)

func library(t *testing.T, files map[string]string) course.Library {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{"modules/_index.md": "---\ntitle: Home\n---\n", "modules/c/_index.md": "---\ntitle: A\n---\n", "modules/c/1-m/_index.md": module} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	lib, diags, err := load.Load(fsys, "en")
	if err != nil || len(diags) > 0 {
		t.Fatal(diags, err)
	}
	return lib
}

func resolve(lib course.Library, audience course.Audience, drafts bool, collections ...string) course.Work {
	en := course.Language{Code: "en", Direction: "ltr"}
	return edition.Resolve([]course.Library{lib}, edition.Options{
		Audience: audience, Drafts: drafts, Collections: collections, Languages: []course.Language{{Code: "ar", Direction: "rtl"}, en}, SourceLang: en,
	})[0]
}

func TestResolve(t *testing.T) {
	lib := library(t, map[string]string{
		"modules/d/_index.md":       lesson,
		"modules/d/1-n/_index.md":   strings.Replace(module, "title", "draft: true\ntitle", 1),
		"modules/c/1-m/1-draft.md":  strings.Replace(lesson, "title", "draft: true\ntitle", 1),
		"modules/c/1-m/2-lesson.md": lesson,
	})
	for _, tt := range []struct {
		drafts      bool
		collections []string
		want        string
	}{
		{false, nil, "home c c/m c/m/lesson d"},
		{true, nil, "home c c/m c/m/draft c/m/lesson d d/n"},
		{true, []string{"d"}, "home d d/n"},
		{false, []string{"c"}, "home c c/m c/m/lesson"},
	} {
		w := resolve(lib, course.Learner, tt.drafts, tt.collections...)
		var got []string
		for _, p := range w.Pages() {
			got = append(got, p.Path)
		}
		got[0] = "home"
		if strings.Join(got, " ") != tt.want {
			t.Errorf("drafts %v, %q: %q, want %q", tt.drafts, tt.collections, got, tt.want)
		}
		if w.Lang.Code != "en" || w.Lang.Direction != "ltr" || w.Audience != course.Learner || len(w.Languages) != 2 {
			t.Errorf("%+v", w.Lang)
		}
	}
	if len(lib.Collections[0].Modules) != 1 || len(lib.Collections[0].Modules[0].Lessons) != 2 {
		t.Error("the library was changed")
	}
}

// TestFacilitators proves that what is for facilitators is cut from every page, with the quizzes and pictures that only they see.
func TestFacilitators(t *testing.T) {
	const page = `Before.

> [!CASE] A case
>
> Text.
>
> > [!FACILITATOR] Notes zq
> >
> > - Item zq
> >
> > ` + "```quiz" + `
> > secret
> > ` + "```" + `
> >
> > ![Picture zq](images/secret.svg "Caption zq")
> > ![Picture zq](images/both.svg)
>
> More.

![Both](images/both.svg)

` + "```quiz\nopen\n```" + `

> [!FACILITATOR] Notes zq
>
> ` + "```quiz\n> open\n> ```" + `
>
> ## Heading zq
>
> [zq](cite:s)`
	lib := library(t, map[string]string{
		"modules/_index.md":       "---\ntitle: Home\n---\n\nOne.\n\n> [!FACILITATOR] Notes zq\n> Text zq\n",
		"modules/c/_index.md":     lesson + "> [!FACILITATOR] Notes zq\n> Text zq\n",
		"modules/c/1-m/_index.md": module + "> [!FACILITATOR] Notes zq\n> Text zq\n",
		"modules/c/1-m/1-page.md": lesson + page,
		"modules/sources.yaml":    "sources: [{id: s, author: A, title: B}]\n",
		"quizzes/c/1-m.yaml": "quizzes:\n" + strings.ReplaceAll(quiz, "%", "secret") + strings.ReplaceAll(quiz, "%", "open") +
			strings.ReplaceAll(quiz, "%", "unplaced"),
		"modules/c/1-m/images/secret.svg": svg,
		"modules/c/1-m/images/both.svg":   svg,
		"modules/c/1-m/images/unused.svg": svg,
	})
	for _, tt := range []struct {
		audience course.Audience
		secrets  int
		quizzes  string
		images   string
		pages    string
	}{
		{course.Learner, 0, "open unplaced", "both unused", "c/m c/m/page c/m/unplaced"},
		{course.Facilitator, 14, "secret open unplaced", "both secret unused", "c/m c/m/page c/m/unplaced"},
	} {
		w := resolve(lib, tt.audience, false)
		m := w.Editions[0].Module
		secrets := 0
		for _, p := range []course.Page{w.Home, w.Collections[0].Page, m.Page, m.Lessons[0].Page} {
			if n := strings.Count(p.Body.Source, "zq"); tt.audience == course.Learner && n != 0 {
				t.Errorf("%s: %s", p.Path, p.Body.Source)
			}
			for _, s := range p.Body.Segments {
				secrets += strings.Count(s.Source, "zq")
			}
			for _, b := range p.Body.Blocks {
				if tt.audience == course.Learner && (b.Name == course.BoxFacilitator || strings.Contains(b.Text, "zq")) {
					t.Errorf("%s: %+v", p.Path, b)
				}
			}
		}
		var quizzes, images, pages []string
		for _, q := range m.Quizzes {
			quizzes = append(quizzes, q.ID)
		}
		for _, i := range m.Images {
			images = append(images, strings.TrimSuffix(strings.TrimPrefix(i.Name, "images/"), ".svg"))
		}
		for _, p := range m.Pages() {
			pages = append(pages, p.Path)
		}
		if secrets != tt.secrets {
			t.Errorf("%s: %d secrets, want %d", tt.audience, secrets, tt.secrets)
		}
		if got := strings.Join(quizzes, " "); got != tt.quizzes {
			t.Errorf("%s: quizzes %q, want %q", tt.audience, got, tt.quizzes)
		}
		if got := strings.Join(images, " "); got != tt.images {
			t.Errorf("%s: pictures %q, want %q", tt.audience, got, tt.images)
		}
		if got := strings.Join(pages, " "); got != tt.pages {
			t.Errorf("%s: pages %q, want %q", tt.audience, got, tt.pages)
		}
	}
}

// TestDraftQuiz proves that the quiz of a lesson that is not ready waits for it.
func TestDraftQuiz(t *testing.T) {
	lib := library(t, map[string]string{
		"modules/c/1-m/1-page.md": "---\ntitle: A\nsummary: B\ndraft: true\n---\n\n```quiz\na\n```\n",
		"quizzes/c/1-m.yaml":      "quizzes:\n" + strings.ReplaceAll(quiz, "%", "a"),
	})
	if m := resolve(lib, course.Facilitator, false).Editions[0].Module; len(m.Quizzes) != 0 || len(m.Pages()) != 1 {
		t.Errorf("%+v", m.Pages())
	}
	if m := resolve(lib, course.Facilitator, true).Editions[0].Module; len(m.Quizzes) != 1 || len(m.Pages()) != 2 {
		t.Errorf("%+v", m.Pages())
	}
}
