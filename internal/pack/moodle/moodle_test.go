package moodle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lectern/internal/course"
	"lectern/internal/load"
	"lectern/internal/pack/bank"
)

// picture is a PNG that differs by its name.
func picture(t testing.TB, name string) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 1+len(name), 1))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func samplePictures(t testing.TB) bank.Images {
	return func(dest string) ([]byte, string, error) {
		name, ok := strings.CutPrefix(dest, "images/")
		if !ok {
			return nil, "", errors.New("not there")
		}
		return picture(t, name), name, nil
	}
}

func option(id, text string, correct bool, feedback string) course.Option {
	return course.Option{ID: id, Text: prose(text), Correct: correct, Feedback: prose(feedback)}
}

func accept(text string, fraction int, feedback string) course.Answer {
	return course.Answer{Text: course.Text{Value: text, Source: text}, Fraction: fraction, Feedback: prose(feedback)}
}

// samples is one question of each type, with everything that it can have.
func samples() []course.Question {
	all := []course.Question{
		{ID: "tf", Type: course.TrueFalse, Prompt: prose("Six *indicators* {=~#:} show ]]> that?"), Options: []course.Option{
			{ID: "true", Feedback: prose("No: they **open** an inquiry.")}, {ID: "false", Correct: true, Feedback: prose("Right.\n\n- a\n- b")},
		}},
		{ID: "single", Type: course.Single, Prompt: prose("Which? ![The *map*](images/map.png)"), Options: []course.Option{
			option("x", "Always -> never", false, "Wrong: `a = b`."), option("y", "**Means** ![](images/b.png)", true, "Right."), option("z", "[plain] 50 %", false, ""),
		}},
		{ID: "multiple", Type: course.Multiple, Scoring: course.ScoreOptions, Prompt: prose("Which ones?"), Options: []course.Option{
			option("p", "One", true, "Yes."), option("q", "Two", false, "No."), option("r", "Three", true, ""), option("s", "Four", true, ""),
		}},
		{ID: "order", Type: course.Order, Scoring: course.ScoreAdjacent, Prompt: prose("Order."), Options: []course.Option{
			option("i", "*First*", false, ""), option("j", "Second", false, ""), option("k", "Third", false, ""),
		}},
		{ID: "exact", Type: course.Order, Scoring: course.ScoreExact, Prompt: prose("Order."), Options: []course.Option{
			option("i", "First", false, ""), option("j", "Second", false, ""),
		}},
		{ID: "match", Type: course.Match, Scoring: course.ScoreParts, Prompt: prose("Match."), Pairs: []course.Pair{
			{ID: "l1", Text: prose("*Recruitment* -> x"), Choice: "act"}, {ID: "l2", Text: prose("Threat"), Choice: "means"}, {ID: "l3", Text: prose("Receipt"), Choice: "act"},
		}, Options: []course.Option{option("purpose", "Purpose -> end", false, ""), option("act", "Act & <deed>", false, ""), option("means", "Means = {x}", false, "")}},
		{ID: "dropdowns", Type: course.Dropdowns, Scoring: course.ScoreParts, Prompt: prose("A {{g2}} and a {{g1}}, [[1]] {{a}}."), Gaps: []course.Gap{
			{ID: "g1", Choices: []course.Option{option("a", "act", false, ""), option("b", "means", true, "")}},
			{ID: "g2", Choices: []course.Option{option("a", "child", true, ""), option("b", "adult", false, ""), option("c", "a < b & c", false, "")}},
		}},
		{ID: "text", Type: course.ShortText, Scoring: course.ScoreParts, Prompt: prose("It is \\_\\_\\_\\_\\_\\_ called {{t}} here."), Gaps: []course.Gap{
			{ID: "t", Case: true, Accents: true, Answers: []course.Answer{accept("debt bondage|bonded labour", 100, "Right: *yes*."), accept("a*b", 100, "Right: *yes*."), accept("50 % {~} # = \\ :", 50, "Half."), accept("[html]", 33, "")}},
		}},
		{ID: "unplaced", Type: course.ShortText, Scoring: course.ScoreParts, Prompt: prose("What is it called?"), Gaps: []course.Gap{
			{ID: "t", Accents: true, Answers: []course.Answer{accept("a -> b", 100, ""), accept("الاسترقاق", 100, "")}},
		}},
		{ID: "gaps", Type: course.ShortText, Scoring: course.ScoreParts, Weight: 4, Prompt: prose("One {{b}} {1:SHORTANSWER:=x}, {#1} two {{a}} {{c}}."), Gaps: []course.Gap{
			{ID: "a", Accents: true, Answers: []course.Answer{accept("x#y~z}|\"q\" & 'r'", 100, "A \"#~}\" `<b>`"), accept("%50%", 45, "")}},
			{ID: "b", Case: true, Accents: true, Answers: []course.Answer{accept("no", 0, "No."), accept("Yes=&", 100, "")}},
		}},
		{ID: "number", Type: course.Numeric, Prompt: prose("How many?"), Number: &course.NumberRange{Least: 0.1, Most: 0.7, Unit: course.Text{Value: "km", Source: "km"}}},
		{ID: "exactly", Type: course.Numeric, Prompt: prose("How many?"), Number: &course.NumberRange{Least: -18, Most: -18}},
		{ID: "essay", Type: course.Essay, Prompt: prose("Reflect."), Model: prose("One *could* say ..."), Explanation: prose("")},
		{ID: "marks", Type: course.MarkText, Scoring: course.ScoreOptions, Prompt: prose("Mark."), Passage: prose("He [[a: kept *the* keys]] and [[b: “smiled”]]字.\n\nThen."), Options: []course.Option{
			{ID: "a", Correct: true, Feedback: prose("Yes.")}, {ID: "b"},
		}},
		{ID: "hotspot", Type: course.Hotspot, Scoring: course.ScoreOptions, Prompt: prose("Where?"), Image: "images/door.png", Options: []course.Option{
			{ID: "bolt", Text: prose("The bolt"), Correct: true, Area: []int{1, 2, 3, 4}}, {ID: "bell", Text: prose("The bell"), Area: []int{5, 6, 7, 8}},
		}},
	}
	for i := range all {
		if all[i].Weight == 0 {
			all[i].Weight = 1.5
		}
		if all[i].Type != course.Essay {
			all[i].Explanation = prose("Because: {a = b}.\n\nSee \"both\" # one.")
		}
		all[i].Hints = []course.Prose{prose("A *first* hint."), prose("Second.")}
		all[i].HintCost = 33
		all[i].Objective = course.Ref{ID: "weigh"}
	}
	return all
}

