package course_test

import (
	"strings"
	"testing"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/markdown"
)

func parse(t *testing.T, src string) course.Body {
	t.Helper()
	b, diags := markdown.Parse(diag.NewLines("a.md", src), 0, src)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return b
}

func facilitators(b course.Block) bool {
	return b.Kind == course.Box && b.Name == course.BoxFacilitator
}

func TestWithout(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"none", "One.\n\n> [!NOTE] A\n>\n> B\n", "One.\n\n> [!NOTE] A\n>\n> B\n"},
		{"alone", "> [!FACILITATOR] A\n>\n> B\n", ""},
		{"at the end", "One.\n\n> [!FACILITATOR] A\n> B", "One.\n\n"},
		{"at the start", "> [!FACILITATOR] A\n> B\n\nOne.\n", "\nOne.\n"},
		{"between", "One.\n\n> [!FACILITATOR] A\n>\n> B\n>\n\nTwo.\n", "One.\n\n\nTwo.\n"},
		{"without a blank line before", "One.\n> [!FACILITATOR] A\n> B\n\nTwo.\n", "One.\n\nTwo.\n"},
		{"several", "> [!FACILITATOR] A\n> B\n\nOne.\n\n> [!FACILITATOR] C\n> D\n\n---\n\n> [!FACILITATOR] E\n> F\n", "\nOne.\n\n\n---\n\n"},
		{"lazy lines", "> [!FACILITATOR] A\n> B\nC\n\nOne.\n", "\nOne.\n"},
		{"in a box", "> [!CASE] A\n>\n> B\n>\n> > [!FACILITATOR] C\n> >\n> > D\n>\n> E\n", "> [!CASE] A\n>\n> B\n>\n>\n> E\n"},
		{"in a box, last", "> [!CASE] A\n>\n> > [!FACILITATOR] B\n> > C\n\nOne.\n", "> [!CASE] A\n>\n\nOne.\n"},
		{"in itself", "> [!FACILITATOR] A\n>\n> > [!FACILITATOR] B\n> > C\n>\n> D\n\nOne.\n", "\nOne.\n"},
		{"with a box in it", "> [!FACILITATOR] A\n>\n> > [!NOTE] B\n> > C\n\nOne.\n", "\nOne.\n"},
		{"in a list", "- One.\n\n  > [!FACILITATOR] A\n  >\n  > B\n\n- Two.\n", "- One.\n\n\n- Two.\n"},
		{"an item of a list", "1. > [!FACILITATOR] A\n   > B\n2. Two.\n", "2. Two.\n"},
		{"with a fence", "> [!FACILITATOR] A\n>\n> ```x\n> B\n>\n> C\n> ```\n\nOne.\n", "\nOne.\n"},
		{"with a list and a table", "> [!FACILITATOR] A\n>\n> - B\n>\n> | C |\n> |---|\n> | D |\n\nOne.\n", "\nOne.\n"},
		{"before a heading", "> [!FACILITATOR] A\n> B\n## One\n", "## One\n"},
		{"before a fence", "> [!FACILITATOR] A\n> B\n```x\nC\n```\n", "```x\nC\n```\n"},
		{"before a footnote", "One[^1].\n\n> [!FACILITATOR] A\n> B\n[^1]: C\n", "One[^1].\n\n[^1]: C\n"},
		{"with a line that looks like a footnote", "One[^1].\n\n> [!FACILITATOR] A\n> B\n[^1] C\n\n[^1]: D\n", "One[^1].\n\n\n[^1]: D\n"},
		{"with a mark in its text", "> [!FACILITATOR] A [!NOTE]\n> B\n>\n> > C\n>\n\nOne.\n", "\nOne.\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := parse(t, tt.src)
			got := b.Without(facilitators)
			if got.Source != tt.want {
				t.Errorf("got\n%q\nwant\n%q", got.Source, tt.want)
			}
			for _, s := range got.Segments {
				if at := got.Source[s.Start:s.End]; !strings.HasPrefix(at, s.Source[:1]) {
					t.Errorf("%q is at %q", s.Source, at)
				}
			}
			if spliced := got.Splice(func(s course.Segment) string { return s.Source }); spliced != tt.want {
				t.Errorf("spliced with itself it is %q", spliced)
			}
			// What is left is what the parser finds in it.
			again := parse(t, tt.want)
			if len(again.Segments) != len(got.Segments) || len(again.Blocks) != len(got.Blocks) || len(again.Links) != len(got.Links) {
				t.Fatalf("%d texts, %d blocks, %d links; want %d, %d, %d", len(got.Segments), len(got.Blocks), len(got.Links),
					len(again.Segments), len(again.Blocks), len(again.Links))
			}
			for i, s := range again.Segments {
				if g := got.Segments[i]; g.Source != s.Source || g.Start != s.Start || g.End != s.End || g.Kind != s.Kind {
					t.Errorf("text %q at %d-%d, want %q at %d-%d", g.Source, g.Start, g.End, s.Source, s.Start, s.End)
				}
			}
			for i, block := range again.Blocks {
				if g := got.Blocks[i]; g.Kind != block.Kind || g.Start != block.Start || g.End > len(tt.want) || g.End < g.Start {
					t.Errorf("block %s at %d-%d, want %s at %d-%d", g.Kind, g.Start, g.End, block.Kind, block.Start, block.End)
				}
			}
		})
	}
}

