package qti

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lectern/internal/course"
	"lectern/internal/load"
	"lectern/internal/markdown"
	"lectern/internal/pack/bank"
)

var versions = []Version{V21, V30}

// reference is every quiz of the reference work.
func reference(t testing.TB) []course.Quiz {
	t.Helper()
	lib, _, err := load.Load(os.DirFS("../../.."), "en")
	if err != nil {
		t.Fatal(err)
	}
	var out []course.Quiz
	for _, c := range lib.Collections {
		for _, m := range c.Modules {
			out = append(out, m.Quizzes...)
		}
	}
	if len(out) == 0 {
		t.Fatal("the reference work has no quizzes")
	}
	return out
}

func images(dest string) ([]byte, string, error) {
	return onePixel, strings.TrimPrefix(dest, "images/"), nil
}

// onePixel is a PNG picture.
var onePixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82")

// hold is what QTI can hold of a question.
func hold(q course.Question) course.Question {
	q = bank.Bare(q)
	q.Hints, q.HintCost, q.See = nil, 0, course.Ref{}
	for _, p := range []*course.Prose{&q.Prompt, &q.Model, &q.Explanation} {
		p.Text = rendered(p.Text)
	}
	q.Options = holdOptions(q.Options)
	for i := range q.Options {
		if q.Type == course.Match {
			q.Options[i].Feedback = course.Prose{}
		}
	}
	for i, g := range q.Gaps {
		g.Accents, g.Typos = false, 0
		g.Choices = holdOptions(g.Choices)
		var answers []course.Answer
		for _, a := range g.Answers {
			a.Feedback.Text = rendered(a.Feedback.Text)
			texts := []string{a.Text.Value}
			if a.Feedback.Value == "" {
				texts = strings.Split(a.Text.Value, "|")
			}
			for _, s := range texts {
				a.Text.Value, a.Text.Source = s, s
				answers = append(answers, a)
			}
		}
		g.Answers = answers
		q.Gaps[i] = g
	}
	slices.SortStableFunc(q.Gaps, func(a, b course.Gap) int { // in the order of the prompt
		return strings.Index(q.Prompt.Value, "{{"+a.ID+"}}") - strings.Index(q.Prompt.Value, "{{"+b.ID+"}}")
	})
	for i := range q.Pairs {
		q.Pairs[i].Text.Text, q.Pairs[i].Feedback.Text = rendered(q.Pairs[i].Text.Text), rendered(q.Pairs[i].Feedback.Text)
	}
	if q.Type == course.MarkText { // the marks are in the order of the passage
		slices.SortStableFunc(q.Options, func(a, b course.Option) int {
			return strings.Index(q.Passage.Value, "[["+a.ID+":") - strings.Index(q.Passage.Value, "[["+b.ID+":")
		})
	}
	return q
}

func holdOptions(options []course.Option) []course.Option {
	for i := range options {
		o := &options[i]
		o.Text.Text, o.Feedback.Text, o.Unchosen.Text = rendered(o.Text.Text), rendered(o.Feedback.Text), rendered(o.Unchosen.Text)
	}
	return options
}

// rendered is a text as it comes back from XHTML.
func rendered(t course.Text) course.Text {
	src, err := markdown.XHTML(t.Value, func(dest string) string { return dest })
	if err != nil {
		panic(err)
	}
	back, _, err := markdown.FromXHTML(src)
	if err != nil {
		panic(err)
	}
	t.Value, t.Source = back, back
	return t
}

// holdQuiz is what QTI can hold of a quiz.
func holdQuiz(q course.Quiz) course.Quiz {
	shuffles := false
	for _, question := range q.Questions {
		shuffles = shuffles || slices.Contains([]course.QuestionType{course.Single, course.Multiple, course.Dropdowns, course.Match}, question.Type)
	}
	out := course.Quiz{
		ID: q.ID, Title: course.Text{Value: q.Title.Value}, Intro: course.Prose{Text: course.Text{Value: rendered(q.Intro.Text).Value}},
		Mode: q.Mode, Pass: q.Pass, Attempts: q.Attempts, Shuffle: q.Shuffle && shuffles, Draw: q.Draw, Feedback: q.Feedback, Minutes: q.Minutes,
	}
	if q.Feedback == course.FeedbackLastAttempt {
		out.Feedback = course.FeedbackQuestion
	}
	if q.Draw >= len(q.Questions) {
		out.Draw = 0
	}
	for _, question := range q.Questions {
		out.Questions = append(out.Questions, hold(question))
	}
	return out
}

