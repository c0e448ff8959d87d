package qti

import (
	"fmt"
	"math"
	"path"
	"regexp"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/markdown"
	"lectern/internal/pack/bank"
)

// reader makes a question of an assessmentItem, in the names of version 2.1.
type reader struct {
	in       *importer
	dir      string // the folder of the item's file in its package
	name     string // the item's identifier
	root     *bank.Node
	rules    *rules
	said     []said
	rubrics  []*bank.Node // notes for those who mark
	shuffled bool
	guarded  bool // texts must not look like marks
	q        course.Question

	options map[string]*course.Option // by the key of a response and an identifier
	owners  map[*bank.Node]*course.Option
	pairs   map[string]*course.Pair // by identifier
	answers []answered
}

// said is feedback of an item.
type said struct {
	outcome, id string
	hide        bool
	owner       *bank.Node // the choice that it stands in
	content     []*bank.Node
}

// answered is an answer of a gap, by its place.
type answered struct {
	gap, answer int
	response    string
	feedback    string // the identifier of what is said to it
}

func (r *reader) lose(format string, args ...any) { r.in.lose(r.name, format, args...) }

func (r *reader) warn(pos diag.Pos, rule, hint, format string, args ...any) {
	r.in.out.Diags = append(r.in.out.Diags, diag.Warnf(pos, rule, hint, format, args...))
}

// question reads the item, nil when it is of a kind that is not known here.
func (r *reader) question() *course.Question {
	r.rules = readRules(r.root)
	r.options, r.owners, r.pairs = map[string]*course.Option{}, map[*bank.Node]*course.Option{}, map[string]*course.Pair{}
	body := r.root.First("itemBody")
	if body == nil {
		r.lose("an item without a body")
		return nil
	}
	r.q = course.Question{Weight: most(r.root), Pos: r.root.Pos}
	if r.root.Attr("adaptive") == "true" {
		r.lose("what changes from attempt to attempt")
	}
	for _, m := range r.root.All("modalFeedback") {
		r.said = append(r.said, said{outcome: m.Attr("outcomeIdentifier"), id: m.Attr("identifier"), hide: m.Attr("showHide") == "hide", content: body2(m)})
	}
	r.strip(body, nil)
	interactions := find(body, nil)
	if len(interactions) == 0 {
		r.lose("an item without a question")
		return nil
	}
	if !r.interactions(body, interactions) {
		return nil
	}
	for _, op := range r.rules.odd {
		r.lose("the scoring with <%s>", op)
	}
	r.settle()
	r.check()
	return &r.q
}

// most is the score of a full answer, by which an item counts in its test.
func most(item *bank.Node) float64 {
	for _, o := range item.All("outcomeDeclaration") {
		value := ""
		switch o.Attr("identifier") {
		case "SCORE":
			value = o.Attr("normalMaximum")
		case "MAXSCORE":
			value = o.First("defaultValue").First("value").Content()
		}
		if v, err := number(value); err == nil && v > 0 && v <= 100 {
			return v
		}
	}
	return 1
}

// strip takes feedback and notes out of the body, and what only adaptive or templated items have.
func (r *reader) strip(n, owner *bank.Node) {
	if slices.Contains([]string{"simpleChoice", "inlineChoice", "hottext", "simpleAssociableChoice"}, n.Name) {
		owner = n
	}
	n.Children = slices.DeleteFunc(n.Children, func(c *bank.Node) bool {
		switch c.Name {
		case "feedbackInline", "feedbackBlock":
			r.said = append(r.said, said{outcome: c.Attr("outcomeIdentifier"), id: c.Attr("identifier"), hide: c.Attr("showHide") == "hide", owner: owner, content: body2(c)})
			return true
		case "rubricBlock":
			if slices.Contains(strings.Fields(c.Attr("view")), "candidate") {
				c.Name, c.Attrs, c.Children = "div", nil, body2(c)
				return false
			}
			r.rubrics = append(r.rubrics, c)
			return true
		case "printedVariable", "templateInline", "templateBlock", "infoControl", "stylesheet", "positionObjectStage", "catalogInfo":
			r.lose("the element <%s>", c.Name)
			return true
		}
		return false
	})
	for _, c := range n.Children {
		r.strip(c, owner)
	}
}

