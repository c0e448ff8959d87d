package load

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lectern/internal/course"
)

func (l *loader) quizzes(file string, m course.Module) ([]course.Quiz, error) {
	src, err := l.read(file)
	if err != nil {
		return nil, err
	}
	top := l.yaml(file, src, 0)
	seen := map[string]string{}
	var out []course.Quiz
	for _, v := range top.list("quizzes") {
		q := l.quiz(v.object(), file, m)
		l.unique(seen, q.ID, q.Pos, "quiz")
		out = append(out, q)
	}
	top.done()
	return out, nil
}

func (l *loader) quiz(o object, file string, m course.Module) course.Quiz {
	q := course.Quiz{ID: o.id(), Domain: m.Path + "/quizzes", File: file, From: path.Join(path.Dir(m.File), "quizzes"), Pos: o.pos()}
	q.Title = o.text("title", q.ID+".title", course.KindTitle)
	q.Intro = o.prose("intro", q.ID+".intro", course.KindPrompt)
	q.Mode = course.QuizMode(o.choice("mode", string(course.Practice), string(course.Practice), string(course.Graded)))
	q.Pass = o.int("pass", 0, 1, 100)
	q.Attempts = o.int("attempts", 0, 0, 100)
	q.Shuffle = o.bool("shuffle", false)
	q.Draw = o.int("draw", 0, 1, 1000)
	q.Feedback = course.FeedbackTiming(o.choice("feedback", string(course.FeedbackQuestion), string(course.FeedbackQuestion),
		string(course.FeedbackEnd), string(course.FeedbackLastAttempt), string(course.FeedbackNever)))
	q.Certainty = o.bool("certainty", false)
	q.Minutes = o.int("minutes", 0, 1, 600)
	if q.Mode == course.Graded && q.Pass == 0 {
		l.errorf(q.Pos, "field-missing", "add pass: 70, or make it a practice quiz", "a graded quiz needs a pass mark")
	}
	seen := map[string]string{}
	for _, v := range o.list("questions") {
		question := l.question(v.object(), q.ID)
		l.unique(seen, question.ID, question.Pos, "question")
		q.Questions = append(q.Questions, question)
	}
	o.done()
	return q
}

const maxHints, maxOptions = 20, 50

func (l *loader) question(o object, quiz string) course.Question {
	var types []string
	for _, t := range course.QuestionTypes() {
		types = append(types, string(t))
	}
	q := course.Question{ID: o.id(), Pos: o.pos()}
	prefix := quiz + "." + q.ID
	o.required("type")
	q.Type = course.QuestionType(o.choice("type", "", types...))
	q.Prompt = o.prose("prompt", prefix+".prompt", course.KindPrompt)
	if q.Prompt.Source == "" {
		o.missing("prompt")
	}
	l.answers(o, &q, prefix)
	hints := o.list("hints")
	if len(hints) > maxHints {
		l.errorf(q.Pos, "question-hints", "keep the best", "a question has more than %d hints", maxHints)
		hints = nil
	}
	for i, v := range hints {
		q.Hints = append(q.Hints, o.markdown(course.NewText(fmt.Sprintf("%s.hint.%d", prefix, i+1), course.KindHint, v.string(), object(v).pos())))
	}
	q.HintCost = o.int("hint-cost", 0, 0, 100)
	q.Explanation = o.prose("explanation", prefix+".explanation", course.KindFeedback)
	q.Objective, q.See = o.ref("objective"), o.ref("see")
	q.Weight = o.number("weight", 1)
	if q.Weight < 0 || q.Weight > 100 {
		l.errorf(q.Pos, "field-type", "use a number from 0 to 100", "the weight of a question must be from 0 to 100")
		q.Weight = 1
	}
	o.done()
	return q
}