func sampleBank() bank.Bank {
	q := course.Quiz{ID: "assessment", Domain: "manual/indicators/quizzes", Title: course.Text{Value: "Check / test: what {you} know"}, Shuffle: true,
		Mode: course.Practice, Feedback: course.FeedbackQuestion, Intro: prose("An *introduction*."), Questions: samples()}
	return bank.Of("en", q)
}

// expected is what a bank's questions must be when they were written and read.
func expected(t testing.TB, b bank.Bank, f format) (want []course.Question) {
	t.Helper()
	for _, item := range b.Questions {
		h := &holder{format: f}
		q, ok := h.hold(item.Question)
		if !ok {
			continue
		}
		for _, p := range texts(&q) {
			*p = prose(canonical(p.Value))
		}
		for i := range q.Pairs {
			q.Pairs[i].Text = prose(canonical(q.Pairs[i].Text.Value))
		}
		want = append(want, q)
	}
	return want
}

func imported(result bank.Imported) (got []course.Question) {
	for _, quiz := range result.Quizzes {
		for _, q := range quiz.Questions {
			got = append(got, bank.Bare(q))
		}
	}
	return got
}

func compare(t testing.TB, got, want []course.Question) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d questions, want %d", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("question %d:\n got %s\nwant %s", i, dump(got[i]), dump(want[i]))
		}
	}
}

