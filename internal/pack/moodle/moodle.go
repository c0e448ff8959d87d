// Package moodle writes and reads Moodle's two formats for question banks: Moodle XML, which holds nearly all of a question, and
// GIFT, a short text format that many tools read and that holds less. Both follow what Moodle's own importers do with a file
// (docs.moodle.org/en/Moodle_XML_format and docs.moodle.org/en/GIFT_format), because an importer that does not know a field is silent.
// Neither format knows languages: a file has one.
package moodle

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"html"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lectern/internal/course"
	"lectern/internal/markdown"
	"lectern/internal/pack/bank"
)

// What no file says, by the names that the lists of losses use.
const (
	lostQuestion   = "the question"
	lostIDs        = "the ids of options, gaps and pairs: they come back as letters"
	lostLinks      = "links in texts: their words stay"
	lostSee        = "the link to the lesson"
	lostUnchosen   = "feedback for not having chosen an option"
	lostAll        = "all or nothing: right parts earn points"
	lostAccents    = "accents and Arabic letters: they must be typed as in the answer"
	lostCase       = "capitals: they do not matter"
	lostTypos      = "tolerance for typing errors"
	lostFractions  = "points of a partly right answer: Moodle has a fixed list of them"
	lostEqual      = "equal points for the right options: Moodle has no such fraction"
	lostWeight     = "the weight"
	lostFeedback   = "feedback for single choices, pairs and items"
	lostFormatting = "formatting and pictures in choices"
	lostRight      = "further right choices of a gap"
	lostAreas      = "the areas of the picture: they are a list of options"
	lostMarks      = "marking words in the passage: they are a list of options"
	lostHints      = "the hints"
	lostPictures   = "pictures: their alternative texts stay"
	lostUnit       = "the unit"
	lostModel      = "the explanation: an essay has only its model answer"
	lostAnswer     = "an accepted answer with -> in it"
	lostWordless   = "options without words"
	lostSequence   = "the fixed sequence of options: Moodle mixes them"
)

// format is one of the two. GIFT is the poorer.
type format int

