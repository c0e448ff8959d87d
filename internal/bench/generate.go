package bench

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"lectern/internal/build"
)

// Work says which library to generate. Equal values make equal bytes.
type Work struct {
	Pages     int    // about as many, in all languages together
	Languages int    // 1 to 6, the first of English, Arabic, Chinese, French, Russian and Spanish
	Seed      uint64 // of the words
}

const (
	lessonsOfModule   = 6
	pagesOfModule     = lessonsOfModule + 4 // with its first page, a quiz that no page places, and two handouts of quizzes
	modulesPerShelf   = 12                  // modules in a collection
	questionsOfQuiz   = 10
	sectionsOfLesson  = 5
	maxTerms, maxCite = 200, 100
)

// modules is how many modules make the pages that are asked for.
func (w Work) modules() int {
	return max(1, w.Pages/w.Languages/pagesOfModule)
}

// Generate writes the library, with complete translations, into the empty folder dir.
func Generate(dir string, w Work) error {
	g := &generator{Work: w, dir: dir, random: rand.New(rand.NewPCG(w.Seed, w.Seed)), terms: min(maxTerms, 20+w.modules()/2), cites: min(maxCite, 10+w.modules()/4)}
	g.config()
	g.page("modules/_index.md", g.front(6), g.paragraph(120, g.termLink()))
	g.sources()
	g.glossary()
	for c := 0; c*modulesPerShelf < w.modules(); c++ {
		g.collection(c)
	}
	if g.err != nil {
		return fmt.Errorf("generate library: %w", g.err)
	}
	if _, diags, err := build.Sync(dir, nil); err != nil || len(diags) > 0 {
		return fmt.Errorf("make catalogues: %d problems %w", len(diags), err)
	}
	for _, l := range languages[1:w.Languages] {
		if err := fill(dir, l); err != nil {
			return fmt.Errorf("translate into %s: %w", l.code, err)
		}
	}
	return nil
}

type generator struct {
	Work
	dir          string
	random       *rand.Rand
	terms, cites int
	heading      string // link to a heading of the lesson before
	err          error
}

func (g *generator) write(name, contents string) {
	if g.err != nil {
		return
	}
	full := filepath.Join(g.dir, filepath.FromSlash(name))
	if g.err = os.MkdirAll(filepath.Dir(full), 0o755); g.err == nil {
		g.err = os.WriteFile(full, []byte(contents), 0o644)
	}
}

func (g *generator) page(name, front, body string) { g.write(name, "---\n"+front+"---\n\n"+body) }

func (g *generator) config() {
	out := "defaultContentLanguage = \"en\"\n"
	for i, l := range languages[:g.Languages] {
		out += fmt.Sprintf("\n[languages.%s]\nlabel = %q\ndirection = %q\nweight = %d\n", l.code, l.label, l.direction, i+1)
	}
	g.write("hugo.toml", out)
}

func (g *generator) sources() {
	var out strings.Builder
	out.WriteString("sources:\n")
	for i := range g.cites {
		fmt.Fprintf(&out, "  - id: source-%d\n    author: %s\n    title: %s\n    year: %d\n    url: https://example.org/source-%d\n",
			i+1, g.title(3), g.title(8), 1990+i%30, i+1)
	}
	g.write("modules/sources.yaml", out.String())
}

func (g *generator) glossary() {
	var out strings.Builder
	out.WriteString("terms:\n")
	for i := range g.terms {
		name := strings.ToLower(g.title(2))
		fmt.Fprintf(&out, "  - id: term-%d\n    definition: >-\n      %s\n    cite: source-%d\n    article: \"%d\"\n    languages:\n",
			i+1, g.sentence(24), 1+i%g.cites, 1+i%40)
		for _, l := range languages[:g.Languages] {
			fmt.Fprintf(&out, "      %s: {term: %s}\n", l.code, l.translate(name))
		}
	}
	g.write("translations/terms.yaml", out.String())
}

func shelf(c int) string { return fmt.Sprintf("collection-%d", c+1) }

func moduleName(m int) string { return fmt.Sprintf("%02d-module-%d", m%modulesPerShelf+1, m+1) }

