package load

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lectern/internal/course"
	"lectern/internal/diag"
)

var update = flag.Bool("update", false, "rewrite golden files")

// readQuizzes loads a quiz file by itself.
func readQuizzes(t *testing.T, src string) ([]course.Quiz, []diag.Diagnostic) {
	t.Helper()
	const file = "quizzes/a/1-b.yaml"
	l := &loader{fsys: fstest.MapFS{file: {Data: []byte(src)}}}
	m := course.Module{Number: 1}
	m.Path, m.File = "a/b", "modules/a/1-b/_index.md"
	quizzes, err := l.quizzes(file, m)
	if err != nil {
		t.Fatal(err)
	}
	return quizzes, l.diags
}

// unplaced sets every diag.Pos below v to nothing: what was printed stands elsewhere.
func unplaced(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			unplaced(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			unplaced(v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[diag.Pos]() {
			v.SetZero()
			return
		}
		for i := range v.NumField() {
			unplaced(v.Field(i))
		}
	}
}

// same holds what was loaded to what was printed, and gives the difference in words.
func same(t *testing.T, want, got []course.Quiz) {
	t.Helper()
	unplaced(reflect.ValueOf(&want))
	unplaced(reflect.ValueOf(&got))
	if reflect.DeepEqual(want, got) {
		return
	}
	for i := range want {
		if i < len(got) && !reflect.DeepEqual(want[i], got[i]) {
			t.Fatalf("quiz %s: loading what was printed gives\n%+v\nwant\n%+v", want[i].ID, got[i], want[i])
		}
	}
	t.Fatalf("printed %d quizzes, loaded %d", len(want), len(got))
}

func TestWriteQuizzesReference(t *testing.T) {
	files, err := filepath.Glob("../../quizzes/*/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no reference quizzes: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, _ := readQuizzes(t, string(src))
			printed := WriteQuizzes(want)
			got, diags := readQuizzes(t, string(printed))
			if len(diags) > 0 {
				t.Fatalf("what was printed does not load: %v\n%s", diags, printed)
			}
			same(t, want, got)
			if again := WriteQuizzes(got); string(again) != string(printed) {
				t.Errorf("printed again it differs:\n%s", again)
			}
		})
	}
}