// find lists the interactions below a node.
func find(n *bank.Node, out []*bank.Node) []*bank.Node {
	if strings.HasSuffix(n.Name, "Interaction") {
		return append(out, n)
	}
	for _, c := range n.Children {
		out = find(c, out)
	}
	return out
}

// interactions reads the question that the interactions ask together, false when it is of no known kind.
func (r *reader) interactions(body *bank.Node, list []*bank.Node) bool {
	names := map[string]bool{}
	for _, n := range list {
		names[n.Name] = true
	}
	first := list[0]
	if len(names) > 1 || len(list) > 1 && first.Name != "textEntryInteraction" && first.Name != "inlineChoiceInteraction" {
		r.lose("a question with several interactions")
		return false
	}
	d := r.rules.responses[first.Attr("responseIdentifier")]
	if d == nil {
		r.warn(first.Pos, "import-response", "mend the item in the system that it comes from", "the item %s declares no response %q, so it has no answer", r.name, first.Attr("responseIdentifier"))
		d = &declared{id: first.Attr("responseIdentifier")}
	}
	switch first.Name {
	case "choiceInteraction":
		r.choice(body, first, d)
	case "orderInteraction":
		r.order(body, first, d)
	case "matchInteraction":
		r.match(body, first, d)
	case "hottextInteraction":
		r.markText(body, first, d)
	case "hotspotInteraction":
		return r.hotspot(body, first, d)
	case "extendedTextInteraction":
		r.essay(body, first)
	case "inlineChoiceInteraction":
		r.gaps(body, list)
	case "textEntryInteraction":
		if len(list) == 1 && (d.baseType == "float" || d.baseType == "integer") {
			r.numeric(body, first, d)
		} else {
			r.gaps(body, list)
		}
	default:
		r.lose("a question of the kind %s", first.Name)
		return false
	}
	return true
}

// prompt is what stands around an interaction, and in it as its prompt.
func (r *reader) prompt(body, interaction *bank.Node) course.Prose {
	prompt := interaction.First("prompt")
	*interaction = bank.Node{Name: "div", Pos: interaction.Pos}
	around := r.prose(course.KindPrompt, body.Children)
	if prompt == nil {
		return around
	}
	return join(around, r.prose(course.KindPrompt, prompt.Children))
}

func (r *reader) choice(body, n *bank.Node, d *declared) {
	r.shuffled = n.Attr("shuffle") == "true"
	r.q.Type = course.Single
	if d.cardinality == "multiple" || d.cardinality == "" && n.Attr("maxChoices") != "" && n.Attr("maxChoices") != "1" {
		r.q.Type = course.Multiple
		r.q.Scoring = r.points(d)
	}
	choices := n.All("simpleChoice")
	if r.q.Type == course.Single && trueFalse(choices) {
		r.q.Type, r.shuffled = course.TrueFalse, false
	}
	if r.q.Type == course.Single && r.rules.summed[d.id] {
		r.uneven(d)
	}
	r.list(choices, d)
	for i := range r.q.Options {
		if r.q.Type == course.TrueFalse {
			r.q.Options[i].Text = course.Prose{} // the words are the interface's
		}
	}
	if r.q.Type == course.Single && len(r.q.Correct()) > 1 {
		r.lose("all right options but the first")
		for i, right := 0, false; i < len(r.q.Options); i++ {
			r.q.Options[i].Correct, right = r.q.Options[i].Correct && !right, right || r.q.Options[i].Correct
		}
	}
	r.q.Prompt = r.prompt(body, n)
}

// points is how several options are scored together.
func (r *reader) points(d *declared) course.Scoring {
	if r.rules.summed[d.id] || !r.rules.matched[d.id] && len(d.worth) > 0 {
		r.uneven(d)
		return course.ScoreOptions
	}
	return course.ScoreAll
}

// uneven names a scoring in which answers differ in more than being right and wrong.
func (r *reader) uneven(d *declared) {
	for _, v := range d.worth {
		if v > 0 && math.Abs(v-d.best()) > 1e-6 || v < 0 && d.cardinality != "single" && math.Abs(v+d.best()) > 1e-6 {
			r.lose("how much each answer is worth")
		}
	}
}