func lessonName(l int) string { return fmt.Sprintf("%d-part-%d.md", l+1, l+1) }

func (g *generator) collection(c int) {
	g.page("modules/"+shelf(c)+"/_index.md", g.front(5), g.paragraph(80, g.termLink()))
	for m := c * modulesPerShelf; m < min((c+1)*modulesPerShelf, g.modules()); m++ {
		g.module(c, m)
	}
}

func (g *generator) module(c, m int) {
	dir := "modules/" + shelf(c) + "/" + moduleName(m) + "/"
	front := g.front(5) + "objectives:\n"
	for _, id := range []string{"first", "second", "third"} {
		front += "  - id: " + id + "\n    text: " + strings.ToLower(g.title(10)) + "\n"
	}
	g.page(dir+"_index.md", front, g.paragraph(90, g.termLink())+g.paragraph(60, g.citation()))
	g.heading = "_index.md"
	for l := range lessonsOfModule {
		g.lesson(dir, m, l)
	}
	quizzes := "quizzes:\n" + g.quiz("practice", "mode: practice") + g.quiz("assessment", "mode: graded\n    pass: 70")
	g.write("quizzes/"+shelf(c)+"/"+moduleName(m)+".yaml", quizzes)
}

// lesson writes about 1,400 words with all that lessons are made of.
func (g *generator) lesson(dir string, m, l int) {
	var out strings.Builder
	out.WriteString(g.paragraph(50, g.termLink(), g.citation(), "["+g.words(3)+"]("+g.heading+")"))
	for s := range sectionsOfLesson {
		heading := "The " + g.words(3) // not a word that pages use in ids of their own, such as source
		if s == 0 {
			g.heading = lessonName(l) + "#" + strings.ReplaceAll(strings.ToLower(heading), " ", "-")
		}
		fmt.Fprintf(&out, "## %s\n\n", heading)
		out.WriteString(g.paragraph(55, "**"+g.words(2)+"**", "*"+g.words(1)+"*", fmt.Sprint(2+s*7)))
		out.WriteString(g.paragraph(45, g.termLink(), g.citation()))
		out.WriteString(g.element(s))
		fmt.Fprintf(&out, "### %s\n\n", g.title(5))
		out.WriteString(g.paragraph(35, `"`+g.words(4)+`"`))
	}
	if m%modulesPerShelf > 0 {
		out.WriteString(g.paragraph(30, "["+g.words(3)+"](../"+moduleName(m-1)+"/"+lessonName(l)+")"))
	}
	if l == lessonsOfModule/2 {
		out.WriteString("```quiz\npractice\n```\n\n")
	}
	out.WriteString(g.box("FACILITATOR", g.sentence(18), g.sentence(14)))
	out.WriteString(g.box("KEY", "- "+g.sentence(12)+"\n- "+g.sentence(12)+"\n- "+g.sentence(12)))
	fmt.Fprintf(&out, "%s[^1] %s[^2]\n\n[^1]: %s\n\n[^2]: %s\n", g.sentence(14), g.sentence(14), g.sentence(20), g.sentence(15)+" "+g.citation())
	g.page(dir+lessonName(l), g.front(4)+"objectives: [first, third]\n", out.String())
}

// element is one of the larger things that a section holds, in turn.
func (g *generator) element(section int) string {
	var out strings.Builder
	switch section {
	case 0:
		for range 5 {
			fmt.Fprintf(&out, "- **%s:** %s\n", g.title(2), g.sentence(12))
		}
	case 1:
		fmt.Fprintf(&out, "| %s | %s | %s |\n|---|---|---|\n", g.title(1), g.title(2), g.title(2))
		for range 5 {
			fmt.Fprintf(&out, "| %s | %s | %s |\n", g.title(2), g.words(5), g.words(5))
		}
	case 2:
		return g.box("LAW", g.sentence(25)+" "+g.citation()+".", g.sentence(22))
	case 3:
		return g.box("CASE", g.sentence(30), g.sentence(28), fmt.Sprintf("1. %s\n2. %s\n3. %s", g.sentence(10), g.sentence(11), g.sentence(9)))
	default:
		for range 5 {
			fmt.Fprintf(&out, "- [ ] %s\n", g.sentence(12))
		}
	}
	return out.String() + "\n"
}