// answers reads the fields that depend on the type.
func (l *loader) answers(o object, q *course.Question, prefix string) {
	switch q.Type {
	case course.TrueFalse:
		q.Options = trueFalse(o, prefix)
	case course.Single:
		q.Options = options(o, "options", prefix)
	case course.Multiple:
		q.Options = options(o, "options", prefix)
		q.Scoring = scoring(o, course.ScoreOptions, course.ScoreAll)
	case course.Order:
		q.Options = options(o, "items", prefix)
		q.Scoring = scoring(o, course.ScoreAdjacent, course.ScoreExact)
	case course.Dropdowns, course.ShortText:
		q.Gaps = gaps(o, q.Type, prefix)
		l.placed(q.Prompt.Text, q.Gaps, q.Type == course.ShortText && len(q.Gaps) == 1)
		q.Scoring = scoring(o, course.ScoreParts, course.ScoreAll)
	case course.Match:
		q.Options = options(o, "choices", prefix)
		q.Pairs = pairs(o, "pairs", prefix, q.Options)
		q.Scoring = scoring(o, course.ScoreParts, course.ScoreAll)
	case course.Numeric:
		q.Number = number(o, prefix)
	case course.Essay:
		q.Model = o.prose("model", prefix+".model", course.KindFeedback)
		if q.Model.Source == "" {
			o.missing("model")
		}
	case course.MarkText:
		l.passage(o, q, prefix)
		q.Scoring = scoring(o, course.ScoreOptions, course.ScoreAll)
	case course.Hotspot:
		q.Image, _ = o.required("image")
		q.Options = options(o, "areas", prefix)
		q.Scoring = scoring(o, course.ScoreOptions, course.ScoreAll)
	case course.Likert:
		q.Options = options(o, "scale", prefix)
		q.Pairs = pairs(o, "statements", prefix, nil)
	}
}

func scoring(o object, otherwise, other course.Scoring) course.Scoring {
	return course.Scoring(o.choice("scoring", string(otherwise), string(otherwise), string(other)))
}

func gaps(o object, kind course.QuestionType, prefix string) []course.Gap {
	seen := map[string]string{}
	var out []course.Gap
	for _, v := range o.list("gaps") {
		v := v.object()
		g := course.Gap{ID: v.id(), Pos: v.pos()}
		o.l.unique(seen, g.ID, g.Pos, "gap")
		id := prefix + ".gap." + g.ID
		if kind == course.Dropdowns {
			g.Choices = options(v, "choices", id)
		} else {
			g.Case, g.Accents, g.Typos = v.bool("case", false), v.bool("accents", false), v.int("typos", 0, 0, 3)
			for i, a := range v.list("answers") {
				a := a.object()
				answer := course.Answer{Fraction: a.int("fraction", 100, 0, 100)}
				answer.Text = a.text("text", fmt.Sprintf("%s.answer.%d", id, i+1), course.KindAnswer)
				answer.Feedback = a.prose("feedback", fmt.Sprintf("%s.answer.%d.feedback", id, i+1), course.KindFeedback)
				a.done()
				g.Answers = append(g.Answers, answer)
			}
			if !slices.ContainsFunc(g.Answers, func(a course.Answer) bool { return a.Fraction == 100 }) {
				o.l.errorf(g.Pos, "question-answer", "give an answer with the full fraction, 100", "no answer of the gap %q is right", g.ID)
			}
		}
		v.done()
		out = append(out, g)
	}
	if len(out) == 0 {
		o.l.errorf(o.pos(), "question-options", "add gaps:, and {{id}} in the prompt where each stands", "a question of this type needs gaps")
	}
	return out
}

// placed checks that every gap stands in the prompt once. A single text gap may be left out: it stands after the prompt.
func (l *loader) placed(prompt course.Text, gaps []course.Gap, optional bool) {
	for _, g := range gaps {
		n := strings.Count(prompt.Source, "{{"+g.ID+"}}")
		if n > 1 || n == 0 && !optional {
			l.errorf(prompt.Pos, "gap-place", fmt.Sprintf("write {{%s}} once where the gap stands", g.ID), "the gap %q stands %d times in the prompt", g.ID, n)
		}
	}
}

func pairs(o object, key, prefix string, choices []course.Option) []course.Pair {
	var ids []string
	for _, c := range choices {
		ids = append(ids, c.ID)
	}
	seen := map[string]string{}
	var out []course.Pair
	for _, v := range o.list(key) {
		v := v.object()
		p := course.Pair{ID: v.id(), Pos: v.pos()}
		o.l.unique(seen, p.ID, p.Pos, "pair")
		id := prefix + ".pair." + p.ID
		p.Text = v.prose("text", id, course.KindOption)
		if p.Text.Source == "" {
			v.missing("text")
		}
		p.Feedback = v.prose("feedback", id+".feedback", course.KindFeedback)
		if choices != nil {
			v.required("choice")
			p.Choice = v.choice("choice", "", ids...)
		}
		v.done()
		out = append(out, p)
	}
	if len(out) == 0 {
		o.missing(key)
	}
	return out
}