// trueFalse reports that choices are true and false, and puts them in this order.
func trueFalse(choices []*bank.Node) bool {
	if len(choices) != 2 {
		return false
	}
	first, second := strings.ToLower(choices[0].Attr("identifier")), strings.ToLower(choices[1].Attr("identifier"))
	if first == "false" && second == "true" {
		slices.Reverse(choices)
		return true
	}
	return first == "true" && second == "false"
}

// list reads choices as the question's options.
func (r *reader) list(choices []*bank.Node, d *declared) {
	ids := bank.IDs{}
	for i, c := range choices {
		o := course.Option{ID: newID(ids, c.Attr("identifier"), bank.Letter(i)), Pos: c.Pos, Correct: d.right(c.Attr("identifier"))}
		o.Text = r.prose(course.KindOption, c.Children)
		r.q.Options = append(r.q.Options, o)
	}
	r.point(choices, d.id, r.q.Options)
}

// point remembers the options of a response by their identifiers. It comes when the list is complete.
func (r *reader) point(choices []*bank.Node, response string, options []course.Option) {
	for i, c := range choices {
		r.options[key(response, c.Attr("identifier"))], r.owners[c] = &options[i], &options[i]
	}
}

func (r *reader) order(body, n *bank.Node, d *declared) {
	r.q.Type, r.q.Scoring = course.Order, course.ScoreExact
	if r.rules.indexed {
		r.q.Scoring = course.ScoreAdjacent
	}
	choices := n.All("simpleChoice")
	place := func(c *bank.Node) int {
		if at := slices.Index(d.correct, c.Attr("identifier")); at >= 0 {
			return at
		}
		return len(d.correct)
	}
	slices.SortStableFunc(choices, func(a, b *bank.Node) int { return place(a) - place(b) })
	if len(d.correct) < len(choices) {
		r.warn(n.Pos, "import-answer", "put the items in order", "the item %s does not say the order of all of its options", r.name)
	}
	r.list(choices, &declared{id: d.id})
	r.q.Prompt = r.prompt(body, n)
}

func (r *reader) match(body, n *bank.Node, d *declared) {
	r.shuffled = n.Attr("shuffle") == "true"
	sets := n.All("simpleMatchSet")
	for len(sets) < 2 {
		sets = append(sets, &bank.Node{})
	}
	r.list(sets[1].All("simpleAssociableChoice"), &declared{id: d.id})
	r.q.Type = course.Likert
	if len(d.correct)+len(d.worth) > 0 {
		r.q.Type, r.q.Scoring = course.Match, course.ScoreParts
		if r.rules.matched[d.id] && !r.rules.summed[d.id] {
			r.q.Scoring = course.ScoreAll
		} else {
			r.uneven(d)
		}
	}
	ids := bank.IDs{}
	var lefts []*bank.Node
	for i, c := range sets[0].All("simpleAssociableChoice") {
		p := course.Pair{ID: newID(ids, c.Attr("identifier"), bank.Letter(i)), Pos: c.Pos}
		p.Text = r.prose(course.KindOption, c.Children)
		if r.q.Type == course.Match {
			p.Choice = r.partner(c.Attr("identifier"), d)
			if p.Choice == "" {
				r.lose("%q, which nothing belongs to", p.Text.Value)
				continue
			}
		}
		lefts = append(lefts, c)
		r.q.Pairs = append(r.q.Pairs, p)
	}
	for i, c := range lefts {
		r.pairs[c.Attr("identifier")] = &r.q.Pairs[i]
	}
	r.q.Prompt = r.prompt(body, n)
}

// partner is the option that belongs to a left side.
func (r *reader) partner(left string, d *declared) string {
	var partners []string
	for _, pair := range append(slices.Clone(d.correct), d.keys...) {
		fields := strings.Fields(pair)
		if len(fields) == 2 && fields[0] == left && d.right(pair) && r.options[key(d.id, fields[1])] != nil && !slices.Contains(partners, fields[1]) {
			partners = append(partners, fields[1])
		}
	}
	if len(partners) == 0 {
		return ""
	}
	if len(partners) > 1 {
		r.lose("the further partners of %s", left)
	}
	return r.options[key(d.id, partners[0])].ID
}