// dump leaves out what is empty.
func dump(q course.Question) string {
	raw, _ := json.Marshal(q)
	var v any
	_ = json.Unmarshal(raw, &v)
	var prune func(v any) any
	prune = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			if value, ok := v["Value"]; ok {
				return value
			}
			for k, c := range v {
				if c = prune(c); c == nil || c == "" || c == false || c == 0.0 || k == "Pos" {
					delete(v, k)
				} else {
					v[k] = c
				}
			}
			if len(v) == 0 {
				return nil
			}
		case []any:
			for i := range v {
				v[i] = prune(v[i])
			}
		}
		return v
	}
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(prune(v))
	return strings.TrimSpace(out.String())
}

func roundTripXML(t testing.TB, b bank.Bank) (bank.File, bank.Imported) {
	t.Helper()
	file, _, err := ExportXML(b, samplePictures(t))
	if err != nil {
		if !errors.Is(err, errNothing) {
			t.Fatal(err)
		}
		return file, bank.Imported{}
	}
	result := ImportXML(file.Name, file.Contents)
	if len(result.Diags) > 0 || len(result.Losses) > 0 {
		t.Errorf("%v %v", result.Diags, result.Losses)
	}
	compare(t, imported(result), expected(t, b, formatXML))
	return file, result
}

func roundTripGIFT(t testing.TB, b bank.Bank) (bank.File, bank.Imported) {
	t.Helper()
	file, _, err := ExportGIFT(b)
	if err != nil {
		if !errors.Is(err, errNothing) {
			t.Fatal(err)
		}
		return file, bank.Imported{}
	}
	result := ImportGIFT(file.Name, file.Contents)
	if len(result.Diags) > 0 || len(result.Losses) > 0 {
		t.Errorf("%v %v", result.Diags, result.Losses)
	}
	compare(t, imported(result), expected(t, b, formatGIFT))
	return file, result
}

func TestRoundTrip(t *testing.T) {
	b := sampleBank()
	for i, item := range b.Questions {
		t.Run("xml "+item.Question.ID, func(t *testing.T) {
			one := b
			one.Questions = b.Questions[i : i+1]
			file, result := roundTripXML(t, one)
			if t.Failed() {
				t.Log(string(file.Contents), result.Diags)
			}
		})
		t.Run("gift "+item.Question.ID, func(t *testing.T) {
			one := b
			one.Questions = b.Questions[i : i+1]
			file, result := roundTripGIFT(t, one)
			if t.Failed() {
				t.Log(string(file.Contents), result.Diags)
			}
		})
	}
	file, result := roundTripXML(t, b)
	if len(result.Quizzes) != 1 {
		t.Fatal(result.Quizzes)
	}
	q := result.Quizzes[0]
	if q.ID != "assessment" || q.Title.Value != "Check / test: what {you} know" || !q.Shuffle || q.Intro.Value != "An *introduction*." {
		t.Errorf("%+v", q)
	}
	var names []string
	for _, f := range result.Images {
		names = append(names, f.Name)
		if !bytes.Equal(f.Contents, picture(t, strings.TrimPrefix(f.Name, "images/"))) {
			t.Errorf("%s differs", f.Name)
		}
	}
	if slices.Sort(names); !slices.Equal(names, []string{"images/b.png", "images/door.png", "images/map.png"}) {
		t.Error(names)
	}
	again, _, _ := ExportXML(b, samplePictures(t))
	if !bytes.Equal(again.Contents, file.Contents) {
		t.Error("two exports differ")
	}
	_, result = roundTripGIFT(t, b)
	if q := result.Quizzes[0]; q.ID != "assessment" || q.Title.Value != "Check / test: what {you} know" {
		t.Errorf("%+v", q)
	}
}

