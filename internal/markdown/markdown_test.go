package markdown_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/markdown"
)

var update = flag.Bool("update", false, "write testdata/*.golden anew")

func parse(src string) (course.Body, []diag.Diagnostic) {
	return markdown.Parse(diag.NewLines("a.md", src), 0, src)
}

// cases are all pages that we have: written for this test, and of the reference work.
func cases(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range []string{"testdata/pages.txtar", "testdata/others.txtar"} {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			out[name+": "+f.Name] = string(f.Data)
		}
	}
	err := filepath.WalkDir("../../modules", func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".md" {
			return err
		}
		b, err := os.ReadFile(name)
		_, body, _ := strings.Cut(string(b), "\n---\n")
		out[name] = body
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 120 {
		t.Fatalf("%d cases", len(out))
	}
	return out
}

// TestSegments says for every case what is found in it, and where.
func TestSegments(t *testing.T) {
	for _, name := range []string{"pages", "others"} {
		archive, err := txtar.ParseFile("testdata/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		var got txtar.Archive
		for _, f := range archive.Files {
			got.Files = append(got.Files, txtar.File{Name: f.Name, Data: []byte(found(string(f.Data)))})
		}
		golden := "testdata/" + name + ".golden"
		if *update {
			if err := os.WriteFile(golden, txtar.Format(&got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := txtar.ParseFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if len(want.Files) != len(got.Files) {
			t.Fatalf("%d cases in %s, %d in the golden file", len(got.Files), name, len(want.Files))
		}
		for i, f := range got.Files {
			if want.Files[i].Name != f.Name || !bytes.Equal(want.Files[i].Data, f.Data) {
				t.Errorf("%s: got\n%swant %s\n%s", f.Name, f.Data, want.Files[i].Name, want.Files[i].Data)
			}
		}
	}
}

// found prints a line for everything in a body. A segment with an anchor has a star, a block the lines that it covers.
func found(src string) string {
	b, diags := parse(src)
	var out strings.Builder
	for _, s := range b.Segments {
		star := ""
		if s.Anchor {
			star = "*"
		}
		fmt.Fprintf(&out, "%d:%d %s%s %q", s.Pos.Line, s.Pos.Col, s.Kind, star, s.Source)
		if s.Kind == course.KindHeading {
			fmt.Fprintf(&out, " #%s", s.ID)
		}
		if s.Prefix != "" {
			fmt.Fprintf(&out, " after %q", s.Prefix)
		}
		out.WriteByte('\n')
	}
	lines := diag.NewLines("", src)
	for _, block := range b.Blocks {
		fmt.Fprintf(&out, "%d-%d %s", lines.Pos(block.Start).Line, lines.Pos(max(block.Start, block.End-1)).Line, block.Kind)
		for _, field := range []string{block.Name, block.ID} {
			if field != "" {
				fmt.Fprintf(&out, " %s", field)
			}
		}
		if block.Text != "" {
			fmt.Fprintf(&out, " %q", block.Text)
		}
		out.WriteByte('\n')
	}
	for _, l := range b.Links {
		fmt.Fprintf(&out, "%d:%d link %q", l.Pos.Line, l.Pos.Col, l.Dest)
		if l.Image {
			fmt.Fprintf(&out, " of a picture %q", l.Alt)
		}
		out.WriteByte('\n')
	}
	for _, d := range diags {
		fmt.Fprintf(&out, "%s\n  hint: %s\n", d, d.Hint)
	}
	return out.String()
}

// TestSpliceIdentity proves that a page whose texts stay as they are is the same bytes.
func TestSpliceIdentity(t *testing.T) {
	for name, src := range cases(t) {
		if fault := identity(src); fault != "" {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

// identity checks what must hold of every body, whatever its text.
func identity(src string) string {
	b, _ := parse(src)
	if b.Source == "" && len(b.Segments) == 0 { // refused
		return ""
	}
	if got := b.Splice(func(s course.Segment) string { return s.Source }); got != src {
		return fmt.Sprintf("spliced with itself it is %q", got)
	}
	ids := map[string]bool{}
	end := 0
	for _, s := range b.Segments {
		if s.Start < end || s.End <= s.Start || s.End > len(src) {
			return fmt.Sprintf("segment %d-%d begins before %d or ends behind %d", s.Start, s.End, end, len(src))
		}
		if ids[s.ID] || s.ID == "" {
			return fmt.Sprintf("the id %q stands twice", s.ID)
		}
		end, ids[s.ID] = s.End, true
	}
	start := 0
	for _, block := range b.Blocks {
		if block.Start < start || block.End < block.Start || block.End > len(src) {
			return fmt.Sprintf("block %d-%d begins before %d or ends behind %d", block.Start, block.End, start, len(src))
		}
		start = block.Start
	}
	return ""
}

// TestSpliceEverything puts other words into every text: the page must keep its structure, and every text be where it was.
func TestSpliceEverything(t *testing.T) {
	for name, src := range cases(t) {
		if strings.HasPrefix(name, "testdata/others") {
			continue
		}
		for _, form := range []string{"Word %d", "Слово **%d** [و](cite:s)"} {
			b, _ := parse(src)
			i := 0
			var kinds []course.Kind
			spliced := b.Splice(func(s course.Segment) string {
				i++
				kinds = append(kinds, s.Kind)
				if s.Kind == course.KindAlt || s.Kind == course.KindCaption {
					return fmt.Sprintf("Word %d", i)
				}
				return fmt.Sprintf(form, i) + strings.Join(footnote.FindAllString(s.Source, -1), "")
			})
			again, diags := parse(spliced)
			if len(diags) > 0 {
				t.Errorf("%s: %v", name, diags)
			}
			var got []course.Kind
			for i, s := range again.Segments {
				got = append(got, s.Kind)
				if !strings.Contains(s.Source, fmt.Sprint(i+1)) {
					t.Errorf("%s: text %d is %q in\n%s", name, i+1, s.Source, spliced)
				}
			}
			if !slices.Equal(got, kinds) {
				t.Errorf("%s: %q, not %q, in\n%s", name, got, kinds, spliced)
			}
			if got, want := outline(again), outline(b); got != want {
				t.Errorf("%s: blocks %q, not %q, in\n%s", name, got, want, spliced)
			}
		}
	}
}

var footnote = regexp.MustCompile(`\[\^[^\]]+\]`) // without its marks a footnote is gone

func outline(b course.Body) string {
	var out strings.Builder
	for _, block := range b.Blocks {
		fmt.Fprint(&out, block.Kind, " ", block.Name, " ", block.Level, "; ")
	}
	return out.String()
}

// TestHardLineBreak proves that a line break in a translation stays in the text's container.
func TestHardLineBreak(t *testing.T) {
	for name, src := range cases(t) {
		if strings.HasPrefix(name, "testdata/others") {
			continue
		}
		b, _ := parse(src)
		want := outline(b)
		for i, s := range b.Segments {
			if s.Kind != course.KindParagraph && s.Kind != course.KindItem && s.Kind != course.KindFootnote {
				continue
			}
			spliced := b.Splice(func(other course.Segment) string {
				if other.Start == s.Start {
					return "One\\\n- two" + strings.Join(footnote.FindAllString(s.Source, -1), "")
				}
				return other.Source
			})
			again, _ := parse(spliced)
			if outline(again) != want {
				t.Errorf("%s: text %d: blocks %q, not %q, in\n%s", name, i, outline(again), want, spliced)
			}
		}
	}
}

func TestIDs(t *testing.T) {
	for heading, want := range map[string]string{
		"A heading":               "a-heading",
		"  Two   words  ":         "two-words",
		"The *third* of `four`":   "the-third-of-four",
		"Article 3(a)":            "article-3a",
		"snake_case - and dashes": "snake-case-and-dashes",
		"Élan vital":              "lan-vital",
		"标题":                      "sc3405f8c",
		"---":                     "scb3f91d5",
	} {
		if got := markdown.Slug(heading); got != want {
			t.Errorf("Slug(%q) = %q, want %q", heading, got, want)
		}
	}
	if a, b := markdown.Digest("One."), markdown.Digest("Two."); a == b || len(a) != 9 || a[0] != 's' {
		t.Errorf("%q and %q", a, b)
	}
}

func TestProse(t *testing.T) {
	pos := diag.Pos{File: "q.yaml", Line: 7, Col: 13}
	p, diags := markdown.Prose(course.NewText("a", course.KindPrompt, "A [link](1-page.md) and\n\n![x](y.svg)", pos))
	if len(diags) > 0 || len(p.Links) != 2 || p.Links[0] != (course.Link{Dest: "1-page.md", Start: 2, Pos: pos}) || !p.Links[1].Image || p.Links[1].Pos != pos {
		t.Errorf("%+v %v", p.Links, diags)
	}
	_, diags = markdown.Prose(course.NewText("a", course.KindPrompt, "<b>a</b> {{< x >}}", pos))
	var got []string
	for _, d := range diags {
		got = append(got, d.String())
	}
	want := []string{"q.yaml:7:13: error: text cannot call templates [shortcode]", "q.yaml:7:13: error: HTML is not rendered [html]",
		"q.yaml:7:13: error: HTML is not rendered [html]"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, src := range cases(f) {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		slow := time.AfterFunc(10*time.Second, func() { panic(fmt.Sprintf("not done after 10 s: %q", src)) })
		defer slow.Stop()
		if fault := identity(src); fault != "" {
			t.Error(fault)
		}
	})
}
