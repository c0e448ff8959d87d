package course_test

import (
	"testing"

	"lectern/internal/course"
	"lectern/internal/diag"
)

func TestResolve(t *testing.T) {
	heading := func(id string) course.Body {
		return course.Body{Blocks: []course.Block{{Kind: course.Heading, ID: id}, {Kind: course.Box, ID: "not-a-heading"}}}
	}
	picture := course.Image{Name: "images/a.svg", File: "modules/c/1-m/images/a.svg"}
	links := course.NewLinks(course.Library{
		Home: course.Page{File: "modules/_index.md"},
		Collections: []course.Collection{{
			Page: course.Page{File: "modules/c/_index.md", Path: "c"},
			Modules: []course.Module{{
				Page: course.Page{File: "modules/c/1-m/_index.md", Path: "c/m", Body: heading("aims")},
				Lessons: []course.Lesson{
					{Page: course.Page{File: "modules/c/1-m/1-first.md", Path: "c/m/first", Body: heading("means")}},
					{Page: course.Page{File: "modules/c/1-m/2-second.md", Path: "c/m/second"}},
				},
				Images: []course.Image{picture},
			}},
		}},
		Terms:   []course.Term{{ID: "debt-bondage"}},
		Sources: []course.Source{{ID: "protocol"}},
	})
	pos := diag.Pos{File: "modules/c/1-m/1-first.md", Line: 7, Col: 3}
	tests := []struct {
		from, dest string
		image      bool
		want       course.Target
		problem    string
		hint       string
	}{
		{dest: "2-second.md", want: course.Target{Kind: course.TargetPage, Path: "c/m/second"}},
		{dest: "./2-second.md", want: course.Target{Kind: course.TargetPage, Path: "c/m/second"}},
		{dest: "../1-m/2-second.md", want: course.Target{Kind: course.TargetPage, Path: "c/m/second"}},
		{dest: "../../_index.md", want: course.Target{Kind: course.TargetPage}},
		{dest: "_index.md#aims", want: course.Target{Kind: course.TargetPage, Path: "c/m", Anchor: "aims"}},
		{dest: "#means", want: course.Target{Kind: course.TargetPage, Path: "c/m/first", Anchor: "means"}},
		{from: "modules/c/1-m/quizzes", dest: "1-first.md#means", want: course.Target{Kind: course.TargetPage, Path: "c/m/first", Anchor: "means"}},
		{dest: "term:debt-bondage", want: course.Target{Kind: course.TargetTerm, Anchor: "debt-bondage"}},
		{dest: "cite:protocol", want: course.Target{Kind: course.TargetSource, Anchor: "protocol"}},
		{dest: "images/a.svg", image: true, want: course.Target{Kind: course.TargetImage, Image: picture}},

		{dest: "2-secnd.md", problem: `there is no page "2-secnd.md" [link-broken]`, hint: `did you mean "2-second.md"?`},
		{dest: "../../nowhere/at/all.md", problem: `there is no page "../../nowhere/at/all.md" [link-broken]`, hint: "link to the .md file of a page, relative to this file"},
		{dest: "second", problem: `there is no page "second" [link-broken]`, hint: `did you mean "2-second.md"?`},
		{dest: "/modules/_index.md", problem: `there is no page "/modules/_index.md" [link-broken]`, hint: "link to the .md file of a page, relative to this file"},
		{dest: "images/a.svg", problem: `there is no page "images/a.svg" [link-broken]`, hint: "link to the .md file of a page, relative to this file"},
		{dest: "#meens", problem: `modules/c/1-m/1-first.md has no heading "meens" [anchor-broken]`, hint: `did you mean "means"?`},
		{dest: "#not-a-heading", problem: `modules/c/1-m/1-first.md has no heading "not-a-heading" [anchor-broken]`, hint: "use the English heading in lower case with hyphens"},
		{dest: "2-second.md#Means", problem: `modules/c/1-m/2-second.md has no heading "Means" [anchor-broken]`, hint: "use the English heading in lower case with hyphens"},
		{dest: "term:dept-bondage", problem: `unknown term "dept-bondage" [term-unknown]`, hint: `did you mean "debt-bondage"?`},
		{dest: "term:", problem: `unknown term "" [term-unknown]`, hint: "add it to translations/terms.yaml"},
		{dest: "cite:x", problem: `unknown source "x" [source-unknown]`, hint: "add it to modules/sources.yaml"},
		{dest: "https://example.org/", problem: `link to outside: "https://example.org/" [link-external]`, hint: "add the page to modules/sources.yaml and link with cite:its-id"},
		{dest: "//example.org/", problem: `link to outside: "//example.org/" [link-external]`, hint: "add the page to modules/sources.yaml and link with cite:its-id"},
		{dest: "javascript:alert(1)", problem: `link to outside: "javascript:alert(1)" [link-external]`, hint: "add the page to modules/sources.yaml and link with cite:its-id"},
		{dest: "images/b.svg", image: true, problem: `there is no picture "images/b.svg" [image-missing]`, hint: `did you mean "images/a.svg"?`},
		{dest: "x", image: true, problem: `there is no picture "x" [image-missing]`, hint: "add the file to the module's images folder"},
		{dest: "data:image/png;base64,x", image: true, problem: `picture from outside: "data:image/png;base64,x" [image-remote]`, hint: "put the picture into the module's images folder"},
		{dest: "term:debt-bondage", image: true, problem: `picture from outside: "term:debt-bondage" [image-remote]`, hint: "put the picture into the module's images folder"},
	}
	for _, tt := range tests {
		from := tt.from
		if from == "" {
			from = "modules/c/1-m/1-first.md"
		}
		got, d := links.Resolve(from, course.Link{Dest: tt.dest, Image: tt.image, Pos: pos})
		if got.Kind != tt.want.Kind || got.Path != tt.want.Path || got.Anchor != tt.want.Anchor || got.Image.File != tt.want.Image.File {
			t.Errorf("%q: %+v, want %+v", tt.dest, got, tt.want)
		}
		switch {
		case d == nil:
			if tt.problem != "" {
				t.Errorf("%q: no problem", tt.dest)
			}
		case d.String() != "modules/c/1-m/1-first.md:7:3: error: "+tt.problem || d.Hint != tt.hint:
			t.Errorf("%q: %s\n  hint: %s", tt.dest, d, d.Hint)
		}
	}
}

