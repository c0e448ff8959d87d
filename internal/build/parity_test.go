package build_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"lectern/internal/build"
	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/edition"
	"lectern/internal/load"
	"lectern/internal/locale"
)

// works are the works of every language of a folder, as builds make them.
func works(t *testing.T, dir string, audience course.Audience, languages ...string) []course.Work {
	t.Helper()
	fsys := os.DirFS(dir)
	lib, diags, err := load.Load(fsys, "en")
	if errs, _ := diag.Count(diags); err != nil || errs > 0 {
		t.Fatal(err, text(diags))
	}
	libraries := []course.Library{lib}
	opts := edition.Options{Audience: audience, Languages: []course.Language{{Code: "en"}}, SourceLang: course.Language{Code: "en"}}
	for _, lang := range languages {
		catalogues, err := locale.Read(fsys, lang)
		if err != nil {
			t.Fatal(err)
		}
		localised, _ := locale.Localise(lib, catalogues)
		libraries = append(libraries, localised)
		opts.Languages = append(opts.Languages, course.Language{Code: lang})
	}
	return edition.Resolve(libraries, opts)
}

func pages(w course.Work) []course.Page {
	out := []course.Page{w.Home}
	for _, c := range w.Collections {
		out = append(out, c.Page)
	}
	for _, e := range w.Editions {
		out = append(out, e.Module.Page)
		for _, l := range e.Module.Lessons {
			out = append(out, l.Page)
		}
	}
	return out
}

func buildTo(t *testing.T, dir string, audience course.Audience) string {
	t.Helper()
	opts := options(dir, audience)
	opts.Dest = filepath.Join(t.TempDir(), "out")
	_, diags, err := build.Build(context.Background(), opts)
	if errs, _ := diag.Count(diags); err != nil || errs > 0 {
		t.Fatal(err, text(diags))
	}
	return opts.Dest
}

// repositoryLanguages are those that the reference work is translated into.
func repositoryLanguages(t *testing.T) []string {
	t.Helper()
	dirs, err := filepath.Glob(repository + "/translations/*/terms.po")
	if err != nil || len(dirs) < 5 {
		t.Fatal(dirs, err)
	}
	var out []string
	for _, dir := range dirs {
		out = append(out, filepath.Base(filepath.Dir(dir)))
	}
	return out
}

// TestParity holds the two Markdown parsers together: every text that ours finds and gives an id to is in the page that Hugo's
// made, once, with its words.
func TestParity(t *testing.T) {
	t.Run("repository", func(t *testing.T) {
		out := buildTo(t, repository, course.Learner)
		for _, w := range works(t, repository, course.Learner, repositoryLanguages(t)...) {
			if n := parity(t, out, w); n < 300 {
				t.Errorf("%s: %d texts", w.Lang.Code, n)
			}
		}
	})
	t.Run("cases", func(t *testing.T) {
		archive, err := txtar.ParseFile("../markdown/testdata/pages.txtar")
		if err != nil {
			t.Fatal(err)
		}
		w := tiny()
		for i, f := range archive.Files {
			dir := fmt.Sprintf("modules/manual/%d-m%[1]d/", i)
			w[dir+"_index.md"] = tinyModule
			w[dir+"1-page.md"] = "---\ntitle: " + f.Name + "\nsummary: C\n---\n" + string(f.Data)
			w[dir+"images/picture.svg"] = picture
		}
		dir := w.write(t)
		for _, audience := range []course.Audience{course.Learner, course.Facilitator} {
			out := buildTo(t, dir, audience)
			for _, w := range works(t, dir, audience, "fr") { // the French pages are foreign from top to bottom
				if n := parity(t, out, w); n < 100 {
					t.Errorf("%d texts", n)
				}
			}
		}
	})
}

// parity compares the pages of a work with what was rendered and counts the texts.
func parity(t *testing.T, out string, w course.Work) int {
	t.Helper()
	n := 0
	for _, p := range pages(w) {
		name := w.Lang.Code + "/" + p.Path + "/index.html"
		doc, elements := ids(t, filepath.Join(out, name))
		for id, all := range elements {
			if len(all) > 1 {
				t.Errorf("%s (%s): the id %q stands %d times", name, p.Title.Source, id, len(all))
			}
		}
		for _, s := range p.Body.Segments {
			if s.Kind == course.KindCaption && !strings.Contains(words(doc), s.Value) {
				t.Errorf("%s (%s): no caption %q", name, p.Title.Source, s.Value)
			}
			if !s.Anchor {
				continue
			}
			n++
			if len(elements[s.ID]) != 1 {
				t.Errorf("%s (%s): %d elements with the id %q of %q", name, p.Title.Source, len(elements[s.ID]), s.ID, s.Value)
				continue
			}
			if got, want := letters(words(elements[s.ID][0])), letters(unmarked(s.Value)); !strings.Contains(got, want) {
				t.Errorf("%s (%s): the element %q holds\n%q, not\n%q", name, p.Title.Source, s.ID, got, want)
			}
		}
		if bytes.Contains(read(t, filepath.Join(out, name)), []byte("\xee\x80")) {
			t.Errorf("%s: a mark is left", name)
		}
	}
	return n
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// ids are the elements of a page by their ids. An anchor without words stands for the element it is in.
func ids(t *testing.T, name string) (*html.Node, map[string][]*html.Node) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(read(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]*html.Node{}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if a.Key != "id" {
				continue
			}
			if n.Data == "a" && n.FirstChild == nil {
				n = n.Parent
			}
			out[a.Val] = append(out[a.Val], n)
		}
	}
	return doc, out
}

