package qti

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/pack/bank"
)

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
	best := d.best()
	for _, v := range d.worth {
		if v > 0 && math.Abs(v-best) > 1e-6 || v < 0 && d.cardinality != "single" && math.Abs(v+best) > 1e-6 {
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
