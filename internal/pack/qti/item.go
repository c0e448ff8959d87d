package qti

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lectern/internal/course"
	"lectern/internal/pack/bank"
)

// item builds one assessmentItem (QTI 2.1 information model, section 5).
type item struct {
	x        *exporter
	path     string
	shuffle  bool
	q        course.Question
	pictures []string // names of the files it shows

	declarations []*bank.Node
	body         []*bank.Node
	scoring      []*bank.Node // rules that set SCORE
	feedback     feedback
}

func (i *item) lose(format string, args ...any) { i.x.lose(i.path, format, args...) }

func (i *item) picture(dest string) string {
	name := i.x.picture(i.path, dest)
	if name != "" && !slices.Contains(i.pictures, name) {
		i.pictures = append(i.pictures, name)
	}
	return name
}

// item makes the XML of a question, and gives the names of the pictures in it.
func (x *exporter) item(it bank.Item) (*bank.Node, []string) {
	i := &item{x: x, path: it.Path, shuffle: it.Quiz.Shuffle, q: it.Question}
	switch i.q.Type {
	case course.TrueFalse, course.Single, course.Multiple:
		i.choice()
	case course.Order:
		i.order()
	case course.Dropdowns, course.ShortText:
		i.gaps()
	case course.Numeric:
		i.numeric()
	case course.Essay:
		i.essay()
	case course.Match:
		i.match()
	case course.MarkText:
		i.markText()
	case course.Hotspot:
		i.hotspot()
	case course.Likert:
		i.likert()
	}
	i.feedback.always("EXPLANATION", i.prose(i.q.Explanation, "the explanation"))
	if len(i.q.Hints) > 0 {
		i.lose("the hints")
	}
	if i.q.See.ID != "" {
		i.lose("where to read about it")
	}
	root := element("assessmentItem", "identifier", dotted(i.path), "title", i.title(), "xml:lang", x.lang, "adaptive", "false", "timeDependent", "false")
	with(root, i.declarations...)
	if scored(i.q.Type) {
		with(root, with(element("outcomeDeclaration", "identifier", "SCORE", "cardinality", "single", "baseType", "float", "normalMaximum", "1"),
			with(element("defaultValue"), with(element("value"), words("0")))))
	}
	i.feedback.finish()
	rules := append(i.scoring, i.feedback.rules...)
	with(root, i.feedback.outcomes...)
	with(root, with(element("itemBody", "dir", i.dir()), i.body...))
	if len(rules) > 0 {
		with(root, with(element("responseProcessing"), rules...))
	}
	for _, f := range i.feedback.shown {
		with(root, with(element("modalFeedback", "outcomeIdentifier", f.outcome, "showHide", f.showHide, "identifier", f.id), i.contentBody(f.content)...))
	}
	return root, i.pictures
}

// dir is the direction of writing. Version 2.1 has no attribute for it.
func (i *item) dir() string {
	lang, _, _ := strings.Cut(i.x.lang, "-")
	if i.x.Version == V30 && slices.Contains([]string{"ar", "fa", "he", "ur"}, lang) {
		return "rtl"
	}
	return ""
}

// contentBody is the element that version 3 wants around what feedback and rubrics say.
func (i *item) contentBody(content []*bank.Node) []*bank.Node {
	if i.x.Version == V30 {
		return []*bank.Node{with(element("contentBody", "dir", i.dir()), content...)}
	}
	return content
}

// maxTitle is the length of an item's title, by which authors find it in their system.
const maxTitle = 80

func (i *item) title() string {
	before := i.x.losses
	title := content(i.prose(i.q.Prompt, "the prompt"))
	i.x.losses = before
	title = gapMark.ReplaceAllString(title, "…")
	runes := []rune(title)
	if len(runes) > maxTitle {
		cut := string(runes[:maxTitle])
		if space := strings.LastIndexByte(cut, ' '); space > maxTitle/2 {
			cut = cut[:space]
		}
		title = strings.TrimRight(cut, " .,;:") + "…"
	}
	return cmp.Or(title, i.q.ID)
}

// ask begins an interaction with the prompt: in it when it is one paragraph, before it otherwise.
func (i *item) ask(interaction *bank.Node) *bank.Node {
	blocks := i.prose(i.q.Prompt, "the prompt")
	if len(blocks) == 1 && blocks[0].Name == "p" {
		with(interaction, with(element("prompt"), blocks[0].Children...))
	} else {
		i.body = append(i.body, blocks...)
	}
	i.body = append(i.body, interaction)
	return interaction
}