// words are the text of an element and its alternative texts, without the numbers of footnotes.
func words(n *html.Node) string {
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && (d.Parent.Data != "a" || d.Parent.Parent.Data != "sup") {
			out.WriteString(d.Data)
		}
		for _, a := range d.Attr {
			if a.Key == "alt" || a.Key == "aria-label" || a.Key == "content" {
				out.WriteString(" " + a.Val + " ")
			}
		}
	}
	return out.String()
}

var (
	destination = regexp.MustCompile(`\]\((?:<[^>]*>|[^()\s]*)(?:\s+"(?:[^"\\]|\\.)*")?\)|\[\^[^\]]*\]`)
	hard        = regexp.MustCompile(`\\\n`)
)

// unmarked is roughly a Markdown text without its markup.
func unmarked(s string) string {
	return html.UnescapeString(destination.ReplaceAllString(hard.ReplaceAllString(s, " "), "]"))
}

// letters leaves letters and digits, so that marks, blanks and quotation marks do not matter.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// TestFacilitator proves on the reference work that what is for facilitators is in their edition and nowhere in the learners'.
func TestFacilitator(t *testing.T) {
	secrets := facilitatorTexts(t, repository, repositoryLanguages(t)...)
	if len(secrets) < 50 {
		t.Fatalf("%d texts for facilitators", len(secrets))
	}
	facilitatorOnly(t, repository, secrets)
}

// TestFacilitatorForms does the same for every form that such notes, and what only they show, can take.
func TestFacilitatorForms(t *testing.T) {
	const note = "> [!FACILITATOR] Notes Secretzq61\n>\n> Text Secretzq62.\n"
	w := tiny()
	for i, body := range []string{
		"Before.\n\n" + note + "\nAfter.\n",
		note,
		"Before.\n\n" + strings.TrimSuffix(note, "\n"),
		note + "\n" + note + "\nBetween.\n\n" + note,
		"> [!FACILITATOR]- Notes Secretzq63\n> Text Secretzq64\nand a lazy line Secretzq65.\n\nAfter.\n",
		">[!facilitator]+ Notes Secretzq66\n>\n>- [ ] Item Secretzq67\n>  - Item Secretzq68\n>\n>| Cell Secretzq69 |\n>|---|\n>| Cell Secretzq10 |\n",
		"> [!CASE] Title\n>\n> Before.\n>\n> > [!FACILITATOR] Notes Secretzq11\n> >\n> > Text Secretzq12.\n>\n> After.\n",
		"> [!CASE] Title\n>\n> > [!FACILITATOR] Notes Secretzq13\n> >\n> > > [!NOTE] Within Secretzq14\n> > >\n> > > Text Secretzq15.\n",
		"> > [!FACILITATOR] Notes Secretzq16\n> >\n> > Text Secretzq17.\n",
		"- One.\n\n  > [!FACILITATOR] Notes Secretzq18\n  >\n  > Text Secretzq19.\n\n- Two.\n",
		"1. > [!FACILITATOR] Notes Secretzq20\n   >\n   > Text Secretzq21.\n\n   More.\n2. Two.\n",
		"> [!FACILITATOR] Notes Secretzq22\n>\n> ```text\n> Code Secretzq23\n>\n> Code Secretzq24\n> ```\n>\n>     Code Secretzq25\n\nAfter.\n",
		"> [!FACILITATOR] Notes Secretzq26\n>\n> ## Heading Secretzq27\n>\n> Text Secretzq28[^1].\n\nAfter.\n\n[^1]: Footnote Secretzq29.\n",
		"> [!FACILITATOR] Notes Secretzq30\n>\n> Text[^1].\n>\n> [^1]: Footnote Secretzq31.\n",
		"> [!FACILITATOR] Notes Secretzq32\n>\n> Text Secretzq33\n[^1] and a lazy line Secretzq34.\n\nAfter.\n\n[^1]: Footnote.\n",
		"> [!FACILITATOR] Notes Secretzq35\n>\n> ![Picture Secretzq36](images/secret.svg \"Caption Secretzq37\")\n>\n> [Link Secretzq38](cite:secret) and [term Secretzq39](term:t).\n",
		"> [!FACILITATOR] Notes Secretzq40\n>\n> ```quiz\n> secret\n> ```\n",
		"> [!FACILITATOR]   Notes Secretzq42  \n>   \n>   Text Secretzq43.\n\n\n\nAfter.\n",
		"## Heading\n\n> [!FACILITATOR] Notes Secretzq44\n>\n> Text Secretzq45.\n## Heading\n\n---\n\n> [!FACILITATOR] Notes Secretzq46\n> - Item Secretzq47\n\n***\n",
		"Term\n: Definition.\n\n  > [!FACILITATOR] Notes Secretzq48\n  >\n  > Text Secretzq49.\n",
	} {
		dir := fmt.Sprintf("modules/manual/%d-m%[1]d/", i)
		w[dir+"_index.md"], w[dir+"1-page.md"] = tinyModule, tinyLesson+body
		if strings.Contains(body, "secret.svg") {
			w[dir+"images/secret.svg"] = strings.Replace(picture, "Words", "Words Secretzq52", 1)
		}
		if strings.Contains(body, "> secret\n") {
			w[fmt.Sprintf("quizzes/manual/%d-m%[1]d.yaml", i)] = "quizzes:\n  - id: secret\n    title: Quiz Secretzq53\n    questions:\n" +
				"      - {id: a, type: true-false, prompt: Prompt Secretzq54, answer: true, explanation: Explanation Secretzq55, objective: a}\n"
		}
		if i == 0 {
			w["translations/fr/manual/m0/page.po"] = poHeader + "msgid \"Text Secretzq62.\"\nmsgstr \"Texte Secretzq56.\"\n"
		}
	}
	w["modules/sources.yaml"] += "  - {id: secret, author: Author, title: Source Secretzq57}\n"
	secrets := map[string]bool{}
	for _, file := range w {
		for _, s := range regexp.MustCompile(`Secretzq\d+`).FindAllString(file, -1) {
			secrets[s] = true
		}
	}
	facilitatorOnly(t, w.write(t), secrets)
}