func TestWriteQuizzesGolden(t *testing.T) {
	src, err := os.ReadFile("testdata/every-type.yaml")
	if err != nil {
		t.Fatal(err)
	}
	quizzes, diags := readQuizzes(t, string(src))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	printed := WriteQuizzes(quizzes)
	if *update {
		if err := os.WriteFile("testdata/every-type.yaml", printed, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if string(printed) != string(src) {
		t.Errorf("testdata/every-type.yaml is not what is printed; run with -update and look at the difference:\n%s", printed)
	}
	types := map[course.QuestionType]bool{}
	for _, q := range quizzes[0].Questions {
		types[q.Type] = true
	}
	for _, want := range course.QuestionTypes() {
		if !types[want] {
			t.Errorf("testdata/every-type.yaml has no question of type %s", want)
		}
	}
}

func TestWriteQuizzesGenerated(t *testing.T) {
	for seed := range uint64(100) {
		g := generator{rand.New(rand.NewPCG(seed, 7))}
		want := g.quizzes()
		printed := WriteQuizzes(want)
		got, diags := readQuizzes(t, string(printed))
		for _, d := range diags {
			if !slices.Contains([]string{"html", "heading-empty", "link-reference"}, d.Rule) { // a generated text may look like these
				t.Fatalf("seed %d: %v\n%s", seed, d, printed)
			}
		}
		// The links of a text come from reading it, so they are the same when the text is.
		loaded := got
		for range 2 {
			got, _ = readQuizzes(t, string(WriteQuizzes(got)))
		}
		same(t, loaded, got)
		for i := range want {
			if a, b := says(want[i]), says(loaded[i]); !reflect.DeepEqual(a, b) {
				t.Fatalf("seed %d: texts\n%q\nwant\n%q\n%s", seed, b, a, printed)
			}
		}
	}
}

func TestWriteQuizzesNone(t *testing.T) {
	got, diags := readQuizzes(t, string(WriteQuizzes(nil)))
	if len(got) != 0 || len(diags) != 0 {
		t.Errorf("got %v, %v", got, diags)
	}
}

// says lists what a quiz says, field by field, without the links and places that only loading knows.
func says(q course.Quiz) []string {
	var out []string
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch t := v.Interface().(type) {
		case course.Text:
			if t.Source != "" {
				out = append(out, path+"="+t.Source)
			}
			return
		case diag.Pos, []course.Link:
			return
		}
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(path, v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		default:
			out = append(out, fmt.Sprintf("%s=%v", path, v.Interface()))
		}
	}
	q.File, q.From, q.Domain = "", "", ""
	walk("", reflect.ValueOf(q))
	return out
}

type generator struct{ *rand.Rand }

func (g generator) quizzes() []course.Quiz {
	var out []course.Quiz
	for i := range 1 + g.IntN(3) {
		q := course.Quiz{
			ID: fmt.Sprintf("quiz-%d", i), Title: g.words(), Intro: g.maybe(), Mode: course.Graded, Pass: 1 + g.IntN(100),
			Attempts: g.IntN(3), Shuffle: g.coin(), Draw: g.IntN(3), Certainty: g.coin(), Minutes: g.IntN(3),
			Feedback: pick(g, course.FeedbackQuestion, course.FeedbackEnd, course.FeedbackLastAttempt, course.FeedbackNever),
		}
		if g.coin() {
			q.Mode, q.Pass = course.Practice, 0
		}
		for j := range 1 + g.IntN(5) {
			q.Questions = append(q.Questions, g.question(fmt.Sprintf("%d", j), pick(g, course.QuestionTypes()...)))
		}
		out = append(out, q)
	}
	return out
}

func (g generator) question(id string, kind course.QuestionType) course.Question {
	q := course.Question{ID: id, Type: kind, Prompt: g.prose(), Explanation: g.maybe(), Weight: pick(g, 1, 0, 0.5, 2, 1.0/3)}
	q.Scoring = usualScoring(kind)
	other := map[course.Scoring]course.Scoring{course.ScoreOptions: course.ScoreAll, course.ScoreParts: course.ScoreAll, course.ScoreAdjacent: course.ScoreExact}
	if s, ok := other[q.Scoring]; ok && g.coin() {
		q.Scoring = s
	}
	for range g.IntN(3) {
		q.Hints = append(q.Hints, g.prose())
	}
	q.HintCost = g.IntN(101)
	if g.coin() {
		q.Objective.ID, q.See.ID = "18", "2-means.md#consent"
	}
	switch kind {
	case course.TrueFalse:
		right := g.coin()
		q.Options = []course.Option{{ID: "true", Correct: right, Feedback: g.maybe()}, {ID: "false", Correct: !right, Feedback: g.maybe()}}
	case course.Single, course.Multiple:
		q.Options = g.options(true, true)
	case course.Order, course.Match:
		q.Options = g.options(true, false)
	case course.Likert:
		q.Options = g.options(true, false)
		for i := range q.Options {
			q.Options[i].Feedback = course.Prose{}
		}
	case course.Hotspot:
		q.Image = "images/" + id + ".png"
		q.Options = g.options(true, true)
		for i := range q.Options {
			q.Options[i].Area = []int{g.IntN(9), g.IntN(9), 1 + g.IntN(9), 1 + g.IntN(9)}
		}
	case course.MarkText:
		q.Options = g.options(false, true)
		var passage strings.Builder
		for _, o := range q.Options {
			fmt.Fprintf(&passage, "Say [[%s: so # much]] and\n\n", o.ID)
		}
		q.Passage.Text = text(strings.TrimSpace(passage.String()))
	case course.Numeric:
		n := pick(g, -1, 0, 0.1, 1e21, 12345678.9)
		q.Number = &course.NumberRange{Least: n, Most: n + pick(g, 0, 1, 0.3), Unit: course.Text{}}
		if g.coin() {
			q.Number.Unit = g.words()
		}
	case course.Essay:
		q.Model = g.prose()
	case course.Dropdowns, course.ShortText:
		for i := range 1 + g.IntN(3) {
			gap := course.Gap{ID: fmt.Sprintf("g%d", i)}
			q.Prompt.Text = text(q.Prompt.Source + " {{" + gap.ID + "}}")
			if kind == course.Dropdowns {
				gap.Choices = g.options(true, true)
			} else {
				gap.Case, gap.Accents, gap.Typos = g.coin(), g.coin(), g.IntN(4)
				gap.Answers = []course.Answer{{Text: g.words(), Fraction: 100}, {Text: g.words(), Fraction: g.IntN(101), Feedback: g.maybe()}}
			}
			q.Gaps = append(q.Gaps, gap)
		}
	}
	if kind == course.Match || kind == course.Likert {
		for i := range 1 + g.IntN(3) {
			p := course.Pair{ID: fmt.Sprintf("p%d", i), Text: g.prose(), Feedback: g.maybe()}
			if kind == course.Match {
				p.Choice = q.Options[i%len(q.Options)].ID
			}
			q.Pairs = append(q.Pairs, p)
		}
	}
	return q
}

func (g generator) options(words, scored bool) []course.Option {
	var out []course.Option
	for i := range 2 + g.IntN(3) {
		o := course.Option{ID: fmt.Sprintf("o-%d", i), Feedback: g.maybe()}
		if words {
			o.Text = g.prose()
		}
		if scored {
			o.Correct, o.Unchosen = i == 0 || g.coin(), g.maybe()
		}
		out = append(out, o)
	}
	return out
}

func (g generator) coin() bool { return g.IntN(2) == 0 }

func pick[T any](g generator, list ...T) T { return list[g.IntN(len(list))] }

func text(s string) course.Text { return course.Text{Source: s, Value: s} }

func (g generator) maybe() course.Prose {
	if g.coin() {
		return course.Prose{}
	}
	return g.prose()
}

func (g generator) prose() course.Prose { return course.Prose{Text: g.words()} }

// words strings together what YAML readers stumble on.
func (g generator) words() course.Text {
	pieces := []string{
		"word", " ", "  ", "\n", "\n\n", "\n    ", " \n", "\t", "a: b", "a:b", ":", " # ", "#", "- ", "? ", "| ", "> ", "'", "\"", "\\", "\\n", "%", "@", "&x", "*x*", "!tag", "[x]",
		"~", "yes", "No", "null", "2026-01-01", "1e3", "0x1F", ".5", "---", "...", "<<", "=", "{a}", ",", "«é»", "\u00a0", "\u3000", "\u200c", "\u200f", "العربية", "中文", "😀",
		"\u2028", "\ufeff", "a & b < c", "`code`", "**strong**", strings.Repeat("long text ", 12),
	}
	for {
		var out strings.Builder
		for range 1 + g.IntN(6) {
			out.WriteString(pieces[g.IntN(len(pieces))])
		}
		if s := strings.TrimSpace(out.String()); s != "" {
			return text(s)
		}
	}
}