const (
	formatXML format = iota
	formatGIFT
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

func alternatives(text string) []string {
	var out []string
	for _, alternative := range strings.Split(text, "|") {
		if alternative = strings.Join(strings.Fields(alternative), " "); alternative != "" {
			out = append(out, alternative)
		}
	}
	return out
}

func appendAnswer(answers []course.Answer, a course.Answer) []course.Answer {
	const most = 4096 // bytes of texts in one answer
	last := len(answers) - 1
	if last < 0 || answers[last].Fraction != a.Fraction || answers[last].Feedback.Value != a.Feedback.Value || len(answers[last].Text.Value) > most {
		return append(answers, a)
	}
	answers[last].Text.Value += "|" + a.Text.Value
	answers[last].Text.Source = answers[last].Text.Value
	return answers
}

var gapPattern = regexp.MustCompile(`\{\{([^{}\s]+)\}\}`)

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

// letters names gaps one after the other, but by no name that stands in a text in braces already and is not a gap's.
func letters(text string, reserved func(name string) bool) func() string {
	n := -1
	return func() string {
		for {
			n++
			name := bank.Letter(n)
			if !strings.Contains(text, "{{"+name+"}}") || !reserved(name) {
				return name
			}
		}
	}
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

// grades are the fractions that Moodle accepts, in per cent (question_bank::fraction_options_full); their negatives too.
var grades = []float64{
	100, 90, 500.0 / 6, 80, 75, 70, 200.0 / 3, 60, 50, 40, 100.0 / 3, 30, 25, 20, 100.0 / 6, 100.0 / 7, 12.5, 100.0 / 9, 10, 5, 0,
}

// grade is the nearest fraction that Moodle accepts.
func grade(percent float64) float64 {
	best := 0.0
	for _, g := range grades {
		if math.Abs(percent-g) < math.Abs(percent-best) {
			best = g
		}
	}
	return best
}

func percent(g float64) int { return int(math.Round(g)) }

// shown writes a grade with the five decimals by which Moodle knows it.
func shown(g float64) string {
	return strconv.FormatFloat(math.Round(g*1e5)/1e5, 'f', -1, 64)
}

// fractions gives each option its points: right ones share the whole, wrong ones take as much away.
func fractions(options []course.Option) []float64 {
	right := 0
	for _, o := range options {
		if o.Correct {
			right++
		}
	}
	out := make([]float64, len(options))
	seen := 0
	for i, o := range options {
		share := grade(100 / float64(max(right, 1)))
		if right > 10 && right < 20 { // tenths and twentieths make the whole, where no equal share does
			share = 5
			if o.Correct && seen < 20-right {
				share = 10
			}
		}
		switch {
		case o.Correct:
			out[i] = share
			seen++
		case right > 0:
			out[i] = -share
		}
	}
	return out
}

// single gives the options of which one is right their points.
func single(options []course.Option) []float64 {
	out := make([]float64, len(options))
	for i, o := range options {
		if o.Correct {
			out[i] = 100
		}
	}
	return out
}

func prose(md string) course.Prose { return course.Prose{Text: course.Text{Source: md, Value: md}} }

func first(a, b course.Prose) course.Prose {
	if a.Value != "" {
		return a
	}
	return b
}

func same(dest string) string { return dest }

func none(string) string { return "" }

// canonical is Markdown as it is read back from HTML.
func canonical(md string) string {
	xhtml, err := markdown.XHTML(md, same)
	if err != nil {
		return md
	}
	back, _, err := markdown.FromXHTML(xhtml)
	if err != nil {
		return md
	}
	return back
}

var (
	tag        = regexp.MustCompile(`<[^>]*>`)
	whitespace = regexp.MustCompile(`[ \t\r\n\f]+`)
)

// plain is the words of a text in one line, and whether it has more than words.
func plain(md string) (text string, formatted bool) {
	xhtml, err := markdown.XHTML(md, none)
	if err != nil {
		return md, true
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(xhtml, "<p>"), "</p>")
	formatted = strings.Contains(inner, "<") || pictured(md)
	text = html.UnescapeString(tag.ReplaceAllString(strings.ReplaceAll(inner, "</p>", " "), ""))
	return strings.TrimSpace(whitespace.ReplaceAllString(text, " ")), formatted
}

// unformatted is the Markdown of words that are no Markdown.
func unformatted(text string) string {
	md, _, err := markdown.FromXHTML(bank.Escape(text))
	if err != nil {
		return ""
	}
	return md
}

func pictured(md string) bool {
	found := false
	_, _ = markdown.XHTML(md, func(string) string { found = true; return "" })
	return found
}

// texts lists all of a question's Markdown.
func texts(q *course.Question) []*course.Prose {
	all := []*course.Prose{&q.Prompt, &q.Explanation, &q.Model, &q.Passage}
	for i := range q.Hints {
		all = append(all, &q.Hints[i])
	}
	options := func(options []course.Option) {
		for i := range options {
			all = append(all, &options[i].Text, &options[i].Feedback)
		}
	}
	options(q.Options)
	for i := range q.Gaps {
		options(q.Gaps[i].Choices)
		for j := range q.Gaps[i].Answers {
			all = append(all, &q.Gaps[i].Answers[j].Feedback)
		}
	}
	for i := range q.Pairs {
		all = append(all, &q.Pairs[i].Text)
	}
	return all
}

// unpictured leaves the alternative texts of pictures where a format has no place for files.
func (h *holder) unpictured(all ...*course.Prose) {
	for _, p := range all {
		if !pictured(p.Value) {
			continue
		}
		h.lose(lostPictures, true)
		if xhtml, err := markdown.XHTML(p.Value, none); err == nil {
			md, _, _ := markdown.FromXHTML(xhtml) // what was rendered is not too large to read
			*p = prose(md)
		}
	}
}

func links(q course.Question) bool {
	return slices.ContainsFunc(texts(&q), func(p *course.Prose) bool {
		return slices.ContainsFunc(p.Links, func(l course.Link) bool { return !l.Image })
	})
}

const maxIDNumber = 100

// idNumber is a path as the number that Moodle knows a question by: at most 100 characters, and none that a comment of GIFT ends at.
func idNumber(path string) string {
	clean := strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || r == '[' || r == ']' || r == '<' || r == '>' {
			return '-'
		}
		return r
	}, path)
	if len(clean) <= maxIDNumber && clean == path {
		return clean
	}
	sum := sha256.Sum256([]byte(path))
	mark := hex.EncodeToString(sum[:4]) + "-"
	return mark + clean[max(0, len(clean)-(maxIDNumber-len(mark))):]
}

// title is the words that a question is listed under.
func title(q course.Question) string {
	text, _ := plain(gapPattern.ReplaceAllString(q.Prompt.Value, "…"))
	const most = 60
	runes := []rune(text)
	if len(runes) == 0 {
		return q.ID
	}
	if len(runes) <= most {
		return text
	}
	cut := string(runes[:most])
	if at := strings.LastIndex(cut, " "); at > most/2 {
		cut = cut[:at]
	}
	return cut + "…"
}

// ruled lists what a question bank says nothing of because it is about taking a quiz.
func ruled(q course.Quiz, f format) []string {
	var lost []string
	for what, has := range map[string]bool{
		"the pass mark":                 q.Mode == course.Graded,
		"the number of attempts":        q.Attempts > 0,
		"drawing some of the questions": q.Draw > 0,
		"when feedback is shown":        q.Feedback != "" && q.Feedback != course.FeedbackQuestion,
		"asking how sure one is":        q.Certainty,
		"the time limit":                q.Minutes > 0,
	} {
		if has {
			lost = append(lost, what)
		}
	}
	slices.Sort(lost)
	return lost
}

var errNothing = errors.New("no question of the quiz can be written in this format")
