package moodle

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/markdown"
	"lectern/internal/pack/bank"
)

// The caps are more than any bank has that people made.
const (
	maxQuestions = 10_000
	maxAnswers   = 500 // of a question
	maxLost      = 100 // kinds of losses of a question
)

// importer collects what both formats give.
type importer struct {
	file     string
	quizzes  []*course.Quiz
	paths    map[string]*course.Quiz // by category
	quizIDs  bank.IDs
	ids      map[*course.Quiz]bank.IDs
	quiz     *course.Quiz
	pictures bank.Pictures
	losses   []bank.Loss
	diags    []diag.Diagnostic
	lost     []string // of the question that is being read
	shuffle  bool     // its options are mixed
	problem  *problem // why it is left out
	count    int
}

func newImporter(file string) *importer {
	return &importer{file: file, paths: map[string]*course.Quiz{}, quizIDs: bank.IDs{}, ids: map[*course.Quiz]bank.IDs{}}
}

func (i *importer) result() bank.Imported {
	out := bank.Imported{Images: i.pictures.Files(), Losses: i.losses, Diags: diag.Sort(i.diags)}
	for _, q := range i.quizzes {
		if len(q.Questions) > 0 {
			out.Quizzes = append(out.Quizzes, *q)
		}
	}
	if errors, _ := diag.Count(i.diags); len(out.Quizzes) == 0 && errors == 0 {
		at := diag.Pos{File: i.file, Line: 1, Col: 1}
		out.Diags = append(out.Diags, diag.Errorf(at, "import-empty", "choose the file that was exported from the question bank",
			"the file has no question that can be imported"))
	}
	return out
}

func (i *importer) warnf(at diag.Pos, rule, hint, format string, args ...any) {
	i.diags = append(i.diags, diag.Warnf(at, rule, hint, format, args...))
}

func (i *importer) lose(what string) {
	if len(i.lost) < maxLost && !slices.Contains(i.lost, what) {
		i.lost = append(i.lost, what)
	}
}

// problem says why a question is left out.
type problem struct{ rule, hint, message string }

// refuse leaves out the question that is being read. The first reason counts.
func (i *importer) refuse(rule, hint, format string, args ...any) {
	if i.problem == nil {
		i.problem = &problem{rule: rule, hint: hint, message: fmt.Sprintf(format, args...)}
	}
}

func (i *importer) unreadable(err error) {
	if err != nil {
		i.refuse("import-text", "shorten it, or remove its formatting, and export it again", "%v", err)
	}
}

// start forgets the question before. It is false when there were too many.
func (i *importer) start(at diag.Pos) bool {
	i.lost, i.shuffle, i.problem = nil, false, nil
	if i.count++; i.count == maxQuestions+1 {
		i.diags = append(i.diags, diag.Errorf(at, "import-size", "export fewer questions at a time",
			"the file has more than %d questions", maxQuestions))
	}
	return i.count <= maxQuestions
}

// few refuses a question with more answers than the cap.
func (i *importer) few(answers int) bool {
	if answers > maxAnswers {
		i.refuse("import-answer", "make several questions of it", "it has more than %d answers", maxAnswers)
		return false
	}
	return true
}

// category goes to the quiz of a category, which its last part names.
func (i *importer) category(name, id string, intro course.Prose, at diag.Pos) {
	if q, ok := i.paths[name]; ok {
		i.quiz = q
		return
	}
	title := lastPart(name)
	i.begin(title, lastPart(id), at)
	i.quiz.Intro = intro
	i.paths[name] = i.quiz
}

func (i *importer) begin(title, id string, at diag.Pos) {
	q := &course.Quiz{ID: i.quizIDs.New(id, title, "quiz"), Mode: course.Practice, Feedback: course.FeedbackQuestion, Pos: at}
	q.Title = bank.Text(course.KindTitle, title, at)
	i.quizzes, i.quiz = append(i.quizzes, q), q
	i.ids[q] = bank.IDs{}
}

// lastPart is the part of a category's path behind the last single slash.
func lastPart(name string) string {
	const slash = "\x00"
	name = strings.ReplaceAll(name, "//", slash)
	name = name[strings.LastIndex(name, "/")+1:]
	return strings.TrimSpace(strings.ReplaceAll(name, slash, "/"))
}