// The ends of a mark are characters that Markdown does not escape. Texts around marks lose them, and what would read as a mark.
var (
	sentinel = regexp.MustCompile(`⟦([a-z0-9-]+)⟧|⟦/⟧`)
	unmarked = strings.NewReplacer("⟦", "[", "⟧", "]", "{{", "{ {", "[[", "[ [", "]]", "] ]")
)

// mark is a text that stays as it is.
func mark(s string) *bank.Node { return &bank.Node{Name: "lectern-mark", Text: s} }

// marked is a text with marks.
func (r *reader) marked(nodes []*bank.Node) course.Prose {
	r.guarded = true
	p := r.prose(course.KindPrompt, nodes)
	r.guarded = false
	return p
}

func (r *reader) markText(body, n *bank.Node, d *declared) {
	r.q.Type, r.q.Scoring = course.MarkText, r.points(d)
	ids := bank.IDs{}
	var marks []*bank.Node
	var walk func(n *bank.Node)
	walk = func(n *bank.Node) {
		for _, c := range n.Children {
			if c.Name != "hottext" {
				walk(c)
				continue
			}
			o := course.Option{ID: newID(ids, c.Attr("identifier"), bank.Letter(len(marks))), Pos: c.Pos, Correct: d.right(c.Attr("identifier"))}
			r.q.Options = append(r.q.Options, o)
			marks = append(marks, c)
			text := content(c.Children)
			if strings.ContainsAny(text, "[]") || !simple(c) {
				r.lose("the formatting of a mark")
				c.Children = []*bank.Node{words(strings.NewReplacer("[", "(", "]", ")").Replace(text))}
			}
			c.Name, c.Children = "span", append(append([]*bank.Node{mark("⟦" + o.ID + "⟧")}, c.Children...), mark("⟦/⟧"))
		}
	}
	passage := &bank.Node{Name: "div"}
	for _, c := range n.Children {
		if c.Name != "prompt" {
			passage.Children = append(passage.Children, c)
		}
	}
	walk(passage)
	text := sentinel.ReplaceAllStringFunc(r.marked(passage.Children).Value, func(s string) string {
		if s == "⟦/⟧" {
			return "]]"
		}
		return "[[" + strings.TrimSuffix(strings.TrimPrefix(s, "⟦"), "⟧") + ": "
	})
	r.q.Passage = bank.Prose(course.KindPrompt, text, n.Pos)
	found := map[string]bool{}
	for _, m := range textMark.FindAllStringSubmatch(text, -1) {
		found[m[1]] = true
	}
	for i := len(marks) - 1; i >= 0; i-- {
		if id := r.q.Options[i].ID; !found[id] {
			r.lose("the mark %s, which has no words", id)
			marks, r.q.Options = slices.Delete(marks, i, i+1), slices.Delete(r.q.Options, i, i+1)
			r.q.Passage.Value = strings.ReplaceAll(r.q.Passage.Value, "[["+id+": ]]", "")
		}
	}
	r.q.Passage.Source = r.q.Passage.Value
	r.point(marks, d.id, r.q.Options)
	r.q.Prompt = r.prompt(body, n)
}

// simple reports that nothing but words and emphasis stands in a node.
func simple(n *bank.Node) bool {
	for _, c := range n.Children {
		if c.Name != "" && c.Name != "em" && c.Name != "strong" && c.Name != "i" && c.Name != "b" || !simple(c) {
			return false
		}
	}
	return true
}