// came is an imported quiz in the form of holdQuiz.
func came(q course.Quiz) course.Quiz {
	for i := range q.Questions {
		q.Questions[i] = bank.Bare(q.Questions[i])
	}
	return course.Quiz{
		ID: q.ID, Title: course.Text{Value: q.Title.Value}, Intro: course.Prose{Text: course.Text{Value: q.Intro.Value}},
		Mode: q.Mode, Pass: q.Pass, Attempts: q.Attempts, Shuffle: q.Shuffle, Draw: q.Draw, Feedback: q.Feedback, Minutes: q.Minutes, Questions: q.Questions,
	}
}

// roundTrip exports and imports a quiz.
func roundTrip(t *testing.T, v Version, q course.Quiz) {
	t.Helper()
	contents, _, err := Export(bank.Of("en", q), Options{Version: v, Images: images})
	if err != nil {
		t.Fatal(err)
	}
	validate(t, v, contents)
	back := Import("bank.zip", contents)
	if len(back.Diags) > 0 || len(back.Losses) > 0 {
		t.Errorf("importing what was exported: %v %v", back.Diags, back.Losses)
	}
	if len(back.Quizzes) != 1 {
		t.Fatalf("got %d quizzes, want 1", len(back.Quizzes))
	}
	want, got := holdQuiz(q), came(back.Quizzes[0])
	for i := range want.Questions {
		if i < len(got.Questions) && !reflect.DeepEqual(want.Questions[i], got.Questions[i]) {
			t.Fatalf("%s question %s came back as\n%+v\nwant\n%+v", v, want.Questions[i].ID, got.Questions[i], want.Questions[i])
		}
	}
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("quiz came back as\n%+v\nwant\n%+v", got, want)
	}
}

func TestRoundTripReference(t *testing.T) {
	for _, v := range versions {
		for _, q := range reference(t) {
			t.Run(fmt.Sprintf("%s/%s/%s", v, q.Domain, q.ID), func(t *testing.T) { roundTrip(t, v, q) })
		}
	}
}

func TestRoundTripGenerated(t *testing.T) {
	for seed := range uint64(60) {
		g := generator{rand.New(rand.NewPCG(seed, 3))}
		q := g.quiz()
		for _, v := range versions {
			t.Run(fmt.Sprintf("%s/%d", v, seed), func(t *testing.T) { roundTrip(t, v, q) })
		}
	}
}

type generator struct{ *rand.Rand }

func pick[T any](g generator, list ...T) T { return list[g.IntN(len(list))] }

func (g generator) coin() bool { return g.IntN(2) == 0 }

func (g generator) quiz() course.Quiz {
	q := course.Quiz{
		ID: "quiz-1", Domain: "a/b/quizzes", Title: course.NewText("", course.KindTitle, "A quiz & more", pos), Mode: course.Practice, Attempts: g.IntN(4),
		Shuffle: g.coin(), Draw: g.IntN(3), Minutes: g.IntN(90), Intro: g.maybe(), Certainty: g.coin(),
		Feedback: pick(g, course.FeedbackQuestion, course.FeedbackEnd, course.FeedbackLastAttempt, course.FeedbackNever),
	}
	if g.coin() {
		q.Mode, q.Pass = course.Graded, 1+g.IntN(100)
	}
	for i := range 1 + g.IntN(4) {
		q.Questions = append(q.Questions, g.question(pick(g, "q", "duration-", "2-", "a-b-")+fmt.Sprint(i), pick(g, course.QuestionTypes()...)))
	}
	return q
}

func (g generator) question(id string, kind course.QuestionType) course.Question {
	q := course.Question{ID: id, Type: kind, Prompt: g.prose(), Explanation: g.maybe(), Weight: pick(g, 1, 0, 0.5, 2)}
	q.Scoring = pick(g, scorings[kind]...)
	if g.coin() {
		q.Hints, q.HintCost, q.See.ID = []course.Prose{g.prose()}, 10, "1-a.md"
		q.Objective.ID = "consent"
	}
	switch kind {
	case course.TrueFalse:
		right := g.coin()
		q.Options = []course.Option{{ID: "true", Correct: right, Feedback: g.maybe()}, {ID: "false", Correct: !right, Feedback: g.maybe()}}
	case course.Single:
		q.Options = g.options(true, false)
		q.Options[g.IntN(len(q.Options))].Correct = true
	case course.Multiple:
		q.Options = g.options(true, true)
	case course.Order, course.Match, course.Likert:
		q.Options = g.options(true, false)
		for i := range q.Options {
			q.Options[i].Unchosen = course.Prose{}
			if kind == course.Likert {
				q.Options[i].Feedback = course.Prose{}
			}
		}
	case course.Hotspot:
		q.Image = "images/" + id + ".png"
		q.Options = g.options(true, true)
		for i := range q.Options {
			q.Options[i].Area = []int{g.IntN(9), g.IntN(9), 1 + g.IntN(9), 1 + g.IntN(9)}
			q.Options[i].Text = prose(pick(g, "A door", "العربية", "a < b & \"c\"") + fmt.Sprint(i))
		}
	case course.MarkText:
		q.Options = g.options(false, true)
		var passage strings.Builder
		for i, o := range q.Options {
			fmt.Fprintf(&passage, "Say [[%s: so much]]%s", o.ID, pick(g, ", and ", ".\n\n", " *then* "))
			if i == len(q.Options)-1 {
				passage.WriteString("the end.")
			}
		}
		q.Passage.Text = course.NewText("", course.KindPrompt, passage.String(), pos)
	case course.Numeric:
		n := pick(g, -1, 0, 0.1, 1e21, 12345678.9)
		q.Number = &course.NumberRange{Least: n, Most: n + pick(g, 0, 1, 0.25)}
		q.Number.Unit = course.NewText("", course.KindLabel, pick(g, "", "kg", "m & cm"), pos)
	case course.Essay:
		q.Model = g.prose()
	case course.Dropdowns, course.ShortText:
		g.gaps(&q)
	}
	if kind == course.Match || kind == course.Likert {
		for i := range 1 + g.IntN(3) {
			p := course.Pair{ID: pick(g, "p", "3", "o-") + fmt.Sprint(i), Text: g.prose(), Feedback: g.maybe()}
			if kind == course.Match {
				p.Choice = q.Options[i%len(q.Options)].ID
			}
			q.Pairs = append(q.Pairs, p)
		}
	}
	return q
}