// declare adds a responseDeclaration.
func (i *item) declare(id, cardinality, baseType string, correct []string, mapping *bank.Node) {
	d := element("responseDeclaration", "identifier", id, "cardinality", cardinality, "baseType", baseType)
	if len(correct) > 0 {
		c := element("correctResponse")
		for _, v := range correct {
			with(c, with(element("value"), words(v)))
		}
		with(d, c)
	}
	if mapping != nil {
		with(d, mapping)
	}
	i.declarations = append(i.declarations, d)
}

func (i *item) choice() {
	cardinality, most := "single", "1"
	if i.q.Type == course.Multiple {
		cardinality, most = "multiple", "0"
	}
	i.scoreChoices("RESPONSE", cardinality)
	shuffle := i.shuffle && i.q.Type != course.TrueFalse
	choices := i.ask(element("choiceInteraction", "responseIdentifier", "RESPONSE", "shuffle", strconv.FormatBool(shuffle), "maxChoices", most))
	for _, o := range i.q.Options {
		c := with(element("simpleChoice", "identifier", identifier(o.ID)), i.flow(o.Text, "the option "+o.ID)...)
		if i.q.Type == course.TrueFalse {
			c.Children = []*bank.Node{words(i.x.word(o.ID == "true"))}
		}
		with(choices, c)
	}
	i.optionFeedback("RESPONSE", "", cardinality, i.q.Options)
}

// word is what the option of a true-false question says.
func (x *exporter) word(v bool) string {
	if v {
		return cmp.Or(x.True, "True")
	}
	return cmp.Or(x.False, "False")
}

// scoreChoices declares a response of chosen options with its scoring: right minus wrong, or all or nothing.
func (i *item) scoreChoices(response, cardinality string) {
	correct := identifiers(i.q.Correct())
	if i.q.Scoring != course.ScoreOptions {
		i.declare(response, cardinality, "identifier", correct, nil)
		i.scoring = append(i.scoring, matchCorrect(response))
		return
	}
	var entries []entry
	for _, o := range i.q.Options {
		points := -1 / float64(len(correct))
		if o.Correct {
			points = -points
		}
		entries = append(entries, entry{key: identifier(o.ID), value: points})
	}
	i.declare(response, cardinality, "identifier", correct, mapping(true, entries...))
	i.scoring = append(i.scoring, set("SCORE", element("mapResponse", "identifier", response)))
}

func identifiers(ids []string) []string {
	var out []string
	for _, id := range ids {
		out = append(out, identifier(id))
	}
	return out
}

// optionFeedback shows what is said for having chosen options, and for not having chosen them.
func (i *item) optionFeedback(response, prefix, cardinality string, options []course.Option) {
	outcome := "FEEDBACK" + strings.TrimPrefix(response, "RESPONSE")
	before := len(i.feedback.shown)
	for _, o := range options {
		i.feedback.show(outcome, identifier(prefix+o.ID), i.prose(o.Feedback, "the feedback of "+o.ID))
		i.feedback.hide(outcome, identifier(prefix+o.ID), i.prose(o.Unchosen, "the feedback of "+o.ID))
	}
	if len(i.feedback.shown) > before {
		i.feedback.declare(outcome, cardinality, set(outcome, variable(response)))
	}
}

// order asks for the options in order. In the file they stand in another: some systems do not shuffle.
func (i *item) order() {
	i.declare("RESPONSE", "ordered", "identifier", identifiers(i.q.Correct()), nil)
	if i.q.Scoring == course.ScoreExact {
		i.scoring = append(i.scoring, matchCorrect("RESPONSE"))
	} else {
		i.scoring = append(i.scoring, neighbours("RESPONSE", identifiers(i.q.Correct()))...)
	}
	options := slices.SortedFunc(slices.Values(i.q.Options), func(a, b course.Option) int { return strings.Compare(a.ID, b.ID) })
	same := func(a, b course.Option) bool { return a.ID == b.ID }
	if slices.EqualFunc(options, i.q.Options, same) && len(options) > 0 {
		options = append(options[1:], options[0])
	}
	choices := i.ask(element("orderInteraction", "responseIdentifier", "RESPONSE", "shuffle", "true"))
	for _, o := range options {
		with(choices, with(element("simpleChoice", "identifier", identifier(o.ID)), i.flow(o.Text, "the option "+o.ID)...))
	}
	for _, o := range i.q.Options { // every option is in the answer
		i.feedback.always(identifier(o.ID), i.prose(o.Feedback, "the feedback of "+o.ID))
	}
}

