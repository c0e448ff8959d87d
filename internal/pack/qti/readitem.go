package qti

import (
	"fmt"
	"path"
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
	prose       course.Prose // the content, when it was read
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
	if !r.fits() {
		return nil
	}
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

// fits reports that an item is of a size that questions have.
func (r *reader) fits() bool {
	count := map[string]int{}
	var walk func(n *bank.Node)
	walk = func(n *bank.Node) {
		count[n.Name]++
		if n.Name != "" {
			count["*"]++
		}
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(r.root)
	parts := count["modalFeedback"] + count["feedbackInline"] + count["feedbackBlock"]
	for name, n := range count {
		if strings.HasSuffix(name, "Choice") || strings.HasSuffix(name, "Interaction") || name == "hottext" {
			parts += n
		}
	}
	if count["*"] <= maxElements && parts <= maxParts && count["value"]+count["mapEntry"] <= maxValues {
		return true
	}
	r.in.out.Diags = append(r.in.out.Diags, diag.Errorf(r.root.Pos, "import-size", "make several questions of it", "the item %s is larger than any question", r.name))
	return false
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
	r.in.written += len(text)
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
