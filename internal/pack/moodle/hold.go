package moodle

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/markdown"
	"lectern/internal/pack/bank"
)

// holder brings questions into what a format can hold and lists what that loses.
type holder struct {
	format format
	lost   []string
}

func (h *holder) lose(what string, when bool) {
	if when && !slices.Contains(h.lost, what) {
		h.lost = append(h.lost, what)
	}
}

// hold gives a question as it will be read back: what the format cannot say is gone, and what has no id there is named by letters.
// ok is false when nothing of use would be left.
func (h *holder) hold(q course.Question) (held course.Question, ok bool) {
	h.lose(lostLinks, links(q))
	q = bank.Bare(q)
	h.common(&q)
	switch q.Type {
	case course.TrueFalse:
		q.Scoring = ""
	case course.Single:
		q.Options, q.Scoring = h.lettered(q.Options), ""
	case course.Multiple:
		ok = h.multiple(&q)
		return q, ok
	case course.Order:
		h.order(&q)
	case course.Match:
		h.match(&q)
	case course.Dropdowns:
		h.dropdowns(&q)
	case course.ShortText:
		h.shortText(&q)
	case course.Numeric:
		h.lose(lostUnit, h.format == formatGIFT && q.Number != nil && q.Number.Unit.Value != "")
		if h.format == formatGIFT && q.Number != nil {
			q.Number.Unit = course.Text{}
		}
		q.Scoring = ""
	case course.Essay:
		h.lose(lostModel, h.format == formatGIFT && q.Model.Value != "" && q.Explanation.Value != "")
		if h.format == formatGIFT && q.Model.Value != "" || q.Model.Value == "" {
			q.Model = first(q.Model, q.Explanation)
			q.Explanation = course.Prose{}
		}
		q.Scoring = ""
	case course.MarkText:
		h.lose(lostMarks, true)
		asList(&q)
		ok = h.multiple(&q)
		return q, ok
	case course.Hotspot:
		h.lose(lostAreas, true)
		q.Prompt = prose(q.Prompt.Value + "\n\n![](" + q.Image + ")")
		q.Image = ""
		q.Type = course.Multiple
		ok = h.multiple(&q) && h.format == formatXML
		return q, ok
	}
	return q, h.holds(q)
}

// holds says which types a format has. What an importer would leave out is not written either.
func (h *holder) holds(q course.Question) bool {
	if message, _ := incomplete(q); message != "" {
		return false
	}
	switch q.Type {
	case course.Likert:
		return false
	case course.Order:
		return h.format == formatXML
	case course.Dropdowns:
		return h.format == formatXML && len(q.Gaps) <= maxGroups
	case course.ShortText:
		return h.format == formatXML || len(q.Gaps) == 1
	}
	return true
}

// maxGroups is how many groups of choices Moodle's form for gapselect knows.
const maxGroups = 20

// common is what holds of every type.
func (h *holder) common(q *course.Question) {
	h.lose(lostSee, q.See.ID != "")
	q.See = course.Ref{}
	for i := range q.Options {
		h.lose(lostUnchosen, q.Options[i].Unchosen.Value != "")
		q.Options[i].Unchosen = course.Prose{}
		q.Options[i].Area = nil
	}
	if h.format == formatGIFT {
		h.lose(lostHints, len(q.Hints) > 0)
		h.lose(lostWeight, q.Weight != 1)
		h.unpictured(texts(q)...)
		q.Hints, q.Weight = nil, 1
	}
	if len(q.Hints) == 0 {
		q.HintCost = 0
	}
}

// multiple is a question of options of which several are right; Moodle's fractions give right minus wrong.
func (h *holder) multiple(q *course.Question) bool {
	h.lose(lostAll, q.Scoring == course.ScoreAll)
	q.Scoring = course.ScoreOptions
	q.Options = h.lettered(q.Options)
	right := len(q.Correct())
	h.lose(lostEqual, right > 10 && right < 20)
	return right <= 20 && h.holds(*q)
}

func (h *holder) order(q *course.Question) {
	for i := range q.Options {
		h.lose(lostFeedback, q.Options[i].Feedback.Value != "")
		q.Options[i].Feedback, q.Options[i].Correct = course.Prose{}, false
	}
	if q.Scoring != course.ScoreExact {
		q.Scoring = course.ScoreAdjacent
	}
	q.Options = h.lettered(q.Options)
}

// match leaves plain words on the right side, each once, in the sequence in which the pairs name them.
func (h *holder) match(q *course.Question) {
	h.parts(q)
	texts := map[string]string{}
	for i := range q.Options {
		h.lose(lostFeedback, q.Options[i].Feedback.Value != "")
		texts[q.Options[i].ID] = h.words(q.Options[i].Text.Value)
	}
	var options []course.Option
	choice := func(id string) string {
		text := texts[id]
		for _, o := range options {
			if o.Text.Value == text {
				return o.ID
			}
		}
		options = append(options, course.Option{ID: bank.Letter(len(options)), Text: prose(text)})
		return options[len(options)-1].ID
	}
	var pairs []course.Pair
	for _, p := range q.Pairs {
		h.lose(lostFeedback, p.Feedback.Value != "")
		if texts[p.Choice] == "" || canonical(p.Text.Value) == "" {
			h.lose(lostWordless, true)
			continue
		}
		pairs = append(pairs, course.Pair{ID: bank.Letter(len(pairs)), Text: p.Text, Choice: choice(p.Choice)})
	}
	for _, o := range q.Options {
		if texts[o.ID] != "" {
			choice(o.ID)
		}
	}
	q.Options, q.Pairs = options, pairs
}