func (g *generator) box(kind string, blocks ...string) string {
	text := "[!" + kind + "] " + g.title(3) + "\n\n" + strings.Join(blocks, "\n\n")
	var out strings.Builder
	for line := range strings.Lines(text) {
		out.WriteString(strings.TrimRight("> "+line, " \n") + "\n")
	}
	return out.String() + "\n"
}

func (g *generator) quiz(id, mode string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "  - id: %s\n    title: %s\n    %s\n    shuffle: true\n    questions:\n", id, g.title(4), mode)
	for q := range questionsOfQuiz {
		fmt.Fprintf(&out, "      - id: question-%d\n        prompt: |\n          %s\n", q+1, g.paragraphText(30, "**"+g.words(1)+"**"))
		g.options(&out, q)
		fmt.Fprintf(&out, "        hints:\n          - %s\n        explanation: >-\n          %s\n", g.sentence(12), g.sentence(22))
		fmt.Fprintf(&out, "        objective: second\n        see: %s\n", lessonName(q%lessonsOfModule))
	}
	return out.String()
}

func (g *generator) options(out *strings.Builder, question int) {
	kind, list := "single", "options"
	switch question % 5 {
	case 1:
		kind = "multiple"
	case 2:
		fmt.Fprintf(out, "        type: true-false\n        answer: true\n        feedback:\n          true: %s\n          false: %s\n", g.sentence(12), g.sentence(12))
		return
	case 3:
		kind, list = "order", "items"
	}
	fmt.Fprintf(out, "        type: %s\n        %s:\n", kind, list)
	for o := range 4 {
		words := 7
		if o == 0 {
			words = 12 // the right ones must not be the longest
		}
		fmt.Fprintf(out, "          - id: option-%d\n            text: %s\n", o+1, g.sentence(words))
		if list == "options" {
			fmt.Fprintf(out, "            feedback: %s\n", g.sentence(12))
		}
		if list == "options" && (o == 1 || kind == "multiple" && o == 3) {
			out.WriteString("            correct: true\n")
		}
	}
}

func (g *generator) front(words int) string {
	return "title: " + g.title(words) + "\nsummary: " + g.sentence(20) + "\n"
}

func (g *generator) termLink() string {
	return fmt.Sprintf("[%s](term:term-%d)", g.words(2), 1+g.random.IntN(g.terms))
}

func (g *generator) citation() string {
	return fmt.Sprintf("[%s](cite:source-%d)", g.words(4), 1+g.random.IntN(g.cites))
}

// paragraph is a paragraph of about n words with each of the pieces of markup somewhere in it.
func (g *generator) paragraph(n int, pieces ...string) string {
	return g.paragraphText(n, pieces...) + "\n\n"
}

func (g *generator) paragraphText(n int, pieces ...string) string {
	var sentences []string
	for at := 0; at < n; {
		length := min(8+g.random.IntN(12), max(4, n-at))
		at += length
		sentence := g.sentence(length)
		if len(pieces) > 0 { // after the first word, so that no sentence begins with markup
			first, rest, _ := strings.Cut(sentence, " ")
			sentence, pieces = first+" "+pieces[0]+" "+rest, pieces[1:]
		}
		sentences = append(sentences, sentence)
	}
	return strings.Join(sentences, " ")
}

func (g *generator) sentence(n int) string {
	s := g.title(n)
	if n > 10 {
		half := strings.Index(s[len(s)/2:], " ") + len(s)/2
		s = s[:half] + "," + s[half:]
	}
	return s + "."
}

// title is n words, the first with a capital.
func (g *generator) title(n int) string {
	s := g.words(n)
	return strings.ToUpper(s[:1]) + s[1:]
}

func (g *generator) words(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = languages[0].words[g.random.IntN(len(languages[0].words))]
	}
	return strings.Join(words, " ")
}
