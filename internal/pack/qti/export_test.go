package qti

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lectern/internal/course"
	"lectern/internal/load"
	"lectern/internal/pack/bank"
)

var update = flag.Bool("update", false, "rewrite golden files")

// sample is a quiz with a picture in a text, a picture to point at, and an unscored question.
func sample() course.Quiz {
	return course.Quiz{
		ID: "check", Domain: "manual/means/quizzes", Title: bank.Text(course.KindTitle, "Check <yourself>", pos), Mode: course.Graded, Pass: 70,
		Feedback: course.FeedbackQuestion,
		Questions: []course.Question{
			{ID: "18", Type: course.Single, Weight: 2, Prompt: prose("See ![a room](images/room.png)"), Objective: course.Ref{ID: "consent"}, Options: []course.Option{
				{ID: "a", Text: prose("Yes"), Correct: true, Feedback: prose("Right.")}, {ID: "b", Text: prose("No")},
			}},
			{ID: "spot", Type: course.Hotspot, Weight: 1, Scoring: course.ScoreOptions, Prompt: prose("Point."), Image: "images/room.png", Options: []course.Option{
				{ID: "door", Text: prose("The door"), Correct: true, Area: []int{1, 2, 3, 4}}, {ID: "wall", Text: prose("The wall"), Area: []int{5, 6, 7, 8}},
			}},
			{ID: "think", Type: course.Essay, Weight: 1, Prompt: prose("Think."), Model: prose("I would ask.")},
		},
	}
}