func (h *holder) parts(q *course.Question) {
	h.lose(lostAll, q.Scoring == course.ScoreAll)
	q.Scoring = course.ScoreParts
}

// words is the Markdown of a text without its formatting.
func (h *holder) words(md string) string {
	text, formatted := plain(md)
	h.lose(lostFormatting, formatted)
	return unformatted(text)
}

func (h *holder) dropdowns(q *course.Question) {
	h.parts(q)
	h.place(q)
	for i := range q.Gaps {
		g := &q.Gaps[i]
		right := false
		for j := range g.Choices {
			c := &g.Choices[j]
			h.lose(lostFeedback, c.Feedback.Value != "")
			h.lose(lostUnchosen, c.Unchosen.Value != "")
			h.lose(lostRight, c.Correct && right)
			c.Correct = c.Correct && !right
			right = right || c.Correct
			c.Text, c.Feedback, c.Unchosen = prose(h.words(c.Text.Value)), course.Prose{}, course.Prose{}
		}
		g.Choices = h.lettered(g.Choices)
	}
}

func (h *holder) shortText(q *course.Question) {
	h.parts(q)
	h.place(q)
	cloze := len(q.Gaps) > 1
	for i := range q.Gaps {
		g := &q.Gaps[i]
		h.lose(lostAccents, !g.Accents)
		h.lose(lostTypos, g.Typos > 0)
		h.lose(lostCase, g.Case && h.format == formatGIFT)
		g.Accents, g.Typos, g.Case = true, 0, g.Case && h.format == formatXML
		g.Answers = h.answers(g.Answers, cloze)
	}
	if cloze {
		n := float64(len(q.Gaps))
		if math.Mod(q.Weight, n) != 0 || q.Weight <= 0 {
			h.lose(lostWeight, true)
			q.Weight = n
		}
	}
}

// answers joins neighbours that are worth the same, as they are read.
func (h *holder) answers(answers []course.Answer, cloze bool) []course.Answer {
	var out []course.Answer
	for _, a := range answers {
		if !cloze {
			held := percent(grade(float64(a.Fraction)))
			h.lose(lostFractions, held != a.Fraction)
			a.Fraction = held
		} else {
			h.unpictured(&a.Feedback)
		}
		for _, text := range alternatives(a.Text.Value) {
			if h.format == formatGIFT && strings.Contains(text, "->") {
				h.lose(lostAnswer, true)
				continue
			}
			out = appendAnswer(out, course.Answer{Text: course.Text{Source: text, Value: text}, Fraction: a.Fraction, Feedback: a.Feedback})
		}
	}
	return out
}

// place puts gaps into the sequence in which they stand in the prompt, and names them by letters.
func (h *holder) place(q *course.Question) {
	at := func(g course.Gap) int { return strings.Index(q.Prompt.Value, "{{"+g.ID+"}}") }
	slices.SortStableFunc(q.Gaps, func(a, b course.Gap) int { return at(a) - at(b) })
	names := map[string]string{}
	for _, g := range q.Gaps {
		names[g.ID] = ""
	}
	free := letters(q.Prompt.Value, func(name string) bool {
		_, gap := names[name]
		return !gap
	})
	for i := range q.Gaps {
		names[q.Gaps[i].ID] = free()
		q.Gaps[i].ID = names[q.Gaps[i].ID]
	}
	q.Prompt = prose(gapPattern.ReplaceAllStringFunc(q.Prompt.Value, func(m string) string {
		if name, ok := names[m[2:len(m)-2]]; ok {
			return "{{" + name + "}}"
		}
		return m
	}))
}

var markPattern = regexp.MustCompile(`\[\[([a-z0-9-]+): ([^\]]+)\]\]`)

// asList makes a list of options of the words that can be marked in a passage, and shows them in it.
func asList(q *course.Question) {
	words := map[string]string{}
	for _, m := range markPattern.FindAllStringSubmatch(q.Passage.Value, -1) {
		words[m[1]] = m[2]
	}
	for i := range q.Options {
		q.Options[i].Text = prose(canonical(words[q.Options[i].ID]))
	}
	passage, err := markdown.XHTML(q.Passage.Value, same)
	if err == nil {
		passage, _, err = markdown.FromXHTML(markPattern.ReplaceAllString(passage, "<strong>$2</strong>"))
	}
	if err != nil {
		passage = q.Passage.Value
	}
	q.Prompt, q.Passage, q.Type = prose(q.Prompt.Value+"\n\n"+passage), course.Prose{}, course.Multiple
}

// lettered names options by letters. Those that show nothing go.
func (h *holder) lettered(options []course.Option) []course.Option {
	var out []course.Option
	for _, o := range options {
		if canonical(o.Text.Value) == "" {
			h.lose(lostWordless, true)
			continue
		}
		o.ID = bank.Letter(len(out))
		out = append(out, o)
	}
	return out
}