func TestRelative(t *testing.T) {
	for _, tt := range [][3]string{
		{"a/b", "a/b/c.md", "c.md"}, {"a/b", "a/c.md", "../c.md"}, {"a/b", "d/c.md", "../../d/c.md"}, {"", "a.md", "a.md"}, {".", "a/b.md", "a/b.md"},
		{"a", "a", "../a"}, {"a/b", "a/b", "../b"},
	} {
		if got := course.Relative(tt[0], tt[1]); got != tt[2] {
			t.Errorf("from %q to %q: %q, want %q", tt[0], tt[1], got, tt[2])
		}
	}
}

func TestUnplaced(t *testing.T) {
	places := func(id string) course.Body {
		return course.Body{Blocks: []course.Block{{Kind: course.Fence, Name: "quiz", Text: id}, {Kind: course.Fence, Name: "text", Text: "c"}}}
	}
	m := course.Module{
		Page:    course.Page{Path: "x/m", Title: course.Text{Value: "M"}, Body: places("a")},
		Lessons: []course.Lesson{{Page: course.Page{Path: "x/m/l", Title: course.Text{Value: "L"}, Body: places("b")}}},
		Quizzes: []course.Quiz{{ID: "a"}, {ID: "b"}, {ID: "c", Title: course.Text{Value: "C"}}},
	}
	var got []string
	for _, p := range m.Pages() {
		got = append(got, p.Path+" "+p.Title.Value)
	}
	if len(got) != 3 || got[0] != "x/m M" || got[1] != "x/m/l L" || got[2] != "x/m/c C" {
		t.Errorf("%q", got)
	}
}