func (r *reader) hotspot(body, n *bank.Node, d *declared) bool {
	r.q.Type, r.q.Scoring = course.Hotspot, r.points(d)
	scene := n.First("object", "img", "picture")
	if scene != nil && scene.Name == "picture" {
		scene = scene.First("img")
	}
	address := scene.Attr("data") + scene.Attr("src")
	dest, ok := r.picture(address)
	if !ok {
		r.lose("a question on the picture %q", address)
		return false
	}
	r.q.Image = dest
	ids := bank.IDs{}
	var spots []*bank.Node
	for i, c := range n.All("hotspotChoice") {
		area := r.area(c)
		if area == nil {
			r.lose("an area without a shape")
			continue
		}
		o := course.Option{ID: newID(ids, c.Attr("identifier"), bank.Letter(i)), Pos: c.Pos, Correct: d.right(c.Attr("identifier")), Area: area}
		label := readable(c.Attr("hotspotLabel"))
		if label == "" {
			label = o.ID
			r.lose("words for the area %s", o.ID)
		}
		o.Text = r.prose(course.KindOption, []*bank.Node{words(label)})
		r.q.Options = append(r.q.Options, o)
		spots = append(spots, c)
	}
	r.point(spots, d.id, r.q.Options)
	r.q.Prompt = r.prompt(body, n)
	return true
}

// area is the box around a shape: x, y, width, height (QTI 2.1 information model, section 7.2, coords).
func (r *reader) area(c *bank.Node) []int {
	var at []float64
	for _, f := range strings.FieldsFunc(c.Attr("coords"), func(r rune) bool { return r == ',' || r == ' ' }) {
		v, err := number(f)
		if err != nil || math.Abs(v) > 1e6 {
			return nil
		}
		at = append(at, v)
	}
	shape := c.Attr("shape")
	if shape != "rect" {
		r.lose("the shape %s of an area", shape)
	}
	switch {
	case shape == "rect" && len(at) == 4:
	case shape == "circle" && len(at) == 3:
		at = []float64{at[0] - at[2], at[1] - at[2], at[0] + at[2], at[1] + at[2]}
	case shape == "ellipse" && len(at) == 4:
		at = []float64{at[0] - at[2], at[1] - at[3], at[0] + at[2], at[1] + at[3]}
	case shape == "poly" && len(at) >= 6 && len(at)%2 == 0:
		box := []float64{at[0], at[1], at[0], at[1]}
		for i, v := range at {
			box[i%2], box[2+i%2] = min(box[i%2], v), max(box[2+i%2], v)
		}
		at = box
	default:
		return nil
	}
	x, y := int(math.Round(max(0, at[0]))), int(math.Round(max(0, at[1])))
	width, height := int(math.Round(at[2]))-x, int(math.Round(at[3]))-y
	if width <= 0 || height <= 0 {
		return nil
	}
	return []int{x, y, width, height}
}

func (r *reader) essay(body, n *bank.Node) {
	r.q.Type = course.Essay
	r.q.Prompt = r.prompt(body, n)
}

func (r *reader) numeric(body, n *bank.Node, d *declared) {
	r.q.Type = course.Numeric
	r.q.Number = &course.NumberRange{Unit: bank.Text(course.KindLabel, "", n.Pos)}
	b := r.rules.ranges[d.id]
	if b == nil {
		b = &bound{}
	}
	for _, s := range append(slices.Clone(d.correct), d.keys...) {
		if v, err := number(s); err == nil && d.right(s) && b.least == nil && b.most == nil {
			b.least, b.most = &v, &v
		}
	}
	switch {
	case b.least == nil && b.most == nil:
		r.warn(n.Pos, "import-answer", "write the number that is right", "the item %s does not say which number is right", r.name)
	case b.least == nil:
		r.lose("that the number has no lower end")
		b.least = b.most
	case b.most == nil:
		r.lose("that the number has no upper end")
		b.most = b.least
	}
	if b.least != nil {
		r.q.Number.Least, r.q.Number.Most = min(*b.least, *b.most), max(*b.least, *b.most)
	}
	if line := parent(body, n); line != nil {
		r.unit(line, n)
	}
	r.q.Prompt = r.prompt(body, n)
}

// unit takes the words after a field as its unit, when nothing but they stand on its line.
func (r *reader) unit(line, field *bank.Node) {
	at := slices.Index(line.Children, field)
	unit := content(line.Children[at+1:])
	if content(line.Children[:at]) == "" && unit != "" {
		r.q.Number.Unit = bank.Text(course.KindLabel, readable(unit), field.Pos)
		line.Children = []*bank.Node{field}
	}
}

// parent is the paragraph or block that holds a node directly, nil for the body itself.
func parent(n, child *bank.Node) *bank.Node {
	for _, c := range n.Children {
		if slices.Contains(c.Children, child) {
			return c
		}
		if p := parent(c, child); p != nil {
			return p
		}
	}
	return nil
}

