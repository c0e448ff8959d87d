package moodle

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/pack/bank"
)

// ImportGIFT reads GIFT from anybody. A question that our quizzes cannot hold is left out with a warning at its line; what they cannot
// hold of the others is in the losses.
func ImportGIFT(file string, src []byte) bank.Imported {
	r := &giftReader{importer: newImporter(file)}
	at := diag.Pos{File: file}
	switch {
	case len(src) > bank.MaxBytes:
		r.diags = append(r.diags, diag.Errorf(at, "import-size", "export fewer questions at a time", "the file has more than %d MB", bank.MaxBytes>>20))
	case !utf8.Valid(src):
		r.diags = append(r.diags, diag.Errorf(at, "import-encoding", "save the file as UTF-8", "the file is not in UTF-8"))
	default:
		for _, b := range giftBlocks(strings.TrimPrefix(string(src), "\ufeff")) {
			r.block(b)
		}
	}
	return r.result()
}

type giftReader struct{ *importer }

// giftBlock is what stands between empty lines: a question or a category, and the comments before it.
type giftBlock struct {
	line          int
	text, comment string
}

// Escaped characters are control characters while a question is taken apart, of which the file has none.
var (
	giftHide = strings.NewReplacer(`\\`, "\x01", `\:`, "\x02", `\#`, "\x03", `\=`, "\x04", `\{`, "\x05", `\}`, "\x06", `\~`, "\x07", `\n`, "\x08")
	giftShow = strings.NewReplacer("\x01", `\`, "\x02", ":", "\x03", "#", "\x04", "=", "\x05", "{", "\x06", "}", "\x07", "~", "\x08", "\n")
)

const maxComment = 4096 // bytes from which more comments are not looked at

// giftBlocks splits a file at empty lines. Moodle ends a question at one even inside its braces; other programs write them there, so
// an open brace holds the question open until something begins that is another.
func giftBlocks(src string) []giftBlock {
	src = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(src)
	src = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, src)
	var out []giftBlock
	var now giftBlock
	var text strings.Builder
	open := 0
	end := func() {
		if now.text = strings.TrimSpace(text.String()); now.text != "" {
			out = append(out, now)
		}
		now, open = giftBlock{}, 0
		text.Reset()
	}
	number := 0
	for line := range strings.Lines(giftHide.Replace(src)) {
		number++
		line = strings.TrimSpace(line)
		switch {
		case line == "" && open > 0:
			continue
		case line == "":
			end()
			continue
		case strings.HasPrefix(line, "//"):
			if len(now.comment) < maxComment {
				now.comment += giftShow.Replace(line) + "\n"
			}
			continue
		case open > 0 && (strings.HasPrefix(line, "::") || strings.HasPrefix(line, "$CATEGORY:")):
			end()
		}
		if now.line == 0 {
			now.line = number
		}
		text.WriteString(line + "\n")
		open += strings.Count(line, "{") - strings.Count(line, "}")
		if strings.HasPrefix(line, "$CATEGORY:") {
			end()
		}
	}
	end()
	return out
}

var (
	giftID  = regexp.MustCompile(`\[id:((?:\\\]|[^\]])+)\]`)
	giftTag = regexp.MustCompile(`\[tag:((?:\\\]|[^\]])+)\]`)
)

func (r *giftReader) block(b giftBlock) {
	at := diag.Pos{File: r.file, Line: b.line, Col: 1}
	if !r.start(at) {
		return
	}
	id := ""
	if m := giftID.FindStringSubmatch(b.comment); m != nil {
		id = strings.TrimSpace(strings.ReplaceAll(m[1], `\]`, "]"))
	}
	if name, ok := strings.CutPrefix(b.text, "$CATEGORY:"); ok {
		r.category(strings.TrimSpace(giftShow.Replace(name)), id, course.Prose{}, at)
		return
	}
	q := course.Question{Weight: 1, Pos: at}
	for _, m := range giftTag.FindAllStringSubmatch(b.comment, -1) {
		r.tag(strings.ReplaceAll(m[1], `\]`, "]"), at, &q)
	}
	text, name := b.text, ""
	if rest, ok := strings.CutPrefix(text, "::"); ok {
		if title, rest, ok := strings.Cut(rest, "::"); ok {
			name, text = strings.TrimSpace(giftShow.Replace(title)), strings.TrimSpace(rest)
		}
	}
	r.read(&q, text)
	if name == "" {
		name = title(q)
	}
	r.question(q, id, name, at)
}

// read takes a question apart at its braces.
func (r *giftReader) read(q *course.Question, text string) {
	start, end := strings.IndexByte(text, '{'), strings.IndexByte(text, '}')
	if start < 0 && end < 0 {
		r.refuse("import-type", "put its text into the introduction of the quiz", "it is a description without an answer")
	} else if start < 0 || end < start {
		r.refuse("import-gift", `write one { before the answers and one } after them; in texts write \{ and \}`, "the braces do not match")
	}
	if r.problem != nil {
		q.Prompt = bank.Prose(course.KindPrompt, giftShow.Replace(text[:min(len(text), 40)]), q.Pos)
		return
	}
	answers := strings.TrimSpace(text[start+1 : end])
	behind := strings.TrimSpace(text[end+1:])
	asked := text[:start]
	if behind != "" {
		asked += "_____" + text[end+1:]
	}
	markup, asked := giftMarkup(asked, markupAuto)
	if at := strings.LastIndex(answers, "####"); at >= 0 {
		q.Explanation = r.text(answers[at+4:], course.KindFeedback, markup, q.Pos)
		answers = strings.TrimSpace(answers[:at])
	}
	r.answers(q, asked, answers, markup)
	if q.Prompt.Value == "" {
		q.Prompt = r.text(asked, course.KindPrompt, markup, q.Pos)
	}
}

// giftMarkup reads [html], [markdown] and the like before a text.
func giftMarkup(text string, otherwise markup) (markup, string) {
	text = strings.TrimSpace(text)
	for name, m := range map[string]markup{"[html]": markupHTML, "[markdown]": markupMarkdown, "[plain]": markupPlain, "[moodle]": markupAuto} {
		if rest, ok := strings.CutPrefix(text, name); ok {
			return m, strings.TrimSpace(rest)
		}
	}
	return otherwise, text
}

func (r *giftReader) text(text string, kind course.Kind, otherwise markup, at diag.Pos) course.Prose {
	m, text := giftMarkup(text, otherwise)
	md, err := r.markdown(strings.TrimSpace(giftShow.Replace(text)), m, nil)
	r.unreadable(err)
	return bank.Prose(kind, md, at)
}

// answers tells the types apart as Moodle does.
func (r *giftReader) answers(q *course.Question, asked, answers string, m markup) {
	if !r.few(max(strings.Count(answers, "~")+strings.Count(answers, "="), strings.Count(answers, "\n")) - 1) {
		return
	}
	word, feedback, _ := strings.Cut(answers, "#")
	switch word = strings.ToUpper(strings.TrimSpace(word)); {
	case answers == "":
		q.Type = course.Essay
		q.Model, q.Explanation = q.Explanation, course.Prose{}
	case answers[0] == '#':
		r.numeric(q, answers[1:])
	case answers[0] == '>':
		r.order(q, answers[1:], m)
	case strings.Contains(answers, "~"):
		r.choices(q, answers, m)
	case strings.Contains(answers, "=") && strings.Contains(answers, "->"):
		r.match(q, answers, m)
	case word == "T" || word == "TRUE" || word == "F" || word == "FALSE":
		r.trueFalse(q, word[0] == 'T', feedback, m)
	default:
		r.shortText(q, asked, answers, m)
	}
}

func (r *giftReader) trueFalse(q *course.Question, right bool, feedback string, m markup) {
	q.Type = course.TrueFalse
	wrongWords, rightWords, _ := strings.Cut(feedback, "#")
	words := map[bool]string{true: rightWords, false: wrongWords}
	for _, id := range []string{"true", "false"} {
		correct := (id == "true") == right
		q.Options = append(q.Options, course.Option{ID: id, Correct: correct, Feedback: r.text(words[correct], course.KindFeedback, m, q.Pos), Pos: q.Pos})
	}
}

// giftWeight is a share of the points before an answer.
var giftWeight = regexp.MustCompile(`^%(-?[0-9]{1,3}(?:\.[0-9]{0,8})?)%`)

func weighed(answer string, otherwise float64) (float64, string) {
	answer = strings.TrimSpace(answer)
	m := giftWeight.FindStringSubmatch(answer)
	if m == nil {
		return otherwise, answer
	}
	points, err := parseNumber(m[1])
	if err != nil {
		return otherwise, answer
	}
	return points, answer[len(m[0]):]
}

// giftAnswers splits answers at their marks.
func giftAnswers(answers, mark string) []string {
	var out []string
	for _, a := range strings.Split(answers, mark) {
		if a = strings.TrimSpace(a); a != "" {
			out = append(out, a)
		}
	}
	return out
}

func (r *giftReader) choices(q *course.Question, answers string, m markup) {
	q.Type, q.Scoring = course.Multiple, course.ScoreOptions
	if strings.Contains(answers, "=") {
		q.Type, q.Scoring = course.Single, ""
	}
	var choices []choice
	for _, a := range giftAnswers(strings.ReplaceAll(answers, "=", "~="), "~") {
		otherwise := 0.0
		if rest, ok := strings.CutPrefix(a, "="); ok {
			a, otherwise = rest, 100
		}
		points, a := weighed(a, otherwise)
		text, feedback, _ := strings.Cut(a, "#")
		choices = append(choices, choice{
			text: r.text(text, course.KindOption, m, q.Pos).Value, feedback: r.text(feedback, course.KindFeedback, m, q.Pos).Value, points: points, at: q.Pos,
		})
	}
	q.Options = r.options(choices, q.Type == course.Single)
	r.shuffle = true
}

func (r *giftReader) match(q *course.Question, answers string, m markup) {
	q.Type, q.Scoring = course.Match, course.ScoreParts
	ids := map[string]string{}
	for _, a := range giftAnswers(answers, "=") {
		left, right, ok := strings.Cut(a, "->")
		if right, _, ok = strings.Cut(right, "#"); ok {
			r.lose("feedback for pairs")
		}
		words := r.words(giftShow.Replace(right))
		if words == "" {
			continue
		}
		id, known := ids[words]
		if !known {
			id = bank.Letter(len(q.Options))
			ids[words] = id
			q.Options = append(q.Options, course.Option{ID: id, Text: bank.Prose(course.KindOption, words, q.Pos), Pos: q.Pos})
		}
		if text := r.text(left, course.KindOption, m, q.Pos); text.Value != "" {
			q.Pairs = append(q.Pairs, course.Pair{ID: bank.Letter(len(q.Pairs)), Text: text, Choice: id, Pos: q.Pos})
		}
	}
	r.shuffle = true
}

func (r *giftReader) shortText(q *course.Question, asked, answers string, m markup) {
	q.Type, q.Scoring = course.ShortText, course.ScoreParts
	g := course.Gap{ID: letters(html.UnescapeString(giftShow.Replace(asked)), always)(), Accents: true, Pos: q.Pos}
	for _, a := range giftAnswers(answers, "=") {
		points, a := weighed(a, 100)
		text, feedback, _ := strings.Cut(a, "#")
		_, text = giftMarkup(text, markupPlain)
		r.answer(&g, giftShow.Replace(text), points, r.text(feedback, course.KindFeedback, m, q.Pos).Value, q.Pos)
	}
	q.Gaps = []course.Gap{g}
	if place := blank.FindStringIndex(asked); place != nil {
		q.Prompt = r.text(asked[:place[0]]+"\x05\x05"+g.ID+"\x06\x06"+asked[place[1]:], course.KindPrompt, m, q.Pos)
	}
}

// numeric reads "5", "5:0.5" and "4..6".
func (r *giftReader) numeric(q *course.Question, answers string) {
	q.Type = course.Numeric
	answers, wrong, _ := strings.Cut(answers, "~")
	if strings.TrimSpace(wrong) != "" {
		r.lose("feedback for a number")
	}
	for _, a := range giftAnswers(answers, "=") {
		points, a := weighed(a, 100)
		value, feedback, _ := strings.Cut(a, "#")
		if strings.TrimSpace(feedback) != "" {
			r.lose("feedback for a number")
		}
		if q.Number != nil || points < 100 {
			r.lose("further numbers and ranges")
			continue
		}
		n, err := giftRange(giftShow.Replace(value))
		if err != nil {
			r.refuse("import-gift", "write {#5}, {#5:0.5} or {#4..6}", "%v", err)
			return
		}
		q.Number = &n
	}
}

func giftRange(s string) (course.NumberRange, error) {
	low, high, isRange := strings.Cut(s, "..")
	if !isRange {
		low, high, _ = strings.Cut(s, ":")
	}
	low, high = strings.TrimSpace(low), strings.TrimSpace(high)
	a, err := parseNumber(low)
	if err != nil {
		return course.NumberRange{}, fmt.Errorf("%q is no number", low)
	}
	if high == "" && !isRange {
		high = "0"
	}
	b, err := parseNumber(high)
	if err != nil {
		return course.NumberRange{}, fmt.Errorf("%q is no number", high)
	}
	if isRange {
		return course.NumberRange{Least: min(a, b), Most: max(a, b)}, nil
	}
	return bounds(low, high)
}

// order reads the notation of Moodle's ordering questions: a line of settings and then a line for each item.
func (r *giftReader) order(q *course.Question, answers string, m markup) {
	q.Type, q.Scoring = course.Order, course.ScoreAdjacent
	settings, items, _ := strings.Cut(answers, "\n")
	if strings.Contains(settings, "ALL_OR_NOTHING") {
		q.Scoring = course.ScoreExact
	}
	for line := range strings.Lines(items) {
		if text := r.text(line, course.KindOption, m, q.Pos); text.Value != "" {
			q.Options = append(q.Options, course.Option{ID: bank.Letter(len(q.Options)), Text: text, Pos: q.Pos})
		}
	}
}