// number reads answer with tolerance, or least and most.
func number(o object, prefix string) *course.NumberRange {
	n := &course.NumberRange{Unit: o.optionalText("unit", prefix+".unit", course.KindLabel)}
	if o.has("answer") {
		answer, tolerance := o.number("answer", 0), o.number("tolerance", 0)
		n.Least, n.Most = answer-tolerance, answer+tolerance
		return n
	}
	if !o.has("least") || !o.has("most") {
		o.l.errorf(o.pos(), "question-answer", "add answer: with a number, or least: and most:", "no answer is right")
	}
	n.Least, n.Most = o.number("least", 0), o.number("most", 0)
	if n.Least > n.Most {
		o.l.errorf(o.pos(), "question-answer", "let least be the smaller", "no number is at least %v and at most %v", n.Least, n.Most)
	}
	return n
}

var markPattern = regexp.MustCompile(`\[\[([a-z0-9-]+): ([^\]]+)\]\]`)

// passage reads a text in which [[id: words]] can be marked. What an option's words are is written in the passage alone.
func (l *loader) passage(o object, q *course.Question, prefix string) {
	q.Passage = o.prose("passage", prefix+".passage", course.KindPrompt)
	if q.Passage.Source == "" {
		o.missing("passage")
	}
	text := q.Passage.Text
	marks := map[string]bool{}
	for _, m := range markPattern.FindAllStringSubmatch(text.Source, -1) {
		marks[m[1]] = true
	}
	q.Options = optionsOf(o, "marks", prefix, false)
	for _, option := range q.Options {
		if !marks[option.ID] {
			l.errorf(option.Pos, "mark-place", fmt.Sprintf("write [[%s: the words]] in the passage", option.ID), "the passage has no mark %q", option.ID)
		}
		delete(marks, option.ID)
	}
	for id := range marks {
		l.errorf(text.Pos, "mark-place", "add it to marks:", "the mark %q has no entry", id)
	}
}

// trueFalse makes the two fixed options; their words are the interface's, only their feedback is the author's.
func trueFalse(o object, prefix string) []course.Option {
	o.required("answer")
	answer := o.bool("answer", false)
	feedback := o.sub("feedback")
	var out []course.Option
	for _, id := range []string{"true", "false"} {
		out = append(out, course.Option{
			ID: id, Correct: (id == "true") == answer, Pos: o.pos(),
			Feedback: feedback.prose(id, prefix+".feedback."+id, course.KindFeedback),
		})
	}
	feedback.done()
	return out
}

func options(o object, key, prefix string) []course.Option {
	return optionsOf(o, key, prefix, true)
}

// optionsOf reads a list of options. Which of them carry right and wrong depends on what the list is.
func optionsOf(o object, key, prefix string, words bool) []course.Option {
	scored := slices.Contains([]string{"options", "choices", "areas", "marks"}, key) && !o.has("pairs")
	seen := map[string]string{}
	var out []course.Option
	list := o.list(key)
	if len(list) > maxOptions {
		o.l.errorf(o.pos(), "question-options", "make several questions", "a question has more than %d %s", maxOptions, key)
		list = list[:maxOptions]
	}
	for _, v := range list {
		v := v.object()
		option := course.Option{ID: v.id(), Pos: v.pos()}
		id := prefix + ".option." + option.ID // apart from ".prompt" and the like, whatever authors call an option
		if words {
			option.Text = v.prose("text", id, course.KindOption)
			if option.Text.Source == "" {
				v.missing("text")
			}
		}
		if key != "scale" {
			option.Feedback = v.prose("feedback", id+".feedback", course.KindFeedback)
		}
		if scored {
			option.Correct = v.bool("correct", false)
			option.Unchosen = v.prose("unchosen", id+".unchosen", course.KindFeedback)
		}
		if key == "areas" {
			option.Area = area(v)
		}
		o.l.unique(seen, option.ID, option.Pos, "option")
		v.done()
		out = append(out, option)
	}
	if len(out) < 2 {
		o.l.errorf(o.pos(), "question-options", "give at least two", "a question needs %s to choose from", key)
	}
	if scored && !slices.ContainsFunc(out, func(o course.Option) bool { return o.Correct }) {
		o.l.errorf(o.pos(), "question-answer", "mark one with correct: true", "no option is right")
	}
	return out
}

// area reads [x, y, width, height], in pixels of the picture.
func area(o object) []int {
	var out []int
	for _, v := range o.list("area") {
		n, err := strconv.Atoi(v.string())
		if err != nil || n < 0 {
			break
		}
		out = append(out, n)
	}
	if len(out) != 4 || out[2] == 0 || out[3] == 0 {
		o.l.errorf(o.pos(), "hotspot-area", "write area: [x, y, width, height] in pixels of the picture", "an area is four whole numbers")
		return nil
	}
	return out
}