// question adds a question, or says why it cannot be taken. id is Moodle's idnumber.
func (i *importer) question(q course.Question, id, name string, at diag.Pos) {
	if message, hint := incomplete(q); message != "" {
		i.refuse("import-answer", hint, "%s", message)
	}
	if p := i.problem; p != nil {
		i.warnf(at, p.rule, p.hint, "the question %q is left out: %s", name, p.message)
		return
	}
	if i.quiz == nil {
		stem := strings.TrimSuffix(path.Base(i.file), path.Ext(i.file))
		i.begin(stem, stem, diag.Pos{File: i.file, Line: 1, Col: 1})
	}
	if slash := strings.LastIndex(id, "/"); slash >= 0 {
		id = id[slash+1:]
	}
	q.ID, q.Pos = i.ids[i.quiz].New(id, name, "question"), at
	for _, what := range i.lost {
		i.losses = append(i.losses, bank.Loss{Question: i.quiz.ID + "/" + q.ID, What: what})
	}
	if q.Type == course.Essay && q.Model.Value == "" {
		i.warnf(at, "import-model", "add model:, the answer that learners compare theirs with", "the essay %q has no model answer", name)
	}
	i.quiz.Shuffle = i.quiz.Shuffle || i.shuffle
	i.quiz.Questions = append(i.quiz.Questions, q)
}

// incomplete says why a quiz file could not hold a question.
func incomplete(q course.Question) (message, hint string) {
	choices := func(options []course.Option) (message, hint string) {
		switch {
		case len(options) < 2:
			return "it has fewer than two answers to choose from", "add answers to it and export it again"
		case !slices.ContainsFunc(options, func(o course.Option) bool { return o.Correct }):
			return "no answer is right", "give one answer 100% and export it again"
		}
		return "", ""
	}
	if q.Prompt.Value == "" {
		return "it has no text", "write one and export it again"
	}
	switch q.Type {
	case course.TrueFalse, course.Single, course.Multiple:
		return choices(q.Options)
	case course.Order:
		if len(q.Options) < 2 {
			return "it has fewer than two items", "add items to it and export it again"
		}
	case course.Match:
		if len(q.Options) < 2 || len(q.Pairs) == 0 {
			return "it has fewer than two answers to match", "add answers to it and export it again"
		}
	case course.Dropdowns, course.ShortText:
		if len(q.Gaps) == 0 {
			return "it has no gap", "add gaps to it and export it again"
		}
		for _, g := range q.Gaps {
			if q.Type == course.Dropdowns {
				if message, hint := choices(g.Choices); message != "" {
					return message, hint
				}
			} else if !slices.ContainsFunc(g.Answers, func(a course.Answer) bool { return a.Fraction == 100 }) {
				return "no answer is right", "give one answer 100% and export it again"
			}
		}
	case course.Numeric:
		if q.Number == nil {
			return "no number is right", "give one answer 100% and export it again"
		}
	}
	return "", ""
}

// markup is how a text of Moodle's is written (its FORMAT_ constants).
type markup string

const (
	markupHTML     markup = "html"
	markupAuto     markup = "moodle_auto_format"
	markupPlain    markup = "plain_text"
	markupMarkdown markup = "markdown"
)

var (
	blankLine  = regexp.MustCompile(`\n[ \t]*\n\s*`)
	blockTag   = regexp.MustCompile(`(?i)<(p|div|ul|ol|li|table|h[1-6]|blockquote|pre|br|hr)\b`)
	pluginFile = regexp.MustCompile(`@@PLUGINFILE@@/([^"'\s<>?#]+)[^"'\s<>]*`)
	inlineFile = regexp.MustCompile(`data:image/[a-z+.-]+;base64,([A-Za-z0-9+/=\s]+)`)
	multilang  = regexp.MustCompile(`class="multilang"|\{mlang `)
)