func unzip(t *testing.T, contents []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(contents), int64(len(contents)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}

func TestManifest(t *testing.T) {
	for _, v := range versions {
		contents, losses, err := Export(bank.Of("en", sample()), Options{Version: v, Images: images})
		if err != nil || len(losses) > 0 {
			t.Fatal(err, losses)
		}
		validate(t, v, contents)
		files := unzip(t, contents)
		for _, name := range []string{"imsmanifest.xml", "test.manual.means.check.xml"} {
			golden := filepath.Join("testdata", "golden", string(v)+"-"+name)
			if *update {
				if err := os.WriteFile(golden, []byte(files[name]), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if files[name] != string(want) {
				t.Errorf("%s is not %s; run with -update and look at the difference", name, golden)
			}
		}
	}
}

func TestExportSameBytes(t *testing.T) {
	for _, v := range versions {
		one, _, err := Export(bank.Of("en", sample()), Options{Version: v, Images: images})
		if err != nil {
			t.Fatal(err)
		}
		two, _, err := Export(bank.Of("en", sample()), Options{Version: v, Images: images})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one, two) {
			t.Errorf("two exports as %s differ", v)
		}
	}
}

func TestExportErrors(t *testing.T) {
	_, _, err := Export(bank.Of("en", sample()), Options{Version: "2.2"})
	if err == nil || err.Error() != `export qti: no version "2.2"` {
		t.Errorf("got %v", err)
	}
	_, _, err = Export(bank.Bank{}, Options{Version: V30})
	if err == nil || err.Error() != "export qti: there are no questions" {
		t.Errorf("got %v", err)
	}
	broken := func(string) ([]byte, string, error) { return nil, "", errors.New("disk on fire") }
	_, _, err = Export(bank.Of("en", sample()), Options{Version: V30, Images: broken})
	if err == nil || err.Error() != "export qti: picture images/room.png of manual/means/check/18: disk on fire" {
		t.Errorf("got %v", err)
	}
}

// What QTI cannot say is named, and nothing else is.
func TestLosses(t *testing.T) {
	q := sample()
	q.Certainty, q.Feedback = true, course.FeedbackLastAttempt
	q.Questions = []course.Question{
		{
			ID: "write", Type: course.ShortText, Weight: 1, Scoring: course.ScoreParts, Prompt: prose("~~No~~ {{g}}[^1] ![x](images/x.png \"A caption\")\n\n[^1]: A note."),
			Gaps:  []course.Gap{{ID: "g", Typos: 1, Answers: []course.Answer{{Text: answer("yes"), Fraction: 100}}}},
			Hints: []course.Prose{prose("A hint.")}, See: course.Ref{ID: "1-a.md"}, Explanation: prose("- [ ] a task\n\n| a |\n|:-:|\n| b |"),
		},
		{
			ID: "choose", Type: course.Dropdowns, Weight: 1, Scoring: course.ScoreParts, Prompt: prose("{{g}}"),
			Gaps: []course.Gap{{ID: "g", Choices: []course.Option{{ID: "a", Text: prose("*a*"), Correct: true}, {ID: "b", Text: prose("b")}}}},
		},
		{ID: "count", Type: course.Numeric, Weight: 1, Prompt: prose("How many?"), Number: &course.NumberRange{Least: 1, Most: 2}},
		{
			ID: "pair", Type: course.Match, Weight: 1, Scoring: course.ScoreParts, Prompt: prose("Pair."),
			Options: []course.Option{{ID: "a", Text: prose("A"), Feedback: prose("So.")}, {ID: "b", Text: prose("B")}}, Pairs: []course.Pair{{ID: "p", Text: prose("P"), Choice: "a"}},
		},
		{
			ID: "mark", Type: course.MarkText, Weight: 1, Scoring: course.ScoreAll, Prompt: prose("Mark."), Passage: prose("Only [[a: this]]."),
			Options: []course.Option{{ID: "a", Correct: true}, {ID: "b"}},
		},
	}
	contents, losses, err := Export(bank.Of("en", q), Options{Version: V21})
	if err != nil {
		t.Fatal(err)
	}
	validate(t, V21, contents)
	var got []string
	for _, l := range losses {
		got = append(got, strings.TrimPrefix(l.Question, "manual/means/check")+": "+l.What)
	}
	slices.Sort(got)
	want := []string{
		"/choose: the formatting of the option a",
		"/count: numbers in other notations than 1234.5",
		"/mark: the mark b, which the passage does not have",
		"/pair: the feedback of a",
		"/write: boxes to tick",
		"/write: letters with and without accents taken for the same",
		"/write: the alignment of columns",
		"/write: the footnotes",
		"/write: the formatting <del>",
		"/write: the hints",
		"/write: the picture images/x.png",
		"/write: typing errors that are let pass",
		"/write: where to read about it",
		": feedback after the last attempt only",
		": the question how sure the learner is",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("losses\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	back := Import("check.zip", contents)
	if len(back.Quizzes) != 1 || len(back.Quizzes[0].Questions) != len(q.Questions) || len(back.Diags) > 0 {
		t.Errorf("came back as %+v", back)
	}
}

func TestRightToLeft(t *testing.T) {
	q := sample()
	q.Questions = q.Questions[2:]
	for v, want := range map[Version]string{V21: `xml:lang="ar"`, V30: `<qti-item-body dir="rtl">`} {
		contents, _, err := Export(bank.Of("ar", q), Options{Version: v})
		if err != nil {
			t.Fatal(err)
		}
		validate(t, v, contents)
		if item := unzip(t, contents)["manual.means.check.think.xml"]; !strings.Contains(item, want) || !strings.Contains(item, `xml:lang="ar"`) {
			t.Errorf("%s: no %s in\n%s", v, want, item)
		}
	}
}

// An order question's file must not show the order.
func TestOrderIsHidden(t *testing.T) {
	q := course.Question{ID: "q", Type: course.Order, Scoring: course.ScoreExact, Prompt: prose("Order."), Options: []course.Option{
		{ID: "a", Text: prose("A")}, {ID: "b", Text: prose("B")}, {ID: "c", Text: prose("C")},
	}}
	root := exported(t, V21, q)
	var got []string
	for _, c := range all(root, "simpleChoice") {
		got = append(got, c.Attr("identifier"))
	}
	if !reflect.DeepEqual(got, []string{"b", "c", "a"}) {
		t.Errorf("the options stand as %v", got)
	}
}

// printed is an import as a quiz file.
func printed(in bank.Imported) string { return string(load.WriteQuizzes(in.Quizzes)) }