// The quizzes of the reference work, in both formats.
func TestReferenceQuizzes(t *testing.T) {
	library, _, err := load.Load(os.DirFS("../../.."), "en")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range library.Collections {
		for _, m := range c.Modules {
			for _, q := range m.Quizzes {
				n += len(q.Questions)
				b := bank.Of("en", q)
				roundTripXML(t, b)
				roundTripGIFT(t, b)
				for i, item := range b.Questions {
					held, _ := (&holder{}).hold(item.Question)
					for _, p := range texts(&held) {
						if got := canonical(p.Value); got != p.Value {
							t.Errorf("question %d: got %q, want %q", i, got, p.Value)
						}
					}
				}
			}
		}
	}
	if n == 0 {
		t.Error("no questions")
	}
}

func TestGenerated(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		quiz := course.Quiz{ID: "q", Domain: "c/m/quizzes", Title: course.Text{Value: phrase(r)}}
		for n := range 5 {
			quiz.Questions = append(quiz.Questions, random(r, fmt.Sprintf("q%d", n)))
		}
		b := bank.Of("en", quiz)
		roundTripXML(t, b)
		roundTripGIFT(t, b)
		if t.Failed() {
			return
		}
	}
}

func random(r *rand.Rand, id string) course.Question {
	all := samples()
	q := all[r.IntN(len(all))]
	q.ID = id
	text := func() course.Prose { return prose(phrase(r)) }
	if len(q.Gaps) == 0 {
		q.Prompt = text()
	}
	q.Explanation, q.Model = text(), text()
	if q.Type != course.Essay {
		q.Model = course.Prose{}
	}
	for i := range q.Options {
		if q.Type != course.TrueFalse && q.Type != course.MarkText {
			q.Options[i].Text = text()
		}
		if q.Type != course.Order && q.Type != course.Match && r.IntN(2) == 0 {
			q.Options[i].Feedback = text()
		}
	}
	for i := range q.Pairs {
		q.Pairs[i].Text = text()
	}
	for i := range q.Gaps {
		for j := range q.Gaps[i].Choices {
			q.Gaps[i].Choices[j].Text = text()
		}
		for j := range q.Gaps[i].Answers {
			a := &q.Gaps[i].Answers[j]
			a.Text.Value = strings.NewReplacer("\n", " ", "|", "/").Replace(phrase(r))
			a.Feedback = text()
		}
	}
	if q.Number != nil {
		q.Number = &course.NumberRange{Least: float64(r.IntN(1000)) / 100, Most: 10 + float64(r.IntN(100000))/1000}
	}
	q.Weight = float64(r.IntN(5))
	return q
}

// phrase is Markdown with what the formats could take for their own.
func phrase(r *rand.Rand) string {
	words := []string{
		"word", "*em*", "**bold**", "`a = {b}`", "{=x}", "~", "#", ":", "\\\\", "%50%", "[html]", "->", "&", "<", "{{x}}", "[[1]]", "]]&gt;", "{1:SA:=x}", "//", "::",
		"$CATEGORY:", "####", "الموافقة", "同意", "\"q\"", "it's", "\\*", "@@PLUGINFILE@@", "\\_\\_\\_\\_\\_\\_", "50 %", "&amp;lt;", "TRUE", "one\\\ntwo", "x\n\ny", "- item", "a\n\n- b\n- c", "|",
	}
	var out []string
	for range 1 + r.IntN(5) {
		out = append(out, words[r.IntN(len(words))])
	}
	return canonical("w " + strings.Join(out, " "))
}