var scorings = map[course.QuestionType][]course.Scoring{
	course.TrueFalse: {""}, course.Single: {""}, course.Numeric: {""}, course.Essay: {""}, course.Likert: {""},
	course.Multiple: {course.ScoreOptions, course.ScoreAll}, course.MarkText: {course.ScoreOptions, course.ScoreAll}, course.Hotspot: {course.ScoreOptions, course.ScoreAll},
	course.Order:     {course.ScoreAdjacent, course.ScoreExact},
	course.Dropdowns: {course.ScoreParts, course.ScoreAll}, course.ShortText: {course.ScoreParts, course.ScoreAll}, course.Match: {course.ScoreParts, course.ScoreAll},
}

func (g generator) gaps(q *course.Question) {
	q.Prompt = prose(pick(g, "Plain words.", "*Emphasis* first.", "One.\n\nTwo, 100 % #1 {y}."))
	text := q.Prompt.Value
	for i := range 1 + g.IntN(3) {
		gap := course.Gap{ID: pick(g, "g", "5", "duration") + fmt.Sprint(i)}
		text += pick(g, " Then ", "\n\nThen ", " **then** ") + "{{" + gap.ID + "}} it goes."
		if q.Type == course.Dropdowns {
			gap.Choices = g.options(true, true)
			for i := range gap.Choices {
				gap.Choices[i].Text = prose(pick(g, "red & green", "15", "العربية", "*") + fmt.Sprint(i))
			}
		} else {
			gap.Case, gap.Accents, gap.Typos = g.coin(), g.coin(), g.IntN(3)
			gap.Answers = []course.Answer{
				{Text: answer("Palermo|Palerme"), Fraction: 100, Feedback: g.maybe()}, {Text: answer("a \"b\" & <c>"), Fraction: g.IntN(101), Feedback: g.maybe()},
				{Text: answer("x"), Fraction: 0, Feedback: g.prose()},
			}
		}
		q.Gaps = append(q.Gaps, gap)
	}
	if len(q.Gaps) == 1 && q.Type == course.ShortText && g.coin() {
		text = q.Prompt.Value // the gap stands after the prompt
	}
	q.Prompt = prose(text)
}

func (g generator) options(words, several bool) []course.Option {
	var out []course.Option
	for i := range 2 + g.IntN(4) {
		o := course.Option{ID: pick(g, "o-", "1", "duration") + fmt.Sprint(i), Feedback: g.maybe(), Unchosen: g.maybe()}
		if words {
			o.Text = g.prose()
		}
		o.Correct = several && (i == 0 || g.coin())
		out = append(out, o)
	}
	return out
}

func prose(s string) course.Prose { return bank.Prose(course.KindPrompt, s, pos) }

func answer(s string) course.Text { return bank.Text(course.KindAnswer, s, pos) }

func (g generator) maybe() course.Prose {
	if g.coin() {
		return course.Prose{}
	}
	return g.prose()
}

func (g generator) prose() course.Prose {
	return prose(pick(g, "Plain words", "*Emphasis* and **more**, `code`", "One.\n\nTwo.", "- a\n- b", "1. a\n2. b\n\nAfter.", "a < b & c > d \"q\" 'r'", "ما هو *الاتجار*؟",
		"什么是贩运", "[a link](1-a.md#x) and a term", "> A quote", "| a | b |\n|---|---|\n| c | d |", "![A picture](images/a.png)", "## Heading\n\nText", "```\ncode {x}\n```", "100 % #1 [x] {y} ~ \\*"))
}