func (r *reader) gaps(body *bank.Node, list []*bank.Node) {
	r.q.Type, r.q.Scoring = course.ShortText, course.ScoreParts
	if list[0].Name == "inlineChoiceInteraction" {
		r.q.Type = course.Dropdowns
	}
	if r.rules.whole {
		r.q.Scoring = course.ScoreAll
	}
	ids := bank.IDs{}
	choices, responses := make([][]*bank.Node, len(list)), make([]string, len(list))
	for i, n := range list {
		response := n.Attr("responseIdentifier")
		d := r.rules.responses[response]
		if d == nil {
			d = &declared{id: response}
		}
		g := course.Gap{ID: newID(ids, strings.TrimPrefix(response, "RESPONSE_"), "gap"), Pos: n.Pos}
		if r.q.Type == course.Dropdowns {
			r.shuffled = r.shuffled || n.Attr("shuffle") == "true"
			choices[i], responses[i] = n.All("inlineChoice"), d.id
			g.Choices = r.gapChoices(choices[i], d)
		} else {
			r.gapAnswers(&g, d)
		}
		r.q.Gaps = append(r.q.Gaps, g)
		*n = *mark("{{" + g.ID + "}}")
	}
	for g := range r.q.Gaps {
		r.point(choices[g], responses[g], r.q.Gaps[g].Choices)
	}
	if last := len(body.Children) - 1; r.q.Type == course.ShortText && len(list) == 1 {
		for last >= 0 && body.Children[last].Name == "" {
			last--
		}
		if last >= 0 && strings.TrimSpace(body.Children[last].Content()) == "{{"+r.q.Gaps[0].ID+"}}" {
			body.Children = body.Children[:last] // a gap after the prompt needs no mark
		}
	}
	r.q.Prompt = r.marked(body.Children)
}

func (r *reader) gapChoices(choices []*bank.Node, d *declared) []course.Option {
	ids := bank.IDs{}
	var out []course.Option
	for i, c := range choices {
		out = append(out, course.Option{
			ID: newID(ids, c.Attr("identifier"), bank.Letter(i)), Pos: c.Pos, Correct: d.right(c.Attr("identifier")),
			Text: r.prose(course.KindOption, c.Children),
		})
	}
	return out
}

func (r *reader) gapAnswers(g *course.Gap, d *declared) {
	g.Case = d.caseSensitive
	best := d.best()
	add := func(text string, fraction int) {
		text = readable(text)
		same := func(a course.Answer) bool { return a.Text.Value == text }
		if text == "" || slices.ContainsFunc(g.Answers, same) {
			return
		}
		if strings.Contains(text, "|") {
			r.lose("the answer %q: | stands between several", text)
			return
		}
		r.answers = append(r.answers, answered{gap: len(r.q.Gaps), answer: len(g.Answers), response: d.id})
		g.Answers = append(g.Answers, course.Answer{Text: bank.Text(course.KindAnswer, text, g.Pos), Fraction: fraction})
	}
	for _, k := range d.keys {
		fraction := 100
		if best > 0 {
			fraction = int(math.Round(100 * max(0, d.worth[k]) / best))
		}
		add(k, fraction)
	}
	for _, c := range d.correct {
		add(c, 100)
	}
}

// settle gives feedback to what it is about.
func (r *reader) settle() {
	for _, s := range r.said {
		content := r.prose(course.KindFeedback, s.content)
		if content.Value != "" && !r.tell(s, content) {
			r.lose("the feedback %q", s.id)
		}
	}
	r.settleAnswers()
	if r.q.Type == course.Essay && r.q.Model.Value == "" {
		for _, n := range r.rubrics {
			r.q.Model = join(r.q.Model, r.prose(course.KindFeedback, body2(n)))
		}
		if r.q.Model.Value == "" {
			r.q.Model, r.q.Explanation = r.q.Explanation, course.Prose{}
		}
		return
	}
	for _, n := range r.rubrics {
		if r.q.Type != course.Essay {
			r.lose("the notes for %s", n.Attr("view"))
		}
	}
}

