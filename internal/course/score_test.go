package course

import (
	"maps"
	"math"
	"testing"
)

// scoring is testdata/scoring.json.
type scoring struct {
	Tolerance float64
	Questions map[string]struct {
		Type     QuestionType
		Scoring  Scoring
		HintCost int
		Options  []scoredOption
		Gaps     []struct {
			ID            string
			Choices       []scoredOption
			Answers       []scoredAnswer
			Case, Accents bool
			Typos         int
		}
		Pairs  []struct{ ID, Choice string }
		Number *struct {
			Least, Most float64
			Unit        string
		}
	}
	Cases []struct {
		Name, Question string
		Response       Response
		Fraction       float64
		Hints          int
		Parts          map[string]bool
		Scored         *bool
	}
	Certainties []struct {
		Name      string
		Fraction  float64
		Certainty int
		Mark      float64
	}
	Totals []struct {
		Name       string
		Parts      []Part
		Points, Of float64
		Percent    int
	}
}

type scoredOption struct {
	ID      string
	Correct bool
}

type scoredAnswer struct {
	Text     string
	Fraction int
}

func options(in []scoredOption) []Option {
	var out []Option
	for _, o := range in {
		out = append(out, Option{ID: o.ID, Correct: o.Correct})
	}
	return out
}

// questions are those of the file as the model has them.
func (v scoring) questions() map[string]Question {
	out := map[string]Question{}
	for name, q := range v.Questions {
		question := Question{Type: q.Type, Scoring: q.Scoring, HintCost: q.HintCost, Options: options(q.Options)}
		for _, g := range q.Gaps {
			gap := Gap{ID: g.ID, Choices: options(g.Choices), Case: g.Case, Accents: g.Accents, Typos: g.Typos}
			for _, a := range g.Answers {
				gap.Answers = append(gap.Answers, Answer{Text: Text{Value: a.Text}, Fraction: a.Fraction})
			}
			question.Gaps = append(question.Gaps, gap)
		}
		for _, p := range q.Pairs {
			question.Pairs = append(question.Pairs, Pair{ID: p.ID, Choice: p.Choice})
		}
		if n := q.Number; n != nil {
			question.Number = &NumberRange{Least: n.Least, Most: n.Most, Unit: Text{Value: n.Unit}}
		}
		out[name] = question
	}
	return out
}

func TestScore(t *testing.T) {
	var v scoring
	vectors(t, "scoring.json", &v)
	if len(v.Cases) < 120 {
		t.Errorf("%d cases", len(v.Cases))
	}
	same := func(got, want float64) bool { return math.Abs(got-want) <= v.Tolerance }
	questions := v.questions()
	types := map[QuestionType]bool{}
	for _, c := range v.Cases {
		q, ok := questions[c.Question]
		if !ok {
			t.Errorf("%s: there is no question %q", c.Name, c.Question)
			continue
		}
		types[q.Type] = true
		got := q.Score(c.Response)
		if fraction := q.AfterHints(got.Fraction, c.Hints); !same(fraction, c.Fraction) {
			t.Errorf("%s: %v, want %v", c.Name, fraction, c.Fraction)
		}
		if c.Parts != nil && !maps.Equal(got.Parts, c.Parts) {
			t.Errorf("%s: parts %v, want %v", c.Name, got.Parts, c.Parts)
		}
		if want := c.Scored == nil || *c.Scored; got.Scored != want {
			t.Errorf("%s: scored is %v", c.Name, got.Scored)
		}
	}
	for _, kind := range QuestionTypes() {
		if !types[kind] {
			t.Errorf("no case is of type %s", kind)
		}
	}
	for _, c := range v.Certainties {
		if got := Certainty(c.Fraction, c.Certainty); !same(got, c.Mark) {
			t.Errorf("%s: %v, want %v", c.Name, got, c.Mark)
		}
	}
	for _, c := range v.Totals {
		points, of, percent := Total(c.Parts)
		if !same(points, c.Points) || !same(of, c.Of) || percent != c.Percent {
			t.Errorf("%s: %v of %v, %d%%, want %v of %v, %d%%", c.Name, points, of, percent, c.Points, c.Of, c.Percent)
		}
	}
}

// An answer that is listed to say why it is wrong is found, although it earns nothing.
func TestAcceptsTellsWhichAnswer(t *testing.T) {
	gap := Gap{Typos: 1, Answers: []Answer{{Text: Text{Value: "affect"}}, {Text: Text{Value: "effect|result"}, Fraction: 100}}}
	for text, want := range map[string]int{"affect": 0, "effect": 1, "Results": 1, "afect": 0, "cause": -1, "": -1} {
		_, matched := gap.Accepts(text)
		got := -1
		for i := range gap.Answers {
			if matched == &gap.Answers[i] {
				got = i
			}
		}
		if got != want {
			t.Errorf("Accepts(%q) matched answer %d, want %d", text, got, want)
		}
	}
}
