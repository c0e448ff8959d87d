package moodle

import (
	"encoding/base64"
	"html"
	"path"
	"regexp"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/pack/bank"
)

// ImportXML reads Moodle XML from anybody. A question that our quizzes cannot hold is left out with a warning at its line; what they
// cannot hold of the others is in the losses.
func ImportXML(file string, src []byte) bank.Imported {
	r := &xmlReader{importer: newImporter(file)}
	root, d := bank.ParseXML(file, src)
	switch {
	case d != nil:
		r.diags = append(r.diags, *d)
	case root.Name != "quiz":
		r.diags = append(r.diags, diag.Errorf(root.Pos, "import-format", "export the questions as Moodle XML",
			"the file is no Moodle XML: its root is <%s>, not <quiz>", root.Name))
	default:
		for _, n := range root.All("question") {
			r.read(n)
		}
	}
	return r.result()
}

type xmlReader struct{ *importer }

// reads are the types that are read, by Moodle's names; some are plugins'.
func (r *xmlReader) reads(kind string) func(n *bank.Node, q *course.Question) {
	switch kind {
	case "truefalse":
		return r.trueFalse
	case "multichoice":
		return r.multiChoice
	case "multichoiceset", "oumultiresponse":
		return r.allOf(kind)
	case "shortanswer":
		return r.shortAnswer
	case "numerical":
		return r.numerical
	case "match", "matching", "ddmatch":
		return r.match
	case "essay":
		return r.essay
	case "cloze", "multianswer":
		return r.cloze
	case "gapselect":
		return r.gapSelect("selectoption")
	case "ddwtos":
		return r.gapSelect("dragbox")
	case "ordering":
		return r.order
	}
	return nil
}

func (r *xmlReader) read(n *bank.Node) {
	kind := n.Attr("type")
	name := strings.Join(strings.Fields(text(n.First("name"))), " ")
	if !r.start(n.Pos) {
		return
	}
	if kind == "category" {
		intro := r.prose(n.First("info"), course.KindPrompt, markupHTML)
		r.category(text(n.First("category")), n.First("idnumber").Content(), intro, n.Pos)
		return
	}
	read := r.reads(kind)
	if read == nil {
		hint := "questions can be of the types truefalse, multichoice, shortanswer, numerical, matching, essay, cloze, gapselect, ddwtos and ordering"
		if kind == "description" {
			hint = "put its text into the introduction of the quiz"
		}
		r.refuse("import-type", hint, "the type %q is not supported", kind)
		r.question(course.Question{Prompt: bank.Prose(course.KindPrompt, name, n.Pos)}, "", name, n.Pos)
		return
	}
	q := course.Question{Weight: 1}
	r.headers(n, &q)
	if r.few(len(n.All("answer")) + len(n.All("subquestion")) + len(n.All("selectoption")) + len(n.All("dragbox"))) {
		read(n, &q)
	}
	if name == "" {
		name = title(q)
	}
	r.question(q, strings.TrimSpace(n.First("idnumber").Content()), name, n.Pos)
}

// text is the plain text of an element, which stands in <text> or, in old files, in the element itself.
func text(n *bank.Node) string {
	if t := n.First("text"); t != nil {
		return strings.TrimSpace(t.Content())
	}
	return strings.TrimSpace(n.Content())
}

// raw is the text of an element as it is in HTML. Some tools forget CDATA, so that it is in the file as elements.
func raw(n *bank.Node) string {
	t := n.First("text")
	if t == nil {
		if len(n.All("")) > 0 {
			return ""
		}
		return strings.TrimSpace(n.Content())
	}
	if len(t.All("")) > 0 {
		return strings.TrimSpace(t.Inner())
	}
	return strings.TrimSpace(t.Content())
}

func markupOf(n *bank.Node, otherwise markup) markup {
	switch m := markup(n.Attr("format")); m {
	case markupHTML, markupAuto, markupPlain, markupMarkdown:
		return m
	case "":
		return otherwise
	case "wiki_like":
		return markupPlain
	}
	return markupHTML // as Moodle takes it
}

// prose reads a text with its pictures.
func (r *xmlReader) prose(n *bank.Node, kind course.Kind, otherwise markup) course.Prose {
	if n == nil {
		return course.Prose{}
	}
	return r.converted(n, raw(n), kind, otherwise)
}

func (r *xmlReader) converted(n *bank.Node, text string, kind course.Kind, otherwise markup) course.Prose {
	md, err := r.markdown(text, markupOf(n, otherwise), r.files(n))
	r.unreadable(err)
	return bank.Prose(kind, md, n.Pos)
}