// gaps places an interaction where each gap stands in the prompt.
func (i *item) gaps() {
	placed := map[string]bool{}
	place := func(id string, _ []*bank.Node) *bank.Node {
		at := slices.IndexFunc(i.q.Gaps, func(g course.Gap) bool { return g.ID == id })
		if at < 0 || placed[id] {
			return nil
		}
		placed[id] = true
		return i.gap(i.q.Gaps[at])
	}
	i.body = i.markup(i.q.Prompt.Text, "the prompt", gapMark, place)
	for _, g := range i.q.Gaps {
		if !placed[g.ID] {
			i.body = append(i.body, with(element("p"), i.gap(g)))
		}
	}
	var responses []string
	for _, g := range i.q.Gaps {
		responses = append(responses, response(g))
		if g.Choices != nil {
			i.declareChoices(g)
		} else {
			i.declareAnswers(g)
		}
	}
	i.scoring = append(i.scoring, average(responses, i.q.Scoring == course.ScoreAll))
}

// response is the identifier of a gap's response.
func response(g course.Gap) string { return "RESPONSE_" + g.ID }

func (i *item) gap(g course.Gap) *bank.Node {
	if i.q.Type == course.ShortText {
		return element("textEntryInteraction", "responseIdentifier", response(g))
	}
	n := element("inlineChoiceInteraction", "responseIdentifier", response(g), "shuffle", strconv.FormatBool(i.shuffle))
	for _, c := range g.Choices {
		with(n, with(element("inlineChoice", "identifier", "gap."+g.ID+"."+c.ID), words(i.bare(c.Text, "the option "+c.ID))))
	}
	return n
}

func (i *item) declareChoices(g course.Gap) {
	prefix := "gap." + g.ID + "."
	var correct []string
	var entries []entry
	for _, c := range g.Choices {
		if c.Correct {
			correct = append(correct, prefix+c.ID)
			entries = append(entries, entry{key: prefix + c.ID, value: 1})
		}
	}
	i.optionFeedback(response(g), prefix, "single", g.Choices)
	i.declare(response(g), "single", "identifier", correct[:min(1, len(correct))], mapping(false, entries...))
}

func (i *item) declareAnswers(g course.Gap) {
	var correct []string
	var entries []entry
	outcome, replies := "FEEDBACK_"+g.ID, element("responseCondition")
	for n, a := range g.Answers {
		var texts []string
		for _, text := range strings.Split(a.Text.Value, "|") {
			text = strings.TrimSpace(text)
			if text == "" {
				continue
			}
			if a.Fraction == 100 {
				correct = append(correct, text)
			}
			texts = append(texts, text)
			same := func(e entry) bool { return e.key == text }
			if at := slices.IndexFunc(entries, same); at >= 0 {
				entries[at].value = max(entries[at].value, float64(a.Fraction)/100)
				continue
			}
			entries = append(entries, entry{key: text, value: float64(a.Fraction) / 100, text: true, caseSensitive: g.Case})
		}
		id := fmt.Sprintf("gap.%s.%d", g.ID, n+1)
		if content := i.prose(a.Feedback, "the feedback of an answer"); len(content) > 0 && len(texts) > 0 {
			branch := "responseElseIf"
			if len(replies.Children) == 0 {
				branch = "responseIf"
			}
			with(replies, with(element(branch), stringMatches(response(g), texts, g.Case), set(outcome, baseValue("identifier", id))))
			i.feedback.show(outcome, id, content)
		}
	}
	if len(replies.Children) > 0 {
		i.feedback.declare(outcome, "single", replies)
	}
	if !g.Accents {
		i.lose("letters with and without accents taken for the same")
	}
	if g.Typos > 0 {
		i.lose("typing errors that are let pass")
	}
	i.declare(response(g), "single", "string", correct[:min(1, len(correct))], mapping(false, entries...))
}

func (i *item) numeric() {
	n := i.q.Number
	if n == nil {
		n = &course.NumberRange{}
	}
	middle := n.Least + (n.Most-n.Least)/2
	i.declare("RESPONSE", "single", "float", []string{float(middle)}, nil)
	i.scoring = append(i.scoring, between("RESPONSE", n.Least, n.Most))
	i.lose("numbers in other notations than 1234.5")
	field := with(element("p"), element("textEntryInteraction", "responseIdentifier", "RESPONSE"))
	if n.Unit.Value != "" {
		with(field, words(" "+n.Unit.Value))
	}
	i.body = append(i.prose(i.q.Prompt, "the prompt"), field)
}

// essay shows the model answer to those who mark, and to the learner afterwards.
func (i *item) essay() {
	i.declare("RESPONSE", "single", "string", nil, nil)
	i.ask(element("extendedTextInteraction", "responseIdentifier", "RESPONSE"))
	model := i.prose(i.q.Model, "the model answer")
	if len(model) > 0 {
		i.body = append(i.body, with(element("rubricBlock", "view", "scorer"), i.contentBody(model)...))
	}
	i.feedback.always("MODEL", model)
}