// facilitatorTexts are the texts in the facilitators' boxes of a work, in every language. One that learners read elsewhere is not
// among them.
func facilitatorTexts(t *testing.T, dir string, languages ...string) map[string]bool {
	t.Helper()
	secrets := map[string]bool{}
	var open strings.Builder
	for _, w := range works(t, dir, course.Facilitator, languages...) {
		for _, p := range pages(w) {
			for _, s := range p.Body.Segments {
				texts := []string{letters(unmarked(s.Value)), letters(unmarked(s.Source))}
				if within(p.Body, s) {
					secrets[texts[0]], secrets[texts[1]] = true, true
				} else {
					open.WriteString(strings.Join(texts, "\n") + "\n")
				}
			}
		}
		for _, e := range w.Editions {
			for _, q := range e.Module.Quizzes {
				fmt.Fprintln(&open, letters(fmt.Sprint(q)))
			}
		}
		fmt.Fprintln(&open, letters(fmt.Sprint(w.Terms, w.Sources, w.Messages)))
	}
	maps.DeleteFunc(secrets, func(s string, _ bool) bool { return s == "" || strings.Contains(open.String(), s) })
	return secrets
}

// within reports a text in a facilitators' box.
func within(b course.Body, s course.Segment) bool {
	for _, block := range b.Blocks {
		if block.Name == course.BoxFacilitator && s.Start >= block.Start && s.End <= block.End {
			return true
		}
	}
	return false
}

// facilitatorOnly builds both editions: the facilitators' must hold every secret, the learners' none, in no file.
func facilitatorOnly(t *testing.T, dir string, secrets map[string]bool) {
	t.Helper()
	missing := maps.Clone(secrets)
	walk(t, buildTo(t, dir, course.Facilitator), func(name string, contents []byte) {
		shown := everyWord(t, name, contents)
		maps.DeleteFunc(missing, func(s string, _ bool) bool { return strings.Contains(shown, s) })
	})
	for s := range missing {
		t.Errorf("the facilitators' edition lacks %q", s)
	}
	files := 0
	walk(t, buildTo(t, dir, course.Learner), func(name string, contents []byte) {
		files++
		shown := everyWord(t, name, contents)
		for s := range secrets {
			if strings.Contains(shown, s) {
				t.Errorf("%s holds %q, which is for facilitators", name, s)
			}
		}
	})
	if files < 50 {
		t.Errorf("%d files", files)
	}
}

// everyWord is all that somebody can read in a file, its source included.
func everyWord(t *testing.T, name string, contents []byte) string {
	t.Helper()
	if filepath.Ext(name) != ".html" {
		return letters(string(contents))
	}
	doc, err := html.Parse(bytes.NewReader(contents))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			out.WriteString(n.Data)
		}
		for _, a := range n.Attr {
			out.WriteString(" " + a.Val + " ")
		}
	}
	return letters(out.String())
}