// files takes the pictures of a text and gives their destinations by their names.
func (r *xmlReader) files(n *bank.Node) map[string]string {
	files := map[string]string{}
	for _, f := range n.All("file") {
		name := strings.TrimPrefix(path.Join("/", f.Attr("path"), f.Attr("name")), "/")
		if dest, ok := r.picture(name, f.Content()); ok {
			files[name] = dest
		}
	}
	return files
}

func (r *xmlReader) picture(name, encoded string) (dest string, ok bool) {
	contents, err := base64.StdEncoding.DecodeString(whitespace.ReplaceAllString(encoded, ""))
	if err == nil {
		dest, ok = r.pictures.Add(name, contents)
	}
	if !ok {
		r.lose("files other than pictures in PNG, JPEG, WebP and plain SVG")
	}
	return dest, ok
}

// promptOf is the element with the question's text, an empty one when it is absent.
func promptOf(n *bank.Node) *bank.Node {
	if t := n.First("questiontext"); t != nil {
		return t
	}
	return &bank.Node{Pos: n.Pos}
}

// headers reads what all types have.
func (r *xmlReader) headers(n *bank.Node, q *course.Question) {
	q.Prompt = r.prose(n.First("questiontext"), course.KindPrompt, markupHTML)
	if name := n.First("image").Content(); name != "" { // Moodle 1
		if dest, ok := r.picture(name, n.First("image_base64").Content()); ok {
			q.Prompt = bank.Prose(course.KindPrompt, strings.TrimSpace(q.Prompt.Value+"\n\n![]("+dest+")"), n.Pos)
		}
	}
	otherwise := markupOf(n.First("questiontext"), markupHTML)
	q.Explanation = r.prose(n.First("generalfeedback"), course.KindFeedback, otherwise)
	for _, h := range n.All("hint") {
		if old := h.First("hintcontent"); old != nil {
			h = old
		}
		if hint := r.prose(h, course.KindHint, otherwise); hint.Value != "" {
			q.Hints = append(q.Hints, hint)
		}
	}
	if grade, err := parseNumber(n.First("defaultgrade").Content()); err == nil && grade >= 0 && grade <= 100 {
		q.Weight = grade
	}
	if penalty, err := parseNumber(n.First("penalty").Content()); err == nil && len(q.Hints) > 0 && penalty >= 0 && penalty <= 1 {
		q.HintCost = percent(100 * penalty)
	}
	for _, name := range []string{"correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"} {
		if raw(n.First(name)) != "" {
			r.lose("feedback for right, partly right and wrong answers")
		}
	}
	for _, tag := range n.First("tags").All("tag") {
		r.tag(text(tag), tag.Pos, q)
	}
	if raw(n.First("responsetemplate")) != "" {
		r.lose("the template of an essay")
	}
}

// tag reads a tag: ours names an objective.
func (i *importer) tag(name string, at diag.Pos, q *course.Question) {
	id, ok := strings.CutPrefix(name, objectiveTag)
	if id = strings.TrimSpace(id); ok && q.Objective.ID == "" && objectiveID.MatchString(id) {
		q.Objective = course.Ref{ID: id, Pos: at}
		return
	}
	i.lose("the tag " + name)
}

var objectiveID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// answers reads the answers of a question.
func (r *xmlReader) answers(n *bank.Node, words bool) []choice {
	var out []choice
	otherwise := markupOf(n.First("questiontext"), markupHTML)
	for _, a := range n.All("answer") {
		c := choice{at: a.Pos, feedback: r.prose(a.First("feedback"), course.KindFeedback, otherwise).Value}
		c.points, _ = parseNumber(a.Attr("fraction"))
		if words {
			c.text = text(a)
			if a.First("text") == nil { // Moodle 1: beside other elements
				c.text = strings.TrimSpace(ownText(a))
			}
		} else {
			c.text = r.prose(a, course.KindOption, otherwise).Value
		}
		out = append(out, c)
	}
	return out
}

func ownText(n *bank.Node) string {
	var out strings.Builder
	for _, c := range n.Children {
		out.WriteString(c.Text)
	}
	return out.String()
}

// shuffled reports that Moodle mixes the options.
func shuffled(n *bank.Node) bool {
	value := strings.TrimSpace(n.First("shuffleanswers").Content())
	return value == "1" || value == "true"
}