// What each type loses, by name.
func TestLosses(t *testing.T) {
	b := sampleBank()
	quiz := course.Quiz{ID: "exam", Domain: "m/quizzes", Mode: course.Graded, Pass: 70, Attempts: 2, Draw: 1, Feedback: course.FeedbackEnd, Certainty: true, Minutes: 5, Questions: []course.Question{
		{ID: "linked", Type: course.Multiple, Scoring: course.ScoreAll, Weight: 2, Prompt: course.Prose{Text: course.Text{Value: "A [term](term:x)?"}, Links: []course.Link{{Dest: "term:x"}}},
			See: course.Ref{ID: "2.md"}, Hints: []course.Prose{prose("h")}, HintCost: 10, Options: []course.Option{
				{ID: "a", Text: prose("a ![Alt](images/a.png)"), Correct: true, Unchosen: prose("Should be.")}, {ID: "b", Text: prose("b")}}},
		{ID: "folded", Type: course.ShortText, Scoring: course.ScoreAll, Weight: 1, Prompt: prose("?"), Gaps: []course.Gap{{ID: "g", Typos: 1, Case: true, Answers: []course.Answer{accept("x", 100, ""), accept("y", 55, "")}}}},
		{ID: "dropped", Type: course.Dropdowns, Weight: 1, Prompt: prose("{{g}}"), Gaps: []course.Gap{{ID: "g", Choices: []course.Option{option("a", "*a*", true, "F"), option("b", "b", true, ""), option("c", "c", false, "")}}}},
		{ID: "matched", Type: course.Match, Weight: 1, Prompt: prose("?"), Pairs: []course.Pair{{ID: "p", Text: prose("x"), Choice: "a", Feedback: prose("f")}}, Options: []course.Option{option("a", "**a**", false, ""), option("b", "b", false, "")}},
		{ID: "ordered", Type: course.Order, Weight: 1, Prompt: prose("?"), Options: []course.Option{option("a", "a", false, "f"), option("b", "b", false, "")}},
		{ID: "uneven", Type: course.ShortText, Weight: 1, Prompt: prose("{{g}} {{h}}"), Gaps: []course.Gap{{ID: "g", Accents: true, Answers: []course.Answer{accept("x", 100, "![Alt](images/a.png)")}}, {ID: "h", Accents: true, Answers: []course.Answer{accept("x", 100, "")}}}},
		{ID: "scale", Type: course.Likert, Prompt: prose("?"), Options: []course.Option{option("a", "a", false, ""), option("b", "b", false, "")}, Pairs: []course.Pair{{ID: "p", Text: prose("s")}}},
		{ID: "arrow", Type: course.ShortText, Weight: 1, Prompt: prose("?"), Gaps: []course.Gap{{ID: "g", Accents: true, Answers: []course.Answer{accept("a->b|c", 100, "")}}}},
		{ID: "model", Type: course.Essay, Weight: 1, Prompt: prose("?"), Model: prose("m"), Explanation: prose("e")},
	}}
	for i := range 12 {
		quiz.Questions[0].Options = append(quiz.Questions[0].Options, option(fmt.Sprint("x", i), fmt.Sprint("x", i), i < 10, ""))
	}
	b.Questions = append(bank.Of("en", quiz).Questions, b.Questions...)
	_, xml, err := ExportXML(b, samplePictures(t))
	if err != nil {
		t.Fatal(err)
	}
	_, gift, err := ExportGIFT(b)
	if err != nil {
		t.Fatal(err)
	}
	check := func(name string, got []bank.Loss, want string) {
		var lines []string
		for _, l := range got {
			lines = append(lines, l.Question+": "+l.What)
		}
		if got := strings.Join(lines, "\n"); got != strings.TrimSpace(want) {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
	check("xml", xml, wantXML)
	check("gift", gift, wantGIFT)
}

const wantXML = `
: the ids of options, gaps and pairs: they come back as letters
m/exam: asking how sure one is
m/exam: drawing some of the questions
m/exam: the number of attempts
m/exam: the pass mark
m/exam: the time limit
m/exam: when feedback is shown
m/exam/linked: links in texts: their words stay
m/exam/linked: the link to the lesson
m/exam/linked: feedback for not having chosen an option
m/exam/linked: all or nothing: right parts earn points
m/exam/linked: equal points for the right options: Moodle has no such fraction
m/exam/folded: all or nothing: right parts earn points
m/exam/folded: accents and Arabic letters: they must be typed as in the answer
m/exam/folded: tolerance for typing errors
m/exam/folded: points of a partly right answer: Moodle has a fixed list of them
m/exam/dropped: feedback for single choices, pairs and items
m/exam/dropped: formatting and pictures in choices
m/exam/dropped: further right choices of a gap
m/exam/matched: formatting and pictures in choices
m/exam/matched: feedback for single choices, pairs and items
m/exam/ordered: feedback for single choices, pairs and items
m/exam/uneven: pictures: their alternative texts stay
m/exam/uneven: the weight
m/exam/scale: the question: the format has nothing like its type, likert
manual/indicators/assessment/marks: marking words in the passage: they are a list of options
manual/indicators/assessment/hotspot: the areas of the picture: they are a list of options
`

const wantGIFT = `
: the ids of options, gaps and pairs: they come back as letters
m/exam: asking how sure one is
m/exam: drawing some of the questions
m/exam: the number of attempts
m/exam: the pass mark
m/exam: the time limit
m/exam: when feedback is shown
m/exam/linked: links in texts: their words stay
m/exam/linked: the link to the lesson
m/exam/linked: feedback for not having chosen an option
m/exam/linked: the hints
m/exam/linked: the weight
m/exam/linked: pictures: their alternative texts stay
m/exam/linked: all or nothing: right parts earn points
m/exam/linked: equal points for the right options: Moodle has no such fraction
m/exam/folded: all or nothing: right parts earn points
m/exam/folded: accents and Arabic letters: they must be typed as in the answer
m/exam/folded: tolerance for typing errors
m/exam/folded: capitals: they do not matter
m/exam/folded: points of a partly right answer: Moodle has a fixed list of them
m/exam/dropped: the question: the format has nothing like its type, dropdowns
m/exam/matched: formatting and pictures in choices
m/exam/matched: feedback for single choices, pairs and items
m/exam/ordered: the question: the format has nothing like its type, order
m/exam/uneven: the question: the format has nothing like its type, text
m/exam/scale: the question: the format has nothing like its type, likert
m/exam/arrow: an accepted answer with -> in it
m/exam/model: the explanation: an essay has only its model answer
manual/indicators/assessment/tf: the hints
manual/indicators/assessment/tf: the weight
manual/indicators/assessment/single: the hints
manual/indicators/assessment/single: the weight
manual/indicators/assessment/single: pictures: their alternative texts stay
manual/indicators/assessment/multiple: the hints
manual/indicators/assessment/multiple: the weight
manual/indicators/assessment/order: the question: the format has nothing like its type, order
manual/indicators/assessment/exact: the question: the format has nothing like its type, order
manual/indicators/assessment/match: the hints
manual/indicators/assessment/match: the weight
manual/indicators/assessment/dropdowns: the question: the format has nothing like its type, dropdowns
manual/indicators/assessment/text: the hints
manual/indicators/assessment/text: the weight
manual/indicators/assessment/text: capitals: they do not matter
manual/indicators/assessment/unplaced: the hints
manual/indicators/assessment/unplaced: the weight
manual/indicators/assessment/unplaced: an accepted answer with -> in it
manual/indicators/assessment/gaps: the question: the format has nothing like its type, text
manual/indicators/assessment/number: the hints
manual/indicators/assessment/number: the weight
manual/indicators/assessment/number: the unit
manual/indicators/assessment/exactly: the hints
manual/indicators/assessment/exactly: the weight
manual/indicators/assessment/essay: the hints
manual/indicators/assessment/essay: the weight
manual/indicators/assessment/marks: the hints
manual/indicators/assessment/marks: the weight
manual/indicators/assessment/marks: marking words in the passage: they are a list of options
manual/indicators/assessment/hotspot: the question: the format has nothing like its type, hotspot
`