func (i *item) match() {
	n := float64(len(i.q.Pairs))
	var correct []string
	var entries []entry
	for _, p := range i.q.Pairs {
		pair := "pair." + p.ID + " " + identifier(p.Choice)
		correct = append(correct, pair)
		entries = append(entries, entry{key: pair, value: 1 / n})
	}
	if i.q.Scoring == course.ScoreAll {
		i.declare("RESPONSE", "multiple", "directedPair", correct, nil)
		i.scoring = append(i.scoring, matchCorrect("RESPONSE"))
	} else {
		i.declare("RESPONSE", "multiple", "directedPair", correct, mapping(true, entries...))
		i.scoring = append(i.scoring, set("SCORE", element("mapResponse", "identifier", "RESPONSE")))
	}
	i.matrix(i.shuffle)
	for _, o := range i.q.Options {
		if o.Feedback.Value != "" {
			i.lose("the feedback of %s", o.ID)
		}
	}
}

// likert is a matrix without a right answer.
func (i *item) likert() {
	i.declare("RESPONSE", "multiple", "directedPair", nil, nil)
	i.matrix(false)
}

// matrix asks to pair each left side with one right side, which may be taken more than once.
func (i *item) matrix(shuffle bool) {
	left, right := element("simpleMatchSet"), element("simpleMatchSet")
	for _, p := range i.q.Pairs {
		with(left, with(element("simpleAssociableChoice", "identifier", "pair."+p.ID, "matchMax", "1"), i.flow(p.Text, "the pair "+p.ID)...))
		i.feedback.always("pair."+p.ID, i.prose(p.Feedback, "the feedback of "+p.ID))
	}
	for _, o := range i.q.Options {
		with(right, with(element("simpleAssociableChoice", "identifier", identifier(o.ID), "matchMax", strconv.Itoa(len(i.q.Pairs))), i.flow(o.Text, "the option "+o.ID)...))
	}
	most := strconv.Itoa(len(i.q.Pairs))
	with(i.ask(element("matchInteraction", "responseIdentifier", "RESPONSE", "shuffle", strconv.FormatBool(shuffle), "maxAssociations", most)), left, right)
}

func (i *item) markText() {
	placed := map[string]bool{}
	place := func(id string, inner []*bank.Node) *bank.Node {
		known := slices.ContainsFunc(i.q.Options, func(o course.Option) bool { return o.ID == id })
		if !known || placed[id] {
			return with(element("span"), inner...)
		}
		placed[id] = true
		return with(element("hottext", "identifier", identifier(id)), inner...)
	}
	passage := i.markup(i.q.Passage.Text, "the passage", textMark, place)
	i.q.Options = slices.DeleteFunc(slices.Clone(i.q.Options), func(o course.Option) bool {
		if !placed[o.ID] {
			i.lose("the mark %s, which the passage does not have", o.ID)
		}
		return !placed[o.ID]
	})
	i.scoreChoices("RESPONSE", "multiple")
	with(i.ask(element("hottextInteraction", "responseIdentifier", "RESPONSE", "maxChoices", "0")), passage...)
	i.optionFeedback("RESPONSE", "", "multiple", i.q.Options)
}

func (i *item) hotspot() {
	i.scoreChoices("RESPONSE", "multiple")
	interaction := i.ask(element("hotspotInteraction", "responseIdentifier", "RESPONSE", "maxChoices", "0"))
	var labels []string
	for _, o := range i.q.Options {
		labels = append(labels, i.bare(o.Text, "the option "+o.ID))
	}
	with(interaction, i.scene(strings.Join(labels, "; ")))
	for n, o := range i.q.Options {
		coords := ""
		if a := o.Area; len(a) == 4 {
			coords = fmt.Sprintf("%d,%d,%d,%d", a[0], a[1], a[0]+a[2], a[1]+a[3])
		}
		with(interaction, element("hotspotChoice", "identifier", identifier(o.ID), "shape", "rect", "coords", coords, "hotspotLabel", labels[n]))
	}
	i.optionFeedback("RESPONSE", "", "multiple", i.q.Options)
}

// scene is the picture of a hotspot question; its areas are its description.
func (i *item) scene(alt string) *bank.Node {
	name := i.picture(i.q.Image)
	width, height := i.x.size(name)
	if i.x.Version == V30 {
		return element("img", "src", name, "alt", alt, "width", width, "height", height)
	}
	return with(element("object", "data", name, "type", mediaType(name), "width", width, "height", height), words(alt))
}