// trueFalse goes by the words true and false; other words are a translation of them, in this sequence.
func (r *xmlReader) trueFalse(n *bank.Node, q *course.Question) {
	q.Type = course.TrueFalse
	q.Options = []course.Option{{ID: "true", Pos: n.Pos}, {ID: "false", Pos: n.Pos}}
	for at, a := range r.answers(n, true) {
		if at > 1 {
			break
		}
		if word := strings.ToLower(a.text); word == "true" {
			at = 0
		} else if word == "false" {
			at = 1
		}
		o := &q.Options[at]
		o.Correct, o.Feedback, o.Pos = a.points == 100, bank.Prose(course.KindFeedback, a.feedback, a.at), a.at
	}
	if q.Options[0].Correct && q.Options[1].Correct {
		q.Options[0].Correct, q.Options[1].Correct = false, false
	}
}

func (r *xmlReader) multiChoice(n *bank.Node, q *course.Question) {
	one := strings.TrimSpace(n.First("single").Content())
	q.Type = course.Single
	if one == "false" || one == "0" {
		q.Type, q.Scoring = course.Multiple, course.ScoreOptions
	}
	q.Options = r.options(r.answers(n, false), q.Type == course.Single)
	r.shuffle = shuffled(n)
}

// allOf reads two plugins' questions in which each right answer has 100%.
func (r *xmlReader) allOf(kind string) func(n *bank.Node, q *course.Question) {
	return func(n *bank.Node, q *course.Question) {
		q.Type, q.Scoring = course.Multiple, course.ScoreOptions
		if kind == "multichoiceset" {
			q.Scoring = course.ScoreAll
		}
		choices := r.answers(n, false)
		right := 0.0
		for _, c := range choices {
			if c.points > 0 {
				right++
			}
		}
		for i := range choices {
			share := grade(100 / max(right, 1))
			if choices[i].points <= 0 {
				share = -share
			}
			choices[i].points = share
		}
		q.Options = r.options(choices, false)
		r.shuffle = shuffled(n)
	}
}

func (r *xmlReader) shortAnswer(n *bank.Node, q *course.Question) {
	q.Type, q.Scoring = course.ShortText, course.ScoreParts
	at := promptOf(n)
	src := raw(at)
	g := course.Gap{ID: letters(html.UnescapeString(src), always)(), Accents: true, Pos: n.Pos}
	use := strings.TrimSpace(n.First("usecase").Content())
	g.Case = use == "1" || use == "true"
	if place := blank.FindStringIndex(src); place != nil {
		q.Prompt = r.converted(at, src[:place[0]]+"{{"+g.ID+"}}"+src[place[1]:], course.KindPrompt, markupHTML)
	}
	for _, a := range r.answers(n, true) {
		r.answer(&g, a.text, a.points, a.feedback, a.at)
	}
	q.Gaps = []course.Gap{g}
}

func (r *xmlReader) numerical(n *bank.Node, q *course.Question) {
	q.Type = course.Numeric
	nodes := n.All("answer")
	for i, a := range r.answers(n, true) {
		if a.feedback != "" {
			r.lose("feedback for a number")
		}
		tolerance := strings.TrimSpace(nodes[i].First("tolerance").Content())
		if tolerance == "" {
			tolerance = "0"
		}
		number, err := bounds(a.text, tolerance)
		switch {
		case err != nil || a.points <= 0:
			continue
		case q.Number != nil || a.points < 100:
			r.lose("further numbers and ranges")
			continue
		}
		q.Number = &number
	}
	units := n.First("units").All("unit")
	for i, u := range units {
		factor, err := parseNumber(u.First("multiplier").Content())
		if i > 0 || q.Number == nil || err == nil && factor != 1 {
			r.lose("further units")
			continue
		}
		q.Number.Unit = bank.Text(course.KindLabel, strings.Join(strings.Fields(u.First("unit_name").Content()), " "), u.Pos)
	}
}

// match takes each distinct answer as one choice.
func (r *xmlReader) match(n *bank.Node, q *course.Question) {
	q.Type, q.Scoring = course.Match, course.ScoreParts
	otherwise := markupOf(n.First("questiontext"), markupHTML)
	ids := map[string]string{}
	for _, s := range n.All("subquestion") {
		answer := s.First("answer")
		right := r.words(text(answer))
		if m := markupOf(answer, ""); m == markupHTML { // ddmatch
			right = r.prose(answer, course.KindOption, m).Value
		}
		if right == "" {
			continue
		}
		id, ok := ids[right]
		if !ok {
			id = bank.Letter(len(q.Options))
			ids[right] = id
			q.Options = append(q.Options, course.Option{ID: id, Text: bank.Prose(course.KindOption, right, s.Pos), Pos: s.Pos})
		}
		if left := r.prose(s, course.KindOption, otherwise); left.Value != "" {
			q.Pairs = append(q.Pairs, course.Pair{ID: bank.Letter(len(q.Pairs)), Text: left, Choice: id, Pos: s.Pos})
		}
	}
	r.shuffle = shuffled(n)
}