// tell finds what feedback is about.
func (r *reader) tell(s said, content course.Prose) bool {
	c := r.rules.effects[key(s.outcome, s.id)]
	mirrored, option := false, r.owners[s.owner]
	for id := range r.rules.responses {
		if r.rules.mirrors[key(s.outcome, id)] {
			mirrored = true
			if o := r.options[key(id, s.id)]; o != nil && option == nil {
				option = o
			}
		}
	}
	switch {
	case option != nil:
		return r.say(option, s.hide, content)
	case c == nil:
		if s.hide && !mirrored { // nothing ever hides it
			r.q.Explanation = join(r.q.Explanation, content)
		}
		return s.hide && !mirrored
	case c.unknown:
		return false
	case c.always:
		return !s.hide && r.always(s.id, content)
	case len(c.texts) > 0:
		return !s.hide && r.answer(s.id, c.texts)
	case len(c.choices) > 0:
		for _, choice := range c.choices {
			if r.options[choice] == nil || !r.say(r.options[choice], s.hide, content) {
				return false
			}
		}
		return true
	}
	return r.verdict(c.right != s.hide, content)
}

// say gives feedback to an option.
func (r *reader) say(o *course.Option, hide bool, content course.Prose) bool {
	switch {
	case r.q.Type == course.Match || r.q.Type == course.Likert:
		return false
	case !hide:
		o.Feedback = join(o.Feedback, content)
	case r.q.Type == course.TrueFalse || r.q.Type == course.Order:
		return false
	default:
		o.Unchosen = join(o.Unchosen, content)
	}
	return true
}

// always is said after every answer.
func (r *reader) always(id string, content course.Prose) bool {
	switch {
	case r.pairs[id] != nil:
		r.pairs[id].Feedback = join(r.pairs[id].Feedback, content)
	case r.q.Type == course.Order && r.ordered(id) != nil:
		r.ordered(id).Feedback = join(r.ordered(id).Feedback, content)
	case r.q.Type == course.Essay && id == "MODEL":
		r.q.Model = join(r.q.Model, content)
	default:
		r.q.Explanation = join(r.q.Explanation, content)
	}
	return true
}

// ordered is the option of an order question with an identifier.
func (r *reader) ordered(id string) *course.Option {
	for response := range r.rules.responses {
		if o := r.options[key(response, id)]; o != nil {
			return o
		}
	}
	return nil
}

// verdict is said to a right or to a wrong answer: of a single choice that is to the options.
func (r *reader) verdict(right bool, content course.Prose) bool {
	if r.q.Type != course.Single && r.q.Type != course.TrueFalse {
		return false
	}
	for i := range r.q.Options {
		if o := &r.q.Options[i]; o.Correct == right {
			o.Feedback = join(o.Feedback, content)
		}
	}
	return true
}

// answer notes which answers feedback is about.
func (r *reader) answer(id string, texts []string) bool {
	found := false
	for i, a := range r.answers {
		text := r.q.Gaps[a.gap].Answers[a.answer].Text.Value
		if slices.ContainsFunc(texts, func(t string) bool { return strings.EqualFold(t, key(a.response, text)) }) {
			r.answers[i].feedback, found = id, true
		}
	}
	return found
}

// settleAnswers gives answers their feedback, and joins those that share it.
func (r *reader) settleAnswers() {
	for g := range r.q.Gaps {
		var out []course.Answer
		last := ""
		for _, a := range r.answers {
			if a.gap != g {
				continue
			}
			answer := r.q.Gaps[g].Answers[a.answer]
			if a.feedback != "" {
				for _, s := range r.said {
					if s.id == a.feedback && !s.hide {
						answer.Feedback = r.prose(course.KindFeedback, s.content)
					}
				}
				if n := len(out) - 1; n >= 0 && last == a.feedback && out[n].Fraction == answer.Fraction {
					out[n].Text = bank.Text(course.KindAnswer, out[n].Text.Value+"|"+answer.Text.Value, answer.Text.Pos)
					continue
				}
			}
			last = a.feedback
			out = append(out, answer)
		}
		if r.q.Type == course.ShortText {
			r.q.Gaps[g].Answers = out
		}
	}
}

