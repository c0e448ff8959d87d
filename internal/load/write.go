package load

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/internal/course"
)

// WriteQuizzes prints quizzes as a quiz file in the language of their source, as docs/authors.md describes it. Fields that have
// their usual value are left out. Loading the file gives the same quizzes.
func WriteQuizzes(quizzes []course.Quiz) []byte {
	if len(quizzes) == 0 {
		return []byte("quizzes: []\n")
	}
	w := &writer{}
	w.out.WriteString("quizzes:\n")
	for i, q := range quizzes {
		if i > 0 {
			w.out.WriteByte('\n')
		}
		w.item(func() { w.quiz(q) })
	}
	return []byte(w.out.String())
}

// writer prints block mappings and lists. Each method prints whole lines.
type writer struct {
	out   strings.Builder
	depth int
	dash  bool // the next field begins a list element
}

func (w *writer) indent() {
	if w.dash {
		w.out.WriteString(strings.Repeat("  ", w.depth-1) + "- ")
		w.dash = false
		return
	}
	w.out.WriteString(strings.Repeat("  ", w.depth))
}

// item prints a list element that is a mapping.
func (w *writer) item(fields func()) {
	w.depth += 2
	w.dash = true
	fields()
	if w.dash {
		w.indent()
		w.out.WriteString("{}\n")
	}
	w.depth -= 2
}

// list prints a key with the elements that f prints.
func list[T any](w *writer, key string, elements []T, f func(T)) {
	if len(elements) == 0 {
		return
	}
	w.indent()
	w.out.WriteString(key + ":\n")
	for _, e := range elements {
		w.item(func() { f(e) })
	}
}

// word prints a value that needs no quotes.
func (w *writer) word(key, value string) {
	w.indent()
	fmt.Fprintf(&w.out, "%s: %s\n", key, value)
}

// unless prints a value that is not the usual one.
func (w *writer) unless(key, value, usual string) {
	if value != usual && value != "" {
		w.text(key, value)
	}
}

func (w *writer) int(key string, value int) {
	if value != 0 {
		w.word(key, strconv.Itoa(value))
	}
}

func (w *writer) flag(key string, value bool) {
	if value {
		w.word(key, "true")
	}
}

func (w *writer) number(key string, value float64) {
	w.word(key, strconv.FormatFloat(value, 'g', -1, 64))
}

// maxLine is the length of a text that stands beside its key.
const maxLine = 100

// word-like texts that some readers of YAML take for a number, a date, true or nothing.
var ambiguous = regexp.MustCompile(`(?i)^(y|n|yes|no|on|off|true|false|null|0x[0-9a-f]+|[0-9][-+0-9_.,:e]*)$`)

// plain reports a text that every reader of YAML takes for that text (YAML 1.2, section 7.3.3).
func plain(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return (unicode.IsLetter(first) || unicode.IsDigit(first) || first == '(') && !strings.Contains(s, ": ") && !strings.HasSuffix(s, ":") &&
		!strings.Contains(s, " #") && !ambiguous.MatchString(s)
}

// text prints a text that is not empty: beside its key where it is short, below it otherwise.
func (w *writer) text(key, value string) {
	if value = strings.TrimSpace(value); value == "" {
		return
	}
	w.indent()
	w.out.WriteString(key + ":")
	w.scalar(value)
}

func (w *writer) scalar(s string) {
	lines := strings.Split(s, "\n")
	switch {
	case strings.ContainsFunc(s, odd):
		w.out.WriteString(" " + quote(s) + "\n")
	case len(lines) > 1 || utf8.RuneCountInString(s) > maxLine || !plain(s) && strings.ContainsAny(s, "\"\\"):
		w.out.WriteString(" |\n")
		for _, line := range lines {
			if line != "" {
				line = strings.Repeat("  ", w.depth+1) + line
			}
			w.out.WriteString(line + "\n")
		}
	case plain(s):
		w.out.WriteString(" " + s + "\n")
	default:
		w.out.WriteString(" " + quote(s) + "\n")
	}
}

// odd reports a character that YAML changes or refuses outside quotes, or that nobody can see.
func odd(r rune) bool {
	return r != '\n' && !unicode.IsPrint(r) && !unicode.Is(unicode.Zs, r)
}