func (r *xmlReader) essay(n *bank.Node, q *course.Question) {
	q.Type = course.Essay
	q.Model = r.prose(n.First("graderinfo"), course.KindFeedback, markupHTML)
	if q.Model.Value == "" {
		q.Model, q.Explanation = q.Explanation, course.Prose{}
	}
}

// order goes by the places in fraction, and by the sequence where there are none.
func (r *xmlReader) order(n *bank.Node, q *course.Question) {
	q.Type, q.Scoring = course.Order, course.ScoreAdjacent
	switch grading := strings.TrimSpace(n.First("gradingtype").Content()); grading {
	case "ALL_OR_NOTHING":
		q.Scoring = course.ScoreExact
	case "", "RELATIVE", "REL", "RELATIVE_NEXT_EXCLUDE_LAST":
	default:
		r.lose("the grading type " + grading + ": pairs of neighbours earn points")
	}
	switch strings.TrimSpace(n.First("selecttype").Content()) {
	case "RANDOM", "REL", "CONTIGUOUS", "CONTIG":
		r.lose("asking for some of the items only")
	}
	items := r.answers(n, false)
	slices.SortStableFunc(items, func(a, b choice) int {
		switch {
		case a.points < b.points:
			return -1
		case a.points > b.points:
			return 1
		}
		return 0
	})
	for _, a := range items {
		if a.feedback != "" {
			r.lose("feedback for items")
		}
		if a.text != "" {
			q.Options = append(q.Options, course.Option{ID: bank.Letter(len(q.Options)), Text: bank.Prose(course.KindOption, a.text, a.at), Pos: a.at})
		}
	}
}

// gapSelect reads [[n]], where the n-th choice is right and those of its group are offered.
func (r *xmlReader) gapSelect(element string) func(n *bank.Node, q *course.Question) {
	return func(n *bank.Node, q *course.Question) {
		q.Type, q.Scoring = course.Dropdowns, course.ScoreParts
		choices := n.All(element)
		group := func(c *bank.Node) string {
			if g := strings.TrimSpace(c.First("group").Content()); g != "" {
				return g
			}
			return "1"
		}
		at := promptOf(n)
		src := raw(at)
		name := letters(html.UnescapeString(src), always)
		missing, offered := "", 0
		texts := make([]course.Prose, len(choices))
		for i, c := range choices {
			texts[i] = bank.Prose(course.KindOption, r.words(text(c)), c.Pos)
			if element == "dragbox" {
				texts[i] = r.prose(c, course.KindOption, markupHTML)
			}
		}
		src = selected.ReplaceAllStringFunc(src, func(mark string) string {
			number, err := parseNumber(strings.Trim(mark, "[]"))
			right := int(number) - 1
			if err != nil || right < 0 || right >= len(choices) || len(q.Gaps) >= maxGaps {
				missing = mark
				return mark
			}
			if offered += len(choices); offered > maxOffered {
				r.refuse("import-gap", "give gaps choices of their own, or split the question", "its gaps have more than %d choices", maxOffered)
				return mark
			}
			g := course.Gap{ID: name(), Pos: choices[right].Pos}
			for i, c := range choices {
				if group(c) == group(choices[right]) && texts[i].Value != "" {
					g.Choices = append(g.Choices, course.Option{ID: bank.Letter(len(g.Choices)), Text: texts[i], Correct: i == right, Pos: c.Pos})
				}
			}
			q.Gaps = append(q.Gaps, g)
			return "{{" + g.ID + "}}"
		})
		if missing != "" {
			r.refuse("import-gap", "add the choice in Moodle and export the question again", "the gap %s has no choice", missing)
		}
		q.Prompt = r.converted(at, src, course.KindPrompt, markupHTML)
		r.shuffle = shuffled(n)
	}
}

// maxGaps is more than a text has that people fill in.
const maxGaps = 200

// maxOffered is how many choices all gaps of a question may have: each of them has those of its group.
const maxOffered = 5000