// TestWithoutLeavesTheBody proves that the body of the facilitators' edition is not changed by making the learners'.
func TestWithoutLeavesTheBody(t *testing.T) {
	const src = "> [!FACILITATOR] A\n>\n> [b](cite:s)\n\n## C\n\n[d](cite:s)\n"
	b := parse(t, src)
	out := b.Without(facilitators)
	if b.Source != src || len(b.Segments) != 4 || b.Segments[3].Start != strings.Index(src, "[d]") || len(b.Links) != 2 || b.Blocks[1].Start != strings.Index(src, "##") {
		t.Errorf("%+v", b)
	}
	if len(out.Links) != 1 || out.Links[0].Start != strings.Index(out.Source, "[d]") || out.Blocks[0].ID != "c" {
		t.Errorf("%+v", out)
	}
}

func TestSplice(t *testing.T) {
	const src = "## A *b*\n\n> [!NOTE] C\n>\n> D\n> e.\n\n- F\n\n![G](h.svg \"I \\\"j\\\"\")\n\n| K |\n|---|\n| L |\n"
	values := map[string]string{
		"A *b*": "Z", "C": "Y", "D e.": "X\\\nW", "F": "V\nU", "G": "T", `I "j"`: `S "r"`, "K": "", "L": "Q \\| P",
	}
	const want = "## Z\n\n> [!NOTE] Y\n>\n> X\\\n> W\n\n- V\n  U\n\n![T](h.svg \"S \\\"r\\\"\")\n\n|  |\n|---|\n| Q \\| P |\n"
	got := parse(t, src).Splice(func(s course.Segment) string {
		v, ok := values[s.Source]
		if !ok {
			t.Errorf("unexpected text %q", s.Source)
		}
		return v
	})
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMarkdown(t *testing.T) {
	b := parse(t, "A\nb.\n\nC.\n")
	b.Segments[1].Value = "D."
	if got := b.Markdown(); got != "A\nb.\n\nD.\n" {
		t.Errorf("%q", got)
	}
}

func TestWordsAndQuizzes(t *testing.T) {
	b := parse(t, "One two.\n\n- Three\n\n```quiz\n a \n```\n\n```text\nfour five\n```\n\n```quiz\nb\n```\n")
	if n := b.Words(); n != 3 {
		t.Errorf("%d words", n)
	}
	var ids []string
	for _, f := range b.Quizzes() {
		ids = append(ids, f.Text)
	}
	if got := strings.Join(ids, " "); got != "a b" {
		t.Errorf("quizzes %q", got)
	}
}

func TestDiagram(t *testing.T) {
	i := course.Image{SVG: "<text>A</text><text>B &amp; C</text>", Labels: []course.Segment{
		{Text: course.Text{Source: "A", Value: "<z>"}, Start: 6, End: 7},
		{Text: course.Text{Source: "B & C", Value: "B & C"}, Start: 20, End: 29},
	}}
	escape := strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace
	if got := i.Diagram(escape); got != "<text>&lt;z&gt;</text><text>B &amp; C</text>" {
		t.Error(got)
	}
}

func TestForbidden(t *testing.T) {
	for _, r := range "\x00\x08\v\r\x1f\x7f\u0080\u009f\ue000\ue003\uf8ff\u202d\u202e\ufffd" {
		if !course.Forbidden(r) {
			t.Errorf("%U may stand in a text", r)
		}
	}
	for _, r := range "\t\n ~\u00a0é中ع\u200f\u2066\u2069\ufeff😀" {
		if course.Forbidden(r) {
			t.Errorf("%U may not stand in a text", r)
		}
	}
	for s, want := range map[string]int{
		"&#xE000;": 0, "a &#57344; b": 2, "&#XE003": 0, "&#0;": 0, "&#x110000;": 0, "&#xD800;": 0, "&#xFFFFFFFFFFFFFFFFF;": 0, "&#13;": 0, "&#x202e;": 0,
		"&#65; &#xF8FF;": 6, "&amp;#xE000;": -1, "&#65;&#x4E2D;&#10;&#9;": -1, "& # &#; &#x;": -1, "": -1,
	} {
		if got := course.ForbiddenReference(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
	for s, want := range map[string]int{
		"{{< a >}}": 0, "a {{% b %}}": 2, "{{__hugo": 0, "{{{< a": 1, "{{ a }} {{<": 8, "{{ < a": -1, "{ {<": -1, "{{": -1, "": -1,
	} {
		if got := course.Shortcode(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}