// markdown is a text as our Markdown; files gives the destinations of the pictures that came with it.
func (i *importer) markdown(text string, kind markup, files map[string]string) (string, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if multilang.MatchString(text) {
		i.lose("which of several languages a text is in")
	}
	switch kind {
	case markupPlain:
		text = paragraphs(bank.Escape(text))
	case markupMarkdown:
		return i.fromMarkdown(text, files)
	case markupAuto:
		if !blockTag.MatchString(text) {
			text = paragraphs(text)
		}
	}
	text = inlineFile.ReplaceAllStringFunc(text, func(src string) string {
		contents, err := base64.StdEncoding.DecodeString(whitespace.ReplaceAllString(src[strings.IndexByte(src, ',')+1:], ""))
		if err != nil {
			return src
		}
		if dest, ok := i.pictures.Add("picture", contents); ok {
			return dest
		}
		return src
	})
	text = pluginFile.ReplaceAllStringFunc(text, func(src string) string { return i.located(src, files) })
	md, lost, err := markdown.FromXHTML(strings.TrimSpace(text))
	for _, what := range lost {
		i.lose(what)
	}
	return md, err
}

func paragraphs(text string) string {
	text = blankLine.ReplaceAllString(strings.TrimSpace(text), "</p><p>")
	return "<p>" + strings.ReplaceAll(text, "\n", "<br>") + "</p>"
}

// located is the destination of a file of Moodle's, "" for one that is not in the file or no picture.
func (i *importer) located(src string, files map[string]string) string {
	name := pluginFile.FindStringSubmatch(src)[1]
	if plain, err := url.PathUnescape(html.UnescapeString(name)); err == nil {
		name = plain
	}
	return files[name]
}

// fromMarkdown goes by way of HTML, so that nothing stays but what our Markdown has.
func (i *importer) fromMarkdown(text string, files map[string]string) (string, error) {
	if _, diags := markdown.Prose(bank.Text(course.KindPrompt, text, diag.Pos{})); len(diags) > 0 {
		if slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return d.Rule != "html" && d.Rule != "link-reference" }) {
			return "", markdown.ErrTooLarge
		}
		i.lose("HTML in Markdown")
	}
	xhtml, err := markdown.XHTML(text, func(dest string) string {
		if pluginFile.MatchString(dest) {
			return i.located(dest, files)
		}
		return dest
	})
	if err != nil {
		return "", err
	}
	return i.markdown(xhtml, markupHTML, files)
}

// words is a text that Moodle shows as it is, as Markdown.
func (i *importer) words(text string) string {
	return unformatted(whitespace.ReplaceAllString(strings.TrimSpace(text), " "))
}

// accepted is an accepted text. Moodle's asterisks for "anything" and our bars between texts have no counterpart.
func (i *importer) accepted(text string) (string, bool) {
	const star = "\x00"
	text = strings.ReplaceAll(strings.Join(strings.Fields(text), " "), `\*`, star)
	switch {
	case text == "":
		return "", false
	case text == "*":
		i.lose("feedback for any other answer")
		return "", false
	case strings.ContainsAny(text, "*"):
		i.lose("accepted answers with * for any letters")
		return "", false
	case strings.Contains(text, "|"):
		i.lose("accepted answers with | in them")
		return "", false
	}
	return strings.ReplaceAll(text, star, "*"), true
}

// answer adds an accepted text with its points to a gap.
func (i *importer) answer(g *course.Gap, text string, points float64, feedback string, at diag.Pos) {
	text, ok := i.accepted(text)
	if !ok {
		return
	}
	points = max(0, min(100, points))
	g.Answers = appendAnswer(g.Answers, course.Answer{
		Text: bank.Text(course.KindAnswer, text, at), Fraction: percent(points), Feedback: bank.Prose(course.KindFeedback, feedback, at),
	})
}

// choice is an answer to choose with its points.
type choice struct {
	text, feedback string
	points         float64
	at             diag.Pos
}

// options makes options of choices. In a question with one answer the best is the right one; with several, those that earn points are.
func (i *importer) options(choices []choice, one bool) []course.Option {
	var out []course.Option
	best := 0.0
	for _, c := range choices {
		best = max(best, c.points)
	}
	var points []float64
	for _, c := range choices {
		if c.text == "" {
			continue
		}
		out = append(out, course.Option{
			ID: bank.Letter(len(out)), Text: bank.Prose(course.KindOption, c.text, c.at), Feedback: bank.Prose(course.KindFeedback, c.feedback, c.at),
			Correct: c.points > 0 && (!one || c.points == best), Pos: c.at,
		})
		points = append(points, c.points)
	}
	want := fractions(out)
	if one {
		want = single(out)
	}
	for n := range out {
		if d := want[n] - points[n]; d > 0.01 || d < -0.01 {
			i.lose("points that differ by option")
		}
	}
	return out
}