// quote is a text between double quotes, as YAML 1.2 section 5.7 escapes it.
func quote(s string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			out.WriteString(`\` + string(r))
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t':
			out.WriteString(`\t`)
		case odd(r):
			fmt.Fprintf(&out, `\U%08x`, r)
		default:
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
	return out.String()
}

func (w *writer) quiz(q course.Quiz) {
	w.text("id", q.ID)
	w.text("title", q.Title.Source)
	w.text("intro", q.Intro.Source)
	w.unless("mode", string(q.Mode), string(course.Practice))
	w.int("pass", q.Pass)
	w.int("attempts", q.Attempts)
	w.flag("shuffle", q.Shuffle)
	w.int("draw", q.Draw)
	w.unless("feedback", string(q.Feedback), string(course.FeedbackQuestion))
	w.flag("certainty", q.Certainty)
	w.int("minutes", q.Minutes)
	list(w, "questions", q.Questions, w.question)
}

func (w *writer) question(q course.Question) {
	w.text("id", q.ID)
	w.word("type", string(q.Type))
	w.unless("scoring", string(q.Scoring), string(usualScoring(q.Type)))
	w.text("prompt", q.Prompt.Source)
	w.answers(q)
	if len(q.Hints) > 0 {
		w.indent()
		w.out.WriteString("hints:\n")
		for _, h := range q.Hints {
			w.out.WriteString(strings.Repeat("  ", w.depth+1) + "-")
			w.depth++
			w.scalar(strings.TrimSpace(h.Source))
			w.depth--
		}
	}
	w.int("hint-cost", q.HintCost)
	w.text("explanation", q.Explanation.Source)
	w.text("objective", q.Objective.ID)
	w.text("see", q.See.ID)
	if q.Weight != 1 {
		w.number("weight", q.Weight)
	}
}

// usualScoring is what a question is scored by when its file does not say; "" for types that have one way only.
func usualScoring(t course.QuestionType) course.Scoring {
	switch t {
	case course.Multiple, course.MarkText, course.Hotspot:
		return course.ScoreOptions
	case course.Order:
		return course.ScoreAdjacent
	case course.Dropdowns, course.ShortText, course.Match:
		return course.ScoreParts
	}
	return ""
}

// answers prints the fields that depend on the type.
func (w *writer) answers(q course.Question) {
	switch q.Type {
	case course.TrueFalse:
		w.trueFalse(q.Options)
	case course.Single, course.Multiple:
		list(w, "options", q.Options, w.option)
	case course.Order:
		list(w, "items", q.Options, w.option)
	case course.Match:
		list(w, "choices", q.Options, w.option)
		list(w, "pairs", q.Pairs, w.pair)
	case course.Dropdowns, course.ShortText:
		list(w, "gaps", q.Gaps, w.gap)
	case course.Numeric:
		w.numberRange(q.Number)
	case course.Essay:
		w.text("model", q.Model.Source)
	case course.MarkText:
		w.text("passage", q.Passage.Source)
		list(w, "marks", q.Options, w.option)
	case course.Hotspot:
		w.text("image", q.Image)
		list(w, "areas", q.Options, w.option)
	case course.Likert:
		list(w, "scale", q.Options, w.option)
		list(w, "statements", q.Pairs, w.pair)
	}
}

func (w *writer) trueFalse(options []course.Option) {
	feedback := false
	for _, o := range options {
		if o.ID == "true" {
			w.word("answer", strconv.FormatBool(o.Correct))
		}
		feedback = feedback || o.Feedback.Source != ""
	}
	if !feedback {
		return
	}
	w.indent()
	w.out.WriteString("feedback:\n")
	w.depth++
	for _, o := range options {
		w.text(o.ID, o.Feedback.Source)
	}
	w.depth--
}

func (w *writer) option(o course.Option) {
	w.text("id", o.ID)
	w.text("text", o.Text.Source)
	if len(o.Area) == 4 {
		w.word("area", fmt.Sprintf("[%d, %d, %d, %d]", o.Area[0], o.Area[1], o.Area[2], o.Area[3]))
	}
	w.flag("correct", o.Correct)
	w.text("feedback", o.Feedback.Source)
	w.text("unchosen", o.Unchosen.Source)
}

func (w *writer) pair(p course.Pair) {
	w.text("id", p.ID)
	w.text("text", p.Text.Source)
	w.text("choice", p.Choice)
	w.text("feedback", p.Feedback.Source)
}

func (w *writer) gap(g course.Gap) {
	w.text("id", g.ID)
	w.flag("case", g.Case)
	w.flag("accents", g.Accents)
	w.int("typos", g.Typos)
	list(w, "choices", g.Choices, w.option)
	list(w, "answers", g.Answers, func(a course.Answer) {
		w.text("text", a.Text.Source)
		if a.Fraction != 100 {
			w.word("fraction", strconv.Itoa(a.Fraction))
		}
		w.text("feedback", a.Feedback.Source)
	})
}

func (w *writer) numberRange(n *course.NumberRange) {
	if n == nil {
		return
	}
	if n.Least == n.Most {
		w.number("answer", n.Least)
	} else {
		w.number("least", n.Least)
		w.number("most", n.Most)
	}
	w.text("unit", n.Unit.Source)
}