// check warns of a question that nobody could answer.
func (r *reader) check() {
	missing := false
	switch r.q.Type {
	case course.TrueFalse, course.Single, course.Multiple, course.MarkText, course.Hotspot:
		missing = len(r.q.Correct()) == 0
	case course.Dropdowns:
		for _, g := range r.q.Gaps {
			missing = missing || !slices.ContainsFunc(g.Choices, func(o course.Option) bool { return o.Correct })
		}
	case course.ShortText:
		for _, g := range r.q.Gaps {
			missing = missing || !slices.ContainsFunc(g.Answers, func(a course.Answer) bool { return a.Fraction == 100 })
		}
	case course.Match:
		missing = len(r.q.Pairs) == 0
	case course.Essay:
		if r.q.Model.Value == "" {
			r.warn(r.root.Pos, "import-answer", "write a model answer", "the item %s has no model answer", r.name)
		}
	}
	if missing {
		r.warn(r.root.Pos, "import-answer", "mark what is right", "the item %s does not say what is right", r.name)
	}
}

// prose writes what stands in nodes as Markdown.
func (r *reader) prose(kind course.Kind, nodes []*bank.Node) course.Prose {
	var out strings.Builder
	for _, n := range nodes {
		r.html(&out, n)
	}
	text, lost, err := markdown.FromXHTML(out.String())
	if err != nil {
		r.lose("a text: %v", err)
	}
	for _, what := range lost {
		r.lose("the formatting %s", what)
	}
	for at := course.Shortcode(text); at >= 0; at = course.Shortcode(text) {
		text = text[:at] + "{ " + text[at+1:]
	}
	pos := diag.Pos{File: r.in.name}
	if len(nodes) > 0 && nodes[0].Pos.File != "" {
		pos = nodes[0].Pos
	}
	return bank.Prose(kind, strings.TrimSpace(text), pos)
}

// void elements of HTML have no end tag; all others must have one.
var void = []string{"br", "hr", "img", "col"}

// html writes a node as HTML. Pictures get the addresses that they will have in the module.
func (r *reader) html(out *strings.Builder, n *bank.Node) {
	switch {
	case n.Name == "lectern-mark":
		out.WriteString(n.Text)
		return
	case n.Name == "":
		text := allowed(n.Text)
		if r.guarded {
			text = unmarked.Replace(text)
		}
		out.WriteString(bank.Escape(text))
		return
	}
	if kind := n.Attr("type"); n.Name == "object" && strings.HasPrefix(kind, "image/") {
		n = &bank.Node{Name: "img", Attrs: element("", "src", n.Attr("data"), "alt", content(n.Children)).Attrs}
	}
	if n.Name == "img" {
		r.img(out, n)
		return
	}
	fmt.Fprintf(out, "<%s", n.Name)
	for _, a := range n.Attrs {
		if a.Name.Space == "" && a.Name.Local != "xmlns" {
			fmt.Fprintf(out, ` %s="%s"`, a.Name.Local, bank.Escape(allowed(a.Value)))
		}
	}
	out.WriteByte('>')
	if slices.Contains(void, n.Name) {
		return
	}
	for _, c := range n.Children {
		r.html(out, c)
	}
	fmt.Fprintf(out, "</%s>", n.Name)
}

func (r *reader) img(out *strings.Builder, n *bank.Node) {
	alt := readable(n.Attr("alt"))
	dest, ok := r.picture(n.Attr("src"))
	if !ok {
		r.lose("the picture %q", n.Attr("src"))
		out.WriteString(bank.Escape(alt))
		return
	}
	fmt.Fprintf(out, `<img src="%s" alt="%s">`, bank.Escape(dest), bank.Escape(alt))
}

// picture keeps a picture of the package and gives its address in the module.
func (r *reader) picture(address string) (dest string, ok bool) {
	if strings.Contains(address, ":") {
		return "", false
	}
	name := resolve(r.dir, address)
	if dest, ok := r.in.shown[name]; ok {
		return dest, dest != ""
	}
	if contents, found := r.in.contents(name); found {
		dest, ok = r.in.pictures.Add(path.Base(name), contents)
	}
	r.in.shown[name] = dest
	return dest, ok
}
